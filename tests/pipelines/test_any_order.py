"""Whatever happens to a site and to its archive, and in which order: it is told as it was."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from pipelines import lock
from pipelines.errors import WrongPlaceError
from pipelines.layout import DATABASE
from pipelines.merge import merge
from pipelines.rebuild import rebuild
from pipelines.reextract import reextract
from scraper import loading
from scraper.items import Question
from scraper.reading.page import Page
from tests.crawling import Toy, crawl, read_question
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.forgetting.merging import SITES, history
from tests.forgetting.searching import occurrences
from tests.forgetting.toys import copy, forget, killed_at

pytestmark = pytest.mark.dear

LESSONS = ", lesson "
NUMBERS = st.integers(1, 5)
DEATHS = st.none() | st.integers(0, 60)  # changes of files before the command is killed


class Site:
    """A forum whose pages name each other's titles; every text is another word."""

    def __init__(self) -> None:
        self.texts: dict[int, str] = {}  # of the pages that are there
        self.design = 0
        self._written = 0

    def write(self, number: int) -> None:
        self._written += 1
        self.texts[number] = f"Wellensittich{self._written}x{number}"

    def page(self, number: int) -> str:
        """A page that quotes the one after it, as far as that is there."""
        text, other = self.texts[number], number % 5 + 1
        quoted = f'<a href="/q/{other}">{self.texts[other]}</a>' if other in self.texts else ""
        return f"<!-- {self.design} --><h1>{text}</h1><p>I ask: {text}</p><li>Rest</li>{quoted}"

    def play(self, server: FaultServer) -> None:
        """Let the server answer with the pages as they are."""
        links = "".join(f'<a href="/q/{number}">' for number in self.texts)
        server.play("/", [reply(200, body=f"<p>Home</p>{links}".encode())])
        for number in range(1, 6):
            known = number in self.texts
            body = self.page(number).encode() if known else b""
            server.play(f"/q/{number}", [reply(200, body=body) if known else reply(404)])


class Archived(RuleBasedStateMachine):
    """A site that changes, its archive, and what the archive must tell of it."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        self._server = self._stack.enter_context(FaultServer())
        folder = Path(self._stack.enter_context(TemporaryDirectory()))
        self._archive, self._copy, self._merged = (folder / name for name in ("a", "b", "merged"))
        self._patch = self._stack.enter_context(pytest.MonkeyPatch.context())
        self._patch.setattr(loading, "sites", lambda: SITES)
        self._now = datetime(2026, 9, 7, 9, tzinfo=UTC)
        self._site = Site()
        self._lessons = 0
        self._told: dict[int, list[str]] = {}  # number -> texts, as they followed each other
        self._words: dict[int, set[str]] = {}  # every text of a page that was ever crawled
        self._forgotten: set[int] = set()
        for number in (1, 2, 3):
            self._site.write(number)
        self._crawl(self._archive)

    def teardown(self) -> None:
        self._stack.close()

    @rule(number=NUMBERS)
    def edit(self, number: int) -> None:
        self._site.write(number)

    @rule(number=NUMBERS)
    def edit_back(self, number: int) -> None:
        if number in self._site.texts and number in self._told:
            self._site.texts[number] = self._told[number][0]

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
        self._now += timedelta(days=days)
        self._crawl(self._archive)

    @rule(death=DEATHS)
    def delete_the_database(self, death: int | None) -> None:
        (self._archive / DATABASE).unlink()

        def repair() -> None:
            with closing(lock.take(self._archive)):
                rebuild(self._archive, SITES)

        run(repair, death)
        self._check()

    @rule(death=DEATHS)
    def read_again(self, death: int | None) -> None:
        run(lambda: reextract(self._archive, SITES, 1, lambda _: None), death)
        report = reextract(self._archive, SITES, 1, lambda _: None)
        assert [*report.causes, *report.fields, *report.failed] == []
        self._check()

    @precondition(lambda self: len(self._told) > 1)
    @rule(data=st.data(), death=DEATHS)
    def take_down(self, data: st.DataObject, death: int | None) -> None:
        number = data.draw(st.sampled_from(sorted(self._told)))

        def forget_it() -> None:
            status, *said = forget(self._archive, f"toy:{number}:en", "--reason", "asked for")
            assert status == 0, said

        run(forget_it, death)
        del self._told[number]
        self._forgotten.add(number)
        self._check()

    @rule()
    def copy(self) -> None:
        copy(self._archive, self._copy)

    @precondition(lambda self: self._copy.exists())
    @rule(first=st.booleans(), death=DEATHS)
    def merge_with_the_copy(self, death: int | None, *, first: bool) -> None:
        """What was taken down after the copy was made stays away."""
        sources = (self._copy, self._archive)[:: 1 if first else -1]
        with suppress(WrongPlaceError):  # killed at its end, it is complete
            run(lambda: merge(sources, self._merged, SITES, lambda _: None), death)
        for folder in sources:
            shutil.rmtree(folder)
        self._merged.rename(self._archive)
        self._check()

    def _crawl(self, archive: Path) -> None:
        self._site.play(self._server)
        self._patch.setattr("scraper.clock.STARTED", time.monotonic())
        self._patch.setenv("QARCHIVE_NOW", self._now.isoformat())
        crawl(archive, base_url=self._server.url("/"), revisit="all")
        for number, text in self._site.texts.items():
            self._words.setdefault(number, set()).add(text)
            texts = self._told.setdefault(number, [])
            if number in self._forgotten:
                del self._told[number]
            elif texts[-1:] != [text]:
                texts.append(text)
        self._check()

    def _check(self) -> None:
        edits = {key: list(edits_in(versions)) for key, versions in history(self._archive).items()}
        assert edits == {
            f"toy:{number}:en": [
                ("content" if place else "new", f"I ask: {text}")
                for place, text in enumerate(texts)
            ]
            for number, texts in self._told.items()
        }
        words = [word for number in self._forgotten for word in self._words[number]]
        assert occurrences(self._archive, tuple(words)) == []


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
