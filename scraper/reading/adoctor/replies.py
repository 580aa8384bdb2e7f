"""Reads the replies between the asker line and the sections.

Dr. Lin Moshan reply Neurology / the reply's lines / Reply Date: 2020/10/26
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scraper.items import Problem, Reply
from scraper.reading.adoctor.marks import DateMark, Marks
from scraper.reading.adoctor.people.doctor_marks import DoctorMark
from scraper.reading.adoctor.words.closings import is_closing_line
from scraper.reading.adoctor.words.furniture import are_page_furniture
from scraper.reading.adoctor.words.stamps import words_begin
from scraper.reading.visible.line import Line

_NEAR = 2  # lines of the page's own that may part a reply date from the next reply


class Replies(NamedTuple):
    """The replies, the lines of each text, and what was odd or could not be read."""

    replies: tuple[Reply, ...]
    texts: tuple[Sequence[Line], ...]
    warnings: tuple[str, ...]
    problems: tuple[Problem, ...]
    blocks: tuple["Block", ...]  # where each reply stands


class Block(NamedTuple):
    """The lines of one reply."""

    doctor: DoctorMark | None
    start: int  # first line of the text
    end: int  # the line after the text
    date: DateMark | None


def read_replies(lines: Sequence[Line], marks: Marks, start: int, stop: int) -> Replies:
    """Read the replies in lines start to stop - 1; having none is sound."""
    blocks = [_own_words(lines, block) for block in _blocks(lines, marks, start, stop)]
    texts = tuple(lines[block.start : block.end] for block in blocks)
    problems = tuple(problem for block in blocks for problem in _problems(block))
    warnings = tuple(dict.fromkeys(_warnings(lines, blocks, marks, start, stop)))
    replies = tuple(_reply(lines, block) for block in blocks)
    return Replies(replies, texts, warnings, problems, tuple(blocks))


def _blocks(lines: Sequence[Line], marks: Marks, start: int, stop: int) -> Iterator[Block]:
    place = _doctor_from(marks, start, stop)
    if place is None:
        date = _end_date(marks, start, None, stop)
        if date is not None and (  # else no reply
            date.day is not None or not are_page_furniture(lines, start, date.start, 1)
        ):
            yield Block(None, start, date.start, date)
        return
    while place is not None:
        doctor = marks.doctors[place]
        below = _doctor_from(marks, doctor.end, stop)
        date = _end_date(marks, doctor.end, below, stop)
        undated = _headed_alike(lines, marks, doctor, date.start if date else stop)
        if undated is not None:
            yield Block(doctor, doctor.end, undated, None)
            place = undated
            continue
        yield Block(doctor, doctor.end, date.start if date else stop, date)
        place = _next_reply(marks, below, date, stop) if date else None
        if date and place and _is_of_another(marks, date, place):
            return


def _own_words(lines: Sequence[Line], block: Block) -> Block:
    """A reply without stamps above it and what pages end with, as `Was this helpful?`."""
    end = block.end
    while end > block.start and is_closing_line(lines[end - 1].text):
        end -= 1
    departments = {block.doctor.line.department} if block.doctor else set()
    return block._replace(start=words_begin(lines, block.start, end, departments), end=end)


def _headed_alike(lines: Sequence[Line], marks: Marks, doctor: DoctorMark, stop: int) -> int | None:
    """The next doctor line that is a heading like this one, as where a reply has lost its date."""
    heading = lines[doctor.start].heading
    below = _doctor_from(marks, doctor.end, stop) if heading is not None else None
    return below if below is not None and lines[below].heading == heading else None


def _doctor_from(marks: Marks, start: int, stop: int) -> int | None:
    return next((index for index in range(start, stop) if index in marks.doctors), None)


def _end_date(marks: Marks, start: int, below: int | None, stop: int) -> DateMark | None:
    """The reply date that ends a reply: a reply or a section follows it, else the last one."""
    dates = [mark for index, mark in marks.reply_dates.items() if start <= index < stop]
    for mark in dates:
        if mark.end == stop:
            return mark
        if mark.day is not None and _next_reply(marks, below, mark, stop) is not None:
            return mark
    readable = [mark for mark in dates if mark.day is not None]
    return next(iter((readable or dates)[-1:]), None)


def _next_reply(marks: Marks, below: int | None, date: DateMark, stop: int) -> int | None:
    """The doctor line below the date of a reply; `below` is the first one below the reply's own.

    Further down it needs a text and a date of its own, and `date` must be the only one above it,
    with no doctor quoted in the text.
    """
    near = _doctor_from(marks, date.end, min(stop, date.end + _NEAR + 1))
    if near is not None or below is None or below < date.end:
        return near
    dates = (marks.reply_dates[i] for i in range(date.end, stop) if i in marks.reply_dates)
    following = next(dates, None)
    if following is None or following.day is None or following.end > stop:
        return None
    return below if following.start > marks.doctors[below].end else None


def _is_of_another(marks: Marks, date: DateMark, place: int) -> bool:
    """Whether the doctor line at `place` answers an asker line far below a reply's date."""
    is_far = place > date.end + _NEAR
    return is_far and any(date.end <= ask.start < place for ask in marks.asks)


def _reply(lines: Sequence[Line], block: Block) -> Reply:
    return Reply(
        doctor=block.doctor.line.name if block.doctor else None,
        department=block.doctor.line.department if block.doctor else None,
        text="\n".join(line.text for line in lines[block.start : block.end]),
        replied_on=block.date.day if block.date else None,
    )


def _problems(block: Block) -> Iterator[Problem]:
    if block.doctor is None:
        yield Problem(code="doctor-line-missing", field="replies", detail="a reply names no doctor")
    elif block.doctor.line.department is None:
        yield Problem(
            code="reply-department-missing", field="replies", detail="the doctor line names none"
        )
    if block.start >= block.end:
        yield Problem(code="reply-text-missing", field="replies", detail="a reply has no text")
    if block.date is None:
        yield Problem(code="reply-date-missing", field="replies", detail="a reply has no date")
    elif block.date.day is None:
        yield Problem(
            code="reply-date-unreadable", field="replies", detail="the reply date names no day"
        )


def _warnings(
    lines: Sequence[Line], blocks: list[Block], marks: Marks, start: int, stop: int
) -> Iterator[str]:
    for block in blocks:
        if any(block.start <= index < block.end for index in marks.doctors):
            yield "doctor-line-inside-reply"
        begin = block.doctor.start if block.doctor else block.start
        if not are_page_furniture(lines, start, begin, len(blocks)):
            yield "unread-lines"
        start = block.date.end if block.date else block.end
    date = None if blocks else marks.reply_dates.get(start)
    is_date_alone = date is not None and date.end == stop
    if not is_date_alone and not are_page_furniture(lines, start, stop, len(blocks)):
        yield "unread-lines"
