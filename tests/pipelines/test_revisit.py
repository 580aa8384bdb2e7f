"""When a page is visited again: the estimate, the utility of a visit, and whole weeks of crawls."""

import math
import random
import sqlite3
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from pipelines.queue import ready as queue
from pipelines.queue import urls
from pipelines.queue.days import today
from pipelines.queue.due import due_pages
from pipelines.queue.hosts import Scope
from pipelines.queue.missing_pages import Losses
from pipelines.queue.observations import Observation
from pipelines.revisit import (
    HAS_LASTMOD,
    HINT,
    RATES,
    ChangeHistory,
    Trust,
    by_utility,
    history_bucket,
    history_of,
    is_awaited,
    learn_mixture,
    rate_posterior,
    utility_curve,
    utility_threshold,
    whittle_index,
)
from scraper.items import Kind, Link, Outcome, Question, Reply, Via, Visit
from scraper.record import timestamp
from tests.bench.freshness import policies, replay
from tests.bench.histories import HISTORIES, Page
from tests.database import rows
from tests.pipelines.revisions import Weeks, crawl_weeks, held_numbers
from tests.questions import Keep

START = datetime(2026, 1, 1, tzinfo=UTC)
SCOPE = Scope("adoctor", "h")


def watched(rate: float, visits: int, seed: int) -> ChangeHistory:
    """The history of a page that changes at a rate, looked at every 1 to 60 days."""
    draw = random.Random(seed)
    history = ChangeHistory()
    for _ in range(visits):
        days = draw.uniform(1, 60)
        history = history.after(days, changed=draw.random() < 1 - math.exp(-rate * days))
    return history


def mean(shares: list[float]) -> float:
    return math.exp(sum(share * math.log(rate) for share, rate in zip(shares, RATES, strict=True)))


@pytest.mark.parametrize("rate", [1 / 300, 1 / 60, 1 / 10])
def test_a_rate_is_found_from_changed_or_not_at_irregular_intervals(rate: float) -> None:
    even = [1 / len(RATES)] * len(RATES)
    found = [mean(rate_posterior(watched(rate, 40, seed), even)) for seed in range(20)]
    middle = sorted(found)[10]
    assert rate / 1.6 < middle < rate * 1.6


def test_what_is_common_on_a_site_is_learnt_from_all_its_pages() -> None:
    pages: dict[int, int] = {}
    for seed in range(600):
        code = history_bucket(watched(1 / 16 if seed % 10 == 0 else 1 / 8192, 12, seed))
        pages[code] = pages.get(code, 0) + 1
    common = learn_mixture(Kind.QUESTION, pages)
    often = sum(share for share, rate in zip(common, RATES, strict=True) if rate > 1 / 100)
    assert 0.07 < often < 0.13


def test_a_bucket_keeps_what_matters_of_a_history() -> None:
    for seed in range(50):
        history = watched(1 / 40, 8, seed)
        kept = history_of(history_bucket(history))
        assert kept.weighted_changes == pytest.approx(history.weighted_changes, abs=0.26)
        assert kept.days_unchanged + 1 == pytest.approx(history.days_unchanged + 1, rel=0.2)
    busy = watched(1.0, 200, 1)
    even = [1 / len(RATES)] * len(RATES)
    assert mean(rate_posterior(history_of(history_bucket(busy)), even)) > 1 / 30


def test_the_utility_of_a_visit() -> None:
    assert whittle_index(0.1, 0.0) == 0
    assert whittle_index(0.1, 10.0) == pytest.approx((1 - 2 / math.e) / 0.1)
    assert whittle_index(0.1, 1e6) == pytest.approx(10)
    even = [1 / len(RATES)] * len(RATES)
    never, sometimes, always = (
        utility_curve(Kind.QUESTION, history_bucket(watched(rate, 60, 3)), even, Trust())
        for rate in (1e-9, 1 / 60, 5.0)
    )
    # what never changes is not worth it, nor what has changed again before anybody looks
    assert sometimes.utility(60) > 2 * never.utility(60)
    assert sometimes.utility(60) > 2 * always.utility(60)


