"""Finds other questions that the texts of a taiwan-ehospital page cite by number.

    #123198     編號 123198、123199     ID：123198     ShowDetail.php?q_no=123198

and what looks like it and is no question: extensions (`(02)2388-9595#2208 或 #1922`), numbers of
patients and other things (`病歷編號123456`, `照片編號123`, `FB ID 123`), of telephones (`打#1922`)
and teeth (`牙齒#365`), colours (`#333333`), entities (`&#22531;`), points of a list (`#1`).
Digits may be full-width.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from scraper.reading.ehospital.urls import HIGHEST

_END = r"(?!\d|[,，]\d{3}(?!\d)|-\d|\s*(?:元|專線))"
_MENTION = re.compile(
    r"(?:(?<![A-Za-z\d_])q_no=|(?:(?<![A-Za-z\d&])(?P<sign>[#＃])\s*"
    r"|(?P<label>[編案]號|[Ii](?<![A-Za-z][Ii])[Dd])\s*(?:為|是|is)?\s*[:：#＃]?\s*)(?=\d{3}))"
    rf"[0０]*(?P<id>\d{{1,7}}){_END}"
)
_LISTED = re.compile(rf"\s*[、,，及和與]\s*(\d{{5,7}}){_END}")  # behind one of as many digits
_SIGNS = ("#", "＃", "號", "D", "d", "q_no=")  # without one of these there is no mention
_NEAR, _SAME_SENTENCE = 20, 80  # characters before a number that may tell what it is
_OF_ANOTHER = re.compile(
    r"(?:病歷|健保|身[分份]證|掛號|就診|會員|檢體|手機號|訂單|發票|[單批]號|色[碼號]|line)"
    r"\s*[卡證]?(?:號?碼?|字號)[的是為]?\s*[:：]?\s*$"
    r"|(?:手機|照片|顏色)[:：]?$",  # not `大便顏色 #123`, after the title of a question
    re.IGNORECASE,
)
# A word in front says what is numbered, and that is no question, unless the word is one of these
_OF_A_THING = re.compile(
    r"[^\W\d_](?<![是為的我您有見看考查閱和與或同如即前次問題詢答覆案章"
    r"及跟])(?<![關對]於)(?<![教問]過)\s*$"
)
_OF_A_TELEPHONE_OR_TOOTH = re.compile(r"[打撥按牙齒]\s*$")
_SENTENCE_END = re.compile(r"[。！？!?]")
_TELEPHONE = re.compile(
    r"分機|\bext\b|(?:轉|電話)\s*[:：]?\s*$|[)）]\s*(?:$|[#＃]\s*\d)|\d[#＃]\d"
    r"|(?<![\d#＃])(?<![#＃]\s)\d{3,4}[\s-]?\d{4}\s*(?:$|[#＃])"
    r"|(?<!\d)[(（]?0\d{1,3}[)）\s-]{0,2}\d{3,4}[\s-]?\d{3,4}(?!\d)|(?<!\d)\d{3,4}-\d{4}(?!\d)",
    re.IGNORECASE,
)
_MAX_NUMBERS = 10_000  # in one text
_LONGEST_EXTENSION = 5  # digits
_STYLE = re.compile(r"[A-Za-z]\s*:\s*$")
_COLOUR = re.compile(r".\s*(\d)\1{5}")


def mention_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each number cited in a text, with its start and end in the text."""
    if any(sign in text for sign in _SIGNS):
        for match in islice(_MENTION.finditer(text), _MAX_NUMBERS):
            if _cites_question(match):
                yield str(int(match["id"])), *match.span("id")
                yield from _listed_after(match)


def read_mentions(texts: list[str], own: str, linked: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the numbers cited in `texts`, then those `linked` to, each once, without `own`."""
    found = dict.fromkeys(number for text in texts for number, _, _ in mention_spans(text))
    return tuple(number for number in found | dict.fromkeys(linked) if number != own)


def _listed_after(match: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    last = match.end()
    while found := _LISTED.match(match.string, last):
        number = int(found[1])
        if len(found[1]) != len(match["id"]) or number > HIGHEST:
            return
        yield str(number), *found.span(1)
        last = found.end()


def _cites_question(match: re.Match[str]) -> bool:
    if not 0 < int(match["id"]) <= HIGHEST:
        return False
    if not (match["sign"] or match["label"]):
        return True
    before = _before(match, _NEAR)
    if _OF_ANOTHER.search(before):
        return False
    if match["label"]:
        return not _OF_A_THING.search(before)
    return not (
        _OF_A_TELEPHONE_OR_TOOTH.search(before) or _is_colour(match, before) or _is_extension(match)
    )


def _before(match: re.Match[str], count: int) -> str:
    """The last `count` characters of the line before a number."""
    return match.string[max(0, match.start() - count) : match.start()].rpartition("\n")[2]


def _is_extension(match: re.Match[str]) -> bool:
    """Whether a short number stands behind a telephone number, in the same sentence."""
    if len(match["id"]) > _LONGEST_EXTENSION:
        return False
    sentence = _SENTENCE_END.split(_before(match, _SAME_SENTENCE))[-1]
    return bool(_TELEPHONE.search(sentence))


def _is_colour(match: re.Match[str], before: str) -> bool:
    return bool(_COLOUR.fullmatch(match[0]) or _STYLE.search(before))
