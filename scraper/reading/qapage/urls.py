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
    LOOK,
    is_number,
    number_in,
    promises_question,
    segments_of,
)
from scraper.reading.urls import below, normal_path

_NOT_PAGES = tuple(f".{extension}" for extension in IGNORED_EXTENSIONS)
_ENDS_OF_WORDS = (".ai", ".js", ".py", ".rb", ".sh")  # as of `/questions/12/what-is-node.js`
_SITEMAP = re.compile(r"sitemap[^/]*\.xml(?:\.gz)?$|\.xml\.gz$", re.IGNORECASE)
_TRACKING = r"(?:utm_\w+|fbclid|gclid|msclkid|ref|session_?id|phpsessid|sid)=.*"
_SCRIPT = re.compile(r"(?:^|\.(?:aspx?|cgi|jsp|php))$", re.IGNORECASE)  # says no page by itself
_PAGE_OF_SCRIPT = r"(?:ref|sid)=[0-9]{1,9}\Z"  # `article.php?sid=12`
_SESSION_IN_PATH = re.compile(r";(?:\w*sess\w*|sid)=[^/;]*", re.IGNORECASE)
# The same question once more: its answers in another order, the way by which one came.
_ORDER = "active|activity|best|created|date|latest|modified|newest|oldest|recent|score|top|votes"
_VIEW = (
    r"(?:answertab|comment_?id|highlight|lastactivity|lq|nb|noredirect|replytocom|rq|share|sort)=.*"
    rf"|(?:order(?:_?by)?|tab)=(?:{_ORDER})\w*|view=print"
)
_TRACKING_ALONE = re.compile(_TRACKING, re.IGNORECASE | re.DOTALL)
_TRACKING_BUT_PAGE = re.compile(rf"(?!{_PAGE_OF_SCRIPT}){_TRACKING}", re.IGNORECASE | re.DOTALL)
_TRACKING_OR_VIEW = re.compile(f"{_TRACKING}|{_VIEW}", re.IGNORECASE | re.DOTALL)
# Answers that the question's first page does not show.
_FURTHER = re.compile(
    r"[?&](?:paged?|pg)=0*(?!1\b)[1-9]|[?&](?:start|offset)=0*[1-9]|[?&;]topic=\d+\.0*[1-9]"
    r"|/(?:comment-)?p(?:age[-_/]?)?0*(?!1\b)[1-9]\d*(?=[/.?]|$)"
    r"|/(?:\d{4,}|index)[-_]p?0*(?!1\b)[1-9]\d{0,2}(?=(?:\.[a-z]+|/)?(?:\?|$))",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"/answers?(?:-\d+|/[^/]+)", re.ASCII)
_SLUG_SIGN = re.compile(r"[-_%\d]", re.ASCII)
_LAST_LOOK = re.compile(rf"{LOOK.pattern}/?$", re.IGNORECASE | re.ASCII)
_COPIES = frozenset(("amp", "m", "mobile", "wap"))  # folders of the same pages in other forms
_NUMBER = re.compile(r"/\d+", re.ASCII)
_PAGE = re.compile(r"\d{1,3}/", re.ASCII)
_EDGE_NUMBER = re.compile(r"(\d+)(?:[-_.].*)?|.*[-_.](\d+)", re.ASCII)
_BEHIND_NUMBER = re.compile(r"(=\d+)[^&]*", re.ASCII)  # `topic=12.msg345`
_POST = re.compile(r"/\w+-p/\d+$", re.ASCII)  # of `/why-hiccups/td-p/12345`


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


def source_id(url: str) -> str:
    """Return the number in the URL's path or, where none is sure to be the page's own, a digest.

    >>> source_id("https://example.org/questions/123/why")
    '123'
    >>> source_id("https://example.org/room-11/a-question-8313")
    '8313'
    """
    parts = urlsplit(url)
    path = normal_path(parts.path) if "%" in parts.path else parts.path
    query = _in_any_order(_kept(path, parts.query)) if parts.query else ""
    number = None if query or _FURTHER.search(path) else number_in(path)
    if number is not None:
        return number
    path = path.rstrip("/") or "/"
    whole = f"{path}?{query}" if query else path
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


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