def test_curves_tell_age_from_utility_and_back() -> None:
    even = [1 / len(RATES)] * len(RATES)
    one = utility_curve(Kind.QUESTION, history_bucket(ChangeHistory()), even, Trust())
    for age in (0.5, 3.0, 40.0, 1000.0):
        back = one.age_at(one.utility(age))
        assert back == pytest.approx(age, rel=1e-6)
    assert one.age_at(1e9) is None
    assert one.utility(0.1) == 0


def test_the_threshold_gives_each_page_a_visit_in_so_many_days() -> None:
    even = [1 / len(RATES)] * len(RATES)
    histories = [watched(rate, 20, 5) for rate in (1e-9, 1 / 200, 1 / 20)]
    curves = [
        (utility_curve(Kind.QUESTION, history_bucket(history), even, Trust()), 100)
        for history in histories
    ]
    found = utility_threshold(curves, 30.0)
    ages = [one.age_at(found) for one, _ in curves]
    assert sum(100 / age for age in ages if age) == pytest.approx(300 / 30, rel=0.02)


def test_pages_come_in_the_order_of_their_utility() -> None:
    even = [1 / len(RATES)] * len(RATES)
    slow, fast = (
        utility_curve(Kind.QUESTION, history_bucket(watched(rate, 40, 2)), even, Trust())
        for rate in (1e-9, 1 / 30)
    )
    found = list(by_utility([(slow, [(0.0, "a"), (80.0, "b")]), (fast, [(60.0, "c")])], 100.0, 0.0))
    assert [page for _, page in found] == ["c", "a", "b"]
    assert [value for value, _ in found] == sorted((value for value, _ in found), reverse=True)


def test_lastmod_counts_as_far_as_it_has_proved_right() -> None:
    even = [1 / len(RATES)] * len(RATES)
    plain = utility_curve(
        Kind.QUESTION, history_bucket(ChangeHistory()), even, Trust(right=50)
    ).utility(10)

    def hinted(trust: Trust) -> float:
        return utility_curve(
            Kind.QUESTION, history_bucket(ChangeHistory()) | HINT | HAS_LASTMOD, even, trust
        ).utility(10)

    assert hinted(Trust(right=50)) > 10 * plain
    assert hinted(Trust(right=1, wrong=50)) < hinted(Trust(right=25, wrong=25))
    assert hinted(Trust()) == pytest.approx(plain)
    silent = utility_curve(
        Kind.QUESTION, history_bucket(ChangeHistory(), has_lastmod=True), even, Trust(right=90)
    ).utility(10)
    assert silent == pytest.approx(plain * 0.1)


# The simulator


def test_stale_days_are_counted_from_the_first_change_to_the_look_that_finds_it() -> None:
    def life(*changes: float) -> Page:
        return Page(0.0, changes, (0.0,), (0.1,), 0.1)

    fixed = policies([life(), life()])["fixed interval"]
    # Day 1 takes a, day 2 b, then each is looked at every other day: a on odd days, b on even ones.
    # a: 3.5 is found at 5 (1.5 days); b: 4.25 and 5.5 at 6 (1.75); 9.5 by none until day 10 (0.5).
    stale = replay([life(3.5, 9.5), life(4.25, 5.5)], 10.0, 1, fixed)
    assert list(stale) == pytest.approx([1.5 + 1.75 + 0.5, 0.0])
    always = policies([life()])["oracle"]
    # One look a day: what changes at 399.25 is found at 400.
    assert list(replay([life(399.25)], 500.0, 1, always)) == pytest.approx([0.75, 0.75])


@pytest.mark.parametrize("name", HISTORIES)
def test_pages_change_as_often_as_their_rates_say(name: str) -> None:
    days = 1000.0
    pages = HISTORIES[name](300, days, 7)
    expected = sum(page.expected(page.born, days) for page in pages)
    found = sum(len(page.changes) for page in pages)
    assert abs(found - expected) < 4 * math.sqrt(expected)  # Poisson
    for page in pages:
        assert all(page.born <= change <= days for change in page.changes)
        assert page.mean * max(days - page.born, 1) == pytest.approx(
            page.expected(page.born, days), rel=1e-6, abs=1e-8
        )


