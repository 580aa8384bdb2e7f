"""What is blanked in any encoding and in broken markup, and that every other byte stays."""

# ruff: noqa: E501 (one case a line)

from dataclasses import replace
from itertools import product

import pytest

from scraper.reading.page import Page
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.redact import redact
from scraper.reading.redaction.urls import resolution_base
from scraper.reading.urls import join
from scraper.sites.qapage import QAPageSpider
from scraper.sites.taiwan_ehospital import TaiwanEhospitalSpider
from tests.redaction.forgotten import ToyPages
from tests.redaction.quoting import LINE, OTHER, TITLE, forgotten, html, redacted
from tests.redaction.test_quotes_by_link import BY_LINK


def test_of_a_page_whose_words_cannot_be_taken_out_nothing_is_kept() -> None:
    page = html("<p>x</p><!-- Numb hands at --> the piano")
    assert redacted(page, forgotten(phrases=(TITLE,))) == b"[removed]"


def test_links_beyond_the_cache_are_judged_alike() -> None:
    before = "".join(f'<p><a href="/article/{number}">{number}</a></p>' for number in range(1, 9))
    after = before.replace('"/article/5">5', '"about:blank">[removed]')
    what = replace(forgotten(), links_cached=3)
    assert redacted(html(before), what) == html(after).encode()


def test_signs_that_big5_has_twice_are_found_and_the_rest_stays() -> None:
    before = html(
        '<meta charset=big5><h2>Similar Q&amp;A</h2><u>手麻∼</u><br>好幾天了。<br><a href="/article/5">[Read More] 手麻∼</a>'
        '<script>var s={"id":5,"title":"手麻|"}</script><p>腳冷</p>'
    ).encode("big5hkscs").replace(b"|", b"\xa3\xe1")  # fmt: skip
    after = html(
        '<meta charset=big5><h2>Similar Q&amp;A</h2><u>[removed]</u><br>[removed]<br><a href="about:blank">[removed]</a>'
        "<script></script><p>腳冷</p>"
    ).encode("big5hkscs")  # fmt: skip
    assert redacted(before, forgotten()) == after


def test_bytes_without_meaning_in_big5_stay() -> None:
    row = '<li><a href="/article/{}">{}</a></li>'
    page = f"<html><head><meta charset=big5></head><body><ul>{row.format(6, '功能')}{{}}</ul>\r\n<p>許功蓋</p>"
    before = (
        page.format(row.format(5, "手麻了好幾天許功蓋")).encode("big5") + b"\xff\xfe\x80<p>\xa4</p>"
    )
    after = (
        page.format('<li><a href="about:blank">[removed]</a></li>').encode("big5")
        + b"\xff\xfe\x80<p>\xa4</p>"
    )
    assert redacted(before, forgotten()) == after
    assert redacted(before, forgotten(phrases=("手麻了好幾天",))) == after


def test_a_page_in_utf_16_stays_in_it() -> None:
    before = html(f'<ul>{OTHER}<li><a href="/article/5">{TITLE}</a></li></ul>')
    after = html(f'<ul>{OTHER}<li><a href="about:blank">[removed]</a></li></ul>')
    found = redacted(b"\xff\xfe" + before.encode("utf-16-le"), forgotten())
    assert found == b"\xff\xfe" + after.encode("utf-16-le")


def test_a_page_in_utf_16_that_quotes_nothing_is_left() -> None:
    before, _ = BY_LINK["the same number of users and departments"]
    assert redacted(b"\xff\xfe" + html(before).encode("utf-16-le"), forgotten()) is None


@pytest.mark.parametrize("between", [" ", ""])
def test_of_an_faq_page_that_shows_questions_in_full_the_whole_unit_is_blanked(
    between: str,
) -> None:
    home = "https://sp1.hso.mohw.gov.tw/doctor/"
    unit = (
        '<ul class="QAunit"><li class="subject">#{} {}</li><li class="count">瀏覽人數：7</li>'
        '<li class="asker">發問者：小魚／女／(20~29),2020/10/26</li><li class="ask">手麻。</li></ul>'
    )
    unit = unit.replace("{} {}", f"{{}}{between}{{}}")
    blank = '<ul class="QAunit"><li class="subject">[removed]</li><li class="count">[removed]</li><li class="asker">[removed]</li><li class="ask">[removed]</li></ul>'
    pages = ToyPages(
        is_forgotten_url={f"{home}All/ShowDetail.php?q_no=5"}.__contains__,
        classify=lambda url: TaiwanEhospitalSpider.classify(url, home),
    )
    page = Page(
        url=f"{home}Often_question/type_detail.php?q_type=x",
        body=html(unit.format(6, "腳冷") + unit.format(5, "手麻")).encode("big5"),
        default_charset="big5hkscs",
    )
    assert redact(page, Forgotten(pages)) == html(unit.format(6, "腳冷") + blank).encode("big5")


