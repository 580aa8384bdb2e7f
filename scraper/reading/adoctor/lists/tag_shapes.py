"""Reads tags from one line or two, by their shape.

Leg Weakness (Neurology)      Als (Neurology) Leg Weakness (Neurology)      Leg Weakness
                                                                            (Neurology)
"""

from collections.abc import Sequence

from scraper.items import FaqTag
from scraper.reading.adoctor.line_kinds import is_link_line
from scraper.reading.adoctor.lists.links import Resolve, link_places, links_to_tag
from scraper.reading.adoctor.lists.tag_departments import (
    DEPARTMENT,
    LONGEST,
    LONGEST_LINE,
    SIGNS,
    is_count,
)
from scraper.reading.adoctor.people.doctors import is_department
from scraper.reading.dates import read_taiwan_date
from scraper.reading.visible.line import Line

_SIGNS_BEHIND = SIGNS.replace(".", "")  # `Dr.` may be a name


def tags_at(
    pieces: Sequence[tuple[int, Line]], known: frozenset[str], resolve: Resolve
) -> tuple[list[FaqTag], int]:
    """The tags that begin with the first of two pieces, and how many pieces they take.

    `known` are the departments that other tags and the rest of the page name.
    """
    line, following = pieces[0][1], pieces[1:]
    if following and (tags := _on_two_lines(line, following[0][1], known, resolve)):
        return tags, 2
    return _on_one_line(line, known, resolve) or _without_department(line, resolve), 1


def _without_department(line: Line, resolve: Resolve) -> list[FaqTag]:
    """A tag without department, when its link says that it is one."""
    url = _url(line.links, resolve)
    if DEPARTMENT.fullmatch(line.text) and is_count(line.text):
        return []
    if url is None or "/faq/" not in url or not is_link(line):
        return []
    return [FaqTag(name=line.text, url=url)]


def is_link(line: Line) -> bool:
    """Whether a line is one link and nothing else."""
    return [line.text] == [text for text, _ in line.links]


def _on_two_lines(
    line: Line, following: Line, known: frozenset[str], resolve: Resolve
) -> list[FaqTag]:
    match = DEPARTMENT.fullmatch(following.text)
    if match is None or len(line.text) > LONGEST:
        return []
    if DEPARTMENT.fullmatch(line.text) and not is_link(line):
        return []
    department = match[1].strip()
    if is_count(department):
        return []
    is_told = department in known or links_to_tag(line) or links_to_tag(following)
    if not (is_told or is_department(department)) or read_taiwan_date(department):
        return []
    *tags, tag = _tags_in(line, (0, len(line.text)), department, resolve)
    name = tag.name
    if is_link_line(line) and len(line.links) == 1:
        name = line.links[0][0]
    elif not tags:
        name = line.text[: _name_end(line, 0, len(line.text))]
    url = tag.url or _url(following.links, resolve)
    return [*tags, FaqTag(name=name, department=department, url=url)]


def _on_one_line(line: Line, known: frozenset[str], resolve: Resolve) -> list[FaqTag]:
    """`Als (Neurology) Leg Weakness (Neurology)`: what is not a department is a name."""
    tags: list[FaqTag] = []
    start = 0
    if len(line.text) > LONGEST_LINE:
        return tags
    for match in DEPARTMENT.finditer(line.text):
        if match[1].strip() not in known:
            continue
        name = (start, match.start())
        *without_department, tag = _tags_in(line, name, match[1].strip(), resolve)
        if not 0 < len(tag.name) <= LONGEST:
            return []
        tags += [*without_department, tag]
        start = match.end()
    return tags if is_count(line.text[start:]) else []


def _tags_in(
    line: Line, within: tuple[int, int], department: str, resolve: Resolve
) -> list[FaqTag]:
    """The tag with a department; before it those without one, each with a link of its own."""
    start, stop = within
    own_links = [
        (begin, end, url)
        for begin, end, href in link_places(line)
        if begin < stop and end > start and (url := resolve(href)) is not None
    ]
    own = own_links[-1][2] if own_links else None
    tags = []
    for begin, end, url in own_links:
        if url != own and "/faq/" in url:
            tags.append(FaqTag(name=line.text[begin:end], url=url))
            start = end
    name = line.text[start : _name_end(line, start, stop)].lstrip(SIGNS).rstrip(_SIGNS_BEHIND)
    return [*tags, FaqTag(name=name, department=department, url=own)]


def _name_end(line: Line, start: int, stop: int) -> int:
    """Where a name ends before a number of questions that stands behind its link."""
    ends = (end for _, end, _ in link_places(line) if start < end < stop and line.text[end] == " ")
    return next((end for end in ends if is_count(line.text[end:stop])), stop)


def _url(links: Sequence[tuple[str, str]], resolve: Resolve) -> str | None:
    return next((url for _, href in links if (url := resolve(href)) is not None), None)
