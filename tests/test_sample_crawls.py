"""Whole crawls of the sample sites: what is in the archive is what the sites know of themselves."""

import json
import re
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from exports.records import record_lines, records
from pipelines import lock
from pipelines.rebuild import rebuild
from scraper.loading import sites
from tests.killing import assert_whole
from tests.stages import LATER, Stage, Stages, timeless
from tests.truth.sites import NAMES

pytestmark = pytest.mark.dear

CONTENT = (
    "departments", "doctors", "faq_tags", "questions", "questions_faq_tags", "replies",
    "similar_questions",
)  # fmt: skip
_ANSWERS = (WarcRecordType.response, WarcRecordType.revisit)
OUTCOMES = ("fetched", "unchanged", "gone", "denied", "moved", "later", "problem")


@pytest.fixture(params=NAMES)
def stages(request: pytest.FixtureRequest, crawled: Callable[[str], Stages]) -> Stages:
    return crawled(request.param)


@pytest.fixture
def each(stages: Stages) -> list[Stage]:
    return [stages.first, stages.again, stages.everything, stages.later]


def held(stage: Stage) -> dict[str, dict[str, Any]]:
    return {record["id"]: timeless(record) for record in records(stage.archive)}


def content(stage: Stage) -> dict[str, list[Any]]:
    """All rows that a page's content made."""
    tables = {table: sorted(stage.rows(f"SELECT * FROM {table}"), key=repr) for table in CONTENT}
    tables["question_versions"] = stage.rows(
        "SELECT id, question_id, digest, record, first_capture FROM question_versions"
    )
    tables["urls"] = stage.rows("SELECT id, url, kind, via FROM urls")
    return tables


def test_each_crawl_ends_well_and_says_little(each: list[Stage]) -> None:
    for stage in each:
        assert (stage.ended.returncode, stage.ended.stderr) == (0, "")
        assert stage.ended.stdout.count("\n") == 1


def test_every_record_is_the_sites_own(stages: Stages) -> None:
    stage = stages.first
    assert len(stage.site.languages) == (2 if stage.site.name == "adoctor" else 1)
    assert len(stage.truth()) == stage.site.catalogue.questions * len(stage.site.languages)
    assert held(stage) == stage.truth()
    assert stage.rows("SELECT count(*) FROM problems") == [(0,)]


def test_each_page_is_asked_for_once(stages: Stages) -> None:
    asked = stages.first.asked
    assert set(asked.values()) == {1}
    assert stages.first.rows("SELECT count(*) FROM captures") == [(asked.total(),)]


def test_further_crawls_add_nothing(stages: Stages) -> None:
    before = content(stages.first)
    assert content(stages.again) == before
    assert content(stages.everything) == before
    assert set(stages.everything.asked) == set(stages.first.asked)


def test_only_sitemaps_and_what_is_denied_are_due_at_once(stages: Stages) -> None:
    due = stages.again.rows("SELECT kind, state FROM urls WHERE visited_in = 2")
    assert {kind for kind, state in due if state != "denied"} <= {"sitemap"}


def test_figures_add_up(each: list[Stage]) -> None:
    for number, stage in enumerate(each, 1):
        run = f"SELECT taken, lost, {'+'.join(OUTCOMES)}, denied FROM runs WHERE id = ?"
        settled = "SELECT count(*) FROM urls WHERE visited_in = ? AND state <> 'denied'"
        ((taken, lost, outcomes, denied),) = stage.rows(run, number)
        assert (lost, outcomes) == (0, taken)
        assert stage.rows(settled, number) == [(taken - denied,)]  # denied again is no visit
        counted = "SELECT site, kind, state, ways, {} FROM {} ORDER BY 1, 2, 3, 4"
        tallied = counted.format("urls", "tallies WHERE urls > 0")
        by_hand = counted.format("count(*)", "urls GROUP BY 1, 2, 3, 4")
        assert stage.rows(tallied) == stage.rows(by_hand)
        assert stage.rows("SELECT 1 FROM urls WHERE state IN ('ready', 'later', 'problem')") == []


def test_every_outcome_is_the_state_of_so_many_urls(stages: Stages) -> None:
    (run,) = stages.first.rows(f"SELECT {','.join(OUTCOMES)} FROM runs")
    states = dict(stages.first.rows("SELECT state, count(*) FROM urls GROUP BY state"))
    assert dict(zip(OUTCOMES, run, strict=True)) == dict.fromkeys(OUTCOMES, 0) | states


