"""schema.org microdata, as extruct reads it."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from functools import cached_property
from typing import Any

from extruct.w3cmicrodata import MicrodataExtractor
from lxml import etree
from lxml.html import Element, HtmlElement

from scraper.errors import NotAQuestionError
from scraper.reading.css.elements import TAGS
from scraper.reading.css.sheets import page_rules
from scraper.reading.mending import stray_ends
from scraper.reading.qapage.answers import fuller_text
from scraper.reading.qapage.boxes import is_answer, names_of
from scraper.reading.qapage.item_nodes import node_of
from scraper.reading.qapage.owners import (
    ONCE,
    in_templates,
    is_bare_answer,
    levels_around,
    owned_properties,
)
from scraper.reading.qapage.schema_org import HIDES, NAMES, TEXTS, Node
from scraper.reading.qapage.schema_text import name_of_string, text_of_string
from scraper.reading.visible.blocks import Texts, block_text

_WORDS = NAMES | TEXTS  # properties that are words, also those of a link
_DAYS = frozenset({"dateCreated", "datePublished"})
_WANTED = _WORDS | _DAYS | {"answerCount", "inLanguage"}
_PROSE = TAGS["inline"] | {"p", "br", "ul", "ol", "li", "blockquote", "pre"}
_OF_OTHERS = " or ".join(
    f"contains(@itemtype, '/{kind}')" for kind in ("Answer", "Comment", "Question")
)
_TAG = re.compile(r"[a-z][a-z0-9_.:-]*")
_LAYERS = 30  # items in each other
_MANY = 500  # items that no depth makes dear
_MOST_LEVELS = 1_000_000  # around all items together, which are climbed some times
_MOST_REFERRED = 10_000  # properties that stand elsewhere
_MOST_TAKEN = 3_000_000  # characters of all texts, of which each tag counts as ten
_IN_REFERRED = "count(id($id)/descendant-or-self::*[@itemprop])"
_LINKS = ("href", "src", "data")  # attributes with a URL


def microdata(root: HtmlElement, url: str) -> list[Node]:
    """Return the top-level items of the page's microdata."""
    items: list[Node] = _Microdata(add_html_node=True).extract_items(root, url)
    return items


