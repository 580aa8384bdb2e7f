"""Lists that are lost are told, unless others took their place."""

from collections.abc import Sequence

import pytest
from click.testing import CliRunner

from scraper.cli.program import cli
from tests.faults.plays import redirect, reply, robots
from tests.faults.server import Behaviour
from tests.pipelines.bad_nights import Nights, links, nights, paths

__all__ = ["nights"]
LISTS = [f"/list/{number}" for number in range(4)]
LOST = "4 list pages lost, and no other names the newest questions"


def put(nights: Nights, lists: Sequence[str], size: int = 5, home: Sequence[str] = ()) -> None:
    """Let the home page lead to lists of so many questions each."""
    nights.site.play("/", [links(*lists, *home)])
    for number, path in enumerate(lists):
        nights.site.play(path, [links(*paths()[number * size : (number + 1) * size])])


@pytest.mark.parametrize("answer", [reply(404), redirect("/"), redirect("/", 301), reply(403)])
def test_lists_that_are_all_lost_are_told_for_a_month(nights: Nights, answer: Behaviour) -> None:
    put(nights, LISTS, home=["/q/0"])
    assert nights.night(1) == 0
    for path in LISTS:
        nights.site.play(path, [answer])
    for day in (2, 3, 20):
        assert nights.night(day, revisit="all") == 1
        assert LOST in nights.said
    told = CliRunner().invoke(cli, ["status", "--archive", str(nights.archive)]).output
    assert f"MISSING: {LOST}; look" in told
    nights.assert_rebuilt()
    nights.night(40, revisit="all")
    assert LOST not in nights.said


def test_lists_that_come_back_are_told_no_more(nights: Nights) -> None:
    put(nights, LISTS, home=["/q/0"])
    nights.night(1)
    nights.site.play("/robots.txt", [robots("User-agent: *", "Disallow: /list/")])
    assert nights.night(2, revisit="all") == 1
    assert nights.said == [LOST]
    nights.site.play("/robots.txt", [reply(404)])
    assert nights.night(3, revisit="all") == 0


@pytest.mark.parametrize(
    ("lists", "size", "answer"),
    [([f"/topic/{number}" for number in range(4)], 5, reply(404)),
     (["/all"], 20, reply(404)),
     (["/all"], 20, redirect("/all", 301)),
     (LISTS[:3], 7, reply(404)),
     (LISTS[:1], 20, redirect("/"))],
    ids=["renamed", "joined", "joined by redirects", "shorter", "one long page"],
)  # fmt: skip
def test_a_site_may_change_its_lists(
    nights: Nights, lists: Sequence[str], size: int, answer: Behaviour
) -> None:
    put(nights, LISTS, home=["/q/0"])
    nights.night(1)
    for path in LISTS:
        nights.site.play(path, [answer])
    put(nights, lists, size, home=["/q/0"])
    for day in (2, 3):
        assert nights.night(day, revisit="all") == 0


def test_an_archive_by_days_may_drop_a_list_each_night(nights: Nights) -> None:
    for day in range(1, 13):
        names = [f"/day/{number}" for number in range(max(1, day - 2), day + 1)]
        put(nights, names, 1)
        nights.site.play(f"/day/{day - 3}", [reply(404)])
        for name, path in zip(names, paths()[max(0, day - 3) :], strict=False):
            nights.site.play(name, [links(path)])
        assert nights.night(day, revisit="all") == 0
    assert nights.rows("SELECT count(*) FROM urls WHERE kind='list' AND state='gone'") == [(9,)]


def test_pages_that_list_nothing_take_no_lists_place(nights: Nights) -> None:
    about = [f"/about/{number}" for number in range(6)]
    for path in about:
        nights.site.play(path, [links("/")])
    put(nights, LISTS, home=["/q/0", *about])
    nights.night(1)
    for path in LISTS:
        nights.site.play(path, [reply(404)])
    assert nights.night(2, revisit="all") == 1
    assert nights.said == [LOST]


def test_the_only_list_is_missed(nights: Nights) -> None:
    put(nights, ["/list"], 20, home=["/q/0"])
    nights.night(1)
    nights.site.play("/list", [reply(404)])
    assert nights.night(2, revisit="all") == 1
    assert nights.said == [LOST.replace("4 list pages", "1 list page")]


def test_lists_may_be_cut_short(nights: Nights) -> None:
    lists = [f"/list/{number}" for number in range(20)]
    put(nights, lists, 1, home=["/q/0"])
    nights.night(1)
    for path in lists[5:]:
        nights.site.play(path, [reply(404)])
    put(nights, lists[:5], 1, home=["/q/0"])
    for day in (2, 3, 20):
        assert nights.night(day, revisit="all") == 0


def test_tags_may_be_forbidden_where_lists_name_the_newest(nights: Nights) -> None:
    tags = [f"/tag/{number}" for number in range(10)]
    put(nights, ["/list", *tags], 10, home=["/q/0"])
    for path in tags:
        nights.site.play(path, [links(*paths()[10:])])
    nights.night(1)
    nights.site.play("/robots.txt", [robots("User-agent: *", "Disallow: /tag/")])
    for day in (2, 20):
        assert nights.night(day, revisit="all") == 0


def test_lists_that_are_put_off_are_no_loss(nights: Nights) -> None:
    put(nights, LISTS, home=["/q/0"])
    nights.night(1)
    nights.site.play(LISTS[0], [reply(404)])
    put(nights, LISTS[1:], 7, home=["/q/0"])
    nights.night(2, revisit="all")
    for path in LISTS[1:]:
        nights.site.play(path, [reply(503, [("Retry-After", "7200")])])
    nights.night(3, revisit="all")
    assert not any("list page" in said for said in nights.said)