def test_the_database_made_anew_from_the_warcs_says_the_same(
    stages: Stages, tmp_path: Path
) -> None:
    again = replace(stages.later, archive=tmp_path / "again")
    shutil.copytree(stages.later.archive / "warc", again.archive / "warc")
    with closing(lock.take(again.archive)):
        assert rebuild(again.archive, sites()).damaged == []
    lines = [sorted(record_lines(stage.archive)) for stage in (stages.later, again)]
    assert lines[0] == lines[1]
    same = "SELECT question_id, digest, cause, recorded_at, first_capture, last_capture FROM"
    for query in (
        f"{same} question_versions",
        "SELECT * FROM captures",
        "SELECT * FROM problems",
        "SELECT * FROM runs",
        "SELECT url, kind, state, ways, disclosed_by FROM urls",
    ):
        assert again.rows(query) == stages.later.rows(query), query


def test_what_robots_txt_forbids_is_never_fetched(each: list[Stage]) -> None:
    for stage in each:
        robots = stage.site.respond("/robots.txt").body.decode()
        forbidden = re.findall(r"^Disallow: (\S+)$", robots, re.MULTILINE)
        assert forbidden
        assert not [path for path in stage.asked if path.startswith(tuple(forbidden))]


def test_a_forbidden_link_is_known_as_denied(crawled: Callable[[str], Stages]) -> None:
    denied = crawled("qapage").first.rows("SELECT url FROM urls WHERE state = 'denied'")
    assert [urlsplit(url).path for (url,) in denied] == ["/search"]


def test_database_and_warcs_are_whole_by_warcio(each: list[Stage]) -> None:
    for stage in each:
        assert_whole(stage.archive)


def test_warcs_are_whole_by_fastwarc(each: list[Stage]) -> None:
    for stage in each:
        found = set()
        for path in sorted((stage.archive / "warc").iterdir()):
            found |= {(path.name, *record) for record in _by_fastwarc(path)}
        named = "SELECT warc, offset, url, status FROM captures"
        assert found == set(stage.rows(named))


def _by_fastwarc(path: Path) -> list[tuple[int, str, int | None]]:
    """Offset, URL and status of each response, digests checked."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, parse_http=False):
            if record.record_type is WarcRecordType.warcinfo:
                continue
            assert record.verify_block_digest(consume=False)
            record.parse_http()
            if record.record_type in _ANSWERS:
                is_whole = record.record_type is WarcRecordType.response
                assert not is_whole or record.verify_payload_digest(consume=False)
                place = (record.stream_pos, record.headers["WARC-Target-URI"])
                not_modified = "not-modified" in (record.headers.get("WARC-Profile") or "")
                status = 304 if not_modified else record.http_headers.status_code
                found.append((*place, status))
    return found


def test_every_number_of_the_range_is_accounted_for(crawled: Callable[[str], Stages]) -> None:
    for stage in (crawled("taiwan-ehospital").first, crawled("taiwan-ehospital").later):
        site = stage.site
        states = {
            int(url.rpartition("=")[2]): state
            for url, state in stage.rows("SELECT url, state FROM urls WHERE kind = 'question'")
        }
        replies = {
            int(number): count
            for number, count in stage.rows("SELECT source_id, reply_count FROM questions")
        }
        living = set(site.existing_ids())
        assert set(states) == set(range(1, max(living) + 1))
        assert {number for number, state in states.items() if state == "gone"} == (
            set(states) - living
        )
        for number in living:
            truth = site.truth(number)
            assert truth is not None
            assert replies[number] == len(truth.replies)
        assert {replies[number] > 0 for number in living} == {True, False}


def test_what_a_later_crawl_finds_new_is_the_truth(stages: Stages) -> None:
    stage = stages.later
    now = held(stage)
    assert {identity: now[identity] for identity in stage.truth()} == stage.truth()
    new = stage.truth().keys() - stages.first.truth().keys()
    assert len(new) == (LATER - 1) * 2 * len(stage.site.languages)  # two with each revision


def test_an_edit_is_a_new_version_and_the_old_one_stays(stages: Stages) -> None:
    before, after = stages.first.truth(), stages.later.truth()
    edited = {name for name in before.keys() & after.keys() if before[name] != after[name]}
    assert edited
    kept = "SELECT question_id, record FROM question_versions ORDER BY id"
    versions: dict[str, list[Any]] = {}
    for name, record in stages.later.rows(kept):
        versions.setdefault(name, []).append(record)
    assert {name for name, states in versions.items() if len(states) > 1} == edited
    for name in edited:
        old, new = versions[name]
        assert new is None  # it stands in `questions`
        assert timeless(json.loads(old)) == before[name]


def test_a_page_that_is_gone_keeps_its_question(stages: Stages) -> None:
    before, after = stages.first.truth(), stages.later.truth()
    gone = before.keys() - after.keys()
    assert gone
    now = held(stages.later)
    states = dict(
        stages.later.rows("SELECT q.id, u.state FROM questions q JOIN urls u ON u.id = q.url_id")
    )
    assert {name for name, state in states.items() if state == "gone"} == gone
    assert {name: now[name] for name in gone} == {name: before[name] for name in gone}
