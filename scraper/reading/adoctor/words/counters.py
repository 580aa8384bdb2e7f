"""Recognizes counters: how often a page was read or liked, its length, its rating.

120 views · 3 min read      👁 1,234      ★★★★☆ 4.3 (27)      Neurology | 2020/10/26 | 120 views
"""

import re
from functools import lru_cache

from scraper.reading.adoctor.people.doctors import is_department
from scraper.reading.dates import read_taiwan_date

LONGEST = 48  # characters
_COUNT = r"[\d,.]+\s*[k萬]?"
_MANY = r"\d[\d,.]+\s*[k萬]?"  # of fewer views an X-ray may be
_COUNTED = r"views?|(?:人?次)?瀏覽|次點閱"
_VIEWS = r"views?|瀏覽\w{0,3}|點閱\w{0,2}|人氣"
_RATERS = r"\s*[(（]\d[\d,]*[^\d()（）]{0,12}[)）]"
_RATING = rf"[★⭐]{{1,5}}☆{{0,4}}\s*(?:\d\.\d(?:\s*/\s*\d)?(?:{_RATERS})?|\d\s*/\s*\d|\d{_RATERS})"
_SURE = (
    rf"{_MANY}\s*(?:{_COUNTED})|(?:{_VIEWS})\s*[:：]?\s*{_MANY}"
    rf"|[👁👀👍👎💬]\ufe0f?\s*{_COUNT}(?:\s*helpful)?|{_RATING}"
    r"|(?:⏱\ufe0f?\s*)?\d{1,3}[\s-]min(?:ute)?s?[\s-]read|閱讀時間[:：]?\s*\d{1,3}\s*分鐘?"
)
_LIKELY = (
    rf"(?:{_VIEWS}|reads?|visits?|hits?|likes?)\s*[:：]?\s*{_COUNT}|[❤♥]\ufe0f?\s*{_COUNT}"
    rf"|{_COUNT}\s*(?:{_COUNTED}|reads?|visits?|hits?|likes?|comments?)"
    r"|⏱\ufe0f?\s*約?\s*\d{1,3}\s*分鐘?|A[-−]?(?:\s+A[+-]?){1,2}"
)
_BETWEEN = r"[\s·•・|｜,，/]+"
_SURELY = re.compile(rf"(?:{_SURE})(?:{_BETWEEN}(?:{_SURE}))*", re.IGNORECASE)
_COUNTER = re.compile(rf"(?:{_SURE}|{_LIKELY})(?:{_BETWEEN}(?:{_SURE}|{_LIKELY}))*", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_SIGNS = re.compile(r"\s*[·•・|｜]\s*")


def is_counter(text: str) -> bool:
    """Whether a text is counters, a rating, or buttons for the size of its text."""
    return len(text) <= LONGEST and _COUNTER.fullmatch(text) is not None


def is_surely_counter(text: str) -> bool:
    """Whether a line is counters, beside department and day perhaps, and no line of a text."""
    return len(text) <= LONGEST and _is_surely_counter(text)


@lru_cache(maxsize=8192)
def _is_surely_counter(text: str) -> bool:
    if _DIGIT.search(text) is None:
        return False
    if _SURELY.fullmatch(text) is not None:
        return True
    parts = _SIGNS.split(text)
    others = [part for part in parts if _SURELY.fullmatch(part) is None]
    return len(others) < len(parts) and all(map(_is_beside, others))


def _is_beside(text: str) -> bool:
    return is_department(text) or read_taiwan_date(text) is not None
