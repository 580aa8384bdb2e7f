"""Parts a line in which a label or a person runs in with words, in an element of its own.

<p>What should I do? <em>Mr. Chen, 20~29 year old male. Ask Date: 2020/10/26</em></p>
<p><b>Dr. Lin Moshan reply Neurology</b> Rest it.</p>
<p><b>Related FAQ:</b> <a href="/faq/als">Als</a> (Neurology)</p>
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from lxml import etree

from scraper.reading.adoctor.line_kinds import is_sentence
from scraper.reading.adoctor.lists.links import links_to_tag
from scraper.reading.adoctor.people.asker_marks import ask_mark
from scraper.reading.adoctor.people.doctors import begins_doctor, names_medical_field, read_doctor
from scraper.reading.adoctor.words.labels import Label, is_dated, label_of, pattern
from scraper.reading.adoctor.words.share import is_share_label
from scraper.reading.visible.blocks import fold
from scraper.reading.visible.folds import is_prose
from scraper.reading.visible.line import Line, holders
from scraper.reading.visible.openers import text_in

_STOPS = tuple("!?。！？")
# A full stop that ends a sentence; not that of `Mr.`, `St.`, `No. 5.` or an initial.
_FULL_STOP = re.compile(
    r".*\s(?!(?:(?:mrs?|ms|mx|dr|prof|st|mt|jr|sr|no|\w|\d+)[.．])+$)\S+[.．]$", re.IGNORECASE
)
_LABEL = re.compile("|".join(map(pattern, (Label.SHARE, Label.RELATED))), re.IGNORECASE)
_COLONS = (":", "：")


def without_run_in(lines: Sequence[Line]) -> list[Line]:
    """The lines, each part of one with two a line of its own."""
    return [part for line in lines for part in ((line,) if line.unmarked else _parts(line))]


def _parts(line: Line) -> tuple[Line, ...]:
    if line.first is line.last and not line.links:
        return (line,)
    if is_dated(line.text):
        return _asker_behind(line)
    return (line,) if line.heading is not None else _head_and_rest(line)


def _asker_behind(line: Line) -> tuple[Line, ...]:
    """A line; two where its end is an asker line, below a sentence."""
    around = set(holders(line.first))
    for box in takewhile(lambda box: box not in around, holders(line.last)):
        words, before = text_in(box), box.getparent()
        rest = line.text.removesuffix(words).rstrip()
        if before is not None and _is_said(rest):
            asker = replace(line, text=words, links=(), first=box)
            ask = ask_mark([asker], 0)
            if ask is not None and ask.asked_on and ask.asker and ask.asker.name:
                links = tuple(link for link in line.links if link[0] not in words)
                return replace(line, text=rest, links=links, last=before, behind=None), asker
    return (line,)


def _is_said(words: str) -> bool:
    """Whether words end with a sentence, and are no icon: `?`."""
    is_ended = words.endswith(_STOPS) or _FULL_STOP.match(words) is not None
    return is_ended and any(map(str.isalpha, words))


def _head_and_rest(line: Line) -> tuple[Line, ...]:
    """A line; two where it begins with a label or a doctor line, and others' words follow."""
    if not (begins_doctor(line.text) or _LABEL.match(line.text)):
        return (line,)
    for words, last, first in _heads(line):
        rest = line.text.removeprefix(words).lstrip()
        colon = rest[:1] if rest.startswith(_COLONS) else ""
        head, rest = words + colon, rest.removeprefix(colon).lstrip()
        if words and rest and line.text.startswith(words):
            links = [
                tuple(link for link in line.links if (link[0] in words) is own)
                for own in (True, False)
            ]
            below = replace(line, text=rest, links=links[1], first=first)
            if _are_two(head, below):
                return replace(line, text=head, links=links[0], last=last, behind=None), below
    return (line,)


def _heads(line: Line) -> Iterator[tuple[str, etree._Element, etree._Element]]:
    """Words that a line begins with and that end with an element or before one.

    Also the element that holds their last, and that of what follows.
    """
    around = set(holders(line.last))
    for box in takewhile(lambda box: box not in around, holders(line.first)):
        parent, following = box.getparent(), next(box.itersiblings("*"), None)
        if parent is not None:
            if following is None or (box.tail or "").strip():
                following = parent
            yield text_in(box), box, following
    if (child := next(line.first.iterchildren("*"), None)) is not None:
        yield fold(line.first.text or ""), line.first, child


def _are_two(head: str, below: Line) -> bool:
    """Whether words at a line's beginning are none of the sentence, or links, behind them."""
    label = label_of(head)
    if label is Label.SHARE:
        return head.endswith(_COLONS) and not is_share_label(f"{head} {below.text}")
    if label is Label.RELATED:
        return links_to_tag(below) and not is_sentence(below)
    doctor = read_doctor(head)
    if doctor is None or doctor.department is None:
        return False
    # In an element of its own, `Verified!` is a badge, and `M.D.` a degree.
    if text_in(below.last) == below.text and not is_prose(below.text):
        return False
    return is_sentence(below) and not names_medical_field(below.text.rstrip(".。"))
