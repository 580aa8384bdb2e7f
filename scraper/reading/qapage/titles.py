"""Titles of one question that are cut, or followed by the site's name; and texts that are cut."""

import re

from scraper.reading.qapage.answers import text_key
from scraper.reading.sameness import is_distinctive, normal, without_dots

_PARTING = re.compile(r"\s*[|·•«»]|\s+[-–—:/]\s")  # between a title and the site's name
_SIGNS = str.maketrans("‘’“”–—", "''\"\"--")


def is_same_title(one: str, other: str) -> bool:
    """Whether two titles are the same, but for a cut or the site's name behind one of them."""
    short, long = sorted((_plain(one), _plain(other)), key=len)
    if long.startswith(short) and _PARTING.match(long, len(short)):
        return True
    return is_beginning(one, other, cut=True)


def is_better_title(shown: str, told: str) -> bool:
    """Whether a title shown lacks only the site's name behind the other, or only its cut."""
    whole, other = _plain(shown), _plain(without_dots(told))
    if other.startswith(whole):
        return _PARTING.match(other, len(whole)) is not None
    return whole.startswith(other) and not _PARTING.match(whole, len(other))


def is_beginning(one: str, other: str, *, cut: bool = False) -> bool:
    """Whether one text is the beginning of the other; `cut`: and ends in the dots of a cut."""
    if text_key(one) == text_key(other):
        return True
    for short, long in ((one, other), (other, one)):
        beginning = without_dots(short)
        may_begin = is_distinctive(beginning) and (not cut or beginning != short)
        if may_begin and text_key(long).startswith(text_key(beginning)):
            return True
    return False


def _plain(title: str) -> str:
    return normal(title).translate(_SIGNS)
