"""Maps the content lines of a labelled question page to their places in the visible text."""

from collections.abc import Iterator, Sequence

from scraper.reading.adoctor.cleaning.texts import content_lines
from scraper.reading.adoctor.lists.links import Resolve
from scraper.reading.adoctor.marks import DateMark
from scraper.reading.adoctor.people.doctor_marks import DoctorMark
from scraper.reading.adoctor.reading import Article
from scraper.reading.adoctor.words.labels import Label, dated
from scraper.reading.adoctor.words.stamps import time_around
from scraper.reading.evidence import Found, day_in, of_attribute
from scraper.reading.sight import Sight, Span, hull, signs_of, spans_of_content
from scraper.reading.visible.line import Line


class Places:
    """What was read of one page, and where."""

    def __init__(
        self, article: Article, page_lines: Sequence[Line], sight: Sight, link: Resolve
    ) -> None:
        self.article = article
        self.sight = sight
        self.link = link  # as when the page was read
        self.lines = content_lines(page_lines).lines
        self.spans = spans_of_content(sight, page_lines, self.lines)

    def between(self, start: int, end: int) -> tuple[Span, ...]:
        """The spans of lines start to end - 1; neighbours are one."""
        merged: list[Span] = []
        for span in (span for line in self.spans[start:end] for span in line):
            if merged and merged[-1].end == span.start:
                merged[-1] = Span(merged[-1].start, span.end)
            else:
                merged.append(span)
        return tuple(merged)

    def around(self, start: int, end: int) -> Span:
        """All that is shown from line `start` to line `end` - 1."""
        return hull(self.between(start, end))

    def day(self, field: str, label: Label, mark: DateMark) -> Iterator[Found]:
        """The day behind the date label on the first line of `mark`."""
        parts = dated(self.lines[mark.start].text, label)
        end = self.around(mark.start, mark.start + 1).end
        start = end - len(signs_of(parts[1])) if parts else end
        behind = Span(start, self.around(mark.start, mark.end).end)
        if (span := day_in(self.sight, behind, mark.day)) is not None:
            yield Found(field, (span,))
        elif (time := time_around(self.lines[mark.end - 1].last)) is not None and mark.day:
            yield Found(field, xpath=of_attribute(time, "datetime"))

    def doctor(self, path: str, mark: DoctorMark | None) -> Iterator[Found]:
        """The first words of a doctor line that are the name, the last that are the department."""
        if mark is None:
            return
        within = self.around(mark.start, mark.end)
        name = self.sight.first(mark.line.name, within)
        if name is not None:
            yield Found(f"{path}doctor", (name,))
            rest = Span(name.end, within.end)
            department = self.sight.last(mark.line.department or "", rest)
            if department is not None:
                yield Found(f"{path}department", (department,))

    def target(self, field: str, within: Span, url: str | None) -> Iterator[Found]:
        """The link that leads to `url`."""
        anchor = self.sight.anchor(within, lambda href: self.link(href) == url) if url else None
        if anchor is not None:
            yield Found(field, xpath=of_attribute(anchor, "href"))
