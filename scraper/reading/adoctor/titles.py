"""Finds title and department above the question, and the line where the headline begins.

Cold Toes: Rest or Walks? - Neurology / Share to: / Cold toes
"""

import re
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from scraper.reading.adoctor.headlines import headline_at
from scraper.reading.adoctor.line_kinds import is_question_link_line, is_site_link_line
from scraper.reading.adoctor.lists.links import Resolve
from scraper.reading.adoctor.people.badges import without_last_elements
from scraper.reading.adoctor.share_labels import (
    FEWEST_LINES,
    HOMES,
    NEAR,
    Above,
    after_counters,
    after_share,
    is_above_share,
    is_clear_share_label,
)
from scraper.reading.adoctor.title_texts import (
    ANY_DASH,
    SITE,
    head_score,
    is_broken_at_dash,
    joined_in_head,
    names,
    split_head,
    split_title,
)
from scraper.reading.adoctor.words.closings import is_closing
from scraper.reading.adoctor.words.counters import is_counter
from scraper.reading.adoctor.words.headings import heading_end
from scraper.reading.adoctor.words.icons import without_icons
from scraper.reading.adoctor.words.labels import label_of
from scraper.reading.adoctor.words.share import is_share_label, without_share
from scraper.reading.visible.line import Line, are_alike

# A note behind the department: `(12 views)`, `#177001`, `2020/10/26`; but `Surgery 2` is one.
_NOTE = re.compile(
    r"\s+(?:[(（](?=\D{0,40}\d)[^()（）]{1,40}[)）]|#\d+|\d[\d/.:年月日-]{2,}[\d日])$"
)
_PATH = re.compile(r"\s[>›»/]\s")
_MOST_PIECES = 3  # lines over which a title may be broken
_LEAST_SCORE = 3
_SHARE_SCORE, _DEPARTMENT_SCORE, _SHAPE_SCORE = 3, 3, 1
_FIRST_LEVEL_SCORE, _HEADING_SCORE = 2, 1


class Title(NamedTuple):
    """Title and department, and the line where the headline is to be looked for."""

    title: str | None
    department: str | None
    end: int
    unread: bool = False  # whether other lines may be headline or question, or these be none


_NO_TITLE = Title(None, None, 0)


def read_title(
    lines: Sequence[Line],
    stop: int,
    document_title: str,
    departments: frozenset[str],
    link: Resolve,
) -> Title:
    """Find the title above line `stop`.

    `document_title` is that of the head, which often begins with it; `departments` are those
    that the rest of the page names; `link` resolves links of the site, but none of share buttons.
    """
    above = Above(lines, stop, without_icons(document_title), departments, link)
    title = _likeliest(above)
    end = after_share(above, title.end)
    if stop - end < FEWEST_LINES and not is_above_share(above, title.end):
        end = after_counters(above, title.end)  # the share label is the asker's words
    share = next((i for i in range(title.end, stop) if is_clear_share_label(above, i)), stop)
    has_far_share = share < stop and share >= min(end, title.end + NEAR)
    begin, is_doubtful = headline_at(lines, end, stop)
    is_begin_clear = end > title.end or any(
        line.heading and line.text not in departments for line in lines[begin : begin + 1]
    )
    may_be_headline = any(is_clear_share_label(above, i) for i in range(title.end - 1))
    is_clear = is_begin_clear if title.title is None else not may_be_headline
    if title.department is None and is_clear:
        title = _with_head(above, title)
    return title._replace(end=begin, unread=has_far_share or is_doubtful)


def _likeliest(above: Above) -> Title:
    """The likeliest title; where its line is the site's, another, or none that ends with it."""
    lines = above.lines
    places = [i for i in range(above.stop) if label_of(lines[i].text) is None]
    scored = [(*_scored_title(above, i), i) for i in places]
    highest = max((score for score, _, _ in scored), default=0)
    ties = [(title, i) for score, title, i in scored if score == highest]
    best, place = min(ties, key=lambda tie: _is_menu_entry(lines, tie[1]), default=(_NO_TITLE, 0))
    if highest >= _LEAST_SCORE and not _is_of_site(above, place, best):
        return best
    scored.sort(key=lambda line: _is_menu_entry(lines, line[2]))
    likely = [(score, title) for score, title, i in scored if not _is_of_site(above, i, title)]
    score, title = max(likely, key=itemgetter(0), default=(0, _NO_TITLE))
    if score < _LEAST_SCORE:
        with_department = [title for _, title in likely if title.department]
        title = with_department[0] if len(with_department) == 1 else _NO_TITLE
    if highest < _LEAST_SCORE or title.department is not None:
        return title
    is_headline = title.end > best.end and is_above_share(above, best.end)
    return Title(None, None, best.end) if title.title is None or is_headline else title


def _is_of_site(above: Above, index: int, title: Title) -> bool:
    """Whether a line above the question is the site's: a menu, a path or `We use cookies`."""
    text = above.lines[index].text.casefold()
    if text == SITE:
        return True
    if title.department is not None or names(above.document_title, title.title):
        return False
    if is_closing(text) or _is_menu_entry(above.lines, index):
        return True
    home, *rest = _PATH.split(text)
    return home in HOMES and bool(rest)


