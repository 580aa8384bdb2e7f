"""The tags under `Related FAQ`: a name, then its department in parentheses.

Leg Weakness            or    Leg Weakness (Neurology)    or several of them on one line
(Neurology)
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from scraper.items import FaqTag
from scraper.reading.adoctor.cleaning.controls import is_control
from scraper.reading.adoctor.lists.line_links import Resolve, is_tagged, linked
from scraper.reading.adoctor.lists.tag_departments import (
    DEPARTMENT,
    LONGEST,
    LONGEST_LINE,
    SIGNS,
    is_count,
    last_in_parentheses,
)
from scraper.reading.adoctor.people.doctors import is_department, names_medical_field
from scraper.reading.adoctor.words.closings import may_be_closing
from scraper.reading.adoctor.words.icons import without_icons
from scraper.reading.adoctor.words.labels import label_of
from scraper.reading.css.elements import FLOWS
from scraper.reading.visible.line import Line, holders
from scraper.reading.visible.openers import unfolds

_MOST_LINES = 1_000


class Tags(NamedTuple):
    """The tags, and the line after the last one."""

    tags: tuple[FaqTag, ...]
    end: int
    unread: bool = False  # whether what stands below them may be one as well


def read_tags(
    lines: Sequence[Line],
    start: int,
    stop: int,
    resolve: Resolve,
    departments: Collection[str | None] = (),
) -> Tags:
    """Read tags from line `start` on, each once, as far as their shape goes.

    `departments` are those that surely are some. Numbers and icons may stand above the first tag,
    and one line of other kind than tags are.
    """
    begin = _below_numbers(lines, start, stop)
    tags = _tags_from(lines, begin, stop, resolve, departments)
    below = _below_numbers(lines, begin + 1, stop)
    if not tags.tags and below < stop and _introduces(lines[begin], lines[below]):
        tags = _tags_from(lines, below, stop, resolve, departments)
        if not all(tag.url for tag in _unknown(tags.tags, departments, ())):
            return Tags((), start)
    return tags if tags.tags else Tags((), start)


def _below_numbers(lines: Sequence[Line], start: int, stop: int) -> int:
    places = range(start, stop)
    return next((i for i in places if is_tagged(lines[i]) or not is_count(lines[i].text)), stop)


def _introduces(line: Line, tag: Line) -> bool:
    """Whether a line may stand above the tags: `Browse by topic`, `View all`."""
    if line.links:  # `View all`, `All topics`
        return unfolds(line.text) or (is_tagged(tag) and not is_tagged(line))
    if may_be_closing(line.text) or label_of(line.text) is not None:
        return False
    return set(_tags_of(line)).isdisjoint(_tags_of(tag))


def _tags_from(
    lines: Sequence[Line],
    start: int,
    stop: int,
    resolve: Resolve,
    departments: Collection[str | None],
) -> Tags:
    known = last_in_parentheses(lines, start, stop)
    pieces = _pieces(lines, start, min(stop, start + _MOST_LINES))
    tags: dict[tuple[str, str | None], FaqTag] = {}
    elements: set[str] = set()  # in which they stand
    place, end, unread, tagged = 0, start, False, False
    while place < len(pieces):
        index, line = pieces[place]
        if not line.links and may_be_closing(line.text):
            break
        found, count = _tags_at(pieces[place : place + 2], known, resolve)
        own = [piece for _, piece in pieces[place : place + count]]
        if tags and found:
            unknown = _unknown(found, departments, tags.values())
            alike = not elements.isdisjoint(_tags_of(line))
            following = pieces[place + count : place + count + 1]
            between = tagged and any(is_tagged(piece) for _, piece in following)
            if not (between or _fit(own, unknown, tagged=tagged, alike=alike)):
                unread = not unknown or (alike and not any(piece.links for piece in own))
                break
        if found:
            end = pieces[place + count - 1][0] + 1
        elif not tags or not (index < end or _is_beside(line)):
            break
        if found:
            tagged = tagged or any(map(is_tagged, own))
            elements.update(piece.first.tag for piece in own)
        for tag in found:
            name = without_icons(tag.name.removeprefix("#").lstrip()) or tag.name
            tags.setdefault((name, tag.department), replace(tag, name=name))
        place += count
    return Tags(tuple(tags.values()), end, unread)


def _tags_at(
    pieces: Sequence[tuple[int, Line]], known: frozenset[str], resolve: Resolve
) -> tuple[list[FaqTag], int]:
    """The tags that begin with the first of two pieces, and how many pieces they take."""
    line, following = pieces[0][1], pieces[1:]
    if following and (tags := _on_two_lines(line, following[0][1], resolve)):
        return tags, 2
    return _on_one_line(line, known, resolve) or _bare(line, resolve), 1


def _tags_of(line: Line) -> Iterator[str]:
    """The elements a line begins in, from the inside out to the one that makes it a line."""
    for element in holders(line.first):
        yield element.tag
        if element.tag == "a" or FLOWS.get(element.tag) != "inline":
            return


def _fit(own: Sequence[Line], unknown: Sequence[FaqTag], *, tagged: bool, alike: bool) -> bool:
    """Whether lines below tags are tags, and not links or words of something else.

    `unknown` are those of unknown departments; `tagged` is whether the tags above lead to the pages
    of tags, `alike` whether they stand in such elements.
    """
    if not tagged:
        return alike or all(tag.url for tag in unknown)
    return any(map(is_tagged, own)) if any(line.links for line in own) else not unknown


def _unknown(
    found: Iterable[FaqTag], departments: Collection[str | None], tags: Iterable[FaqTag]
) -> list[FaqTag]:
    """The tags whose department may be none."""
    named = {None, *departments, *(tag.department for tag in tags)}
    return [
        tag
        for tag in found
        if tag.department not in named and not names_medical_field(tag.department or "")
    ]


def _is_beside(line: Line) -> bool:
    """Whether a line is no tag, but what designers put beside one."""
    return is_count(line.text) or is_control(line)


def _pieces(lines: Sequence[Line], start: int, stop: int) -> list[tuple[int, Line]]:
    """The lines with their numbers; `(Neurology) Leg Weakness` makes two of one."""
    pieces = []
    for index in range(start, stop):
        line = lines[index]
        match = DEPARTMENT.match(line.text)
        if match and (rest := line.text[match.end() :].strip()):
            links = tuple(link for link in line.links if link[0] in rest)
            pieces.append((index, line._replace(text=match[0], links=())))
            pieces.append((index, line._replace(text=rest, links=links)))
        else:
            pieces.append((index, line))
    return pieces


def _bare(line: Line, resolve: Resolve) -> list[FaqTag]:
    """A tag without department, when its link says that it is one."""
    url = _url(line.links, resolve)
    if DEPARTMENT.fullmatch(line.text) and is_count(line.text):
        return []
    if url is None or "/faq/" not in url or [line.text] != [text for text, _ in line.links]:
        return []
    return [FaqTag(name=line.text, url=url)]


def _on_two_lines(line: Line, following: Line, resolve: Resolve) -> list[FaqTag]:
    match = DEPARTMENT.fullmatch(following.text)
    if match is None or len(line.text) > LONGEST or DEPARTMENT.fullmatch(line.text):
        return []
    department = match[1].strip()
    if is_count(department):
        return []
    if not (is_department(department) or is_tagged(following)):
        return []
    if len(line.links) > 1:
        *tags, tag = _named(line, (0, len(line.text)), department, resolve)
        if tags:
            return [*tags, replace(tag, url=tag.url or _url(following.links, resolve))]
    url = _url(line.links[::-1], resolve) or _url(following.links, resolve)
    name = line.text[: _name_end(line, 0, len(line.text))]
    return [FaqTag(name=name, department=department, url=url)]


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
        found = _named(line, name, match[1].strip(), resolve)
        if not 0 < len(found[-1].name) <= LONGEST:
            return []
        tags += found
        start = match.end()
    return tags if is_count(line.text[start:]) else []


def _named(line: Line, within: tuple[int, int], department: str, resolve: Resolve) -> list[FaqTag]:
    """The tag with a department; before it those without one, each with a link of its own."""
    start, stop = within
    own_links = [
        (begin, end, url)
        for begin, end, href in linked(line)
        if begin < stop and end > start and (url := resolve(href)) is not None
    ]
    own = own_links[-1][2] if own_links else None
    tags = []
    for begin, end, url in own_links:
        if url != own and "/faq/" in url:
            tags.append(FaqTag(name=line.text[begin:end], url=url))
            start = end
    name = line.text[start : _name_end(line, start, stop)].strip(SIGNS)
    return [*tags, FaqTag(name=name, department=department, url=own)]


def _name_end(line: Line, start: int, stop: int) -> int:
    """Where a name ends before a number of questions that stands behind its link."""
    ends = (end for _, end, _ in linked(line) if start < end < stop and line.text[end] == " ")
    return next((end for end in ends if is_count(line.text[end:stop])), stop)


def _url(links: Sequence[tuple[str, str]], resolve: Resolve) -> str | None:
    return next((url for _, href in links if (url := resolve(href)) is not None), None)
