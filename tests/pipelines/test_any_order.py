"""Whatever happens to a site and to its archive, and in which order: it is told as it was."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from pipelines.errors import WrongPlaceError
from pipelines.layout import DATABASE
from pipelines.merge import merge
from pipelines.reextract import reextract
from scraper import loading
from scraper.items import Question
from scraper.reading.page import Page
from tests.crawling import Toy, crawl
from tests.faults.server import FaultServer
from tests.forgetting.merging import SITES, history
from tests.forgetting.searching import occurrences
from tests.forgetting.toys import copy, forget, killed_at
from tests.pipelines.changing_forum import Site
from tests.repairing import repair

read_question = Toy.read_question  # tests put others in its place
pytestmark = pytest.mark.dear

LESSONS = ", lesson "
NUMBERS = st.integers(1, 5)
TURNS = st.lists(st.tuples(st.booleans(), NUMBERS, st.booleans()), min_size=2, max_size=5)
DEATHS = st.none() | st.integers(0, 60)  # changes of files before the command is killed


class Look(NamedTuple):
    """What a crawl saw, and the archives that tell of it."""

    at: datetime
    texts: dict[int, str]
    archives: set[Path]


class Archived(RuleBasedStateMachine):
    """A site that changes, two machines that crawl it, and what their archives must tell of it.

    They have one clock, which goes back only while all that was seen is in one archive.
    """

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        self._server = self._stack.enter_context(FaultServer())
        folder = Path(self._stack.enter_context(TemporaryDirectory()))
        self._archive, self._other, self._merged = (folder / name for name in ("a", "b", "merged"))
        self._patch = self._stack.enter_context(pytest.MonkeyPatch.context())
        self._patch.setattr(loading, "sites", lambda: SITES)
        self._now = datetime(2026, 9, 7, 9, tzinfo=UTC)
        self._site = Site()
        self._lessons = 0
        self._looks: list[Look] = []
        self._forgotten: set[int] = set()
        for number in (1, 2, 3):
            self._site.write(number)
        self._crawl(self._archive)
        self._check()

    def teardown(self) -> None:
        self._stack.close()

    @rule(number=NUMBERS)
    def edit(self, number: int) -> None:
        self._site.write(number)

    @rule(crawls=NUMBERS)
    def restore_a_backup(self, crawls: int) -> None:
        """So many crawls ago the site said the same."""
        self._site.texts = dict(self._looks[-crawls:][0].texts)

    @rule(number=NUMBERS)
    def remove(self, number: int) -> None:
        if len(self._site.texts) > 2:
            self._site.texts.pop(number, None)

    @rule()
    def redesign(self) -> None:
        self._site.design += 1

    @rule()
    def teach_the_reader(self) -> None:
        self._lessons += 1
        self._patch.setattr(Toy, "read_question", staticmethod(partial(read, self._lessons)))

    @rule(days=st.integers(-3, 9).filter(bool))
    def crawl(self, days: int) -> None:
        self._now += timedelta(days=abs(days) if self._other.exists() else days)
        self._crawl(self._archive)
        self._check()

    @rule(turns=TURNS, first=st.none() | st.booleans(), death=DEATHS)
    def crawl_by_turns(
        self, turns: list[tuple[bool, int, bool]], death: int | None, *, first: bool | None
    ) -> None:
        for is_edit, number, elsewhere in turns:
            (self.edit if is_edit else self.restore_a_backup)(number)
            self._now = max(self._now, *(look.at for look in self._looks)) + timedelta(days=1)
            self._crawl(self._other if elsewhere else self._archive)
        if first is not None and self._other.exists():
            self.merge(death, first=first)

    @rule(death=DEATHS)
    def delete_the_database(self, death: int | None) -> None:
        (self._archive / DATABASE).unlink()
        run(lambda: repair(self._archive), death)
        self._check()

    @rule(death=DEATHS)
    def read_again(self, death: int | None) -> None:
        run(lambda: reextract(self._archive, SITES, 1, lambda _: None), death)
        report = reextract(self._archive, SITES, 1, lambda _: None)
        assert [*report.causes, *report.fields, *report.failed] == []
        self._check()

    @precondition(lambda self: len(self._told()) > 1)
    @rule(data=st.data(), death=DEATHS)
    def take_down(self, data: st.DataObject, death: int | None) -> None:
        number = data.draw(st.sampled_from(sorted(self._told())))

        def forget_it() -> None:
            status, *said = forget(self._archive, f"toy:{number}:en", "--reason", "asked for")
            assert status == 0, said

        run(forget_it, death)
        self._forgotten.add(number)
        self._check()

    @rule()
    def copy(self) -> None:
        copy(self._archive, self._other)
        for look in self._looks:
            look.archives.discard(self._other)
            if self._archive in look.archives:
                look.archives.add(self._other)

    @precondition(lambda self: self._other.exists())
    @rule(first=st.booleans(), death=DEATHS)
    def merge(self, death: int | None, *, first: bool) -> None:
        """What was taken down in one of them stays away."""
        sources = (self._other, self._archive)[:: 1 if first else -1]
        with suppress(WrongPlaceError):  # killed at its end, it is complete
            run(lambda: merge(sources, self._merged, SITES, lambda _: None), death)
        for folder in sources:
            shutil.rmtree(folder)
        self._merged.rename(self._archive)
        self._looks = [
            look._replace(archives={self._archive}) for look in self._looks if look.archives
        ]
        self._check()

    def _crawl(self, archive: Path) -> None:
        self._site.play(self._server)
        self._patch.setattr("scraper.clock.STARTED", time.monotonic())
        self._patch.setenv("QARCHIVE_NOW", self._now.isoformat())
        crawl(archive, base_url=self._server.url("/"), revisit="all")
        self._looks.append(Look(self._now, dict(self._site.texts), {archive}))

    def _told(self) -> dict[int, list[str]]:
        """For each question the texts that the archive tells of, as they followed each other."""
        told: dict[int, list[str]] = {}
        for look in self._looks:
            if self._archive not in look.archives:
                continue
            for number in look.texts.keys() - self._forgotten:
                texts = told.setdefault(number, [])
                if texts[-1:] != [look.texts[number]]:
                    texts.append(look.texts[number])
        return told

    def _check(self) -> None:
        edits = {key: list(edits_in(versions)) for key, versions in history(self._archive).items()}
        assert edits == {
            f"toy:{number}:en": [
                ("content" if place else "new", f"I ask: {text}")
                for place, text in enumerate(texts)
            ]
            for number, texts in self._told().items()
        }
        words = {look.texts.get(number, "") for look in self._looks for number in self._forgotten}
        assert occurrences(self._archive, tuple(words - {""})) == []


def read(lessons: int, page: Page) -> Question:
    """Read a page as a reader does that has learnt something."""
    question = read_question(page)
    return replace(question, text=f"{question.text}{LESSONS}{lessons}")


def edits_in(versions: list[tuple[Any, ...]]) -> Iterator[tuple[str, str]]:
    """The versions that are the site's, without what the reader has learnt."""
    before = ""
    for cause, text, *_ in versions:
        words = text.partition(LESSONS)[0]
        if cause != "reader":
            yield cause, words
        else:
            assert words == before
        before = words


def run(work: Callable[[], object], death: int | None) -> None:
    """Do the work; once killed, once more."""
    if death is None or killed_at(death, work):
        work()


@pytest.mark.parametrize(
    ("examples", "steps"), [(4, 10), pytest.param(60, 25, marks=pytest.mark.campaign)]
)
def test_the_archive_tells_what_happened(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Archived,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, derandomize=True, deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
