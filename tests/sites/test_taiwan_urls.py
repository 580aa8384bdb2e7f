"""taiwan-ehospital: one canonical URL for each page, and what pages lead to."""

import pytest

from scraper.errors import PageChangedError
from scraper.items import Kind, Link, Via
from scraper.reading.page import Page
from scraper.sites.taiwan_ehospital import TaiwanEhospitalSpider

HOME = "https://sp1.hso.mohw.gov.tw/doctor/"
LISTS = HOME + "All/history.php?UrlClass=%A5~%AC%EC&SortBy=q_no&PageNo="


def page(path: str, html: str) -> Page:
    return Page(url=HOME + path, body=html.encode("big5hkscs"), default_charset="big5hkscs")


def links(path: str, html: str, kind: Kind = Kind.LIST) -> list[Link]:
    return list(TaiwanEhospitalSpider.read_links(page(path, html), kind, HOME, None))


@pytest.mark.parametrize(
    ("path", "canonical", "kind"),
    [
        ("", "Index1.php", Kind.LIST),
        ("Index1.php?x=1#newQA", "Index1.php", Kind.LIST),
        ("All/ShowDetail.php?q_no=177001", "All/ShowDetail.php?q_no=177001", Kind.QUESTION),
        (
            "All/ShowDetail.php?q_no=177001&SortBy=q_no&PageNo=3",
            "All/ShowDetail.php?q_no=177001",
            Kind.QUESTION,
        ),
        ("All/ShowDetail.php?PageNo=3&q_no=007", "All/ShowDetail.php?q_no=7", Kind.QUESTION),
        (
            "All/index.php?d_class=%E5%A4%96%E7%A7%91",
            "All/index.php?d_class=%A5~%AC%EC",
            Kind.LIST,
        ),
        ("Often_question/index.php", "Often_question/index.php", Kind.LIST),
        (
            "Often_question/type_detail.php?UrlClass=%A5%7E%AC%EC&q_type=%E5%82%B7%E5%8F%A3&PageNo=1",
            "Often_question/type_detail.php?q_type=%B6%CB%A4f&UrlClass=%A5~%AC%EC",
            Kind.FAQ,
        ),
        (
            "Often_question/type_detail.php?q_type=%B6%CB%A4f&UrlClass=%A5~%AC%EC&PageNo=2",
            "Often_question/type_detail.php?q_type=%B6%CB%A4f&UrlClass=%A5~%AC%EC&PageNo=2",
            Kind.FAQ,
        ),
    ],
)
def test_canonical(path: str, canonical: str, kind: Kind) -> None:
    assert TaiwanEhospitalSpider.classify(HOME + path, HOME) == (HOME + canonical, kind)
    assert TaiwanEhospitalSpider.classify(HOME + canonical, HOME) == (HOME + canonical, kind)


@pytest.mark.parametrize(
    "query",
    [
        "UrlClass=%A5~%AC%EC",
        "UrlClass=%A5%7E%AC%EC&SortBy=q_no",
        "UrlClass=%E5%A4%96%E7%A7%91&PageNo=1",
        "SortBy=ans_date&UrlClass=%A5~%AC%EC",
    ],
)
def test_one_list_in_all_spellings(query: str) -> None:
    assert TaiwanEhospitalSpider.classify(f"{HOME}All/history.php?{query}", HOME) == (
        LISTS + "1",
        Kind.LIST,
    )


@pytest.mark.parametrize(
    "url",
    [
        HOME + "All/ShowDetail.php",
        HOME + "All/ShowDetail.php?q_no=",
        HOME + "All/ShowDetail.php?q_no=0",
        HOME + "All/ShowDetail.php?q_no=-5",
        HOME + "All/ShowDetail.php?q_no=5%27--",
        HOME + "All/ShowDetail.php?q_no=99999999999",
        HOME + "All/ShowDetail.php?q_no=123456789",
        HOME + "All/history.php",
        HOME + "All/doctor_login.php",
        HOME + "style.css",
        "https://sp1.hso.mohw.gov.tw/other/All/ShowDetail.php?q_no=5",
        "https://www.mohw.gov.tw/doctor/All/ShowDetail.php?q_no=5",
        "http://[bad/",
        "javascript:void(0)",
    ],
)
def test_no_page_of_interest(url: str) -> None:
    assert TaiwanEhospitalSpider.classify(url, HOME) is None


