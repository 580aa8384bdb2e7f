"""The day behind a date label: `Ask Date: 2020/10/26 (4 years ago)`."""

import re
from collections.abc import Sequence
from datetime import date

from scraper.reading.adoctor.words.counters import is_counter
from scraper.reading.adoctor.words.icons import without_icons
from scraper.reading.dates import read_taiwan_date
from scraper.reading.visible.line import Line

# What may follow a day: "(4 years ago)", "#177001", "Report", "・神經科".
_NOTE = re.compile(r"[(（][^()（）]{1,30}[)）]|#\d{1,9}|[^\W\d_]{0,20}")
_AGO = re.compile(
    r"(?<![\d/.-])\d{1,3}\s*(?:(?:year|month|week|day)s? ago|(?:年|個月|週|天)前)", re.IGNORECASE
)
_SEPARATOR = re.compile(r"[\s,;，；・·-]+")


def day_after(lines: Sequence[Line], index: int, rest: str) -> tuple[int, date | None]:
    """Read the day behind a date label on line `index`, of which `rest` is what follows it.

    Where nothing does, the day may stand on the next line. Also the line after that of the day.
    """
    if rest:
        return index + 1, _leading_day(rest)
    following = lines[index + 1].text.lstrip(":： ") if index + 1 < len(lines) else ""
    day = _leading_day(following)
    return (index + 1 if day is None else index + 2), day


def _leading_day(text: str) -> date | None:
    """The day that a text is, or begins with where a sign or a short note follows."""
    text = without_icons(text)
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
        if _NOTE.fullmatch(note) is not None or is_counter(note):
            return read_taiwan_date(text[: separator.start()])
    return None
