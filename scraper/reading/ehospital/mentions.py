"""Other questions that the texts of a taiwan-ehospital page cite by number.

    #123198     編號 123198     ID：123198     ShowDetail.php?q_no=123198

and what looks like it and is no question: extensions (`(02)2388-9595#2208 或 #1922`), numbers of
patients (`病歷編號123456`), colours (`#333333`), entities (`&#22531;`), points of a list (`#1`).
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from scraper.reading.ehospital.urls import HIGHEST

_MENTION = re.compile(
    r"(?:(?<![A-Za-z\d_])q_no=|(?<![A-Za-z\d&])(?P<sign>[#＃])\s*(?=\d{3})"
    r"|(?:[編案]號|[Ii](?<![A-Za-z][Ii])[Dd])\s*(?:為|是|is)?\s*[:：#＃]?\s*)"
    r"0*(?P<id>\d{1,7})(?!\d)"
)
_SIGNS = ("#", "＃", "號", "D", "d", "q_no=")  # without one of these there is no mention
_NEAR, _SAME_SENTENCE = 20, 80  # characters before a number that may tell what it is
_OF_A_PERSON = re.compile(
    r"(?:病歷|健保|身[分份]證|掛號|就診|會員|檢體|line)\s*[卡證]?(?:號碼?|字號)?的?\s*[:：]?\s*$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_TELEPHONE = re.compile(
    r"分機|\bext\b|(?:轉|電話)\s*[:：]?\s*$|[\d)）]\s*(?:$|[#＃]\s*\d)"
    r"|(?<!\d)[(（]?0\d{1,3}[)）\s-]{0,2}\d{3,4}[\s-]?\d{3,4}(?!\d)|(?<!\d)\d{3,4}-\d{4}(?!\d)",
    re.IGNORECASE,
)
_MOST = 10_000  # numbers in a text that a person wrote
_LONGEST_EXTENSION = 5  # digits
_STYLE = re.compile(r"[A-Za-z]\s*:\s*$")
_COLOUR = re.compile(r".\s*(\d)\1{5}")


def mention_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each number cited in a text, and where it stands."""
    if any(sign in text for sign in _SIGNS):
        for match in islice(_MENTION.finditer(text), _MOST):
            if _is_question(match):
                yield match["id"], *match.span("id")


def read_mentions(texts: list[str], own: str, linked: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the numbers cited in `texts`, then those `linked` to, each once; `own` is none."""
    found = dict.fromkeys(number for text in texts for number, _, _ in mention_spans(text))
    return tuple(number for number in found | dict.fromkeys(linked) if number != own)


def _is_question(match: re.Match[str]) -> bool:
    if not 0 < int(match["id"]) <= HIGHEST:
        return False
    before = _before(match, _NEAR)
    if _OF_A_PERSON.search(before):
        return False
    return match["sign"] is None or not (_is_colour(match, before) or _is_extension(match))


def _before(match: re.Match[str], count: int) -> str:
    return match.string[max(0, match.start() - count) : match.start()]


def _is_extension(match: re.Match[str]) -> bool:
    """Whether a short number stands behind a telephone number, in the same sentence."""
    if len(match["id"]) > _LONGEST_EXTENSION:
        return False
    sentence = _SENTENCE_END.split(_before(match, _SAME_SENTENCE))[-1]
    return bool(_TELEPHONE.search(sentence))


def _is_colour(match: re.Match[str], before: str) -> bool:
    return bool(_COLOUR.fullmatch(match[0]) or _STYLE.search(before))
