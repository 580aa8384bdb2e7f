"""Checks that nothing of a quotation is left, independently of the steps that blanked it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import accumulate, product, takewhile
from typing import NamedTuple, Self

from scraper.reading.redaction.blanking import Blanking
from scraper.reading.redaction.escapes import unescaped, unescaped_markup, without_tags
from scraper.reading.redaction.markup import base_of
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.quick import hrefs
from scraper.reading.redaction.scripts import blank_values
from scraper.reading.redaction.source import NOWHERE, Source
from scraper.reading.redaction.units import tails
from scraper.reading.sameness import (
    decomposed,
    is_cut,
    is_distinctive,
    level,
    squeezed,
    without_dots,
)

_STUB = 8  # letters at the end of a cut excerpt that may be half an entity
_SIGNS_BUT_CUTS = re.compile(r"(?:(?!…)[\W_])+")
_CUT = re.compile(r"\.\.\.|…+")
_EDGE = re.compile(r"[<>\n]")
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
        return needle in self.of_kind(needle)

    def of_kind(self, needle: str) -> str:
        """The text without what the needle is without."""
        return self.tight if needle.endswith("…") else self.loose


def plain_text(text: str) -> str:
    """Text with every escape undone, and without the tags that then stand in it."""
    return without_tags(unescaped(text))


def narrowed(text: str, forgotten: Forgotten) -> Forgotten:
    """The search narrowed to phrases that occur in the text, in full or as a cut excerpt."""
    if not forgotten.normal_phrases:
        return forgotten
    readings = list(_readings(text))
    whole = "\n".join(map(squeezed, readings))
    cuts = {cut for reading in readings for cut in _cuts(reading)}
    begun = tuple(filter(None, (squeezed(cut)[:-_STUB] for cut in cuts)))
    occurring = []
    for phrase in forgotten.normal_phrases:
        letters = _squeezed_phrase(phrase)
        if letters in whole or (begun and letters.startswith(begun)):
            occurring.append(phrase)
    return replace(forgotten, phrases=tuple(occurring))


def _readings(text: str) -> Iterator[str]:
    """Yield a page's text unescaped; without tags, unescaped; then without the escaped tags."""
    shown = unescaped(without_tags(text))
    yield from (unescaped(text), shown)
    if "<" in shown:
        yield without_tags(shown)


def _cuts(text: str) -> set[str]:
    """What may be the beginnings of texts, as excerpts show them, without their dots."""
    found: set[str] = set()
    for match in _CUT.finditer(text):
        before = text[max(0, match.start() - _LONGEST_EXCERPT) : match.start()]
        line = _EDGE.split(before)[-1]
        found.update((line, *tails(line)))
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
    letters = list(map(Squeezed.of, {plain, without_tags(plain)}))
    return any(needle in plain or any(one.holds(needle) for one in letters) for needle in needles)


def phrases_in(text: str, phrases: Iterable[str]) -> set[str]:
    """Those of the phrases that stand in a text, cut ones with their dots."""
    letters = Squeezed.of(text)
    return {phrase for phrase in phrases if letters.holds(needle_of(phrase))}


def ends_in_phrase(text: str, forgotten: Forgotten) -> bool:
    """Whether a text that was cut, in an escape perhaps, ends in the beginning of a phrase."""
    if not is_cut(text):
        return False
    letters = squeezed(unescaped(_CUT_ESCAPE.sub("", without_dots(text))))
    ends = takewhile(is_distinctive, (letters[at:] for at in range(len(letters))))
    starts = tuple(map(decomposed, ends))
    phrases = map(_squeezed_phrase, forgotten.normal_phrases)
    return any(decomposed(phrase).startswith(starts) for phrase in phrases)


def remaining_needles(
    source: Source, url: str, forgotten: Forgotten, phrases: Iterable[str]
) -> list[str]:
    """The needles of phrases, and the links to forgotten pages, that still stand in a page."""
    text = source.text(0, len(source.body))
    readings = list(map(Squeezed.of, _readings(text)))
    needles = filter(None, map(needle_of, phrases))
    found = [needle for needle in needles if any(one.holds(needle) for one in readings)]
    base, links = base_of(text, url), hrefs(unescaped_markup(text))
    found += [href for href in links if _is_named_link(href, base, forgotten)]
    return found


def blank_remaining(source: Source, needles: Sequence[str]) -> None:
    """Blank each line of text, attribute, comment and script value that holds part of a needle."""
    is_hit = partial(has_needle, needles=needles)
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
    plain = [unescaped(source.text(start, end)) for _, start, end in lines]
    by_line = [list(map(Squeezed.of, texts)) for texts in (plain, map(without_tags, plain))]
    blanking = Blanking(source)
    for needle, letters in product(needles, by_line):
        for index in _overlapped([line.of_kind(needle) for line in letters], needle):
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
