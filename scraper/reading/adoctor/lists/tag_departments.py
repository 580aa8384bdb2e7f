"""Finds what in a line of tags is a department, a count or a mere sign, and so no name."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from scraper.reading.adoctor.lists.links import link_places
from scraper.reading.adoctor.people.doctors import is_department
from scraper.reading.visible.line import Line, are_alike, without_links

DEPARTMENT = re.compile(
    r"[(（]\s*([^()（）]{1,60}(?:[(（][^()（）]{1,60}[)）][^()（）]{0,20})?)\s*[)）]"
)
# How many questions a tag has, or signs: "(12)", "× 12", "1,200 questions", "12k", "›".
_COUNTED = r"(?:question|post|answer|view)s?|repl(?:y|ies)|[題則篇筆]|個?(?:問題|回[覆答])"
_COUNT = re.compile(rf"[\W_]*(?:x?\s*\d[\d,.]*k?\s*(?:{_COUNTED})?)?[\W_]*", re.IGNORECASE)
FAR = 24  # lines to the next tag that has a department
LONGEST = 120  # characters of a tag's name
LONGEST_LINE = 2_000
SIGNS = " ,、·•|/.;；"


def is_count(text: str) -> bool:
    return len(text) <= LONGEST and _COUNT.fullmatch(text) is not None


def last_in_parentheses(
    lines: Sequence[Line], start: int, stop: int, named: frozenset[str]
) -> frozenset[str]:
    """The departments of tags: names have parentheses as well, but not at the end of a link.

    Those that the page has `named` elsewhere are some, whatever they look like.
    """
    departments = set(named)
    for line in lines[start:stop]:
        found = ((g, g[1].strip()) for g in DEPARTMENT.finditer(line.text))
        groups = [g for g, department in found if department in named or is_department(department)]
        if len(line.text) > LONGEST_LINE or not (groups or line.links or is_count(line.text)):
            break
        if groups:
            departments.add(groups[-1][1].strip())
        if len(groups) > 1:
            departments.update(_after_links(line))
            departments.update(_between_names(line, groups))
    return frozenset(departments)


def above_departments(
    lines: Sequence[Line], start: int, stop: int, known: Collection[str]
) -> Iterator[str]:
    """What stands in parentheses of its own above a department, in an element of its kind."""
    sure: Line | None = None
    for line, department in reversed(list(_in_parentheses(lines, start, stop))):
        if department in known or is_department(department):
            sure = line
        elif sure is not None and are_alike(line, sure):
            yield department


def _in_parentheses(lines: Sequence[Line], start: int, stop: int) -> Iterator[tuple[Line, str]]:
    """Lines with words in parentheses of their own, and these words."""
    last = start
    for index in range(start, stop):
        if index - last > FAR:
            return
        if words := words_in_parentheses(lines[index]):
            last = index
            yield lines[index], words


def words_in_parentheses(line: Line) -> str | None:
    """What a line has in parentheses, if it is nothing else but links, and no count."""
    match = DEPARTMENT.fullmatch(without_links(line.text, line.links).strip())
    return match[1].strip() if match and not is_count(match[1]) else None


def _between_names(line: Line, groups: Sequence[re.Match[str]]) -> Iterator[str]:
    """Departments between two names, where no link has them in the midst of its text."""
    for group, following in pairwise(groups):
        behind = line.text[group.end() : following.start()].strip(SIGNS)
        named = any(group[0] in text and not text.endswith(group[0]) for text, _ in line.links)
        if behind and not named and is_department(group[1].strip()):
            yield group[1].strip()


def _after_links(line: Line) -> Iterator[str]:
    """Departments behind each link, or else at its end."""
    for start, end, _ in link_places(line):
        behind = DEPARTMENT.match(line.text[end:].lstrip())
        groups = DEPARTMENT.finditer(line.text[start:end])
        inside = [match for match in groups if match.end() == end - start]
        if match := behind or next(iter(inside), None):
            yield match[1].strip()
