"""Buttons that bring more into view, and where one stands beside what it opens.

<button>Read more</button>   <a href="#rest">Show all 12 questions</a>   <summary>展開全文</summary>
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice

from lxml import etree

from scraper.reading.css.elements import TAGS
from scraper.reading.visible.signs import NOTE, without_marks

_OF = (  # what there is more of
    r"(?:[ (]+(?:\d+|of|the|this|your|full|whole|text|answers?|repl(?:y|ies)|questions?|articles?"
    r"|details?|content|topics?|tags?|stor(?:y|ies)|posts?|results?|items?|here)\)?){0,4}"
)
_OF_CHINESE = (
    r"(?:內容|内容|文章|全文|文字|回[覆復答]|問題|问题|標籤|标签|留言|[則個篇條]|[\d()（）\s]){0,6}"
)
_UNFOLDS = re.compile(
    r"(?:(?:click|tap|press) (?:here )?(?:to|for) )?(?:"
    r"(?:read|show|see|view|load|display) (?:(?:the|\d+) )?"
    rf"(?:more|all|full|rest|whole|entire|complete|remaining|other){_OF}"
    rf"|(?:\d+ )?more{_OF}|expand(?: all)?{_OF}|unfold|(?:continue|keep) reading"
    rf"|點?[擊選此我]?(?:展開|展开|繼續閱讀|继续阅读)(?:全部|更多)?{_OF_CHINESE}|更多|全文"
    r"|點?[擊選此我]?(?:顯示|显示|查看|[閱阅]讀|阅读|觀看|看|載入|加载|瀏覽)"
    rf"(?:更多|全文|全部|完整|其[餘他]|所有|剩餘){_OF_CHINESE}"
    r")",
    re.IGNORECASE,
)
_NAMED_BY = ("aria-controls", "data-target", "data-bs-target", "href")
_QUOTED = re.compile(r"""['"]#?([\w-]+)['"]""")  # openTab(event, 'rest')
_FOLDS = re.compile(
    r"(?:show|read|view|see) less|hide|collapse|(?:收合|收起)(?:全文|內容)?", re.IGNORECASE
)
_PRESSED = frozenset(("onclick", "tabindex", "@click", "x-on:click", "ng-click"))
WITHIN = ("#", "javascript:")
_DOTS = re.compile(r"\s*(?:\.\.\.|…)\s*")
_LONGEST = 40  # characters of a button
_MOST_TEXTS = 16  # in a button, with those of its icons
_UP, _BESIDE, _MOST = 4, 30, 300  # levels, siblings and elements that are looked at
_DEPTH = 4  # elements that one holds, one in the other


def unfolds(text: str) -> bool:
    """Whether words are those of a button that brings more into view."""
    return len(text) <= _LONGEST and _is_more(text)


@lru_cache(maxsize=8192)
def _is_more(text: str) -> bool:
    return _UNFOLDS.fullmatch(text.strip(" .…[]()<>›»▼▾⌄+→")) is not None


def folds_or_unfolds(text: str) -> bool:
    """Whether words are those of a button that brings more into view, or takes it away again."""
    return unfolds(text) or _FOLDS.fullmatch(text.strip(" .…[]()<>‹«▲▴⌃-↑")) is not None


def is_dots(text: str) -> bool:
    """Whether a piece of text stands for what is folded away."""
    return _DOTS.fullmatch(NOTE.sub("", text)) is not None


def control_behind(element: etree._Element) -> etree._Element | None:
    """The control that the next words are; what is hidden in the same way is passed over."""
    for level in _levels(element):
        if _tells(level.tail):
            return None
        for sibling in islice(level.itersiblings(), _BESIDE):
            if not _is_twin(element, sibling) and _says(sibling):
                control = next(_controls_in(sibling), None) if is_small(sibling) else None
                is_all = control is not None and text_in(control) == text_in(sibling)
                return control if is_all else None
            if _tells(sibling.tail):
                return None
    return None


def control_before(element: etree._Element) -> etree._Element | None:
    """The control that the words before are, or a text's last ones."""
    for level in _levels(element):
        for sibling in islice(level.itersiblings(preceding=True), _BESIDE):
            if _tells(sibling.tail):
                return None
            if not _is_twin(element, sibling) and _says(sibling):
                return _last_control(sibling)
        parent = level.getparent()
        if parent is None or _tells(parent.text):
            return None
    return None


