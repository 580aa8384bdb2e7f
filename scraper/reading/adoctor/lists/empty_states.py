"""Recognizes lists without entries, by the words in their place: `No questions found.`, `無`."""

import re
from collections.abc import Sequence

from scraper.reading.adoctor.line_kinds import is_sentence
from scraper.reading.adoctor.lists.tag_departments import DEPARTMENT
from scraper.reading.adoctor.marks import Marks
from scraper.reading.adoctor.section_ends import is_page_end
from scraper.reading.adoctor.words.labels import SECTIONS, plain
from scraper.reading.visible.line import Line, are_alike, kind_of

_LONGEST = 60  # characters
_MOST_LINES = 2
_NOTHING = re.compile(
    r"\W*|none|n/?a|null|nil|not available|coming soon|please wait|loading(?: [\w&]+){0,3}"
    r"|(?:there (?:is|are) )?(?:currently )?"
    r"(?:nothing|no(?: [\w&]+){0,2} (?:questions?|q&as?|faqs?|results?|data|items?|tags?|topics?))"
    r"(?: (?:found|available|yet|here|for this .+))*"
    r"|無|(?:目前|暫時|抱歉，?)*(?:無|沒有|查無|暫無|尚無|找不到)\w{0,8}(?:問答|問題|faq|資料|結果|標籤)"
    r"|\w{0,6}(?:載入|讀取|加載)中?|請稍[候後等]|即將推出|敬請期待"
)


def says_nothing(text: str) -> bool:
    """Whether a line surely says that a list has no entries, or has not loaded them."""
    return len(text) <= _LONGEST and _NOTHING.fullmatch(plain(text).strip(" .。…!！")) is not None


def state_end(lines: Sequence[Line], marks: Marks, label: int) -> int | None:
    """The line after what stands in place of a list's entries; None where none does.

    It is a short line or two without links, up to the next label or the page's end: words that say
    so, or sentences below a label that looks like those of the other sections, as no essay's does.
    """
    state = _lines_below(lines, marks, label)
    if not state:
        return None
    kind, look = marks.labels[label], kind_of(lines[label].element)
    others = (i for i, other in marks.labels.items() if other in SECTIONS and other is not kind)
    is_heading = may_be_heading(lines, marks, label) and look in (
        kind_of(lines[i].element) for i in others
    )
    return label + 1 + len(state) if is_heading or says_nothing(state[0].text) else None


def may_be_heading(lines: Sequence[Line], marks: Marks, label: int) -> bool:
    """Whether a label that is unlike the text above it has a sentence or two below, and no more."""
    state = _lines_below(lines, marks, label)
    return (
        bool(state)
        and all(map(is_sentence, state))
        and not are_alike(*lines[label - 1 : label + 1])
    )


def _lines_below(lines: Sequence[Line], marks: Marks, label: int) -> Sequence[Line]:
    """The lines of a section that is a short line or two without links; else none."""
    start, most = label + 1, label + 1 + _MOST_LINES
    if any(map(_may_be_entry, lines[start : start + 1])):  # as nearly always
        return ()
    places = range(start, min(most + 1, len(lines)))
    ends = (i for i in places if marks.labels.get(i) in SECTIONS or is_page_end(lines, i))
    stop = next(ends, places.stop)
    return () if stop > most or any(map(_may_be_entry, lines[start:stop])) else lines[start:stop]


def _may_be_entry(line: Line) -> bool:
    text = line.text
    return bool(line.links) or len(text) > _LONGEST or DEPARTMENT.search(text) is not None
