"""A page at which a question was read is a question's, though its URL does not tell so."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pipelines.database import open_reader
from pipelines.estimates.completeness import Estimate
from pipelines.estimates.sightings import completeness
from pipelines.merge import merge
from pipelines.reextract import reextract
from scraper.errors import NotAQuestionError
from scraper.items import Kind, Link, Question
from scraper.reading.page import Page
from tests.crawling import Toy
from tests.faults.plays import redirect, reply
from tests.faults.server import Behaviour
from tests.pipelines.bad_nights import Nights, links, nights, paths, question
from tests.repairing import repair

__all__ = ["nights"]
MARKED = "SELECT count(*) FROM questions WHERE gone_since IS NOT NULL"
LAST_SEEN = """
SELECT substr(c.fetched_at, 1, 10), count(*)
FROM question_versions v JOIN captures c ON c.id = v.last_capture GROUP BY 1
"""
KINDS = "SELECT kind, count(*) FROM urls GROUP BY kind ORDER BY kind"
GONE = "6 of 6 question pages can't be read"
UNREAD = ["6 of 7 pages are problems", GONE]
LOGIN = reply(200, body=b'<a href="/">Home</a><a href="/about">About</a> Please log in')


def as_list(url: str, home: str) -> tuple[str, Kind] | None:
    found = Toy.classify(url, home)
    return (found[0], Kind.LIST) if found else None


def to_lists(page: Page, kind: Kind, home: str, question: Question | None) -> Iterable[Link]:
    for link in Toy.read_links(page, kind, home, question):
        yield replace(link, kind=Kind.LIST)


class Guessing(Toy):
    """A site whose URLs tell no kind."""

    guesses = True
    classify = staticmethod(as_list)
    read_links = staticmethod(to_lists)


def see_nothing(page: Page) -> Question:
    raise NotAQuestionError(page.url)


class Blind(Guessing):
    """As an older qarchive that cannot read its pages."""

    read_question = staticmethod(see_nothing)


def begin(nights: Nights, spider: type[Toy]) -> None:
    nights.spider = spider
    nights.site.play("/", [links(*paths(6))])


@pytest.mark.parametrize(
    ("play", "said"),
    [(reply(404), [GONE]), (redirect("/", 301), [GONE]), (reply(200, body=b"<p>New"), UNREAD)],
    ids=["gone", "moved", "new layout"],
)
def test_what_becomes_of_all_of_them_at_once_is_told(
    nights: Nights, play: Behaviour, said: list[str]
) -> None:
    begin(nights, Guessing)
    assert nights.night(1) == 0
    assert nights.night(2, revisit="all") == 0
    assert nights.rows(LAST_SEEN) == [("2026-01-02", 6)]
    for path in paths():
        nights.site.play(path, [play])
    for day in (3, 4):
        assert nights.night(day, revisit="all") == 1
        assert nights.said == said
    assert nights.rows(MARKED) == [(0,)]
    nights.assert_rebuilt()


def test_one_that_is_gone_is_marked_and_current_when_it_is_back(nights: Nights) -> None:
    begin(nights, Guessing)
    nights.night(1)
    nights.site.play("/q/3", [reply(404)])
    for day, marked in ((2, 0), (3, 1)):
        assert nights.night(day, revisit="all") == 0
        assert nights.rows(MARKED) == [(marked,)]
    nights.site.play("/q/3", [question("/q/3")])
    assert nights.night(4, revisit="all") == 0
    assert nights.rows(MARKED) == [(0,)]
    assert nights.rows(LAST_SEEN) == [("2026-01-04", 6)]
    nights.assert_rebuilt()


def test_how_many_are_unread_nobody_knows(nights: Nights) -> None:
    begin(nights, Guessing)
    nights.night(1, max_pages=3)
    with open_reader(nights.archive) as db:
        assert completeness(db, "toy") == Estimate(0, 0, None)
    assert nights.rows(KINDS) == [("list", 5), ("question", 2)]


def test_a_later_reader_finds_it_out_as_a_rebuild_does(nights: Nights) -> None:
    begin(nights, Blind)
    nights.night(1)
    assert nights.rows(KINDS) == [("list", 7)]
    reextract(nights.archive, {"toy": Guessing}, 1, lambda _: None)
    assert nights.rows(KINDS) == [("list", 1), ("question", 6)]
    repair(nights.archive, Guessing)
    assert nights.rows(KINDS) == [("list", 1), ("question", 6)]


def test_a_machine_that_has_never_seen_it_does_not_hide_it(nights: Nights, tmp_path: Path) -> None:
    begin(nights, Guessing)
    nights.night(1)
    first, nights.archive = nights.archive, tmp_path / "b"
    nights.site.play("/q/3", [LOGIN])
    nights.night(2)
    merge([first, nights.archive], tmp_path / "both", {"toy": Guessing}, lambda _: None)
    nights.archive = tmp_path / "both"
    states = {urlsplit(url).path: rest for url, *rest in nights.rows(
        "SELECT url, kind, state FROM urls")}  # fmt: skip
    assert states["/q/2"] == ["question", "fetched"]
    assert states["/q/3"] == ["question", "problem"]


TEASER = b"<h1>Knee 0</h1><p>It hurts...</p>"
LISTED = b'<a href="/q/0">Knee 0</a><a href="/q/1">Knee 1</a>'
LISTS = "SELECT DISTINCT state FROM urls WHERE kind='list'"


@pytest.mark.parametrize("path", ["/", "/tag/knee"])
def test_a_list_that_showed_a_question_is_a_list_again(nights: Nights, path: str) -> None:
    nights.spider = Guessing
    nights.site.play("/", [links("/tag/knee", *paths(6))])
    nights.site.play("/tag/knee", [links(*paths(6))])
    nights.night(1)
    nights.site.play(path, [reply(200, body=LISTED + TEASER)])
    assert nights.night(2, revisit="all") == 0
    assert nights.rows(KINDS) == [("list", 1), ("question", 7)]
    nights.site.play(path, [reply(200, body=LISTED)])
    for day in (3, 4):
        assert nights.night(day, revisit="all") == 0
        assert nights.rows(KINDS) == [("list", 2), ("question", 6)]
        assert nights.rows(MARKED) == [(1,)]
    assert nights.rows(LISTS) == [("unchanged",)]
    reextract(nights.archive, {"toy": Guessing}, 1, lambda _: None)
    assert nights.rows(KINDS) == [("list", 2), ("question", 6)]
    nights.assert_rebuilt()


def test_a_list_that_a_later_reader_finds_to_have_shown_one(nights: Nights) -> None:
    begin(nights, Blind)
    nights.site.play("/", [reply(200, body=LISTED + TEASER)])
    nights.night(1)
    nights.site.play("/", [reply(200, body=LISTED)])
    nights.night(2, revisit="all")
    nights.spider = Guessing
    reextract(nights.archive, {"toy": Guessing}, 1, lambda _: None)
    assert nights.night(3, revisit="all") == 0
    assert nights.rows("SELECT kind FROM urls WHERE via='start'") == [("list",)]
    assert nights.rows(MARKED) == [(1,)]


def test_a_question_in_a_new_layout_is_none_whatever_it_leads_to(nights: Nights) -> None:
    begin(nights, Guessing)
    nights.night(1)
    nights.site.play("/q/3", [links("/q/1", "/q/2")])
    for day in (2, 3):
        nights.night(day, revisit="all")
        assert nights.rows(KINDS) == [("list", 1), ("question", 6)]
        assert nights.rows("SELECT state FROM urls WHERE url LIKE '%/q/3'") == [("problem",)]
    assert nights.rows(MARKED) == [(0,)]


class Promising(Guessing):
    """A site of which some URLs look like a question's."""

    classify = staticmethod(Toy.classify)
    read_links = staticmethod(Toy.read_links)


