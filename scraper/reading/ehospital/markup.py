"""Reads both markups of a taiwan-ehospital question page by strict selectors."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lxml.etree import XPath
from lxml.html import HtmlElement

from scraper.errors import PageChangedError
from scraper.reading.ehospital.strays import check_message, check_unit, check_words
from scraper.reading.sameness import shortened
from scraper.reading.visible.blocks import Texts, block_text, fold

_PART_NAMES = ("title", "asker_line", "text", "doctor_line", "reply", "types")
_NUMBER = re.compile(r"[#＃]\s*(\d{1,9})(?!\d)\s*")
_COLON = re.compile("[:：]")
_BETWEEN_TYPES = re.compile(r"[、,，;；\s]+")
_MAX_TYPES = 4_000  # more than the site has


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The pieces of a question page, before their lines are read."""

    number: str
    title: str
    asker_line: str
    text: str
    doctor_line: str = ""
    reply: str = ""  # empty: nobody has replied yet
    hides_words: bool  # whether a text has some that nothing brings into view
    types: tuple[tuple[str, str | None], ...] = ()  # name and href of each FAQ type
    hrefs: tuple[str, ...] = ()  # of links inside the texts
    places: dict[str, HtmlElement] = field(repr=False)  # the element that holds each text

    @property
    def texts(self) -> list[HtmlElement]:
        """The elements that hold what people wrote."""
        return [self.places[name] for name in ("text", "reply") if name in self.places]


