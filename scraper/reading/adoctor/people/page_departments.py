"""The departments that the lines of a page name, by which a doubtful doctor line is decided."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain

from scraper.reading.adoctor.people.doctors import begins_doctor, read_doctor
from scraper.reading.visible.line import Line

_LONGEST_ENDING = 120  # characters at the end of a line that are looked at
_MOST_SEPARATORS = 4  # in these, counted from the end
_SEPARATORS = (*((f" {dash} ", "") for dash in "-–—－"), ("－", ""), ("(", ")"), ("（", "）"))


class PageDepartments:
    """The departments that a page names; each set is computed when it is first asked for."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

    @cached_property
    def in_titles(self) -> frozenset[str]:
        """What ends a line as departments end titles and tags: `Sore Eye - Eye`, `(Neurology)`."""
        return frozenset(chain.from_iterable(_endings(line.text) for line in self._lines))

    @cached_property
    def in_doctor_lines(self) -> frozenset[str | None]:
        """Departments of the doctor lines that stand on one line; None for one without."""
        doctors = (read_doctor(line.text) for line in self._lines if begins_doctor(line.text))
        return frozenset(doctor.department for doctor in doctors if doctor)


def _endings(text: str) -> Iterator[str]:
    """Yield what stands behind a dash or in parentheses at the end of a text."""
    text = text[-_LONGEST_ENDING:]
    for opening, closing in _SEPARATORS:
        if text.endswith(closing):
            parts = text.removesuffix(closing).split(opening)
            for start in range(1, len(parts))[-_MOST_SEPARATORS:]:
                yield opening.join(parts[start:])
