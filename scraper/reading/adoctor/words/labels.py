"""The labels a person sees on a question page, in every language the site speaks.

The one table to mend when the site words a label anew. A label is found whatever its case, its
spaces and the width of its signs are.
"""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from itertools import permutations, product

from scraper.reading.adoctor.words.icons import ICONS


class Label(StrEnum):
    """What a label announces."""

    SHARE = "share"
    ASK_DATE = "ask-date"
    REPLY_DATE = "reply-date"
    MORE_INFO = "more-info"
    SIMILAR = "similar"
    READ_MORE = "read-more"
    RELATED = "related"


DATES = (Label.ASK_DATE, Label.REPLY_DATE)
LISTS = (Label.SIMILAR, Label.RELATED)
SECTIONS = (Label.MORE_INFO, *LISTS)


# English was seen on the source page; the Chinese labels are assumed. First the usual wording.
TABLE: dict[str, dict[Label, tuple[str, ...]]] = {
    "en": {
        Label.SHARE: ("Share to", "Share", "Share this", "Share on"),
        Label.ASK_DATE: ("Ask Date", "Asked Date", "Question Date"),
        Label.REPLY_DATE: ("Reply Date", "Replied Date", "Answer Date"),
        Label.MORE_INFO: ("More Info", "More Information"),
        Label.SIMILAR: ("Similar Q&A", "Similar Q&As", "Similar Questions"),
        Label.READ_MORE: ("[Read More]", "Read More"),
        Label.RELATED: ("Related FAQ", "Related FAQs"),
    },
    "zh-Hant": {
        Label.SHARE: ("分享", "分享至", "分享到"),
        Label.ASK_DATE: ("提問日期", "發問日期", "詢問日期"),
        Label.REPLY_DATE: ("回覆日期", "回復日期", "答覆日期"),
        Label.MORE_INFO: ("更多資訊", "更多信息", "更多訊息"),
        Label.SIMILAR: ("相似問答", "類似問答", "相似問題"),
        Label.READ_MORE: ("[閱讀更多]", "【閱讀更多】", "閱讀更多"),
        Label.RELATED: ("相關問題", "相關FAQ", "相關常見問題"),
    },
}
# What may stand around a label: an icon, a bullet, a frame; never what quotes it or asks for it.
# ℹ is a letter to Unicode.
_SIGN = r"(?:[^\w\"'“”‘’「」『』()（）?!…？！。，]|ℹ)"
_EDGES, _FRONT = re.compile(rf"^{_SIGN}+|{_SIGN}+$"), re.compile(rf"^{_SIGN}+")
_LONGEST_DATED = 240  # characters of an asker line
_LONGEST = 28  # characters of a line that is a label and nothing else
_COUNT = re.compile(r"\(\d+\)$|\d+$")


