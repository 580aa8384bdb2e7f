"""URLs of sites of which nothing is known but that they hold Q&A pages."""

import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit

from scrapy.linkextractors import IGNORED_EXTENSIONS

from scraper.items import Kind
from scraper.origins import origin
from scraper.reading.qapage.path_numbers import (
    holds_number,
    number_in,
    promises_question,
    segments_of,
)
from scraper.reading.urls import below, normal_path

_NOT_PAGES = tuple(f".{extension}" for extension in IGNORED_EXTENSIONS)
_ENDS_OF_WORDS = (".ai", ".js", ".py", ".rb", ".sh")  # as of `/questions/12/what-is-node.js`
_SITEMAP = re.compile(r"sitemap[^/]*\.xml(?:\.gz)?$|\.xml\.gz$", re.IGNORECASE)
# How one came from elsewhere, and visitors' sessions: `s` with 32 hex digits is vBulletin's.
_TRACKING = (
    r"(?:utm_\w+|(?:mtm|pk)_(?:campaign|cid|content|keyword|kwd|medium|source)"
    r"|hsa_(?:acc|ad|cam|grp|kw|la|mt|net|ol|src|tgt|ver)|(?:dcl|fbcl|gcl|ttcl|twcl|ycl|yscl)id"
    r"|[gw]braid|gad_source|gclsrc|srsltid|msclkid|igsh(?:id)?|mc_[ce]id|_hsenc|_hsmi|_g[al]|spm"
    r"|__ysp|ref(?:_src|_url)?|jsessionid|phpsessid|session_?id|oscsid|zenid|cfid|cftoken"
    r"|sid)=.*|s=[\da-f]{32}|nb=1|replytocom=\d+|share=(?:1|[a-z-]+\d*)"
)
_SCRIPT = re.compile(r"(?:^|\.(?:aspx?|cgi|jsp|php))$", re.IGNORECASE)  # says no page by itself
_PAGE_OF_SCRIPT = r"(?:nb|ref|share|sid)=[0-9]{1,9}\Z"  # `article.php?sid=12`
_SESSION_IN_PATH = re.compile(r";(?:\w*sess\w*|sid)=[^/;]*", re.IGNORECASE)
# The same question once more: its answers in another order, the way by which one came.
_ORDER = "active|activity|best|created|date|latest|modified|newest|oldest|recent|score|top|votes"
_VIEW = (
    r"(?:answertab|comment_?id|highlight|lastactivity|lq|nb|noredirect|rq|share|sort)=.*"
    rf"|(?:order(?:_?by)?|tab)=(?:{_ORDER})\w*|view=print"
)
# What chooses no question even where the query does, as in `view.php?no=7&sort=asc`. A number may.
_LOOK = (
    r"(?:answertab|highlight|hilit)=(?!\d+\Z).*|(?:lastactivity|noredirect)=.*"
    r"|(?:amp|print)=(?:1|pdf|true|yes)?"
    rf"|(?:order(?:_?by)?|sort|tab)=(?:(?:{_ORDER})\w*|a|asc|d|desc)"
    r"|(?:format|mode|view)=print|output=amp"
)
_TRACKING_ALONE = re.compile(_TRACKING, re.IGNORECASE | re.DOTALL)
_TRACKING_BUT_PAGE = re.compile(rf"(?!{_PAGE_OF_SCRIPT})(?:{_TRACKING})", re.IGNORECASE | re.DOTALL)
_TRACKING_OR_VIEW = re.compile(f"{_TRACKING}|{_VIEW}", re.IGNORECASE | re.DOTALL)
_ANY_LOOK = re.compile(_LOOK, re.IGNORECASE | re.DOTALL)
# Answers that the question's first page does not show.
FURTHER = re.compile(
    r"[?&](?:paged?|pg)=0*(?!1\b)[1-9]|[?&](?:start|offset)=0*[1-9]|[?&;]topic=\d+\.0*[1-9]"
    r"|/(?:comment-)?p(?:age[-_/]?)?0*(?!1\b)[1-9]\d*(?=[/.?]|$)"
    r"|/(?:\d{4,}|index)[-_]p?0*(?!1\b)[1-9]\d{0,2}(?=(?:\.[a-z]+|/)?(?:\?|$))",
    re.IGNORECASE,
)


