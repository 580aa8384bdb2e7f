"""Finds questions that a FAQ type page repeats in full, with no link but their number.

<ul class="QAunit"><li class="subject">#123198 Numb Hands ...
"""

import re
from collections.abc import Iterator

from lxml import etree

_NUMBER = r"\s*[#＃]\s*(\d{1,9})(?!\d)"
_IN_TEXT = re.compile(_NUMBER)
_IN_SOURCE = re.compile(rf"<li\b([^<>]*)>{_NUMBER}", re.IGNORECASE)
_SUBJECT = re.compile(r"\bsubject\b", re.IGNORECASE)


def links_of_repeated(source: str) -> Iterator[str]:
    """Yield the links that the numbers in a page's source stand for."""
    for attributes, number in _IN_SOURCE.findall(source):
        if _SUBJECT.search(attributes):
            yield link_to(int(number))


def subjects(root: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Yield each question's element and, in it, that of its number and title."""
    for unit in root.iter("ul"):
        for item in unit.iterchildren("li") if "QAunit" in _classes(unit) else ():
            if "subject" in _classes(item):
                yield unit, item


def number_of(subject: str) -> int | None:
    """The number with which a subject begins."""
    found = _IN_TEXT.match(subject)
    return int(found[1]) if found is not None else None


def link_to(number: int) -> str:
    """The link that a question's number stands for."""
    return f"../All/ShowDetail.php?q_no={number}"


def _classes(element: etree._Element) -> list[str]:
    return element.get("class", "").split()
