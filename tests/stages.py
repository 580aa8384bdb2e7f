"""Runs of `qarchive`, and a sample site with its archive after each of four crawls."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from scraper.cli import main
from scraper.record import to_record
from scraper.sample.history import moment
from scraper.sample.server import serve
from scraper.sample.web import Response
from tests.conventions import REPO
from tests.database import rows
from tests.few_topics import build_small
from tests.forked import python_m
from tests.truth.sites import SampleSite

QUESTIONS = {"adoctor": 30, "taiwan-ehospital": 40, "qapage": 34}
SEED = 41  # of sites that hold unanswered questions, and have edits and pages gone when LATER
LATER = 3  # the revision that the last crawl meets


def qarchive(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a user gives it; only PATH and `environment` are set."""
    return python_m("scraper.cli", *words, environment=_environment(environment))


def from_scratch(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """As `qarchive`, in a new interpreter."""
    return subprocess.run(
        [sys.executable, "-m", "scraper.cli", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        env=_environment(environment),
    )


def _environment(extra: dict[str, str]) -> dict[str, str]:
    return {"PYTHONPATH": str(REPO), "PATH": os.environ["PATH"], **extra}


def typed(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """As `qarchive`, in this process: quicker, for commands that crawl nothing."""
    out = TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True)
    given = {"PATH": os.environ["PATH"], **environment}
    with (
        patch.object(sys, "argv", ["qarchive", *map(str, words)]),
        patch.dict(os.environ, given, clear=True),
        redirect_stdout(out),
        redirect_stderr(StringIO()) as errors,
        pytest.raises(SystemExit) as ended,
    ):
        main()
    status = ended.value.code or 0
    assert isinstance(status, int)
    printed = out.buffer.getvalue().decode()
    return subprocess.CompletedProcess(sys.argv, status, printed, errors.getvalue())


@dataclass
class Watched:
    """A sample site that counts its requests and can be replaced while it is served."""

    site: SampleSite
    asked: Counter[str] = field(default_factory=Counter)

    @property
    def start(self) -> str:
        """The path of the start page."""
        return self.site.start

    def respond(self, path_and_query: bytes, headers: Mapping[str, str]) -> Response:
        """Answer as the site does."""
        self.asked[path_and_query.decode("latin-1")] += 1
        return self.site.respond(path_and_query, headers)


@dataclass(frozen=True)
class Stage:
    """The state after one crawl."""

    site: SampleSite  # as it was then
    home: str
    archive: Path
    ended: subprocess.CompletedProcess[str]
    asked: Counter[str]  # path and query -> how often

    def rows(self, query: str, *values: object) -> list[Any]:
        """A query's rows from the archive's database."""
        return rows(self.archive, query, *values)

    def truth(self) -> dict[str, dict[str, Any]]:
        """The records that the site publishes, by id, without the time of capture."""
        anytime = moment(1)
        records = (to_record(question, anytime) for question in self.site.records(self.home))
        return {record["id"]: timeless(record) for record in records}


_TIMES = {"captured_at", "gone_since"}


def timeless(record: dict[str, Any]) -> dict[str, Any]:
    """The record without the times of capture and removal."""
    return {name: value for name, value in record.items() if name not in _TIMES}


@dataclass(frozen=True)
class Stages:
    """A first crawl, the same command again, one with `--revisit all`, and one weeks later."""

    first: Stage
    again: Stage
    everything: Stage
    later: Stage


def crawl_stages(name: str, folder: Path) -> Stages:
    """Crawl a sample site four times; each stage keeps a copy of the archive."""
    sites = [
        build_small(name, questions=QUESTIONS[name], seed=SEED, revision=number)
        for number in (1, LATER)
    ]
    watched = Watched(sites[0])
    with serve(watched) as home:

        def stage(label: str, *words: str) -> Stage:
            watched.asked = Counter()
            now = moment(watched.site.catalogue.revision).isoformat()
            ended = qarchive(
                "crawl", name, "--base-url", home, "--archive", folder / "archive",
                "--no-progress", *words, QARCHIVE_NOW=now,
            )  # fmt: skip
            kept = shutil.copytree(folder / "archive", folder / label)
            return Stage(watched.site, home, kept, ended, watched.asked)

        first, again = stage("first"), stage("again")
        everything = stage("everything", "--revisit", "all")
        watched.site = sites[1]
        return Stages(first, again, everything, stage("later", "--revisit", "all"))
