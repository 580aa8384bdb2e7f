"""Recognizes lines that tell when something was written or how often it was read, and no more.

3 years ago     Replied on 2020/10/26     <time datetime="2020-10-26">Monday</time>     120 views
"""

import re
from collections.abc import Collection, Sequence
from itertools import islice

from scraper.reading.adoctor.words.counters import is_counter
from scraper.reading.dates import read_taiwan_date
from scraper.reading.visible.line import Line, are_alike, holders, kind_of

AGO = (
    r"\d{1,3}\s*(?:(?:year|month|week|day|hour|minute|min)s? ago"
    r"|(?:年|個?月|星期|[週周天日]|小時|分鐘)(?:以?前))"
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
_REPLIES = re.compile(r"[\d,]+ ?(?:answers?|repl(?:y|ies)|[則個篇]?回[覆復答])", re.IGNORECASE)
_LONGEST = 48  # characters
_DEPTH = 3  # elements from words to their <time>
LETTERS = frozenset("QqAa問答")  # beside a question and its reply


def is_stamp(line: Line) -> bool:
    """Whether a line is wholly a <time datetime>, or reads as a day, a time ago or counters."""
    if _is_time(line):
        return True
    if len(line.text) > _LONGEST:
        return False
    when = _WRITTEN.sub("", line.text)
    if _AGO.fullmatch(when) or _REPLIES.fullmatch(when) or is_counter(when):
        return True
    return read_taiwan_date(when) is not None


def _is_time(line: Line) -> bool:
    around = islice(holders(line.element), _DEPTH)
    return any(box.tag == "time" and box.get("datetime") is not None for box in around)


def words_begin(lines: Sequence[Line], start: int, stop: int, known: Collection[str | None]) -> int:
    """The first line of a text, below stamps, `Q` or `答`, and a known department or name."""
    for index in range(start, stop - 1):
        if not _is_nobodys(lines[index], lines[index + 1 : stop], known):
            return index
    return max(stop - 1, start)


def _is_nobodys(line: Line, below: Sequence[Line], known: Collection[str | None]) -> bool:
    """Whether a line above a text is none of it.

    A heading, a line like another one of the text, and one right in their box may be its own;
    a phrase of a class that no other line begins with is the page's.
    """
    if line.text in LETTERS or _is_time(line):
        return True
    if line.heading is not None or (line.text not in known and not is_stamp(line)):
        return False
    if line.first in holders(below[0].first):
        return False
    kinds = {kind_of(other.first) for other in below}
    is_of_page = bool(line.first.get("class")) and kind_of(line.first) not in kinds
    return is_of_page or not any(are_alike(line, other) for other in below)
