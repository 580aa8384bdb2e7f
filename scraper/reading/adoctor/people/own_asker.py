"""Which asker line is the page's own: that below its title.

Others stand in widgets and cards, in the next question of an endless page, and in the words of an
asker who quotes an earlier question. What is quoted stands among these words, as one of them.

    title / byline / words / quoted asker line / words / own asker line
    title / words / own asker line / replies, sections / title of another / its asker line
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from scraper.reading.adoctor.link_lines import is_question_link_line
from scraper.reading.adoctor.marks import Marks
from scraper.reading.adoctor.people.asker_marks import AskMark
from scraper.reading.adoctor.people.bylines import bylines
from scraper.reading.adoctor.section_ends import NON_BOX_TAGS
from scraper.reading.adoctor.titles import title_line, title_score
from scraper.reading.adoctor.words.labels import LISTS, SECTIONS, Label
from scraper.reading.visible.line import Line, are_alike, holders

_LEAST = 3  # of a score
_DATED, _DESCRIBED, _NAMED = 2, 3, 1  # what an asker line says
_ABOVE_DOCTOR, _ABOVE_SECTION = 4, 2  # and where it stands
_MOST = 8  # asker lines below the title that are looked at


class OwnAsker(NamedTuple):
    """The asker line, and what the others say to it."""

    ask: AskMark | None
    end: int  # the line where another whole question begins
    begin: int = 0  # the line below the asker lines above the question
    has_rival: bool = False  # another asker line says as much
    rival_may_be_own: bool = False  # and may as well be the page's own


def own_asker(lines: Sequence[Line], marks: Marks, document_title: str) -> OwnAsker:
    """Choose the page's own asker line by the title above it and what stands between them."""
    asks = [ask for ask in marks.asks if _total_score(ask, marks, len(lines)) >= _LEAST]
    if not asks:
        return OwnAsker(_lone(marks), len(lines))
    if len(marks.asks) == 1:
        return OwnAsker(asks[0], len(lines))
    page = _Page(lines, marks, *title_line(lines, asks[-1].start, document_title))
    above = [ask for ask in asks if ask.start <= page.title]
    below = asks[len(above) :][:_MOST]
    count, begin = bylines(lines, marks, page.title, below)
    chosen, rival_may_be_own = _follow(page, below[count:])
    rival_may_be_own |= not page.titled and any(_outscores(page, ask, chosen) for ask in above)
    has_rival = rival_may_be_own or any(_is_rival(page, ask, chosen) for ask in marks.asks)
    end = _next_question(page, chosen, below)
    return OwnAsker(chosen, end, begin, has_rival, rival_may_be_own)


class _Page(NamedTuple):
    lines: Sequence[Line]
    marks: Marks
    title: int
    titled: bool  # whether that is the title without any doubt


def _follow(page: _Page, asks: Sequence[AskMark]) -> tuple[AskMark, bool]:
    """The last asker line of those that may be quoted by the next, and whether in doubt."""
    chosen, unsure = asks[0], False
    for ask in asks[1:]:
        between = range(chosen.end, ask.start)
        answers = [i for i in between if i in page.marks.doctors or i in page.marks.replied]
        closed = not answers or answers[-1] in page.marks.replied  # else in the midst of a reply
        later = _outscores(page, ask, chosen) or (
            bool(answers) and closed and not _outscores(page, chosen, ask)
        )
        known = _says_as_much(chosen, ask)
        if _is_apart(page, chosen, ask):
            return chosen, unsure or (later and not (page.titled and known))
        alike = chosen.asker == ask.asker or _is_within(page, chosen, ask)
        if later:
            chosen, unsure = ask, known and not alike
        elif closed and chosen.asker != ask.asker and _says_as_much(ask, chosen):
            unsure |= alike
    return chosen, unsure


def _is_rival(page: _Page, ask: AskMark, chosen: AskMark) -> bool:
    """Whether another asker line says as much as the chosen one, or stands in as good a place."""
    if ask is chosen:
        return False
    if not _outscores(page, chosen, ask):
        return True
    return page.title < ask.start < chosen.start and _says_as_much(ask, chosen)


