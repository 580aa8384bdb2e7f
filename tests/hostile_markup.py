"""Pages made to hang or fill a reader, and what reading one costs."""

import json
import sys
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from scraper.errors import ReadingError
from scraper.items import Kind
from scraper.reading.page import Page
from scraper.site import Site
from scraper.sites.adoctor import Adoctor
from scraper.sites.qapage import QAPageSpider
from scraper.sites.taiwan_ehospital import TaiwanEhospitalSpider
from tests.forked import python_m
from tests.memory import peak_mib

_TOP = "<html><head><title>Sore knee - Orthopedics</title></head><body><h1>Sore knee</h1>"
_QUESTION = '<div itemscope itemtype="https://schema.org/Question">'
_END = "<p>Ask Date: 2020/10/26</p></body></html>"


def _wrapped(middle: str) -> bytes:
    return f"{_TOP}{middle}{_END}".encode()


def _scripted(question: Mapping[str, object], *others: Mapping[str, object]) -> bytes:
    asked = {"@type": "Question", "name": "Sore knee?", "text": "It is sore.", **question}
    written = json.dumps([{"@type": "QAPage", "mainEntity": asked}, *others])
    return _wrapped(f'<script type="application/ld+json">{written}</script>')


_URLS = [f"/q/100?{n}" for n in range(3_000)]
PAGES: dict[str, Callable[[], bytes]] = {
    "200,000 levels of div": lambda: _wrapped("<div>" * 200_000 + "x" + "</div>" * 200_000),
    "200,000 levels of span": lambda: _wrapped("<span>" * 200_000),
    "200,000 levels of b and i": lambda: _wrapped("<b><i>" * 100_000 + "x"),
    "50,000 levels of table": lambda: _wrapped("<table><tr><td>" * 50_000 + "x"),
    "5 MB of attributes on one tag": lambda: _wrapped(
        "<p " + " ".join(f'a{n}="{n}"' for n in range(330_000)) + ">x</p>"
    ),
    "5 MB in one attribute": lambda: _wrapped(f'<p title="{"x" * 5_000_000}">x</p>'),
    "5 MB of tags with attributes": lambda: _wrapped('<p class="a b" id="c">x</p>' * 185_000),
    "an attribute without end": lambda: _wrapped(f'<p title="{"x " * 2_500_000}'),
    "NUL bytes": lambda: _wrapped("<p>kn\0ee</p>" * 200_000),
    "broken entities": lambda: _wrapped("<p>&#xd83d;&#x110000;&nbs &amp;amp;&#0;</p>" * 60_000),
    "300,000 entities": lambda: _wrapped("<p>" + "&lt;p&gt;" * 300_000 + "</p>"),
    "nested forms": lambda: _wrapped("<form><p>x</p>" * 100_000),
    "unclosed comment": lambda: _wrapped("<!--" + "x" * 5_000_000),
    "30,000 digits behind a title": lambda: _wrapped(f"<h1>Knee - Surgery ({'1' * 30_000}</h1>"),
    "400,000 less-than signs": lambda: _wrapped("<" * 400_000),
    "unclosed script": lambda: _wrapped("<script>" + "a<b;" * 1_000_000),
    "JSON-LD of 100,000 levels": lambda: _wrapped(
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
    ),
    "microdata of 20,000 levels": lambda: _wrapped(
        '<div itemscope itemtype="https://schema.org/QAPage"><div itemprop="mainEntity" itemscope '
        'itemtype="https://schema.org/Question">' * 20_000
    ),
    "microdata of 200 levels, each twice": lambda: _wrapped(
        f'{_QUESTION}<h1 itemprop="name">x</h1>' + '<p><div itemscope itemprop="a b">' * 200
    ),
    "2,000 questions behind 1,900 levels": lambda: _wrapped(
        "<div>" * 1_900 + f'{_QUESTION}<b itemprop="name">x</b></div>' * 2_000
    ),
    "20,000 names of a question": lambda: _wrapped(
        _QUESTION + "<div>" * 1_900 + '<b itemprop="name">x</b>' * 20_000
    ),
    "400 texts in each other": lambda: _wrapped(
        _QUESTION + "<div itemprop=text><button>Read more</button><i hidden>x y z</i>" * 400
    ),
    "an item that refers to 300 levels": lambda: _wrapped(
        _QUESTION.replace(">", f' itemref="{" ".join(map(str, range(300)))}">')
        + '<h1 itemprop="name">x</h1></div>'
        + "".join(f'<div id="{n}">' for n in range(300))
        + '<b itemprop="text">x</b>' * 1_000
    ),
    "700 names in each other": lambda: _wrapped(
        _QUESTION + "<div itemprop=x itemscope><div itemprop=name>x " * 700 + "<b>x</b> " * 20_000
    ),
    "3,000 URLs of a question, and 3,000 answers beside it": lambda: _scripted(
        {"url": _URLS}, *({"@type": "Answer", "text": f"{n}"} for n in range(3_000))
    ),
    "3,000 answers to one item of 3,000 URLs": lambda: _scripted(
        {"url": "/q/100"},
        {"@id": "#q", "url": _URLS},
        *({"@type": "Answer", "text": f"{n}", "parentItem": {"@id": "#q"}} for n in range(3_000)),
    ),
    "3,000 answers of one author of 3,000 names": lambda: _scripted(
        {"acceptedAnswer": [{"text": f"{n}", "author": {"@id": "#p"}} for n in range(3_000)]},
        {"@id": "#p", "@type": "Person", "name": _URLS},
    ),
    "a long question, 3,000 items of its name, and 3,000 answers": lambda: _scripted(
        {"text": "sore " * 30_000, "acceptedAnswer": [{"text": f"{n}"} for n in range(3_000)]},
        *({"@type": "Question", "name": "Sore knee?", "text": f"{n}"} for n in range(3_000)),
    ),
    "hidden panels in each other": lambda: _wrapped(
        "<div role=tabpanel hidden>x " * 170 + "<b>x </b>" * 20_000
    ),
    "one line of 5 MB": lambda: _wrapped("<p>" + "knee " * 1_000_000 + "</p>"),
    "300,000 links": lambda: _wrapped('<a href="/q/1">x</a>' * 300_000),
}
READERS: dict[type[Site], str] = {
    Adoctor: "https://adoctor.tw/article/177001",
    TaiwanEhospitalSpider: "https://sp1.hso.mohw.gov.tw/doctor/All/ShowDetail.php?q_no=100",
    QAPageSpider: "https://forum.example.org/questions/100",
}


class Cost(NamedTuple):
    """The cost of reading one page in a process of its own."""

    seconds: float  # the slowest reader, links included
    peak_mib: float
    ends: list[str]  # how each reader ended


def cost_of(name: str) -> Cost:
    """Read the page by all three readers in a process of its own; raises when one crashes."""
    done = python_m("tests.hostile_markup", name)
    assert done.returncode == 0, done.stderr
    return Cost(*json.loads(done.stdout))


def _read(spider: type[Site], url: str, body: bytes) -> str:
    page = Page(url=url, body=body, content_type="text/html; charset=utf-8")
    try:
        question = spider.read_question(page)
        list(spider.read_links(page, Kind.QUESTION, spider.home, question))
    except ReadingError as error:
        return error.code
    return "question"


def _main() -> None:
    body = PAGES[sys.argv[1]]()
    slowest, ends = 0.0, []
    for spider, url in READERS.items():
        start = time.process_time()
        ends.append(_read(spider, url, body))
        slowest = max(slowest, time.process_time() - start)
    print(json.dumps([slowest, peak_mib(), ends]))


if __name__ == "__main__":
    _main()
