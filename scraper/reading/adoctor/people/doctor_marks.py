"""Where a doctor line ends: behind its department, which may stand on a line of its own.

<h3>Dr. Lin Mingyu reply Neurology <span class="badge">Verified</span></h3>
<div><div>Dr. Lin Mingyu reply</div><div>Neurology</div></div>  <p>the reply's first line</p>
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice, pairwise, takewhile
from typing import NamedTuple

from lxml import etree

from scraper.reading.adoctor.people.asker_marks import MOST_PIECES
from scraper.reading.adoctor.people.doctors import (
    DR,
    DR_ALONE,
    LONGEST,
    DoctorLine,
    begins_doctor,
    continues,
    goes_on,
    is_field,
    is_field_alone,
    is_reply_word,
    read_doctor,
    unusual_doctor,
)
from scraper.reading.adoctor.words.labels import Label, dated, label_of, may_be_dated
from scraper.reading.visible.line import Line, common, holders
from scraper.reading.visible.openers import folded_text, is_pressed

_LONGEST_PIECE = 120  # characters: a name of 60 and a department of 60
_DASHES = "-–—－"
_GOES_ON = tuple("·・•|｜/")
_PARTING = (*((f" {dash} ", "") for dash in _DASHES), ("－", ""), ("(", ")"), ("（", "）"))
_MOST_PARTS, _MOST_TRIES, _DEPTH = 4, 8, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorMark:
    """Lines start to end - 1 are a doctor line."""

    start: int
    end: int
    line: DoctorLine
    unread: bool = False  # whether words at its end may be part of the department, and are left out


class Named:
    """The departments that lines of a page name, gathered when they are asked for."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

    @cached_property
    def by_title(self) -> frozenset[str]:
        """Those at the end of a title or tag: `Tired Legs - Neurology`, `(Neurology)`."""
        return frozenset(chain.from_iterable(_endings(line.text) for line in self._lines))

    @cached_property
    def by_doctor(self) -> frozenset[str | None]:
        """Those of doctor lines; None among them."""
        doctors = (read_doctor(line.text) for line in self._lines if begins_doctor(line.text))
        return frozenset(doctor.department for doctor in doctors if doctor)


def _endings(text: str) -> Iterator[str]:
    text = text[-_LONGEST_PIECE:]
    for opening, closing in _PARTING:
        if text.endswith(closing):
            parts = text.removesuffix(closing).split(opening)
            for place in range(1, len(parts))[-_MOST_PARTS:]:
                yield opening.join(parts[place:])


def doctor_mark(lines: Sequence[Line], index: int, named: Named) -> DoctorMark | None:
    """The doctor line that begins at line `index`; None if none does.

    Without a department in it, the next line may be that or the reply's first words. It is the
    department in a box with the doctor line, below `reply` alone or `reply ·`, where a title, tag
    or other doctor line names it, and where it is a field of medicine and nothing else.
    """
    bare = mark = None
    for mark in _growing_marks(lines, index, named):
        if mark.line.department is None:
            bare = mark
    if bare is None or mark is None or _is_department_below(lines, bare, mark, named):
        return mark
    return bare


def _growing_marks(lines: Sequence[Line], index: int, named: Named) -> Iterator[DoctorMark]:
    """The doctor line that begins at line `index`, each time that another line makes it longer."""
    text, is_read = "", False
    for end in range(index + 1, min(index + MOST_PIECES, len(lines) + 1)):
        piece = lines[end - 1].text
        if text and (len(piece) > _LONGEST_PIECE or piece[:2] in DR or _is_whole(piece)):
            return
        if text in DR_ALONE and not piece.isascii():  # an excerpt that is just `Dr.`
            return
        text = f"{text} {piece}".strip()
        if len(text) > LONGEST:
            return
        doctor, unread = _read(text, lines[end - 1], named, iter(range(_MOST_TRIES)))
        if doctor is not None:
            yield DoctorMark(start=index, end=end, line=doctor, unread=unread)
            following = lines[end].text if end < len(lines) else ""
            if doctor.department and not goes_on(doctor.department) and not continues(following):
                return
        elif is_read:
            return
        is_read = doctor is not None


