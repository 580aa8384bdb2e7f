"""Finds what sections hold and do not show: all of one, or text and entries within."""

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from scraper.reading.adoctor.lists.empty_states import says_nothing, state_end
from scraper.reading.adoctor.marks import Marks
from scraper.reading.adoctor.section_ends import is_page_end
from scraper.reading.adoctor.sections import Sections
from scraper.reading.adoctor.words.labels import label_of
from scraper.reading.visible.between import hides_text
from scraper.reading.visible.blocks import block_text
from scraper.reading.visible.folds import leads_away
from scraper.reading.visible.line import Line
from scraper.reading.visible.openers import text_in, unspaced

_PAGES = ("body", "main")  # boxes that hold more than the question


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
    return not hides_text(lines[label], following)


def hides_section(lines: Sequence[Line], empty: Mapping[int, int]) -> bool:
    """Whether a section that shows nothing holds text all the same."""
    places = (i for label, end in empty.items() for i in range(label, end))
    return any(hides_text(*lines[i : i + 2]) for i in places if i + 1 < len(lines))


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
