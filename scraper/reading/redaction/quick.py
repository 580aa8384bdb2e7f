"""The cheap test that goes over every page: may it quote a forgotten one?

No page is parsed here. It errs on one side only: what it passes over holds no link to a forgotten
page and no whole text of one.
"""

import re
from html import unescape

from scraper.reading.css.elements import FLOWS
from scraper.reading.ehospital.repeats import repeated
from scraper.reading.redaction.escapes import TAG, of_script
from scraper.reading.redaction.matching import Forgotten, nothing, urls_in
from scraper.reading.redaction.percent import coded_parts
from scraper.reading.sameness import long_enough

_VALUE = re.compile(r"=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))")
_HREF = re.compile(r"href\s*=\s*[\"']?([^\s\"'<>]+)")
_BASE = re.compile(r"<base\b[^>]*?\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_BLOCKS = "|".join(sorted(tag for tag, how in FLOWS.items() if how != "inline"))
_BREAK = re.compile(rf"</?(?:{_BLOCKS})\b[^>]*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_STRING = re.compile(r"\"((?:[^\"\\\n]|\\.){16,}?)\"")
_ATTRIBUTE = re.compile(r"=\s*(?:\"([^\"<>]{6,})\"|'([^'<>]{6,})')")


def leads_or_says(text: str, base: str, forgotten: Forgotten) -> bool:
    """Whether a decoded page links to a forgotten page, names its number, or says a unit of it.

    Units are told by their hashes; where the words themselves are known, `narrowed` looks for them.
    """
    plain = unescape(text) if "&" in text else text
    base = base_of(plain, base)
    if any(forgotten.leads_there(base, href) for href in hrefs(plain)):
        return True
    if forgotten.number is not nothing and any(map(forgotten.number, numbers(plain))):
        return True
    return forgotten.text is not nothing and any(map(forgotten.hits_hashed, _texts(text)))


def base_of(text: str, url: str) -> str:
    """What relative links are relative to."""
    found = _BASE.search(text)
    return found[1] if found and found[1].startswith(("http://", "https://")) else url


def hrefs(text: str) -> set[str]:
    """Everything on a page that may be a URL."""
    values = {double or single or bare for double, single, bare in _VALUE.findall(text)}
    found = {value for value in values if "/" in value or "?" in value}
    found.update(_HREF.findall(text))
    found.update(urls_in(text))
    found.update(repeated(text))
    return found


_ID = re.compile(r"[\"'](?:\w*_?id|\w*Id|q_?no|number)[\"']\s*:\s*[\"']?(\d{1,9})\b")


def numbers(text: str) -> set[str]:
    """Numbers that data in scripts name as somebody's id."""
    return set(_ID.findall(text.replace('\\"', '"')))


def _texts(text: str) -> set[str]:
    """Every line, piece of a line, string of a script and value that is long enough, once."""
    found: set[str] = set()
    for line in _BREAK.split(text):
        parts = TAG.split(line)
        found.update(("".join(parts), "\n".join(parts), *parts) if len(parts) > 1 else parts)
    found.update(map(of_script, _STRING.findall(text)))
    values = [double or single for double, single in _ATTRIBUTE.findall(text)]
    found.update(values)
    found.update(_COMMENT.findall(text))
    for value in map(unescape, found.copy()):
        found.update(parts_of(value))
    for value in values:
        found.update(part.replace("+", " ") for part in coded_parts(unescape(value)))
    return {" ".join(one.split()) for one in found if long_enough(one)}


def parts_of(value: str) -> list[str]:
    """The texts of markup, and the strings of data, that an attribute or comment consists of."""
    parts = TAG.split(value) if "<" in value else []
    if value.lstrip().startswith(("{", "[")):
        parts += map(of_script, _STRING.findall(value))
    return [part for part in parts if long_enough(part)]
