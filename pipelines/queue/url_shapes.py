"""The shapes of URLs, by which traps are told: patterns, growing paths, session ids."""

import re
from collections import Counter
from functools import lru_cache

from scraper.reading.urls import MAX_LENGTH

_DEEPEST = 16  # path segments
_REPEATS = 4  # of one segment in a path
_SESSION = re.compile(
    r"[?&;](?:\w*sess\w*|sid|cfid|cftoken|oscsid|zenid)=[^&;/?]*|[?&]\w+=(?=\w*\d)[\w-]{16,}",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


def odd(url: str) -> bool:
    """Whether the URL alone shows that it is part of a trap: too long, or a path that grows."""
    return len(url) > MAX_LENGTH or (url.count("/") >= 2 + _REPEATS and _grows(url))


def _grows(url: str) -> bool:
    segments = url.partition("?")[0].split("/")[3:]
    repeats = Counter(segment for segment in segments if not segment.isdigit())
    return len(segments) > _DEEPEST or max(repeats.values(), default=0) >= _REPEATS


@lru_cache(maxsize=4096)
def url_patterns(url: str) -> tuple[str, str, str, str]:
    """The patterns that a URL shares with others, from wide to narrow; numbers become 0.

    >>> url_patterns("http://host/calendar/2031/03/?view=month")
    ('/calendar 4', '4 view', '/calendar 4 view', '/calendar/0/0/?view=month')
    """
    path, _, query = _DIGITS.sub("0", url).partition("?")
    segments = path.split("/")[3:]
    names = sorted({pair.partition("=")[0] for pair in query.split("&")})
    depth = min(len(segments), 4)  # a path that grows keeps its patterns
    place = f"/{''.join(segments[:1])} {depth}"
    named = " ".join(names)
    return place, f"{depth} {named}", f"{place} {named}", f"/{'/'.join(segments)}?{query}"


def identity(url: str) -> str:
    """The URL without what looks like a session id."""
    return _SESSION.sub("", url)
