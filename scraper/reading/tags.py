"""The tags under `Related FAQ`: a name, then its department in parentheses.

Leg Weakness            or    Leg Weakness (Neurology)    or several of them on one line
(Neurology)
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from scraper.items import FaqTag
from scraper.reading.lines import Line

Resolve = Callable[[str], str | None]  # an href as written -> canonical URL in the site's scope

_DEPARTMENT = re.compile(
    r"[(（]\s*([^()（）]{1,60}(?:[(（][^()（）]{1,60}[)）][^()（）]{0,20})?)\s*[)）]"
)
_LONGEST = 120  # characters of a tag's name


class Tags(NamedTuple):
    """The tags, and the line after the last one."""

    tags: tuple[FaqTag, ...]
    end: int


def read_tags(lines: Sequence[Line], start: int, stop: int, resolve: Resolve) -> Tags:
    """Read tags from line `start` on, as far as their shape goes."""
    tags: list[FaqTag] = []
    index = start
    while index < stop:
        line = lines[index]
        following = lines[index + 1] if index + 1 < stop else None
        if following is not None and (department := _department(following.text)) is not None:
            if _department(line.text) is not None or len(line.text) > _LONGEST:
                break
            url = _url((*line.links, *following.links), resolve)
            tags.append(FaqTag(name=line.text, department=department, url=url))
            index += 2
        elif found := _on_one_line(line, resolve):
            tags.extend(found)
            index += 1
        else:
            break
    return Tags(tuple(tags), index)


def _department(text: str) -> str | None:
    match = _DEPARTMENT.fullmatch(text)
    return match[1].strip() if match else None


def _on_one_line(line: Line, resolve: Resolve) -> list[FaqTag]:
    """`Als (Neurology) Leg Weakness (Neurology)`: what is not a department is a name."""
    tags, start = [], 0
    for match in _DEPARTMENT.finditer(line.text):
        name = line.text[start : match.start()].strip(" ,、·•|/")
        if not name or len(name) > _LONGEST:
            return []
        links = [link for link in line.links if name in link[0] or link[0] in name]
        tags.append(FaqTag(name=name, department=match[1].strip(), url=_url(links, resolve)))
        start = match.end()
    return tags if not line.text[start:].strip(" ,、·•|/.") else []


def _url(links: Sequence[tuple[str, str]], resolve: Resolve) -> str | None:
    return next((url for _, href in links if (url := resolve(href)) is not None), None)
