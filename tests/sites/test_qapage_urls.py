"""Under which URL and number a forum's question is kept, and which pages are none of it."""

from typing import Any

import pytest

from scraper.errors import NotAQuestionError, WrongQuestionError
from scraper.items import Kind
from scraper.reading.page import Page
from scraper.sites.qapage import classify, read_links
from tests.sites.forum import HOME, MICRODATA, URL, answer, json_ld, qapage, question, read


@pytest.mark.parametrize(
    ("path", "source_id"),
    [
        ("questions/77/green-water", "77"),
        ("q/0077.html", "77"),
        ("pond-11/green-water-8313", "8313"),
        ("showthread/8313-green-water", "8313"),
    ],
)
def test_source_id(path: str, source_id: str) -> None:
    assert read(MICRODATA, HOME + path).source_id == source_id


def test_source_ids_of_pages_without_a_number_differ() -> None:
    paths = ["green-water", "green-water-2020", "brown-water-2020", "view?t=1", "view?t=2"]
    paths += ["forum/12/topic/5", "forum/12/topic/6", "2020/04/18/a", "2020/04/18/b"]

    found = {read(MICRODATA, HOME + path).source_id for path in paths}

    assert len(found) == len(paths)
    assert all(len(source_id) == 16 for source_id in found)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("questions/77/green-water", Kind.QUESTION),
        ("questions/77", Kind.QUESTION),
        ("t/8313", Kind.QUESTION),
        ("questions?page=2", Kind.LIST),
        ("questions/tagged/algae", Kind.LIST),
        ("questions/77/green-water/edit", Kind.LIST),
        ("users/77/newt", Kind.LIST),
        ("pond-11/green-water-8313", Kind.LIST),
        ("", Kind.LIST),
        ("sitemap.xml", Kind.SITEMAP),
        ("sitemaps/sitemap-questions-3.xml.gz", Kind.SITEMAP),
    ],
)
def test_kinds(path: str, expected: Kind) -> None:
    assert classify(HOME + path, HOME) == (HOME + path, expected)


@pytest.mark.parametrize(
    "url",
    [
        "http://other.example/questions/7",
        "http://pond.example:81/",
        HOME + "logo.png",
        "mailto:a@b.c",
    ],
)
def test_other_hosts_and_files_are_left(url: str) -> None:
    assert classify(url, HOME) is None


def test_canonical_urls() -> None:
    assert classify(HOME + "questions/7?utm_source=x&b=2&a=1#9", HOME) == (
        HOME + "questions/7?b=2&a=1",
        Kind.QUESTION,
    )


@pytest.mark.parametrize(
    "path",
    [
        "c?t=%A5%7E%AC%EC",  # Big5
        "index.php?/topic/77-knee/",
        "d?20;wap",
        "search?q=y&a=1",
        "f?private&a=1",
        "e?x=a+b%20c",
        "g?u=http://x/y,z",
        "h?x=1&&y=",
        "a%2Fb",
    ],
)
def test_a_query_is_asked_for_as_the_link_has_it(path: str) -> None:
    assert classify(HOME + path, HOME) == (HOME + path, Kind.LIST)


def test_tracking_is_dropped_however_it_is_spelt_and_the_rest_stays() -> None:
    found = classify(HOME + "f?utm%5Fsource=x&private&Fbclid&q=%a5~", HOME)
    assert found == (HOME + "f?private&q=%a5~", Kind.LIST)


@pytest.mark.parametrize("session", ["jsessionid=0A1B.node1", "PHPSESSID=8f3b", "sid=1"])
def test_a_session_in_the_path_is_dropped(session: str) -> None:
    assert classify(f"{URL};{session}?page=2", HOME) == (f"{URL}?page=2", Kind.QUESTION)
    assert classify(f"{HOME};{session}", HOME) == (HOME, Kind.LIST)
    assert classify(f"{HOME}a;v=1;{session}/b", HOME) == (f"{HOME}a;v=1/b", Kind.LIST)


def test_one_question_in_two_orders_of_its_query_has_one_number() -> None:
    one, other = (read(MICRODATA, HOME + path) for path in ("view?t=1&f=2", "view?f=2&t=1"))
    assert one.id == other.id


def test_ids_made_of_big5_differ() -> None:
    paths = ("view?t=%A5%7E%AC%EC", "view?t=%A4%7E%AC%EC")
    assert len({read(MICRODATA, HOME + path).source_id for path in paths}) == 2


@pytest.mark.parametrize(
    "query",
    ["answertab=oldest", "lastactivity", "noredirect=1&lq=1", "rq=1", "sort=new", "tab=scoredesc"],
)
def test_a_question_in_another_order_is_the_same_page(query: str) -> None:
    assert classify(f"{URL}?{query}", HOME) == (URL, Kind.QUESTION)
    assert read(MICRODATA, f"{URL}?{query}").source_id == "77"


