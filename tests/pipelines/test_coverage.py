"""A fall of coverage is told when it is one, and no sooner."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from math import comb
from pathlib import Path

import pytest

from pipelines.chance import at_most
from pipelines.reports.counting import Coverage, Former, Held
from pipelines.reports.coverage import (
    Earlier,
    Fall,
    fallen,
    falls,
    open_falls,
)
from pipelines.reports.runs import Run
from scraper.items import Asker, FaqTag, Question, Reply, Sex, SimilarQuestion
from tests.crawling import crawl
from tests.faults.plays import links, reply
from tests.faults.server import FaultServer

TODAY = date(2026, 11, 22)
FULL = Question(
    site="adoctor", source_id="1", language="en", url="https://adoctor.tw/article/1",
    title="Dry eyes", department="Ophthalmology", headline="Eyes", text="They are dry.",
    asker=Asker(name="Ms. Wen", sex=Sex.FEMALE, age_min=0, age_max=9), asked_on=date(2026, 1, 2),
    replies=(Reply(doctor="Ho Ting", text="Blink.", replied_on=date(2026, 1, 3)),),
    more_info="Eyes: drink.", similar=(SimilarQuestion(title="Wet eyes"),),
    faq_tags=(FaqTag(name="Eyes"),),
)  # fmt: skip
AT_ONCE = {"title", "headline", "text", "asker_name", "asker_sex", "asker_age", "asked_on"}
FIELDS = AT_ONCE | {
    "record", "department", "replies", "reply_doctor", "reply_date", "more_info", "similar",
    "faq_tags",
}  # fmt: skip


def counted(*questions: Question | None) -> dict[str, tuple[int, int]]:
    coverage = Coverage()
    for question in questions:
        coverage.count(question, TODAY)
    return coverage.counts


def test_a_full_record_has_every_field() -> None:
    assert counted(FULL) == dict.fromkeys(FIELDS, (1, 1))


def test_an_empty_one_has_none() -> None:
    bare = Question(
        site="adoctor", source_id="1", language="en", url="https://adoctor.tw/article/1"
    )
    counts = counted(bare)
    assert counts.pop("record") == (1, 1)
    assert counts == dict.fromkeys(AT_ONCE, (1, 0))


def test_a_page_without_a_sound_record_counts_against_the_record_alone() -> None:
    assert counted(None, None) == {"record": (2, 0)}


def test_a_young_question_may_wait_for_its_reply() -> None:
    young = replace(FULL, asked_on=TODAY - timedelta(days=29), replies=(), similar=())
    assert "replies" not in counted(young)
    assert "similar" not in counted(young)
    assert "department" not in counted(replace(young, department=None))
    assert counted(replace(young, asked_on=TODAY - timedelta(days=30)))["replies"] == (1, 0)
    assert "replies" not in counted(replace(young, asked_on=None))


def test_a_page_that_is_held_is_compared_with_its_record() -> None:
    bare = replace(FULL, replies=())
    coverage = Coverage()
    coverage.count(bare, TODAY, Held(bare, [Former(7, FULL)]))
    assert not {"replies", "kept replies"} & coverage.counts.keys()
    coverage.count(bare, TODAY, Held(FULL))
    assert coverage.counts["kept replies"] == (1, 0)
    assert coverage.counts["kept title"] == (2, 2)


def test_while_a_fall_lasts_a_page_that_lost_the_field_is_expected_to_get_it_back() -> None:
    bare = replace(FULL, replies=())
    coverage = Coverage({"kept replies": 7})
    coverage.count(bare, TODAY, Held(bare, [Former(6, FULL)]))
    assert "kept replies" not in coverage.counts
    coverage.count(bare, TODAY, Held(bare, [Former(7, FULL)]))
    assert coverage.counts["kept replies"] == (1, 0)


@pytest.mark.parametrize(("lost", "is_fall"), [(3, False), (4, True)])
def test_pages_should_keep_what_they_have_from_the_first_run_on(
    lost: int, *, is_fall: bool
) -> None:
    now = {"record": (lost, lost), "kept replies": (lost, 0)}
    assert bool(list(fallen(now, 1, []))) == is_fall


@pytest.mark.parametrize(
    ("had", "could", "share"),
    [(0, 3, 0.5), (2, 9, 0.9), (30, 60, 0.7), (55, 60, 0.95), (0, 1, 0.3)],
)
def test_the_chance_is_the_sum_of_the_binomial(had: int, could: int, share: float) -> None:
    exact = sum(comb(could, k) * share**k * (1 - share) ** (could - k) for k in range(had + 1))
    assert at_most(had, could, share) == pytest.approx(exact, rel=1e-9)


def test_many_pages_do_not_overflow() -> None:
    assert 0 <= at_most(80_000, 100_000, 0.9) < 1e-300
    assert at_most(100_000, 100_000, 0.5) == 1.0


def test_a_field_that_is_gone_is_told() -> None:
    before, now = {"replies": (300, 291)}, {"replies": (40, 0)}
    (fall,) = falls(now, before)
    assert fall == Fall("replies", 0.97, 0.0, 40)
    assert str(fall) == "fewer new pages have replies, 97% -> 0% of 40"
    assert str(replace(fall, field="kept replies")) == "of 40 pages that had replies, 0 still do"


def test_a_field_lost_on_a_third_of_the_pages_is_told() -> None:
    assert [fall.field for fall in falls({"title": (300, 200)}, {"title": (300, 300)})] == ["title"]


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ((2, 0), (300, 291)),  # two pages say little
        ((300, 285), (300, 297)),  # a drift, not a fall
        ((100_000, 96_000), (100_000, 99_000)),
        ((10, 0), (2, 2)),  # two pages are no measure either
        ((50, 0), (0, 0)),
        ((50, 50), (300, 100)),  # a rise
    ],
)
def test_little_is_not_a_fall(now: tuple[int, int], before: tuple[int, int]) -> None:
    assert not list(falls({"f": now}, {"f": before}))


def test_chance_alone_hardly_ever_raises_an_alarm() -> None:
    rng = random.Random(7)
    alarms = 0
    for _ in range(2000):
        share, could = rng.choice((0.5, 0.9, 0.97, 1.0)), rng.randint(1, 400)
        before = sum(rng.random() < share for _ in range(300))
        now = sum(rng.random() < share for _ in range(could))
        alarms += bool(list(falls({"f": (could, now)}, {"f": (300, before)})))
    assert alarms <= 1


def earlier(day: float, pages: tuple[int, int], *, settled: bool | None = None) -> Earlier:
    """A run in which `f` fell if `settled` says anything."""
    fell = {} if settled is None else {"f": Fall("f", 1.0, 0.0, pages[0], settled)}
    return Earlier(
        int(day), day, {"record": (pages[0], pages[0]), "f": pages}, settled is None, fell
    )


WELL, LOW = (60, 60), (60, 0)


@pytest.mark.parametrize(
    ("day", "runs", "said"),
    [
        (2, [earlier(1, WELL)], False),
        (31, [earlier(2, LOW, settled=False), earlier(1, WELL)], False),
        (32, [earlier(2, LOW, settled=False), earlier(1, WELL)], True),
        # a quiet night in which nothing could be told
        (32, [earlier(9, (2, 0)), earlier(2, LOW, settled=False), earlier(1, WELL)], True),
        # it was well again in between
        (32, [earlier(9, WELL), earlier(2, LOW, settled=False), earlier(1, WELL)], False),
        # an older fall was settled, and this is another
        (90, [earlier(80, WELL), earlier(40, LOW, settled=True), earlier(2, LOW, settled=False),
              earlier(1, WELL)], False),
        # taken for how the site is
        (33, [earlier(32, LOW, settled=True), earlier(2, LOW, settled=False), earlier(1, WELL)],
         None),
        (90, [earlier(40, LOW), earlier(32, LOW, settled=True), earlier(1, WELL)], None),
    ],
)  # fmt: skip
def test_what_has_been_low_for_a_month_is_how_the_site_is(
    day: float, runs: list[Earlier], *, said: bool | None
) -> None:
    found = [fall.settled for fall in fallen({"record": WELL, "f": LOW}, day, runs)]
    assert found == ([] if said is None else [said])


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ([], {"f": 2}),
        ([earlier(3, (3, 3))], {"f": 2}),  # too few pages to tell
        ([earlier(4, LOW, settled=False), earlier(3, (3, 3))], {"f": 2}),
        ([earlier(3, (4, 4))], {}),
        ([earlier(5, LOW, settled=False), earlier(3, (4, 4))], {"f": 5}),
        ([earlier(32, LOW, settled=True)], {}),
    ],
)
def test_a_fall_lasts_until_a_run_would_have_told_it(
    later: list[Earlier], expected: dict[str, int]
) -> None:
    assert open_falls([*later, earlier(2, LOW, settled=False), earlier(1, WELL)]) == expected


def test_a_second_fall_is_told_while_the_first_is_settled() -> None:
    runs = [earlier(32, LOW, settled=True), earlier(1, WELL)]
    runs = [run._replace(counts={**run.counts, "g": WELL}) for run in runs]
    found = [fall.field for fall in fallen({"record": WELL, "f": LOW, "g": LOW}, 33, runs)]
    assert found == ["g"]


@pytest.mark.parametrize(
    ("pages", "told"),
    [((4, 0), range(1, 32)), ((3, 0), range(2, 33, 2)), ((1, 0), range(4, 37, 4)), ((9, 8), ())],
)
def test_few_pages_a_night_are_judged_together(pages: tuple[int, int], told: Iterable[int]) -> None:
    runs: list[Earlier] = []
    for day in range(1, 60):
        now = {"kept replies": pages}
        fell = {fall.field: fall for fall in fallen(now, day, runs)}
        runs.insert(0, Earlier(day, day, now, not fell, fell))
    assert [run.day for run in reversed(runs) if run.fell] == list(told)


def test_pages_that_kept_a_field_hide_no_loss_after_them() -> None:
    runs = [Earlier(1, 1, {"kept replies": (25, 25)}, is_good=True, fell={})]
    assert [fall.pages for fall in fallen({"kept replies": (4, 0)}, 2, runs)] == [4]


def test_pages_that_never_had_a_field_are_no_fall(tmp_path: Path, server: FaultServer) -> None:
    server.play("/", [reply(200, body=links(*(f"/q/{n}" for n in range(50))))])

    def run(edit: int, numbers: range) -> Run:
        for number in numbers:
            answer = "<li>Rest it.</li>" if number < 10 else ""
            body = f"<h1>Knee {number}</h1><p>It hurts. {edit}</p>{answer}"
            server.play(f"/q/{number}", [reply(200, body=body.encode())])
        return crawl(tmp_path, base_url=server.url("/"), revisit="all").run

    run(0, range(50))
    for edit in range(1, 9):  # what changes are pages with replies
        run(edit, range(10))
    assert run(9, range(50)).fell == []
