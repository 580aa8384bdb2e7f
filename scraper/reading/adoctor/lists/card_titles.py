"""The title of a card, and what its `[Read More]` repeats of it.

1. Other Knees ... [Read More] Other Knees
"""

import re
from collections.abc import Iterator, Sequence

from scraper.reading.adoctor.marks import Marks
from scraper.reading.adoctor.people.badges import without_last_elements
from scraper.reading.adoctor.words.icons import without_icons
from scraper.reading.sameness import level
from scraper.reading.visible.line import Line, link_around
from scraper.reading.visible.openers import text_in

POINTERS = " →»›▶►▸➜➔"  # which may stand behind a repeated title
_MOST_PIECES = 4  # lines over which a title may be broken
# `1. Card A`, `[Urology] Card A`, `Card A (3)`: the site's, where `[Read More]` repeats it bare.
_BADGE = r"[\[【(（][^\[\]【】()（）]{1,30}[\]】)）]"
_BADGED = re.compile(rf"(?:(?:{_BADGE}|#?\d{{1,3}}[.)、．:：])\s*)*(?P<bare>.+?)(?:\s*{_BADGE})*")


def repeated_titles(
    lines: Sequence[Line], marks: Marks, more: int, stop: int
) -> list[tuple[str, int]]:
    """What may be the title behind `[Read More]`, and the line after it; the longest first.

    It goes on over lines that the same link holds.
    """
    rest, end = marks.read_more[more], more + 1
    if not rest and end < stop:
        rest, end = lines[end].text, end + 1
    titles = [(without_icons(rest).rstrip(POINTERS), end)]
    for below in range(end, min(more + _MOST_PIECES, stop)):
        if not _share_link(lines[more], lines[below]):
            break
        rest = f"{rest} {lines[below].text}"
        titles.append((without_icons(rest).rstrip(POINTERS), below + 1))
    return titles[::-1]


def _share_link(line: Line, below: Line) -> bool:
    """Whether one link holds the end of a line and the beginning of one below."""
    if not line.links or not below.links or line.links[-1][1] != below.links[0][1]:
        return False
    # Links to a page that was taken down all lead to one place.
    return link_around(line.last) is link_around(below.first)


def begins_card(lines: Sequence[Line], marks: Marks, start: int) -> bool:
    """Whether a card begins at a line: the next `[Read More]` repeats that line."""
    more = next((index for index in marks.read_more if index > start), None)
    if more is None:
        return False
    titles = repeated_titles(lines, marks, more, len(lines))
    return any(title_end_of(lines, start, repeated) is not None for repeated, _ in titles)


def title_end_of(lines: Sequence[Line], first: int, repeated: str) -> int | None:
    """The line after a card's title; None when none that begins at `first` is repeated."""
    title = ""
    for end in range(first + 1, min(first + _MOST_PIECES, len(lines)) + 1):
        title = f"{title} {lines[end - 1].text}".strip()
        if len(title) >= len(repeated):
            badged = lines[first] if end == first + 1 else None
            return end if _repeats(repeated, title, badged) else None
    return None


def has_title(lines: Sequence[Line], start: int, stop: int, behind: str) -> bool:
    """Whether one of a card's lines may be its title, though `[Read More]` does not repeat it.

    It is a heading, a link, or shares the words `behind` that label; else it is an excerpt.
    """
    words = without_icons(behind).rstrip(f"{POINTERS}….").casefold()
    return not words or any(
        line.heading is not None or line.links or _overlap(line.text.casefold(), words)
        for line in lines[start:stop]
    )


def _overlap(text: str, words: str) -> bool:
    return words in text or text.rstrip("….") in words


def _repeats(repeated: str, title: str, line: Line | None) -> bool:
    """Whether a title is repeated, perhaps without the number and the badges beside it."""
    words, shown = level(repeated).casefold(), level(title).casefold()
    if words == shown:
        return True
    if not words or words not in shown:
        return False
    return any(level(bare).casefold() == words for bare in bare_titles(shown, line))


def bare_titles(title: str, line: Line | None) -> Iterator[str]:
    """A title without the number and the badges beside it; `line` is its only one, if it is."""
    title = without_icons(title)
    match = _BADGED.fullmatch(title)
    yield match["bare"] if match else title
    if line is None or line.first is line.last:
        return
    for trimmed in without_last_elements(line.text, line):
        if trimmed.is_marked:
            yield trimmed.text
    if line.first.keys():
        yield line.text.removeprefix(text_in(line.first)).lstrip()
