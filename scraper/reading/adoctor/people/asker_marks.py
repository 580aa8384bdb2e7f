"""The line that tells who asks and when, which may be split over several elements."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from scraper.items import Asker
from scraper.reading.adoctor.people.people import is_title, is_titled, read_asker, tells_age
from scraper.reading.adoctor.words.counters import is_counter
from scraper.reading.adoctor.words.icons import without_icons
from scraper.reading.adoctor.words.labels import Label, dated
from scraper.reading.dates import read_taiwan_date
from scraper.reading.visible.line import Line, common, holders

MOST_PIECES = 6  # elements over which an asker or doctor line may be split
_LONGEST_ALONE = 20  # characters of a name without comma or title
LONGEST_PIECE = 60  # characters of such an element
# What may follow a day: "(4 years ago)", "#177001", "Report", "・神經科".
_BEHIND = re.compile(r"[(（][^()（）]{1,30}[)）]|#\d{1,9}|[^\W\d_]{0,20}")
_AGO = re.compile(
    r"(?<![\d/.-])\d{1,3}\s*(?:(?:year|month|week|day)s? ago|(?:年|個月|週|天)前)", re.IGNORECASE
)
_BLANK = re.compile(r"[\s,;，；・·-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskMark:
    """Lines start to end - 1 are an asker line, split or whole."""

    start: int
    end: int
    asker: Asker | None
    asked_on: date | None
    age_unread: bool = False  # an age is told, and not in years that can be read


def ask_mark(lines: Sequence[Line], index: int) -> AskMark | None:
    """The asker line whose ask date is on line `index`; None if it holds none."""
    if (parts := dated(lines[index].text, Label.ASK_DATE)) is None:
        return None
    before, after = parts
    end, day = day_after(lines, index, after)
    pieces, asker = _gather(lines, index, before)
    described = " ".join([*(line.text for line in lines[index - pieces : index]), before])
    unread = asker is not None and not _aged(asker) and tells_age(described)
    start = index - pieces
    return AskMark(start=start, end=end, asker=asker, asked_on=day, age_unread=unread)


def described_line(lines: Sequence[Line], end: int) -> AskMark | None:
    """An asker line without label and day that ends before line `end`; None if none does."""
    pieces, asker = _gather(lines, end, "")
    if asker is None or asker.name is None or not _described(asker):
        return None
    if not _aged(asker) and tells_age(lines[end - 1].text):
        return None  # as in a question's last words: `a friend, a man in his 30s`
    return AskMark(start=end - pieces, end=end, asker=asker, asked_on=None)


def _gather(lines: Sequence[Line], index: int, before: str) -> tuple[int, Asker | None]:
    """The asker described before the label, and over how many earlier lines it reaches."""
    best = (0, read_asker(before) if before else None)
    if best[1] is not None and _described(best[1]) and best[1].name:
        return best
    text = before
    for count in range(1, min(index, MOST_PIECES) + 1):
        piece = lines[index - count].text
        joined = f"{piece} {text}".strip()
        asker = read_asker(joined)
        if asker is not None and _described(asker):
            if asker.name is None:
                best = (count, asker)
            elif (
                not _is_described(best)
                or _ages(piece, best[1])
                or _names(lines, index - count, text)
            ):
                return _with_title(lines, index, count, asker)
            else:
                break
        elif not _is_fragment(piece):
            break
        text = joined
    if best[1] is None and index and _names(lines, index - 1, before):
        return 1, read_asker(lines[index - 1].text)
    if (best[1] is None or best[1].name is None) and _is_in_box(lines, index - best[0] - 1):
        alone = read_asker(lines[index - best[0] - 1].text)
        if alone is not None and alone.name is not None and not _described(alone):
            return best[0] + 1, replace(best[1] or alone, name=alone.name)
    return best


def _is_in_box(lines: Sequence[Line], place: int) -> bool:
    """Whether a short line begins the element that also holds the next line, as cells of a row."""
    if (
        place < 1
        or len(lines[place].text) > _LONGEST_ALONE
        or not _is_fragment(lines[place].text.rstrip("。"))
    ):
        return False
    above, name, below = (lines[i].element for i in (place - 1, place, place + 1))
    return common(below, name) not in holders(above)


def _is_described(found: tuple[int, Asker | None]) -> bool:
    return found[1] is not None and _described(found[1])


def _ages(piece: str, asker: Asker | None) -> bool:
    """Whether a line tells the age of one of whom only the sex is known."""
    if asker is None or _aged(asker):
        return False
    told = read_asker(piece)
    return told is not None and _aged(told)


def _aged(asker: Asker) -> bool:
    return asker.age_min is not None or asker.age_max is not None


def _described(asker: Asker) -> bool:
    return asker.sex is not None or _aged(asker)


def _names(lines: Sequence[Line], place: int, following: str) -> bool:
    """Whether a line can only be the name that the next line goes on to describe.

    A comma before the description may as well stand behind a name that the asker left out.
    """
    piece = lines[place].text
    if len(piece) > LONGEST_PIECE:
        return False
    if piece.endswith((",", "，")) or is_titled(piece):
        return True
    return following.startswith((",", "，")) and _is_in_box(lines, place)


def _with_title(
    lines: Sequence[Line], index: int, count: int, asker: Asker
) -> tuple[int, Asker | None]:
    """Take in a title that stands on a line of its own before the name."""
    if index > count and is_title(title := lines[index - count - 1].text):
        return count + 1, replace(asker, name=f"{title} {asker.name}")
    return count, asker


def _is_fragment(piece: str) -> bool:
    return len(piece) <= LONGEST_PIECE and not piece.endswith(("!", "?", "。", "！", "？"))


def day_after(lines: Sequence[Line], index: int, after: str) -> tuple[int, date | None]:
    """The day after a date label: on its line, or else on the next. Gives the end line too."""
    if after:
        return index + 1, _leading_day(after)
    following = lines[index + 1].text.lstrip(":： ") if index + 1 < len(lines) else ""
    day = _leading_day(following)
    return (index + 1 if day is None else index + 2), day


def _leading_day(text: str) -> date | None:
    """The day a text is, or begins with when a sign parts it from the rest, or little follows."""
    text = without_icons(text)
    if (day := read_taiwan_date(text)) is not None:
        return day
    bare, count = _AGO.subn("", text)
    if count and (day := read_taiwan_date(bare.strip(" ,，()（）/·|"))) is not None:
        return day
    head, sign, _ = text.partition("|")
    if sign:
        return read_taiwan_date(head)
    blanks = _BLANK.finditer(text)
    end = next((blank.start() for blank in blanks if _is_aside(text[blank.end() :])), None)
    return None if end is None else read_taiwan_date(text[:end])


def _is_aside(text: str) -> bool:
    return _BEHIND.fullmatch(text) is not None or is_counter(text)
