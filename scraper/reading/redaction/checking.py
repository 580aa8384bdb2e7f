"""Whether anything of a quotation is left, told without the steps that blanked it."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from html import unescape

from lxml import etree

from scraper.reading.redaction.blanking import Blanking
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.quick import base_of, cuts, hrefs
from scraper.reading.redaction.source import Source
from scraper.reading.redaction.tree import tags_in, text_in, tokens_in

_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_ESCAPED = re.compile(r"\\\\*(?:u\{?([0-9a-fA-F]{4,6})\}?|(?=[^\w]))")
_STUB = 8  # letters of a cut excerpt that may be half an entity
_SIGNS = re.compile(r"[\W_]+")


def squeezed(text: str) -> str:
    """Letters and digits only, in one case."""
    return _SIGNS.sub("", text.casefold())


def undone(text: str) -> str:
    """Text with every escape of HTML and JSON undone, whatever it was nested in."""
    for _ in range(3):
        before, text = text, _ESCAPED.sub(_sign, unescape(text))
        if text == before:
            break
    return text


def _sign(match: re.Match[str]) -> str:
    return chr(min(int(match[1], 16), 0x10FFFF)) if match[1] else ""


def narrowed(text: str, forgotten: Forgotten) -> Forgotten:
    """What is looked for, less the phrases of which neither all nor an excerpt is there."""
    if not forgotten.known:
        return forgotten
    plain, bare = undone(text), undone(_TAG.sub("", text))
    whole, shown = squeezed(plain), squeezed(bare)
    beginnings = (squeezed(cut)[:-_STUB] for cut in cuts(plain) | cuts(bare))
    begun = tuple(filter(None, beginnings))
    there = []
    for phrase in forgotten.known:
        tight = _tight(phrase)
        if tight in whole or tight in shown or (begun and tight.startswith(begun)):
            there.append(phrase)
    return replace(forgotten, phrases=tuple(there))


@lru_cache(maxsize=20_000)
def _tight(phrase: str) -> str:
    return squeezed(phrase)


def left(source: Source, url: str, forgotten: Forgotten, phrases: Iterable[str]) -> list[str]:
    """The phrases, squeezed, that still stand in a page; a link that does counts as well."""
    text = source.text(0, len(source.body))
    whole, shown = squeezed(undone(text)), squeezed(undone(_TAG.sub("", text)))
    found = [one for one in map(squeezed, phrases) if one and (one in whole or one in shown)]
    plain = undone(text)
    base = base_of(plain, url)
    found += [href for href in hrefs(plain) if _tells(href, base, forgotten)]
    return found


def _tells(href: str, base: str, forgotten: Forgotten) -> bool:
    return not href.rstrip("/")[-1:].isdecimal() and forgotten.leads_there(base, href)


def blank_elements(
    source: Source, root: etree._Element | None, blanking: Blanking, phrases: list[str]
) -> None:
    """Blank every element, attribute, comment and script in which a phrase still stands."""
    for element in () if root is None else root.iter(etree.Element):
        held = _holds(text_in(element), phrases)
        if held and not any(_holds(text_in(child), phrases) for child in _children(element)):
            for number in tokens_in(element):
                blanking.text(number, b"")
            for number in tags_in(element):
                blanking.attributes(number)
    for token in source.tokens:
        if token.kind == "tag":
            for attribute in source.attributes(token):
                if _holds(attribute.value, phrases):
                    source.put(attribute.start, attribute.end, b"about:blank")
        elif _holds(source.text(token.start, token.end), phrases):
            source.put(token.start, token.end, b"")


def _children(element: etree._Element) -> Iterable[etree._Element]:
    return (child for child in element if isinstance(child.tag, str))


def _holds(text: str, phrases: list[str]) -> bool:
    plain = undone(text)
    tight = squeezed(plain)
    return any(phrase in tight or phrase in plain for phrase in phrases)
