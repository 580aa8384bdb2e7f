"""A sample site with marked questions, crawled over two revisions and exported."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from exports.records import records
from pipelines.verify import verify
from scraper.sample.history import moment
from scraper.sample.server import serve
from tests.database import rows
from tests.forgetting.searching import occurrences
from tests.redaction.planted import CANARIES, Planted, planted
from tests.stages import Watched, qarchive

# Whole, and as pieces that an index might hold: prefixes shared, characters one by one.
WORDS = (*CANARIES, "anarienvog", "絲雀", "金 絲 雀")
FORMATS = ("jsonl", "csv", "atom", "wacz")


@dataclass
class Trial:
    """An archive of a planted site, which is being served."""

    site: Planted
    watched: Watched
    url: str
    archive: Path

    def crawl(self, revision: int, *words: str) -> None:
        self.watched.site = self.site.at(revision)
        done = qarchive(
            "crawl", self.site.site.name, "--base-url", self.url, "--archive", self.archive,
            "--no-progress", "--revisit", "all", *words, QARCHIVE_NOW=moment(revision).isoformat(),
        )  # fmt: skip
        assert done.returncode in {0, 1}, done.stderr

    def records(self) -> dict[str, dict[str, Any]]:
        return {record["id"]: record for record in records(self.archive)}

    def gone(self) -> list[str]:
        """Ids of the records to forget, one for each question."""
        ids = [
            record["id"] for record in self.records().values() if self.site.is_gone(record["url"])
        ]
        return sorted({id_.rpartition(":")[0]: id_ for id_ in ids}.values())

    def occurrences(self) -> list[str]:
        return occurrences(self.archive, WORDS)

    def is_sound(self) -> bool:
        """Check the archive with `verify` and SQLite's own checks."""
        assert [str(finding) for finding in verify(self.archive)] == []
        whole = rows(self.archive, "PRAGMA integrity_check") == [("ok",)]
        return whole and not rows(self.archive, "PRAGMA foreign_key_check")

    def command(self, *words: object) -> subprocess.CompletedProcess[str]:
        return qarchive(*words, "--archive", self.archive)


@contextmanager
def trial(name: str, folder: Path, *, questions: int, every: int) -> Iterator[Trial]:
    """The archive after two crawls, with exports and a log that quotes a question."""
    with planted(name, questions=questions, every=every) as site:
        watched = Watched(site.site)
        with serve(watched) as home:
            here = Trial(site, watched, home, folder / "archive")
            here.crawl(1)
            here.crawl(2)
            for format_ in FORMATS:
                module = import_module(f"exports.{format_}")
                module.write(here.archive, here.archive / "exports" / module.NAME)
            yield here


def blanked(trial: Trial, record: dict[str, Any]) -> dict[str, Any]:
    """The record as it must be after the forgetting."""
    cards = [_card(trial, card) for card in record["similar"]]
    return record | {"similar": cards}


def without_mentions(trial: Trial, record: dict[str, Any]) -> dict[str, Any]:
    """The record without mentions of forgotten questions; a link's mention goes with the link."""
    site = trial.site.site
    gone = {str(site.catalogue.numbers.number(index)) for index in trial.site.indexes}
    return record | {"mentions": [number for number in record["mentions"] if number not in gone]}


def _card(trial: Trial, card: dict[str, Any]) -> dict[str, Any]:
    if card["url"] is None or not trial.site.is_gone(card["url"]):
        return card
    replied = card["reply_excerpt"] is not None
    return card | {
        "title": "[removed]", "url": None,
        "question_excerpt": "[removed]", "question_complete": True,
        "reply_excerpt": "[removed]" if replied else None, "reply_complete": replied,
    }  # fmt: skip


def numbers(trial: Trial) -> re.Pattern[str]:
    """A pattern of the paths of the forgotten questions."""
    numbers = (trial.site.site.catalogue.numbers.number(index) for index in trial.site.indexes)
    every = "|".join(map(str, numbers))
    return re.compile(rf"(?:article/|q_no=|questions/)0*(?:{every})\b")
