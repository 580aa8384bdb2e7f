"""Pages of taiwan-ehospital in both markups, as small as they can be."""

from scraper.reading.page import Page

HOME = "https://sp1.hso.mohw.gov.tw/doctor/"
ITEM = '<div class="w3-bar-item w3-padding-0">'
ASKER = "小魚／女／(20~29),2020/10/26 提問："
DOCTOR = "雲海醫院／骨科／風望, 2020/10/28 回覆："


def page(html: str, number: int = 5) -> Page:
    return Page(
        url=f"{HOME}All/ShowDetail.php?q_no={number}",
        body=html.encode("big5hkscs"),
        default_charset="big5hkscs",
    )


def block(line: str, text: str) -> str:
    return (
        f'<div><div class="w3-bar">{ITEM}</div>{ITEM}<div>&nbsp;{line}&nbsp;</div></div></div>'
        f'<div class="msg"><div>{text}</div></div></div>'
    )


def v2023(*blocks: str, number: str = "#5", title: str = "膝蓋痛") -> str:
    head = f'<div class="w3-bar">{ITEM}<h2>{number}</h2></div>{ITEM}<h2>{title}</h2></div></div>'
    content = f"<div>{head}{''.join(blocks)}</div>"
    return (
        f"<html><body><div><div><div><div><div>選單</div>{content}</div></div></div></div></body>"
    )


def v2017(*, answered: bool = True) -> str:
    answer = '<li class="doctor">答復者：骨科／風望,2010/01/05</li><li class="ans">休息</li>'
    return (
        f'<html><body><ul class="QAunit"><li class="subject">#5 膝蓋痛</li>'
        f'<li class="count">瀏覽：7</li><li class="asker">發問者：小魚／女／(20~29),2010/01/02</li>'
        f'<li class="ask">走路會痛</li>{answer if answered else ""}</ul></body></html>'
    )
