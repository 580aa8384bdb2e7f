"""What style sheets within a page hide, break or keep: `.note{display:none}`.

Only plain selectors count (`p`, `.a`, `#a`, `p.a`), and only rules outside of @media and the like.
"""

import re
from functools import lru_cache

from lxml import etree

from scraper.reading.flow import FLOWS, PLAIN
from scraper.reading.styles import SILENT, Style, class_hides, style_of, style_of_classes

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_RULE = re.compile(r"@[\w-]+[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{1,2000})\}")
_PLAIN = re.compile(r"[a-z][a-z0-9-]*|(?:[a-z][a-z0-9-]*)?[.#][\w-]+", re.IGNORECASE)
_LONGEST = 200_000  # characters of a page's style sheets that are looked at
_MOST_CLASSES = 20


class Rules(dict[str, Style]):
    """Selector -> what its rule says; only what bears on a page's text."""

    def __init__(self, sheet: str) -> None:
        """Read a style sheet; never raises."""
        super().__init__()
        for selectors, declarations in _RULE.findall(_AT_RULE.sub("", _COMMENT.sub("", sheet))):
            if (style := style_of(declarations)) != SILENT:
                for selector in map(str.strip, selectors.split(",")):
                    if _PLAIN.fullmatch(selector):
                        self[selector] = style
        self.plain = {tag: how for tag, how in PLAIN.items() if tag not in self}
        self.of = lru_cache(maxsize=1024)(self._of)

    def style(self, tag: str, classes: str, identity: str) -> Style:
        """What an element's name and the rules say of it; the more special selector wins."""
        keys = [tag]
        for name in classes.split()[:_MOST_CLASSES]:
            keys += (f".{name}", f"{tag}.{name}")
        keys += (f"#{identity}", f"{tag}#{identity}")
        found = [self[key] for key in keys if key in self]
        if (named := style_of_classes(classes)).flow != "unseen":
            found.append(named)
        flows = [style.flow for style in found if style.flow is not None]
        kept = [style.kept for style in found if style.kept is not None]
        items = [style.items for style in found if style.items is not None]
        return Style(
            flows[-1] if flows else FLOWS.get(tag),
            kept[-1] if kept else None,
            items[-1] if items else None,
        )

    def _of(self, tag: str, classes: str, identity: str) -> Style:
        """The same where classes may hide the element."""
        style = self.style(tag, classes, identity)
        return style._replace(flow="unseen") if class_hides(classes) else style


def page_rules(root: etree._Element) -> Rules:
    """The rules of the page's <style> elements."""
    sheets = [text for element in root.iter("style") if (text := element.text)]
    return _rules("\n".join(sheets)[:_LONGEST])


@lru_cache(maxsize=64)
def _rules(sheet: str) -> Rules:
    return Rules(sheet)
