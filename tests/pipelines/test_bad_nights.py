"""A bad night of the site costs no page for longer than it lasted, and the runs say so."""

from collections.abc import Sequence

import pytest
from click.testing import CliRunner

from scraper.cli.program import cli
from tests.faults.plays import redirect, reply, robots
from tests.faults.server import Behaviour, FaultServer
from tests.pipelines.bad_nights import PAGES, Nights, links, nights, paths

__all__ = ["nights"]
MARKED = "SELECT count(*) FROM questions WHERE gone_since IS NOT NULL"
EVERYTHING = ["/", *sorted(paths())]
ALL_GONE = "20 of 20 question pages can't be read"
NO_START = "a start page that was there before is gone, redirected or unreadable"


def maintenance(site: FaultServer) -> Behaviour:
    site.play("/maintenance", [reply(200, body=b"<p>Back soon.</p>")])
    return redirect("/maintenance")


def test_an_outage_marks_nothing_as_gone_and_ends_when_it_ends(nights: Nights) -> None:
    assert nights.night(1) == 0
    nights.down(reply(404))
    assert nights.night(2, revisit="all") == 1
    assert nights.said == [NO_START, ALL_GONE]
    told = CliRunner().invoke(cli, ["status", "--archive", str(nights.archive)]).output
    assert f"MISSING: {NO_START}; look" in told
    assert f"MISSING: {ALL_GONE}; look" in told
    assert nights.night(3) == 1
    assert nights.asked == EVERYTHING  # the second look
    assert nights.rows(MARKED) == [(0,)]
    nights.well()
    nights.site.play("/", [links(*paths(), "/q/new")])
    assert nights.night(4) == 0
    assert nights.asked == sorted([*EVERYTHING, "/q/new"])
    gone = "SELECT url FROM urls WHERE gone_since IS NOT NULL"
    assert nights.rows(gone) == [(nights.site.url("/q/new"),)]  # nobody plays it
    nights.assert_rebuilt()


def test_where_no_question_was_ever_read_status_tells_what_the_start_page_was(
    nights: Nights,
) -> None:
    nights.down(reply(404))
    assert nights.night(1) == 1
    told = CliRunner().invoke(cli, ["status", "--archive", str(nights.archive)]).output
    home = nights.site.url("/")
    assert "NO QUESTIONS: no page at this address has shown one" in told
    assert f"The start page {home} is gone" in told
    assert f"are the pages at {home} such as toy reads?" in told
    nights.well()
    assert nights.night(2) == 0
    told = CliRunner().invoke(cli, ["status", "--archive", str(nights.archive)]).output
    assert "NO QUESTIONS" not in told


def test_a_long_outage_is_asked_less_and_less(nights: Nights) -> None:
    nights.night(1)
    nights.down(reply(404))
    asked = {}
    for day in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 19):
        assert nights.night(day, revisit="all" if day == 2 else "due") == 1
        asked[day] = len(nights.asked)
    # Missing for 0, 1, 2, 4, 7 and 12 days; the home page is asked for each night.
    full = [day for day, count in asked.items() if count == PAGES + 1]
    assert full == [2, 3, 4, 6, 9, 14]
    assert {count for day, count in asked.items() if day not in full} == {1}
    assert nights.rows(MARKED) == [(0,)]


def test_a_page_that_is_gone_is_marked_and_the_run_is_a_good_one(nights: Nights) -> None:
    assert nights.night(1) == 0
    nights.site.play("/q/3", [reply(410)])
    for day in (2, 2.04):  # an hour later is too soon for a second look
        assert nights.night(day, revisit="all") == 0
        assert nights.rows(MARKED) == [(0,)]
    assert nights.night(3) == 0
    assert nights.asked == ["/", "/q/3"]
    ((since,),) = nights.rows("SELECT gone_since FROM questions WHERE source_id='3'")
    assert since.startswith("2026-01-02")
    nights.assert_rebuilt()
    nights.well()
    assert nights.night(4) == 0
    assert nights.asked == ["/", "/q/3"]
    assert nights.rows(MARKED) == [(0,)]


@pytest.mark.parametrize(
    "days",
    [
        (3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 22, 23, 24, 40, 54, 69),
        pytest.param(range(3, 70), marks=pytest.mark.campaign),
    ],
    ids=["some nights", "every night"],
)
def test_a_section_that_was_taken_down_is_told_and_marked_in_the_end(
    nights: Nights, days: Sequence[int]
) -> None:
    nights.night(1)
    for path in paths()[:10]:
        nights.site.play(path, [reply(404)])
    assert nights.night(2, revisit="all") == 1
    assert nights.said == [ALL_GONE.replace("20 of", "10 of")]
    asked = {}
    for day in days:
        nights.night(day)
        asked[day] = nights.said
    told = [day for day, said in asked.items() if said]
    assert told == [day for day in days if day < 32]  # then it has been missing for a month
    assert nights.rows(MARKED) == [(10,)]


