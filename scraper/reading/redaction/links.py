"""Blanks the card, row or list item around each link to a forgotten page."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml import etree

from scraper.reading.ehospital.repeats import link_to, number_of, subjects
from scraper.reading.redaction.blanking import Blanking
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.tree import own_text, tags_in, text_in, token_of, tokens_in
from scraper.reading.redaction.urls import urls_in

_ITEMS = frozenset(("li", "tr", "dd", "dt"))
_NEVER = frozenset(("html", "head", "body", "main"))
_LINK_ATTRIBUTES = frozenset(("href", "value", "cite", "formaction"))
_MAX_CARD = 6_000  # characters of a card that has no peers
_CITATION = re.compile(r"\s*[#＃]?\s*\d{1,9}\s*")


class _Link(NamedTuple):
    element: etree._Element
    url: str
    is_forgotten: bool


def blank_links(root: etree._Element, base: str, forgotten: Forgotten, blanking: Blanking) -> None:
    """Blank the card around each link to a forgotten page, where it is not blank yet."""
    links = [*_links(root, base, forgotten), *_repeated_questions(root, base, forgotten)]
    if not any(link.is_forgotten for link in links):
        return
    urls_within: defaultdict[etree._Element, set[str]] = defaultdict(set)
    for link in links:
        for element in (link.element, *link.element.iterancestors()):
            urls_within[element].add(link.url)
    for link in links:
        is_page = link.element.find(".//h1") is not None
        if not link.is_forgotten or is_page or urls_within[link.element] != {link.url}:
            continue
        inside = set(tokens_in(link.element))
        if not inside:
            for number in tags_in(link.element):
                blanking.attributes(number)
        elif not inside <= blanking.done:
            _blank(link, _card_of(link, urls_within), blanking)


def _links(root: etree._Element, base: str, forgotten: Forgotten) -> Iterator[_Link]:
    for element in root.iter(etree.Element):
        if element.tag in ("a", "area"):
            target = forgotten.target(base, element.get("href") or "")
            if target is not None and not _is_citation(element):
                yield _Link(element, *target)
        elif element.attrib and element.tag not in _NEVER:
            yield from islice(_attribute_links(element, base, forgotten), 1)


def _attribute_links(element: etree._Element, base: str, forgotten: Forgotten) -> Iterator[_Link]:
    """Yield the links of an element other than `<a>`: `<option value>`, `onclick`, `data-url`."""
    for name, value in ((str(name), str(value)) for name, value in element.items()):
        if name.startswith("on"):
            urls = urls_in(value)
        elif name in _LINK_ATTRIBUTES or name.startswith("data-"):
            urls = [value.strip()] if "/" in value or "?" in value else []
        else:
            continue
        for url in urls:
            target = forgotten.target(base, url)
            if target is not None and target.is_forgotten and len(text_in(element)) <= _MAX_CARD:
                yield _Link(element, *target)


def _is_citation(link: etree._Element) -> bool:
    """Whether a link is a mere number within a sentence, which quotes nothing."""
    around = link.getparent()
    if around is None or not _CITATION.fullmatch(text_in(link)):
        return False
    return not own_text(around).isspace() and bool(own_text(around))


def _repeated_questions(root: etree._Element, base: str, forgotten: Forgotten) -> Iterator[_Link]:
    """Yield the questions that a page repeats in full with no link but their number."""
    for unit, subject in subjects(root):
        number = number_of(text_in(subject))
        target = forgotten.target(base, link_to(number)) if number is not None else None
        if target is not None:
            yield _Link(unit, *target)


def _card_of(link: _Link, urls_within: dict[etree._Element, set[str]]) -> list[etree._Element]:
    """The card of a link: the largest element that holds no other question's link and has peers."""
    only, chain = {link.url}, [link.element]
    for element in link.element.iterancestors():
        if urls_within[element] != only or element.tag in _NEVER:
            break
        chain.append(element)
    for element in reversed(chain):
        is_page = element.find(".//h1") is not None
        if not is_page and element.tag != "a" and _has_peers(element, urls_within, only):
            return [element, *_described(element, urls_within)]
    for element in chain:
        if element.tag in _ITEMS and len(text_in(element)) <= _MAX_CARD:
            return [element, *_described(element, urls_within)]
    return [link.element]


def _has_peers(
    element: etree._Element, urls_within: dict[etree._Element, set[str]], only: set[str]
) -> bool:
    parent = element.getparent()
    peers = parent.iterchildren(element.tag) if parent is not None else ()
    return any(urls_within.get(peer, only) - only for peer in peers if peer is not element)


def _described(
    element: etree._Element, urls_within: dict[etree._Element, set[str]]
) -> Iterator[etree._Element]:
    """Yield the `<dd>`s that follow a `<dt>`."""
    for after in element.itersiblings() if element.tag == "dt" else ():
        if after.tag != "dd" or urls_within.get(after):
            return
        yield after


def _blank(link: _Link, elements: list[etree._Element], blanking: Blanking) -> None:
    blanking.gone.append(text_in(link.element))
    for element in elements:
        for number in tokens_in(element):
            if number not in blanking.done:
                blanking.text(number)
        for number in tags_in(element):
            blanking.attributes(number)
    for element in link.element.iterancestors():  # <div title="..."> around nothing but the card
        opened = token_of(element)
        if opened is None or element.tag in _NEVER or not set(tokens_in(element)) <= blanking.done:
            return
        blanking.attributes(opened)