def _is_apart(page: _Page, ask: AskMark, below: AskMark) -> bool:
    """Whether an asker line is no part of a text that goes on to the one below.

    It, or the page's own marks below it, stand in elements of their own: people quote as text, or
    themselves in a box among their words, which then have a reply below.
    """
    lines = page.lines
    first, last = lines[ask.start], lines[ask.end - 1]
    over, under = lines[ask.start - 1], lines[ask.end]
    boxed = not are_alike(over, first) and not are_alike(last, under)
    answered = below.end in page.marks.doctors
    same = ask.asker is not None and ask.asker == below.asker
    if boxed and not (answered and same and are_alike(over, under)):
        return True
    between = range(ask.end, below.start)
    return not _own_labels(page, between).isdisjoint(LISTS) or any(
        _is_sign(page, i) and not are_alike(lines[i], last) for i in between
    )


def _own_labels(page: _Page, within: range) -> set[Label]:
    """Labels of the page's sections: of one that is quoted, the page's own comes again."""
    counted = Counter(page.marks.labels.values())
    found = {page.marks.labels[i] for i in within if i in page.marks.labels}
    return {label for label in found.intersection(SECTIONS) if counted[label] == 1}


def _is_sign(page: _Page, index: int) -> bool:
    """Whether a line tells of another part of the page."""
    marks = page.marks
    return (
        page.lines[index].heading is not None
        or index in marks.doctors
        or index in marks.replied
        or marks.labels.get(index) in SECTIONS
        or is_question_link_line(page.lines, index)
    )


def _is_within(page: _Page, ask: AskMark, below: AskMark) -> bool:
    """Whether the box of title and asker line goes on to the one below."""
    lines, between = page.lines, range(ask.end, below.start)
    around = set(holders(lines[page.title].first))
    boxes = (box for box in holders(lines[ask.start].first) if box.tag not in NON_BOX_TAGS)
    box = next(box for box in boxes if box in around)
    if box not in holders(lines[below.start].first) or _own_labels(page, between):
        return False
    departments = {mark.line.department for mark in page.marks.doctors.values()}
    named = frozenset(filter(None, departments))
    return all(title_score(lines, i, below.start, named) < _LEAST for i in between)


def _next_question(page: _Page, own: AskMark, asks: Sequence[AskMark]) -> int:
    """The line where another whole question begins, with a heading as its title."""
    lines, marks = page.lines, page.marks
    for ask in asks:
        if ask.start < own.end or ask.end not in marks.doctors:
            continue
        places = range(own.end, ask.start)
        begin = next((i for i in reversed(places) if _heads(lines, i, ask.start)), None)
        while begin is not None:
            if lines[begin - 1].heading is None or begin - 1 in marks.labels:
                return begin
            begin -= 1
    return len(lines)


def _heads(lines: Sequence[Line], index: int, stop: int) -> bool:
    return lines[index].heading is not None and title_score(lines, index, stop) > _LEAST


def _lone(marks: Marks) -> AskMark | None:
    """The only ask date of a page that has sections below it, of whoever asks."""
    if len(marks.asks) != 1 or marks.asks[0].asked_on is None:
        return None
    below = (i for i, label in marks.labels.items() if label in SECTIONS)
    return marks.asks[0] if any(i > marks.asks[0].start for i in below) else None


def _says_as_much(ask: AskMark, other: AskMark) -> bool:
    return _description_score(ask) >= _description_score(other)


def _outscores(page: _Page, ask: AskMark, other: AskMark) -> bool:
    count = len(page.lines)
    return _total_score(ask, page.marks, count) > _total_score(other, page.marks, count)


def answers_another(own: AskMark | None, marks: Marks, replies: Sequence[int]) -> bool:
    """Whether another asker line stands above the first of the replies, told by their lines."""
    if own is None or not replies:
        return False
    between = (ask for ask in marks.asks if own.end <= ask.start < replies[0])
    return any(_says_as_much(ask, own) for ask in between)


def _total_score(ask: AskMark, marks: Marks, count: int) -> int:
    """How likely an asker line is a question's own, by its words and by what follows it."""
    if ask.end in marks.doctors:
        return _description_score(ask) + _ABOVE_DOCTOR
    if marks.labels.get(ask.end) in SECTIONS or ask.end == count:
        return _description_score(ask) + _ABOVE_SECTION
    return _description_score(ask)


def _description_score(ask: AskMark) -> int:
    """How much an asker line says of the asker and the day."""
    score = 0 if ask.asked_on is None else _DATED
    if ask.asker is None:
        return score
    known = (ask.asker.sex, ask.asker.age_min, ask.asker.age_max)
    return score + (_NAMED if known == (None, None, None) else _DESCRIBED)
