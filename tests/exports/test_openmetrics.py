"""The figures as Prometheus' own parsers read them, the new format's and the old one's."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from prometheus_client.parser import text_string_to_metric_families as old_families

from exports import openmetrics
from pipelines import lock
from scraper.items import Question
from tests.questions import Keep

ENGLISH = {"site": "adoctor", "record_site": "adoctor", "language": "en"}
read_new: Callable[[str], Any] = text_string_to_metric_families
read_old: Callable[[str], Any] = old_families
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture
def archive(tmp_path: Path, connection: sqlite3.Connection, keep: Keep, english: Question) -> Path:
    """Three questions of one site, whose last run of three failed; one that did not end."""
    keep(english)
    keep(replace(english, language="zh-Hant", url="https://adoctor.tw/zh-Hant/article/900"))
    keep(replace(english, source_id="20", url="https://adoctor.tw/article/20", replies=()))
    connection.execute("UPDATE urls SET state='fetched'")
    connection.execute("UPDATE runs SET host='h'")
    connection.executemany(
        "INSERT INTO runs(site, host, revisit, started_at, ended_at, ended_why, exit_status, taken,"
        " fetched, problem, bytes) VALUES (?, ?, 'due', ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            ("adoctor", "copy", "2026-11-19", "2026-11-19", "unreachable", 5, 0, 0, 0, 0),
            (
                "adoctor",
                "h",
                "2026-11-20T09:00:00Z",
                "2026-11-20T10:00:00Z",
                "finished",
                0,
                3,
                3,
                0,
                900,
            ),
            (
                "adoctor",
                "h",
                "2026-11-21T09:00:00Z",
                "2026-11-21T10:00:00Z",
                "finished",
                1,
                3,
                1,
                2,
                70,
            ),
            ("qapage", "h", "2026-11-22T09:00:00Z", None, None, None, 0, 0, 0, 0),
        ],
    )
    connection.executemany(
        "INSERT INTO problems(run_id, url, found_at, code, detail) VALUES (1, ?, '', ?, '')",
        [("https://adoctor.tw/1", "page-changed"), ("https://adoctor.tw/2", "page-changed"),
         ("https://adoctor.tw/3", 'odd "code"\\')],
    )  # fmt: skip
    return tmp_path


def samples(archive: Path) -> Samples:
    """Every sample, once; both parsers agree."""
    out = archive / "figures.prom"
    count = openmetrics.write(archive, out)
    text = out.read_text("utf-8")
    assert text.endswith("\n# EOF\n")
    new = [sample for family in read_new(text) for sample in family.samples]
    old = [sample for family in read_old(text) for sample in family.samples]
    assert new == old
    assert all(sample.timestamp is None for sample in new)
    assert {family.type for family in read_new(text)} == {"gauge"}
    assert all(family.documentation for family in read_new(text))
    found: Samples = {
        (sample.name, frozenset(sample.labels.items())): sample.value for sample in new
    }
    assert len(found) == len(new) == count
    return found


def test_figures(archive: Path) -> None:
    expected: list[tuple[str, dict[str, str], int]] = [
        ("urls", {"site": "adoctor", "kind": "question", "state": "fetched"}, 3),
        ("questions", ENGLISH, 2),
        ("questions", ENGLISH | {"language": "zh-Hant"}, 1),
        (
            "unanswered_questions",
            ENGLISH,
            1,
        ),
        ("replies", ENGLISH, 2),
        ("problem_urls", {"site": "adoctor", "code": "page-changed"}, 2),
        ("problem_urls", {"site": "adoctor", "code": 'odd "code"\\'}, 1),
        ("last_run_start_timestamp_seconds", {"site": "adoctor", "host": "h"}, 1795251600),
        ("last_run_end_timestamp_seconds", {"site": "adoctor", "host": "h"}, 1795255200),
        ("last_run_exit_status", {"site": "adoctor", "host": "h", "why": "finished"}, 1),
        ("last_run_urls", {"site": "adoctor", "host": "h", "outcome": "fetched"}, 1),
        ("last_run_urls", {"site": "adoctor", "host": "h", "outcome": "problem"}, 2),
        ("last_run_urls", {"site": "adoctor", "host": "h", "outcome": "lost"}, 0),
        ("last_run_died", {"site": "adoctor", "host": "h"}, 0),
        ("last_run_died", {"site": "qapage", "host": "h"}, 1),
        ("last_success_timestamp_seconds", {"site": "adoctor", "host": "h"}, 1795168800),
        ("last_run_start_timestamp_seconds", {"site": "qapage", "host": "h"}, 1795338000),
        ("last_run_exit_status", {"site": "adoctor", "host": "copy", "why": "unreachable"}, 5),
        ("received_bytes", {"site": "adoctor"}, 970),
        ("captures", {}, 3),
    ]
    found = samples(archive)
    for name, labels, value in expected:
        assert found[f"qarchive_{name}", frozenset(labels.items())] == value, (name, labels)


def test_a_run_goes_on_while_the_archive_is_locked(archive: Path) -> None:
    with lock.take(archive):
        found = samples(archive)
    labels = frozenset({("site", "qapage"), ("host", "h")})
    assert found["qarchive_last_run_died", labels] == 0


def test_a_site_without_an_ended_run_has_no_end_and_no_success(archive: Path) -> None:
    names = {name for name, labels in samples(archive) if ("site", "qapage") in labels}
    assert names == {
        "qarchive_last_run_died",
        "qarchive_last_run_start_timestamp_seconds",
        "qarchive_last_run_urls",
        "qarchive_received_bytes",
    }


def test_an_archive_of_no_runs_has_figures_too(
    tmp_path: Path, connection: sqlite3.Connection
) -> None:
    connection.execute("DELETE FROM runs")
    assert {name for name, _ in samples(tmp_path)} == {
        "qarchive_captures",
        "qarchive_warc_bytes",
        "qarchive_database_bytes",
    }
