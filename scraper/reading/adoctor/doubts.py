"""Tells what a page hides of its sections, and of lines that may be none of a text's words.

<p>Rest it.</p> <ul class="related"><li><a href="/article/8">Sore Toes</a></li></ul>
"""

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from scraper.reading.adoctor.essays import has_field
from scraper.reading.adoctor.line_kinds import (
    has_only_site_links,
    is_link_line,
    is_sentence,
    row_of,
)
from scraper.reading.adoctor.lists.empty_states import says_nothing, state_end
from scraper.reading.adoctor.marks import Marks
from scraper.reading.adoctor.section_ends import is_page_end
from scraper.reading.adoctor.sections import Sections
from scraper.reading.adoctor.words.labels import label_of
from scraper.reading.css.elements import TAGS
from scraper.reading.visible.blocks import block_text
from scraper.reading.visible.folds import leads_away
from scraper.reading.visible.line import Line, holders
from scraper.reading.visible.openers import text_in, unspaced

_PAGES = ("body", "main")  # boxes that hold more than the question
_APART = ("nav", "aside", "footer")


def empty_sections(
    lines: Sequence[Line], marks: Marks, sections: Sections
) -> Iterator[tuple[int, int]]:
    """The labels of sections that show nothing on the site itself, and the line below each."""
    lists = (sections.similar, sections.related)
    for label in (sections.more_info, *lists):
        if label is None:
            continue
        if label + 1 in lists or _ends_page(lines, label):
            yield label, label + 1
        elif label in lists and (end := state_end(lines, marks, label)) is not None:
            yield label, end


def _ends_page(lines: Sequence[Line], label: int) -> bool:
    """Whether the page ends below a label, without text that it hides there."""
    following = lines[label + 1] if label + 1 < len(lines) else None
    if following is not None and not is_page_end(lines, label + 1):
        return False
    return not _hides_text(lines[label], following)


def hides_section(lines: Sequence[Line], empty: Mapping[int, int]) -> bool:
    """Whether a section that shows nothing holds text all the same."""
    places = (i for label, end in empty.items() for i in range(label, end))
    return any(_hides_text(*lines[i : i + 2]) for i in places if i + 1 < len(lines))


def shows_words(lines: Sequence[Line], empty: Mapping[int, int]) -> bool:
    """Whether a section without entries shows words that may say something else."""
    places = (i for label, end in empty.items() for i in range(label + 1, end))
    return not all(says_nothing(lines[i].text) for i in places)


def hides_words(lines: Sequence[Line], start: int, end: int, last: int) -> bool:
    """Whether a text hides words that nobody can bring into view, or a list hides an entry.

    The texts are lines `start` to `end` - 1, the lists lines `end` to `last`. Behind that one the
    page may hide what else it likes.
    """
    hidden = [line.behind for line in lines[start : min(end, last)] if line.behind is not None]
    in_lists = (line.behind for line in lines[end:last] if line.behind is not None)
    hidden += filter(leads_away, in_lists)
    if (behind := lines[last].behind) is not None and _is_in_box_of(behind, lines[last]):
        hidden.append(behind)
    shown = unspaced("".join(line.text for line in lines)) if hidden else ""
    return any(
        unspaced(text_in(element)) not in shown and not _is_empty_list(element)
        for element in hidden
    )


def _is_empty_list(element: etree._Element) -> bool:
    """Whether an element says that there is nothing, perhaps below the label of a section."""
    lines = block_text(element).split("\n")
    return all(label_of(line) is not None or says_nothing(line) for line in lines)


def _is_in_box_of(element: etree._Element, line: Line) -> bool:
    """Whether an element stands in the line or right beside it in a box that is not the page's."""
    box, own = element.getparent(), line.last
    return box is own or (box is own.getparent() and box is not None and box.tag not in _PAGES)


def _hides_text(above: Line, below: Line | None) -> bool:
    """Whether text stands between two lines that nothing seen stands between; None is the end."""
    until = None if below is None else below.first
    for element in _following(above.last, until):
        if element is until:
            return False
        if (element.text or "").strip() and element.tag not in TAGS["unseen"]:
            outer = element.iterancestors(*TAGS["unseen"], *_APART)
            return element.tag not in _APART and next(outer, None) is None
    return False


def _following(element: etree._Element, until: etree._Element | None) -> Iterator[etree._Element]:
    """The elements behind one, or in it where it holds the last."""
    if until is not None and element in until.iterancestors():
        yield from element.iterdescendants(etree.Element)
        return
    for level in holders(element):
        for sibling in level.itersiblings():
            yield from sibling.iter(etree.Element)


def may_have_strays(lines: Sequence[Line], start: int, stop: int) -> bool:
    """Whether lines start to stop - 1, a text, have links, a form or a headed box beside its rows.

    Boxes that each have a heading are the text's own parts.
    """
    text = lines[start:stop]
    return bool(text) and (_has_links_beside(text) or _has_box_beside(text) or _has_form(text))


def _has_links_beside(text: Sequence[Line]) -> bool:
    """Whether lines are nothing but links to the site or paid for, in no row of other lines.

    Links whose words are their addresses are what somebody wrote.
    """
    links = {index for index, line in enumerate(text) if line.links and _is_link(line)}
    if not links:
        return False
    rows = {row_of(line) for index, line in enumerate(text) if index not in links}
    return any(row_of(text[index]) not in rows for index in links)


def _is_link(line: Line) -> bool:
    if not is_link_line(line) or is_sentence(line) or "adoctor.tw/" in line.text:
        return False
    return has_only_site_links(line) or "sponsored" in line.element.get("rel", "")


def _has_box_beside(text: Sequence[Line]) -> bool:
    """Whether a box begins with a heading, and no line beside it is one."""
    heading = next((line for line in text if line.heading is not None), None)
    box = row_of(heading)[0] if heading is not None else None
    if box is None:
        return False
    held = [box in holders(line.first) for line in text]
    if sum(held) == 1 or text[held.index(True)] is not heading or all(held):
        return False
    return all(held[index] or line.heading is None for index, line in enumerate(text))


def _has_form(text: Sequence[Line]) -> bool:
    """Whether the first line stands in a form and the last one in none, or the other way round."""
    first, last = (next(line.first.iterancestors("form"), None) for line in (text[0], text[-1]))
    if first is last:
        return False
    return any(form is not None and has_field(form) for form in (first, last))
