"""Title, department and headline, above the question.

Muscle Weakness: Fatigue or Strength Loss? - Neurology / Share to: / Muscle weakness
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from scraper.reading.adoctor.headlines import headline_at
from scraper.reading.adoctor.lists.line_links import Resolve
from scraper.reading.adoctor.people.doctors import is_department
from scraper.reading.adoctor.text_rows import continues_text
from scraper.reading.adoctor.words.counters import is_counter
from scraper.reading.adoctor.words.headings import heading_end
from scraper.reading.adoctor.words.icons import without_icons
from scraper.reading.adoctor.words.labels import label_of
from scraper.reading.adoctor.words.share import is_share_button, is_share_label, without_share
from scraper.reading.visible.line import Line, holders

_DASH = "-–—―－﹣‐‑"
_ANY_DASH = re.compile(f"[{_DASH}]")
_BEFORE = re.compile(rf"(?P<title>.*\S)(?:\s+[{_DASH}]\s*|\s*－\s*|\s*[{_DASH}]\s+)")
_SUFFIX = re.compile(rf"{_BEFORE.pattern}(?P<department>\S.*)")
_HOMES = frozenset(("home", "homepage", "首頁", "主頁"))
_WORDS = 2  # lines at least, of headline and question
_MOST_PIECES = 3  # lines over which a title may be broken
_NEAR = 3  # lines of the page's own that may stand between title and share label
_LEAST = 3


class Title(NamedTuple):
    """Title and department, and the line where the headline is to be looked for."""

    title: str | None
    department: str | None
    end: int
    unread: bool = False  # lines of the page's own may be taken for words, or words for them


_NO_TITLE = Title(None, None, 0)


class _Above(NamedTuple):
    """The lines above the asker line, and what the rest of the page tells about them."""

    lines: Sequence[Line]
    stop: int
    document_title: str
    departments: frozenset[str]
    link: Resolve


def read_title(
    lines: Sequence[Line],
    stop: int,
    document_title: str,
    departments: frozenset[str],
    link: Resolve,
) -> Title:
    """Find the title above line `stop`.

    `document_title` is that of the head, which often begins with it; `departments` are those
    that the rest of the page names; `link` tells the site's own links from share buttons.
    """
    above = _Above(lines, stop, without_icons(document_title), departments, link)
    found = [_at(above, index) for index in range(stop) if label_of(lines[index].text) is None]
    score, title = max(found, key=lambda scored: scored[0], default=(0, _NO_TITLE))
    if score < _LEAST:
        shaped = [one for _, one in found if one.department]
        title = shaped[0] if len(shaped) == 1 else _NO_TITLE  # the one line of its shape
    end = _after_share(above, title.end)
    if stop - end < _WORDS and not _is_shared(above, title.end):  # it is of the asker's own words
        end = _skip_counters(above, title.end)
    label = next((i for i in range(title.end, stop) if _is_full_label(above, i)), stop)
    unread = label < stop and label >= min(end, title.end + _NEAR)
    begin, doubtful = headline_at(lines, end, stop)
    return title._replace(end=begin, unread=unread or doubtful)


def title_line(lines: Sequence[Line], stop: int, document_title: str) -> tuple[int, bool]:
    """The likeliest title above line `stop`, and whether it is beyond doubt."""
    above = _Above(lines, stop, without_icons(document_title), frozenset(), lambda _: None)
    found = {i: _at(above, i) for i in range(stop) if label_of(lines[i].text) is None}
    best = max((score for score, _ in found.values()), default=0)
    places = [i for i, (score, _) in found.items() if score == best]
    if not places:
        return 0, False
    title = found[places[0]][1]
    told = best > _LEAST or above.document_title.startswith(title.title or "-")
    told = told or _is_shared(above, title.end)
    return places[0], told and all(found[i][1].title == title.title for i in places)


def title_score(
    lines: Sequence[Line], index: int, stop: int, departments: frozenset[str] = frozenset()
) -> int:
    """How much a line looks like the title of a question of one of the departments."""
    return _at(_Above(lines, stop, "", departments, lambda _: None), index)[0]


def _at(above: _Above, index: int) -> tuple[int, Title]:
    """How likely a line, with those it is broken over, is the title, and what it then says."""
    lines = above.lines
    text, end = _joined(above, index)
    bare, together = without_share(text)
    title, department = split_title(without_icons(bare) or bare, above.departments)
    if together and department is None:
        title, together = text, False
    if department is None and end < above.stop and lines[end].text in above.departments:
        department = lines[end].text
        end += 1
    heading = lines[index].heading
    score = 3 * (together or _is_shared(above, end))
    if title.casefold() in _HOMES:  # a path: Home / Neurology
        return 0, _NO_TITLE
    score += 3 if department in above.departments else int(department is not None)
    score += 2 * (heading == 1) + (heading is not None)
    score += 2 * above.document_title.startswith(title)
    return score, Title(title, department, end)


def _joined(above: _Above, index: int) -> tuple[str, int]:
    """The text from a line on to where its heading or its dash ends, and the line after it."""
    lines, end = above.lines, index + 1
    text, stop = lines[index].text, min(index + _MOST_PIECES, above.stop)
    within = heading_end(lines, index, stop)
    while end < stop and (
        _runs_on(text, lines[end].text)
        or (end < within and not _ends(above, text, lines[end].text))
    ):
        text = f"{text} {lines[end].text}"
        end += 1
    return text, end


def _ends(above: _Above, text: str, following: str) -> bool:
    """Whether a title is whole, though something else follows in its heading."""
    if following in above.departments or is_share_label(following) or is_counter(following):
        return True
    return without_share(text)[1] or split_title(text, above.departments)[1] in above.departments


def split_title(text: str, departments: frozenset[str]) -> tuple[str, str | None]:
    """`Title - Department`; the department is None when what follows the dash is none."""
    if _ANY_DASH.search(text) is None:
        return text, None
    for department in sorted(filter(_ANY_DASH.search, departments), key=len, reverse=True):
        match = _BEFORE.fullmatch(text.removesuffix(department))
        if match is not None and text.endswith(department):
            return match["title"], department
    match = _SUFFIX.fullmatch(text)
    if match is None:
        return text, None
    title, department = without_icons(match["title"]), without_icons(match["department"].strip())
    if department in departments or is_department(department):
        return title, department
    return text, None


def _runs_on(text: str, following: str) -> bool:
    ends = text[-1] in _DASH and (len(text) == 1 or text[-2] == " ")
    return ends or (following[0] in _DASH and (len(following) == 1 or following[1] == " "))


def _is_shared(above: _Above, index: int) -> bool:
    """Whether the share label stands right behind what ends before a line, or at its end."""
    place = _skip_counters(above, index)
    if place < above.stop and _is_label(above, place):
        return True
    return index > 0 and without_share(above.lines[index - 1].text)[1]


def _skip_counters(above: _Above, index: int) -> int:
    while index < above.stop and is_counter(above.lines[index].text):
        index += 1
    return index


def _after_share(above: _Above, index: int) -> int:
    """The line after share label, buttons and view counters, if they follow."""
    near = range(index, min(index + _NEAR, above.stop))
    label = next((i for i in near if _is_label(above, i)), None)
    if label is None and index and without_share(above.lines[index - 1].text)[1]:
        label = index - 1
    if label is None:
        label = _far_label(above, index)
    if label is not None:
        index = label + 1
        heading = above.lines[label].heading
        while index < above.stop and _is_button(above, above.lines[index], heading):
            index += 1
    return _skip_counters(above, index)


def _is_label(above: _Above, index: int) -> bool:
    """Whether a line is the share label, with buttons, or links that leave the site, beside it."""
    line = above.lines[index]
    if is_share_label(line.text):
        return True
    text = line.text
    for words, href in line.links:
        if above.link(href) is None:
            text = text.replace(words, "", 1)
    return text != line.text and is_share_label(text)


def _is_full_label(above: _Above, index: int) -> bool:
    """Whether a line is the share label, and not the one word that people write as well."""
    return not above.lines[index].text.isalpha() and _is_label(above, index)


def _far_label(above: _Above, index: int) -> int | None:
    """The share label below more lines than a few, with a headline and a question below it.

    Where a heading stands above it and none below it, the headline may be above it too; and where
    a text goes on below it, the label stands in the midst of the question.
    """
    for label in range(index + _NEAR, above.stop - _WORDS):
        if _is_full_label(above, label):
            over, under = above.lines[index:label], above.lines[label + 1 : above.stop]
            headed = any(line.heading is not None for line in over)
            if continues_text(over, under):
                return None
            if not headed or any(line.heading is not None for line in under):
                return label
    return None


def _is_button(above: _Above, line: Line, heading: int | None) -> bool:
    """Whether a line is a share button below a label with `heading`; no button is a headline.

    Nor are links to translations, or a path that begins with the home page.
    """
    if line.heading not in (None, heading):
        return False
    if is_share_button(line.text):
        return True
    if line.links and line.links[0][0].casefold() in _HOMES:
        return line.text.startswith(line.links[0][0])
    if "".join(text for text, _ in line.links).replace(" ", "") != line.text.replace(" ", ""):
        return False
    return _is_translation(line) or not any(above.link(href) for _, href in line.links)


def _is_translation(line: Line) -> bool:
    link = next((e for e in holders(line.first) if e.tag == "a"), None)
    return link is not None and link.get("hreflang") is not None
