"""Finds asker lines, which may be split over several lines of the page.

Mr. Oak, 20~29 year old female. Ask Date: 2020/10/26
<span>Mr. Chen</span><div>20~29 year old female.</div><div>Ask Date:</div><div>2020/10/26</div>
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from scraper.items import Asker
from scraper.reading.adoctor.people.label_days import day_after
from scraper.reading.adoctor.people.people import is_title, is_titled, mentions_age, read_asker
from scraper.reading.adoctor.words.labels import Label, dated
from scraper.reading.visible.line import Line, common, holders

MOST_PIECES = 6  # lines over which an asker or doctor line may be split
_LONGEST_PIECE = 60  # characters of such a line
_LONGEST_BARE_NAME = 20  # characters of a name without comma or title
_COMMAS = (",", "，")
_SENTENCE_ENDS = ("!", "?", "。", "！", "？")


class AskMark(NamedTuple):
    """Lines start to end - 1 are an asker line, split or whole."""

    start: int
    end: int
    asker: Asker | None
    asked_on: date | None
    age_unread: bool = False  # an age is given, and not in years that can be read


class _Description(NamedTuple):
    """The asker, and on how many lines above the ask date the description begins."""

    line_count: int
    asker: Asker | None


def ask_mark(lines: Sequence[Line], index: int) -> AskMark | None:
    """The asker line whose ask date is on line `index`; None without an ask date there."""
    if (parts := dated(lines[index].text, Label.ASK_DATE)) is None:
        return None
    before, after = parts
    end, day = day_after(lines, index, after)
    line_count, asker = _description_before(lines, index, before)
    start = index - line_count
    words = " ".join([*(line.text for line in lines[start:index]), before])
    age_unread = asker is not None and not _has_age(asker) and mentions_age(words)
    return AskMark(start=start, end=end, asker=asker, asked_on=day, age_unread=age_unread)


def undated_ask_mark(lines: Sequence[Line], end: int) -> AskMark | None:
    """An asker line without ask date that ends before line `end`; None if there is none."""
    line_count, asker = _description_before(lines, end, "")
    if asker is None or asker.name is None or not _has_sex_or_age(asker):
        return None
    return AskMark(start=end - line_count, end=end, asker=asker, asked_on=None)


def _description_before(lines: Sequence[Line], index: int, before: str) -> _Description:
    """Read the asker from `before`, the words before a label, and from the lines above `index`.

    Lines are added from the label upwards until name and age or sex are known.
    """
    best = _Description(0, read_asker(before) if before else None)
    if best.asker is not None and best.asker.name and _has_sex_or_age(best.asker):
        return best
    text = before
    for line_count in range(1, min(index, MOST_PIECES) + 1):
        place = index - line_count
        piece = lines[place].text
        longer_text = f"{piece} {text}".strip()
        asker = read_asker(longer_text)
        if asker is None or not _has_sex_or_age(asker):
            if not _may_be_piece(piece):
                break
        elif asker.name is None:
            best = _Description(line_count, asker)
        elif (
            best.asker is None
            or not _has_sex_or_age(best.asker)
            or _adds_age(piece, best.asker)
            or _is_name_before(lines, place, text)
        ):
            return _with_title_above(lines, place, _Description(line_count, asker))
        else:
            break
        text = longer_text
    return _with_name_above(lines, index, before, best)


def _with_title_above(lines: Sequence[Line], start: int, found: _Description) -> _Description:
    """Take in a title that stands on a line of its own above line `start`."""
    if start > 0 and found.asker is not None and is_title(title := lines[start - 1].text):
        asker = replace(found.asker, name=f"{title} {found.asker.name}")
        return _Description(found.line_count + 1, asker)
    return found


def _with_name_above(
    lines: Sequence[Line], index: int, before: str, found: _Description
) -> _Description:
    """Take in a name that stands alone on the line above a description without one."""
    if found.asker is None and index and _is_name_before(lines, index - 1, before):
        return _Description(1, read_asker(lines[index - 1].text))
    place = index - found.line_count - 1
    is_nameless = found.asker is None or found.asker.name is None
    if is_nameless and _begins_row(lines, place):
        alone = read_asker(lines[place].text)
        if alone is not None and alone.name is not None and not _has_sex_or_age(alone):
            asker = replace(found.asker or alone, name=alone.name)
            return _Description(found.line_count + 1, asker)
    return found


def _begins_row(lines: Sequence[Line], place: int) -> bool:
    """Whether a short line begins the element that also holds the next line, as cells of a row."""
    if place < 1 or len(lines[place].text) > _LONGEST_BARE_NAME:
        return False
    if not _may_be_piece(lines[place].text.rstrip("。")):
        return False
    above, name, below = (lines[i].element for i in (place - 1, place, place + 1))
    return common(below, name) not in holders(above)


def _is_name_before(lines: Sequence[Line], place: int, following: str) -> bool:
    """Whether a line can only be the name that the next line goes on to describe.

    A comma before the description may as well stand behind a name that the asker left out.
    """
    text = lines[place].text
    if len(text) > _LONGEST_PIECE:
        return False
    if text.endswith(_COMMAS) or is_titled(text):
        return True
    return following.startswith(_COMMAS) and _begins_row(lines, place)


def _adds_age(text: str, asker: Asker) -> bool:
    """Whether a line gives the age of somebody of whom only the sex is known."""
    if _has_age(asker):
        return False
    described = read_asker(text)
    return described is not None and _has_age(described)


def _may_be_piece(text: str) -> bool:
    return len(text) <= _LONGEST_PIECE and not text.endswith(_SENTENCE_ENDS)


def _has_age(asker: Asker) -> bool:
    return asker.age_min is not None or asker.age_max is not None


def _has_sex_or_age(asker: Asker) -> bool:
    return asker.sex is not None or _has_age(asker)