# In the database


@pytest.fixture
def db(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("DELETE FROM runs")
    return connection


def begin(db: sqlite3.Connection, at: datetime) -> int:
    run_id = db.execute(
        "INSERT INTO runs(site, host, revisit, started_at, day) VALUES (?, ?, 'due', ?, ?)",
        (*SCOPE, timestamp(at), today(db, at)),
    ).lastrowid
    assert run_id is not None
    return run_id


def add(db: sqlite3.Connection, run_id: int, count: int, lastmod: str | None = None) -> None:
    links = [
        Link(url=f"http://h/{n}", kind=Kind.QUESTION, via=Via.SITEMAP, lastmod=lastmod)
        for n in range(1, count + 1)
    ]
    urls.disclose(db, "adoctor", links, run_id=run_id)


def visit(
    db: sqlite3.Connection, run_id: int, url_id: int, at: datetime, outcome: Outcome
) -> Observation:
    return urls.settle(
        db, url_id, Visit(url=f"http://h/{url_id}", kind=Kind.QUESTION, outcome=outcome,
                          visited_at=at), run_id, edited=False,
    )  # fmt: skip


def ready(db: sqlite3.Connection) -> list[str]:
    return [due.url.removeprefix("http://h/") for due in queue.ready(db, SCOPE, 1000)]


def promoted(db: sqlite3.Connection, at: datetime) -> list[str]:
    """The pages that a run at that moment fetches."""
    queue.promote(db, SCOPE, "due", at)
    return sorted(ready(db))


@pytest.fixture
def fetched(db: sqlite3.Connection) -> sqlite3.Connection:
    """Three pages, fetched at START."""
    run_id = begin(db, START)
    add(db, run_id, 3)
    for url_id in (1, 2, 3):
        visit(db, run_id, url_id, START, Outcome.FETCHED)
    return db


def test_a_clock_that_steps_back_and_is_mended_refetches_nothing(
    fetched: sqlite3.Connection,
) -> None:
    ages = []
    for moment in (START - timedelta(days=20_000), START + timedelta(days=1)):
        begin(fetched, moment)
        assert promoted(fetched, moment) == []
        ages.append(today(fetched, moment))
    assert ages == [0.0, pytest.approx(1.0)]


def test_after_a_clock_that_ran_years_ahead_pages_are_due_as_ever(
    fetched: sqlite3.Connection,
) -> None:
    for moment in (START - timedelta(days=20_000), START + timedelta(days=1)):
        begin(fetched, moment)
    ahead = START + timedelta(days=4000)
    run_id = begin(fetched, ahead)
    assert promoted(fetched, ahead) == ["1", "2", "3"]  # as if after eleven years of rest
    for url_id in (1, 2, 3):
        visit(fetched, run_id, url_id, ahead, Outcome.UNCHANGED)
    mended = START + timedelta(days=2)
    begin(fetched, mended)
    assert promoted(fetched, mended) == []
    assert promoted(fetched, mended + timedelta(days=45)) == ["1", "2", "3"]


def test_what_was_put_off_by_a_wrong_clock_is_not_put_off_for_years(
    db: sqlite3.Connection,
) -> None:
    run_id = begin(db, START)
    add(db, run_id, 1)
    db.execute("UPDATE urls SET state='later', not_before='2036-01-01T00:00:00Z'")
    queue.promote(db, SCOPE, "due", START)
    assert ready(db) == ["1"]


def test_a_missing_page_is_gone_after_a_second_look_and_may_come_back(
    db: sqlite3.Connection,
) -> None:
    run_id = begin(db, START)
    add(db, run_id, 1)
    visit(db, run_id, 1, START, Outcome.FETCHED)
    seen = []
    gone = Outcome.GONE
    looks = ((30, gone), (31, gone), (31.5, None), (33, gone), (34, None), (300, gone), (470, None))
    for days, outcome in (*looks, (490, None)):
        moment = START + timedelta(days=days)
        run_id = begin(db, moment)
        queue.promote(db, SCOPE, "due", moment)
        seen.append(ready(db))
        if outcome:
            visit(db, run_id, 1, moment, outcome)
    # Missing for 1 day, then 3, then 270: half a year is the most.
    assert seen[1:] == [["1"], [], ["1"], [], ["1"], [], ["1"]]
    assert db.execute("SELECT gone_since FROM urls").fetchone() == ("2026-01-31T00:00:00Z",)
    visit(db, run_id, 1, START + timedelta(days=490), Outcome.FETCHED)
    assert db.execute("SELECT gone_since, state FROM urls").fetchone() == (None, "fetched")


def test_a_page_that_was_never_there_is_looked_for_again_within_weeks(
    db: sqlite3.Connection,
) -> None:
    run_id = begin(db, START)
    add(db, run_id, 1)
    visit(db, run_id, 1, START, Outcome.GONE)
    asked = []
    for days in (1, 2, 30, 31, 60, 61, 103, 104, 176, 177, 300, 301, 480, 481):
        moment = START + timedelta(days=days)
        run_id = begin(db, moment)
        queue.promote(db, SCOPE, "due", moment)
        if ready(db):
            asked.append(days)
            visit(db, run_id, 1, moment, Outcome.GONE)
    assert asked == [1, 31, 61, 104, 177, 301, 481]


def test_a_young_question_without_a_reply_is_looked_at_soon_and_less_and_less(
    db: sqlite3.Connection,
) -> None:
    run_id = begin(db, START)
    add(db, run_id, 100)
    reply, today, long_ago = Reply(text="Rest."), START.date(), START.date() - timedelta(days=60)
    dated = {1: (today, ()), 2: (today, (reply,)), 3: (long_ago, ()), 4: (None, ())}
    asked: list[tuple[int, str]] = []
    for days in range(25):
        moment = START + timedelta(days=days)
        run_id = begin(db, moment) if days else run_id
        queue.promote(db, SCOPE, "due", moment)
        found = ready(db)
        asked += [(days, url) for url in found if days]
        for number in map(int, found):
            asked_on, replies = dated.get(number, (long_ago, (reply,)))
            question = Question(
                site="adoctor", source_id=str(number), language="en", url=f"http://h/{number}",
                title="t", asked_on=asked_on, replies=replies,
            )  # fmt: skip
            outcome = Outcome.UNCHANGED if days % 2 else Outcome.FETCHED
            read = Visit(
                url=question.url, kind=Kind.QUESTION, outcome=outcome, visited_at=moment,
                question=None if days % 2 else question,
            )  # fmt: skip
            urls.settle(db, number, read, run_id, edited=False)
    assert {url for _, url in asked} == {"1"}
    looks = [0, *(days for days, _ in asked)]
    waits = [later - earlier for earlier, later in pairwise(looks)]
    assert waits[0] <= 2
    assert waits == sorted(waits)
    assert len(waits) >= 4


def test_a_question_that_stays_without_a_reply_is_awaited_for_two_months(
    db: sqlite3.Connection,
) -> None:
    run_id = begin(db, START)
    add(db, run_id, 1)
    question = Question(
        site="adoctor", source_id="1", language="en", url="http://h/1", title="t",
        asked_on=START.date(),
    )  # fmt: skip
    awaited = {}
    for days in (0, 29, 58, 62, 400):
        moment = START + timedelta(days=days)
        run_id = begin(db, moment) if days else run_id
        read = Visit(
            url=question.url, kind=Kind.QUESTION, visited_at=moment,
            outcome=Outcome.UNCHANGED if days else Outcome.FETCHED,
            question=None if days else question,
        )  # fmt: skip
        urls.settle(db, 1, read, run_id, edited=False)
        ((bucket,),) = db.execute("SELECT history_bucket FROM urls WHERE id=1")
        awaited[days] = is_awaited(bucket)
    assert awaited == {0: True, 29: True, 58: True, 62: False, 400: False}


def test_the_second_look_marks_the_record(db: sqlite3.Connection, keep: Keep) -> None:
    begin(db, START)
    db.execute("UPDATE runs SET id=1")
    add(db, 1, 1)
    keep(Question(site="adoctor", source_id="1", language="en", url="http://h/1", title="t"))
    marks = []
    for days, outcome in enumerate((Outcome.FETCHED, Outcome.GONE, Outcome.GONE)):
        moment = START + timedelta(days=days)
        seen = visit(db, 1, 1, moment, outcome)
        losses = Losses()
        losses.note(Visit(url="", kind=Kind.LIST, outcome=outcome, visited_at=moment), 1, seen)
        losses.conclude(db, 1)
        marks.append(db.execute("SELECT gone_since FROM questions").fetchone()[0])
    assert marks == [None, None, "2026-01-02T00:00:00Z"]


def test_lastmod_is_tried_on_a_few_pages_before_all_follow_it(db: sqlite3.Connection) -> None:
    run_id = begin(db, START)
    add(db, run_id, 300, "2025-12-01")
    for url_id in range(1, 301):
        visit(db, run_id, url_id, START, Outcome.FETCHED)
    run_id = begin(db, START + timedelta(days=7))
    add(db, run_id, 300, "2026-01-05")
    assert len(ready(db)) == 20
    db.execute("INSERT INTO lastmods VALUES ('adoctor', 'h', 15, 2, 0)")
    add(db, run_id, 300, "2026-01-06")
    assert len(ready(db)) + 20 > 200


def test_a_budget_goes_to_what_is_known_to_change(db: sqlite3.Connection) -> None:
    run_id = begin(db, START)
    add(db, run_id, 30)
    for week in range(1, 20):  # 1-10 change each fifth week, 11-20 never, 21-30 each time
        moment = START + timedelta(days=7 * week)
        run_id = begin(db, moment)
        for url_id in range(1, 31):
            moved = url_id > 20 or (url_id <= 10 and (week + url_id) % 5 == 0)
            db.execute(
                "UPDATE urls SET kind=? WHERE id=?", ("sitemap" if moved else "list", url_id)
            )
            kind = Kind.SITEMAP if moved else Kind.LIST
            urls.settle(
                db, url_id, Visit(url=f"http://h/{url_id}", kind=kind, outcome=Outcome.FETCHED
                                  if moved else Outcome.UNCHANGED, visited_at=moment),
                run_id, edited=moved,
            )  # fmt: skip
    db.execute("UPDATE urls SET kind='question'")
    picked = [page.id for page in due_pages(db, SCOPE, today(db, moment + timedelta(days=21)), 20)]
    assert sorted(picked) == [*range(1, 11), *range(21, 31)]


# Whole crawls of the sample site


def edits_held(archive: Path) -> int:
    ((versions,),) = rows(archive, "SELECT count(*) FROM question_versions")
    ((questions,),) = rows(archive, "SELECT count(*) FROM questions")
    return int(versions - questions)


def assert_followed(weeks: Weeks, archive: Path) -> None:
    """All additions are held, nearly all edits, and no week cost more than its budget."""
    born = {number for site in weeks.sites for number in site.existing_ids()}
    assert held_numbers(archive) == born
    count = len(weeks.sites)
    told = [site.changes(week) for week, site in enumerate(weeks.sites, 1) if week > 1]
    edits = sum(2 * len(changes.edited) for changes in told)
    assert edits_held(archive) >= 0.9 * edits
    for asked in weeks.asked[1:]:
        assert asked.total() <= weeks.budget() + 1  # and robots.txt
    looked = sum(run.counts[Outcome.UNCHANGED] for run in weeks.runs[1:])
    fetched = sum(run.counts[Outcome.FETCHED] for run in weeks.runs[1:])
    real = sum(2 * len(changes.edited | changes.new | changes.template_only) for changes in told)
    discovering = 40 * count  # home, sitemaps and lists, which change each week
    assert fetched <= real + discovering
    assert looked > 0


@pytest.mark.parametrize(
    ("questions", "count"), [(20, 5), pytest.param(300, 10, marks=pytest.mark.campaign)]
)
@pytest.mark.filterwarnings("ignore")
def test_weeks_at_a_fifth_of_the_full_budget(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, questions: int, count: int
) -> None:
    weeks = Weeks(questions=questions, first=None, share=0.2)
    crawl_weeks(weeks, tmp_path, count, monkeypatch)
    assert_followed(weeks, tmp_path)
