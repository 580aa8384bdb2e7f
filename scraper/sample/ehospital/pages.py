"""Both markups of a question, and the lists that lead to them."""

import html
from collections.abc import Iterable, Sequence

from scraper.sample.ehospital.content import Content
from scraper.sample.ehospital.spelling import raw_trail

_SEX = {"female": "女", "male": "男"}
_TITLE = "紙鶴e院"
_MENU = (
    '<div class="w3-top w3-teal"><a href="/doctor/Index1.php">首頁</a> '
    '<a href="/doctor/Often_question/index.php">常見問題</a></div>'
)
_FOOT = '<div class="w3-small">本站內容純屬虛構，人物與醫院皆不存在，亦非醫療建議。</div>'
_STYLE = """<style>
body{margin:0;font-family:"WenQuanYi Micro Hei",sans-serif;background:#eef4f1;color:#233}
.w3-container{max-width:980px;margin:0 auto;padding:12px 20px;background:#fff}
.w3-bar{display:flex;gap:14px;align-items:baseline}.msg{padding:12px 18px;line-height:1.7}
.w3-col{display:inline-block;width:24%;padding:6px 0}.w3-teal{background:#2a7f74;color:#fff}
.w3-teal a{color:#fff}
.QAunit{list-style:none;border:1px solid #9bb;padding:12px;margin:14px 0;line-height:1.7}
.subject{font-weight:bold;font-size:1.2em}.count,.asker,.doctor{color:#577}
table.table1{width:100%;border-collapse:collapse}.table1 td,.table1 th{border:1px solid #bcc;
padding:5px}
</style>"""


def _page(title: str, blocks: str) -> str:
    """A whole document, which says nothing of its charset, around a page's blocks."""
    outer = '<div class="w3-main"><div class="w3-row"><div class="w3-container"><div>'
    return (
        f'<html lang="zh-TW">\r\n<head>\r\n<title>{html.escape(title)} | {_TITLE}</title>\r\n'
        f"{_STYLE}\r\n</head>\r\n<body>\r\n{outer}{blocks}</div></div></div></div>\r\n</body>"
        "\r\n</html>\r\n"
    )


def _text(content: Content, lines: Sequence[str]) -> str:
    markup = "<br>\r\n".join(html.escape(line, quote=False) for line in lines)
    if content.linked:
        for cited in content.cited:
            link = f'<a href="/doctor/All/ShowDetail.php?q_no={cited}">#{cited:03}</a>'
            markup = markup.replace(f"#{cited:03}", link)
    return markup


def _asker(content: Content) -> str:
    band = f"({content.age}~{content.age + 9})"
    alias = html.escape(content.alias, quote=False)
    return f"{alias}／{_SEX[content.sex]}／{band},{content.asked_on:%Y/%m/%d}"


def _doctor(content: Content) -> str:
    place = f"{content.hospital}／" if content.hospital else ""
    return f"{place}{content.department}／{content.doctor}, {content.replied_on:%Y/%m/%d}"


def question(content: Content, template: int) -> str:
    """A question's page in the markup of its time; `template` counts redecorations."""
    title = html.escape(content.title, quote=False)
    head = f"#{content.number} {content.title}"
    if content.old_markup:
        return _page(head, f"{_MENU}{unit(content)}{_FOOT}<!-- t{template} -->")
    number = f"<h2>#{content.number}</h2>"
    blocks = [
        f'<div class="w3-bar">{_item(number)}{_item(f"<h2>{title}</h2>")}</div>',
        _block("&#9786;", f"{_asker(content)} 提問：", _text(content, content.lines)),
        _block("&#9764;", f"{_doctor(content)} 回覆：", _text(content, content.reply))
        if content.doctor
        else f'<div><div class="w3-bar">{_item("")}{_item("")}</div></div>',
    ]
    parts = "\r\n".join(blocks)
    note = f"{_FOOT}<!-- t{template} -->"
    return _page(head, f"<div>{_MENU}</div><div>{parts}</div>{note}")


def _item(inner: str) -> str:
    return f'<div class="w3-bar-item w3-padding-0">{inner}</div>'


def _block(icon: str, line: str, text: str) -> str:
    bar = f"{_item(f'<i>{icon}</i>')}{_item(f'<div>&nbsp;{line}&nbsp;</div>')}"
    return f'<div><div class="w3-bar">{bar}</div><div class="msg"><div>{text}</div></div></div>'


