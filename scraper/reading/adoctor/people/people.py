"""Reads name, age and sex from the description of an asker.

    Mr. Oak, 20~29 year old female.
    陳先生，20~29歲女性。

The name is free text and may hold commas, digits and labels, so a description is matched from its
end.
"""

import re
from functools import cache

from scraper.items import Asker, Sex
from scraper.reading.adoctor.words.icons import without_icons, without_icons_behind

_SEXES = {
    **dict.fromkeys(("female", "woman", "girl", "lady", "f", "女性", "女", "女生"), Sex.FEMALE),
    **dict.fromkeys(("male", "man", "boy", "m", "男性", "男", "男生"), Sex.MALE),
}
_SEX = (
    r"(?:female|male|woman|man|girl|boy|lady|女性|男性|女生|男生|女|男|[fm](?![^\W\d_])"
    r"|unknown|unspecified|not\ specified|undisclosed|不明|未知|不詳|未填)"
)
_ANY_SEX = rf"(?:{_SEX}|other|其他)"
_NUMERALS = {
    **dict(zip("〇零一二兩两三四五六七八九", (0, 0, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    "十": 10,
    "廿": 20,
    "卅": 30,
    "百": 100,
}
_HAN_NUMBER = f"[{''.join(_NUMERALS)}]{{1,5}}"
_RANGE = r"\s*(?:[~～˜〜∼\-－\u2010-\u2015\u2212]|to|至|到)\s*"
_UNIT = (
    r"(?:[\s-]*(?:years?|yrs?\.?|y\.?/?o\.?)(?:[\s-]*(?:old|of\s+age))?"
    r"|\s*足?歲[半多餘]?(?:左右)?)"
)
_MONTHS = r"(?:[\s-]*(?:months?|mos?\.?)(?:[\s-]*old)?|\s*個(?:半|多)?月大?)"
_DAYS = r"(?:[\s-]*(?:weeks?|days?)(?:[\s-]*old)?|\s*(?:週|周|天|日)大)"
# A Chinese numeral counts only before a unit, as in 三十至三十九歲: names hold numerals as well.
_NUMBER = (
    rf"(?:\d{{1,3}}|{_HAN_NUMBER}(?=(?:歲?{_RANGE}{_HAN_NUMBER})?\s*(?:足?歲|個|[週周天日]大)))"
)
_AGE = rf"""(?P<ages>
    (?P<lo>{_NUMBER})\s*(?:歲)?{_RANGE}(?P<hi>{_NUMBER}){_UNIT}?
  | (?:under|below|less\s+than|younger\s+than|未滿|不滿|小於|[<＜])\s*(?P<under>{_NUMBER}){_UNIT}?
  | (?P<upto>{_NUMBER}){_UNIT}?\s*(?:(?:and|or)\s+(?:under|below|younger|less)|\(?含?\)?以下)
  | (?:over|above|older\s+than|at\s+least|大於|超過|滿|[>＞≥])\s*(?P<over>{_NUMBER}){_UNIT}?
  | (?P<from>{_NUMBER})(?:{_UNIT}?\s*(?:(?:and|or)\s+(?:over|above|older|more|up)|\(?含?\)?以上)
        |\s*\+{_UNIT}?)
  | (?P<months>{_NUMBER})(?:{_RANGE}(?P<to_months>{_NUMBER}))?{_MONTHS}
  | (?P<days>{_NUMBER}){_DAYS}
  | (?P<age>{_NUMBER})(?:\.\d{{1,2}}|\s+\d/\d)?{_UNIT}
        (?:\s*(?:,|，|and|又|零)?\s*{_NUMBER}{_MONTHS})?
  | (?P<bare>\d{{1,3}})(?=\s*[,，、/／]?\s*{_SEX})
)"""
_UNIT_BEHIND_NUMBER = re.compile(
    rf"(?<=[\d{''.join(_NUMERALS)}]){_UNIT}$", re.IGNORECASE | re.VERBOSE
)
_GAP = r"[\s,，、/／|()（）·・•\-]*[的之]?"
_AGE_LABEL = r"(?:(?:年[齡紀]|aged?\b)\s*[:：]?\s*)?"
_SEX_LABEL = r"(?:(?:性別|sex|gender)\s*[:：]\s*)?"
_ASKER = (
    rf"(?:(?P<name>.*?)\s*[\s,，、/／|(（·・•]\s*)??"
    rf"(?:{_AGE_LABEL}{_AGE}{_GAP}(?:old)?\s*{_SEX_LABEL}(?P<sex>{_ANY_SEX})?"
    rf"|{_SEX_LABEL}(?P<sex_first>{_SEX}){_GAP}{_AGE_LABEL}{_AGE.replace('?P<', '?P<b_')})"
    r"[\s)）·・•]*"
)
_SEX_ONLY = re.compile(
    rf"(?:(?P<name>.*\S)(?:\s*[,，、/／|]\s*|\s+(?=[女男])))?{_SEX_LABEL}(?P<sex>{_ANY_SEX})",
    re.IGNORECASE | re.VERBOSE,
)
_AGE_WORD = (
    r"(?:\d\s*(?:year|yr|month)|(?:years?|months?)[\s-]*old|歲|個月"
    r"|\bnewborn\b|(?:新生兒|出生\s*\d{1,3}\s*[天日週周])(?=[\s,，、/／|男女)）]|$))"
)
# An age without a number of years, as 三十多歲: only name and sex are read.
_UNREADABLE_AGE = re.compile(
    rf"(?:(?P<name>.*\S)\s*[,，、/／|(（]\s*|(?=[\d{''.join(_NUMERALS)}]))"
    rf"(?=[^,，、/／|]*{_AGE_WORD})[^,，、/／|]+?(?:{_GAP}(?P<sex>{_ANY_SEX}))?[\s)）]*",
    re.IGNORECASE | re.VERBOSE,
)
_MENTIONS_AGE = re.compile(_AGE_WORD, re.IGNORECASE)
_MENTIONS_AGE_OR_SEX = re.compile(rf"{_AGE_WORD}|\b(?:fe)?male\b|[男女]性", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:(Mr)|(Mrs|Ms|Miss|Madam))\b|.*?(?:(先生)|(女士|小姐|太太))\s*(?=$|[,，、/／(（])",
    re.IGNORECASE,
)
_MOST_HAN, _MOST_TITLED = 8, 3  # characters, words of a title with a name
_HAN = re.compile(r"[\u3400-\u9fff]")
_OLDEST, _TEN = 130, 10  # years
_LONGEST = 120  # characters of an asker's description
_MASKED = (  # a name: ○○○, ○先生
    r"([○●□■])(?:(?:\s?\1)+\s*(?=[,，。(（\d]|$|先生|女士|小姐|太太)|先生|女士|小姐|太太)"
)
# Icons that designers put before an asker line; an asker's own at the start of a name go as well.
_ICON = re.compile(
    rf"(?:(?!{_MASKED})"
    "[▶►▸▹●○•■□◆◇★☆✔→»❓❔✏✍⏰\U0001f4c5\U0001f4c6\U0001f5d3\U0001f464\U0001f465\U0001f467-\U0001f469"
    "\U0001f9d1\U0001f64b\U0001f64d\U0001f550\U0001f552\U0001f4ac\U0001f4dd\U0001fa7a][\ufe0e\ufe0f]?(?!\u200d)\\s*"
    "|[\ue000-\uf8ff]\\s)+"  # of an icon font; without a blank it is part of a rare name
)
_DASH = re.compile(r"[-–—―－~～]+\s+(?=[^\W\d_]|[○●□■])")  # as those that sign a quotation
_LABEL = re.compile(  # before a name: `Asked by Mr. Chen`, `發問者：陳先生`
    r"(?:(?:asked|posted|submitted)\s+by\b\s*[:：]?|(?:by|from|asker|name|姓名)\s*[:：]"
    r"|by\s(?=\s*(?:mr|mrs|ms|miss)\b)|(?:發問|提問|詢問|諮詢)[者人]\s*[:：]?)\s*(?=[^\W_]|[○●□■*＊])",
    re.IGNORECASE,
)
_EDGES = " \t.．。,，;；:：、|/／"


def read_asker(text: str) -> Asker | None:
    """Read what stands before the ask date; None when it is no description of a person."""
    bare = text.strip(_EDGES)
    for prefix in (_ICON, _DASH, _LABEL):
        if match := prefix.match(bare):
            bare = bare[match.end() :]
    if not without_icons(bare) or len(bare) > _LONGEST:
        return None
    if match := _match_description(bare):
        asker = _asker_from(match)
        return None if asker == Asker() else asker
    return None if _MENTIONS_AGE_OR_SEX.search(bare) else Asker(name=bare)


def mentions_age(text: str) -> bool:
    """Whether a text mentions an age in years or months, readable or not."""
    return _MENTIONS_AGE.search(text) is not None


@cache
def _asker() -> re.Pattern[str]:
    """`_ASKER`, compiled when it is needed: that takes as long as reading a dozen pages."""
    return re.compile(_ASKER, re.IGNORECASE | re.VERBOSE)


def _match_description(bare: str) -> re.Match[str] | None:
    bare = without_icons_behind(bare).rstrip(_EDGES)
    match = _asker().fullmatch(bare)
    if match is None and mentions_age(bare):
        match = _UNREADABLE_AGE.fullmatch(bare)
    return match or _SEX_ONLY.fullmatch(bare)


def _asker_from(match: re.Match[str]) -> Asker:
    groups = {k.removeprefix("b_"): v for k, v in match.groupdict().items() if v is not None}
    lowest, highest = _age_bounds(groups)
    if max(lowest or 0, highest or 0) > _OLDEST or (highest or _OLDEST) < (lowest or 0):
        lowest = highest = None
    sex = _SEXES.get((groups.get("sex") or groups.get("sex_first") or "").lower())
    name = groups.get("name", "").strip(" \t,，、|/／;；:：").removesuffix("。")
    return Asker(name=name or None, sex=sex, age_min=lowest, age_max=highest)


def _read_number(text: str) -> int | None:
    """The number that digits or Chinese numerals spell: 六十五, 廿五, 一百零二, 六五."""
    if text.isdecimal():
        return int(text)
    if not set(text) <= _NUMERALS.keys():
        return None
    total = digits = 0
    for value in map(_NUMERALS.__getitem__, text):
        if value < _TEN:
            digits = digits * _TEN + value
        else:
            total += value * (digits or 1)
            digits = 0
    return total + digits


def asker_spans(text: str) -> dict[str, tuple[int, int]]:
    """Where `read_asker` read "name", "ages" and "sex" in `text`; {} where it reads no person."""
    if (asker := read_asker(text)) is None:
        return {}
    bare = text.strip(_EDGES)
    start = text.find(bare)
    match = _match_description(bare)
    spans = {}
    if asker.name is not None:
        begin = start + bare.find(asker.name)
        spans["name"] = (begin, begin + len(asker.name))
    for group in ("ages", "b_ages", "sex", "sex_first"):
        if match is not None and match.groupdict().get(group):
            words = match[group] if "sex" in group else _UNIT_BEHIND_NUMBER.sub("", match[group])
            begin = start + match.start(group)
            name = group.removeprefix("b_").removesuffix("_first")
            spans[name] = (begin, begin + len(words))
    return spans


def _age_bounds(groups: dict[str, str]) -> tuple[int | None, int | None]:
    """Bounds in years, inclusive. The site's bands are 0~9, 10~19, ...: "over 80" takes in 80."""
    numbers = {
        group: number
        for group, words in groups.items()
        if group != "name" and (number := _read_number(words)) is not None
    }
    if "months" in numbers or "days" in numbers:
        months = numbers.get("months", 0)
        return months // 12, numbers.get("to_months", months) // 12
    lowest = highest = numbers.get("age", numbers.get("bare"))
    for group in ("lo", "over", "from"):
        lowest = numbers.get(group, lowest)
    for group in ("hi", "upto"):
        highest = numbers.get(group, highest)
    if "under" in numbers:
        highest = numbers["under"] - 1
    return lowest, highest


def title_contradicts(asker: Asker) -> bool:
    """Whether a title such as Mr. or 小姐 is of another sex than the one that the page states."""
    match = _TITLE.match(asker.name or "")
    if match is None or asker.sex is None:
        return False
    sex_of_title = Sex.MALE if match[1] or match[3] else Sex.FEMALE
    return sex_of_title is not asker.sex


def is_titled(text: str) -> bool:
    """Whether a text is a title and a name and nothing else: `Mr. Chen`, `陳先生`."""
    bare = text.strip(_EDGES)
    if _HAN.search(bare):
        return len(bare) <= _MOST_HAN and _TITLE.fullmatch(bare) is not None
    return len(bare.split()) <= _MOST_TITLED and _TITLE.match(bare) is not None


def is_title(text: str) -> bool:
    """Whether a text is Mr., 先生 and the like, and nothing else."""
    bare = text.strip(" .")
    match = _TITLE.fullmatch(bare)
    return match is not None and bare in match.groups()
