"""Finds where the cards below a label end, when those of another list follow.

<h3>Similar Q&A</h3> cards        <h3>You may also like</h3> cards
"""

from collections.abc import Sequence

from lxml import etree

from scraper.reading.adoctor.section_ends import NON_BOX_TAGS
from scraper.reading.adoctor.words.closings import may_be_closing
from scraper.reading.adoctor.words.labels import label_of
from scraper.reading.visible.line import Line, common, holders


def list_end(
    lines: Sequence[Line], label: int, cards: Sequence[range], stop: int
) -> tuple[int, bool]:
    """Where another list begins among cards that stand below a label, and whether in doubt.

    Without one it is `stop`.
    """
    main = next(lines[label].first.iterancestors("main"), None)
    above, doubtful = label + 1, False
    for card in cards:
        if main is not None and main not in lines[card.start].first.iterancestors("main"):
            return above, False
        if card.start > above:
            heading = lines[card.start - 1]
            closes = card.start != cards[0].start and may_be_closing(heading.text)
            if closes and heading.heading is not None:
                return card.start - 1, False
            if _is_beside(heading, lines[label], lines[cards[0].start].first):
                return card.start - 1, True
            if closes and not _is_with(lines[above - 1], heading, lines[card.start]):
                doubtful = True
        above = card.stop
    return stop, doubtful


def _is_with(above: Line, line: Line, below: Line) -> bool:
    """Whether a line stands in one box with the card above, which the card below is not in."""
    return common(line.first, above.last) not in holders(below.first)


def _is_beside(heading: Line, label: Line, first: etree._Element) -> bool:
    """Whether a heading is none of a part of the label's list, as its level or its place tells."""
    if heading.heading is None or label_of(heading.text) is not None:
        return False
    if heading.landmark == "aside" != label.landmark:
        return True
    if label.heading is not None and heading.heading <= label.heading:
        return True
    around = set(holders(first))
    box = next(e for e in holders(label.first) if e in around and e.tag not in NON_BOX_TAGS)
    return box not in holders(heading.first)