NUMBERED = "SELECT kind, state FROM urls WHERE url LIKE '%/q/77'"


def test_a_list_at_a_questions_url_is_visited_as_a_list_once_it_brings_news(nights: Nights) -> None:
    nights.spider = Promising
    nights.site.play("/", [links("/q/77")])
    for day, count in ((1, 5), (2, 6), (3, 6)):
        nights.site.play("/q/77", [links(*paths(count))])
        nights.night(day)
    assert nights.rows(NUMBERED) == [("list", "fetched")]
    nights.site.play("/q/77", [links(*paths(7))])
    assert [nights.night(day) for day in (4, 5)] == [0, 0]
    assert nights.rows("SELECT count(*) FROM questions") == [(7,)]
    nights.assert_rebuilt()


def test_a_question_without_data_is_none_though_it_leads_to_others(nights: Nights) -> None:
    nights.spider = Promising
    nights.site.play("/", [links("/q/77")])
    nights.site.play("/q/77", [links("/q/1", "/q/2")])
    for day in (1, 2, 3):
        nights.night(day, revisit="all")
        assert nights.rows(NUMBERED) == [("question", "problem")]
        nights.site.play("/", [links("/q/77", f"/q/{day + 2}")])
        nights.site.play("/q/77", [links("/q/1", f"/q/{day + 2}")])
