"""Tells which of the words that are not read out, `aria-hidden="true"`, are seen.

Closed menus, slides and copies have that attribute as well, hidden by style sheets that a saved
page lacks; so only what surely is seen counts.
"""

import re
from collections.abc import Callable
from itertools import islice

from lxml import etree

from scraper.reading.css.elements import TAGS
from scraper.reading.css.names import class_hides
from scraper.reading.visible import flow

_BUTTONS = frozenset(("a", "button"))
# Of classes: words that a pointer brings into view, and icons by their names.
_NO_WORDS = re.compile("tip|pop|hint|icon|glyph|symbol")
_LONGEST = 2_000  # characters of a class that are looked at
_LONGEST_LABEL = 200  # characters of a heading or sentence


def is_shown(silent: etree._Element, shows: Callable[[etree._Element], bool]) -> bool:
    """Whether an element is shown; `shows` tells it of those beside it.

    A label or hidden words beside it say it aloud, or it stands in a sentence, or it is the page
    behind an open dialog.
    """
    if _is_told(silent) or _is_page(silent):
        return True
    words = _unspaced(silent)
    if not any(map(str.isalnum, words)):
        return False
    beside = (silent.getprevious(), silent.getnext())
    twins = [twin for twin in beside if twin is not None and twin.get("aria-hidden") is None]
    return (
        any(class_hides((twin.get("class") or "")[:_LONGEST]) for twin in twins)
        or any(_unspaced(twin) == words and not shows(twin) for twin in twins)
        or _is_in_sentence(silent)
    )


def _unspaced(element: etree._Element) -> str:
    """The beginning of what an element says, without blanks."""
    pieces = islice(element.itertext(), 2 * _LONGEST_LABEL)
    return "".join("".join(map(str, pieces)).split())


def _is_in_sentence(silent: etree._Element) -> bool:
    if silent.tag not in TAGS["inline"] or _NO_WORDS.search(silent.get("class", "")[:_LONGEST]):
        return False
    return flow.is_in_midst(silent)


def _is_page(silent: etree._Element) -> bool:
    """Whether an element holds the page's <main>, or stands in <body> and holds all headings."""
    first = next(silent.iter("main", "h1"), None)
    if first is None or first.tag == "main":
        return first is not None
    around = silent.getparent()
    inside = set(silent.iter("h1"))
    return (
        around is not None and around.tag == "body" and inside.issuperset(around.iter("main", "h1"))
    )


def _is_told(silent: etree._Element) -> bool:
    """Whether the label of the element around, which is no button, is just its words.

    So scripts part a heading into words, and these into letters: `<h2 aria-label="Sore thumb">`.
    """
    around = silent.getparent()
    while around is not None and around.get("aria-hidden") == "true":
        around = around.getparent()
    label = None if around is None or around.tag in _BUTTONS else around.get("aria-label")
    if around is None or label is None or len(label) > _LONGEST_LABEL:
        return False
    return _unspaced(around) == "".join(label.split())
