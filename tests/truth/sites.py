"""The sample sites with their expected records: what a perfect reader would read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from scraper.items import Question
from scraper.sample.adoctor.layouts import ALL_LAYOUTS
from scraper.sample.adoctor.site import Adoctor
from scraper.sample.catalogue import Catalogue
from scraper.sample.history import Changes
from scraper.sample.sitemaps import in_sitemap
from scraper.sample.sites import NAMES
from scraper.sample.sites import SampleSite as Plain
from scraper.sample.sites import build as plain
from scraper.sample.web import Responder
from tests.truth.adoctor import AdoctorTruth
from tests.truth.ehospital import EhospitalTruth
from tests.truth.qapage import ForumTruth

__all__ = ["NAMES", "SampleSite", "build"]


class Truth(Protocol):
    """The expected records of a sample site."""

    @property
    def languages(self) -> tuple[str, ...]:
        """BCP 47 codes."""

    def record(self, index: int, language: str, home: str, /) -> Question:
        """What a perfect reader reads from a living question's page."""


_TRUTHS: dict[str, Callable[[Catalogue], Truth]] = {
    "adoctor": AdoctorTruth,
    "taiwan-ehospital": EhospitalTruth,
    "qapage": ForumTruth,
}


@dataclass(frozen=True)
class SampleSite(Plain):
    """A sample site with the records that its pages hold."""

    _truth: Truth

    @property
    def languages(self) -> tuple[str, ...]:
        """BCP 47 codes; every question exists in all of them."""
        return self._truth.languages

    def existing_ids(self) -> Iterator[int]:
        """Numbers of the questions that can be read now, ascending."""
        yield from map(self.catalogue.numbers.number, self._living())

    def _living(self) -> Iterator[int]:
        return filter(self.catalogue.is_living, range(self.catalogue.question_count))

    def gone_ids(self) -> Iterator[int]:
        """Numbers of the questions that were taken down by now, ascending."""
        for index in range(self.catalogue.question_count):
            if not self.catalogue.is_living(index):
                yield self.catalogue.numbers.number(index)

    def truth(self, number: int, home: str | None = None) -> Question | None:
        """The record of a question in the site's first language, None if it can't be read now.

        `home`: the URL of the served start page.
        """
        index = self.catalogue.index(number)
        if index is None or not self.catalogue.is_living(index):
            return None
        return self._truth.record(index, self.languages[0], home or self.home)

    def records(self, home: str | None = None) -> Iterator[Question]:
        """All records in all languages, by number."""
        for index in self._living():
            for language in self.languages:
                yield self._truth.record(index, language, home or self.home)

    def in_sitemap(self, number: int) -> bool:
        """Whether the sitemap names a living question; 2 % are found on other pages only."""
        index = self.catalogue.index(number)
        if index is None or self.name == "taiwan-ehospital":  # that one has no sitemap
            return False
        return self.catalogue.is_living(index) and in_sitemap(self.catalogue, index)

    def oddities(self, number: int) -> frozenset[str]:
        """The oddities of a question, by the names in `catalogue.ODDITY_RATES`."""
        index = self.catalogue.index(number)
        return self.catalogue.oddities(index) if index is not None else frozenset()

    def changes(self, revision: int) -> Changes:
        """What a revision changed: the questions' numbers."""
        return self.catalogue.changes(revision)


def build(
    name: str, *, questions: int = 300, seed: int = 1, revision: int = 1, layout: str | None = None
) -> SampleSite:
    """A sample site; `layout` forces one markup on all question pages of adoctor.

    Raises ValueError as `scraper.sample.sites.build`, and for an unknown site or layout.
    """
    if layout is not None and layout not in ALL_LAYOUTS:
        raise ValueError(f"no layout {layout!r}; there are {', '.join(ALL_LAYOUTS)}")
    if name not in NAMES:
        raise ValueError(f"no sample site {name!r}; there are {', '.join(NAMES)}")
    site = plain(name, questions=questions, seed=seed, revision=revision)
    responder = Responder(Adoctor(site.catalogue, layout)) if layout else site.responder
    return SampleSite(name, site.catalogue, responder, _TRUTHS[name](site.catalogue))
