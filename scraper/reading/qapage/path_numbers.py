"""Which number in a path is its question's own: not a date's, an answer's, a dose's, a person's."""

import re

_THREADS = frozenset("discussion discussions t thread threads topic topics".split())  # noqa: SIM905
_QUESTION_WORDS = _THREADS | frozenset(
    "a answers ask post posts q qa qna question questions".split()  # noqa: SIM905
)
_ABOVE_SLUGS = _QUESTION_WORDS | {"article", "view"}
_PEOPLE = re.compile(r"(?:doctor|dr|expert|user|member|profile|author|hospital)s?$", re.IGNORECASE)
_ACTIONS = frozenset(
    """close delete edit flag follow followers following history likes log quote raw reply report
    retag revisions share subscribe timeline vote votes""".split()  # noqa: SIM905
)
_EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_UNIT = r"(?:mc?g|kg|ml|iu|units|k?cal(?:orie)?s?|kj|ppm|steps)(?![^\W_])"  # no "1234-j-pouch"
_ID_IN_SLUG = re.compile(
    rf"(?:^|[-_.])(\d{{4,}})$|^(\d{{4,}})[-_.](?!{_UNIT})", re.ASCII | re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(rf"{_YEAR.pattern}(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?)?")  # or a part
# `why-hiccups`, `hiccups.12`, or at least six Chinese characters.
_WORDS = re.compile(r"[-_]|\.\d|(?:%[\da-f]{2}){16}")
_OF_QUESTIONS = re.compile(  # `ask-a-doctor`, `show_question`
    r"(?:ask|qa|qna|questions?)(?:[-_].*)?|.*[-_](?:ask|qa|qna|questions?)"
)
_FORM = re.compile(
    r"[a-z]{2}(?:[-_](?:[a-z]{2}|han[st]))?|m|index\.php"
)  # folders of the same pages
_LONG = 4  # digits that are hardly a department's number
# What a path adds to a question's own for one of its answers, or for another look.
LOOK = re.compile(
    r"/(?:amp|last(?:post)?|latest|newpost|print|unread|(?:comment-)?page[-_/]?0*1|(?:answers?|comment|post|reply)[-/]\d+)",
    re.IGNORECASE | re.ASCII,
)
_FIRST_PAGE = re.compile(r"/page[-_/]?0*1/?$", re.IGNORECASE)


def segments_of(path: str) -> list[str]:
    """The parts of a path, without an extension at its end."""
    return [segment for segment in _EXTENSION.sub("", path).split("/") if segment]


def promises_question(path: str) -> bool:
    """Tell `/questions/123/slug` from `/users/123`, `/questions/123/edit` and deeper paths."""
    segments = segments_of(path)
    place = _place_of_number(segments)
    if not place or segments[place - 1].lower() not in _QUESTION_WORDS:
        return False
    if _is_year(segments, place):
        return False
    behind = segments[place + 1 :]
    return not behind or (len(behind) == 1 and behind[0].lower() not in _ACTIONS)


def _place_of_number(segments: list[str]) -> int | None:
    """Where the one segment stands that is a number; None of several."""
    places = [place for place, segment in enumerate(segments) if is_number(segment)]
    return places[0] if len(places) == 1 else None


def is_number(segment: str) -> bool:
    """Whether a part of a path is digits alone."""
    return segment.isascii() and segment.isdecimal()


def _is_year(segments: list[str], place: int) -> bool:
    """Tell `/posts/2020/why`, where all questions of a year stand, from `/questions/2020/why`."""
    year = _YEAR.fullmatch(segments[place])
    return year is not None and segments[place - 1].lower() in {"post", "posts"}


def holds_number(path: str) -> bool:
    """Whether a number in the path may be the page's own: one that is long, or its last part."""
    segments = segments_of(path)
    place = _place_of_number(segments)
    if place is None or _DATE.fullmatch(segments[place]):
        return False
    is_last = place == len(segments) - 1
    if LOOK.fullmatch("/" + "/".join(segments[-2:])):
        return False
    return is_last or len(segments[place]) >= _LONG


def number_in(path: str) -> str | None:
    """The number that is the page's own: not its date's, its answer's or its department's."""
    segments = segments_of(_FIRST_PAGE.sub("", path))
    place, number = _place_of_number(segments), None
    if place is not None:
        number = segments[place] if _is_own(segments, place) else None
    elif segments and not (any(map(is_number, segments)) or LOOK.fullmatch(f"/{segments[-1]}")):
        number = _id_in_slug(segments)
    return number and (number.lstrip("0") or "0")


def _id_in_slug(segments: list[str]) -> str | None:
    """The number that the last slug begins or ends with, if it is long enough; no date or dose."""
    above, slug = ["", "", *segments][-2:]
    found = _ID_IN_SLUG.search(slug)
    number = (found[1] or found[2]) if found else None
    date = _YEAR if above.lower() in _ABOVE_SLUGS else _DATE
    return None if number and date.fullmatch(number) else number


def _is_own(segments: list[str], place: int) -> bool:
    """Tell the 5 of `/t/5`, `/t/why-a/5`, `/view/5` from that of `/q/why-a/5`, `/user/5/why`."""
    number = segments[place]
    above = segments[place - 1].lower() if place else ""
    words = [at for at in range(place) if segments[at].lower() in _QUESTION_WORDS]
    if above == "answers" and words[0] < place - 2:
        return False
    between = place - words[-1] - 1 if words else None
    if between == 0:
        return not _is_year(segments, place)
    if place < len(segments) - 1 or LOOK.fullmatch(f"/{above}/{number}"):
        return _is_before_slug(segments, place)
    if len(number) >= _LONG and not _YEAR.fullmatch(number):
        return between in {None, 1} or not _PEOPLE.match(above)
    if _WORDS.search(above) and (words or not _OF_QUESTIONS.fullmatch(above)):
        return between == 1 and segments[words[-1]].lower() in _THREADS
    return between in ({1} if _YEAR.fullmatch(number) else {None, 1})


def _is_before_slug(segments: list[str], place: int) -> bool:
    """Tell the 2034 of `/2034/why`, `/qa/pond/2034/why` from that of `/goods/2034/why`."""
    number, above = segments[place], [segment.lower() for segment in segments[:place]]
    if len(number) < _LONG or place != len(segments) - 2:
        return False
    date = _DATE if _QUESTION_WORDS.isdisjoint(above) else _YEAR
    if date.fullmatch(number) or (above and _PEOPLE.match(above[-1])):
        return False
    if not _ABOVE_SLUGS.isdisjoint(above[-2:]):
        return True
    folders = [folder for folder in above if not _FORM.fullmatch(folder)]
    return not folders or _OF_QUESTIONS.fullmatch(folders[-1]) is not None
