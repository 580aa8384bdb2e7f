"""Splits `Title - Department`, as a line or the head's title has it."""

import re
from collections.abc import Collection

from scraper.reading.adoctor.people.doctors import is_department
from scraper.reading.adoctor.words.icons import without_icons

SITE = "adoctor"
_DASHES = "-–—―－﹣‐‑−"
ANY_DASH = re.compile(f"[{_DASHES}]")
_TITLE_AND_DASH = re.compile(rf"(?P<title>.*\S)(?:\s+[{_DASHES}]\s*|\s*－\s*|\s*[{_DASHES}]\s+)")
_TITLE_AND_DEPARTMENT = re.compile(rf"{_TITLE_AND_DASH.pattern}(?P<department>\S.*)")
_BEGUN_SCORE, _PROVEN_SCORE = 2, 5
_SITE_AT_END = re.compile(rf"\s*[{_DASHES}|｜_·]\s*{SITE}\b.*$", re.IGNORECASE)


def split_title(text: str, departments: Collection[str]) -> tuple[str, str | None]:
    """`Title - Department`; the department is None when what follows the dash is none."""
    if ANY_DASH.search(text) is None:
        return text, None
    for department in sorted(filter(ANY_DASH.search, departments), key=len, reverse=True):
        match = _TITLE_AND_DASH.fullmatch(text.removesuffix(department))
        if match is not None and text.endswith(department):
            return match["title"], department
    match = _TITLE_AND_DEPARTMENT.fullmatch(text)
    if match is None:
        return text, None
    title, department = without_icons(match["title"]), without_icons(match["department"].strip())
    if department in departments or is_department(department):
        return title, department
    return text, None


def split_head(document_title: str, departments: Collection[str]) -> tuple[str, str | None]:
    """Title and department of the head's title; what follows its dash may be the site's name."""
    return split_title(_SITE_AT_END.sub("", document_title), departments)


def end_of_head(document_title: str) -> str | None:
    """What follows the last dash of the head's title: the department, or the site's name."""
    match = _TITLE_AND_DEPARTMENT.fullmatch(_SITE_AT_END.sub("", document_title))
    return match["department"].strip() if match else None


def is_broken_at_dash(text: str, following: str) -> bool:
    """Whether a dash with a space before or behind it stands where two lines meet."""
    ends_with_dash = text[-1] in _DASHES and (len(text) == 1 or text[-2] == " ")
    return ends_with_dash or (
        following[0] in _DASHES and (len(following) == 1 or following[1] == " ")
    )


def joined_in_head(
    document_title: str, text: str, following: str, departments: Collection[str]
) -> str | None:
    """Two lines in one as the head's title begins; None where it does not begin with both."""
    if not document_title.startswith(text):
        return None
    begun = split_title(following, departments)[0]
    blanks = (blank for blank in (" ", "") if document_title.startswith(f"{text}{blank}{begun}"))
    return next((f"{text}{blank}{following}" for blank in blanks), None)


def names(document_title: str, name: str | None, department: str | None = None) -> bool:
    """Whether the document's title is this one, with no more than department and site behind it."""
    name, department = name or "", department or ""
    if not name or not document_title.startswith(name):
        return False
    rest = document_title[len(name) :].replace(department, "", 1).casefold().replace(SITE, "", 1)
    is_site = SITE in (name.casefold(), department.casefold())
    return not is_site and not any(map(str.isalnum, rest))


def head_score(
    document_title: str, title: str, department: str | None, departments: Collection[str]
) -> int:
    """How much the head's title tells for a line that is `title - department`, or title alone.

    Where the rest of the page names no department, the head's title must name that of the line.
    """
    if department is not None and title in document_title:
        is_said = not departments and (title, department) == split_head(document_title, ())
        if is_said or department in departments:
            return _PROVEN_SCORE
    return _BEGUN_SCORE if document_title.startswith(title) else 0