def _having(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def _all(element: HtmlElement, path: str) -> list[HtmlElement]:
    found: Any = _compiled(path)(element)
    return list(found)


@lru_cache
def _compiled(path: str) -> XPath:
    return XPath(path)


def is_missing_page(root: HtmlElement) -> bool:
    """Whether an `h1` ends in `不存在`: there is no such question."""
    return any(
        fold(h1.text_content()).rstrip("。.!！").endswith("不存在") for h1 in root.iter("h1")
    )


def read_parts(root: HtmlElement) -> Parts | None:
    """The parts of a page in either markup, None in another; raises PageChangedError."""
    if messages := _all(root, f"//div[{_having('msg')}]"):
        return _read_v2023(messages)
    if units := _all(root, f"//ul[{_having('QAunit')}]"):
        return _read_v2017(units)
    return None


def _read_v2023(messages: list[HtmlElement]) -> Parts:
    """Read the markup of 2023 on; raises PageChangedError.

    ```
    <div>
      <div class="w3-bar">
        <div class="w3-bar-item w3-padding-0"><h2>#177001</h2></div>
        <div class="w3-bar-item w3-padding-0"><h2>title</h2></div>
      </div>
      <div>
        <div class="w3-bar"> <div ...>icon</div> <div ...><div>asker line</div></div> </div>
        <div class="msg"><div>question</div></div>
      </div>
      <div> the same for the doctor, absent or without .msg when there is no reply </div>
    </div>
    ```
    """
    if len(messages) not in (1, 2):
        raise PageChangedError(f"{len(messages)} div.msg instead of one or two")
    blocks = [message.getparent() for message in messages]
    head = _one(blocks[0], "preceding-sibling::div[div/h2]")
    number, title = (_one(head, f"div[{place}]/h2") for place in (1, 2))
    lines = [_one(block, "div[1]/div[2]") for block in blocks]
    texts = [_message_text(message) for message in messages]
    for written in (title, lines[0], *texts):
        check_words(written)
    words, hides_words = _words_of(texts)
    replied = len(messages) > 1
    return Parts(
        number=_number(fold(number.text_content())),
        title=fold(title.text_content()),
        asker_line=lines[0].text_content(),
        text=words[0],
        doctor_line=lines[1].text_content() if replied else "",
        reply=words[1] if replied else "",
        hides_words=hides_words,
        hrefs=_hrefs(texts),
        places=_places(title, *(part for pair in zip(lines, texts, strict=True) for part in pair)),
    )


def _read_v2017(units: list[HtmlElement]) -> Parts:
    """Read the markup of 2017 to 2022; raises PageChangedError.

    ```
    <ul class="QAunit">
      <li class="subject">#177001 title</li>
      <li class="count">views</li> <li class="count">相關分類 ：types</li>
      <li class="asker">發問者：...</li>   <li class="ask">question</li>
      <li class="doctor">答復者：...</li>  <li class="ans">reply</li>
    </ul>
    ```
    """
    if len(units) != 1:
        raise PageChangedError(f"{len(units)} ul.QAunit instead of one")
    unit = units[0]
    check_unit(unit)
    asker, title = _item(unit, "asker"), _item(unit, "subject")
    subject = fold(title.text_content())
    question, reply = _item(unit, "ask"), _optional_item(unit, "ans")
    texts = [question] if reply is None else [question, reply]
    for written in (title, asker, *texts):
        check_words(written)
    words, hides_words = _words_of(texts)
    doctor = _optional_item(unit, "doctor")
    return Parts(
        number=_number(subject),
        title=_NUMBER.sub("", subject, count=1),
        asker_line=_after_label(asker.text_content()),
        text=words[0],
        doctor_line="" if doctor is None else _after_label(doctor.text_content()),
        reply="" if reply is None else words[1],
        hides_words=hides_words,
        types=_types(unit),
        hrefs=_hrefs(texts),
        places=_places(title, asker, question, doctor, reply, _types_of(unit)),
    )


def _message_text(message: HtmlElement) -> HtmlElement:
    text = _one(message, "div")
    check_message(message)
    return text


def _words_of(texts: list[HtmlElement]) -> tuple[list[str], bool]:
    """The visible lines of each text, and whether one hides words."""
    walks = [(Texts(), text) for text in texts]
    return [walk.alone(text) for walk, text in walks], any(walk.hides for walk, _ in walks)


def _places(*elements: HtmlElement | None) -> dict[str, HtmlElement]:
    """The elements by the names of the parts that they hold, without missing ones."""
    return {
        name: element
        for name, element in zip(_PART_NAMES, elements, strict=False)
        if element is not None
    }


def _one(element: HtmlElement, path: str) -> HtmlElement:
    found = _all(element, path)
    if len(found) != 1:
        raise PageChangedError(f"{len(found)} matches of {path} instead of one")
    return found[0]


def _item(unit: HtmlElement, name: str) -> HtmlElement:
    return _one(unit, f"li[{_having(name)}]")


def _optional_item(unit: HtmlElement, name: str) -> HtmlElement | None:
    return _item(unit, name) if unit.xpath(f"li[{_having(name)}]") else None


def _number(text: str) -> str:
    found = _NUMBER.match(text)
    if found is None:
        raise PageChangedError(f"no #number in {shortened(text, 80)}")
    return str(int(found[1]))


def _after_label(line: str) -> str:
    """Return a line without its label: `發問者：`."""
    return _COLON.sub("：", line, count=1).partition("：")[2]


def _types_of(unit: HtmlElement) -> HtmlElement | None:
    """Return the item that begins with `相關分類 ：`."""
    for count in unit.xpath(f"li[{_having('count')}]"):
        if _COLON.split(fold(count.text_content()))[0].strip() == "相關分類":
            return count
    return None


def _types(unit: HtmlElement) -> tuple[tuple[str, str | None], ...]:
    """Return the FAQ types after `相關分類 ：`, which are links or plain words."""
    count = _types_of(unit)
    if count is None:
        return ()
    if links := count.xpath(".//a[@href]")[:_MAX_TYPES]:
        return tuple((fold(link.text_content()), link.get("href")) for link in links)
    words = _BETWEEN_TYPES.split(_after_label(block_text(count)))
    return tuple((word, None) for word in words if any(map(str.isalnum, word)) and word != "無")


def _hrefs(texts: list[HtmlElement]) -> tuple[str, ...]:
    return tuple(link.get("href") for text in texts for link in text.iter("a") if link.get("href"))
