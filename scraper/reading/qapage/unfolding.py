"""The words of a microdata text, with those that its page shows after a click on "Read more"."""

import re
from itertools import islice

from lxml.html import HtmlElement

from scraper.reading.css.styles import properties_in
from scraper.reading.sameness import long_enough
from scraper.reading.visible.blocks import Keeps, block_text, fold, is_hidden

_SPOKEN_BY_OTHERS = re.compile(r"/(?:Answer|Comment|Question)\b")
_FOLDING_CLASSES = frozenset(("d-none", "hidden"))  # not those of words for screen readers
_DOTS = re.compile(r"\.\.\.|…")
_CONTROLS = ("form", "input", "select", "textarea")  # of a form to edit or report
_MOST = 30  # hidden elements, and dots, that are looked at


def is_elsewhere(element: HtmlElement) -> bool:
    """Whether the element is unseen, or an item of its own whose words are somebody else's."""
    return _is_of_others(element) or is_hidden(element)


def unfolded_text(node: HtmlElement, keeps: Keeps) -> str:
    """Return the text of `node` with what is folded away in it, and without a teaser of that.

    What is folded away is a sentence or more: of a few words nobody knows whether they are a
    button's. What is shown too, as in a copy for narrow screens, does not count.
    """
    hidden: list[HtmlElement] = []

    def leave_out(element: HtmlElement) -> bool:
        if not _is_of_others(element) and _is_folded(element):
            hidden.append(element)
            return True
        return is_elsewhere(element)

    shown = block_text(node, leave_out, keeps)
    key = _key(shown)
    folded = {one: words for one in hidden[:_MOST] if (words := _news(one, key))}
    if not folded:
        return shown
    whole = block_text(node, lambda one: one not in folded and is_elsewhere(one), keeps)
    for words in folded.values():
        if teaser := _teaser(shown, words):
            whole = whole.replace(teaser, "", 1)
    return "\n".join(filter(None, map(fold, whole.split("\n"))))


def _is_of_others(element: HtmlElement) -> bool:
    kind = element.get("itemtype")
    return bool(kind and _SPOKEN_BY_OTHERS.search(kind))


def _is_folded(element: HtmlElement) -> bool:
    return (
        element.get("hidden") is not None
        or ("display", "none") in properties_in(element.get("style", ""))
        or not _FOLDING_CLASSES.isdisjoint(element.get("class", "").split())
    )


def _news(hidden: HtmlElement, shown: str) -> str:
    """The words of a hidden element, if they are many and not shown; `shown` is a key."""
    if next(hidden.iter(*_CONTROLS), None) is not None:
        return ""
    words = block_text(hidden, is_elsewhere)
    return words if long_enough(words) and _key(words) not in shown else ""


def _teaser(shown: str, words: str) -> str:
    """The beginning of a text that ends in dots and that the words repeat."""
    key, teaser = _key(words), ""
    for dots in islice(_DOTS.finditer(shown), _MOST):
        beginning = shown[: dots.start()]
        if long_enough(beginning) and key.startswith(_key(beginning)):
            teaser = shown[: dots.end()]
    return teaser


def _key(text: str) -> str:
    return "".join(text.split())
