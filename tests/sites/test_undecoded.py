"""HAZARDS "charset": what could not be decoded is told where it stands in a record."""

import json

import pytest

from scraper.reading.page import Page
from scraper.site import Site
from scraper.sites.adoctor import Adoctor
from scraper.sites.qapage import QAPageSpider
from scraper.sites.taiwan_ehospital import TaiwanEhospitalSpider
from tests.sites.taiwan_pages import ASKER, DOCTOR, block, v2017, v2023

WARNING = "undecodable-bytes-replaced"
LINES = (
    "Numb Fingers - Neurology", "Share to:", "My hand", "It is numb", "What to do?",
    "Ms. Wu, 20~29 year old female. Ask Date: 2020/10/26", "Dr. Lin Moshan reply Neurology",
    "Please rest", "Reply Date: 2020/10/27", "More Info", "An essay", "Similar Q&amp;A",
    "Related FAQ", '<a href="/faq/hands">Hands</a>', "(Neurology)", "Imprint",
)  # fmt: skip
ARTICLE = '<html lang="en"><body>' + "".join(f"<p>{line}</p>" for line in LINES)
FORUM = '<html lang="en"><script type="application/ld+json">{}</script><p>Imprint</p>'.format(
    json.dumps(
        {"@context": "https://schema.org", "@type": "QAPage", "mainEntity": {
            "@type": "Question", "name": "Numb Fingers", "text": "It is numb",
            "acceptedAnswer": {"@type": "Answer", "text": "Please rest"}}}
    )
)  # fmt: skip
FORUM_URL = "http://pond.example/questions/77"
END = "<p>版權</p></body>"
NEWER = v2023(block(ASKER, "走路會痛"), block(DOCTOR, "休息"), title="膝蓋").replace("</body>", END)
OLDER = v2017().replace("膝蓋痛", "膝蓋").replace("</body>", END)
TAIWAN = "https://sp1.hso.mohw.gov.tw/doctor/All/ShowDetail.php?q_no=5"


def warnings(spider: type[Site], url: str, html: str, behind: str, stray: bytes) -> tuple[str, ...]:
    """What the reader warns of when `stray` stands behind the first of these words."""
    head, words, tail = html.partition(behind)
    assert words
    body = (head + words).encode(spider.charset) + stray + tail.encode(spider.charset)
    question = spider.read_question(Page(url=url, body=body, default_charset=spider.charset))
    assert question.problems == ()
    return question.warnings


@pytest.mark.parametrize(
    ("spider", "url", "html", "fields", "elsewhere"),
    [
        (Adoctor, "https://adoctor.tw/article/5", ARTICLE,
         ("Numb Fingers", "My hand", "It is numb", "Ms. Wu", "Please rest", "An essay", ">Hands"),
         "Imprint"),
        (QAPageSpider, FORUM_URL, FORUM,
         ("Numb Fingers", "It is numb", "Please rest"), "Imprint"),
        (TaiwanEhospitalSpider, TAIWAN, NEWER, ("膝蓋", "小魚", "走路會痛", "休息"), "版權"),
        (TaiwanEhospitalSpider, TAIWAN, OLDER, ("膝蓋", "小魚", "走路會痛", "休息"), "版權"),
    ],
)  # fmt: skip
def test_a_byte_without_meaning_in_a_field_is_told(
    spider: type[Site], url: str, html: str, fields: tuple[str, ...], elsewhere: str
) -> None:
    stray = b"\x81 "  # in no charset that is tried

    for words in fields:
        assert warnings(spider, url, html, words, stray) == (WARNING,)
        assert warnings(spider, url, html, words, b"") == ()
    assert warnings(spider, url, html, elsewhere, stray) == ()


def test_the_sites_own_replacement_character_is_no_warning() -> None:
    own = "\ufffd &#57344;".encode()  # and an icon
    assert warnings(QAPageSpider, FORUM_URL, FORUM, "It is numb", own) == ()


@pytest.mark.parametrize("half", ["&#55357;&#56842;", "&#xD83D;", "&#55296;", "&#57343;"])
def test_half_a_character_as_an_entity_is_told(half: str) -> None:
    told = ("surrogates-replaced",)
    assert warnings(TaiwanEhospitalSpider, TAIWAN, NEWER, "走路會痛", half.encode()) == told
    assert warnings(QAPageSpider, FORUM_URL, FORUM, "It is numb", half.encode()) == told
    assert warnings(QAPageSpider, FORUM_URL, FORUM, "Imprint", half.encode()) == ()


def test_half_a_character_leaves_the_tag_behind_it_whole() -> None:
    body = NEWER.encode("big5hkscs").replace("走路會痛".encode("big5"), b"\xa8\xab\xb8<br>\xb7|")
    question = TaiwanEhospitalSpider.read_question(
        Page(url=TAIWAN, body=body, default_charset="big5hkscs")
    )

    assert question.text == "走\ufffd\n會"
    assert question.warnings == (WARNING,)
