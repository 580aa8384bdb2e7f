"""Detects tags that somebody typed into a question or a reply, which break a taiwan-ehospital page.

    <li class="ask">前<div>後</li> <li class="doctor">...     the doctor's line is in the question
    <div class="msg"><div>頭痛</div>三天。</div></div>         the rest is outside the message
    <li class="ans">前<table>後</li></ul>                     the table holds the site's footer
    <li class="ans">前</ul><ul>後</li></ul>                   the rest is behind the unit
    <li class="ask">36<T<37度<br>                             an element `t<37度<br`

Words are missing then, or are somebody else's, and only a person can tell whose. Such a page is not
read: its capture is kept, and a later reader may know better.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from lxml.etree import Comment, iterwalk
from lxml.html import HtmlElement
from lxml.html.defs import tags

from scraper.errors import PageChangedError
from scraper.reading.css.elements import TAGS

_WORDS = frozenset(("ask", "ans"))  # the items that hold what people wrote
_ITEMS = _WORDS | {"subject", "asker", "doctor"}
_TEMPLATES = _ITEMS | {"count"}
_RAW = frozenset(
    ("script", "style", "iframe", "noframes", "noembed", "xmp", "plaintext", "listing",
     "textarea", "title")
)  # fmt: skip
_UNREAD = TAGS["unseen"] - _RAW | {"textarea"}  # what people may see, and no text is read of
_CLOSED = re.compile(r"</(?:div|li|ul|body)\b", re.IGNORECASE)
_NAMES = tags.union(
    *TAGS.values(),
    ("bgsound", "ilayer", "image", "layer", "menuitem", "multicol", "nextid", "nolayer", "picture",
     "slot", "spacer", "xml"),
)  # fmt: skip
_NAME_OF_OTHERS = re.compile(r"[a-z][a-z0-9]*(?:[-:][a-z0-9]+)+")  # `o:p` of Word
_OPEN_TAG = re.compile(r"</?[A-Za-z][^<>]*\Z")
_END = re.compile(r"</(?:body|html)\b", re.IGNORECASE)
_NO_WORDS = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript)\b.*?(?:</\1\s*>|\Z)|<[^>]*>?",
    re.IGNORECASE | re.DOTALL,
)
_TABLE_PARTS = frozenset(("table", "tbody", "td", "tfoot", "th", "thead", "tr"))
_SKIPPED = r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)"
_TABLE_TAG = re.compile(
    rf"{_SKIPPED}|<(?P<end>/?)(?P<name>{'|'.join(sorted(_TABLE_PARTS))})\b",
    re.IGNORECASE | re.DOTALL,
)
_BOX_TAG = re.compile(
    rf"{_SKIPPED}|<(?P<end>/?)(?P<name>div|li|table|ul)\b[^<>]*>?", re.IGNORECASE | re.DOTALL
)
_WORDS_ITEM = re.compile(r"<li\b[^<>]*?\b(?:ask|ans)\b", re.IGNORECASE)
_OF_PHP = re.compile(
    r"\b(?:Deprecated|Notice|Warning|(?:Fatal|Parse) error)\s*:.+? in /\S+ on line \d", re.DOTALL
)
_UNSEEN = "\ufeff\u200b"  # as files that a template includes begin
_OPEN_VALUE = re.compile(r"<[A-Za-z][^<>]{0,500}=\s*$")


def check_unit(unit: HtmlElement) -> None:
    """Raise PageChangedError unless the items of a `ul.QAunit` are its own, and words in them."""
    for item in unit.getroottree().iter("li"):
        if item.getparent() is not unit and _classes(item) & _ITEMS:
            raise PageChangedError(f"li.{item.get('class')} is no item of ul.QAunit: a stray tag")
    behind_words = False
    for child in unit:
        if child.tag == "li" and (classes := _classes(child) & _TEMPLATES):
            behind_words = bool(classes & _WORDS)
        elif behind_words and _has_text(child):
            raise PageChangedError(f"words in a {child.tag} behind the words of li.ask or li.ans")
        if behind_words and _is_text(child.tail):
            raise PageChangedError("words between the items of ul.QAunit: a stray tag")
    if _is_text(unit.tail) or _is_text(unit.getparent().tail):
        raise PageChangedError("words right behind ul.QAunit: a stray tag")


def check_message(message: HtmlElement) -> None:
    """Raise PageChangedError unless a `div.msg` ends where its template ends it."""
    block = message.getparent()
    if any("msg" in _classes(outer) for outer in message.iterancestors("div")):
        raise PageChangedError("div.msg within div.msg: a stray tag")
    if any(child.tag != "div" and _has_text(child) for child in message):
        raise PageChangedError("words beside the div of div.msg: a stray tag")
    if any(map(_has_bare_text, (message, block, block.getparent()))):
        raise PageChangedError("words outside their div: a stray tag")
    if _is_text(block.getparent().tail):
        raise PageChangedError("words right behind the messages: a stray tag")


def check_words(element: HtmlElement) -> None:
    """Raise PageChangedError where what follows a tag or `<!--` in a text is no text any more.

    Or where the site's program has put words of its own into it: `<b>Warning</b>: mysql_fetch()...`
    """
    if _OF_PHP.search(element.text_content()):
        raise PageChangedError("a message of the site's program in a text")
    for _, node in iterwalk(element, events=("start", "comment")):
        if _has_swallowed_text(node):
            raise PageChangedError("words that a tag or comment in a text has swallowed")


def check_tables(texts: Iterable[HtmlElement], html: str) -> None:
    """Raise PageChangedError where a table in a text, or a part of one, is never closed.

    The parser lets no other end tag close it: what follows the text is in it.
    """
    parts = {tag for text in texts for tag in _outermost_parts(text)}
    if parts and parts & _left_open(html):
        raise PageChangedError("a table in a text that nothing ends: a stray tag")


def check_source(html: str) -> None:
    """Raise PageChangedError when the parser has not read the page, or its unit, to the end."""
    _check_last_item(html)
    end = _END.search(html)
    if end and _is_text(_NO_WORDS.sub("", html[end.start() :])):
        raise PageChangedError("words behind the end of the page: a stray tag")
    for quote in ('"', "'"):
        last = html.rfind(quote)
        if _OPEN_VALUE.search(html, max(0, last - 600), max(0, last)):
            raise PageChangedError("an attribute that nothing ends: a stray tag")


def _check_last_item(html: str) -> None:
    """Raise PageChangedError when the last words of a unit close it and go on: `</ul><ul>`."""
    begin = max((item.end() for item in _WORDS_ITEM.finditer(html)), default=len(html))
    opened: Counter[str] = Counter()
    cut = None  # where the unit is closed
    for tag in _BOX_TAG.finditer(html, begin):
        name = (tag["name"] or "").lower()
        if name and not tag["end"]:
            if name == "li" and cut is not None:
                return  # another list's
            opened[name] += 1
        elif opened[name]:
            opened[name] -= 1
        elif opened["table"]:
            continue  # it keeps the parser from closing the unit
        elif name == "li":
            if cut is not None and _is_text(_NO_WORDS.sub("", html[cut : tag.start()])):
                raise PageChangedError("words of the last item behind ul.QAunit: a stray tag")
            return
        elif name in ("div", "ul") and cut is None:
            cut = tag.end()


def _has_swallowed_text(node: HtmlElement) -> bool:
    if node.tag is Comment:
        return any(rule.search(node.text or "") for rule in (_CLOSED, _OPEN_TAG))
    if _is_word(node) or _has_words_for_names(node) or any(map(_CLOSED.search, node.values())):
        return True
    if node.tag in _RAW and _CLOSED.search(node.text_content()):
        return True
    return node.tag in _UNREAD and _has_text(node)


def _is_word(node: HtmlElement) -> bool:
    """Whether a person wrote `<Aspirin>` or `A<B`: no tag is called so, nor has it attributes."""
    if node.tag in _NAMES or _NAME_OF_OTHERS.fullmatch(node.tag):
        return False
    if any(node.values()) and not any("<" in name for name in (node.tag, *_attributes(node))):
        return False  # `<gwmw class="x">` of a program
    return all(outer.tag not in ("svg", "math") for outer in node.iterancestors())


def _has_words_for_names(node: HtmlElement) -> bool:
    """Whether words stand in a tag: `<b 90 三天<br>`, `<b 且>`, not `<p <br>`, `<p 　>`.

    Beside an attribute with a value they are a part of it: `<font face=新細明體, 標楷體>`.
    """
    names = _attributes(node)
    if any("<" in name for name in names):
        return any(not (name.startswith("<") or node.get(name)) for name in names)
    if any(node.values()):
        return False
    return any(not name.isascii() and any(map(str.isalnum, name)) for name in names)


def _attributes(node: HtmlElement) -> list[str]:
    return [str(name) for name in node.attrib]


def _outermost_parts(element: HtmlElement) -> Iterator[str]:
    walker = iterwalk(element, events=("start",))
    for _, node in walker:
        if node.tag in _TABLE_PARTS:
            yield node.tag
            walker.skip_subtree()


def _left_open(html: str) -> set[str]:
    """The parts of tables of which one is never closed."""
    opened: Counter[str] = Counter()
    for tag in _TABLE_TAG.finditer(html):
        name = (tag["name"] or "").lower()
        if name and not tag["end"]:
            opened[name] += 1
        elif opened[name]:
            opened[name] -= 1
    return set(+opened)


def _classes(element: HtmlElement) -> set[str]:
    return set((element.get("class") or "").split())


def _has_text(element: HtmlElement) -> bool:
    return isinstance(element.tag, str) and _is_text(element.text_content())


def _has_bare_text(element: HtmlElement) -> bool:
    return _is_text(element.text) or any(_is_text(child.tail) for child in element)


def _is_text(text: str | None) -> bool:
    return bool(text and text.strip().strip(_UNSEEN))
