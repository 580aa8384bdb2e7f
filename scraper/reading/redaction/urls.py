"""URLs in text, scripts and headers, where no `href` says that they are some; words in URLs."""

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from scraper.origins import origin
from scraper.reading.big5 import decode_big5
from scraper.reading.sameness import composed, is_distinctive

# What looks like a URL inside text, JSON or a script: "https://...", "\/article\/5"
_REST = r"(?:[^\s\"'<>\\()\[\]]|\\/)*"
_ROOTED = re.compile(rf"[\"'=(>\s,](\\?/(?:\\?/)?{_REST})")
WHOLE_URL = re.compile(rf"https?:\\?/\\?/{_REST}")
_NUMBERED = re.compile(r"(?:/|=)\d+/?$")
_FOLDER = re.compile(r"https?://[^/?#]*/(?:[^?#]*/)?")
_ROOT = re.compile(r"(?:/(?![/\\])|(?:https?:)?//[\w.\[])[^\t\n\r]*")  # which browsers drop
_RELATIVE = re.compile(r"(?!https?:)[\w.%-][^\t\n\r]*", re.IGNORECASE)  # "http:?x=5" is a query
# Percent-encoding, such as that of URLs by which a page is shared.
_CODED = re.compile(r"%[0-9a-fA-F]{2}")
_IN_CODE = re.compile(r"%[0-9a-fA-F]{2}|\+(?<=\w\+)\w")  # by a sign that is rare in pages
_RUN = re.compile(r"%[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2}|[\w.~@-])*", re.ASCII)
_QUERY_PARTS = re.compile(r"[?&=#]")
_MAX_DEPTH = 3  # times that a text is encoded
_PARTS = re.compile(r"[/\\?&=#]+")
EXTENSION = re.compile(r"\.\w{1,5}$")
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")  # a number, and what joins it to the words


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


def slugs_in(url: str) -> Iterator[str]:
    """Yield the parts of a path and query that are long enough to tell a page by.

    >>> list(slugs_in("/_next/image?url=%2Fthumb%2F11-numb-hands-at-night.jpg&w=640"))
    ['numb-hands-at-night']
    """
    for part in _PARTS.split(composed(percent_decoded(url))):
        words = _ENDS.sub("", EXTENSION.sub("", part))
        if is_distinctive(words):
            yield words


def percent_decoded(text: str) -> str:
    """Text with its percent-encoding undone, in UTF-8 or else as Big5.

    >>> percent_decoded("t=Cold%2520Feet%21")
    't=Cold Feet!'
    """
    for _ in range(_MAX_DEPTH):
        if _CODED.search(text) is None:
            break
        text = _RUN.sub(_decoded, text)
    return text


def decoded_query_parts(text: str) -> list[str]:
    """The encoded values of queries in a text (percent-encoded, or `+` for blanks), decoded.

    >>> decoded_query_parts("/s?text=Cold+feet&n=1")
    ['Cold feet']
    """
    if "+" not in text and ("%" not in text or _CODED.search(text) is None):
        return []
    encoded = filter(_IN_CODE.search, _QUERY_PARTS.split(text))
    return [percent_decoded(part.replace("+", " ")) for part in encoded]


def _decoded(run: re.Match[str]) -> str:
    raw = unquote_to_bytes(run[0])
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return decode_big5(raw, "replace")