def classify(url: str, home: str) -> tuple[str, Kind] | None:
    """Return the canonical URL and its kind, or None for other hosts and for files.

    A number behind a word such as `questions` promises a question; every other page is a list
    until its own data tells otherwise. A question's URL is without the order of its answers.
    What stays of a query stays as the link has it: who writes it otherwise asks for a page that
    may not exist, or that robots.txt forbids by the other spelling. A path has one spelling.
    """
    site = f"{origin(home)}/"
    place = below(url, site)
    if place is None:
        return None
    path, query = normal_path(place[0]) if "%" in place[0] else place[0], place[1]
    if ";" in path:
        path = _SESSION_IN_PATH.sub("", path)
    if _SITEMAP.search(path):
        kind = Kind.SITEMAP
    elif _is_file(path):
        return None
    else:
        kind = Kind.QUESTION if promises_question(path) else Kind.LIST
    kept = _kept(path, query) if query else ""
    return f"{site}{path}?{kept}" if kept else f"{site}{path}", kind


def _is_file(path: str) -> bool:
    name = path.lower()
    if not name.endswith(_NOT_PAGES):
        return False
    return not (name.endswith(_ENDS_OF_WORDS) and promises_question(path))


def _kept(path: str, query: str) -> str:
    """The query without what only tracks or orders, in the link's own bytes and order.

    >>> _kept("questions/7", "utm_source=x&t=%A5%7E&;wap&sort=new")
    't=%A5%7E&;wap'
    """
    if promises_question(path):
        dropped = _TRACKING_OR_VIEW
    else:
        dropped = _TRACKING_BUT_PAGE if _SCRIPT.search(path) else _TRACKING_ALONE
    return _without(dropped, query)


def without_looks(query: str) -> str:
    """The query without what only chooses how a question is shown.

    >>> without_looks("no=7&sort=asc&page=2&print=1&sort=3")
    'no=7&page=2&sort=3'
    """
    return _without(_ANY_LOOK, query)


def _without(dropped: re.Pattern[str], query: str) -> str:
    return "&".join(pair for pair in query.split("&") if not dropped.fullmatch(_spelt_out(pair)))


def _spelt_out(pair: str) -> str:
    name, _, value = pair.partition("=")
    return f"{unquote_plus(name)}={unquote_plus(value)}"


def pairs_of(query: str) -> list[tuple[str, str]]:
    """The query's names and values; bytes that are no UTF-8 keep their difference."""
    return parse_qsl(query, keep_blank_values=True, errors="surrogateescape")


def _in_any_order(query: str) -> str:
    """One spelling for what asks for the same page, to make ids of: never to be asked for."""
    return urlencode(sorted(pairs_of(query)), errors="surrogateescape")


def source_id(url: str) -> str:
    """Return the number in the URL's path or, where none is sure to be the page's own, a digest.

    >>> source_id("https://example.org/questions/123/why")
    '123'
    >>> source_id("https://example.org/room-11/a-question-8313")
    '8313'
    """
    parts = urlsplit(url)
    path = normal_path(parts.path) if "%" in parts.path else parts.path
    query = _in_any_order(_kept(path, without_looks(parts.query))) if parts.query else ""
    number = None if query or FURTHER.search(path) else number_in(path)
    if number is not None:
        return number
    path = path.rstrip("/") or "/"
    whole = f"{path}?{query}" if query else path
    digest = hashlib.sha256(whole.encode()).hexdigest()[:16]
    return f"x{digest[1:]}" if digest.isdecimal() else digest  # which a number would be


def may_have_number(url: str) -> bool:
    """Whether the page may have a number of its own, though it is not sure enough for an id."""
    parts = urlsplit(url)
    return not (parts.query or FURTHER.search(parts.path)) and holds_number(parts.path)


def question_at(url: str) -> tuple[str, str] | None:
    """Site and source_id of the question that a URL promises, whatever its query adds.

    >>> question_at("https://example.org/questions/123/why?page=2")
    ('example.org', '123')
    """
    parts = urlsplit(url)
    number = number_in(parts.path) if promises_question(parts.path) else None
    return (parts.hostname or "", number) if number else None


def numbers(urls: Iterable[str]) -> set[str]:
    """The numbers of the questions that these URLs promise; what is no URL promises none."""
    found = set()
    for url in urls:
        with suppress(ValueError):
            if (question := question_at(url)) is not None:
                found.add(question[1])
    return found


def numbers_of(addresses: Iterable[str], links: Iterable[str]) -> set[str]:
    """The numbers of a question's own addresses or, failing that, of the pages it leads to."""
    if named := numbers(addresses):
        return named
    found = set()
    for link in links:
        with suppress(ValueError):
            found.add(source_id(link))
    return set(filter(str.isdecimal, found))


def names_number(url: str, number: str) -> bool:
    """Whether a part of the path is this number, such as that of `/questions/123/why/456`."""
    return any(part.lstrip("0") == number for part in segments_of(urlsplit(url).path))
