"""Days as the sites write them.

    2020/10/26   2020-10-26   20201026   2020年10月26日   民國109年10月26日   109/10/26
    98年10月26日   98/10/26                              of 2009, where Taiwan's sites are read

A fast path reads those; dateparser reads the rest, strictly: a day, a month and a year or nothing.
Time zones are ignored: the day is the one that is written.
"""

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache

_ROC = 1911  # the first year of the Republic's calendar is 1912
_WEEKDAY = r"\s*(?:\(\S{1,9}\))?"
_TAIL = (
    rf"{_WEEKDAY}(?:(?:T|[.,]?\s|(?<=[)日號号]))\s*(?:(?:at|um)\s+)?(?:(?:[上下]午|[ap]m)\s*)?"
    r"(?:\d{1,2}:\d{2}\S*(?:\s*(?:[ap]\.?m\.?|Uhr))?"  # a time of day
    r"(?:\s*(?:Z|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2})?|UTC|GMT|[a-z]+/[a-z_]+))?"  # its zone
    r"|\d{1,2}[時时點点]\d{1,2}分(?:\d{1,2}秒)?"
    r"|(?<=T)\d{2}(?:\.?\d{2}){0,2}Z?)"  # its hour alone, or without colons
    r"|Z|[+-]\d{2}:\d{2})?"  # the zone of a day without a time
    rf"{_WEEKDAY}\s*[.。,;]?"
)
_YEAR_FIRST = re.compile(
    r"(?P<roc>(?:中華)?民國)?\s*(?P<year>\d{1,4})\s*"
    r"(?:(?P<sign>[-/.])\s*(?P<m>\d{1,2})\s*(?P=sign)\s*(?P<d>\d{1,2})"
    r"|年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日號号])" + _TAIL,
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(\d{4})(\d\d)(\d\d)(?:\.|T\d{4}(?:\d\d)?(?:Z|[+-]\d{4})?|(?:[01]\d|2[0-3])(?:[0-5]\d){2})?"
)
_YEAR_LAST = re.compile(
    r"(?<!\d)(?P<first>\d{1,2})\s*(?P<sign>[-/.])\s*(?P<second>\d{1,2})\s*(?P=sign)\s*(?P<year>\d{4})"
)
_YEAR_LAST_ALONE = re.compile(_YEAR_LAST.pattern + _TAIL, re.IGNORECASE)
_OFFSET = re.compile(r"(?<=:\d\d) (?:GMT|UTC)?[+-]\d{4}(?: \([^()]*\))?$")  # with its name
_CLEAR_YEAR = re.compile(r"(?<!\d)(?:\d{4}|['’]\d{2})(?!\d)")
_MONTH_OF_YEAR = re.compile(r"[^\W\d_]+[-/]\d{4}\s+\d{1,2}(?:\s.*)?")  # "Jul-2020 1": is it a day?
_MONTH = re.compile(r"[^\W\d_]{3}")
_MAX_LENGTH = 60  # characters
_DASHES = re.compile(r"(?<=\d)\s?[\u2010-\u2014\u2212]\s?(?=\d)")
_SLASHES = {0x2044: "/", 0x2215: "/"}
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_ROC_DIGITS = 3
_ROC_SHORT = re.compile(r"(?:89|9\d)\s*[-/.年]")  # 2000 to 2010; no site asked in 1989 to 1999


def read_date(text: str) -> date | None:
    """Read the one day that `text` names; None when it names none, or is ambiguous."""
    text = text.strip()
    if ":" in text:
        text = _OFFSET.sub("", text)
    if not text or len(text) > _MAX_LENGTH:
        return None
    if not text.isascii():
        text = _DASHES.sub("-", unicodedata.normalize("NFKC", text).translate(_SLASHES))
    if match := _YEAR_FIRST.fullmatch(text):
        return _from_year_first(match)
    if match := _COMPACT.fullmatch(text):
        return _day(*map(int, match.groups()))
    if match := _YEAR_LAST_ALONE.fullmatch(text):
        return _from_year_last(match)
    return _in_words(text) if _MONTH.search(text) else None


def read_taiwan_date(text: str) -> date | None:
    """Read the one day that a page in Taiwan names; a year from 89 to 99 is the Republic's."""
    text = unicodedata.normalize("NFKC", text).strip()
    return read_date(f"民國{text}" if _ROC_SHORT.match(text) else text)


def _from_year_first(match: re.Match[str]) -> date | None:
    digits = match["year"]
    month, day = int(match["m"] or match["month"]), int(match["d"] or match["day"])
    if match["roc"] or len(digits) == _ROC_DIGITS:
        return _day(int(digits) + _ROC, month, day)
    return _day(int(digits), month, day)  # a year of two digits is out of range


def _from_year_last(match: re.Match[str]) -> date | None:
    """The day of 26/10/2020 or 10/26/2020; None for 4/5/2020, whose month is ambiguous."""
    first, second, year = (int(match[name]) for name in ("first", "second", "year"))
    days = {_day(year, first, second), _day(year, second, first)} - {None}
    return days.pop() if len(days) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _in_words(text: str) -> date | None:
    if not _CLEAR_YEAR.search(text) or _MONTH_OF_YEAR.fullmatch(text):
        return None  # "10 Oct 11" is two days
    if (numbers := _YEAR_LAST.search(text)) and _from_year_last(numbers) is None:
        return None  # "Mon, 4/5/2020"
    import dateparser  # noqa: PLC0415 -- slow, and few pages need it
    from dateparser.timezone_parser import pop_tz_offset_from_string  # noqa: PLC0415 -- as above

    text, _ = pop_tz_offset_from_string(text)
    try:
        found = dateparser.parse(
            text,
            languages=["en", "zh-Hant", "zh"],
            settings={
                "STRICT_PARSING": True,
                "RELATIVE_BASE": datetime(_FIRST_YEAR, 1, 1, 12),  # noqa: DTZ001 -- as of no zone
                "TIMEZONE": "Asia/Taipei",
                "PARSERS": ["absolute-time"],
            },
        )
    except (ValueError, OverflowError, RecursionError):
        return None
    return None if found is None else _day(found.year, found.month, found.day)
