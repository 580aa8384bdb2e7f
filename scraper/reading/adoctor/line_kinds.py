"""Tells lines by their kind: sentences, lines of one running text, lines that are but links."""

import re
from collections.abc import Sequence

from lxml import etree

from scraper.reading.adoctor.words.closings import is_closing, is_page_note, may_be_closing
from scraper.reading.css.elements import TAGS
from scraper.reading.visible.line import Line, holders, without_links

_ON_SITE = re.compile(
    r"(?:https?:)?//(?:www\.)?adoctor\.tw(?:/|$)|/?(?![a-z]+:|/|#)", re.IGNORECASE
)


def is_sentence(line: Line) -> bool:
    """Whether a line ends like a sentence, and is none that pages end with."""
    return line.text.endswith((".", "!", "。", "！")) and not is_closing(line.text)


def row_of(line: Line) -> tuple[etree._Element | None, str]:
    """What lines of one row share: the box around their block, and the block's tag."""
    block = next(box for box in holders(line.element) if box.tag not in TAGS["inline"])
    return block.getparent(), block.tag


def are_in_one_row(line: Line, other: Line) -> bool:
    """Whether lines stand in one block, or in blocks of one kind in one box."""
    return row_of(line) == row_of(other)


def continues_text(above: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether a sentence among the lines above stands in one row with a line below."""
    rows = {row_of(line) for line in below if line.heading is None}
    return any(is_sentence(line) and row_of(line) in rows for line in above)


def is_link_line(line: Line) -> bool:
    """Whether a line has no words but those of its links."""
    return bool(line.links) and not any(map(str.isalnum, without_links(line.text, line.links)))


def has_only_site_links(line: Line) -> bool:
    """Whether a line has links, all of them to pages of the site."""
    return bool(line.links) and all(_ON_SITE.match(href) for _, href in line.links)


def is_site_link_line(line: Line) -> bool:
    """Whether a line is nothing but links to pages of the site."""
    return is_link_line(line) and has_only_site_links(line)


def is_question_link_line(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is nothing but links to other questions: `← Previous`.

    One that the line above announces is part of a text.
    """
    if not is_link_line(lines[index]):
        return False
    is_question = all("/article/" in href for _, href in lines[index].links)
    return is_question and not is_announced_above(lines, index)


def is_announced_above(lines: Sequence[Line], index: int) -> bool:
    """Whether the line above belongs to the same text and ends with a colon: `See also:`."""
    if not index:
        return False
    above = lines[index - 1]
    if is_page_note(above.text) or may_be_closing(above.text):
        return False
    return above.text.endswith((":", "：")) and are_in_one_row(above, lines[index])
