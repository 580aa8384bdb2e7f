"""Finds where the cards below a label end, when those of another list follow.

<h3>Similar Q&A</h3> cards        <h3>You may also like</h3> cards
"""

from collections.abc import Sequence

from lxml import etree

from scraper.reading.adoctor.words.closings import may_be_closing
from scraper.reading.adoctor.words.labels import label_of
from scraper.reading.visible.line import Line, are_alike, box_around, common, holders


def list_end(
    lines: Sequence[Line], label: int, cards: Sequence[range], stop: int
) -> tuple[int, bool]:
    """Where another list begins among cards that stand below a label, and whether in doubt.

    Without one it is `stop`.
    """
    main = next(lines[label].first.iterancestors("main"), None)
    above, doubtful = label + 1, False
    first = cards[0].start
    for card in cards:
        if main is not None and main not in lines[card.start].first.iterancestors("main"):
            return above, card.start == above
        if card.start > above:
            heading = lines[card.start - 1]
            closes = card.start != first and may_be_closing(heading.text)
            if closes and heading.heading is not None:
                return card.start - 1, False
            if _is_beside(heading, lines[label], lines[first].first):
                return card.start - 1, True
            if card.start != first and not are_alike(heading, lines[first - 1]):
                heads = heading.heading is not None
                has_box = _is_with(lines[card.start], heading, lines[above - 1])
                if heads and has_box and not are_alike(lines[above - 1], lines[card.stop - 1]):
                    return card.start - 1, True
                is_below = _is_with(lines[above - 1], heading, lines[card.start])
                doubtful |= heads or has_box or (closes and not is_below)
        above = card.stop
    return stop, doubtful


def _is_with(card: Line, line: Line, other: Line) -> bool:
    """Whether a line stands in one box with a card, which the other card is not in."""
    return common(line.first, card.last) not in holders(other.first)


def _is_beside(heading: Line, label: Line, first: etree._Element) -> bool:
    """Whether a heading is none of a part of the label's list, as its level or its place tells."""
    if heading.heading is None or label_of(heading.text) is not None:
        return False
    if heading.landmark == "aside" != label.landmark:
        return True
    if label.heading is not None and heading.heading <= label.heading:
        return True
    return box_around(label.first, first) not in holders(heading.first)
