"""Matches the links and texts of a page against the forgotten pages of its site."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from html import unescape
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

from scraper.items import Kind, Question
from scraper.reading.adoctor.words.labels import read_more
from scraper.reading.page import Page
from scraper.reading.redaction.markup import texts_of
from scraper.reading.redaction.units import pieces, tails
from scraper.reading.redaction.urls import percent_decoded, resolution_base, slugs_in, urls_in
from scraper.reading.redaction.values import texts_in, texts_in_header
from scraper.reading.sameness import (
    composed,
    decomposed,
    is_cut,
    is_distinctive,
    level,
    normal,
    without_dots,
)
from scraper.reading.urls import join

_CUT_ENTITY = re.compile(r"[^\w\s]+\w{0,7}$")  # the first half of one, at the end of an excerpt
_JOINTS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_TEXTS_CACHED = 5_000
_MOST_ESCAPES = 32  # of one text, one within the other


class ForgottenPages(Protocol):
    """The forgotten pages of a site, and how the site's URLs and pages are read."""

    def is_forgotten_url(self, canonical_url: str) -> bool:
        """Whether a canonical URL is that of a forgotten page."""

    def is_forgotten_id(self, source_id: str) -> bool:
        """Whether a source id is that of a forgotten question."""

    def is_forgotten_text(self, unit: str) -> bool:
        """Whether a whole unit of text is one of a forgotten page."""

    def is_forgotten_slug(self, words: str) -> bool:
        """Whether words in a URL are those in the URL of a forgotten page."""

    def classify(self, url: str) -> tuple[str, Kind] | None:
        """The canonical URL and kind of a page of the site or of a forgotten page."""

    def question_of(self, page: Page, kind: Kind) -> Question | None:
        """The record that the site's reader reads from a page; raises what the reader raises."""


class Target(NamedTuple):
    """The question that a link leads to."""

    url: str  # canonical
    is_forgotten: bool


