"""What style sheets within a page hide, break or keep: `.note{display:none}`.

Only plain selectors count (`p`, `.a`, `#a`, `p.a`), and only rules outside of @media and the like.
"""

import re
from functools import lru_cache

from lxml.html import HtmlElement

from scraper.reading.flow import Style, style_of

Rules = dict[str, Style]  # selector -> what its declarations say, never empty of meaning

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_RULE = re.compile(r"@[\w-]+[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{1,2000})\}")
_PLAIN = re.compile(r"[a-z][a-z0-9]*|(?:[a-z][a-z0-9]*)?[.#][\w-]+", re.IGNORECASE)
_LONGEST = 200_000  # characters of a page's style sheets that are looked at


def page_rules(root: HtmlElement) -> Rules:
    """The rules of the page's <style> elements that bear on its text."""
    sheets = [element.text for element in root.iter("style") if element.text]
    return _rules("\n".join(sheets)[:_LONGEST]) if sheets else {}


@lru_cache(maxsize=64)
def _rules(sheet: str) -> Rules:
    rules: Rules = {}
    for selectors, declarations in _RULE.findall(_AT_RULE.sub("", _COMMENT.sub("", sheet))):
        style = style_of(declarations)
        if style != (None, None):
            for selector in map(str.strip, selectors.split(",")):
                if _PLAIN.fullmatch(selector):
                    rules[selector] = style
    return rules


def ruled(element: HtmlElement, rules: Rules) -> Style:
    """What the rules say of an element; the more special selector wins."""
    tag = element.tag
    keys = [tag]
    for name in element.get("class", "").split()[:20]:
        keys += (f".{name}", f"{tag}.{name}")
    if identity := element.get("id"):
        keys += (f"#{identity}", f"{tag}#{identity}")
    found = [rules[key] for key in keys if key in rules]
    flows = [style[0] for style in found if style[0] is not None]
    kept = [style[1] for style in found if style[1] is not None]
    return (flows[-1] if flows else None, kept[-1] if kept else None)
