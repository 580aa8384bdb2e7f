"""Checks that nothing of a quotation is left, independently of the steps that blanked it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import accumulate, takewhile
from typing import NamedTuple, Self

from scraper.reading.redaction.blanking import Blanking
from scraper.reading.redaction.escapes import TAG, unescaped, unescaped_markup
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.quick import base_of, hrefs
from scraper.reading.redaction.scripts import blank_values
from scraper.reading.redaction.source import NOWHERE, Source, Token
from scraper.reading.sameness import is_cut, is_distinctive, level, squeezed, without_dots

_STUB = 8  # letters at the end of a cut excerpt that may be half an entity
_SIGNS_BUT_CUTS = re.compile(r"(?:(?!…)[\W_])+")
_CUT = re.compile(r"\.\.\.|…+")
_EDGE, _EDGES = re.compile(r"[<>\n]"), re.compile(r"[<>\n\"]")
_LONGEST_EXCERPT = 400  # characters
# At the end of a text that was cut: an escaped sign, which may be half of one, and half a code.
_CUT_ESCAPE = re.compile(
    r"(?:%(?:25)*[c-f][\da-f](?:%(?:25)*[89ab][\da-f]){0,2})?"
    r"(?:%(?:25)*[\da-f]?|&#?[a-z\d]{0,7})?$",
    re.ASCII | re.IGNORECASE,
)


class Squeezed(NamedTuple):
    """A text as needles are looked for in it."""

    loose: str  # letters and digits only
    tight: str  # letters, digits, and "…" for the dots of a cut

    @classmethod
    def of(cls, text: str) -> Self:
        tight = _SIGNS_BUT_CUTS.sub("", _CUT.sub("…", level(text).casefold()))
        return cls(squeezed(text), tight)

    def holds(self, needle: str) -> bool:
        """Whether a needle stands in the text; that of a cut phrase only with its dots."""
        return needle in (self.tight if needle.endswith("…") else self.loose)


def plain_text(text: str) -> str:
    """Text with every escape undone, and without the tags that then stand in it."""
    return TAG.sub("", unescaped(text))


def narrowed(text: str, forgotten: Forgotten) -> Forgotten:
    """The search narrowed to phrases that occur in the text, in full or as a cut excerpt."""
    if not forgotten.normal_phrases:
        return forgotten
    plain, shown = unescaped(text), unescaped(TAG.sub("", text))
    plain_letters, shown_letters = squeezed(plain), squeezed(shown)
    beginnings = (squeezed(cut)[:-_STUB] for cut in _cuts(plain) | _cuts(shown))
    begun = tuple(filter(None, beginnings))
    occurring = []
    for phrase in forgotten.normal_phrases:
        letters = _squeezed_phrase(phrase)
        is_excerpted = bool(begun) and letters.startswith(begun)
        if letters in plain_letters or letters in shown_letters or is_excerpted:
            occurring.append(phrase)
    return replace(forgotten, phrases=tuple(occurring))


def _cuts(text: str) -> set[str]:
    """The beginnings of texts, as excerpts and short titles show them, without their dots."""
    found: set[str] = set()
    for match in _CUT.finditer(text):
        before = text[max(0, match.start() - _LONGEST_EXCERPT) : match.start()]
        found.update((_EDGE.split(before)[-1], _EDGES.split(before)[-1]))
    return {cut for cut in found if len(cut) > _STUB and is_distinctive(cut[:-_STUB])}


@lru_cache(maxsize=20_000)
def _squeezed_phrase(phrase: str) -> str:
    return squeezed(phrase)


def needle_of(phrase: str) -> str:
    """A phrase as it is looked for in a `Squeezed` text."""
    return f"{squeezed(phrase)}…" if is_cut(phrase) else squeezed(phrase)


def has_needle(text: str, needles: Iterable[str]) -> bool:
    """Whether a needle, or a link that is looked for as it is, stands in a text."""
    plain = unescaped(text)
    letters = Squeezed.of(plain)
    return any(letters.holds(needle) or needle in plain for needle in needles)


def phrases_in(text: str, phrases: Iterable[str]) -> set[str]:
    """Those of the phrases that stand in a text, cut ones with their dots."""
    letters = Squeezed.of(text)
    return {phrase for phrase in phrases if letters.holds(needle_of(phrase))}


def ends_in_phrase(text: str, forgotten: Forgotten) -> bool:
    """Whether a text that was cut, in an escape perhaps, ends in the beginning of a phrase."""
    if not is_cut(text):
        return False
    letters = squeezed(unescaped(_CUT_ESCAPE.sub("", without_dots(text))))
    ends = tuple(takewhile(is_distinctive, (letters[at:] for at in range(len(letters)))))
    return any(_squeezed_phrase(p).startswith(ends) for p in forgotten.normal_phrases)


def remaining_needles(
    source: Source, url: str, forgotten: Forgotten, phrases: Iterable[str]
) -> list[str]:
    """The needles of phrases, and the links to forgotten pages, that still stand in a page."""
    text = source.text(0, len(source.body))
    plain, shown = Squeezed.of(unescaped(text)), Squeezed.of(unescaped(TAG.sub("", text)))
    needles = filter(None, map(needle_of, phrases))
    found = [needle for needle in needles if plain.holds(needle) or shown.holds(needle)]
    markup = unescaped_markup(text)
    base = base_of(markup, url)
    found += [href for href in hrefs(markup) if _is_named_link(href, base, forgotten)]
    return found


def blank_remaining(source: Source, kind: str, needles: Sequence[str]) -> None:
    """Blank each line of text, attribute, comment and script value that holds part of a needle.

    `kind` is the document's, by `kind_of`.
    """
    is_hit = partial(has_needle, needles=needles)
    if kind == "json":
        blank_values(source, Token("raw", 0, len(source.body)), is_hit)
        return
    _blank_lines(source, needles)
    for token in source.tokens:
        if token.kind == "tag":
            for attribute in source.attributes(token):
                if is_hit(attribute.value):
                    source.put(attribute.start, attribute.end, NOWHERE)
        elif token.kind == "raw":
            blank_values(source, token, is_hit)
        elif token.kind == "comment" and is_hit(source.text(token.start, token.end)):
            source.put(token.start, token.end, b"")


def _blank_lines(source: Source, needles: Iterable[str]) -> None:
    lines = list(_lines(source))
    letters = [Squeezed.of(unescaped(source.text(start, end))) for _, start, end in lines]
    loose, tight = [line.loose for line in letters], [line.tight for line in letters]
    blanking = Blanking(source)
    for needle in needles:
        for index in _overlapped(tight if needle.endswith("…") else loose, needle):
            number, start, end = lines[index]
            token = source.tokens[number]
            if (start, end) == (token.start, token.end):
                blanking.text(number, b"")
            else:
                source.put(start, end, b"")


def _lines(source: Source) -> Iterator[tuple[int, int, int]]:
    """Yield the lines of the pieces of text: the piece's number, start and end."""
    for number, token in enumerate(source.tokens):
        place = token.start
        if token.kind == "text":
            for line in source.body[token.start : token.end].split(b"\n"):
                yield number, place, place + len(line)
                place += len(line) + 1


def _overlapped(texts: Sequence[str], needle: str) -> Iterator[int]:
    """Yield the indexes of the texts that the needle overlaps when they are read as one."""
    whole, ends = "".join(texts), list(accumulate(map(len, texts)))
    place = whole.find(needle)
    while place >= 0:
        index = bisect_right(ends, place)
        while index < len(ends) and ends[index] - len(texts[index]) < place + len(needle):
            if texts[index]:
                yield index
            index += 1
        place = whole.find(needle, place + 1)


def _is_named_link(href: str, base: str, forgotten: Forgotten) -> bool:
    """Whether a link to a forgotten page ends in more than a number."""
    return not href.rstrip("/")[-1:].isdecimal() and forgotten.links_to_forgotten(base, href)
