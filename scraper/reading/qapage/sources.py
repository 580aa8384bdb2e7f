"""Which script or attribute of a page says what its schema.org data say."""

from collections.abc import Iterator
from datetime import date

from lxml import etree

from scraper.items import Question
from scraper.reading.dates import read_date
from scraper.reading.evidence import Found, Value, of_attribute, values_of
from scraper.reading.qapage.schema_org import Node, json_ld
from scraper.reading.qapage.schema_text import text_of_string
from scraper.reading.sight import path_of, signs_of

_DAYS = frozenset(("dateCreated", "datePublished"))


def in_data(root: etree._Element, question: Question) -> Iterator[Found]:
    """Yield the one attribute with `itemprop`, or else the first script, that says a field."""
    attributes = [
        (element, name)
        for element in root.iter(etree.Element)
        for name in ("content", "datetime")
        if element.get("itemprop") and element.get(name)
    ]
    scripts = [(script, list(_strings(json_ld(script)))) for script in root.iter("script")]
    for field, value in values_of(question).items():
        saying = [(one, name) for one, name in attributes if _says(one.get(name, ""), value)]
        if len(saying) == 1:
            yield Found(field, xpath=of_attribute(*saying[0]))
        for script, strings in scripts:
            if any(_says(words, value) for words in strings):
                yield Found(field, xpath=path_of(script))


def _says(words: str, value: Value) -> bool:
    if isinstance(value, date):
        return str(value.year) in words and read_date(words) == value
    if not isinstance(value, str):
        return False
    read = (words, text_of_string(words)) if "&" in words or "<" in words else (words,)
    return signs_of(value) in map(signs_of, read)


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
