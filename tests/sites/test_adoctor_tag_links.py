"""adoctor: where tags lead, and links among them that lead elsewhere."""

import re

import pytest

from scraper.items import FaqTag
from tests.sites.test_adoctor_exam import PARTS, read


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/faq?id=7", "https://adoctor.tw/faq?id=7"),
        ("/faq/als?dept=neurology&utm_source=x", "https://adoctor.tw/faq/als?dept=neurology"),
        ("/search?q=Als", "https://adoctor.tw/search?q=Als"),
        ("/faq/als?utm_source=x", "https://adoctor.tw/faq/als"),
        ("https://other.example/faq/als", None),
        ("#", None),
        ("", None),
        ("?", None),
        ("/article/5", None),
    ],
)
@pytest.mark.parametrize("head", ["", '<base href="/">'])
def test_where_a_tag_leads(href: str, url: str | None, head: str) -> None:
    tag = f'<p><a href="{href}">Als</a></p><p>(Neurology)</p>'
    question = read(head=head, tags=f"<h3>Related FAQ</h3>{tag}")
    assert question.faq_tags == (FaqTag(name="Als", department="Neurology", url=url),)


def test_a_link_without_words_over_a_tag() -> None:
    tags = "".join(
        f"<li><p>{name}</p><p>(Neurology)</p><a href=/faq/{name}></a>" for name in ("als", "toe")
    )
    question = read(tags=f"<h3>Related FAQ</h3><ul>{tags}</ul>")
    assert [tag.url for tag in question.faq_tags] == [
        "https://adoctor.tw/faq/als", "https://adoctor.tw/faq/toe",
    ]  # fmt: skip
    bare = re.sub("<a.*?></a>", "", tags)
    icons = tags.replace("<a href=/faq/", "<a aria-label=Edit href=/edit/")
    for other in (f"<ul>{bare}</ul><a href=/faq/all></a>", f"<ul>{icons}</ul>"):
        question = read(tags=f"<h3>Related FAQ</h3>{other}")
        assert [tag.url for tag in question.faq_tags] == [None, None]


@pytest.mark.parametrize("count", ['<a href="/faq/">12</a>', '<p><a href="/faq/">(12)</a></p>'])
def test_a_count_that_leads_to_all_tags_is_none(count: str) -> None:
    tag = '<p><a href="/faq/als"># Als</a></p><p>(Neurology)</p>'
    question = read(tags=f"<h3>Related FAQ</h3>{count}{tag}")
    assert question.faq_tags == (
        FaqTag(name="Als", department="Neurology", url="https://adoctor.tw/faq/als"),
    )


def test_a_count_below_a_tag_in_its_link() -> None:
    tags = "".join(f'<a href="/faq/{n}"><div>Als {n}</div><div>({n})</div></a>' for n in (7, 12))
    found = read(tags=f"<h3>Related FAQ</h3>{tags}").faq_tags
    assert [(tag.name, tag.department) for tag in found] == [("Als 7", None), ("Als 12", None)]


@pytest.mark.parametrize("href", ["", "faq/9", "/faq?id=9", "/about"])
def test_a_tag_between_others_that_leads_elsewhere(href: str) -> None:
    link = f'<a href="{href}">Arm</a>' if href else "Arm"
    last = '<p><a href="/faq/toe">Toe</a></p><p>(Neurology)</p>'
    question = read(tags=f"{PARTS['tags']}<p>{link}</p><p>(Hearing)</p>{last}")
    assert [(tag.name, tag.department) for tag in question.faq_tags] == [
        ("Knee", "Neurology"), ("Arm", "Hearing"), ("Toe", "Neurology"),
    ]  # fmt: skip
    assert question.warnings == ()


@pytest.mark.parametrize("name", [".22 wound", "...", "Dr."])
def test_the_signs_of_a_name_above_its_department(name: str) -> None:
    question = read(after=f"<p><a href=/faq/9>{name}</a></p><p>(Neurology)</p>")
    assert [tag.name for tag in question.faq_tags] == ["Knee", name]


@pytest.mark.parametrize("name", ["About using drops", "Contact use of lenses"])
def test_a_tag_that_begins_nearly_as_a_footer_does(name: str) -> None:
    question = read(after=f"<p>{name}</p><p>(Neurology)</p>")
    assert [tag.name for tag in question.faq_tags] == ["Knee", name]


@pytest.mark.parametrize(
    ("link", "behind"),
    [
        ('<a href="/tag/">All topics</a>', ""),
        ('<a href="/doctors">Our doctors</a>', '<a href="/doctor/1">Wu Ann</a> (Neurology)'),
        ('<a href="/dept/2">Urology</a>', '<a href="/tag/2">Stones</a> (Urology)'),
        ('<a href="https://ad.example/x">Socks</a>', '<a href="/tag/2">Gout</a> (Neurology)'),
    ],
)
def test_a_link_among_tags_that_leads_elsewhere_is_told(link: str, behind: str) -> None:
    tags = f'<li><a href="/tag/1">Als</a> (Neurology)</li><li>{link}</li><li>{behind}</li>'
    question = read(tags=f"<h3>Related FAQ</h3><ul>{tags}</ul>")
    assert [tag.name for tag in question.faq_tags] == ["Als"]
    assert question.warnings == ("unread-lines",)


def test_the_last_tag_may_lead_to_a_place_beside_the_page() -> None:
    question = read(after='<p><a href="faq/9">Arm</a></p><p>(Hearing)</p>')
    assert [tag.name for tag in question.faq_tags] == ["Knee", "Arm"]