def test_start() -> None:
    assert [link.url for link in TaiwanEhospitalSpider.start_links(HOME)] == [
        HOME + "Index1.php",
        HOME + "Often_question/index.php",
    ]
    at = "http://127.0.0.1:8000/doctor/"
    assert TaiwanEhospitalSpider.classify("/doctor/All/ShowDetail.php?q_no=1", at) == (
        at + "All/ShowDetail.php?q_no=1",
        Kind.QUESTION,
    )


FRONT = """<body>
<div class="w3-col l4 m6 s6"><a href="/doctor/All/index.php?d_class=%A5~%AC%EC">　外科　</a></div>
<ul id="newQA"><li><a href="/doctor/All/ShowDetail.php?q_no=4">甲</a></li>
<li><a href="All/ShowDetail.php?q_no=3&SortBy=q_no">乙</a></li></ul>
<a href="http://[bad/">壞</a> <a href="https://elsewhere.example/">外</a></body>"""


def test_home_leads_to_departments_and_to_the_whole_range() -> None:
    found = links("Index1.php", FRONT)

    question = HOME + "All/ShowDetail.php?q_no="
    assert found == [
        Link(url=HOME + "All/index.php?d_class=%A5~%AC%EC", kind=Kind.LIST, via=Via.LIST),
        Link(url=LISTS + "1", kind=Kind.LIST, via=Via.LIST),
        Link(url=question + "4", kind=Kind.QUESTION, via=Via.LIST),
        Link(url=question + "3", kind=Kind.QUESTION, via=Via.LIST),
        Link(url=question + "4", kind=Kind.QUESTION, via=Via.RANGE, numbers=4),
    ]


@pytest.mark.parametrize(
    ("named", "newest"),
    [
        ((987654321, 3), 3),  # no question's
        ((900_000, 3), 3),  # a slip: no other is half as high
        ((900, 40, 39, 2), 40),
        ((40, 20, 2), 40),
        ((7,), 7),
    ],
)
def test_a_wild_number_makes_no_endless_range(named: tuple[int, ...], newest: int) -> None:
    page = "".join(f'<a href="/doctor/All/ShowDetail.php?q_no={number}">' for number in named)
    found = links("Index1.php", f"<body>{page}</body>")

    assert [link.numbers for link in found if link.via is Via.RANGE] == [newest]


@pytest.mark.parametrize("path", ["Index1.php", "All/history.php?UrlClass=%A5~%AC%EC"])
def test_a_home_page_without_questions_and_a_list_without_its_table_have_changed(path: str) -> None:
    with pytest.raises(PageChangedError):
        links(path, "<body><h1>系統維護中</h1></body>")


ROW = (
    "<tr><td>2020/10/26</td><td>小魚</td><td>江某</td><td>5</td><td>4</td><td>9</td>"
    '<td><a href="ShowDetail.php?q_no={0}&SortBy=q_no&PageNo=1">題</a></td></tr>'
)
PAGED = (
    '<select id="PageNo" onchange="go()"><option value="1" selected>1</option>'
    '<option value="2">2</option></select>'
)


LAST = "history.php?UrlClass=%A5~%AC%EC&amp;PageNo=12"


