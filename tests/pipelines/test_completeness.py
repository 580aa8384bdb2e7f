"""How many pages there are: worked examples, then crawls of which the truth is known."""

from itertools import product
from math import prod

import pytest

from pipelines.estimates.completeness import Estimate, Sighted, Stretch, estimate
from tests.bench.completeness import bounded

# As stored in urls.ways.
SITEMAP, LIST, FAQ, SIMILAR, ALTERNATE, RANGE = 2, 4, 8, 16, 64, 128


def within(said: Estimate, truth: int) -> bool:
    return said.high is not None and said.low <= truth <= said.high


def found(ways: int, pages: float) -> Sighted:
    return Sighted(ways, round(pages), 0, 0)


def test_two_ways_as_lincoln_and_petersen_count() -> None:
    # 40 in both, 60 and 20 in one: 60 * 20 / 40 = 30 in none
    said = estimate([found(SITEMAP | LIST, 40), found(SITEMAP, 60), found(LIST, 20)])
    assert said.about in (150, 151)
    assert within(said, 150)
    assert said.low >= 120


def test_three_independent_ways_find_the_number() -> None:
    shares = {SITEMAP: 0.5, LIST: 0.4, FAQ: 0.3}
    cells = []
    for seen in product((True, False), repeat=3):
        pages = 1000 * prod(p if s else 1 - p for s, p in zip(seen, shares.values(), strict=True))
        ways = sum(way for s, way in zip(seen, shares, strict=True) if s)
        cells += [found(ways, pages)] if ways else []
    said = estimate(cells)
    assert within(said, 1000)
    assert abs(said.about - 1000) <= 30


def test_ways_that_depend_on_each_other_are_allowed_for() -> None:
    # Lists and tags lead to the same pages: odds ratio 4. Independence would say 900.
    both = {LIST | FAQ: 0.4, LIST: 0.2, FAQ: 0.1333, 0: 0.2667}
    cells = [found(ways | SITEMAP, 3000 * share / 2) for ways, share in both.items()]
    cells += [found(ways, 3000 * share / 2) for ways, share in both.items() if ways]
    said = estimate(cells)
    assert within(said, 3000)
    assert abs(said.about - 3000) < 150


def test_ways_that_never_meet_bound_nothing() -> None:
    said = estimate([found(SITEMAP, 50), found(LIST, 50)])
    assert said == Estimate(100, 100, None)
    assert estimate([found(LIST, 50)]).high is None
    assert estimate([]) == Estimate(0, 0, None)


def test_a_whole_crawl_leaves_little_room() -> None:
    said = estimate([found(SITEMAP | LIST | SIMILAR, 980), found(LIST | SIMILAR, 20)])
    assert (said.low, said.about) == (1000, 1000)
    assert said.high is not None
    assert said.high <= 1010


def test_an_alternate_is_no_way_of_its_own() -> None:
    said = estimate([found(SITEMAP | LIST, 90), found(SITEMAP, 10), found(ALTERNATE, 5)])
    assert said.low >= 105


def test_pages_gone_are_not_counted_and_open_ones_by_their_like() -> None:
    # every second page of the sitemap that was looked at is gone
    known = [
        Sighted(SITEMAP | LIST, 100, 100, 200),
        Sighted(LIST, 5, 5, 0),
        Sighted(SITEMAP, 5, 5, 0),
    ]
    said = estimate(known)
    assert within(said, 210)
    assert said.low >= 110
    assert said.high is not None
    assert said.high < 280


def test_the_holes_of_a_range_are_guessed_from_stretches_looked_at() -> None:
    # 16 of 20 numbers exist wherever somebody looked; half of the range is still to come
    looked_at = [Stretch(10, 6, 4, 0, 0)] * 20
    to_come = [Stretch(0, 0, 0, 0, 20)] * 20
    known = [Sighted(RANGE, 200, 80, 400), Sighted(RANGE | LIST, 120, 0, 0)]
    said = estimate(known, 20, looked_at + to_come)
    assert within(said, 640)
    assert abs(said.about - 640) < 20


def test_lists_that_went_first_do_not_make_every_number_a_page() -> None:
    # what pages name was visited; of the other numbers one in ten exists
    stretches = [Stretch(0, 10, 1, 0, 9)] * 10 + [Stretch(1, 10, 1, 0, 8)] * 10
    known = [Sighted(RANGE, 10, 20, 170), Sighted(RANGE | LIST, 200, 0, 0)]
    said = estimate(known, 20, stretches)
    assert within(said, 270)


@pytest.mark.parametrize("seed", [3])
def test_partial_crawls_hold_the_truth(seed: int) -> None:
    """The mark is 90 of 100; `python -m tests.bench.completeness` makes the whole trial."""
    trials, _ = bounded(seed, 8, largest=90)
    missed = [trial for trial in trials if not trial.is_covered]
    assert len(missed) <= 1, missed
    widths = sorted((trial.estimate.high or 0) - trial.estimate.low for trial in trials)
    truths = sorted(trial.truth for trial in trials)
    assert widths[4] < truths[4] / 2  # an interval from nought to all would hold anything
