"""Chooses the asker line that is the page's own: the one below its title.

Others stand in widgets and cards, in the next question of an endless page, and in the words of an
asker who quotes an earlier question. A quoted line looks like the words around it.

    title / byline / words / quoted asker line / words / own asker line
    title / words / own asker line / replies, sections / title of another / its asker line
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from scraper.reading.adoctor.line_kinds import is_question_link_line
from scraper.reading.adoctor.marks import Marks
from scraper.reading.adoctor.people.asker_marks import AskMark
from scraper.reading.adoctor.people.bylines import bylines
from scraper.reading.adoctor.share_labels import FEWEST_LINES
from scraper.reading.adoctor.titles import TitleLine, title_line, title_score
from scraper.reading.adoctor.words.labels import LISTS, SECTIONS, Label
from scraper.reading.visible.line import Line, are_alike, box_around, holders

_LEAST_SCORE = 3
_DAY_SCORE, _DESCRIPTION_SCORE, _NAME_SCORE = 2, 3, 1  # by what an asker line says
_ABOVE_DOCTOR_SCORE, _ABOVE_SECTION_SCORE = 4, 2  # and by where it stands
_MOST_ASKS = 8  # asker lines below the title that are looked at


class OwnAsker(NamedTuple):
    """The page's own asker line, and how sure that is."""

    ask: AskMark | None
    end: int  # the line where another whole question begins
    begin: int = 0  # the line below the asker lines above the question
    has_rival: bool = False  # another asker line says as much
    rival_may_be_own: bool = False  # and may as well be the page's own


class _Page(NamedTuple):
    lines: Sequence[Line]
    marks: Marks
    title: TitleLine


def own_asker(lines: Sequence[Line], marks: Marks, document_title: str) -> OwnAsker:
    """Choose the page's own asker line by the title above it and what stands between them."""
    asks = [ask for ask in marks.asks if _total_score(ask, marks, len(lines)) >= _LEAST_SCORE]
    if not asks:
        return OwnAsker(_only_ask(marks), len(lines))
    if len(marks.asks) == 1:
        return OwnAsker(asks[0], len(lines))
    page = _Page(lines, marks, title_line(lines, asks[-1].start, document_title))
    above = [ask for ask in asks if ask.start <= page.title.place]
    below = asks[len(above) :][:_MOST_ASKS]
    byline_count, begin = bylines(lines, marks, page.title.place, below)
    chosen, rival_may_be_own = _last_of_question(page, below[byline_count:])
    rival_may_be_own |= _may_be_of_another(page, chosen, above, document_title)
    has_rival = rival_may_be_own or any(_is_rival(page, ask, chosen) for ask in marks.asks)
    end = _next_question(page, chosen, below)
    return OwnAsker(chosen, end, begin, has_rival, rival_may_be_own)


def _only_ask(marks: Marks) -> AskMark | None:
    """The only asker line of a page, whatever it says, if it has a day and sections below it."""
    if len(marks.asks) != 1 or marks.asks[0].asked_on is None:
        return None
    sections = (index for index, label in marks.labels.items() if label in SECTIONS)
    return marks.asks[0] if any(index > marks.asks[0].start for index in sections) else None


def _last_of_question(page: _Page, asks: Sequence[AskMark]) -> tuple[AskMark, bool]:
    """The last asker line of the first question, and whether another may be its own.

    Those above it are quoted in the question.
    """
    chosen, is_doubtful = asks[0], False
    for ask in asks[1:]:
        between = range(chosen.end, ask.start)
        answers = [i for i in between if i in page.marks.doctors or i in page.marks.reply_dates]
        is_after_reply = bool(answers) and answers[-1] in page.marks.reply_dates
        is_in_reply = bool(answers) and not is_after_reply
        is_better = _outscores(page, ask, chosen) or (
            is_after_reply and not _outscores(page, chosen, ask)
        )
        says_no_more = _says_as_much(chosen, ask)
        if _is_apart(page, chosen, ask):
            is_doubtful |= is_better and not (page.title.is_certain and says_no_more)
            return chosen, is_doubtful
        is_same_asker = chosen.asker == ask.asker
        is_same_text = is_same_asker or _is_within(page, chosen, ask)
        if is_better:
            chosen, is_doubtful = ask, says_no_more and not is_same_text
        elif not is_in_reply and not is_same_asker and _says_as_much(ask, chosen):
            is_doubtful |= is_same_text
    return chosen, is_doubtful


def _may_be_of_another(
    page: _Page, chosen: AskMark, above: Sequence[AskMark], document_title: str
) -> bool:
    """Whether the title may be another question's, as those above it may be the page's own.

    An endless page goes on to the next question, whose heading may be a greater one than its own.
    The first asker line may be its own if words, a reply or a section show that it is no list's;
    words alone do not where no share label stands below their title, as one does below the other.
    """
    if not page.title.is_certain and any(_outscores(page, ask, chosen) for ask in above):
        return True
    if page.title.is_named or not above or not _says_as_much(above[0], chosen):
        return False
    title = title_line(page.lines, above[0].start, document_title)
    has_words = above[0].start - title.place > FEWEST_LINES
    is_listed = page.title.is_shared and not title.is_shared
    # a reply or a section follows it, as that of no entry of a list
    has_sequel = _total_score(above[0], page.marks, len(page.lines)) > _description_score(above[0])
    return title.has_department and (has_sequel or (has_words and not is_listed))


