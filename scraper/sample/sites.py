"""The sample sites by name, each with its pages and with the truth about them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from scraper.items import Question
from scraper.sample.adoctor.records import AdoctorTruth
from scraper.sample.adoctor.site import FIRST_NUMBER, Adoctor
from scraper.sample.catalogue import Catalogue
from scraper.sample.dealing import Numbers
from scraper.sample.history import Changes
from scraper.sample.web import Answering, Finder, Response

NAMES = ("adoctor", "taiwan-ehospital", "qapage")
HOME = "http://127.0.0.1/"


class Truth(Protocol):
    """What a sample site knows of itself."""

    languages: tuple[str, ...]

    def record(self, index: int, language: str, home: str) -> Question:
        """What a perfect reader reads from a living question's page."""


@dataclass(frozen=True)
class SampleSite:
    """A site's pages, and what is really on them."""

    name: str
    catalogue: Catalogue
    _answering: Answering
    _truth: Truth

    @property
    def languages(self) -> tuple[str, ...]:
        """BCP 47 codes; every question exists in all of them."""
        return self._truth.languages

    def respond(
        self, path_and_query: bytes | str, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Answer a GET without a socket; header names in any case."""
        target = path_and_query if isinstance(path_and_query, bytes) else path_and_query.encode()
        lowered = {name.lower(): value for name, value in (headers or {}).items()}
        return self._answering.respond(target, lowered)

    def existing_ids(self) -> Iterator[int]:
        """Numbers of the questions that can be read now, ascending."""
        for index in self.catalogue.history.living(self.catalogue.revision):
            yield self.catalogue.numbers.number(index)

    def gone_ids(self) -> Iterator[int]:
        """Numbers of the questions that were taken down by now, ascending."""
        for index in range(self.catalogue.count):
            if not self.catalogue.lives(index):
                yield self.catalogue.numbers.number(index)

    def truth(self, number: int, language: str | None = None, home: str = HOME) -> Question | None:
        """The record of a question, None if it can't be read now; the first language if none."""
        index = self.catalogue.index(number)
        if index is None or not self.catalogue.lives(index):
            return None
        return self._truth.record(index, language or self.languages[0], home)

    def records(self, home: str = HOME) -> Iterator[Question]:
        """All records in all languages, by number."""
        for index in self.catalogue.history.living(self.catalogue.revision):
            for language in self.languages:
                yield self._truth.record(index, language, home)

    def oddities(self, number: int) -> frozenset[str]:
        """What is odd about a question, by the names in `catalogue.RATES`."""
        index = self.catalogue.index(number)
        return self.catalogue.oddities(index) if index is not None else frozenset()

    def changes(self, revision: int) -> Changes:
        """What a revision did, as numbers."""
        return self.catalogue.changes(revision)


def build(
    name: str, *, questions: int = 300, seed: int = 1, revision: int = 1, layout: str | None = None
) -> SampleSite:
    """A sample site; `layout` forces one markup on all question pages of adoctor.

    Raises:
        ValueError: an unknown site or layout, or a number below 1.
    """
    if questions < 1 or revision < 1:
        raise ValueError("--questions and --revision start at 1")
    numbers = Numbers(seed, FIRST_NUMBER)
    catalogue = Catalogue(seed=seed, questions=questions, revision=revision, numbers=numbers)
    finder: Finder = Adoctor(catalogue, layout)
    truth: Truth = AdoctorTruth(catalogue)
    return SampleSite(name, catalogue, Answering(finder, b"<h1>Not found</h1>"), truth)