class _Microdata(MicrodataExtractor):  # type: ignore[misc]
    """extruct's reader with our lines of text, and in time that grows with the page alone.

    Its own search for an item's properties takes time by the square of their number, and its
    text a copy of every subtree.
    """

    def extract_items(self, document: HtmlElement, base_url: str) -> list[Node]:
        self._root = document
        self._made: dict[HtmlElement, Node] = {}
        self._layers, self._referred, self._taken = _LAYERS, 0, 0
        self._owned = owned_properties(document)
        roles = document.xpath("//*[@itemscope or @itemtype or @itemprop]")
        unused = in_templates(document)
        self._items = {  # and their places
            node: place
            for place, node in enumerate(roles)
            if node in self._owned or ("itemscope" in node.attrib and node not in unused)
        }
        if len(self._items) > _MANY and levels_around(self._items) > _MOST_LEVELS:
            raise NotAQuestionError("the page has too many items in too many elements")
        self._mended = b"p" in stray_ends(document)
        items: list[Node] = super().extract_items(document, base_url)
        return items

    @cached_property
    def _texts(self) -> Texts:
        """The words of elements, without those of the items in them that somebody else says."""
        return Texts(page_rules(self._root), self._root.xpath(f"//*[@itemtype][{_OF_OTHERS}]"))

    def _extract_item(self, node: HtmlElement, **others: Any) -> Node | None:
        """The item, unless it is made already or in too many others: then it stands by itself."""
        if not self._layers:
            return None
        self._layers -= 1
        item = super()._extract_item(node, **others)
        self._layers += 1
        if not item:
            return None
        self._made[node] = made = replace(node_of(item), place=self._items.get(node))
        if not made.types or "Question" in made.types:
            names = tuple(one for one in self._xp_prop(node) if "name" in names_of(one))
            self._made[node] = replace(made, names=names)
        return self._made[node]

    def _xp_item(self, _document: HtmlElement) -> list[HtmlElement]:
        return list(self._items)

    def _xp_prop(self, node: HtmlElement) -> list[HtmlElement]:
        owned = self._owned.get(node, [])
        if names_of(node) == ["comment"]:  # of which no words are taken
            return [one for one in owned if one in self._items]
        return owned

    def _extract_property_refs(
        self, node: HtmlElement, refid: str, **others: Any
    ) -> Iterator[tuple[str, Any]]:
        if self._referred < _MOST_REFERRED:
            self._referred += 1 + int(node.xpath(_IN_REFERRED, id=refid))
            yield from super()._extract_property_refs(node, refid, **others)

    def _extract_textContent(self, node: HtmlElement) -> str:  # noqa: N802
        names = _WANTED.intersection(names_of(node))
        if not names:
            return ""
        text = self._texts.of(node)
        self._taken += len(text) + 10 * int(node.xpath("count(.//*)"))
        if self._taken > _MOST_TAKEN:
            raise NotAQuestionError("the page says its words again and again")
        behind = _text_behind(node) if self._mended and names & TEXTS else ""
        return f"{text}\n{behind}".strip() if behind else text

    def _extract_property(self, node: HtmlElement, **others: Any) -> list[tuple[str, Any]]:
        self._texts.hides = False
        pairs = self._pairs(node, **others)
        is_text = not TEXTS.isdisjoint(names_of(node))
        if is_text and (self._texts.hides or _holds_words_for_tags(node)):
            return [*pairs, (HIDES, "yes")]
        return pairs

    def _pairs(self, node: HtmlElement, **others: Any) -> list[tuple[str, Any]]:
        """Take the words of `<a itemprop="name url" href>` for its name, and its URL for the URL.

        An attribute's text is escaped text or HTML, as a string in JSON-LD is.
        """
        value, names = self._extract_property_value(node, **others), names_of(node)
        if is_bare_answer(node) and node not in self._items and (own := self._own_words(node)):
            return [(name, {"type": "Answer", "value": own}) for name in names]
        if not _DAYS.isdisjoint(names) and (marked := _marked_days(node)):
            return [(name, written) for name in names for written in (value, *marked) if written]
        if node in self._items or _WORDS.isdisjoint(names):
            return [(name, value) for name in names]
        if node.tag == "a":
            words = self._texts.of(node)
            return [(name, words if name in _WORDS else value) for name in names]
        if value == node.get("content"):
            return [(name, self._of_attribute(node, name, value)) for name in names]
        return [(name, value) for name in names]

    def _of_attribute(self, node: HtmlElement, name: str, content: str) -> str:
        """The content of a meta; of other elements, only where their own words are cut or none."""
        if name in NAMES:
            content = name_of_string(content)
        elif name in TEXTS:
            content = text_of_string(content)
        if node.tag == "meta" or name not in ONCE:
            return content
        return fuller_text(self._extract_textContent(node), content)

    def _extract_property_value(self, node: HtmlElement, **others: Any) -> Any:
        """Take a broken URL as it is, and the words of a `<time>` without datetime."""
        force = others.pop("force", False)
        if node in self._items and not force:
            return self._made.get(node) or self._extract_item(node, **others)
        if force:
            return self._own_words(node)
        if "itemscope" in node.attrib:  # of a template
            return ""
        try:
            value = super()._extract_property_value(node, **others)
        except ValueError:  # http://[bad/
            return next(filter(None, map(node.get, _LINKS)), "")
        if node.tag in ("time", "data") and not value:
            return self._texts.of(node)
        return value

    def _own_words(self, node: HtmlElement) -> dict[str, str]:
        """What an item without properties says by its own words: a person's name, or an answer.

        Among blocks there may be a list's heading or a form: the answer is one without words.
        """
        if "author" in names_of(node):
            return {"name": self._texts.of(node)}
        if not is_answer(node) or node.get("href") or _holds_items(node):
            return {}
        words = self._texts.of(node)
        is_prose = _PROSE.issuperset(one.tag for one in node.iterdescendants(etree.Element))
        return {"text": words if is_prose else ""} if words else {}


def _holds_words_for_tags(node: HtmlElement) -> bool:
    """Whether a person's `36<T<37` has made a tag, which swallows what follows it."""
    return not all(_TAG.fullmatch(one.tag) for one in node.iterdescendants(etree.Element))


def _marked_days(node: HtmlElement) -> list[str]:
    """What attributes of an element, or of the only one in it that has such, say of its day.

    Not if digits stand around that one: `18 Apr 2020 <i title="2021-05-05">edited</i>`.
    """
    inner = node.xpath(".//*[@title or @datetime]")
    is_its_own = len(inner) == 1 and _digits(node) == _digits(inner[0])
    holders = (node, *inner) if is_its_own else (node,)
    return [day for one in holders for day in map(one.get, ("title", "datetime", "content")) if day]


def _digits(node: HtmlElement) -> int:
    return sum(map(str.isdigit, node.text_content()))


def _holds_items(node: HtmlElement) -> bool:
    return bool(node.xpath("boolean(.//*[@itemscope or @itemtype or @itemprop])"))


def _text_behind(node: HtmlElement) -> str:
    """Return what was to stand in a `<p>` that ends at the first block: `<p><p>a</p><p>b</p></p>`.

    In a page with a stray `</p>` each `</p>` has a `<br>` behind it. One right behind the `<p>`
    would be its own; the first that stands behind no other `<p>` is the stray's.
    """
    if node.tag != "p" or (node.tail or "").strip():
        return ""
    whole = Element("div")
    last: HtmlElement = node
    for sibling in node.itersiblings(etree.Element):
        if sibling.tag == "br" and (last.tag != "p" or (last.tail or "").strip()):
            return block_text(whole)
        if last is node and sibling.tag == "br":
            return ""
        if sibling.xpath("boolean(descendant-or-self::*[@itemprop])"):
            return ""
        whole.append(deepcopy(sibling))
        last = sibling
    return ""
