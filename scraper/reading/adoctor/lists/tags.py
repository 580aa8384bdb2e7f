"""Reads the tags under `Related FAQ`: a name, then its department in parentheses.

Leg Weakness            or    Leg Weakness (Neurology)    or several of them on one line
(Neurology)
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from scraper.items import FaqTag
from scraper.reading.adoctor.cleaning.controls import is_control
from scraper.reading.adoctor.line_kinds import is_sentence
from scraper.reading.adoctor.lists.links import Resolve, leads_to_tag, links_to_tag, unseen_link
from scraper.reading.adoctor.lists.tag_departments import (
    DEPARTMENT,
    FAR,
    above_departments,
    is_count,
    last_in_parentheses,
    words_in_parentheses,
)
from scraper.reading.adoctor.lists.tag_shapes import is_link, tags_at
from scraper.reading.adoctor.people.doctors import names_medical_field
from scraper.reading.adoctor.words.closings import may_be_closing
from scraper.reading.adoctor.words.icons import without_icons
from scraper.reading.adoctor.words.labels import label_of
from scraper.reading.css.elements import FLOWS
from scraper.reading.visible.line import Line, are_alike, common, holders
from scraper.reading.visible.openers import unfolds

_MOST_LINES = 1_000
_LISTS = ("ul", "ol")
_POINTER = re.compile(r"([^«‹]*\w)\s+[›»]+")


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
    and one line of other kind than tags are, and the head of their table.
    """
    first = _below_counts(lines, start, stop)
    tags = _tags_from(lines, first, stop, resolve, departments)
    second = first + 1
    while second < stop and _heads_table(lines[second]):
        second += 1
    second = _below_counts(lines, second, stop)
    if not tags.tags and second < stop and _may_introduce_tags(lines[first], lines[second]):
        tags = _tags_from(lines, second, stop, resolve, departments)
        if not all(tag.url for tag in _of_unknown_departments(tags.tags, departments, ())):
            return Tags((), start)
    return tags if tags.tags else Tags((), start)


def _below_counts(lines: Sequence[Line], start: int, stop: int) -> int:
    """The first line that is no count of questions and no sign."""
    places = range(start, stop)
    return next((i for i in places if links_to_tag(lines[i]) or not is_count(lines[i].text)), stop)


def _heads_table(line: Line) -> bool:
    """Whether a line stands in the head of a table."""
    return any(
        box.tag == "thead" or (box.tag == "tr" and {cell.tag for cell in box} == {"th"})
        for box in holders(line.first)
    )


def _may_introduce_tags(line: Line, tag: Line) -> bool:
    """Whether a line may stand above the tags: `Browse by topic`, `View all`."""
    if line.links:  # `View all`, `All topics`
        return unfolds(line.text) or (links_to_tag(tag) and not links_to_tag(line))
    if may_be_closing(line.text) or label_of(line.text) is not None:
        return False
    return set(_element_names(line)).isdisjoint(_element_names(tag))


def _tags_from(
    lines: Sequence[Line],
    start: int,
    stop: int,
    resolve: Resolve,
    departments: Collection[str | None],
) -> Tags:
    """Read tags as long as pieces of lines have the shape of tags and look like those above."""
    known = last_in_parentheses(lines, start, stop, frozenset(filter(None, departments)))
    known |= set(above_departments(lines, start, stop, known))
    pieces = _pieces(lines, start, min(stop, start + _MOST_LINES))
    tags: dict[tuple[str, str | None], FaqTag] = {}
    element_names: set[str] = set()  # in which they stand
    place, end, unread, have_links = 0, start, False, False
    above: Line | None = None  # the last tag's
    while place < len(pieces):
        index, line = pieces[place]
        if not line.links and may_be_closing(line.text):
            break
        tags_here, count = tags_at(pieces[place : place + 2], known, resolve)
        own = [piece for _, piece in pieces[place : place + count]]
        if above is not None and not (tags_here or index < end or _is_beside(line)):
            below = _tags_like(above, pieces[place + 1 :], known, resolve)
            is_followed = len(below) > len(_of_unknown_departments(below, departments, ()))
            tags_here = _like_above(line, above, resolve, is_followed=is_followed)
            unread = is_followed or _is_in_list(line, above)
            unread = unread or _is_named(pieces[place : place + 2], above)
        if tags and tags_here:
            unknown = _of_unknown_departments(tags_here, departments, tags.values())
            alike = not element_names.isdisjoint(_element_names(line))
            following = pieces[place + count : place + count + 1]
            is_between = have_links and any(links_to_tag(piece) for _, piece in following)
            if not (is_between or _are_tags(own, unknown, have_links=have_links, alike=alike)):
                unread = not unknown or (alike and not any(piece.links for piece in own))
                break
        if tags_here:
            end = pieces[place + count - 1][0] + 1
            above, unread = line, False
            have_links = have_links or any(map(links_to_tag, own))
            element_names.update(piece.first.tag for piece in own)
            tags_here = _with_unseen_link(tags_here, lines, index, end, resolve)
        elif not tags or not (index < end or _is_beside(line)):
            break
        for tag in tags_here:
            name = without_icons(tag.name.lstrip("#＃ ")) or tag.name
            name = pointing[1] if (pointing := _POINTER.fullmatch(name)) else name
            own_name = tag if name == tag.name else replace(tag, name=name)
            tags.setdefault((name, tag.department), own_name)
        place += count
    return Tags(tuple(tags.values()), end, unread)


