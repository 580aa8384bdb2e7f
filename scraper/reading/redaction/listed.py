"""Blanks cards that end in `[Read More]`, found in the visible lines whatever the markup is."""

from collections.abc import Iterator, Sequence

from scraper.reading.adoctor.lists.cards import Place, places, url_of
from scraper.reading.adoctor.marks import LONGEST_CARD, Marks, find_marks
from scraper.reading.adoctor.words.labels import Label
from scraper.reading.redaction.blanking import Blanking
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.source import MARK
from scraper.reading.redaction.tree import Placed
from scraper.reading.visible.contexts import APART
from scraper.reading.visible.line import Line


def blank_cards(
    lines: Sequence[Placed], base: str, forgotten: Forgotten, blanking: Blanking
) -> None:
    """Blank title and excerpts of the cards of forgotten questions; labels and doctors stay."""
    shown = [placed for placed in lines if placed.line.landmark not in APART]
    plain = [placed.line for placed in shown]
    marks = find_marks(plain)
    if not marks.read_more:
        return

    def question_url(href: str) -> str | None:
        target = forgotten.target(base, href)
        return target.url if target is not None else None

    for place in _places(plain, marks):
        url = url_of(plain, place, question_url)
        if url is not None and forgotten.is_forgotten_url(url):
            _blank(shown, place, blanking)
            blanking.gone.append(marks.before_read_more.get(place.more, ""))


def _places(lines: Sequence[Line], marks: Marks) -> Iterator[Place]:
    """Yield the places of cards, also on pages where no label precedes them."""
    labels = marks.lines_of(Label.SIMILAR)
    after = 0
    for index in marks.read_more:
        start = max([after, *(label + 1 for label in labels if label < index)])
        if not start:
            start = _title(lines, marks, index)
        place = next(places(lines, marks, start, len(lines)), None)
        if place is not None and place.more == index:
            yield place
            after = place.end


def _title(lines: Sequence[Line], marks: Marks, index: int) -> int:
    """The index of the line above `[Read More]` that repeats its title; without one, `index`."""
    following = lines[index + 1].text if index + 1 < len(lines) else ""
    title = (marks.read_more[index] or following).casefold()
    above = range(index - 1, max(index - LONGEST_CARD, 0) - 1, -1)
    return next((at for at in above if lines[at].text.casefold() == title), index)


def _blank(lines: Sequence[Placed], place: Place, blanking: Blanking) -> None:
    first, more, end, doctor, words = place
    cut = doctor.start if doctor else more
    groups = [range(first, words), range(words, cut)]
    groups += [range(doctor.end, more)] if doctor else []
    for group in groups:
        new = MARK
        for number in group:
            blanking.line(lines[number].line.text, lines[number].tokens, new)
            new = b""
        blanking.gone.append(" ".join(lines[number].line.text for number in group))
    for number in range(more, end):
        blanking.line(lines[number].line.text, lines[number].tokens)
    kept = lines[doctor.start : doctor.end] if doctor else []
    blanking.done.update(number for placed in kept for number in placed.tokens)
    _blank_attributes(lines[first], lines[end - 1], blanking)


def _blank_attributes(first: Placed, last: Placed, blanking: Blanking) -> None:
    """Blank the words in the tags between the text before a card and the card's last text."""
    tokens = blanking.source.tokens
    start = min(first.tokens)
    while start and (tokens[start - 1].kind != "text" or _is_blank(blanking, start - 1)):
        start -= 1
    for number in range(start, max(last.tokens)):
        if tokens[number].kind == "tag":
            blanking.attributes(number)


def _is_blank(blanking: Blanking, number: int) -> bool:
    token = blanking.source.tokens[number]
    return not blanking.source.body[token.start : token.end].strip()