def unit(content: Content) -> str:
    """The markup of 2017 to 2022, which FAQ type pages still repeat."""
    kind = f"q_type={raw_trail(content.topic.name[1])}&amp;UrlClass={raw_trail(content.department)}"
    link = f"/doctor/Often_question/type_detail.php?{kind}"
    items = [
        ("subject", f"#{content.number} {html.escape(content.title, quote=False)}"),
        ("count", f"瀏覽人數：{content.views}"),
        ("count", f'相關分類 ：<a href="{link}">{content.topic.name[1]}</a>'),
        ("asker", f"發問者：{_asker(content)}"),
        ("ask", _text(content, content.lines)),
    ]
    if content.doctor:
        items += [("doctor", f"答復者：{_doctor(content)}"), ("ans", _text(content, content.reply))]
    inner = "\r\n".join(f'<li class="{name}">{text}</li>' for name, text in items)
    return f'<ul class="QAunit">\r\n{inner}\r\n</ul>'


def missing(number: str) -> str:
    """A number without a question; its status is 200."""
    return _page("查無資料", f"{_MENU}<h1>問題 #{html.escape(number)} 不存在</h1>{_FOOT}")


def home(departments: Iterable[tuple[str, str]], newest: Iterable[Content]) -> str:
    """The home page; departments are name and address."""
    columns = "".join(
        f'<div class="w3-col l4 m6 s6"><a href="{address}">\u3000{name}\u3000</a></div>\r\n'
        for name, address in departments
    )
    links = "".join(
        f'<li><a href="/doctor/All/ShowDetail.php?q_no={content.number}">'
        f"{html.escape(content.title, quote=False)}</a></li>\r\n"
        for content in newest
    )
    body = f'{_MENU}<h1>{_TITLE}</h1>{columns}<ul id="newQA">{links}</ul>{_FOOT}'
    return _page("首頁", body)


def department(name: str, history: str) -> str:
    """A department's own page, which leads to its list."""
    link = f'<a href="history.php?UrlClass={history}">歷史問答</a>'
    return _page(name, f"{_MENU}<h1>{name}</h1><p>{link}</p>{_FOOT}")


def _options(number: int, last: int) -> str:
    if last < 2:  # noqa: PLR2004 - the box is absent when there is one page
        return ""
    options = "".join(
        f'<option value="{at}"{" selected" if at == number else ""}>{at}</option>'
        for at in range(1, last + 1)
    )
    return f'<select id="PageNo" name="PageNo">{options}</select>'


def history(name: str, questions: Iterable[Content], number: int, last: int) -> str:
    """A page of a department's list: seven cells a row."""
    rows = "".join(_history_row(content, number) for content in questions)
    head = "".join(
        f"<th>{cell}</th>" for cell in ("日期", "發問者", "醫師", "滿意度", "評分", "瀏覽", "主題")
    )
    form = (
        f'<form method="get"><table class="table1"><tr>{head}</tr>\r\n{rows}</table>'
        f"{_options(number, last)}</form>"
    )
    return _page(name, f"{_MENU}<h1>{name}</h1>{form}{_FOOT}")


def _history_row(content: Content, page_number: int) -> str:
    link = f"ShowDetail.php?q_no={content.number}&amp;SortBy=q_no&amp;PageNo={page_number}"
    cells = (
        f"{content.asked_on:%Y/%m/%d}",
        html.escape(content.alias, quote=False),
        content.doctor or "",
        content.views % 5 + 1,
        content.views % 7,
        content.views,
        f'<a href="{link}">{html.escape(content.title, quote=False)}</a>',
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\r\n"


def types(links: Iterable[tuple[str, str]]) -> str:
    """The index of FAQ types."""
    cells = "".join(
        f'<div class="co-td"><a href="type_detail.php?{address}">{name}</a></div>\r\n'
        for name, address in links
    )
    return _page("常見問題", f"{_MENU}<h1>常見問題</h1>{cells}{_FOOT}")


def type_detail(name: str, questions: Iterable[Content], number: int, last: int) -> str:
    """The questions under one FAQ type, each repeated in full."""
    units = "\r\n".join(unit(content) for content in questions)
    body = f'{_MENU}<h1>{name}</h1>{units}<form method="get">{_options(number, last)}</form>'
    return _page(name, f"{body}{_FOOT}")