def test_list_leads_to_its_rows_and_pages() -> None:
    rows = "".join(ROW.format(number) for number in range(40, 20, -1))
    html = f'<body><form><table class="table1">{rows}</table>{PAGED}</form></body>'

    found = links("All/history.php?UrlClass=%A5~%AC%EC&SortBy=q_no&PageNo=1", html)

    assert [link.url.rpartition("=")[2] for link in found if link.kind is Kind.QUESTION] == [
        str(number) for number in range(40, 20, -1)
    ]
    assert [link.url for link in found if link.kind is Kind.LIST] == [LISTS + "1", LISTS + "2"]
    assert {link.via for link in found} == {Via.LIST}


@pytest.mark.parametrize(
    "options",
    [
        "<option>1</option><option>2</option><option>12</option>",
        '<option value="1">第一頁</option><option value="2">次頁</option><option value="12">末頁',
        '<option value="1">10</option><option value=2>20</option><option value=" 12 ">30</option>',
        '<option>第1頁</option><option>第 2 / 30 頁</option><option value="">第12頁</option>',
        f'<option value="">選<option>1<optgroup><option>2<option value="{LAST}">末頁',
    ],
)
def test_pages_are_numbered_by_what_choosing_them_sends(options: str) -> None:
    rows = f'<table class="table1">{ROW.format(5)}</table>'
    html = f'<body><form>{rows}<select id="PageNo">{options}</select></form></body>'

    found = links("All/history.php?UrlClass=%A5~%AC%EC&SortBy=q_no&PageNo=1", html)

    lists = [link.url for link in found if link.kind is Kind.LIST]
    assert lists == [LISTS + "1", LISTS + "2", LISTS + "12"]


def test_list_of_one_page_has_no_pages() -> None:
    html = f'<body><form><table class="table1">{ROW.format(5)}</table></form></body>'

    found = links("All/history.php?UrlClass=%A5~%AC%EC&SortBy=q_no&PageNo=1", html)

    assert [link.url for link in found] == [HOME + "All/ShowDetail.php?q_no=5"]


def test_faq_type_page_repeats_questions() -> None:
    unit = '<ul class="QAunit"><li class="subject">#{0} 題</li><li class="ask">問</li></ul>'
    glued = unit.replace(" 題", "題")
    html = f"<body>{unit.format(11)}{glued.format(12)}{PAGED}</body>"
    path = "Often_question/type_detail.php?q_type=%B6%CB%A4f&UrlClass=%A5~%AC%EC"

    found = links(path, html, Kind.FAQ)

    assert [(link.url, link.kind) for link in found] == [
        (HOME + path, Kind.FAQ),
        (HOME + path + "&PageNo=2", Kind.FAQ),
        (HOME + "All/ShowDetail.php?q_no=11", Kind.QUESTION),
        (HOME + "All/ShowDetail.php?q_no=12", Kind.QUESTION),
    ]
    assert {link.via for link in found} == {Via.FAQ}


def test_units_and_pages_are_numbered_in_any_digits() -> None:
    units = "".join(
        f'<ul class="QAunit"><li class="subject">{number} 題</li></ul>'
        for number in ("#８", "＃9", "#0", "#1000001")
    )
    pages = '<select name="PageNo"><option>第１頁</option><option>第２頁</option></select>'

    found = links("Often_question/type_detail.php?q_type=%B6%CB%A4f", units + pages, Kind.FAQ)

    assert [link.url.removeprefix(HOME) for link in found] == [
        "Often_question/type_detail.php?q_type=%B6%CB%A4f",
        "Often_question/type_detail.php?q_type=%B6%CB%A4f&PageNo=2",
        "All/ShowDetail.php?q_no=8",
        "All/ShowDetail.php?q_no=9",
    ]


def test_the_start_page_of_a_copy() -> None:
    homes = {"": "/doctor/", "/doctor": "/doctor/", "/d": "/d/", "/m/doctor": "/m/doctor/"}
    for path, home in homes.items():
        site = TaiwanEhospitalSpider(base_url=f"http://127.0.0.1:8000{path}")
        assert site.base == f"http://127.0.0.1:8000{home}"