@pytest.mark.parametrize(
    "href",
    ["5", "./5", "../q/5", "%35", "5;x", "http:5", "HTTP:?x=5", "//?x=5", "http://?x=5",
     "https.html", "?x=5", "", "#a", ";x", " 5", "//forum.example/q/5", "/\t/?x=5",
     "/q/5", "https://forum.example/q/5"],
)  # fmt: skip
def test_links_that_are_remembered_together_lead_to_the_same(href: str) -> None:
    pages = ("https://forum.example", "https://forum.example/", "https://forum.example/q/7",
             "https://forum.example/q/8?x=/1/", "https://forum.example/q/a;b/", "http://forum.example/q/7",
             "http://forum.example/q/8")  # fmt: skip
    places = {(resolution_base(page, href), join(page, href)) for page in pages}
    assert len(places) == len({place for place, _ in places})


def test_a_forums_url_is_blanked_in_texts_but_not_one_that_goes_on() -> None:
    home = "https://forum.example/"
    pages = ToyPages(
        is_forgotten_url={f"{home}questions/5/numb-hands"}.__contains__,
        classify=lambda url: QAPageSpider.classify(url, home),
    )
    before = '<ul><li><a href="/questions/5/numb-hands">Numb</a></li><li><a href="/questions/6/x">X</a></li></ul><p>See {0} there, {0}-2 and ({0}).</p>'.format(
        f"{home}questions/5/numb-hands"
    )
    after = '<ul><li><a href="about:blank">[removed]</a></li><li><a href="/questions/6/x">X</a></li></ul><p>See about:blank there, https://forum.example/questions/5/numb-hands-2 and (about:blank).</p>'
    assert redacted(html(before), Forgotten(pages), f"{home}questions") == html(after).encode()


def test_nothing_is_kept_of_a_page_of_countless_tags_that_quotes() -> None:
    page = html(f'<a href="/article/5">{TITLE}</a>' + "<b>" * 100_001)
    assert redacted(page, forgotten()) == b"[removed]"


@pytest.mark.parametrize(
    "noise",
    ['<a "', "<a ", "<", "<!-- ", "&amp;", "... ", "<![CDATA[", "<p> = ", "<div>", "<li subject "],
)
def test_hostile_markup_hides_nothing(noise: str) -> None:
    row = f'<ul>{OTHER}<li><a href="/article/5">{TITLE}</a></li></ul>'
    found = redacted(html(row + noise * 20_000), forgotten())
    assert found is not None
    assert TITLE.encode() not in found
    assert found == b"[removed]" or b"Cold feet" in found


def test_a_text_that_is_escaped_without_end_is_blanked() -> None:
    deep, often = "&" + "amp;" * 10_000, "&" + "amp;" * 20
    before = html(f"<p>{deep}</p><p>{often}</p>{OTHER}")
    assert redacted(before, forgotten(text=LINE)) == before.replace(deep, "[removed]").encode()


def test_what_only_browsers_show_of_loose_end_tags_is_blanked_too() -> None:
    before = f"<p>{OTHER}</br>x</p>y</p></body></html><ul><li><a href='/article/5'>{TITLE}</a></ul>"
    after = before.replace(TITLE, "[removed]").replace("/article/5", "about:blank")
    assert redacted(html(before), forgotten()) == html(after).encode()


def test_a_quoted_line_ends_where_a_loose_end_tag_breaks_it() -> None:
    before = f"<div>Feet are cold.</br>{LINE}</p>Feet again.</div>"
    found = redacted(html(before), forgotten(text=LINE))
    assert found == html(before.replace(LINE, "[removed]")).encode()


BYTE_ORDER_MARKS = [b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"]
NOTICES = [
    b"Warning: mysql_connect() in /x.php on line 5\r\n<br />\r\n",
    b'<?xml version="1.0" encoding="UTF-8"?>\n',
    b"Warning: strange\n" * 100,
]


@pytest.mark.parametrize(
    ("before", "codec"),
    [*product(BYTE_ORDER_MARKS, ["utf-8"]), *product(NOTICES, ["utf-8", "big5"])],
)
def test_what_stands_before_a_page_hides_nothing(before: bytes, codec: str) -> None:
    row = '<ul>{}<li><a href="/article/5">{}</a> <small>{}</small></li></ul>'
    page = before + html(row.format(OTHER, f"{TITLE} 手麻", "手麻")).encode(codec)
    after = before + html(row.format(OTHER, "[removed]", "[removed]")).encode(codec)
    assert redacted(page, forgotten()) == after.replace(b"/article/5", b"about:blank")
