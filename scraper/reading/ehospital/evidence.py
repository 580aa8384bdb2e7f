"""Locates the fields of a taiwan-ehospital page, by the elements that its selectors choose."""

from collections.abc import Callable, Iterator

from scraper.items import Question
from scraper.reading.ehospital.markup import Parts
from scraper.reading.ehospital.mentions import mention_spans
from scraper.reading.ehospital.people import Spans, asker_spans, doctor_spans
from scraper.reading.ehospital.urls import cited_number
from scraper.reading.evidence import Found, of_attribute
from scraper.reading.sight import Sight, Span, signs_of
from scraper.reading.visible.blocks import fold

_OF_ASKER = {
    "name": ("asker.name",),
    "sex": ("asker.sex",),
    "ages": ("asker.age_min", "asker.age_max"),
    "day": ("asked_on",),
}
_OF_DOCTOR = {
    "doctor": ("replies[0].doctor",),
    "department": ("replies[0].department", "department"),
    "hospital": ("replies[0].hospital",),
    "day": ("replies[0].replied_on",),
}


def locate_parts(parts: Parts, question: Question, sight: Sight) -> Iterator[Found]:
    """Yield where each field stands that was read from `parts`."""
    spans = {name: sight.inside(element) for name, element in parts.places.items()}
    number = sight.signs[spans["title"].start : spans["title"].end]
    # `#177001 title` in the older markup; a title in an <svg> is not shown
    begin = max(0, len(number) - len(signs_of(parts.title)))
    yield Found("title", (Span(spans["title"].start + begin, spans["title"].end),))
    yield Found("question.text", (spans["text"],))
    yield from _line(sight, spans["asker_line"], parts.asker_line, asker_spans, _OF_ASKER)
    if "reply" in spans and "doctor_line" in spans:
        yield Found("replies[0].text", (spans["reply"],))
        yield from _line(sight, spans["doctor_line"], parts.doctor_line, doctor_spans, _OF_DOCTOR)
    yield from _types(parts, question, sight)
    yield from _mentions(parts, question, sight)


def _line(
    sight: Sight,
    within: Span,
    line: str,
    read: Callable[[str], Spans],
    fields: dict[str, tuple[str, ...]],
) -> Iterator[Found]:
    """Yield the fields of a line; its element may show a label before the line."""
    shown = Span(max(within.start, within.end - len(signs_of(line))), within.end)
    for name, place in read(line).items():
        if (span := sight.part(shown, fold(line), *place)) is not None:
            yield from (Found(field, (span,)) for field in fields[name])


def _types(parts: Parts, question: Question, sight: Sight) -> Iterator[Found]:
    """Yield the FAQ types: links, whose URLs name the department, or plain words."""
    if "types" not in parts.places:
        return
    element = parts.places["types"]
    links = element.xpath(".//a[@href]")
    rest = sight.inside(element)
    for number, tag in enumerate(question.faq_tags):
        path = f"faq_tags[{number}]"
        span = sight.inside(links[number]) if links else sight.first(tag.name, rest)
        if span is not None:
            yield Found(f"{path}.name", (span,))
            rest = Span(span.end, rest.end)
        if links:
            for field in ("department", "url"):
                yield Found(f"{path}.{field}", xpath=of_attribute(links[number], "href"))


def _mentions(parts: Parts, question: Question, sight: Sight) -> Iterator[Found]:
    """Yield the first place where each other question is cited: in a text, or else in a link."""
    cited = dict(_cited(parts, question.url, sight))
    for place, number in enumerate(question.mentions):
        if number in cited:
            yield cited[number]._replace(field=f"mentions[{place}]")


def _cited(parts: Parts, url: str, sight: Sight) -> Iterator[tuple[str, Found]]:
    """Yield all citations with their numbers; of one number, the first place comes last."""
    places = [parts.places[name] for name in ("reply", "text") if name in parts.places]
    for element in places:
        for link in element.iter("a"):
            if number := cited_number(link.get("href", ""), url):
                yield number, Found("", xpath=of_attribute(link, "href"))
    for element, text in zip(places, (parts.reply, parts.text)[-len(places) :], strict=True):
        for number, start, end in reversed(list(mention_spans(text))):
            span = sight.part(sight.inside(element), text, start, end)
            if span is not None:
                yield number, Found("", (span,))
