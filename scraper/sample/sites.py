"""The sample sites by name, each with its pages and with the truth about them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from scraper.items import Question
from scraper.sample.adoctor.layouts import ALL_LAYOUTS
from scraper.sample.adoctor.records import AdoctorTruth
from scraper.sample.adoctor.site import Adoctor
from scraper.sample.catalogue import Catalogue
from scraper.sample.dealing import Numbers
from scraper.sample.ehospital.site import Ehospital
from scraper.sample.ehospital.truth import EhospitalTruth
from scraper.sample.history import Changes
from scraper.sample.qapage.site import Forum
from scraper.sample.qapage.truth import ForumTruth
from scraper.sample.sitemaps import in_sitemap
from scraper.sample.web import Answering, Finder, Response

_FIRST = {"adoctor": 177001, "taiwan-ehospital": 1, "qapage": 4101}  # numbers
NAMES = tuple(_FIRST)


class Truth(Protocol):
    """What a sample site knows of itself."""

    @property
    def languages(self) -> tuple[str, ...]:
        """BCP 47 codes."""

    def record(self, index: int, language: str, home: str, /) -> Question:
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

    @property
    def start(self) -> str:
        """The path of the start page."""
        return "/doctor/" if self.name == "taiwan-ehospital" else "/"

    @property
    def home(self) -> str:
        """The URL of the start page where none is served."""
        return f"http://127.0.0.1{self.start}"

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

    def truth(self, number: int, home: str | None = None) -> Question | None:
        """The record of a question in the site's first language, None if it can't be read now.

        `home`: the URL of the served start page.
        """
        index = self.catalogue.index(number)
        if index is None or not self.catalogue.lives(index):
            return None
        return self._truth.record(index, self.languages[0], home or self.home)

    def records(self, home: str | None = None) -> Iterator[Question]:
        """All records in all languages, by number."""
        for index in self.catalogue.history.living(self.catalogue.revision):
            for language in self.languages:
                yield self._truth.record(index, language, home or self.home)

    def in_sitemap(self, number: int) -> bool:
        """Whether the sitemap names a living question; 2 % are found on other pages only."""
        index = self.catalogue.index(number)
        if index is None or self.name == "taiwan-ehospital":  # that one has no sitemap
            return False
        return self.catalogue.lives(index) and in_sitemap(self.catalogue, index)

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
    if layout is not None and layout not in ALL_LAYOUTS:
        raise ValueError(f"no layout {layout!r}; there are {', '.join(ALL_LAYOUTS)}")
    if name not in NAMES:
        raise ValueError(f"no sample site {name!r}; there are {', '.join(NAMES)}")
    numbers = Numbers(seed, _FIRST[name])
    site = Catalogue(seed=seed, questions=questions, revision=revision, numbers=numbers)
    if name == "adoctor":
        return _sample(name, site, Adoctor(site, layout), AdoctorTruth(site))
    if name == "taiwan-ehospital":
        return _sample(name, site, Ehospital(site), EhospitalTruth(site))
    return _sample(name, site, Forum(site), ForumTruth(site))


def _sample(name: str, site: Catalogue, finder: Finder, truth: Truth) -> SampleSite:
    return SampleSite(name, site, Answering(finder, b"<h1>404 Not Found</h1>"), truth)