def plain(text: str) -> str:
    """Text in one width (NFKC) and one case, for comparing."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def _key(text: str) -> str:
    letters = "".join(plain(_EDGES.sub("", text)).replace("&amp;", "&").split())
    return _EDGES.sub("", _COUNT.sub("", _EDGES.sub("", letters)))


_WHOLE = {
    _key(wording): label
    for labels in TABLE.values()
    for label, wordings in labels.items()
    for wording in wordings
}
# A label in both languages: `更多資訊 More Info`, `Similar Q&A（相似問答）`.
_BETWEEN = re.compile(r"[/|·・•()\-–—]")
_BILINGUAL = {
    _key(first + second): label
    for labels, others in permutations(TABLE.values(), 2)
    for label in labels
    for first, second in product(labels[label], others[label])
}
_LANGUAGES = {
    _key(wording): language
    for language, labels in TABLE.items()
    for wordings in labels.values()
    for wording in wordings
}


_BEGINNINGS = frozenset(key[0] for key in _WHOLE)  # most lines are told by their first sign
DATE_WORDS = ("Date", "date", "DATE", "日期")  # a date label's last word
SECOND_HALVES = frozenset(
    case(" ".join(words[1:])) + colon
    for labels in TABLE.values()
    for wordings in labels.values()
    for words in map(str.split, wordings)
    if len(words) > 1
    for case in (str, str.lower, str.upper)
    for colon in ("", ":", "：")
)


def pattern(label: Label) -> str:
    wordings = [
        r"\s*".join(re.escape(word) for word in wording.replace("日期", " 日期").split())
        for labels in TABLE.values()
        for wording in labels[label]
    ]
    return "|".join(sorted(wordings, key=len, reverse=True))


_COLON = "[:：︰﹕∶]"
# "Ask Date: 2020/10/26": the label, perhaps a colon, the rest of the line as its value. Behind it
# may stand its short form for narrow screens, whose class is of a library unknown: "Date:".
_DATED = {
    label: re.compile(
        rf"(?<![^\W_\u3400-\u9fff])(?:{pattern(label)})"
        rf"(?:[\s/|·・•(（]*(?:{pattern(label)})[)）]?)?(?:\s*{_COLON}|(?![A-Za-z]))"
        rf"(?:\s*(?:Date|日期)\s*{_COLON})?",
        re.IGNORECASE,
    )
    for label in DATES
}
# A section's label anywhere in a line.
ANNOUNCED = re.compile("|".join(map(pattern, SECTIONS)), re.IGNORECASE)
# What a part of a page that answers or goes on holds somewhere.
ANSWERS = re.compile("|".join(map(pattern, (Label.REPLY_DATE, *SECTIONS))), re.IGNORECASE)
_READ_MORE = re.compile(
    rf"[{ICONS}»›>\s]*(?i:[\[［【]\s*(?:read\s*more|閱讀更多)\s*[\]］】]\s*"
    r"|(?P<bare>(?:read\s+more\s*[:：]|read\s+more(?=\s)|閱讀更多\s*[:：]?)\s*))"
)


@lru_cache(maxsize=8192)
def _whole(text: str) -> Label | None:
    if plain(_FRONT.sub("", text, count=1)[:1]) not in _BEGINNINGS:
        return None
    key = _key(text)
    return _WHOLE.get(key) or (None if key.isascii() else _BILINGUAL.get(_BETWEEN.sub("", key)))


def label_of(text: str) -> Label | None:
    """Label that a line is, with nothing else on it; None for any other line."""
    return _whole(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=256)
def language_of(text: str) -> str | None:
    """BCP 47 tag of the language in which a line that is a label is written."""
    return _LANGUAGES.get(_key(text))


@lru_cache(maxsize=256)
def language_of_dated(text: str) -> str | None:
    """BCP 47 tag of the language of a line that holds a date label, in one language."""
    key = _key(text)
    wordings = ((lang, _key(w)) for lang, table in TABLE.items() for at in DATES for w in table[at])
    languages = {language for language, wording in wordings if wording in key}
    return languages.pop() if len(languages) == 1 else None


def may_be_dated(text: str) -> bool:
    """Whether a line may hold a date label; cheap, for every line of a page."""
    if len(text) > _LONGEST_DATED:
        return False
    if text.isascii():
        return "date" in text.lower()
    if "日期" in text or _is_wide(text):
        return True
    return ("D" in text or "d" in text) and "date" in text.lower()


def dated(text: str, label: Label) -> tuple[str, str] | None:
    """What stands before and after the last date label in a line; None without one."""
    if not text.isascii() and _is_wide(text):
        text = unicodedata.normalize("NFKC", text)
    found = None
    for found in _DATED[label].finditer(text):  # noqa: B007
        pass
    return None if found is None else (text[: found.start()].strip(), text[found.end() :].strip())


def is_dated(text: str) -> bool:
    """Whether a line holds an ask date or a reply date."""
    return may_be_dated(text) and any(dated(text, label) for label in DATES)


def _is_wide(text: str) -> bool:
    return ("\uff24" in text or "\uff44" in text) and _WIDE.search(text) is not None


_WIDE = re.compile("[\uff24\uff44][\uff21-\uff5a]")  # Ｄａ


def halves(first: str, second: str) -> bool:
    """Whether two lines are one label that is broken between its words."""
    return label_of(first) is None and label_of(f"{first} {second}") is not None


def read_more(text: str) -> str | None:
    """What follows `[Read More]` at the start of a line, perhaps ""; None for other lines."""
    found = begins_read_more(text)
    return None if found is None or found[1] else found[0]


def begins_read_more(text: str) -> tuple[str, bool] | None:
    """What follows `Read More` at the start of a line, and whether the brackets are missing.

    Without them a sentence may begin so as well: `Read more about it.`
    """
    sign = text[0]
    match = _READ_MORE.match(text) if sign in "Rr閱" or not sign.isalnum() else None
    return None if match is None else (text[match.end() :], match["bare"] is not None)