@pytest.mark.parametrize("first", ["well", "ill"])
def test_maintenance_by_a_redirect_is_over_the_next_night(nights: Nights, first: str) -> None:
    if first == "well":
        assert nights.night(1) == 0
    nights.down(maintenance(nights.site))
    assert nights.night(2, revisit="all") == 1
    assert nights.said == (
        [NO_START, ALL_GONE]
        if first == "well"
        else ["1 of 2 pages are problems", "no page at this address has shown a question yet"]
    )
    nights.well()
    assert nights.night(3) == 0
    assert nights.asked == sorted([*EVERYTHING, "/maintenance"])  # which led nowhere
    assert nights.rows("SELECT count(*) FROM questions") == [(PAGES,)]
    nights.assert_rebuilt()


@pytest.mark.parametrize(
    ("status", "days"),
    [
        (301, (2, 3, 10, 20, 30, 31, 32, 39)),
        pytest.param(308, range(2, 40), marks=pytest.mark.campaign),
    ],
)
def test_a_redirect_for_good_is_left_alone_for_a_month(
    nights: Nights, status: int, days: Sequence[int]
) -> None:
    nights.site.play("/q/3", [redirect("/q/4", status)])
    assert nights.night(1) == 0
    asked = []
    for day in days:
        assert nights.night(day) == 0
        asked += [day] * ("/q/3" in nights.asked)
    assert asked == [31]


def test_a_forbidden_home_page_is_asked_for_once_a_night(nights: Nights) -> None:
    nights.night(1)
    nights.site.play("/", [reply(403)])
    for day in (2, 3, 4, 8, 11):
        assert nights.night(day) == 1
        assert nights.asked == ["/"]
        assert NO_START in nights.said
    nights.well()
    assert nights.night(12) == 0


def test_a_page_that_stays_broken_is_told_once(nights: Nights) -> None:
    for path in paths()[:6]:
        nights.site.play(path, [reply(403)])
    assert nights.night(1) == 1
    assert nights.said == ["6 of 21 pages are problems"]
    for day in (2, 3, 5):
        assert nights.night(day) == 0
        assert len(nights.asked) == 7
    assert nights.night(6, revisit="all") == 1


def test_pages_that_break_all_at_once_are_told(nights: Nights) -> None:
    nights.night(1)
    nights.site.play("/", [links(*paths(), *(f"/q/new{n}" for n in range(3)))])
    for number in range(3):
        nights.site.play(f"/q/new{number}", [reply(403)])
    assert nights.night(2) == 1
    unread = "3 of 3 question pages can't be read"
    assert nights.said == ["3 of 4 pages are problems", unread]
    assert nights.night(3) == 1
    assert nights.asked == ["/", "/q/new0", "/q/new1", "/q/new2"]
    assert nights.said == [unread]  # no other was looked at since
    nights.assert_rebuilt()
    assert nights.night(4, revisit="all") == 1
    assert nights.said == ["3 of 24 pages are problems"]
    assert nights.night(5) == 0


def test_a_sitemap_that_robots_txt_names_is_known_again_from_the_warcs(nights: Nights) -> None:
    sitemap = nights.site.url("/map.xml")
    nights.site.play("/robots.txt", [robots("User-agent: *", f"Sitemap: {sitemap}")])
    nights.site.play("/map.xml", [links("/q/new")])
    nights.site.play("/q/new", [reply(410)])
    assert nights.night(1) == 0
    assert nights.asked == sorted([*EVERYTHING, "/map.xml", "/q/new"])
    nights.assert_rebuilt()


def test_a_crawl_that_starts_elsewhere_asks_for_no_sitemap(nights: Nights) -> None:
    sitemap = nights.site.url("/map.xml")
    nights.site.play("/robots.txt", [robots("User-agent: *", f"Sitemap: {sitemap}")])
    assert nights.night(1, start_url=nights.site.url("/q/1")) == 0
    assert nights.asked == ["/q/1"]


def test_a_home_page_that_was_redirected_long_ago_is_no_news(nights: Nights) -> None:
    nights.night(1)
    nights.site.play("/", [redirect("/home")])
    nights.site.play("/home", [links(*paths())])
    assert nights.night(2) == 1
    assert nights.night(31, revisit="all") == 1
    assert nights.night(32, revisit="all") == 0


def test_a_question_that_a_run_once_started_from_may_be_deleted_as_others(nights: Nights) -> None:
    nights.night(1, start_url=nights.site.url("/q/3"), max_pages=1)
    nights.night(2)
    nights.site.play("/q/3", [reply(410)])
    assert [nights.night(day, revisit="all") for day in (3, 5, 9)] == [0, 0, 0]
    gone = nights.rows("SELECT id FROM questions WHERE gone_since IS NOT NULL")
    assert gone == [("toy:3:en",)]
    nights.assert_rebuilt()
