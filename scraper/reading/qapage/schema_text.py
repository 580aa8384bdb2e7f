"""Strings of schema.org data: plain text, escaped text or HTML, as their writers mix them."""

import re
from html import unescape
from html.entities import html5

from scraper.reading.visible.blocks import fold, html_text
from scraper.reading.visible.openers import unfolds

# "a < b" is text, "<p>a</p>" is markup
_MARKUP = re.compile(
    r"</[a-z][a-z0-9]*\s*>|<(?:br|hr|img)\b[^>]*>|<(?:p|div|ul|ol|li)(?:\s+[a-z-]+=[^<>]*)?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?([a-z][a-z0-9]*)\b[^<>]*>", re.IGNORECASE)
_OF_PROSE = frozenset(
    """a b blockquote br div em h1 h2 h3 h4 h5 h6 i li ol p pre small span strong sub sup table
    tbody td th thead tr u ul""".split()  # noqa: SIM905
)
# What stands among lines that are parted by tags, and is spoken of where there are none.
_AMONG_LINES = _OF_PROSE | frozenset("center code del font hr img ins s".split())  # noqa: SIM905
_PARTED = re.compile(r"<br\b|</(?:p|div|li|h[1-6]|blockquote)\s*>", re.IGNORECASE)
_IN_BLOCKS = re.compile(
    r"\s*<(p|div|ul|ol|h[1-6]|blockquote|table|section|article)\b[^<>]*>.*?</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
# Escaped twice: nobody speaks of the signs of quotations by their entities.
_TWICE = re.compile(
    r"&amp;(?=(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|quot|apos|[lr][sd]quo);)", re.IGNORECASE
)
_MARKED = re.compile(r"<([a-z][a-z0-9]*)\b[^<>]*>[^<>]*</\1\s*>", re.IGNORECASE)
_READ_MORE = re.compile(r"(?:\n|(?<=\.\.\.)|(?<=…)|(?<=[.…]\]))\s*([^.…\]\n]+[.…]*)\Z")
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)  # "more": it may be anybody's
_CDATA = re.compile(r"\s*<!\[CDATA\[(.*)\]\]>\s*", re.DOTALL)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]*);", re.IGNORECASE)


def name_of_string(value: str) -> str:
    """Return a title or a name in one line, unescaped once, without what marks words in it.

    >>> name_of_string("Is <em>E. coli</em> harmful &amp; why?")
    'Is E. coli harmful & why?'
    >>> name_of_string("What is <b> for?")
    'What is <b> for?'
    """
    value = _bare(value)
    if _MARKED.search(value) and _OF_PROSE.issuperset(map(str.lower, _TAG.findall(value))):
        return fold(html_text(value))
    return fold(unescaped(value))


def text_of_string(value: str) -> str:
    r"""Return the lines of a string that may be plain text, escaped text, or HTML.

    >>> text_of_string("if a &lt; b<br>stop")
    'if a < b\nstop'
    >>> text_of_string("see x.example/?a=1&copy=2")
    'see x.example/?a=1&copy=2'
    """
    value = _bare(value)
    if not _MARKUP.search(value):
        plain = unescaped(value)
        if not _is_prose(plain) and _is_prose(again := unescaped(plain)):
            plain = again
        if not _is_prose(plain):
            return "\n".join(filter(None, map(fold, plain.splitlines())))
        value = plain
    return html_text(value)


def without_read_more(text: str) -> str:
    r"""The text without a link to its rest, in a last line of its own or behind dots.

    >>> without_read_more("It hurts and […] Read more"), without_read_more("It hurts.\n展開全文")
    ('It hurts and […]', 'It hurts.')
    """
    found = _READ_MORE.search(text, max(0, text.rfind("\n")))
    if found is None or _WORD.fullmatch(found[1]) or not unfolds(found[1]):
        return text
    return text[: found.start()]


def unescaped(text: str) -> str:
    """Return `text` with its entities resolved: those that end in `;`, as URLs hold `&copy=2`."""
    return _ENTITY.sub(_resolved, _TWICE.sub("&", text)) if "&" in text else text


def _bare(text: str) -> str:
    """The text within signs of CDATA."""
    found = _CDATA.fullmatch(text) if "<![CDATA[" in text else None
    return found[1] if found else text


def _resolved(entity: re.Match[str]) -> str:
    known = entity[0][1] == "#" or entity[0][1:] in html5
    return unescape(entity[0]) if known else entity[0]


def _is_prose(text: str) -> bool:
    """Tell HTML that was escaped as a whole from a text that speaks of tags."""
    if not _MARKUP.search(text):
        return False
    of_prose = _AMONG_LINES if _PARTED.search(text) else _OF_PROSE
    return of_prose.issuperset(map(str.lower, _TAG.findall(text))) or bool(_IN_BLOCKS.match(text))