def _is_whole(piece: str) -> bool:
    """Whether a line is a label, a reply date or a doctor line."""
    if label_of(piece) is not None or read_doctor(piece) is not None:
        return True
    return may_be_dated(piece) and dated(piece, Label.REPLY_DATE) is not None


def _is_department_below(
    lines: Sequence[Line], bare: DoctorMark, mark: DoctorMark, named: Named
) -> bool:
    """Whether the lines from `bare` to `mark` are its department, and no words of the reply."""
    if mark.end == len(lines) or lines[mark.end - 1].text.endswith((".", "。")):
        return False
    if _is_whole(lines[mark.end].text):  # else the reply would have no words
        return False
    above = lines[bare.end - 1]
    ends_box = any(
        common(above.last, line.last) not in holders(below.first)
        for line, below in pairwise(lines[bare.end : mark.end + 1])
    )
    department = mark.line.department or ""
    return (
        ends_box
        or is_reply_word(above.text)
        or above.text.endswith(_GOES_ON)
        or is_field_alone(department)
        or department in named.by_title
        or department in named.by_doctor
    )


def _named_elsewhere(named: Named, text: str) -> DoctorLine | None:
    """A doctor line whose department is known for one by a title or tag alone."""
    doctor = unusual_doctor(text)
    return doctor if doctor is not None and doctor.department in named.by_title else None


def _read(
    text: str, last: Line, named: Named, tries: Iterator[int]
) -> tuple[DoctorLine | None, bool]:
    """A doctor line without the badges and buttons behind its department.

    Also whether these may be part of the department. `last` is the line that the text ends with,
    `tries` how often it is made shorter.
    """
    doctor = read_doctor(text) or _named_elsewhere(named, text)
    if last.first is last.last or (
        doctor and (doctor.department is None or doctor.department in named.by_title)
    ):
        return doctor, False
    for shorter, _ in zip(_shorter_texts(text, last), tries, strict=False):
        is_button = is_pressed(shorter.badge)
        if doctor and not (is_button or shorter.badge.keys()):
            continue  # it looks like the words before it
        short, unread = _read(shorter.text, last._replace(last=shorter.last), named, tries)
        if short is None or not short.department or goes_on(short.department):
            continue
        surely = is_button or short.department in named.by_title
        if surely or not is_field(shorter.words):
            return short, unread or not surely
    return doctor, False


class _Shorter(NamedTuple):
    """A text without the elements that end it."""

    text: str
    words: str  # of the elements
    badge: etree._Element  # the first of them
    last: etree._Element  # which then holds the last words


def _shorter_texts(text: str, line: Line) -> Iterator[_Shorter]:
    """What is left of a text without one or several elements at its end, from the innermost out.

    Elements of one kind stay together, as where each word has one.
    """
    around = set(holders(line.first))
    for box in takewhile(lambda box: box not in around, islice(holders(line.last), _DEPTH)):
        badge, words = box, _words(box)
        before = _right_before(box)
        while before is not None and _kind(before) == _kind(box) and len(words) < len(text):
            badge, words = before, f"{_words(before)} {words}"
            before = _right_before(before)
        rest = text.removesuffix(words)
        last = badge.getparent() if before is None else before
        if last is None or badge in around or not rest.endswith(" ") or _goes_with(badge, words):
            continue
        rest = rest.rstrip()
        if rest[-1:].isalnum() or rest.endswith((")", "）", ".")):
            yield _Shorter(rest, words, badge, last)


def _goes_with(element: etree._Element, words: str) -> bool:
    """Whether an element surely goes on with the words before: `<b>(Adults)</b>`, `<b> Eye</b>`."""
    written = "".join(map(str, element.itertext()))
    if written[:1].isspace() and not written[-1:].isspace():
        return True
    return continues(words) or words.startswith(("(", "（"))


def _words(element: etree._Element) -> str:
    return folded_text(map(str, element.itertext()))


def _right_before(element: etree._Element) -> etree._Element | None:
    """The element before one, with no words between."""
    for before in element.itersiblings(preceding=True):
        if (before.tail or "").strip():
            return None
        if isinstance(before.tag, str):  # no comment
            return before
    return None


def _kind(element: etree._Element) -> tuple[str, str | None]:
    return element.tag, element.get("class")
