"""URLs of sites of which nothing is known but that they hold Q&A pages."""

import hashlib
import re
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit

from scrapy.linkextractors import IGNORED_EXTENSIONS

from scraper.items import Kind
from scraper.reading.urls import below, origin

_QUESTION_WORDS = frozenset(
    """a answers article articles ask discussion discussions forum post posts q qa qna question
    questions t thread threads topic topics""".split()  # noqa: SIM905
)
_NOT_PAGES = tuple(f".{extension}" for extension in IGNORED_EXTENSIONS)
_SITEMAP = re.compile(r"sitemap[^/]*\.xml(?:\.gz)?$|\.xml\.gz$", re.IGNORECASE)
_TRACKING = r"(?:utm_\w+|fbclid|gclid|msclkid|ref|session_?id|phpsessid|sid)=.*"
_SESSION_IN_PATH = re.compile(r";(?:\w*sess\w*|sid)=[^/;]*", re.IGNORECASE)
_EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_ID_IN_SLUG = re.compile(r"(?:^|[-_.])(\d{4,})$|^(\d{4,})[-_.]")
_YEAR = re.compile(r"(?:19|20)\d\d")
# The same question once more: its answers in another order, the way by which one came.
_ORDER = "active|activity|best|created|date|latest|modified|newest|oldest|recent|score|top|votes"
_VIEW = rf"(?:answertab|lastactivity|noredirect|lq|rq|sort)=.*|tab=(?:{_ORDER})\w*"
_TRACKING_ALONE = re.compile(_TRACKING, re.IGNORECASE | re.DOTALL)
_TRACKING_OR_VIEW = re.compile(f"{_TRACKING}|{_VIEW}", re.IGNORECASE | re.DOTALL)
# Answers that the question's first page does not show.
_FURTHER = re.compile(
    r"[?&](?:paged?|pg)=0*(?!1\b)[1-9]|[?&](?:start|offset)=0*[1-9]"
    r"|/p(?:age[-/]?)?0*(?!1\b)[1-9]\d*(?=[/.?]|$)",
    re.IGNORECASE,
)


def classify(url: str, home: str) -> tuple[str, Kind] | None:
    """Return the canonical URL and its kind, or None for other hosts and for files.

    A number behind a word such as `questions` promises a question; every other page is a list
    until its own data tells otherwise. A question's URL is without the order of its answers.
    What stays of a query stays as the link has it: who writes it otherwise asks for a page that
    may not exist, or that robots.txt forbids by the other spelling.
    """
    site = f"{origin(home)}/"
    place = below(url, site)
    if place is None:
        return None
    path, query = place
    if ";" in path:
        path = _SESSION_IN_PATH.sub("", path)
    if _SITEMAP.search(path):
        kind = Kind.SITEMAP
    elif path.lower().endswith(_NOT_PAGES):
        return None
    else:
        kind = Kind.QUESTION if _promises_question(path) else Kind.LIST
    kept = _kept(path, query) if query else ""
    return f"{site}{path}?{kept}" if kept else f"{site}{path}", kind


def _kept(path: str, query: str) -> str:
    """The query without what only tracks or orders, in the link's own bytes and order.

    >>> _kept("questions/7", "utm_source=x&t=%A5%7E&;wap&sort=new")
    't=%A5%7E&;wap'
    """
    dropped = _TRACKING_OR_VIEW if _promises_question(path) else _TRACKING_ALONE
    return "&".join(pair for pair in query.split("&") if not dropped.fullmatch(_spelt_out(pair)))


def _spelt_out(pair: str) -> str:
    name, _, value = pair.partition("=")
    return f"{unquote_plus(name)}={unquote_plus(value)}"


def _pairs(query: str) -> list[tuple[str, str]]:
    """The query's names and values; bytes that are no UTF-8 keep their difference."""
    return parse_qsl(query, keep_blank_values=True, errors="surrogateescape")


def _in_any_order(query: str) -> str:
    """One spelling for what asks for the same page, to make ids of: never to be asked for."""
    return urlencode(sorted(_pairs(query)), errors="surrogateescape")


def _segments(path: str) -> list[str]:
    return [segment for segment in _EXTENSION.sub("", path).split("/") if segment]


def _promises_question(path: str) -> bool:
    """Tell `/questions/123/slug` from `/users/123` and `/questions/123/slug/edit`."""
    segments = _segments(path)
    places = [place for place, segment in enumerate(segments) if segment.isdecimal()]
    if len(places) != 1 or not places[0]:
        return False
    word = segments[places[0] - 1].lower()
    return word in _QUESTION_WORDS and len(segments) - places[0] <= len(("number", "slug"))


def source_id(url: str) -> str:
    """Return the number in the URL's path or, where none is sure to be the page's own, a digest.

    >>> source_id("https://example.org/questions/123/why")
    '123'
    >>> source_id("https://example.org/room-11/a-question-8313")
    '8313'
    """
    parts = urlsplit(url)
    query = _in_any_order(_kept(parts.path, parts.query)) if parts.query else ""
    segments = _segments(parts.path)
    numbers = [segment for segment in segments if segment.isdecimal()]
    if len(numbers) == 1 and not query:
        return numbers[0].lstrip("0") or "0"
    found = _ID_IN_SLUG.search(segments[-1]) if segments and not numbers else None
    number = (found[1] or found[2]) if found else None
    if number and not query and not _YEAR.fullmatch(number):
        return number.lstrip("0") or "0"
    whole = f"{parts.path}?{query}" if query else parts.path
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def question_at(url: str) -> tuple[str, str] | None:
    """Site and source_id of the question that a URL promises, whatever its query adds.

    >>> question_at("https://example.org/questions/123/why?page=2")
    ('example.org', '123')
    """
    parts = urlsplit(url)
    if not _promises_question(parts.path):
        return None
    return parts.hostname or "", source_id(parts._replace(query="").geturl())


def is_view(url: str, own: str) -> bool:
    """Whether the page at `url` is the one at `own`, which it names as its own URL.

    Not believed when both have numbers and these differ, when the paths do and `own` promises no
    question, or when `url` holds further answers and `own` does not.
    """
    if _FURTHER.search(url) and not _FURTHER.search(own):
        return False
    if _promises_question(urlsplit(own).path):
        return source_id(own) == source_id(url) or not source_id(url).isdecimal()
    here, there = urlsplit(url), urlsplit(own)
    parts, own_parts = _segments(here.path), _segments(there.path)
    same = parts in (own_parts, [*own_parts, "amp"])
    return same and set(_pairs(there.query)) <= set(_pairs(here.query))


def names_number(url: str, number: str) -> bool:
    """Whether a part of the path is this number, such as that of `/questions/123/why/456`."""
    return any(part.lstrip("0") == number for part in _segments(urlsplit(url).path))
