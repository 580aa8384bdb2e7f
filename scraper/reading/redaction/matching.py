"""What is looked for in a page: links to forgotten pages and their texts."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from html import unescape
from urllib.parse import unquote, urlsplit

from scraper.bases import origin
from scraper.items import Kind, Question
from scraper.reading.adoctor.words.labels import read_more
from scraper.reading.page import Page
from scraper.reading.redaction.percent import coded_parts, uncoded
from scraper.reading.redaction.slugs import EXTENSION, slugs_in
from scraper.reading.redaction.units import pieces
from scraper.reading.redaction.values import texts_in
from scraper.reading.sameness import is_cut, long_enough, normal, without_dots
from scraper.reading.urls import join

_HALF = re.compile(r"[^\w\s]+\w{0,7}$")  # of an entity, at the end of a cut excerpt
_JOINED = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"(?:/|=)\d+/?$")
# What looks like a URL inside text, JSON or a script: "https://...", "\/article\/5"
_REST = r"(?:[^\s\"'<>\\()\[\]]|\\/)*"
_ROOTED = re.compile(rf"[\"'=(>\s,](\\?/(?:\\?/)?{_REST})")
WHOLE_URL = re.compile(rf"https?:\\?/\\?/{_REST}")
_QUOTED = re.compile(r"\"([^\"]*)\"")
_DIGITS = re.compile(r"\d+")
_FOLDER = re.compile(r"https?://[^/?#]*/(?:[^?#]*/)?")
_ROOT = re.compile(r"(?:/(?!/)|(?:https?:)?//[\w.\[])[^\t\n\r]*")  # which browsers drop
_RELATIVE = re.compile(r"(?!https?:)[\w.%-][^\t\n\r]*", re.IGNORECASE)  # "http:?x=5" is a query
_MOST_HEARD = 5_000  # texts of which it is remembered whether they are looked for
_MOST_KNOWN = 20_000  # links whose target is kept in mind


def nothing(_: str) -> bool:
    """No text and no number is looked for."""
    return False


@dataclass(frozen=True)
class Forgotten:
    """The forgotten pages, by what can be told of them."""

    url: Callable[[str], bool]  # a canonical URL -> is it that of a forgotten page
    classify: Callable[[str], tuple[str, Kind] | None]  # of the site, its home put in
    text: Callable[[str], bool] = nothing  # a whole unit of text -> is it one of theirs
    number: Callable[[str], bool] = nothing  # a source id -> is it theirs
    slug: Callable[[str], bool] = nothing  # words in a URL -> do they stand in one of theirs
    phrases: tuple[str, ...] = ()  # their own texts, where these are known
    reads: Callable[[Page, Kind], Question | None] | None = None  # the site's reader

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The phrases as they are compared."""
        return tuple({normal(one) for one in self.phrases if long_enough(one)})

    @cached_property
    def hashed(self) -> "Forgotten":
        """The same without the phrases: texts are told by their hashes alone."""
        return replace(self, phrases=())

    @cached_property
    def known_joined(self) -> tuple[str, ...]:
        """The phrases as they stand in slugs and names."""
        joined = (joined_up(one) for one in self.known if not is_cut(one))
        return tuple(one for one in joined if long_enough(one))

    @cached_property
    def hits_hashed(self) -> Callable[[str], bool]:
        """As `hits` of `hashed`; remembered, for most texts of a page stand on all."""
        return lru_cache(maxsize=_MOST_HEARD)(self.hashed.hits)

    def target(self, base: str, href: str) -> tuple[str, bool] | None:
        """The question that a link leads to, as its canonical URL, and whether it is forgotten.

        A forgotten page counts as a question whatever its kind; None for any other link.
        """
        if len(self._targets) > _MOST_KNOWN:
            self._targets.clear()
        href = href.replace("\\/", "/")
        key = place_of(base, href), href
        if key not in self._targets:
            self._targets[key] = self._target(base, href)
        return self._targets[key]

    @cached_property
    def _targets(self) -> dict[tuple[str, str], tuple[str, bool] | None]:
        return {}

    def _target(self, base: str, href: str) -> tuple[str, bool] | None:
        url = join(base, href)
        found = self.classify(url) if url is not None else None
        if found is None:
            return None
        if self.url(found[0]):
            return found[0], True
        return (found[0], False) if found[1] is Kind.QUESTION else None

    def leads_there(self, base: str, href: str) -> bool:
        """Whether a link leads to a forgotten page, or to no question and is named by one's words.

        Another question's may be named by the same.
        """
        found = self.target(base, href)
        return found[1] if found is not None else self._is_named_so(base, href)

    def covers(self, url: str) -> bool:
        """Whether a URL is that of a forgotten page, or is named by the words of one."""
        return self.leads_there(url, url)

    def _is_named_so(self, base: str, href: str) -> bool:
        """Of a page of the site that tells a number too: only if that is a forgotten one's."""
        words = self._borne(href)
        url = join(base, href) if words is not None else None
        if words is None or url is None or self.classify(url) is None:
            return words is not None
        rest = uncoded(urlsplit(url).path).replace(words, "")
        return all(map(self.number, _DIGITS.findall(rest)))

    @cached_property
    def _borne(self) -> Callable[[str], str | None]:
        """The forgotten words in a link; remembered, for most links of a page stand on all."""

        def borne(href: str) -> str | None:
            return None if self.slug is nothing else next(filter(self.slug, slugs_in(href)), None)

        return lru_cache(maxsize=_MOST_KNOWN)(borne)

    def hits(self, text: str) -> bool:
        """Whether a text is or holds one of the texts looked for, escaped or not."""
        while True:
            if self._hits(text):
                return True
            if "&" not in text or (plain := unescape(text)) == text:
                return False
            text = plain

    def _hits(self, text: str) -> bool:
        if self.known and self._known(normal(text)):
            return True
        if self.text is nothing or not long_enough(text):
            return False
        return any(self.text(piece) for piece in pieces(" ".join(text.split())))

    @cached_property
    def _shortest(self) -> int:
        return min(map(len, self.known), default=0)

    def _known(self, text: str) -> bool:
        if len(text) >= self._shortest and any(phrase in text for phrase in self.known):
            return True
        if not is_cut(text):
            return False
        cut = without_dots(read_more(text) or text)
        begun = tuple(filter(long_enough, (cut, _HALF.sub("", cut))))
        return bool(begun) and any(one.startswith(begun) for one in self.known)

    def hits_name(self, value: str) -> bool:
        """Whether a value of an attribute, a name or a URL holds one of the texts looked for."""
        if any(map(self.hits, texts_in(value))):
            return True
        if not self.known_joined or " " in value or len(value) < self._shortest:
            return False
        words = joined_up(uncoded(value))
        return any(phrase in words for phrase in self.known_joined)

    def hits_header(self, value: bytes) -> bool:
        """Whether an HTTP header's value holds one of the texts looked for."""
        return any(map(self.hits_name, texts_in_header(value)))


