"""A question whose page lastingly redirects to another question's is no longer current."""

from tests.faults.plays import redirect, reply
from tests.pipelines.bad_nights import Nights, links, nights, paths, question

__all__ = ["nights"]
MARKED = "SELECT source_id, substr(gone_since, 1, 10) FROM questions WHERE gone_since IS NOT NULL"


def test_one_that_moved_is_marked_at_the_second_look_and_current_when_it_is_back(
    nights: Nights,
) -> None:
    nights.night(1)
    nights.site.play("/q/3", [redirect("/q/old", 301)])
    nights.site.play("/q/old", [redirect("/q/new", 308)])
    nights.site.play("/q/new", [question("/q/new")])
    assert nights.night(2, revisit="all") == 0
    assert nights.rows(MARKED) == []
    assert nights.night(33) == 0
    assert nights.rows(MARKED) == [("3", "2026-01-02")]
    nights.assert_rebuilt()
    nights.site.play("/q/3", [question("/q/3")])
    assert nights.night(34, revisit="all") == 0
    assert nights.rows(MARKED) == []
    nights.assert_rebuilt()


def test_what_leads_to_no_question_or_for_the_moment_only_is_current(nights: Nights) -> None:
    nights.site.play("/about", [reply(200, body=b"<p>About us.</p>")])
    nights.night(1)
    for path, target, status in (("/q/3", "/about", 301), ("/q/4", "/q/gone", 301),
                                 ("/q/5", "/q/6", 302)):  # fmt: skip
        nights.site.play(path, [redirect(target, status)])
    for day in (2, 33, 64):
        nights.night(day, revisit="all")
    assert nights.rows(MARKED) == []


def test_many_that_move_at_once_are_marked_only_when_it_has_lasted(nights: Nights) -> None:
    nights.night(1)
    for path in paths()[:8]:
        nights.site.play(path, [redirect(f"{path}-new", 301)])
        nights.site.play(f"{path}-new", [question(f"{path}-new")])
    marked = {}
    for day in (2, 33, 64):
        nights.night(day, revisit="all")
        marked[day] = len(nights.rows(MARKED))
    assert marked == {2: 0, 33: 0, 64: 8}
    nights.assert_rebuilt()


def test_redirects_in_a_circle_are_one_problem_each_night(nights: Nights) -> None:
    nights.site.play("/", [links("/q/1", "/q/2", "/q/3")])
    nights.site.play("/q/1", [redirect("/q/2", 301)])
    nights.site.play("/q/2", [redirect("/q/1", 301)])
    for day in (1, 2, 3):
        nights.night(day, revisit="all")
    circle = "FROM urls WHERE url LIKE '%/q/1' OR url LIKE '%/q/2' ORDER BY state"
    assert nights.rows(f"SELECT state, attempts, moved_to IS NULL {circle}") == [
        ("moved", 0, 0),
        ("problem", 3, 1),
    ]
    outcomes = "SELECT outcome, count(*) FROM captures WHERE status=301 GROUP BY outcome"
    assert nights.rows(outcomes) == [("moved", 3), ("problem", 3)]
    nights.assert_rebuilt()
