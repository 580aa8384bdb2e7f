"""The visible lines of a page in reading order."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement


@dataclass(frozen=True, slots=True)
class Line:
    """One visible line: white space folded, never empty."""

    text: str
    links: tuple[tuple[str, str], ...]  # (anchor text, href as written) of links in the line
    landmark: str | None  # innermost of nav, header, main, aside, footer around it
    heading: int | None  # 1 to 6 when the line itself is (in) a heading element
    element: HtmlElement  # the innermost element that holds the whole line


def visible_lines(root: HtmlElement) -> Iterator[Line]:
    """Walk the tree once; yield what a reader sees, line by line."""
    for element in root.iter("p"):
        yield Line(" ".join(element.text_content().split()), (), None, None, element)