def place_of(base: str, href: str) -> str:
    """What of a page's URL a link on it goes by: all links of the same place lead to the same.

    >>> place_of("https://example.org/q/7?x=1", "8"), place_of("https://example.org/q/7", "/q/8")
    ('https://example.org/q/', 'https://example.org')
    """
    if _ROOT.fullmatch(href):
        return origin(base)
    folder = _FOLDER.match(base) if _RELATIVE.fullmatch(href) else None
    return folder[0] if folder is not None else base


def joined_up(text: str) -> str:
    """The words alone, as they stand in a slug, one blank between them."""
    return _JOINED.sub(" ", text.casefold()).strip()


def urls_in(text: str) -> list[str]:
    """What looks like a URL, or like a path from the root, in text, JSON, a script or a query."""
    found = [*_ROOTED.findall(f" {text}"), *WHOLE_URL.findall(text)] if "/" in text else []
    for part in coded_parts(text):
        found += [*_ROOTED.findall(f" {part}"), *WHOLE_URL.findall(part)]
    return found


def urls_in_header(value: str) -> list[str]:
    """The same of an HTTP header's value, which may be a URL itself, or hold it in `<...>`.

    A number alone is a length or an age, and no link.

    >>> urls_in_header("7"), urls_in_header("old/7")
    ([], ['old/7'])
    """
    value = value.strip()
    own = [] if value.isdecimal() else [value]
    return [*own, *urls_in(value.replace("<", " "))]


def texts_in_header(value: bytes) -> set[str]:
    """What words an HTTP header's value may hold: all of it, its parts, names of files in it.

    >>> "Cold Feet" in texts_in_header(b"inline; filename*=UTF-8''Cold%20Feet.html")
    True
    """
    try:
        text = value.decode()
    except UnicodeDecodeError:
        text = value.decode("latin-1")
    found = {text, *_QUOTED.findall(text)}
    for part in text.split(";"):
        found |= {part, part.partition("=")[2].removeprefix("UTF-8''"), *part.split(",")}
    found |= {one.replace("+", " ") for one in found}
    found = {unquote(one).strip("\"' ") for one in found}
    return found | {EXTENSION.sub("", one) for one in found}


def is_url(text: str) -> bool:
    """Whether a whole text is a URL, or a path from the root."""
    return text.startswith(("http:", "https:", "/")) and " " not in text


def tells_more(url: str) -> bool:
    """Whether a URL holds more of its page than its number."""
    return _NUMBERED.search(url) is None