def _last_control(element: etree._Element) -> etree._Element | None:
    controls = list(_controls_in(element)) if is_small(element) else []
    ends = controls and text_in(element).endswith(text_in(controls[-1]))
    return controls[-1] if ends else None


def is_small(element: etree._Element, most: int = _MOST) -> bool:
    """Whether an element is and holds no more than so many elements."""
    return next(islice(element.iter(), most, None), None) is None


def _says(element: etree._Element) -> bool:
    return (
        isinstance(element.tag, str)
        and element.tag not in TAGS["unseen"]
        and any(_tells(str(text)) for text in element.itertext(etree.Element))
    )


def _levels(element: etree._Element) -> Iterator[etree._Element]:
    return islice(chain((element,), element.iterancestors()), _UP)


def _is_twin(element: etree._Element, other: etree._Element) -> bool:
    """Whether another element is hidden as this one is, as far as their own attributes tell."""
    if element.tag != other.tag:
        return False
    own, others = (tuple(map(each.get, ("class", "style", "hidden"))) for each in (element, other))
    return own == others and any(value is not None for value in own)


def _controls_in(element: etree._Element) -> Iterator[etree._Element]:
    return filter(is_pressed, element.iter(etree.Element))


def is_pressed(element: etree._Element) -> bool:
    """Whether an element does something on its page when it is pressed."""
    if element.tag == "a":
        return element.get("href", "#").startswith(WITHIN)
    return (
        element.tag in ("button", "label", "summary")
        or element.get("role") in ("button", "tab")
        or not _PRESSED.isdisjoint(element.keys())
    )


def is_toggle(control: etree._Element) -> bool:
    """Whether an element is a button that may open another, be it what it says, and no menu."""
    return is_pressed(control) and is_short(control) and not control.get("aria-haspopup")


class Named:
    """The controls of a page by the ids that they name, and by their own."""

    def __init__(self) -> None:
        self._by_id: dict[str, list[etree._Element]] | None = None
        self._own: dict[str, list[etree._Element]] = {}

    def of(self, element: etree._Element) -> list[etree._Element]:
        """Those that name an element, or the only one in it, and those by which it is labelled."""
        ids = list(filter(None, (inner.get("id") for inner in _only_ones(element))))
        labels = element.get("aria-labelledby", "").split()
        if (ids or labels) and self._by_id is None:
            self._by_id = {}
            for control in element.getroottree().getroot().iter(etree.Element):
                for name in ids_named_by(control):
                    self._by_id.setdefault(name, []).append(control)
                if own := control.get("id"):
                    self._own.setdefault(own, []).append(control)
        named = (self._by_id.get(name, ()) for name in ids) if self._by_id else ()
        labelling = (self._own.get(name, ()) for name in labels)
        return list(islice(chain.from_iterable(chain(named, labelling)), _BESIDE))


def ids_named_by(control: etree._Element) -> Iterator[str]:
    """The ids that a control names."""
    for names in filter(None, map(control.get, _NAMED_BY)):
        yield from (name.lstrip("#") for name in names.split())
    yield from _QUOTED.findall(control.get("onclick", ""))


def _only_ones(element: etree._Element) -> Iterator[etree._Element]:
    """An element, and within it those that hold all that it holds."""
    for _ in range(_DEPTH):
        yield element
        if len(element) != 1 or (element.text or "").strip():
            return
        (element,) = element


def unspaced(text: str) -> str:
    """`text` as one that may be a copy is compared."""
    return "".join(NOTE.sub("", text).split())


def text_in(element: etree._Element) -> str:
    """The words of an element, of its links and buttons too; empty without any."""
    if not isinstance(element.tag, str) or element.tag in TAGS["unseen"]:
        return ""
    text = whole_text(element)
    return text if any(map(str.isalnum, text)) else ""


def whole_text(element: etree._Element) -> str:
    """As `text_in`, but also what is no word: `×`, `#`."""
    return folded_text(map(str, element.itertext(etree.Element)))


def is_short(element: etree._Element) -> bool:
    """Whether an element holds no more pieces of text than a button with its icons."""
    return len(list(islice(element.itertext(), _MOST_TEXTS + 1))) <= _MOST_TEXTS


def folded_text(pieces: Iterable[str | None]) -> str:
    return " ".join(without_marks(NOTE.sub("", "".join(filter(None, pieces)))).split())


def _tells(text: str | None) -> bool:
    return text is not None and any(map(str.isalnum, NOTE.sub("", text)))
