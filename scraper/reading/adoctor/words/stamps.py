"""Recognizes lines that tell when something was written or how often it was read, and no more.

3 years ago     Replied on 2020/10/26     <time datetime="2020-10-26">Monday</time>     120 views
"""

import re
from collections.abc import Collection, Sequence
from itertools import islice, takewhile

from lxml import etree

from scraper.reading.adoctor.words.counters import LONGEST, is_counter
from scraper.reading.adoctor.words.furniture import REPLIES, is_state_or_kind
from scraper.reading.dates import read_taiwan_date
from scraper.reading.visible.line import Line, are_alike, holders, kind_of

AGO = (
    r"\d{1,3}\s*(?:(?:year|month|week|day|hour|minute|min)s? ago"
    r"|(?:年|個?月|星期|[週周天日]|小時|分鐘)以?前)"
)
_AGO = re.compile(
    rf"(?:(?:about|over|almost|約)\s*)?{AGO}|an? (?:year|month|week|day|hour) ago", re.IGNORECASE
)
_WRITTEN = re.compile(
    r"\A(?:(?:(?:last )?(?:published|posted|updated|created|edited|asked|answered|replied)|date)"
    r"(?: on)?|(?:發[佈布表]|刊登|張貼|更新|建立|編輯|[提發]問|回[覆復答])(?:日期|時間|於)?)"
    r"[:：]?\s*",
    re.IGNORECASE,
)
_REPLIES = re.compile(rf"(?:共有? ?)?[\d,]+ ?[則個篇位]?{REPLIES}", re.IGNORECASE)
_DEPTH = 3  # elements from words to their <time>
# Classes that editors give to the parts of a text: WordPress, Quill, Word, macOS.
_OF_EDITOR = re.compile(r"(?:has|wp|ql)-|(?:text-)?(?:align|left|right|center|justify)|Mso|[ps]\d")
LETTERS = frozenset("QqAa問答")  # beside a question and its reply


def is_stamp(line: Line) -> bool:
    """Whether a line is wholly a <time datetime>, or reads as a day, a time ago or counters."""
    if len(line.text) > LONGEST:
        return False
    if _is_time(line):
        return True
    when = _WRITTEN.sub("", line.text)
    if _AGO.fullmatch(when) or _REPLIES.fullmatch(when) or is_counter(when):
        return True
    return read_taiwan_date(when) is not None


def _is_time(line: Line) -> bool:
    time = time_around(line.element)
    return time is not None and time.get("datetime") is not None


def time_around(element: etree._Element) -> etree._Element | None:
    """The <time> that an element is, or stands in."""
    return next((box for box in islice(holders(element), _DEPTH) if box.tag == "time"), None)


def words_begin(lines: Sequence[Line], start: int, stop: int, known: Collection[str | None]) -> int:
    """The first line of a text, below stamps, `Q`, `Answered`, and a known department or name."""
    for index in range(start, stop - 1):
        above = lines[index - 1] if index else None
        if not _is_nobodys(lines[index], above, lines[index + 1 : stop], known):
            return index
    return max(stop - 1, start)


def _is_nobodys(
    line: Line, above: Line | None, below: Sequence[Line], known: Collection[str | None]
) -> bool:
    """Whether a line above a text is surely none of it, by its element.

    A letter is in a box without the text, a day in a <time>, a phrase in a box of the page's own.
    A text may have the like itself: blood groups `A` and `B`, a diary's days.
    """
    if line.text in LETTERS:
        is_in_text = line.first is below[0].first
        return not is_in_text and not any(len(other.text) == 1 for other in below)
    if len(line.text) > LONGEST:
        return False
    if _is_time(line):
        return not any(map(_is_time, below))
    if line.heading is not None:
        return False
    if not (line.text in known or is_stamp(line) or is_state_or_kind(line.text)):
        return False
    return _is_in_own_box(line, above, below)


def _is_in_own_box(line: Line, above: Line | None, below: Sequence[Line]) -> bool:
    """Whether the box of a line, which has none of the text, is surely the page's.

    It is a <small>, or in one with the line above, or has a class that no box of the text has.
    """
    of_text = set(holders(below[0].first))
    if line.first in of_text:
        return False
    others = of_text if above is None else of_text.union(holders(above.last))
    own = list(takewhile(lambda element: element not in others, holders(line.first)))
    box = own[-1] if own else line.first
    if box.tag == "small":
        return True
    is_with_above = (box.getparent() if own else box) not in of_text
    if is_with_above and not any(are_alike(line, other) for other in below):
        return True
    if all(map(_OF_EDITOR.match, box.get("class", "").split())):
        return False
    kind = kind_of(box)
    return not any(kind == kind_of(each) for other in below for each in holders(other.first))
