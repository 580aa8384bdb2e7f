"""Which URLs are of one page: what a page names as its own, beside the URL it was fetched at."""

import re
from urllib.parse import urlsplit

from scraper.reading.qapage.path_numbers import LOOK, is_number, promises_question, segments_of
from scraper.reading.qapage.urls import FURTHER, pairs_of, source_id, without_looks
from scraper.reading.urls import normal_path

_ANSWER = re.compile(r"/answers?(?:-\d+|/[^/]+)", re.ASCII)
_ANSWER_NUMBER = re.compile(r"/(a|answers?|comments?|posts?)/\d+(?:/[^/]*)?$", re.IGNORECASE)
_BEHIND_TITLE = re.compile(  # `/newest`; a short number is a page's
    r"(?:/(?:order|sort))?/(?:active|best|latest|newest|oldest|print|recent|related|share|top|votes)"
    r"|/(?:comments|replies)/\d{4,}",
    re.ASCII,
)
_SLUG_SIGN = re.compile(r"[-_%\d]", re.ASCII)
_LAST_LOOK = re.compile(rf"{LOOK.pattern}/?$", re.IGNORECASE | re.ASCII)
_COPIES = frozenset(("amp", "m", "mobile", "wap"))  # folders of the same pages in other forms
_NUMBER = re.compile(r"/\d+", re.ASCII)
_EDGE_NUMBER = re.compile(r"(\d+)(?:[-_.].*)?|.*[-_.](\d+)", re.ASCII)
_BEHIND_NUMBER = re.compile(r"(=\d+)[^&]*", re.ASCII)  # `topic=12.msg345`
_WHOLE = frozenset(("", "all/", "answers/", "full/", "index/", "summary/"))
_DISCUSSION = re.compile(r"/d/\d+[^/]*$", re.ASCII)  # of `/d/13-why-hiccups/5`, where 5 is a post
_POST = re.compile(r"/\w+-p/\d+$", re.ASCII)  # of `/why-hiccups/td-p/12345`


def is_view(url: str, own: str, *, agreed: bool = False, titled: bool = False) -> bool:
    """Whether the page at `url` is the one at `own`, which it names as its own URL.

    Not believed when `url` holds further answers and `own` does not, when both have numbers and
    these differ, or when `own` promises no question and is neither a shorter path to the same
    nor the same path with another kind of query. `agreed`: the head names it, and the question no
    other; then it is enough that the path ends in its slug or number, or in any number (`/node/71`)
    if `own` is `titled`, that is ends in the title's words; then `/newest` may also follow it.
    """
    if FURTHER.search(url) and not FURTHER.search(own):
        return False
    if source_id(url) == source_id(own):
        return True
    here, there = urlsplit(url), urlsplit(own)
    if promises_question(there.path):
        return not source_id(url).isdecimal() or is_of_answer(url, own)
    path, own_path = _comparable(here.path), _comparable(there.path)
    above, _, below = path[1:].partition("/")
    is_copy = f"/{below}" == own_path and (agreed or above in _COPIES)
    if is_copy or path in (own_path, f"{own_path}/amp"):
        return _asks_for_the_same(here.query, there.query, agreed=agreed)
    return not there.query and (
        (agreed and (_is_named_so(path, own_path, titled=titled) or is_answer_below(url, own)))
        or _looks_at(path, own_path, numbered=_has_number(own))
        or _have_one_number(path, own_path)
    )


def _has_number(own: str) -> bool:
    return source_id(own).isdecimal() or _DISCUSSION.search(own) is not None


def _comparable(path: str) -> str:
    return "".join(f"/{segment}" for segment in segments_of(normal_path(path).lower()))


def _asks_for_the_same(query: str, own: str, *, agreed: bool) -> bool:
    """Whether `own` only leaves out, or has other names: `t=1` of a topic for `p=105` of a post.

    What has the same names and other values is another page; `agreed`: other numbers.
    """
    if agreed:
        query, own = (_BEHIND_NUMBER.sub(r"\1", each) for each in (query, own))
    values, own_values = pairs_of(query), pairs_of(own)
    if set(own_values) <= set(values):
        return True
    otherwise = dict(values).keys() != dict(own_values).keys()
    return bool(values) and otherwise and any(map(str.isdecimal, own))


def _is_named_so(path: str, own: str, *, titled: bool) -> bool:
    """Whether the path ends in the slug or number of `own`, or in a word for the whole behind it.

    Elsewhere than below `own` only if not both have numbers. A post may follow a topic's slug.
    `titled`: or in a mere number, if `own` has none.
    """
    topic = _POST.sub("/", own)
    if topic != own and path.startswith(topic):
        return True
    if titled and path.startswith(own) and _BEHIND_TITLE.fullmatch(path, len(own)):
        return True
    name = own.rpartition("/")[2]
    above, found, behind = f"{path}/".partition(f"/{name}/")
    if not found and titled:
        return is_number(path.rpartition("/")[2]) and not any(map(_edge_number, segments_of(own)))
    if not (found and _SLUG_SIGN.search(name) and behind in _WHOLE):
        return False
    return f"{above}/{name}" == own or not all(source_id(each).isdecimal() for each in (path, own))


def _looks_at(path: str, own: str, *, numbered: bool) -> bool:
    """Whether a path goes on behind `own` to a look at it; `/5` is one where `own` has a number."""
    more = path.removeprefix(own)
    if more == path:
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


def is_of_answer(url: str, own: str) -> bool:
    """Whether `url` has an answer's number, and `own` a question's behind another word: `/a/5`."""
    path, own_path = (_comparable(urlsplit(each).path) for each in (url, own))
    found = _ANSWER_NUMBER.search(path)
    if found is None or not promises_question(own_path):
        return False
    return f"/{found[1]}/" not in own_path


def without_look(url: str) -> str:
    """The URL of a question without what its query or, behind a number, its path adds for a look.

    >>> without_look("https://example.org/questions/123/why/print")
    'https://example.org/questions/123/why'
    >>> without_look("https://example.org/view.php?no=7&print=1")
    'https://example.org/view.php?no=7'
    """
    parts = urlsplit(url)
    path, query = _LAST_LOOK.sub("", parts.path), without_looks(parts.query)
    if query or not promises_question(path):
        path = parts.path
    is_same = (path, query) == (parts.path, parts.query)
    return url if is_same else parts._replace(path=path, query=query).geturl()


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
