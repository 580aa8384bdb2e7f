"""Finds asker lines above the question: a byline, or those of a list of other questions.

title / byline / Share to: / headline / question / asker line
"""

from collections.abc import Sequence

from scraper.reading.adoctor.line_kinds import is_question_link_line
from scraper.reading.adoctor.marks import Marks
from scraper.reading.adoctor.people.asker_marks import AskMark
from scraper.reading.adoctor.words.counters import is_counter
from scraper.reading.adoctor.words.labels import SECTIONS
from scraper.reading.adoctor.words.share import is_share_label
from scraper.reading.visible.line import Line


def bylines(
    lines: Sequence[Line], marks: Marks, title: int, asks: Sequence[AskMark]
) -> tuple[int, int]:
    """How many of the asker lines below the title are above the question, and where they end."""
    count, above = 0, title + 1
    for ask in asks:
        if any(_is_of_question(lines, i) for i in range(above, ask.start)):
            break
        count, above = count + 1, ask.end
    if not 0 < count < len(asks):
        return 0, 0
    last = asks[count - 1]
    if not _is_byline(lines, marks, title, last, asks[count]):
        return 0, 0
    end = last.end
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
    if any(_ends_question(lines, marks, i) for i in between):
        return False
    if _is_same(ask, below):
        return True
    share_labels = (i for i in range(title, below.start) if is_share_label(lines[i].text))
    if next(share_labels, 0) < ask.end:
        return False
    headings = sum(lines[i].heading is not None for i in between)
    return headings <= 1 and below.end in marks.doctors


def _is_same(ask: AskMark, other: AskMark) -> bool:
    names = {mark.asker and mark.asker.name for mark in (ask, other)}
    return ask.asked_on == other.asked_on and len(names) == 1


def _ends_question(lines: Sequence[Line], marks: Marks, index: int) -> bool:
    """Whether a reply, a section or a link to another question begins at a line."""
    is_reply = index in marks.doctors or index in marks.reply_dates
    is_section = marks.labels.get(index) in SECTIONS
    return is_reply or is_section or is_question_link_line(lines, index)


def _is_of_question(lines: Sequence[Line], index: int) -> bool:
    """Whether a line may be the question's: no counter, share label or list of other questions."""
    line = lines[index]
    if is_counter(line.text) or is_share_label(line.text):
        return False
    if is_question_link_line(lines, index):
        return False
    return line.heading is None or not is_question_link_line(lines, index + 1)
