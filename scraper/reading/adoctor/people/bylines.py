"""Asker lines above the question, of a byline or of a list of others.

title / byline / Share to: / headline / question / asker line
"""

from collections.abc import Sequence
from itertools import takewhile

from scraper.reading.adoctor.marks import Marks
from scraper.reading.adoctor.people.asker_marks import AskMark
from scraper.reading.adoctor.section_ends import leads_on
from scraper.reading.adoctor.words.counters import is_counter
from scraper.reading.adoctor.words.labels import SECTIONS
from scraper.reading.adoctor.words.share import is_share_label
from scraper.reading.visible.line import Line


def bylines(
    lines: Sequence[Line], marks: Marks, title: int, asks: Sequence[AskMark]
) -> tuple[int, int]:
    """How many of the asker lines below the title are above the question, and where they end."""
    tops = [title + 1, *(ask.end for ask in asks)]
    gaps = (range(top, ask.start) for top, ask in zip(tops, asks, strict=False))
    bare = takewhile(lambda gap: not any(_has_words(lines, i) for i in gap), gaps)
    count = sum(1 for _ in bare)
    last, own = asks[count - 1 : count], asks[count : count + 1]
    if not (last and own and _is_byline(lines, marks, title, last[0], own[0])):
        return 0, 0
    end = last[0].end
    while is_counter(lines[end].text):
        end += 1
    return count, end


def _is_byline(
    lines: Sequence[Line], marks: Marks, title: int, ask: AskMark, below: AskMark
) -> bool:
    """Whether the question stands between two asker lines.

    Where they name two people, only if the share label follows the upper one, and the lower one
    has a reply and no title above it.
    """
    between = range(ask.end, below.start)
    if any(_ends(lines, marks, i) for i in between):
        return False
    if _is_same(ask, below):
        return True
    shared = [i for i in range(title, below.start) if is_share_label(lines[i].text)]
    headings = sum(lines[i].heading is not None for i in between)
    return min(shared, default=0) >= ask.end and headings <= 1 and below.end in marks.doctors


def _is_same(ask: AskMark, other: AskMark) -> bool:
    names = {one.asker and one.asker.name for one in (ask, other)}
    return ask.asked_on == other.asked_on and len(names) == 1


def _ends(lines: Sequence[Line], marks: Marks, index: int) -> bool:
    """Whether a question does not go on there."""
    answered = index in marks.doctors or index in marks.replied
    return answered or marks.labels.get(index) in SECTIONS or leads_on(lines, index)


def _has_words(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is none of counters, share label, links to others and headings of these."""
    line = lines[index]
    listed = leads_on(lines, index) or (line.heading is not None and leads_on(lines, index + 1))
    return not (listed or is_counter(line.text) or is_share_label(line.text))