@dataclass(frozen=True)
class Forgotten:
    """What is looked for in a page: links to forgotten pages, and their texts."""

    pages: ForgottenPages | None  # None: only the phrases are looked for
    phrases: tuple[str, ...] = ()  # texts of forgotten pages, where these are known
    links_cached: int = 20_000

    @cached_property
    def normal_phrases(self) -> tuple[str, ...]:
        """The phrases as they are compared."""
        return tuple({normal(phrase) for phrase in self.phrases if is_distinctive(phrase)})

    @cached_property
    def _slug_phrases(self) -> tuple[str, ...]:
        """The phrases as they stand in slugs and names."""
        slugs = (joined_up(phrase) for phrase in self.normal_phrases if not is_cut(phrase))
        return tuple(slug for slug in slugs if is_distinctive(slug))

    @cached_property
    def without_phrases(self) -> "Forgotten":
        """The same pages, their texts known by hashes only."""
        return replace(self, phrases=())

    @cached_property
    def matches_hash(self) -> Callable[[str], bool]:
        """As `matches` of `without_phrases`; cached, as most texts stand on every page."""
        return lru_cache(maxsize=_TEXTS_CACHED)(self.without_phrases.matches)

    def is_forgotten_url(self, canonical_url: str) -> bool:
        """Whether a canonical URL is that of a forgotten page."""
        return self.pages is not None and self.pages.is_forgotten_url(canonical_url)

    def is_forgotten_id(self, source_id: str) -> bool:
        """Whether a source id is that of a forgotten question."""
        return self.pages is not None and self.pages.is_forgotten_id(source_id)

    def target(self, base: str, href: str) -> Target | None:
        """The question that a link leads to; None for any other link.

        A forgotten page counts as a question whatever its kind.
        """
        href = href.replace("\\/", "/")
        return self._cached_target(resolution_base(base, href), href)

    @cached_property
    def _cached_target(self) -> Callable[[str, str], Target | None]:
        return lru_cache(maxsize=self.links_cached)(self._target)

    def _target(self, base: str, href: str) -> Target | None:
        url = join(base, href)
        if self.pages is None or url is None or (found := self.pages.classify(url)) is None:
            return None
        canonical, kind = found
        if self.pages.is_forgotten_url(canonical):
            return Target(canonical, is_forgotten=True)
        return Target(canonical, is_forgotten=False) if kind is Kind.QUESTION else None

    def links_to_forgotten(self, base: str, href: str) -> bool:
        """Whether a link leads to a forgotten page, or to no question and is named by its words.

        The link to another question may be named by the same words.
        """
        target = self.target(base, href)
        return target.is_forgotten if target is not None else self._is_named_by(base, href)

    def cites(self, base: str, text: str) -> bool:
        """Whether a text holds a URL for which `links_to_forgotten` is true."""
        return any(self.links_to_forgotten(base, url) for url in urls_in(text))

    def covers(self, url: str) -> bool:
        """Whether a URL is that of a forgotten page, or is named by the words of one."""
        return self.links_to_forgotten(url, url)

    def _is_named_by(self, base: str, href: str) -> bool:
        """Whether a link is named by the words of a forgotten page.

        Numbers in the URL of a page of the site must be ids of forgotten pages, too.
        """
        if self.pages is None or (words := self._forgotten_slug(href)) is None:
            return False
        url = join(base, href)
        if url is None or self.pages.classify(url) is None:
            return True
        rest = composed(percent_decoded(urlsplit(url).path)).replace(words, "")
        return all(map(self.pages.is_forgotten_id, _DIGITS.findall(rest)))

    @cached_property
    def _forgotten_slug(self) -> Callable[[str], str | None]:
        """The words of a forgotten page in a link; cached, as most links stand on every page."""
        assert self.pages is not None
        is_forgotten = self.pages.is_forgotten_slug
        return lru_cache(maxsize=self.links_cached)(
            lambda href: next(filter(is_forgotten, slugs_in(href)), None)
        )

    def matches(self, text: str) -> bool:
        """Whether a text is or holds one of the texts looked for, escaped or marked up.

        So is one that is escaped more often than anybody would look at.
        """
        for _ in range(_MOST_ESCAPES):
            inner = list(texts_of(text)) if "<" in text else []
            inner += [unescape(part) for part in inner if "&" in part]  # tags that are shown
            if any(map(self._matches_as_is, (text, *inner))):
                return True
            if "&" not in text or (plain := unescape(text)) == text:
                return False
            text = plain
        return True

    def _matches_as_is(self, text: str) -> bool:
        if self.normal_phrases and self._matches_phrase(normal(text)):
            return True
        if self.pages is None or not is_distinctive(text):
            return False
        return any(self.pages.is_forgotten_text(piece) for piece in pieces(" ".join(text.split())))

    @cached_property
    def _shortest(self) -> int:
        return min(map(len, self.normal_phrases), default=0)

    def _matches_phrase(self, text: str) -> bool:
        """Whether a normal text holds a phrase, or is an excerpt cut from the start of one."""
        if len(text) >= self._shortest and any(phrase in text for phrase in self.normal_phrases):
            return True
        if not is_cut(text):
            return False
        cut = without_dots(read_more(text) or text)
        texts = (cut, _CUT_ENTITY.sub("", cut), *tails(cut))
        starts = tuple(map(decomposed, filter(is_distinctive, texts)))
        if not starts:
            return False
        return any(decomposed(phrase).startswith(starts) for phrase in self.normal_phrases)

    def matches_value(self, value: str) -> bool:
        """Whether a value of an attribute, a name or a URL holds one of the texts looked for."""
        if any(map(self.matches, texts_in(value))):
            return True
        if not self._slug_phrases or " " in value or len(value) < self._shortest:
            return False
        words = joined_up(percent_decoded(value))
        return any(phrase in words for phrase in self._slug_phrases)

    def matches_header(self, value: bytes) -> bool:
        """Whether an HTTP header's value holds one of the texts looked for."""
        return any(map(self.matches_value, texts_in_header(value)))


def joined_up(text: str) -> str:
    """The words alone, as they stand in a slug, one blank between them."""
    return _JOINTS.sub(" ", level(text).casefold()).strip()
