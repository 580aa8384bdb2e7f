"""Finds cards and tags that no section holds.

Where the site words a label anew, or shows it as a picture, its section would otherwise become part
of the essay without a warning.
"""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from scraper.items import FaqTag
from scraper.reading.adoctor.lists.cards import card_places, url_of
from scraper.reading.adoctor.lists.links import Resolve
from scraper.reading.adoctor.lists.tags import Tags, read_tags
from scraper.reading.adoctor.marks import Marks, find_marks
from scraper.reading.adoctor.sections import Sections
from scraper.reading.adoctor.words.headings import section_label
from scraper.reading.adoctor.words.labels import Label
from scraper.reading.visible.contexts import APART
from scraper.reading.visible.line import Line


def leaves_cards(
    page: Sequence[Line],
    content: Sequence[Line],
    marks: Marks,
    sections: Sections,
    question: Resolve,
    *,
    has_read: bool,
) -> bool:
    """Whether a card stands above its section, or with none read anywhere, be it in a menu."""
    below, stop = sections.replies[1], sections.similar
    if _has_card(content, marks, below, len(content) if stop is None else stop, question):
        return True
    apart = [] if has_read else _apart(page)
    return bool(apart) and _has_card(apart, find_marks(apart), 0, len(apart), question)


def leaves_tags(
    page: Sequence[Line], content: Sequence[Line], sections: Sections, tags: Tags, link: Resolve
) -> bool:
    """Whether a tag stands below the last one read, or with none read anywhere."""
    if tags.tags:
        return _has_tag(content[tags.end :], frozenset(tags.tags), link)
    below = content[tags.end if sections.related is not None else sections.replies[1] :]
    apart = _apart(page)
    has_tag = any(_has_tag(lines, frozenset(), link) for lines in (below, apart))
    parts = groupby(apart, attrgetter("landmark"))
    return has_tag or any(_has_tag_section(list(part), link) for _, part in parts)


def _apart(page: Sequence[Line]) -> list[Line]:
    return [line for line in page if line.landmark in APART]


def _has_card(
    lines: Sequence[Line], marks: Marks, start: int, stop: int, question: Resolve
) -> bool:
    places = card_places(lines, marks, start, stop, question)
    return any(place.doctor and url_of(lines, place, question) for place in places)


def _has_tag(lines: Sequence[Line], known: frozenset[FaqTag], link: Resolve) -> bool:
    """Whether a line holds a tag that has both a page and a department, and no other words."""
    return any(
        tag.department
        and tag.url
        and tag not in known
        and any(text.startswith(tag.name) for text, _ in line.links)
        for index, line in enumerate(lines)
        if any("/faq/" in href for _, href in line.links)
        for tag in read_tags(lines, index, min(index + 2, len(lines)), link).tags
    )


def _has_tag_section(lines: Sequence[Line], link: Resolve) -> bool:
    """Whether tags with departments stand below the label of theirs, wherever they lead."""
    labels = (i for i, line in enumerate(lines) if section_label(line) is Label.RELATED)
    heads = (i for i in labels if not lines[i].links)
    tags = (tag for i in heads for tag in read_tags(lines, i + 1, len(lines), link).tags)
    return any(tag.department and tag.url for tag in tags)
