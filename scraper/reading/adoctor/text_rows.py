"""Recognizes lines of one running text: their blocks are siblings of one kind."""

from collections.abc import Sequence

from lxml import etree

from scraper.reading.adoctor.words.closings import is_closing
from scraper.reading.css.elements import TAGS
from scraper.reading.visible.line import Line, holders


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
