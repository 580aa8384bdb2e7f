"""A site that puts everything off night after night: the runs do not call that a success."""

import pytest

from scraper.items import Question
from scraper.reading.page import Page
from tests.crawling import Toy
from tests.faults.plays import reply, reset_after, robots
from tests.faults.server import Behaviour
from tests.pipelines.bad_nights import Nights, links, nights, paths

__all__ = ["nights"]


@pytest.mark.parametrize(
    "play",
    [
        reply(429, [("Retry-After", "86400")]),
        reply(429),
        reply(503, [("Retry-After", "3600")]),
        reply(500, [("Retry-After", "3600")]),
    ],
    ids=["429-day", "429", "503", "500"],
)
def test_a_site_that_answers_nothing_is_no_success(nights: Nights, play: Behaviour) -> None:
    nights.down(play)
    for day in (1, 2, 3):
        assert nights.night(day) == 5
    assert set(nights.asked) == {"/"}
    assert nights.rows("SELECT DISTINCT exit_status FROM runs") == [(5,)]
    nights.assert_rebuilt()


def test_a_run_that_may_not_ask_yet_ends_as_the_one_that_was_told_to_wait(nights: Nights) -> None:
    nights.down(reply(503, [("Retry-After", "3600")]))
    assert nights.night(1) == 5
    assert nights.night(1) == 5  # within the hour
    assert nights.asked == []


@pytest.mark.parametrize(("seconds", "days"), [(7 * 86_400, 7), (365 * 86_400, 30)])
def test_a_site_under_repair_is_left_alone_as_long_as_it_says(
    nights: Nights, seconds: int, days: int
) -> None:
    nights.down(reply(503, [("Retry-After", str(seconds))]))
    nights.night(1)
    nights.well()
    assert nights.night(days) == 5
    assert nights.asked == []
    assert nights.night(2 + days) == 0
    assert "/q/1" in nights.asked


def test_what_is_put_off_for_days_is_told(nights: Nights) -> None:
    nights.site.play("/", [links(*paths(4))])
    for path in paths(4)[:2]:
        nights.site.play(path, [reply(503, [("Retry-After", "3600")])])
    assert nights.night(1) == 0  # they may be well in an hour
    assert nights.night(2) == 1
    assert nights.said == ["2 pages put off by the site for a day or more"]
    assert nights.rows("SELECT overdue, exit_status FROM runs ORDER BY id") == [(0, 0), (2, 1)]
    nights.well()
    assert nights.night(3) == 0
    assert nights.states()["1"] == "fetched"


def test_a_page_that_is_always_put_off_is_no_alarm(nights: Nights) -> None:
    nights.site.play("/q/1", [reply(503, [("Retry-After", "3600")])])
    assert [nights.night(day) for day in (1, 2, 3)] == [0, 0, 0]


def test_a_page_that_silences_the_host_holds_up_no_other(nights: Nights) -> None:
    nights.site.play("/robots.txt", [robots("User-agent: *", "Crawl-delay: 0.01")])
    nights.site.play("/q/0", [reply(503, [("Retry-After", "3600")])])
    assert (nights.night(1), nights.asked) == (5, ["/", "/q/0"])  # though more is due
    assert nights.night(2, max_pages=3) == 0
    assert [seen.path for seen in nights.site.log][1:] == ["/", "/q/1", "/q/0"]
    for day, revisit in ((3, "due"), (4, "all")):
        assert nights.night(day, revisit=revisit) == 0
        assert nights.site.log[-1].path == "/q/0"
        assert "ready" not in nights.states().values()
    nights.assert_rebuilt()


def test_a_start_page_that_silences_the_host_holds_up_no_other(nights: Nights) -> None:
    nights.site.play("/robots.txt", [robots("User-agent: *", "Crawl-delay: 0.01")])
    assert nights.night(1) == 0
    nights.site.play("/", [reply(429, [("Retry-After", "3600")])])
    nights.night(40)
    nights.night(80)
    assert nights.asked == sorted(["/", *paths()])


def test_no_question_in_two_nights_is_told_also_where_the_host_ends_them(nights: Nights) -> None:
    nights.site.play("/robots.txt", [robots("User-agent: *", "Crawl-delay: 0.01")])
    nights.site.play("/", [links("/list", "/busy")])
    nights.site.play("/list", [links("/")])
    nights.site.play("/busy", [reply(429, [("Retry-After", "3600")])])
    assert [nights.night(day) for day in (1, 2)] == [0, 1]
    assert nights.said == ["no page at this address has shown a question yet"]


def test_a_failure_is_told_in_words(nights: Nights) -> None:
    nights.down(reset_after(b"HTTP/1.1 200"))
    assert nights.night(1) == 5
    details = nights.rows("SELECT DISTINCT detail FROM problems")
    assert details
    assert not [detail for (detail,) in details if "<" in detail or len(detail) > 200]


def test_a_page_that_memory_was_too_small_for_is_asked_for_again(nights: Nights) -> None:
    short = iter([True])

    def read(page: Page) -> Question:
        if next(short, False):
            raise MemoryError
        return Toy.read_question(page)

    class Small(Toy):
        read_question = staticmethod(read)

    nights.spider = Small
    nights.site.play("/", [links("/q/0")])
    assert nights.night(1) == 0
    assert nights.asked == ["/", "/q/0", "/q/0"]
    assert nights.states() == {"0": "fetched"}
    assert nights.rows("SELECT code, solved_in FROM problems") == [("out-of-memory", 1)]
    nights.assert_rebuilt()
