"""Leaves out parts that a page has twice, once for wide screens and once for narrow ones.

<div class="wide"><p>Reply Date: 2020/10/27</p></div>
<div class="narrow"><p>Reply Date: 2020/10/27</p></div>      an external style sheet hides one
"""

from collections.abc import Sequence

from lxml import etree

from scraper.reading.adoctor.people.doctors import read_doctor
from scraper.reading.adoctor.words.labels import DATES, dated, label_of, may_be_dated
from scraper.reading.dates import read_taiwan_date
from scraper.reading.visible.line import Line, holders

_LONGEST = 300  # lines of a part that are looked at


def without_copies(lines: list[Line]) -> list[Line]:
    """The lines without each run that repeats the one before it in a box of another class or id."""
    kept: list[Line] = []
    above: dict[str, int] = {}  # text -> where in `kept` it stands last
    copied = 0  # lines of a copy that are still to be passed over
    for index, line in enumerate(lines):
        if copied:
            copied -= 1
            continue
        place = above.get(line.text)
        if place is not None and _is_copy(kept, place, lines, index):
            copied = len(kept) - place - 1
            continue
        above[line.text] = len(kept)
        kept.append(line)
    return kept


def _is_copy(kept: Sequence[Line], place: int, lines: Sequence[Line], index: int) -> bool:
    """Whether the run from `place` on is repeated from `index` on, in a box of its own."""
    count = len(kept) - place
    if count > _LONGEST or index + count > len(lines):
        return False
    if any(kept[place + k].text != lines[index + k].text for k in range(1, count)):
        return False
    first, copy = kept[place], lines[index]
    boxes = _outermost_boxes(first.first, copy.first)
    if boxes is None or _kind(boxes[0]) == _kind(boxes[1]):
        return False
    is_text = count == 1 or boxes[0].tag == "p"
    if is_text and not any(_is_structural(kept[place + k], lines[index + k]) for k in range(count)):
        return False
    return (
        _is_in(boxes[0], kept[-1])
        and _is_in(boxes[1], lines[index + count - 1])
        and not (place and _is_in(boxes[0], kept[place - 1]))
        and not any(_is_in(boxes[1], line) for line in lines[index + count : index + count + 1])
    )


def _kind(box: etree._Element) -> tuple[str | None, str | None]:
    """Class and id; an id with a number, as those of cards and comments, is one of many."""
    identity = box.get("id")
    return box.get("class"), None if identity and any(map(str.isdigit, identity)) else identity


def _is_structural(line: Line, copy: Line) -> bool:
    """Whether a line is a heading, a label, a doctor line or a day, which no text repeats."""
    if line.heading is not None and line.heading == copy.heading:
        return True
    text = line.text
    return label_of(text) is not None or read_doctor(text) is not None or _is_dated(text)


def _is_dated(text: str) -> bool:
    """Whether a line is a date label with nothing behind it but a day."""
    if not may_be_dated(text):
        return False
    days = [parts[1] for label in DATES if (parts := dated(text, label)) is not None]
    return any(not day or read_taiwan_date(day) is not None for day in days)


def _outermost_boxes(
    first: etree._Element, second: etree._Element
) -> tuple[etree._Element, etree._Element] | None:
    """The largest elements around each of two that do not hold the other; None without."""
    paths = ([*holders(element)][::-1] for element in (first, second))
    return next(((a, b) for a, b in zip(*paths, strict=False) if a is not b), None)


def _is_in(box: etree._Element, line: Line) -> bool:
    return box in holders(line.first)
