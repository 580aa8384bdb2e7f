"""What is told from night to night, until it is back, settled, or for good."""

from dataclasses import replace

from pipelines.reextract import reextract
from scraper.items import Question
from scraper.reading.page import Page
from tests.crawling import Toy
from tests.faults.plays import reply
from tests.pipelines.bad_nights import PAGES, Nights, links, nights, paths

__all__ = ["nights"]


def test_a_field_that_is_gone_for_good_is_told_for_a_month(nights: Nights) -> None:
    """A quiet night in between, which tells nothing, changes nothing."""
    assert nights.night(1) == 0
    for path in paths():
        nights.site.play(path, [reply(200, body=f"<h1>{path}</h1><p>It hurts.</p>".encode())])
    fell = "of 20 pages that had replies, 0 still do"
    said = {}
    for day, revisit in ((2, "all"), (3, "due"), (9, "all"), (35, "all"), (36, "all"), (80, "all")):
        for path in paths():
            body = f"<h1>{path}</h1><p>It hurts {day}.</p>"
            nights.site.play(path, [reply(200, body=body.encode())])
        nights.night(day, revisit=revisit)
        said[day] = nights.said
    assert said == {
        2: [fell], 3: [], 9: [fell],
        35: [f"{fell}, for a month: from now on accepted as normal"],
        36: [], 80: [],
    }  # fmt: skip
    nights.assert_rebuilt()


def play_edited(nights: Nights, numbers: range, day: int, *, replied: bool) -> None:
    for number in numbers:
        answer = "<li>Rest it.</li>" if replied else ""
        body = f"<h1>Knee {number}</h1><p>It hurts {day}.</p>{answer}"
        nights.site.play(f"/q/{number}", [reply(200, body=body.encode())])


def test_replies_that_were_taken_down_are_told_while_no_others_are_seen(nights: Nights) -> None:
    assert nights.night(1) == 0
    said = {}
    for day, numbers, replied in (
        (2, range(10), False), (3, range(10), False), (4, range(10, 20), True),
        (5, range(10), False),
    ):  # fmt: skip
        play_edited(nights, numbers, day, replied=replied)
        nights.night(day, revisit="all")
        said[day] = nights.said
    fell = "of 10 pages that had replies, 0 still do"
    assert said == {2: [fell], 3: [fell], 4: [], 5: []}
    nights.assert_rebuilt()


def test_what_only_an_earlier_reader_found_is_not_expected(nights: Nights) -> None:
    class Mended(Toy):
        """Reads no replies."""

        @staticmethod
        def read_question(page: Page) -> Question:
            return replace(Toy.read_question(page), replies=())

    nights.night(1)
    play_edited(nights, range(10), 2, replied=False)
    assert nights.night(2, revisit="all") == 1
    nights.site.play("/", [links(*paths(PAGES + 3))])
    play_edited(nights, range(PAGES, PAGES + 3), 3, replied=True)
    assert nights.night(3) == 0
    reextract(nights.archive, {"toy": Mended}, 1, lambda _: None)
    nights.spider = Mended
    play_edited(nights, range(PAGES, PAGES + 3), 4, replied=True)
    assert "kept replies" not in nights.ended(4, revisit="all").run.coverage.counts


MARKED = "SELECT count(*) FROM questions WHERE gone_since IS NOT NULL"


def test_most_of_what_is_held_is_told_for_ever(nights: Nights) -> None:
    """Where pages say that they are gone, if all do."""
    nights.night(1)
    broken, rest = paths()[:11], paths()[11:]
    for path in broken:
        nights.site.play(path, [reply(403)])
    nights.night(2, revisit="all")
    for day in (33, 70):
        assert nights.night(day) == 1
        assert nights.said == ["11 of 20 question pages can't be read"]
    for path in broken:
        nights.site.play(path, [reply(410)])
    nights.night(110)
    nights.night(112)  # the second look
    assert nights.night(230) == 0
    assert nights.rows(MARKED) == [(11,)]
    for path in rest:
        nights.site.play(path, [reply(410)])
    nights.night(260, revisit="all")
    nights.night(300)
    assert nights.night(430) == 1
    assert nights.said == ["20 of 20 question pages can't be read"]
    assert nights.rows(MARKED) == [(20,)]
    nights.assert_rebuilt()


def test_start_pages_that_lead_to_no_question_any_more_are_told_for_ever(nights: Nights) -> None:
    nights.site.play("/about", [links("/", "/terms")])
    nights.site.play("/terms", [links("/", "/about")])
    nights.night(1)
    nights.site.play("/", [links("/about", "/terms")])
    for day in (2, 3, 90):
        assert nights.night(day) == 1
        assert nights.said == ["no start page that can be read leads to a question"]
    nights.assert_rebuilt()
    nights.site.play("/terms", [links("/", "/topics")])
    nights.site.play("/topics", [links("/q/3")])  # two steps away
    assert nights.night(150, revisit="all") == 0
