"""Title, department and headline, above the question.

Muscle Weakness: Fatigue or Strength Loss? - Neurology / Share to: / Muscle weakness
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from scraper.reading.labels import share, share_button
from scraper.reading.lines import Line
from scraper.reading.people import is_department

_DASH = r"[-–—―－﹣‐‑]"
_SUFFIX = re.compile(
    rf"(?P<title>.*\S)(?:\s+{_DASH}\s*|\s*－\s*|\s*{_DASH}\s+)(?P<department>\S.*)"
)
_LEADING_DASH = re.compile(rf"{_DASH}\s*\S")
_COUNTER = re.compile(
    r"(?:views?|reads?|visits?|瀏覽\w{0,3}|點閱\w{0,2}|人氣)\s*[:：]?\s*[\d,.]+\s*[kK萬]?"
    r"|[\d,.]+\s*[kK萬]?\s*(?:views?|reads?|visits?|(?:人?次)?瀏覽|次點閱)",
    re.IGNORECASE,
)


class Title(NamedTuple):
    """Title and department, and the line after which the headline comes."""

    title: str | None
    department: str | None
    end: int


def read_title(
    lines: Sequence[Line], stop: int, document_title: str, departments: frozenset[str]
) -> Title:
    """Find the title above line `stop`.

    `document_title` is that of the head, which often begins with it; `departments` are those
    that the rest of the page names.
    """
    best: tuple[int, int, Title] | None = None
    for index in range(stop):
        found, score = _at(lines, index, stop, document_title, departments)
        if score >= _LEAST and (best is None or score > best[0]):
            best = (score, index, found)
    return best[2] if best else Title(None, None, _after_share(lines, 0, stop))


_LEAST = 3


def _at(
    lines: Sequence[Line], index: int, stop: int, document_title: str, departments: frozenset[str]
) -> tuple[Title, int]:
    """What the line, and those that it is broken over, make as a title, and how likely it is."""
    line = lines[index]
    end = index + 1
    text = line.text
    while end < stop and end < index + 3 and _runs_on(text, lines[end].text):
        text = f"{text} {lines[end].text}"
        end += 1
    shared = _after_counters(lines, end, stop)
    title, department = split_title(text, departments)
    score = 3 * (shared < stop and share(lines[shared].text))
    score += 3 if department in departments else int(department is not None)
    score += 2 * (line.heading == 1) + (line.heading is not None)
    score += 2 * bool(document_title and title and document_title.startswith(title))
    return Title(title, department, _after_share(lines, end, stop)), score


def split_title(text: str, departments: frozenset[str]) -> tuple[str, str | None]:
    """`Title - Department`; the department is None when what follows the dash is none."""
    match = _SUFFIX.fullmatch(text)
    if match is None:
        return text, None
    title, department = match["title"], match["department"].strip()
    if department in departments or is_department(department):
        return title, department
    return text, None


def _runs_on(text: str, following: str) -> bool:
    return (
        text.endswith((" -", " –", " —"))
        or text in "-–—"
        or bool(_LEADING_DASH.match(following))
        or following in "-–—"
    )


def _after_counters(lines: Sequence[Line], index: int, stop: int) -> int:
    while index < stop and _COUNTER.fullmatch(lines[index].text):
        index += 1
    return index


def _after_share(lines: Sequence[Line], index: int, stop: int) -> int:
    """The line after share label, buttons and view counters, if they follow."""
    index = _after_counters(lines, index, stop)
    if index < stop and share(lines[index].text):
        index += 1
        while index < stop and share_button(lines[index].text):
            index += 1
    return _after_counters(lines, index, stop)
