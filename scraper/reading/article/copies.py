"""Parts of a page that stand on it twice, once for wide screens and once for narrow ones.

<div class="wide"><p>Reply Date: 2020/10/27</p></div>
<div class="narrow"><p>Reply Date: 2020/10/27</p></div>      an external style sheet hides one
"""

from collections.abc import Sequence

from lxml import etree

from scraper.reading.article.doctors import begins_doctor
from scraper.reading.article.labels import label_of, may_be_dated
from scraper.reading.visible.lines import Line

_LONGEST = 300  # lines of a part that are looked at


def without_copies(lines: list[Line]) -> list[Line]:
    """The lines without each run that repeats the one before it in a box of another class."""
    kept: list[Line] = []
    above: dict[str, int] = {}  # text -> where in `kept` it stands last
    index = 0
    while index < len(lines):
        line = lines[index]
        if (place := above.get(line.text)) is not None:
            count = len(kept) - place
            before = kept[place - 1] if place else None
            if count <= _LONGEST and _is_copy(
                kept[place:], lines[index : index + count + 1], before
            ):
                index += count
                continue
        above[line.text] = len(kept)
        kept.append(line)
        index += 1
    return kept


def _is_copy(run: Sequence[Line], below: Sequence[Line], before: Line | None) -> bool:
    """Whether a run is repeated by the first lines below it, which stand in a box of their own."""
    if [line.text for line in run] != [line.text for line in below[: len(run)]]:
        return False
    copy, after = below[: len(run)], below[len(run) :]
    if len(run) == 1 and not _is_part(run[0], copy[0]):
        return False
    boxes = _boxes(run[0].first, copy[0].first)
    if boxes is None or boxes[0].get("class") == boxes[1].get("class"):
        return False
    return (
        _holds(boxes[0], run[-1])
        and _holds(boxes[1], copy[-1])
        and not (before and _holds(boxes[0], before))
        and not (after and _holds(boxes[1], after[0]))
    )


def _is_part(line: Line, copy: Line) -> bool:
    """Whether a single line is so much of a page that nobody says it twice."""
    if line.heading is not None and line.heading == copy.heading:
        return True
    return label_of(line.text) is not None or may_be_dated(line.text) or begins_doctor(line.text)


def _boxes(
    first: etree._Element, second: etree._Element
) -> tuple[etree._Element, etree._Element] | None:
    """The largest elements around each of two that do not hold the other; None without."""
    paths = _path(first), _path(second)
    return next(((a, b) for a, b in zip(*paths, strict=False) if a is not b), None)


def _path(element: etree._Element) -> list[etree._Element]:
    return [element, *element.iterancestors()][::-1]


def _holds(box: etree._Element, line: Line) -> bool:
    return box is line.first or any(box is around for around in line.first.iterancestors())
