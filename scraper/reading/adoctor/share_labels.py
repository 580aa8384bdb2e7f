"""Finds the share label below the title, with its buttons, above the headline.

Cold Toes - Neurology / 120 views / Share to: / Facebook LINE / Cold toes
"""

from collections.abc import Sequence
from typing import NamedTuple

from scraper.reading.adoctor.line_kinds import continues_text
from scraper.reading.adoctor.lists.links import Resolve
from scraper.reading.adoctor.words.counters import is_counter
from scraper.reading.adoctor.words.share import is_share_button, is_share_label, without_share
from scraper.reading.visible.line import Line, link_around, without_links

HOMES = frozenset(("home", "homepage", "首頁", "主頁"))
FEWEST_LINES = 2  # of headline and question
NEAR = 3  # lines that may stand between title and share label


class Above(NamedTuple):
    """The lines above the asker line, and what else of the page tells a title."""

    lines: Sequence[Line]
    stop: int
    document_title: str
    departments: frozenset[str]
    link: Resolve


def is_above_share(above: Above, index: int) -> bool:
    """Whether the share label ends the line before line `index`, or follows below counters."""
    place = after_counters(above, index)
    if place < above.stop and _is_share_label(above, place):
        return True
    return index > 0 and without_share(above.lines[index - 1].text)[1]


def after_counters(above: Above, index: int) -> int:
    while index < above.stop and is_counter(above.lines[index].text):
        index += 1
    return index


def after_share(above: Above, index: int) -> int:
    """The line after share label, buttons and view counters, if they follow."""
    near = range(index, min(index + NEAR, above.stop))
    label = next((i for i in near if _is_share_label(above, i)), None)
    if label is None and index and without_share(above.lines[index - 1].text)[1]:
        label = index - 1
    if label is None:
        label = _far_share_label(above, index)
    if label is not None:
        index = label + 1
        heading = above.lines[label].heading
        while index < above.stop and _is_share_button(above, above.lines[index], heading):
            index += 1
    return after_counters(above, index)


def _is_share_label(above: Above, index: int) -> bool:
    """Whether a line is the share label, with buttons, or links that leave the site, beside it."""
    line = above.lines[index]
    if is_share_label(line.text):
        return True
    leaving = [link for link in line.links if above.link(link[1]) is None]
    text = without_links(line.text, leaving)
    return text != line.text and is_share_label(text)


def is_clear_share_label(above: Above, index: int) -> bool:
    """Whether a line is the share label, and not the one word that people write as well."""
    return not above.lines[index].text.isalpha() and _is_share_label(above, index)


def _far_share_label(above: Above, index: int) -> int | None:
    """The share label below more lines than a few, with a headline and a question below it.

    Where a heading stands above it and none below it, the headline may be above it too; and where
    a text goes on below it, the label stands in the midst of the question.
    """
    for label in range(index + NEAR, above.stop - FEWEST_LINES):
        if is_clear_share_label(above, label):
            over, under = above.lines[index:label], above.lines[label + 1 : above.stop]
            if continues_text(over, under):
                return None
            if all(line.heading is None for line in over) or any(
                line.heading is not None for line in under
            ):
                return label
    return None


def _is_share_button(above: Above, line: Line, heading: int | None) -> bool:
    """Whether a line is a share button below a label with `heading`; no button is a headline.

    So are links to translations, and a path that begins with the home page.
    """
    if line.heading not in (None, heading):
        return False
    if is_share_button(line.text):
        return True
    if line.links and line.links[0][0].casefold() in HOMES:
        return line.text.startswith(line.links[0][0])
    if "".join(text for text, _ in line.links).replace(" ", "") != line.text.replace(" ", ""):
        return False
    link = link_around(line.first)
    is_translation = link is not None and link.get("hreflang") is not None
    return is_translation or not any(above.link(href) for _, href in line.links)
