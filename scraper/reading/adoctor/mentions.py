"""Finds other questions that a text cites by number.

<a href="https://adoctor.tw/article/123198">#123198</a>     (a link, or its markup as text)
#123198     I am the patient with ID 177923     編號177923     第123198號
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from scraper.reading.visible.line import Line

# Of a word; Chinese has no spaces between words. A long range without case is quick to compile.
_LETTER = r"(?-i:[^\W\u3400-\u9fff])"
_BEFORE, _BEHIND = f"(?<!{_LETTER})", f"(?!{_LETTER})"
# No year, and behind four digits no date: `#2020/10/26`, but `#123198/#123199`.
_NO_DATE = r"(?!\s?年)(?:(?<=\d{5})|(?!\s?/|[-.]\d))"
# The ID of a question or its asker, and of nothing else that is named before it.
_ID = (
    rf"ID(?<!{_LETTER}ID)(?<!\b(?:LINE|card|user)\sID)"
    r"(?<!\b(?:Apple|login|chart|order)\sID)(?<!\b(?:member|health|record)\sID)"
)
_CITED = re.compile(
    r"adoctor\.tw(?:/[A-Za-z-]{2,7})?/article/(\d{1,9})\b"
    rf"|(?<![#＃&]){_BEFORE}[#＃]\s?((?!0)\d{{4,7}}){_BEHIND}{_NO_DATE}"
    rf"|{_ID}\s*(?:is|was|no\.?|number|為|是)?\s*[:：#]?\s*((?!0)\d{{3,7}}){_BEHIND}{_NO_DATE}"
    r"|\b(?:question|article|consultation|case)\s+(?:no\.?|number|#)\s*[:#]?"
    rf"\s*((?!0)\d{{3,7}}){_BEHIND}{_NO_DATE}"
    rf"|(?:編號(?<![歷員單卡證]編號)|案號)\s*[為是]?\s*[:：#＃]?\s*((?!0)\d{{4,7}})(?!\d){_NO_DATE}"
    # Behind a mere noun four digits are a year or a hotline.
    r"|(?:問題|提問|諮詢|文章|病患|患者)\s*(?:為|是|號碼)?\s*[:：#＃]?"
    rf"\s*((?!0)\d{{5,7}})(?!\d){_NO_DATE}"
    r"|第\s*((?!0)\d{4,7})\s*[號題則篇]",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"(?:https?://(?:www\.)?adoctor\.tw)?(?:/[A-Za-z-]{2,7})?/article/([0-9]{1,9})/?"
)
_DIGITS = re.compile(r"\d\d\d")  # twice as fast as \d{3}
_LONG = 5  # digits


def read_mentions(texts: Iterable[Sequence[Line]], own: str) -> tuple[str, ...]:
    """Source ids cited in the lines of texts, in order and once each; the page's own is none."""
    numbers: list[str] = []
    for lines in texts:
        for index, line in enumerate(lines):
            numbers += [number for number, _, _ in cited_on(lines, index)]
            numbers += [number for _, href in line.links if (number := article_of(href))]
    return tuple(number for number in dict.fromkeys(numbers) if number != own)


def cited(texts: Iterable[str]) -> list[str]:
    """Source ids cited in texts, in order."""
    return [number for text in texts for number, _, _ in _cited_at(text)]


def cited_on(lines: Sequence[Line], index: int) -> Iterator[tuple[str, int, int]]:
    """Each source id on a line of a text, and where it stands; `ID` may end the line above.

    That is the ID of a long number only: `article No.` / `500 mg`.
    """
    text = lines[index].text
    if _DIGITS.search(text):
        above = f"{lines[index - 1].text} " if index else ""
        yield from _cited_at(above + text, len(above))


def _cited_at(text: str, begin: int = 0) -> Iterator[tuple[str, int, int]]:
    """Each source id cited in a text behind `begin`, and where it stands there."""
    for match in _CITED.finditer(text) if _DIGITS.search(text) else ():
        group = next(number for number, words in enumerate(match.groups(), 1) if words)
        start, end = match.span(group)
        is_long = end - start >= _LONG
        if start >= begin and (is_long or match.start() >= begin):
            yield str(int(match[group])), start - begin, end - begin


def article_of(href: str) -> str | None:
    """Source id of the article that a link in a text leads to."""
    match = _ARTICLE.fullmatch(href)
    return match[1] if match else None
