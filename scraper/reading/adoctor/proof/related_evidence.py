"""Locates similar questions, tags and citations on a labelled question page."""

from collections.abc import Iterator

from scraper.items import FaqTag
from scraper.reading.adoctor.lists.cards import Place
from scraper.reading.adoctor.mentions import article_of, cited_on
from scraper.reading.adoctor.proof.places import Places
from scraper.reading.evidence import Found, of_attribute
from scraper.reading.sight import Span, signs_of


def locate_related(places: Places, own: str) -> Iterator[Found]:
    """Yield where they stand; `own` is the page's own number, which is no citation."""
    for number, place in enumerate(places.article.cards.places):
        yield from _card(places, number, place)
    yield from _tags(places)
    yield from _mentions(places, own)


def _card(places: Places, number: int, place: Place) -> Iterator[Found]:
    """A card: its excerpts are the beginnings of what it shows."""
    path, card = f"similar[{number}].", places.article.cards.cards[number]
    first, more, end, doctor, words = place
    yield Found(f"{path}title", places.between(first, words))
    within = places.around(first, words) if words > first else places.around(more, end)
    if (title := places.sight.first(card.title, within)) is not None:
        yield Found(f"{path}title", (title,))
    asked = places.around(words, doctor.start if doctor else more + 1)
    yield from _beginning(places, f"{path}question_excerpt", card.question_excerpt, asked)
    yield from places.doctor(path, doctor)
    if doctor is not None:
        answered = places.around(doctor.end, more + 1)
        yield from _beginning(places, f"{path}reply_excerpt", card.reply_excerpt, answered)
    for part in (places.around(more, end), places.around(first, more)):
        yield from places.target(f"{path}url", part, card.url)


def _beginning(places: Places, field: str, words: str | None, within: Span) -> Iterator[Found]:
    """An excerpt, without the dots of a cut; a letter or button may stand above it."""
    if words:
        signs = signs_of(words)
        place = places.sight.signs.find(signs, within.start, within.end)
        start = within.start if place < 0 else place
        yield Found(field, (Span(start, start + len(signs)),))


def _tags(places: Places) -> Iterator[Found]:
    """The tags, one behind the other."""
    related = places.article.sections.related
    if related is None:
        return
    end = places.article.tags.end
    rest = places.around(_first_tag(places, range(related + 1, end)), end)
    for number, tag in enumerate(places.article.tags.tags):
        fields = list(_tag(places, f"faq_tags[{number}].", tag, rest))
        yield from fields
        ends = [span.end for field in fields for span in field.spans]
        rest = Span(max(ends, default=rest.start), rest.end)


def _first_tag(places: Places, within: range) -> int:
    """The line that the first tag begins; a link to all of them may stand above."""
    name = next((tag.name for tag in places.article.tags.tags), "")
    spans = ((line, places.around(line, within.stop)) for line in within)
    begun_lines = (line for line, span in spans if places.sight.beginning(name, span) is not None)
    return next(begun_lines, within.start)


def _tag(places: Places, path: str, tag: FaqTag, rest: Span) -> Iterator[Found]:
    """The next tag in `rest`: nothing but signs stands before its name and its department."""
    for field, words in (("name", tag.name), ("department", tag.department)):
        if (span := places.sight.beginning(words or "", rest)) is None:
            return
        yield Found(f"{path}{field}", (span,))
        if field == "name":
            yield from places.target(f"{path}url", span, tag.url)
        rest = Span(span.end, rest.end)


def _mentions(places: Places, own: str) -> Iterator[Found]:
    """The first place where each other question is cited, in the order of reading."""
    article = places.article
    words = (article.title.end, article.text_start + len(article.text))
    replies = [(block.start, block.end) for block in article.replies.blocks]
    citations: dict[str, Found] = {}
    for start, end in (words, *replies):
        for index in range(start, end):
            for number, found in _cited(places, start, index):
                citations.setdefault(number, found)
    citations.pop(own, None)
    for place, found in enumerate(citations.values()):
        yield found._replace(field=f"mentions[{place}]")


def _cited(places: Places, text_start: int, index: int) -> Iterator[tuple[str, Found]]:
    """What a line of a text cites, in words or by a link."""
    line, within = places.lines[index], places.around(index, index + 1)
    for number, start, end in cited_on(places.lines[text_start : index + 1], index - text_start):
        if (span := places.sight.part(within, line.text, start, end)) is not None:
            yield number, Found("", (span,))
    for _, href in line.links:
        article, anchor = article_of(href), places.sight.anchor(within, href.__eq__)
        if article is not None and anchor is not None:
            yield article, Found("", xpath=of_attribute(anchor, "href"))