def _with_head(above: Above, title: Title) -> Title:
    """A title without department as the head's title has it, or that one in place of none."""
    name, department = split_head(above.document_title, above.departments)
    if department not in above.departments or title.title not in (None, name):
        return title  # what follows the dash may be the site's name
    return title._replace(title=name, department=department)


class TitleLine(NamedTuple):
    """The likeliest title above a line, as far as the asker line is to be told by it."""

    place: int
    is_certain: bool = False
    is_named: bool = False  # the document's title begins with it
    is_shared: bool = False  # the share label stands below it
    has_department: bool = False


def title_line(lines: Sequence[Line], stop: int, document_title: str) -> TitleLine:
    """The likeliest title above line `stop`: one that the document's title names, if any."""
    above = Above(lines, stop, without_icons(document_title), frozenset(), lambda _: None)
    scored = {i: _scored_title(above, i) for i in range(stop) if label_of(lines[i].text) is None}
    named = {i: pair for i, pair in scored.items() if names(above.document_title, *pair[1][:2])}
    likely = named or scored
    best = max((score for score, _ in likely.values()), default=0)
    candidates = {i: title for i, (score, title) in likely.items() if score == best}
    if not candidates:
        return TitleLine(0)
    place, title = next(iter(candidates.items()))
    is_named = above.document_title.startswith(title.title or "-")
    is_shared = is_above_share(above, title.end)
    is_certain = best > _LEAST_SCORE or is_named or is_shared
    is_only_one = all(other.title == title.title for other in candidates.values())
    has_department = title.department is not None
    return TitleLine(place, is_certain and is_only_one, is_named, is_shared, has_department)


def title_score(
    lines: Sequence[Line], index: int, stop: int, departments: frozenset[str] = frozenset()
) -> int:
    """How much a line looks like the title of a question of one of the departments."""
    return _scored_title(Above(lines, stop, "", departments, lambda _: None), index)[0]


def _scored_title(above: Above, index: int) -> tuple[int, Title]:
    """How likely the title begins on a line, and what it then is."""
    lines = above.lines
    text, end = _unbroken(above, index)
    bare, has_share_label = without_share(text)
    title, department = split_title(without_icons(bare) or bare, above.departments)
    if department not in above.departments and ANY_DASH.search(bare) is not None:
        title, department = _without_rest(above, bare, lines[end - 1]) or (title, department)
    if has_share_label and department is None:
        title, has_share_label = text, False
    is_path = department is None and not above.document_title.startswith(title)
    if title.casefold() in HOMES or (is_path and title in above.departments):
        return 0, _NO_TITLE  # a path: Home / Neurology
    score = head_score(above.document_title, title, department, above.departments)
    if department is None and end < above.stop and lines[end].text in above.departments:
        department = lines[end].text
        end += 1
    if has_share_label or is_above_share(above, end):
        score += _SHARE_SCORE
    if department is not None:
        score += _DEPARTMENT_SCORE if department in above.departments else _SHAPE_SCORE
    if lines[index].heading is not None:
        score += _HEADING_SCORE
    if lines[index].heading == 1:
        score += _FIRST_LEVEL_SCORE
    return score, Title(title, department, end)


def _unbroken(above: Above, index: int) -> tuple[str, int]:
    """The text from a line on to where its heading or its dash ends, and the line after it."""
    lines, end = above.lines, index + 1
    text, stop = lines[index].text, min(index + _MOST_PIECES, above.stop)
    within = heading_end(lines, index, stop)
    while end < stop:
        following = lines[end].text
        in_head = joined_in_head(above.document_title, text, following, above.departments)
        if in_head and end >= within and not are_alike(lines[end], lines[index]):
            in_head = None
        if not is_broken_at_dash(text, following) and (
            (end >= within and in_head is None) or _is_whole_title(above, text, following)
        ):
            break
        text = in_head or f"{text} {following}"
        end += 1
    return text, end


def _is_whole_title(above: Above, text: str, following: str) -> bool:
    """Whether a title is whole, though something else follows in its heading."""
    if following in above.departments or is_share_label(following) or is_counter(following):
        return True
    return without_share(text)[1] or split_title(text, above.departments)[1] in above.departments


def _without_rest(above: Above, text: str, last_line: Line) -> tuple[str, str] | None:
    """`Title - Department` where a button, a badge or a note stands behind a known department."""
    shorter = [
        trimmed.text
        for trimmed in without_last_elements(text, last_line)
        if trimmed.is_marked and ANY_DASH.search(trimmed.words) is None
    ]
    for bare in (_NOTE.sub("", text), *shorter):
        title, department = split_title(bare, above.departments)
        if department is not None and department in above.departments:
            return title, department
    return None


def _is_menu_entry(lines: Sequence[Line], index: int) -> bool:
    """Whether a line leads to another page of the site, which is no question."""
    line = lines[index]
    is_link = line.heading is None and is_site_link_line(line)
    return is_link and not is_question_link_line(lines, index)
