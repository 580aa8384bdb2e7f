"""Which script or attribute of a page says what its schema.org data say."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from lxml import etree

from scraper.items import Question
from scraper.reading.dates import read_date
from scraper.reading.evidence import Found, Value, of_attribute, values_of
from scraper.reading.qapage.schema_org import Node, json_ld
from scraper.reading.qapage.schema_text import text_of_string
from scraper.reading.sight import path_of, signs_of


def in_data(root: etree._Element, question: Question) -> Iterator[Found]:
    """Yield the one attribute with `itemprop`, or else the first script, that says a field."""
    values = values_of(question)
    years = {str(value.year) for value in values.values() if isinstance(value, date)}
    attributes = _attributes(root, years)
    scripts = _scripts(root, years)
    for field, value in values.items():
        sought = signs_of(value) if isinstance(value, str) else value
        if len(attributes[sought]) == 1:
            yield Found(field, xpath=of_attribute(*attributes[sought][0]))
        if sought in scripts:
            yield Found(field, xpath=scripts[sought])


def _attributes(
    root: etree._Element, years: set[str]
) -> dict[Value, list[tuple[etree._Element, str]]]:
    """Element and name of each attribute with `itemprop`, by what it says."""
    found: dict[Value, list[tuple[etree._Element, str]]] = defaultdict(list)
    for element in root.iter(etree.Element):
        for name in ("content", "datetime") if element.get("itemprop") else ():
            for said in _said(element.get(name, ""), years):
                found[said].append((element, name))
    return found


def _scripts(root: etree._Element, years: set[str]) -> dict[Value, str]:
    """The path of the first script that says something, by what it says."""
    found: dict[Value, str] = {}
    for script in root.iter("script"):
        path = path_of(script)
        for words in _strings(json_ld(script)):
            for said in _said(words, years):
                found.setdefault(said, path)
    return found


def _said(words: str, years: set[str]) -> set[Value]:
    """The signs of a string, plain and read as markup, and the day that it names."""
    said: set[Value] = {signs_of(words)}
    if "&" in words or "<" in words:
        said.add(signs_of(text_of_string(words)))
    if any(year in words for year in years) and (day := read_date(words)) is not None:
        said.add(day)
    return said


def _strings(nodes: list[Node]) -> Iterator[str]:
    """Every text below the items, which may refer to each other in rings."""
    seen: set[int] = set()
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            for held in node.properties.values():
                yield from (value for value in held if isinstance(value, str))
                waiting += [value for value in held if isinstance(value, Node)]