def _with_unseen_link(
    tags: list[FaqTag], lines: Sequence[Line], start: int, end: int, resolve: Resolve
) -> list[FaqTag]:
    """Tags on some lines, one without URL with that of a tag's link in its box, without words."""
    if len(tags) > 1 or tags[0].url is not None:
        return tags
    url = unseen_link(lines, start, end, resolve, alone=True)
    return [replace(tags[0], url=url)] if url and leads_to_tag(url) else tags


def _tags_like(
    above: Line, pieces: Sequence[tuple[int, Line]], known: frozenset[str], resolve: Resolve
) -> list[FaqTag]:
    """The next tags that have a department and look like a tag above."""
    for place, (_, line) in enumerate(pieces[:FAR]):
        tags, _ = tags_at(pieces[place : place + 2], known, resolve)
        if any(tag.department for tag in tags) and are_alike(line, above):
            return tags
    return []


def _like_above(line: Line, above: Line, resolve: Resolve, *, is_followed: bool) -> list[FaqTag]:
    """A tag without department, when it looks like the one above.

    It leads to a page beside that of the tag above, as what leads to all tags does not.
    """
    if not are_alike(line, above) or unfolds(line.text):
        return []
    if line.links:
        folder, _, page = line.links[0][1].rpartition("/")
        is_beside = any(href.rpartition("/")[0] == folder for _, href in above.links[:1])
        is_tag = is_link(line) and is_beside and page != "" and (is_followed or folder != "")
    else:
        is_tag = is_followed and _is_in_list(line, above) and not (above.links or is_sentence(line))
    url = resolve(line.links[0][1]) if line.links else None
    return [FaqTag(name=line.text, url=url)] if is_tag else []


def _is_in_list(line: Line, above: Line) -> bool:
    """Whether a line is an entry of one list with the tag above, and no link to all of them."""
    in_list = common(line.first, above.first).tag in _LISTS
    return in_list and are_alike(line, above) and not unfolds(line.text)


def _is_named(pieces: Sequence[tuple[int, Line]], above: Line) -> bool:
    """Whether a line, the first of two, is like the tag above and has words in parentheses."""
    line = pieces[0][1]
    is_like = are_alike(line, above) and bool(line.links) == bool(above.links)
    return is_like and any(words_in_parentheses(piece) for _, piece in pieces)


def _element_names(line: Line) -> Iterator[str]:
    """Tags of the elements a line begins in, from the inside out to the one that makes it one."""
    for element in holders(line.first):
        yield element.tag
        if element.tag == "a" or FLOWS.get(element.tag) != "inline":
            return


def _are_tags(
    own: Sequence[Line], unknown: Sequence[FaqTag], *, have_links: bool, alike: bool
) -> bool:
    """Whether lines below tags are tags, and not links or words of something else.

    `unknown` are those of unknown departments; `have_links` is whether tags above lead to pages of
    tags, `alike` whether they stand in elements of the same names.
    """
    if not have_links:
        return alike or all(tag.url for tag in unknown)
    return any(map(links_to_tag, own)) if any(line.links for line in own) else not unknown


def _of_unknown_departments(
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
            pieces.append((index, replace(line, text=match[0], links=())))
            pieces.append((index, replace(line, text=rest, links=links)))
        else:
            pieces.append((index, line))
    return pieces
