"""Whether anything of a quotation is left, told without the steps that blanked it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import accumulate

from scraper.reading.redaction.blanking import Blanking
from scraper.reading.redaction.escapes import TAG, of_markup, undone
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.quick import base_of, hrefs
from scraper.reading.redaction.scripts import blank_values
from scraper.reading.redaction.source import NOWHERE, Source, Token
from scraper.reading.sameness import is_cut, long_enough, squeezed

_STUB = 8  # letters of a cut excerpt that may be half an entity
_SIGNS_BUT_CUTS = re.compile(r"(?:(?!…)[\W_])+")
_CUT = re.compile(r"\.\.\.|…+")
_EDGE, _EDGES = re.compile(r"[<>\n]"), re.compile(r"[<>\n\"]")
_FARTHEST = 400  # characters of an excerpt


def bare(text: str) -> str:
    """Text with every escape undone, and without the tags that then stand in it."""
    return TAG.sub("", undone(text))


def narrowed(text: str, forgotten: Forgotten) -> Forgotten:
    """What is looked for, less the phrases of which neither all nor an excerpt is there."""
    if not forgotten.normal_phrases:
        return forgotten
    plain, bare = undone(text), undone(TAG.sub("", text))
    whole, shown = squeezed(plain), squeezed(bare)
    beginnings = (squeezed(cut)[:-_STUB] for cut in _cuts(plain) | _cuts(bare))
    begun = tuple(filter(None, beginnings))
    there = []
    for phrase in forgotten.normal_phrases:
        tight = _tight(phrase)
        if tight in whole or tight in shown or (begun and tight.startswith(begun)):
            there.append(phrase)
    return replace(forgotten, phrases=tuple(there))


def _cuts(text: str) -> set[str]:
    """The beginnings of texts, as excerpts and short titles show them, without their dots."""
    found: set[str] = set()
    for match in _CUT.finditer(text):
        before = text[max(0, match.start() - _FARTHEST) : match.start()]
        found.update((_EDGE.split(before)[-1], _EDGES.split(before)[-1]))
    return {cut for cut in found if len(cut) > _STUB and long_enough(cut[:-_STUB])}


@lru_cache(maxsize=20_000)
def _tight(phrase: str) -> str:
    return squeezed(phrase)


def needle(phrase: str) -> str:
    """A phrase as `holds` looks for it; one that was cut counts with its dots only."""
    return f"{squeezed(phrase)}…" if is_cut(phrase) else squeezed(phrase)


def holds(text: str, needles: Iterable[str]) -> bool:
    """Whether a needle, or a link that is looked for as it is, stands in a text."""
    plain = undone(text)
    loose, tight = squeezed(plain), _with_cuts(plain)
    return any(one in (tight if one.endswith("…") else loose) or one in plain for one in needles)


def standing(text: str, phrases: Iterable[str]) -> set[str]:
    """Those of the phrases that a text says, cut ones as such."""
    loose, tight = squeezed(text), _with_cuts(text)
    return {one for one in phrases if needle(one) in (tight if is_cut(one) else loose)}


def left(source: Source, url: str, forgotten: Forgotten, phrases: Iterable[str]) -> list[str]:
    """The needles that still stand in a page; a link that does counts as well."""
    text = source.text(0, len(source.body))
    plain, shown = undone(text), undone(TAG.sub("", text))
    loose = squeezed(plain), squeezed(shown)
    tight = _with_cuts(plain), _with_cuts(shown)
    found = [
        one
        for one in filter(None, map(needle, phrases))
        if any(one in text for text in (tight if one.endswith("…") else loose))
    ]
    markup = of_markup(text)
    base = base_of(markup, url)
    found += [href for href in hrefs(markup) if _tells(href, base, forgotten)]
    return found


def blank_left(source: Source, kind: str, needles: Sequence[str]) -> None:
    """Blank each line of text, attribute, comment and value of a script that holds a part of one.

    `kind` is the document's.
    """
    held = partial(holds, needles=needles)
    if kind == "json":
        blank_values(source, Token("raw", 0, len(source.body)), held)
        return
    _blank_lines(source, needles)
    for token in source.tokens:
        if token.kind == "tag":
            for attribute in source.attributes(token):
                if held(attribute.value):
                    source.put(attribute.start, attribute.end, NOWHERE)
        elif token.kind == "raw":
            blank_values(source, token, held)
        elif token.kind == "comment" and held(source.text(token.start, token.end)):
            source.put(token.start, token.end, b"")


def _blank_lines(source: Source, needles: Iterable[str]) -> None:
    lines = list(_lines(source))
    plain = [undone(source.text(start, end)) for _, start, end in lines]
    loose, tight = [squeezed(text) for text in plain], [_with_cuts(text) for text in plain]
    blanking = Blanking(source)
    for one in needles:
        for index in _overlapped(tight if one.endswith("…") else loose, one):
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


def _overlapped(texts: Sequence[str], one: str) -> Iterator[int]:
    """Yield the indexes of the texts that a part of it stands in when they are read as one."""
    whole, ends = "".join(texts), list(accumulate(map(len, texts)))
    place = whole.find(one)
    while place >= 0:
        index = bisect_right(ends, place)
        while index < len(ends) and ends[index] - len(texts[index]) < place + len(one):
            if texts[index]:
                yield index
            index += 1
        place = whole.find(one, place + 1)


def _with_cuts(text: str) -> str:
    """Letters, digits and the dots of cuts."""
    return _SIGNS_BUT_CUTS.sub("", _CUT.sub("…", text.casefold()))


def _tells(href: str, base: str, forgotten: Forgotten) -> bool:
    return not href.rstrip("/")[-1:].isdecimal() and forgotten.links_to_forgotten(base, href)
