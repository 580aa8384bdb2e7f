"""A site that gives its questions other URLs, and takes that back."""

from dataclasses import replace
from urllib.parse import urljoin

import pytest

from pipelines.status import status
from scraper.items import Question
from scraper.reading.page import Page
from tests.crawling import Toy
from tests.faults.plays import redirect, reply
from tests.faults.server import Behaviour
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


def naming(page: Page) -> Question:
    question = by_title(page)
    return replace(question, url=urljoin(page.url, f"/q/{question.source_id}"))


class Naming(Toy):
    """All pages of a question name one URL as its own."""

    guesses = True
    read_question = staticmethod(naming)


def saying(text: str) -> Behaviour:
    return reply(200, body=f"<h1>Knee 3</h1><p>It hurts.</p><li>{text}</li>".encode())


ANSWERS = """
SELECT r.text FROM questions q JOIN replies r ON r.question_id = q.id
WHERE q.source_id = '3' AND q.gone_since IS NULL
"""


@pytest.mark.parametrize("status", [301, 302])
def test_a_record_is_read_where_its_own_url_leads(nights: Nights, status: int) -> None:
    nights.spider = Naming
    nights.site.play("/", [links(*paths(), "/q/view/3")])
    nights.site.play("/q/view/3", [saying("To print.")])
    nights.night(1)
    nights.site.play("/q/3", [redirect("/q/en/3", status)])
    read = {}
    for day, text in ((2, "Lift it."), (5, "Lift it."), (10, "Rest it."), (11, "Cool it.")):
        nights.site.play("/q/en/3", [saying(text)])
        assert nights.night(day, revisit="all") == 0
        ((read[day],),) = nights.rows(ANSWERS)
    assert read == {2: "Rest it.", 5: "Rest it.", 10: "Rest it.", 11: "Cool it."}
    nights.assert_rebuilt()
    nights.site.play("/q/3", [saying("Move it.")])
    assert nights.night(12, revisit="all") == 0
    assert nights.rows(ANSWERS) == [("Move it.",)]


@pytest.mark.parametrize(("spider", "status"), [(Naming, 302), (Toy, 301)])
def test_previews_in_the_place_of_questions_are_told_and_take_nothing(
    nights: Nights, spider: type[Toy], status: int
) -> None:
    """They name the questions' URLs, or are under ids of their own."""
    nights.spider = spider
    nights.night(1)
    for path in paths():
        preview = f"<h1>Knee {path.removeprefix('/q/')}</h1><p>It hurts.</p>"
        nights.site.play(path, [redirect(renamed(path), status)])
        nights.site.play(renamed(path), [reply(200, body=preview.encode())])
    assert [nights.night(day, revisit="all") for day in (2, 3, 4)] == [1, 1, 1]
    held = "SELECT sum(reply_count) FROM questions WHERE gone_since IS NULL"
    assert nights.rows(held) == [(20,)]


def test_a_home_page_that_all_pages_lead_to_takes_no_record(nights: Nights) -> None:
    nights.spider = Naming
    nights.night(1)
    for path in paths():
        nights.site.play(path, [redirect("/")])
    for day in (2, 3, 4):
        teaser = f"<h1>Knee {day}</h1><p>It hurts.</p><a href=/q/{day}>More</a>"
        nights.site.play("/", [reply(200, body=teaser.encode())])
        nights.night(day, revisit="all")
    held = "SELECT count(*), count(gone_since), sum(reply_count) FROM questions"
    assert nights.rows(held) == [(20, 0, 20)]


def test_what_names_a_url_that_is_gone_is_the_question(nights: Nights) -> None:
    nights.spider = Naming
    nights.night(1)
    nights.site.play("/q/3", [reply(404)])
    nights.site.play("/", [links(*paths(), "/q/en/3")])
    nights.site.play("/q/en/3", [saying("Cool it.")])
    for day in (2, 3, 4):
        assert nights.night(day, revisit="all") == 0
    assert nights.rows(ANSWERS) == [("Cool it.",)]
    nights.assert_rebuilt()


def test_a_view_speaks_for_a_missing_page_only_after_a_month(nights: Nights) -> None:
    nights.spider = Naming
    nights.site.play("/", [links(*paths(), "/q/view/3", "/login")])
    nights.site.play("/login", [reply(200, body=b"<p>Who are you?</p>")])
    nights.site.play("/q/view/3", [saying("To print.")])
    nights.night(1)
    nights.site.play("/q/3", [redirect("/login")])
    told = {}
    for day in (2, 3, 9, 20, 33, 34):
        nights.night(day, revisit="all")
        (told[day],) = nights.rows(ANSWERS)[0]
    assert told == dict.fromkeys((2, 3, 9, 20, 33), "Rest it.") | {34: "To print."}
    nights.well()
    nights.night(35, revisit="all")
    assert nights.rows(ANSWERS) == [("Rest it.",)]
    nights.assert_rebuilt()


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
