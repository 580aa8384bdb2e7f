"""`qarchive demo` ends by itself with an archive, its exports and the next command to type."""

import csv
import json
import os
import socket
import sqlite3
import subprocess
from collections import Counter
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.stages import from_scratch

pytestmark = pytest.mark.dear

TABLES = (
    "questions", "question_versions", "replies", "doctors", "departments", "faq_tags",
    "questions_faq_tags", "similar_questions", "problems", "urls",
)  # fmt: skip


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Any]]:
    """The archive, and two demos into it with its tables' sizes after each."""
    archive = tmp_path_factory.mktemp("demo") / "archive"
    port = _three_free_ports()
    return archive, [(_demo(archive, port), _sizes(archive)) for _ in range(2)]


def _demo(archive: Path, port: int) -> subprocess.CompletedProcess[str]:
    return from_scratch("demo", "--archive", archive, "--port", port)


def _three_free_ports() -> int:
    """The first of them; below those that a system hands out by itself."""
    for first in range(21000 + os.getpid() % 1000 * 3, 32000, 3):
        with ExitStack() as stack, suppress(OSError):
            for port in range(first, first + 3):
                stack.enter_context(closing(socket.create_server(("127.0.0.1", port))))
            return first
    raise AssertionError("no free ports")


def _sizes(archive: Path) -> dict[str, int]:
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        return {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in TABLES}


def test_it_ends_well_and_names_the_next_command(demos: tuple[Path, list[Any]]) -> None:
    archive, runs = demos
    for ended, _ in runs:
        assert (ended.returncode, ended.stderr) == (0, ""), ended.stderr
        assert f"serve --archive {archive}" in ended.stdout.splitlines()[-1]


def test_it_holds_500_questions_of_three_sites_in_both_languages(
    demos: tuple[Path, list[Any]],
) -> None:
    lines = (demos[0] / "exports" / "questions.jsonl").read_text("utf-8").splitlines()
    held = Counter((record["site"], record["language"]) for record in map(json.loads, lines))
    assert held.total() >= 500
    assert held.keys() == {
        ("adoctor", "en"), ("adoctor", "zh-Hant"), ("taiwan-ehospital", "zh-Hant"),
        ("127.0.0.1", "en"),
    }  # fmt: skip


def test_the_tables_of_the_csv_export_hold_the_same(demos: tuple[Path, list[Any]]) -> None:
    archive, runs = demos
    with (archive / "exports" / "csv" / "questions.csv").open(encoding="utf-8-sig") as file:
        assert sum(1 for _ in csv.DictReader(file)) == runs[-1][1]["questions"]


def test_a_second_demo_adds_nothing(demos: tuple[Path, list[Any]]) -> None:
    (_, first), (_, second) = demos[1]
    assert first == second
    assert first["problems"] == 0


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        ended = _demo(tmp_path, taken.getsockname()[1])
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "--port" in ended.stderr
