"""Who asks.

    Mr. Chen, 20~29 year old female. Ask Date: 2020/10/26
    陳先生，20~29歲女性。提問日期：2020/10/26

An asker's name is free text and may hold commas, digits and labels, so the line is read from the
right.
"""

import re

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
_RANGE = r"\s*(?:[~～\-－–—〜∼]|to|至|到)\s*"
_UNIT = (
    r"(?:[\s-]*(?:years?|yrs?\.?|y\.?/?o\.?)(?:[\s-]*(?:old|of\s+age))?"
    r"|\s*足?歲[半多餘]?(?:左右)?)"
)
_MONTHS = r"(?:[\s-]*(?:months?|mos?\.?)(?:[\s-]*old)?|\s*個(?:半|多)?月大?)"
_DAYS = r"(?:[\s-]*(?:weeks?|days?)(?:[\s-]*old)?|\s*(?:週|周|天|日)大)"
# 三十至三十九歲: what is no age is followed by something else, as 十 in a name.
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
_AGE_UNIT = re.compile(  # says no number
    rf"(?<=[\d{''.join(_NUMERALS)}]){_UNIT}$", re.IGNORECASE | re.VERBOSE
)
_GAP = r"[\s,，、/／|()（）\-]*[的之]?"
_ASKER = re.compile(
    rf"(?:(?P<name>.*?)\s*[\s,，、/／|(（]\s*)??"
    rf"(?:(?:(?:年[齡紀]|aged?\b)\s*[:：]?\s*)?{_AGE}{_GAP}(?:old)?\s*(?P<sex>{_ANY_SEX})?"
    rf"|(?P<sex_first>{_SEX}){_GAP}{_AGE.replace('?P<', '?P<b_')})"
    r"[\s)）]*",
    re.IGNORECASE | re.VERBOSE,
)
_SEX_ONLY = re.compile(
    rf"(?:(?P<name>.*\S)(?:\s*[,，、/／|]\s*|\s+(?=[女男])))?(?P<sex>{_ANY_SEX})",
    re.IGNORECASE | re.VERBOSE,
)
_WORD_OF_AGE = r"(?:\d\s*(?:year|yr|month)|(?:years?|months?)[\s-]*old|歲|個月)"
# Of an age that tells no years, as 三十多歲, name and sex are read all the same.
_UNCLEAR = re.compile(
    rf"(?:(?P<name>.*\S)\s*[,，、/／|(（]\s*|(?=[\d{''.join(_NUMERALS)}]))"
    rf"(?=[^,，、/／|]*{_WORD_OF_AGE})[^,，、/／|]+?(?:{_GAP}(?P<sex>{_ANY_SEX}))?[\s)）]*",
    re.IGNORECASE | re.VERBOSE,
)
_OF_AGE = re.compile(_WORD_OF_AGE, re.IGNORECASE)
_TELLING = re.compile(rf"{_WORD_OF_AGE}|\b(?:fe)?male\b|[男女]性", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:(Mr)|(Mrs|Ms|Miss|Madam))\b|.*?(?:(先生)|(女士|小姐|太太))\s*(?=$|[,，、/／(（])",
    re.IGNORECASE,
)
_MOST_HAN, _MOST_TITLED = 8, 3  # characters, words of a title with a name
_HAN = re.compile(r"[\u3400-\u9fff]")
_OLDEST, _TEN = 130, 10  # years
_LONGEST = 120  # characters of an asker's description
# What designers put before a line; at the start of a name it is taken for such a sign too.
_ICON = re.compile(
    "(?:[▶►▸▹●○•■□◆◇★☆✔→»❓❔✏✍⏰\U0001f4c5\U0001f4c6\U0001f5d3\U0001f464\U0001f465\U0001f467-\U0001f469"
    "\U0001f9d1\U0001f64b\U0001f64d\U0001f550\U0001f552\U0001f4ac\U0001f4dd\U0001fa7a][\ufe0e\ufe0f]?(?!\u200d)\\s*"
    "|[\ue000-\uf8ff]\\s)+"  # of a font; without a blank it is part of a rare name
)
_LABEL = re.compile(  # before a name: `Asked by Mr. Chen`, `發問者：陳先生`
    r"(?:(?:asked|posted|submitted)\s+by\b\s*[:：]?|(?:by|from|asker)\s*[:：]"
    r"|(?:發問|提問|詢問|諮詢)[者人]\s*[:：]?)\s*(?=[^\W_])",
    re.IGNORECASE,
)
_EDGE = " \t.．。,，;；:：、|"


