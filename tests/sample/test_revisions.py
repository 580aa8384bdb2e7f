"""What a revision changes on the pages is what the truth says it changed, and nothing else."""

from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise

import pytest

from scraper.sample.web import Response
from tests.truth.sites import NAMES, SampleSite, build

HEADERS = {"host": "127.0.0.1:8000"}
LAST = 5


@pytest.fixture(scope="module", params=NAMES)
def revisions(request: pytest.FixtureRequest) -> list[SampleSite]:
    return [
        build(request.param, questions=100, seed=21, revision=number)
        for number in range(1, LAST + 1)
    ]


def _get(site: SampleSite, number: int) -> Response:
    paths = {
        "adoctor": f"/article/{number}",
        "taiwan-ehospital": f"/doctor/All/ShowDetail.php?q_no={number}",
        "qapage": f"/questions/{number}",
    }
    answer = site.respond(paths[site.name], HEADERS)
    if answer.status == 301:
        location = answer.header("Location") or ""
        return site.respond(location.removeprefix("http://127.0.0.1:8000"), HEADERS)
    return answer


def test_pages_change_exactly_where_the_truth_says(revisions: list[SampleSite]) -> None:
    kinds = {"new": 0, "edited": 0, "gone": 0, "template": 0}
    for before, after in pairwise(revisions):
        told = after.changes(after.catalogue.revision)
        old, new = set(before.existing_ids()), set(after.existing_ids())
        assert new - old == told.new
        assert old - new == told.gone
        assert not told.edited & told.template_only
        for number in old & new:
            same_bytes = _get(before, number).body == _get(after, number).body
            same_record = before.truth(number) == after.truth(number)
            assert same_record == (number not in told.edited), number
            assert same_bytes == (number not in told.edited | told.template_only), number
        for name, numbers in (
            ("new", told.new), ("edited", told.edited), ("gone", told.gone),
            ("template", told.template_only),
        ):  # fmt: skip
            kinds[name] += len(numbers)
    assert min(kinds.values()) > 0, kinds


def test_what_a_site_says_of_a_revision_does_not_depend_on_its_own(
    revisions: list[SampleSite],
) -> None:
    assert revisions[0].changes(3) == revisions[-1].changes(3)
    assert revisions[0].changes(1).new == frozenset(revisions[0].existing_ids())


def test_gone_pages_say_so(revisions: list[SampleSite]) -> None:
    site = revisions[-1]
    gone = list(site.gone_ids())
    assert gone
    for number in gone:
        answer = _get(site, number)
        assert site.truth(number) is None
        if site.name == "taiwan-ehospital":
            assert answer.status == 200
            assert "不存在</h1>".encode("big5hkscs") in answer.body
        else:
            assert answer.status in (404, 410)


def test_validators_change_with_the_bytes_and_only_then(revisions: list[SampleSite]) -> None:
    if revisions[0].name == "taiwan-ehospital":
        answer = _get(revisions[0], 1)
        assert [name for name, _ in answer.headers] == ["Content-Type", "Vary"]
        return
    first_week = datetime(2026, 9, 7, 9, tzinfo=UTC)
    for before, after in pairwise(revisions):
        reached = first_week + timedelta(weeks=after.catalogue.revision - 1)
        for number in set(before.existing_ids()) & set(after.existing_ids()):
            old, new = _get(before, number), _get(after, number)
            same = old.body == new.body
            assert (old.header("ETag") == new.header("ETag")) == same
            assert (old.header("Last-Modified") == new.header("Last-Modified")) == same
            if not same:
                changed = parsedate_to_datetime(new.header("Last-Modified") or "")
                assert reached - timedelta(weeks=1) < changed <= reached


def test_a_known_page_costs_304_and_a_changed_one_does_not() -> None:
    old = build("adoctor", questions=150, seed=21, revision=1)
    new = build("adoctor", questions=150, seed=21, revision=2)
    told = new.changes(2)
    for number in set(old.existing_ids()) - told.gone:
        answer = _get(old, number)
        expected = 200 if number in told.edited | told.template_only else 304
        for name, sent in (("if-none-match", "ETag"), ("if-modified-since", "Last-Modified")):
            again = new.respond(f"/article/{number}", {**HEADERS, name: answer.header(sent) or ""})
            assert again.status == expected
            assert bool(again.body) == (expected == 200)


def test_a_tag_is_compared_weakly_and_a_star_is_any() -> None:
    site = build("adoctor", questions=20, seed=21, revision=1)
    number = next(iter(site.existing_ids()))
    weak = _get(site, number).header("ETag") or ""
    for sent in ("*", weak, weak.removeprefix("W/"), f'"a", {weak}'):
        again = site.respond(f"/article/{number}", HEADERS | {"if-none-match": sent})
        assert (again.status, again.header("Vary")) == (304, "Accept-Encoding")
    assert site.respond(f"/article/{number}", HEADERS | {"if-none-match": ""}).status == 200


def test_a_late_answer_keeps_its_day() -> None:
    days: dict[int, set[date]] = {}
    for revision in range(1, 8):
        site = build("qapage", questions=150, seed=21, revision=revision)
        truths = {number: site.truth(number) for number in site.existing_ids()}
        for number, truth in truths.items():
            if truth and truth.replies and truth.replies[0].replied_on:
                days.setdefault(number, set()).add(truth.replies[0].replied_on)
    assert {number for number, found in days.items() if len(found) > 1} == set()


def test_the_sitemap_dates_content_and_not_the_template() -> None:
    old = build("adoctor", questions=150, seed=21, revision=1)
    new = build("adoctor", questions=150, seed=21, revision=2)
    told = new.changes(2)
    before, after = (_lastmods(site) for site in (old, new))
    for path in before.keys() & after.keys():
        number = int(path.rpartition("/")[2])
        assert (before[path] != after[path]) == (number in told.edited)


def _lastmods(site: SampleSite) -> dict[str, str]:
    text = site.respond("/sitemap-1.xml", HEADERS).body.decode()
    parts = [part.split("</loc><lastmod>") for part in text.split("<loc>")[1:]]
    return {place: rest.partition("<")[0] for place, rest in parts}


def test_cards_keep_the_text_they_saw_when_the_other_question_changes() -> None:
    """An unchanged page is byte for byte the same although pages it quotes were edited."""
    old = build("adoctor", questions=150, seed=21, revision=1)
    new = build("adoctor", questions=150, seed=21, revision=LAST)
    edited = set().union(*(new.changes(number).edited for number in range(2, LAST + 1)))
    quoted_but_same = 0
    for number in new.existing_ids():
        record = old.truth(number)
        if record is None or number in edited:
            continue
        assert new.truth(number) == record
        cards = {int((card.url or "").rpartition("/")[2]) for card in record.similar}
        quoted_but_same += bool(cards & edited)
    assert quoted_but_same > 0
