"""A site that gives its questions other URLs, and takes that back."""

from dataclasses import replace

import pytest

from pipelines.status import status
from scraper.items import Question
from scraper.reading.page import Page
from tests.crawling import Toy
from tests.faults.plays import redirect, reply
from tests.pipelines.bad_nights import Nights, links, nights, paths, question

__all__ = ["nights"]
EDITED = "SELECT count(*) FROM questions WHERE question_text='It itches.'"


def by_title(page: Page) -> Question:
    question = Toy.read_question(page)
    return replace(question, source_id=str(question.title).removeprefix("Knee "))


class Renaming(Toy):
    """A question's id is none of its URL's."""

    read_question = staticmethod(by_title)


@pytest.fixture(autouse=True)
def _renaming(nights: Nights) -> None:
    nights.spider = Renaming


def renamed(path: str) -> str:
    return f"/q/1{path.removeprefix('/q/').zfill(3)}"


def rename(nights: Nights) -> None:
    nights.site.play("/", [links(*map(renamed, paths()))])
    for path in paths():
        nights.site.play(path, [redirect(renamed(path), 301)])
        nights.site.play(renamed(path), [question(path)])


def rename_back(nights: Nights, text: str) -> None:
    nights.site.play("/", [links(*paths())])
    for path in paths():
        body = f"<h1>Knee {path.removeprefix('/q/')}</h1><p>{text}</p><li>Rest it.</li>"
        nights.site.play(path, [reply(200, body=body.encode())])
        nights.site.play(renamed(path), [redirect(path, 301)])


def test_redirects_that_are_taken_back_are_no_circle(nights: Nights) -> None:
    """Where they lead, a page redirected when it was last asked for, and is asked for again."""
    nights.night(1)
    rename(nights)
    nights.night(2, revisit="all")
    nights.night(10, revisit="all", max_pages=21)  # the former URLs, once more
    rename_back(nights, "It itches.")
    assert nights.night(12, revisit="all", max_pages=41) == 0
    assert nights.rows("SELECT code FROM problems") == []
    assert nights.rows(EDITED) == [(20,)]
    nights.assert_rebuilt()


def test_a_circle_is_one_whatever_went_before(nights: Nights) -> None:
    nights.night(1)
    rename(nights)
    nights.night(2, revisit="all")
    for path in paths():
        nights.site.play(renamed(path), [redirect(path, 301)])
    assert nights.night(12, revisit="all") != 0
    assert nights.rows("SELECT DISTINCT code FROM problems") == [("redirect-loop",)]
    nights.assert_rebuilt()


def test_a_new_address_that_waits_its_turn_is_no_alarm(nights: Nights) -> None:
    nights.night(1)
    rename(nights)
    nights.site.play("/", [links(*paths())])
    for path in paths(3):
        nights.site.play(path, [reply(410)])
    for day in (10, 11, 12):
        assert nights.night(day, revisit="all", max_pages=9) == 0, nights.said
    assert nights.rows("SELECT max(missing) FROM runs") == [(3,)]


def test_some_deleted_pages_of_a_site_that_was_renamed_are_no_alarm(nights: Nights) -> None:
    nights.night(1)
    rename(nights)
    nights.night(2, revisit="all")
    for path in paths(4):
        nights.site.play(path, [reply(410)])
        nights.site.play(renamed(path), [reply(410)])
    for day in range(20, 60, 4):
        assert nights.night(day) == 0
    told = status(nights.archive)["sites"]["toy"]["completeness"]
    assert (told["held"], told["about"], told["gone"]) == (16, 16, 4)
    nights.assert_rebuilt()


def test_a_circle_is_told_though_a_night_asks_for_one_of_its_pages(nights: Nights) -> None:
    nights.site.play("/", [links("/q/0", "/q/1", "/q/2")])
    nights.site.play("/q/0", [redirect("/q/1")])
    nights.site.play("/q/1", [redirect("/q/0")])
    for day in range(1, 8):
        nights.night(day, max_pages=2)
    assert nights.rows("SELECT DISTINCT code FROM problems") == [("redirect-loop",)]
    assert nights.rows("SELECT count(*) FROM questions") == [(1,)]


def test_a_page_with_two_urls_is_looked_at_once(nights: Nights) -> None:
    """Else the old URLs of a renamed site would hide that many pages are broken."""
    nights.night(1)
    rename(nights)
    nights.night(2, revisit="all")
    for path in paths(6):
        nights.site.play(renamed(path), [reply(403)])
    assert nights.night(40, revisit="all") == 1
    assert "6 of 20 question pages can't be read" in nights.said
