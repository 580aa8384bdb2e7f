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
from types import SimpleNamespace
from typing import NamedTuple
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from scraper.cli.commands.demo import command
from tests.conventions import REPO
from tests.few_topics import build_small
from tests.forked import python_m
from tests.questions import new_archive
from tests.stages import from_scratch, typed

pytestmark = pytest.mark.dear

FEW = {"adoctor": 6, "taiwan-ehospital": 8, "qapage": 7}
TABLES = (
    "questions", "question_versions", "replies", "doctors", "departments", "faq_tags",
    "questions_faq_tags", "similar_questions", "problems", "urls",
)  # fmt: skip


class Demo(NamedTuple):
    """A demo that has ended."""

    archive: Path
    port: int
    ended: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """One of a few questions; what it starts it starts as ever."""
    archive, port = tmp_path_factory.mktemp("demo") / "archive", _three_free_ports()
    words = ("demo", "--archive", archive, "--port", port)
    environment = {"PYTHONPATH": str(REPO), "PATH": os.environ["PATH"]}
    ended = python_m("scraper.cli", *words, environment=environment, prepare=_with_few_questions)
    return Demo(archive, port, ended)


def _with_few_questions() -> None:
    patch(
        "scraper.sample.sites.build",
        lambda name, questions: build_small(name, questions=min(questions, FEW[name])),
    ).start()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return _demo(tmp_path_factory.mktemp("demo") / "archive", _three_free_ports())


def _demo(archive: Path, port: int) -> Demo:
    return Demo(archive, port, from_scratch("demo", "--archive", archive, "--port", port))


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


def test_it_ends_well_and_names_the_next_command(demo: Demo) -> None:
    assert (demo.ended.returncode, demo.ended.stderr) == (0, ""), demo.ended.stderr
    assert f"serve --archive {demo.archive}" in demo.ended.stdout.splitlines()[-1]


def _held(demo: Demo) -> Counter[tuple[str, str]]:
    """How many questions of each site and language are exported."""
    lines = (demo.archive / "exports" / "questions.jsonl").read_text("utf-8").splitlines()
    return Counter((record["site"], record["language"]) for record in map(json.loads, lines))


def test_it_holds_all_questions_of_three_sites_in_both_languages(demo: Demo) -> None:
    assert _held(demo) == {
        ("adoctor", "en"): 6, ("adoctor", "zh-Hant"): 6, ("taiwan-ehospital", "zh-Hant"): 8,
        ("127.0.0.1", "en"): 7,
    }  # fmt: skip


def test_it_goes_into_no_folder_of_other_files(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch()
    done = typed("demo", "--archive", tmp_path)
    told = f"qarchive: {tmp_path}/letter.txt is no archive's: name a new folder with --archive.\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_it_goes_into_no_archive_of_a_real_site(tmp_path: Path) -> None:
    connection = new_archive(tmp_path)
    connection.execute("UPDATE runs SET home='https://adoctor.tw/'")
    connection.commit()
    connection.close()
    done = typed("demo", "--archive", tmp_path)
    told = f"qarchive: {tmp_path} holds a real site: name a new folder with --archive.\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_a_port_that_is_taken_is_told_before_anything_is_done(tmp_path: Path, taken: int) -> None:
    port, ran = _three_free_ports(), list[list[str]]()
    with (
        closing(socket.create_server(("127.0.0.1", port + taken))),
        patch("scraper.sample.sites.build", lambda *_, **__: SimpleNamespace(start="/")),
        patch("subprocess.run", lambda words, **_: ran.append(words)),
    ):
        words = ["--archive", str(tmp_path / "demo"), "--port", str(port)]
        done = CliRunner().invoke(command, words)
    assert (done.exit_code, ran) == (2, [])
    assert f"port {port + taken} cannot be used" in done.output


@pytest.mark.campaign
def test_it_holds_500_questions(whole: Demo) -> None:
    assert (whole.ended.returncode, whole.ended.stderr) == (0, ""), whole.ended.stderr
    held = _held(whole)
    assert held.total() >= 500
    assert len(held) == 4


def test_the_tables_of_the_csv_export_hold_the_same(demo: Demo) -> None:
    table = demo.archive / "exports" / "csv" / "questions.csv"
    with table.open(encoding="utf-8-sig") as file:
        assert sum(1 for _ in csv.DictReader(file)) == _sizes(demo.archive)["questions"]


@pytest.mark.campaign
def test_a_second_demo_adds_nothing(whole: Demo) -> None:
    before = _sizes(whole.archive)
    again = _demo(whole.archive, whole.port).ended
    assert (again.returncode, again.stderr) == (0, ""), again.stderr
    assert _sizes(whole.archive) == before
