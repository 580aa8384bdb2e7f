"""Leaves out links and buttons that are called as a section, and stand where none begins.

<h3>Dr. Lin Moshan reply Neurology</h3><a href="/doctor/5">More Info</a><p>Hello: rest.</p>
"""

from collections.abc import Sequence

from lxml import etree

from scraper.reading.adoctor.cleaning.contents import runs_of
from scraper.reading.adoctor.cleaning.controls import is_control
from scraper.reading.adoctor.line_kinds import is_link_line
from scraper.reading.adoctor.marks import find_marks
from scraper.reading.adoctor.words.headings import section_label
from scraper.reading.adoctor.words.labels import (
    LISTS,
    SECTIONS,
    Label,
    dated,
    is_dated,
    label_of,
    language_of,
)
from scraper.reading.visible.folds import STOPS
from scraper.reading.visible.line import Line, hand_up

_NEAR = 4  # lines that a doctor line may take


def without_stray_labels(lines: list[Line]) -> list[Line]:
    """The lines without links and buttons called as a section beside the doctor line of a reply.

    Nor is one that is called as the label right below it, nor a label's translation below it, nor
    the label of a field.
    """
    named = [
        i for i, line in enumerate(lines) if not line.unmarked and section_label(line) in SECTIONS
    ]
    if not named:
        return lines
    pressed = [i for i in named if _is_pressed(lines[i])]
    stray = {i for run in runs_of(pressed) if _is_in_reply(lines, run) for i in run}
    twice = [Label.MORE_INFO] * 2
    stray.update(i for i in pressed if list(map(section_label, lines[i : i + 2])) == twice)
    stray.update(i for i in named if _is_of_field(lines[i]))
    stray.update([i for i in named if i - 1 not in stray and _is_translation(lines, i)])
    kept: list[Line] = []
    for index, line in enumerate(lines):
        if index not in stray:
            kept.append(line)
        else:
            hand_up(line, kept)
    return kept


def _is_pressed(line: Line) -> bool:
    return line.heading is None and (is_link_line(line) or is_control(line))


def _is_of_field(line: Line) -> bool:
    """Whether a line of a form stands right above a text field; a legend if little else is there.

    Some sites have a form around the whole page, and a fieldset around each section.
    """
    is_in_form = line.heading is None and next(line.first.iterancestors("form"), None) is not None
    box = line.element.getnext() if is_in_form else None
    if box is not None and line.element.tag == "legend" and _has_words(line.element.getparent()):
        return False
    while box is not None and box.tag != "textarea" and not (box.text or "").strip():
        box = next(iter(box), None)
    return box is not None and box.tag == "textarea"


def _has_words(fieldset: etree._Element | None) -> bool:
    """Whether a fieldset has links, or sentences."""
    words = "" if fieldset is None else "".join(map(str, fieldset.itertext()))
    return fieldset is not None and (
        fieldset.find(".//a") is not None or any(stop in words for stop in STOPS)
    )


def _is_in_reply(lines: Sequence[Line], run: range) -> bool:
    """Whether a doctor line is right above or below, and its reply's date before any list.

    What follows a reply's date may be an essay that begins with a quoted reply.
    """
    begin = max(run.start - _NEAR, 0)
    marks = find_marks(lines[begin : run.stop + _NEAR])
    doctors = marks.doctors.values()
    if not any(mark.end == run.start - begin or mark.start == run.stop - begin for mark in doctors):
        return False
    below = lines[run.stop :]
    follows_reply = any(mark.end == run.start - begin for mark in marks.reply_dates.values())
    if follows_reply and not any(section_label(line) is Label.MORE_INFO for line in below):
        return False
    ends = (line.text for line in below if is_dated(line.text) or section_label(line) in LISTS)
    return dated(next(ends, ""), Label.REPLY_DATE) is not None


def _is_translation(lines: Sequence[Line], index: int) -> bool:
    """Whether a label stands right below the same one in the other language."""
    above, text = lines[index - 1].text if index else "", lines[index].text
    return label_of(above) is label_of(text) and language_of(above) != language_of(text)
