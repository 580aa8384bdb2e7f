"""Recognises the forgotten pages of one site by the archive's tombstones."""

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from scraper.items import Kind, Question
from scraper.reading.page import Page
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.urls import carried, join, paths_above
from scraper.site import Site, question_of
from scraper.tombstones import Tombstones

_LANGUAGES = ("en", "zh-Hant")
_URLS_CACHED = 20_000


def forgotten_on(
    tombstones: Tombstones, site: type[Site], home: str, phrases: tuple[str, ...] = ()
) -> Forgotten:
    """The forgotten pages of a site at `home`; `phrases` are their texts, where these are known."""
    return Forgotten(_SitePages(tombstones, site, home, phrases), phrases)


def forgotten_without_site(tombstones: Tombstones, name: str, home: str) -> Forgotten:
    """The forgotten pages for a spider that has no Site: URLs stand for themselves."""
    return Forgotten(_CoveredPages(tombstones, name, home))


class _CoveredPages:
    """Pages that tombstones cover, at http and https, and URLs that carry them in their query.

    Such as `/login?next=%2Farticle%2F7`: what is there is nothing without the forgotten page.
    """

    def __init__(
        self, tombstones: Tombstones, name: str, home: str, phrases: tuple[str, ...] = ()
    ) -> None:
        self._tombstones = tombstones
        self._site_names = (name, urlsplit(home).hostname or "")
        self._forgotten = Forgotten(self, phrases)
        self.is_forgotten_url = lru_cache(maxsize=_URLS_CACHED)(self._is_covered_or_carries)

    def is_forgotten_id(self, source_id: str) -> bool:
        return any(covers_question(self._tombstones, name, source_id) for name in self._site_names)

    def is_forgotten_text(self, unit: str) -> bool:
        return self._tombstones.covers_text(unit)

    def is_forgotten_slug(self, words: str) -> bool:
        return self._tombstones.covers_text(as_slug(words))

    def classify(self, url: str) -> tuple[str, Kind] | None:
        if (found := self._classify(url)) is not None:
            return found
        page = url.partition("#")[0]
        return (page, Kind.QUESTION) if self._is_covered(page) else None

    def question_of(self, page: Page, kind: Kind) -> Question | None:
        del page, kind
        return None

    def _classify(self, url: str) -> tuple[str, Kind] | None:
        return url, Kind.LIST

    def _is_covered_or_carries(self, canonical: str) -> bool:
        return self._is_own(canonical) or any(
            self._leads_to_covered(canonical, value) or self._forgotten.matches_value(value)
            for value in carried(canonical)
        )

    def _is_own(self, canonical: str) -> bool:
        return self._is_covered(canonical)

    def _is_covered(self, url: str) -> bool:
        behind_scheme = url.partition(":")[2]
        return any(
            self._tombstones.covers_url(f"{scheme}:{behind_scheme}") for scheme in ("http", "https")
        )

    def _leads_to_covered(self, base: str, value: str) -> bool:
        url = join(base, value) if "/" in value else None
        found = self._classify(url) if url is not None else None
        return found is not None and self._is_own(found[0])


class _SitePages(_CoveredPages):
    """Pages of a site that tombstones cover, by their ids too.

    So a translation, a new title in its URL or a page below it (`/7/reply`) is the same question.
    A page of another site is forgotten if a tombstone covers its URL as it is linked to.
    """

    def __init__(
        self, tombstones: Tombstones, site: type[Site], home: str, phrases: tuple[str, ...]
    ) -> None:
        super().__init__(tombstones, site.name, home, phrases)
        self._site = site
        self._homes = (home,) if home == site.home else (home, site.home)  # a copy links to both

    def question_of(self, page: Page, kind: Kind) -> Question | None:
        return question_of(self._site, page, kind)

    def _classify(self, url: str) -> tuple[str, Kind] | None:
        for home in self._homes:
            if (found := self._site.classify(url, home)) is not None:
                return found
        return None

    def _is_own(self, canonical: str) -> bool:
        if self._is_covered(canonical):
            return True
        question = next(self._questions_at(canonical), None)
        return question is not None and covers_question(self._tombstones, *question)

    def _questions_at(self, canonical: str) -> Iterator[tuple[str, str]]:
        """Yield site and source id of the question at a URL, or at folders above it."""
        for url in (canonical, *paths_above(canonical)):
            if (question := self._site.question_at(url)) is not None:
                yield question


def as_slug(words: str) -> str:
    """Words of a URL as a tombstone's texts have them: distinct from a line that says the same."""
    return f"/{words}"


def ids_of(site: str, source_id: str) -> tuple[str, ...]:
    """The ids of a question for its tombstone: in the languages it has, or may have some day."""
    return tuple(f"{site}:{source_id}:{language}" for language in _LANGUAGES)


def covers_question(tombstones: Tombstones, site: str, source_id: str) -> bool:
    """Whether a question was forgotten, in whatever language."""
    return any(map(tombstones.covers_id, ids_of(site, source_id)))