def _is_rival(page: _Page, ask: AskMark, chosen: AskMark) -> bool:
    """Whether another asker line says as much as the chosen one, or stands in as good a place."""
    if ask is chosen:
        return False
    if not _outscores(page, chosen, ask):
        return True
    return page.title.place < ask.start < chosen.start and _says_as_much(ask, chosen)


def _is_apart(page: _Page, ask: AskMark, below: AskMark) -> bool:
    """Whether an asker line is no part of a text that goes on to the one below.

    Then it, or the page's own marks below it, stand in elements of their own. A quoted asker line
    is text, or stands in a box among the asker's words and has the same asker as the one below.
    """
    lines = page.lines
    first, last = lines[ask.start], lines[ask.end - 1]
    line_above, line_below = lines[ask.start - 1], lines[ask.end]
    is_boxed = not are_alike(line_above, first) and not are_alike(last, line_below)
    has_reply = below.end in page.marks.doctors
    is_same_asker = ask.asker is not None and ask.asker == below.asker
    if is_boxed and not (has_reply and is_same_asker and are_alike(line_above, line_below)):
        return True
    between = range(ask.end, below.start)
    return not _own_labels(page, between).isdisjoint(LISTS) or any(
        _begins_other_part(page, i) and not are_alike(lines[i], last) for i in between
    )


def _own_labels(page: _Page, within: range) -> set[Label]:
    """The section labels in some lines, but those that stand elsewhere too: one is quoted."""
    counts = Counter(page.marks.labels.values())
    labels = {page.marks.labels[i] for i in within if i in page.marks.labels}
    return {label for label in labels.intersection(SECTIONS) if counts[label] == 1}


def _begins_other_part(page: _Page, index: int) -> bool:
    """Whether a heading, reply, section or link to another question stands on a line."""
    marks = page.marks
    return (
        page.lines[index].heading is not None
        or index in marks.doctors
        or index in marks.reply_dates
        or marks.labels.get(index) in SECTIONS
        or is_question_link_line(page.lines, index)
    )


def _is_within(page: _Page, ask: AskMark, below: AskMark) -> bool:
    """Whether the box of title and asker line goes on to the one below, with no title between."""
    lines, between = page.lines, range(ask.end, below.start)
    box = box_around(lines[ask.start].first, lines[page.title.place].first)
    if box not in holders(lines[below.start].first) or _own_labels(page, between):
        return False
    departments = {mark.line.department for mark in page.marks.doctors.values()}
    known = frozenset(filter(None, departments))
    return all(title_score(lines, i, below.start, known) < _LEAST_SCORE for i in between)


def _next_question(page: _Page, own: AskMark, asks: Sequence[AskMark]) -> int:
    """The line where another whole question begins, with a heading as its title."""
    lines, marks = page.lines, page.marks
    for ask in asks:
        if ask.start < own.end or ask.end not in marks.doctors:
            continue
        places = reversed(range(own.end, ask.start))
        headings = (i for i in places if lines[i].heading is not None)
        titles = (i for i in headings if title_score(lines, i, ask.start) > _LEAST_SCORE)
        begin = next(titles, None)
        while begin is not None:
            if lines[begin - 1].heading is None or begin - 1 in marks.labels:
                return begin
            begin -= 1
    return len(lines)


def answers_another(own: AskMark | None, marks: Marks, replies: Sequence[int]) -> bool:
    """Whether another asker line stands between the own one and the first line of a reply."""
    if own is None or not replies:
        return False
    between = (ask for ask in marks.asks if own.end <= ask.start < replies[0])
    return any(_says_as_much(ask, own) for ask in between)


def _says_as_much(ask: AskMark, other: AskMark) -> bool:
    return _description_score(ask) >= _description_score(other)


def _outscores(page: _Page, ask: AskMark, other: AskMark) -> bool:
    count = len(page.lines)
    return _total_score(ask, page.marks, count) > _total_score(other, page.marks, count)


def _total_score(ask: AskMark, marks: Marks, count: int) -> int:
    """How likely an asker line is a question's own, by its words and by what follows it."""
    if ask.end in marks.doctors:
        return _description_score(ask) + _ABOVE_DOCTOR_SCORE
    if marks.labels.get(ask.end) in SECTIONS or ask.end == count:
        return _description_score(ask) + _ABOVE_SECTION_SCORE
    return _description_score(ask)


def _description_score(ask: AskMark) -> int:
    """How much an asker line says of the asker and the day."""
    score = 0 if ask.asked_on is None else _DAY_SCORE
    if ask.asker is None:
        return score
    is_name_alone = (ask.asker.sex, ask.asker.age_min, ask.asker.age_max) == (None, None, None)
    return score + (_NAME_SCORE if is_name_alone else _DESCRIPTION_SCORE)
