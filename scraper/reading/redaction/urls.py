"""Finds URLs in text, scripts and HTTP headers, where no `href` says that they are some."""

import re

from scraper.origins import origin
from scraper.reading.redaction.percent import decoded_query_parts

# What looks like a URL inside text, JSON or a script: "https://...", "\/article\/5"
_REST = r"(?:[^\s\"'<>\\()\[\]]|\\/)*"
_ROOTED = re.compile(rf"[\"'=(>\s,](\\?/(?:\\?/)?{_REST})")
WHOLE_URL = re.compile(rf"https?:\\?/\\?/{_REST}")
_NUMBERED = re.compile(r"(?:/|=)\d+/?$")
_FOLDER = re.compile(r"https?://[^/?#]*/(?:[^?#]*/)?")
_ROOT = re.compile(r"(?:/(?![/\\])|(?:https?:)?//[\w.\[])[^\t\n\r]*")  # which browsers drop
_RELATIVE = re.compile(r"(?!https?:)[\w.%-][^\t\n\r]*", re.IGNORECASE)  # "http:?x=5" is a query


def urls_in(text: str) -> list[str]:
    """What looks like a URL, or like a path from the root, in text, JSON, a script or a query."""
    found = [*_ROOTED.findall(f" {text}"), *WHOLE_URL.findall(text)] if "/" in text else []
    for part in decoded_query_parts(text):
        found += [*_ROOTED.findall(f" {part}"), *WHOLE_URL.findall(part)]
    return found


def urls_in_header(value: str) -> list[str]:
    """As `urls_in`, for an HTTP header's value, which may be a URL itself or hold it in `<...>`.

    A number alone is a length or an age, and no link.

    >>> urls_in_header("7"), urls_in_header("old/7")
    ([], ['old/7'])
    """
    value = value.strip()
    whole = [] if value.isdecimal() else [value]
    return [*whole, *urls_in(value.replace("<", " "))]


def is_url(text: str) -> bool:
    """Whether a whole text is a URL, or a path from the root."""
    return text.startswith(("http:", "https:", "/")) and " " not in text


def is_named(url: str) -> bool:
    """Whether a URL holds more of its page than its number."""
    return _NUMBERED.search(url) is None


def resolution_base(base: str, href: str) -> str:
    """The part of a page's URL on which the target of a link on it depends.

    Equal links on pages of the same resolution base lead to the same URL.

    >>> resolution_base("https://example.org/q/7?x=1", "8")
    'https://example.org/q/'
    >>> resolution_base("https://example.org/q/7", "/q/8")
    'https://example.org'
    """
    if _ROOT.fullmatch(href):
        return origin(base)
    folder = _FOLDER.match(base) if _RELATIVE.fullmatch(href) else None
    return folder[0] if folder is not None else base
