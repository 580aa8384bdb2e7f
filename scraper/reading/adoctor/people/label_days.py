"""The day behind a date label: `Ask Date: 2020/10/26 (4 years ago)`.

Where no day is shown, it is that of a `<time datetime="2020-10-26">4 years ago</time>`.
"""

import re
from collections.abc import Sequence
from datetime import date

from scraper.reading.adoctor.people.badges import without_last_elements
from scraper.reading.adoctor.people.doctors import IN_PARENTHESES
from scraper.reading.adoctor.words.counters import is_counter
from scraper.reading.adoctor.words.icons import without_icons
from scraper.reading.adoctor.words.labels import is_dated
from scraper.reading.adoctor.words.stamps import AGO, time_around
from scraper.reading.dates import read_taiwan_date
from scraper.reading.visible.line import Line
from scraper.reading.visible.openers import whole_text

# What may follow a day: "(4 years ago)", "#177001", "Report", "・神經科", "1 reply", and another
# label with its value: "Updated: 2020/11/02".
_NOTE = re.compile(
    r"[(（][^()（）]{1,30}[)）]|#\d{1,9}|[^\W\d_]{0,20}|\d{1,3} ?[^\W\d_]{1,20}"
    r"|[^\W\d_][^\d:：.。!?！？]{0,20}[:：]\s*\d[\d\s/.:：年月日時分-]{0,24}(?:[ap]m)?",
    re.IGNORECASE,
)
_AGO = re.compile(rf"(?<![\d/.-]){AGO}", re.IGNORECASE)
# A moment elsewhere may be another day than the one in Taiwan.
_DATETIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ][\d:.]+(?:\+08:?00)?)?")
_SEPARATOR = re.compile(r"[\s,;，；・·-]+")


def day_after(lines: Sequence[Line], index: int, rest: str) -> tuple[int, date | None]:
    """Read the day behind a date label on line `index`, of which `rest` is what follows it.

    Where nothing does, the day may stand on the next line. Also the line after that of the day.
    """
    if rest:
        line = lines[index]
        day = _leading_day(rest) or _day_of_time(line, rest) or _day_before_link(line, rest)
        return index + 1, day
    if index + 1 == len(lines):
        return index + 1, None
    following = lines[index + 1]
    text = following.text.lstrip(":： ")
    day = _leading_day(text) or _day_of_time(following, text)
    return (index + 1 if day is None else index + 2), day


def _day_of_time(line: Line, text: str) -> date | None:
    """The day of the <time> that `text`, the end of a line, is; other words tell of another day."""
    time = time_around(line.last)
    if time is None or whole_text(time) != text.strip("()（） "):
        return None
    match = _DATETIME.fullmatch(time.get("datetime", ""))
    return None if match is None else read_taiwan_date(match[1])


def _day_before_link(line: Line, text: str) -> date | None:
    """The day that a text, the end of a line, is without a link at its own end."""
    for trimmed in without_last_elements(text, line):
        if trimmed.badge.tag == "a" and not any(map(str.isdigit, trimmed.words)):
            return _leading_day(trimmed.text)
    return None


def _leading_day(text: str) -> date | None:
    """The day that a text is, or begins with where a sign or a short note follows."""
    text = without_icons(text)
    if framed := IN_PARENTHESES.fullmatch(text):
        text = framed[0][1:-1]
    if (day := read_taiwan_date(text)) is not None:
        return day
    without_ago, count = _AGO.subn("", text)
    if count and (day := read_taiwan_date(without_ago.strip(" ,，()（）/·|"))) is not None:
        return day
    before_bar, bar, _ = text.partition("|")
    if bar:
        return read_taiwan_date(before_bar)
    for separator in _SEPARATOR.finditer(text):
        note = text[separator.end() :]
        is_note = _NOTE.fullmatch(note) is not None and not is_dated(note)
        if (is_note or is_counter(note)) and (day := read_taiwan_date(text[: separator.start()])):
            return day
    return None