def read_asker(text: str) -> Asker | None:
    """Read what stands before the ask date; None when it is no description of a person."""
    bare = text.strip(_EDGE)
    for mark in (_ICON, _LABEL):
        if found := mark.match(bare):
            bare = bare[found.end() :]
    if not without_icons(bare) or len(bare) > _LONGEST:
        return None
    if match := _match(bare):
        asker = _described(match)
        return None if asker == Asker() else asker
    return None if _TELLING.search(bare) else Asker(name=bare)


def tells_age(text: str) -> bool:
    """Whether a text speaks of years or months of life."""
    return _OF_AGE.search(text) is not None


def _match(bare: str) -> re.Match[str] | None:
    bare = without_icons_behind(bare).rstrip(_EDGE)
    told = _ASKER.fullmatch(bare)
    if told is None and tells_age(bare):
        told = _UNCLEAR.fullmatch(bare)
    return told or _SEX_ONLY.fullmatch(bare)


def _described(match: re.Match[str]) -> Asker:
    found = {k.removeprefix("b_"): v for k, v in match.groupdict().items() if v is not None}
    numbers = {k: number for k, v in found.items() if (number := _number(v)) is not None}
    lowest, highest = _ages({k: number for k, number in numbers.items() if k != "name"})
    if max(lowest or 0, highest or 0) > _OLDEST or (highest or _OLDEST) < (lowest or 0):
        lowest = highest = None
    sex = _SEXES.get((found.get("sex") or found.get("sex_first") or "").lower())
    return Asker(name=_name(found.get("name")), sex=sex, age_min=lowest, age_max=highest)


def _number(text: str) -> int | None:
    """Of digits or of Chinese numerals: 六十五, 廿五, 一百零二, 六五."""
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
    bare = text.strip(_EDGE)
    start = text.find(bare)
    match = _match(bare)
    found = {} if match is None else match.groupdict()
    spans = {}
    if asker.name is not None:
        begin = start + bare.find(asker.name)
        spans["name"] = (begin, begin + len(asker.name))
    for group in ("ages", "b_ages", "sex", "sex_first"):
        if match is not None and found.get(group):
            words = match[group] if "sex" in group else _AGE_UNIT.sub("", match[group])
            begin = start + match.start(group)
            name = group.removeprefix("b_").removesuffix("_first")
            spans[name] = (begin, begin + len(words))
    return spans


def _ages(found: dict[str, int]) -> tuple[int | None, int | None]:
    """Bounds in years, inclusive. The site's bands are 0~9, 10~19, ...: "over 80" takes in 80."""
    if "months" in found or "days" in found:
        months = found.get("months", 0)
        return months // 12, found.get("to_months", months) // 12
    lowest = highest = found.get("age", found.get("bare"))
    for name in ("lo", "over", "from"):
        lowest = found.get(name, lowest)
    for name in ("hi", "upto"):
        highest = found.get(name, highest)
    if "under" in found:
        highest = found["under"] - 1
    return lowest, highest


def _name(text: str | None) -> str | None:
    return (text or "").strip(" \t,，、|/／;；:：").removesuffix("。") or None


def title_contradicts(asker: Asker) -> bool:
    """Whether a title such as Mr. or 小姐 tells another sex than the page does."""
    match = _TITLE.match(asker.name or "")
    if match is None or asker.sex is None:
        return False
    titled = Sex.MALE if match[1] or match[3] else Sex.FEMALE
    return titled is not asker.sex


def is_titled(text: str) -> bool:
    """Whether a text is a title and a name and nothing else: `Mr. Chen`, `陳先生`."""
    bare = text.strip(_EDGE)
    if _HAN.search(bare):
        return len(bare) <= _MOST_HAN and _TITLE.fullmatch(bare) is not None
    return len(bare.split()) <= _MOST_TITLED and _TITLE.match(bare) is not None


def is_title(text: str) -> bool:
    """Whether a text is Mr., 先生 and the like, and nothing else."""
    bare = text.strip(" .")
    match = _TITLE.fullmatch(bare)
    return match is not None and bare in match.groups()