@pytest.mark.parametrize(
    "path",
    ["questions/77/green-water?page=2", "questions/77?tab=photos", "list?sort=new", "view?lq=1"],
)
def test_queries_that_lead_to_other_pages_stay(path: str) -> None:
    found = classify(HOME + path, HOME)
    assert found is not None
    assert found[0] == HOME + path


def canonical(path: str, html: str = MICRODATA, *, base: str = HOME) -> str:
    return (
        f'<html><head><link rel="canonical" href="{base}{path}"></head><body>{html}</body></html>'
    )


@pytest.mark.parametrize(
    ("path", "own", "source_id"),
    [
        ("questions/77/green-water?from=mail", "questions/77/green-water", "77"),
        ("questions/77", "questions/77/green-water", "77"),
        ("questions/77/green-water/456", "questions/77/green-water", "77"),
        ("t/77/4", "t/77", "77"),
        ("why-green-8313?from=mail", "why-green-8313", "8313"),
        ("amp/questions/77/green-water", "questions/77/green-water", "77"),
        ("green-water", "questions/77/green-water", "77"),
    ],
)
def test_a_page_that_names_its_own_url_is_kept_under_it(
    path: str, own: str, source_id: str
) -> None:
    found = read(canonical(own), HOME + path)
    assert (found.source_id, found.url) == (source_id, HOME + own)
    assert read(canonical(own, base="/"), HOME + path) == found


def test_a_page_without_a_number_that_names_its_own_url() -> None:
    own = read(MICRODATA, HOME + "why/green")
    for path in ("why/green?from=mail", "why/green/amp", "why/green.html"):
        found = read(canonical("why/green"), HOME + path)
        assert (found.id, found.url) == (own.id, own.url)


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("why/green", ""),  # a site that names its home page everywhere
        ("forum/green", "forum"),
        ("view?t=1", "view?t=2"),
        ("questions/77/green-water?page=2", "questions/77/green-water"),
        ("threads/green.8313/page-2", "threads/green.8313"),
        ("view?start=20&t=1", "view?t=1"),
    ],
)
def test_a_name_that_would_make_one_of_several_pages_is_not_believed(path: str, named: str) -> None:
    found = read(canonical(named), HOME + path)
    assert found == read(MICRODATA, HOME + path)
    assert found.url == HOME + path


def test_a_page_of_another_question_is_refused() -> None:
    with pytest.raises(WrongQuestionError):
        read(canonical("questions/999/why"))


OTHER = HOME + "questions/999/why"


@pytest.mark.parametrize(
    "named", [{"url": OTHER}, {"url": "/questions/999"}, {"@id": OTHER + "#q"}]
)
def test_a_question_that_says_it_is_another_pages(named: dict[str, Any]) -> None:
    with pytest.raises(WrongQuestionError):
        read(json_ld(qapage(**named)))
    for html in (json_ld(qapage(**named)), json_ld(question(**named))):
        with pytest.raises(NotAQuestionError):
            read(html, HOME + "tags/algae")


def test_a_teaser_in_microdata_is_no_record() -> None:
    teaser = MICRODATA.replace("</h1>", '</h1><a itemprop="url" href="/questions/999/why">more</a>')
    with pytest.raises(NotAQuestionError):
        read(teaser, HOME + "tags/algae")
    named = MICRODATA.replace('Question">', f'Question" itemid="{OTHER}">')
    with pytest.raises(NotAQuestionError):
        read(named, HOME + "tags/algae")


@pytest.mark.parametrize(
    "named",
    [
        {"url": "http://pond.example/questions/77/another-slug#top"},
        {"@id": "#q"},
        {"@id": HOME + "#/schema/question/1"},
        {"url": "https://other.example/questions/999"},
        {"url": HOME + "questions/999/why", "@id": URL},
        {"url": "http://[bad/"},
    ],
)
def test_a_question_that_names_its_own_page_is_read(named: dict[str, Any]) -> None:
    assert read(json_ld(qapage(**named))).id == "pond.example:77:en"


def test_the_number_that_a_question_names_and_its_path_holds() -> None:
    html = json_ld(qapage(url="/t/77", suggestedAnswer=answer("Shade.", url="/t/77/4")))
    assert (read(html, HOME + "t/77/4").source_id, read(html, HOME + "t/77/4").url) == (
        "77",
        HOME + "t/77",
    )


def test_a_question_without_a_number_that_names_its_own_path() -> None:
    found = read(json_ld(qapage(url="/why/green")), HOME + "why/green?from=mail")
    assert found.url == HOME + "why/green"
    assert found.source_id == read(MICRODATA, found.url).source_id


def test_links_to_one_page_are_one_and_a_pages_own_url_is_a_link() -> None:
    links = "".join(f'<a href="/questions/8?{query}">x</a>' for query in ("", "lq=1", "rq=1"))
    page = Page(url=URL + "?from=mail", body=canonical("questions/77/green-water", links).encode())
    found = [link.url for link in read_links(page, Kind.QUESTION, HOME, None)]
    assert found == [HOME + "questions/8", URL]
