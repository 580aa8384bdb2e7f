"""What is broken for good is told for good."""

from tests.faults.plays import reply
from tests.pipelines.bad_nights import Nights, links, nights, paths

__all__ = ["nights"]
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
