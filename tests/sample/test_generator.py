"""Every site: the same bytes again, numbers with holes, links that lead somewhere, robots.txt."""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html
from protego import Protego

from scraper.sample.chance import Salt
from scraper.sample.dealing import Deal, Numbers
from tests.truth.sites import NAMES, SampleSite, build

HEADERS = {"host": "127.0.0.1:8000"}
ORIGIN = "http://127.0.0.1:8000"


def _question_path(site: SampleSite, number: int) -> str:
    record = site.truth(number, home=ORIGIN + site.start)
    assert record is not None
    return record.url.removeprefix(ORIGIN)


@pytest.mark.parametrize("name", NAMES)
def test_two_builds_answer_with_equal_bytes(name: str) -> None:
    first, second = build(name, questions=40, seed=5), build(name, questions=40, seed=5)
    other = build(name, questions=40, seed=6)
    differs = 0
    for number in first.existing_ids():
        path = _question_path(first, number)
        answer = first.respond(path, HEADERS)
        assert answer.status == 200
        assert answer == second.respond(path, HEADERS)
        differs += answer.body != other.respond(path, HEADERS).body
    assert differs > 30


@pytest.mark.parametrize("name", NAMES)
def test_a_site_may_be_very_large(name: str) -> None:
    site = build(name, questions=2_000_000, seed=5)
    path = "/doctor/Index1.php" if name == "taiwan-ehospital" else site.start
    assert site.respond(path, HEADERS).status == 200


@pytest.mark.parametrize("name", NAMES)
def test_a_question_far_out_does_not_depend_on_how_many_were_asked_for_before(name: str) -> None:
    site = build(name, questions=100_000)
    number = site.catalogue.numbers.number(87_654)
    path = _question_path(site, number)
    alone = site.respond(path, HEADERS)
    for index in range(0, 300, 3):
        site.respond(_question_path(site, site.catalogue.numbers.number(index)), HEADERS)
    assert build(name, questions=100_000).respond(path, HEADERS) == alone
    assert alone.status == 200


@pytest.mark.parametrize("name", NAMES)
def test_as_many_questions_as_asked_for_each_with_its_own_text(name: str) -> None:
    site = build(name, questions=300, seed=2)
    ids = list(site.existing_ids())
    assert len(ids) == len(set(ids)) == 300
    records = [site.truth(number) for number in ids]
    texts = {(record.title, record.text) for record in records if record}
    assert len(texts) == 300


def test_of_every_ten_numbers_two_are_holes_and_the_first_is_none() -> None:
    numbers = Numbers(seed=9, first=177001)
    given = [numbers.number(index) for index in range(800)]
    assert given[0] == 177001
    assert given == sorted(set(given))
    assert given[-1] <= 177001 + 999
    back = {number: numbers.index(number) for number in range(177001, 178001)}
    assert sum(index is None for index in back.values()) == 200
    assert [back[number] for number in given] == list(range(800))
    assert numbers.index(177000) is None
    assert numbers.index(-5) is None


def test_a_deal_gives_each_index_to_one_group_and_finds_it_again() -> None:
    deal = Deal(seed=3, salt=Salt.DEAL, groups=7)
    dealt: dict[int, list[int]] = {group: [] for group in range(7)}
    for index in range(100):
        dealt[deal.group(index)].append(index)
    for group, members in dealt.items():
        assert deal.size(group, 100) == len(members)
        assert [deal.member(group, rank) for rank in range(len(members))] == members


def _links(url: str, body: bytes, content_type: str | None) -> set[str]:
    document: Any = html.document_fromstring(body)
    if content_type and "xml" in content_type:
        found = document.xpath("//loc/text()")
    else:
        found = document.xpath("//a/@href | //link[@rel='alternate' or @rel='canonical']/@href")
    return {urljoin(url, link).partition("#")[0] for link in found}


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_to_a_page_or_to_one_known_to_be_gone(name: str) -> None:
    site = build(name, questions=60, seed=4, revision=6)
    gone = {str(number) for number in site.gone_ids()}
    assert gone
    seen: set[str] = set()
    todo = [f"{ORIGIN}{site.start}", f"{ORIGIN}/sitemap.xml"]
    questions: set[str] = set()
    while todo:
        url = todo.pop()
        if url in seen:
            continue
        seen.add(url)
        parts = urlsplit(url)
        assert f"{parts.scheme}://{parts.netloc}" == ORIGIN, url
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        answer = site.respond(target, HEADERS)
        if answer.status in (404, 410):
            assert url.endswith("/sitemap.xml") or gone & set(parts.path.split("/")), url
            continue
        if answer.status == 301:
            todo.append(answer.header("location") or "")
            continue
        assert answer.status == 200, url
        questions |= set(re.findall(r"(?:/article/|/questions/|q_no=)(\d+)", target))
        todo += _links(url, answer.body, answer.header("content-type"))
    assert {str(number) for number in site.existing_ids()} <= questions


@pytest.mark.parametrize("name", ["adoctor", "qapage"])
def test_robots_txt_forbids_pages_that_are_linked_and_allows_the_questions(name: str) -> None:
    site = build(name, questions=20)
    text = site.respond("/robots.txt", HEADERS).body.decode()
    robots = Protego.parse(text)
    path = _question_path(site, next(site.existing_ids()))
    home = site.respond("/", HEADERS).body
    assert b'href="/search"' in home
    assert not robots.can_fetch(f"{ORIGIN}/search", "any")
    assert robots.can_fetch(ORIGIN + path, "any")
    assert list(robots.sitemaps) == [f"{ORIGIN}/sitemap.xml"]


@pytest.mark.parametrize("name", ["adoctor", "qapage"])
def test_the_sitemap_names_nearly_all_questions_in_all_languages(name: str) -> None:
    site = build(name, questions=1050, revision=3)
    index = site.respond("/sitemap.xml", HEADERS)
    maps = sorted(_links(ORIGIN, index.body, "application/xml"))
    assert maps == [f"{ORIGIN}/sitemap-1.xml", f"{ORIGIN}/sitemap-2.xml"]
    named: set[str] = set()
    for url in maps:
        named |= _links(url, site.respond(url.removeprefix(ORIGIN), HEADERS).body, "xml")
    found = [re.search(r"/(?:article|questions)/(\d+)", url) for url in named]
    numbers = [int(match[1]) for match in found if match]
    expected = [number for number in site.existing_ids() if site.in_sitemap(number)]
    assert sorted(numbers) == sorted(expected * len(site.languages))
    left_out = [number for number in site.existing_ids() if not site.in_sitemap(number)]
    assert 5 < len(left_out) < 60


def test_unknown_names_and_numbers_below_one_are_refused() -> None:
    with pytest.raises(ValueError, match="no sample site"):
        build("elsewhere")
    with pytest.raises(ValueError, match="no layout"):
        build("adoctor", layout="baroque")
    with pytest.raises(ValueError, match="start at 1"):
        build("adoctor", questions=0)