def is_view(url: str, own: str, *, agreed: bool = False) -> bool:
    """Whether the page at `url` is the one at `own`, which it names as its own URL.

    Not believed when `url` holds further answers and `own` does not, when both have numbers and
    these differ, or when `own` promises no question and is neither a shorter path to the same
    nor the same path with another kind of query. `agreed`: both head and question name it; then
    it is enough that the path holds its slug or number.
    """
    if _FURTHER.search(url) and not _FURTHER.search(own):
        return False
    if source_id(url) == source_id(own):
        return True
    here, there = urlsplit(url), urlsplit(own)
    if promises_question(there.path):
        return not source_id(url).isdecimal()
    path, own_path = _comparable(here.path), _comparable(there.path)
    above, _, below = path[1:].partition("/")
    is_copy = f"/{below}" == own_path and (agreed or above in _COPIES)
    if is_copy or path in (own_path, f"{own_path}/amp"):
        queries = (here.query, there.query)
        return _asks_for_the_same(
            *(_BEHIND_NUMBER.sub(r"\1", query) if agreed else query for query in queries)
        )
    return not there.query and (
        (agreed and _has_name_of(path, own_path))
        or _looks_at(path, own_path, numbered=source_id(own).isdecimal())
        or _have_one_number(path, own_path)
    )


def _comparable(path: str) -> str:
    return "".join(f"/{segment}" for segment in segments_of(normal_path(path).lower()))


def _asks_for_the_same(query: str, own: str) -> bool:
    """Whether `own` only leaves out, or has other names: `t=1` of a topic for `p=105` of a post.

    What has the same names and other values is another page.
    """
    values, own_values = _pairs(query), _pairs(own)
    if set(own_values) <= set(values):
        return True
    otherwise = dict(values).keys() != dict(own_values).keys()
    return bool(values) and otherwise and any(map(str.isdecimal, own))


def _has_name_of(path: str, own: str) -> bool:
    """Whether the slug or number of `own` is a part of the path, with no page's number behind it.

    Elsewhere than below `own` only if not both have numbers. A page with a slug alone may also have
    a path that ends in a mere number: `/node/71`.
    """
    stem = _POST.sub("", own)
    name = stem.rpartition("/")[2]
    above, found, behind = f"{path}/".partition(f"/{name}/")
    if not _SLUG_SIGN.search(name):
        return False
    if not found:
        parts = segments_of(own)
        return is_number(path.rpartition("/")[2]) and not any(map(_edge_number, parts))
    if f"{above}/{name}" != stem and all(source_id(each).isdecimal() for each in (path, own)):
        return False
    return name[0].isdecimal() or not _PAGE.match(behind)


def _looks_at(path: str, own: str, *, numbered: bool) -> bool:
    """Whether a path goes on behind `own` to a look at it; `/5` is one where `own` has a number."""
    more = path.removeprefix(own)
    if not own or more == path:
        return False
    if own[-1].isdecimal() and more[0] == "-":  # `/thread-12-lastpost`
        more = f"/{more[1:]}"
    return bool(LOOK.fullmatch(more) or (numbered and _NUMBER.fullmatch(more)))


def is_answer_below(url: str, own: str) -> bool:
    """Whether `url` is that of an answer, below its question: `/why-hiccups/answer/jane-roe`.

    Not below a mere word: `/health` is no question.
    """
    path, own_path = (_comparable(urlsplit(each).path) for each in (url, own))
    is_slug = _SLUG_SIGN.search(own_path.rpartition("/")[2]) is not None
    return is_slug and path.startswith(own_path) and bool(_ANSWER.fullmatch(path, len(own_path)))


def without_look(url: str) -> str:
    """The URL of a question with a number, without what follows for another look at it.

    >>> without_look("https://example.org/questions/123/why/print")
    'https://example.org/questions/123/why'
    """
    parts = urlsplit(url)
    path = _LAST_LOOK.sub("", parts.path)
    if parts.query or path == parts.path or not promises_question(path):
        return url
    return parts._replace(path=path).geturl()


def _have_one_number(path: str, own: str) -> bool:
    """Whether paths differ but in a number's words: `/5` and `/5/why`, `/5` and `/5-new`."""
    above, _, last = path.rpartition("/")
    own_above, _, own_last = own.rpartition("/")
    if own_above == path:
        return is_number(last)
    number = _edge_number(last)
    return above == own_above and number is not None and number == _edge_number(own_last)


def _edge_number(slug: str) -> str | None:
    found = _EDGE_NUMBER.fullmatch(slug)
    return (found[1] or found[2]) if found else None


def names_number(url: str, number: str) -> bool:
    """Whether a part of the path is this number, such as that of `/questions/123/why/456`."""
    return any(part.lstrip("0") == number for part in segments_of(urlsplit(url).path))
