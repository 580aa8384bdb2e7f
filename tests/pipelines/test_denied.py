"""What robots.txt denies costs no budget, is told once in the WARC, and why is not forgotten."""

from scraper.items import Outcome
from tests.faults.plays import reply, robots
from tests.pipelines.bad_nights import Nights, links, nights, paths, question

__all__ = ["nights"]
DENIED = [f"/u/{number}" for number in range(60)]
OPEN = "SELECT code, count(*) FROM problems WHERE solved_in IS NULL GROUP BY code"


def warc_bytes(nights: Nights) -> int:
    return sum(file.stat().st_size for file in (nights.archive / "warc").iterdir())


def test_the_budget_is_for_what_is_sent(nights: Nights) -> None:
    nights.site.play("/robots.txt", [robots("User-agent: *", "Disallow: /u/")])
    nights.site.play("/", [links(*DENIED, *paths())])
    assert nights.night(1, max_pages=11) == 0
    assert len(nights.asked) == 11
    assert nights.night(2, max_pages=11) == 0
    assert len(nights.asked) == 11
    assert nights.rows("SELECT count(*) FROM questions") == [(20,)]
    assert nights.night(60, max_pages=8) == 0
    assert len(nights.asked) == 8
    assert not [path for path in nights.asked if path.startswith("/u/")]
    assert nights.rows(OPEN) == []  # such links are no loss


def test_a_denial_that_was_told_is_not_told_again(nights: Nights) -> None:
    nights.site.play("/robots.txt", [robots("User-agent: *", "Disallow: /u/")])
    nights.site.play("/", [links(*DENIED, *paths())])
    nights.night(1)
    nights.night(2)
    before = warc_bytes(nights)
    ended = nights.ended(3)
    assert warc_bytes(nights) - before < 8_000  # of the run itself, robots.txt and the home page
    assert ended.run.counts[Outcome.DENIED] == 0
    found = "SELECT state, denied, count(*) FROM urls WHERE url LIKE '%/u/%' GROUP BY 1, 2"
    assert nights.rows(found) == [("denied", "robots-disallow", len(DENIED))]
    nights.assert_rebuilt()
    nights.site.play("/robots.txt", [robots("User-agent: *", "Disallow:")])
    nights.night(4)
    assert len([path for path in nights.asked if path.startswith("/u/")]) == len(DENIED)
    assert nights.rows(found) == [("gone", None, len(DENIED))]


def test_what_is_allowed_again_takes_its_turn(nights: Nights) -> None:
    nights.night(1)
    new = paths(30)[20:]
    for path in new:
        nights.site.play(path, [question(path)])
    nights.site.play("/", [links(*paths(30))])
    nights.site.play("/robots.txt", [robots("User-agent: *", "Disallow: /q/")])
    nights.night(2, revisit="all")
    assert nights.asked == ["/"]
    nights.site.play("/", [links(*paths(30), *DENIED)])
    for path in DENIED:
        nights.site.play(path, [links()])
    nights.site.play("/robots.txt", [robots("User-agent: *", "Disallow: /u/1")])
    nights.night(3, max_pages=11)
    assert nights.asked == ["/", *new]
    for day in range(4, 14):  # leads and questions take turns
        nights.night(day, max_pages=11)
        assert len(nights.asked) == 11
    assert nights.rows("SELECT count(*) FROM urls WHERE missing_day AND kind='question'") == [(0,)]
    assert nights.said == []
    assert nights.rows("SELECT count(*) FROM urls WHERE state='denied'") == [(11,)]


def test_it_is_told_why_a_site_or_a_page_that_is_held_is_forbidden(nights: Nights) -> None:
    nights.site.play("/robots.txt", [robots("User-agent: *", "Disallow: /")])
    for day in (1, 2):
        assert nights.night(day) == 5
        assert nights.rows(OPEN) == [("robots-disallow", 1)]
    nights.site.play("/robots.txt", [reply(404)])
    assert nights.night(3) == 0
    assert nights.rows(OPEN) == []
    nights.site.play("/robots.txt", [robots("User-agent: *", "Disallow: /q/3")])
    assert nights.night(4, revisit="all") == 0
    assert nights.rows(OPEN) == [("robots-disallow", 1)]
    nights.assert_rebuilt()


def test_a_site_that_forbids_what_is_held_is_told_for_as_long_as_it_does(nights: Nights) -> None:
    nights.night(1)
    nights.site.play("/robots.txt", [robots("User-agent: *", "Disallow: /q/")])
    for day in (2, 3, 60):
        assert nights.night(day, revisit="all" if day == 2 else "due") == 1
        assert nights.said == ["20 of 20 question pages can't be read"]
    nights.assert_rebuilt()
    nights.site.play("/robots.txt", [robots("User-agent: *", "Disallow:")])
    assert nights.night(61) == 0
    assert len(nights.asked) == 21
