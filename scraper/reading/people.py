"""Who asks and who answers.

    Mr. Chen, 20~29 year old female. Ask Date: 2020/10/26
    陳先生，20~29歲女性。提問日期：2020/10/26
    Dr. Jiang Junyi reply Neurology
    江俊宜 醫師回覆 神經科

An asker's name is free text and may hold commas, digits and labels, so the line is read from the
right.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from scraper.items import Asker, Sex

_SEXES = {
    **dict.fromkeys(("female", "woman", "girl", "lady", "f", "女性", "女", "女生"), Sex.FEMALE),
    **dict.fromkeys(("male", "man", "boy", "m", "男性", "男", "男生"), Sex.MALE),
}
_SEX = (
    r"(?:female|male|woman|man|girl|boy|lady|女性|男性|女生|男生|女|男|[fm](?![^\W\d_])"
    r"|unknown|unspecified|not\ specified|undisclosed|不明|未知|不詳|未填)"
)
_UNIT = r"(?:[\s-]*(?:years?|yrs?\.?|y\.?/?o\.?)(?:[\s-]*(?:old|of\s+age))?|\s*歲)"
_MONTHS = r"(?:[\s-]*months?(?:[\s-]*old)?|\s*個月大?)"
_DAYS = r"(?:[\s-]*(?:weeks?|days?)(?:[\s-]*old)?|\s*(?:週|天|日)大)"
_AGE = rf"""(?:
    (?P<lo>\d{{1,3}})\s*(?:歲)?\s*(?:[~～\-－–—〜∼]|to|至|到)\s*(?P<hi>\d{{1,3}}){_UNIT}?
  | (?:under|below|less\s+than|younger\s+than|未滿|不滿|小於)\s*(?P<under>\d{{1,3}}){_UNIT}?
  | (?P<upto>\d{{1,3}}){_UNIT}?\s*(?:(?:and|or)\s+(?:under|below|younger|less)|\(?含?\)?以下)
  | (?:over|above|older\s+than|at\s+least|大於|超過|滿)\s*(?P<over>\d{{1,3}}){_UNIT}?
  | (?P<from>\d{{1,3}})(?:{_UNIT}?\s*(?:(?:and|or)\s+(?:over|above|older|more|up)|\(?含?\)?以上)
        |\s*\+{_UNIT}?)
  | (?P<months>\d{{1,3}}){_MONTHS}
  | (?P<days>\d{{1,3}}){_DAYS}
  | (?P<age>\d{{1,3}}){_UNIT}
  | (?P<bare>\d{{1,3}})(?=\s*[,，、/／]?\s*{_SEX})
)"""
_GAP = r"[\s,，、/／|()（）\-]*"
_ASKER = re.compile(
    rf"(?:(?P<name>.*?)\s*[\s,，、/／|(（]\s*)??"
    rf"(?:{_AGE}{_GAP}(?:old)?\s*(?P<sex>{_SEX})?"
    rf"|(?P<sex_first>{_SEX}){_GAP}{_AGE.replace('?P<', '?P<b_')})"
    r"[\s)）]*",
    re.IGNORECASE | re.VERBOSE,
)
_SEX_ONLY = re.compile(
    rf"(?:(?P<name>.*\S)\s*[,，、/／|]\s*)?(?P<sex>{_SEX})", re.IGNORECASE | re.VERBOSE
)
_TELLING = re.compile(
    r"\d\s*(?:year|yr|歲)|years?[\s-]*old|歲|\b(?:fe)?male\b|[男女]性", re.IGNORECASE
)
_TITLE = re.compile(
    r"(?:(Mr)|(Mrs|Ms|Miss|Madam))\b|.*?(?:(先生)|(女士|小姐|太太))\s*(?=$|[,，、/／(（])",
    re.IGNORECASE,
)
_MOST_HAN, _MOST_TITLED = 8, 3  # characters, words of a title with a name
_HAN = re.compile(r"[\u3400-\u9fff]")
_OLDEST = 130  # years
_LONGEST = 120  # characters of an asker's description
_EDGE = " \t.．。,，;；:：、|"


def read_asker(text: str) -> Asker | None:
    """Read what stands before the ask date; None when it is no description of a person."""
    bare = text.strip(_EDGE)
    if not bare or len(bare) > _LONGEST:
        return None
    if match := _ASKER.fullmatch(bare):
        return _described(match)
    if match := _SEX_ONLY.fullmatch(bare):
        return Asker(name=_name(match["name"]), sex=_SEXES.get(match["sex"].lower()))
    if _TELLING.search(bare):
        return None
    return Asker(name=bare)


def _described(match: re.Match[str]) -> Asker | None:
    found = {k.removeprefix("b_"): v for k, v in match.groupdict().items() if v is not None}
    lowest, highest = _ages({k: int(v) for k, v in found.items() if v.isdigit() and k != "name"})
    if max(lowest or 0, highest or 0) > _OLDEST or (highest or _OLDEST) < (lowest or 0):
        return None
    sex = _SEXES.get((found.get("sex") or found.get("sex_first") or "").lower())
    return Asker(name=_name(found.get("name")), sex=sex, age_min=lowest, age_max=highest)


def _ages(found: dict[str, int]) -> tuple[int | None, int | None]:
    """Bounds in years, inclusive. The site's bands are 0~9, 10~19, ...: "over 80" takes in 80."""
    if "months" in found or "days" in found:
        years = found.get("months", 0) // 12
        return years, years
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
    """Whether a text is Mr., Ms. and the like, and nothing else."""
    match = _TITLE.match(text)
    return match is not None and not text[match.end() :].strip(" .")


class DoctorLine(NamedTuple):
    """Who replies, as the line above a reply tells."""

    doctor: str  # without Dr. or 醫師
    department: str | None  # None when the line ends after "reply"


_REPLY = r"(?:repl(?:y|ies|ied)|回覆|回復|答覆)"
_DOCTOR = re.compile(
    rf"(?:Dr\b\s*[.．]?|Doctor\b)\s*(?P<name>[^\W_].{{0,60}}?)\s+{_REPLY}\s*[:：]?\s*(?P<department>(?:(?!\breply\b).)*)"
    rf"|(?P<zh_name>[^\W_].{{0,30}}?)\s*醫[師生]\s*{_REPLY}\s*[:：]?\s*(?P<zh_department>.*)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[!?;:。！？；：\"“”<>]|[^\W\d_]{4}[.．](?:\s|$)|,.*,.*,")
_SMALL = frozenset(("and", "of", "the", "for", "in", "with", "or", "de", "von", "van", "der"))
_WORD = re.compile(r"[^\W_][\w'’.]*")
_NO_DEPARTMENT = """
    hello hi hey dear thanks thank yes no ok okay good you the your this i we it
    您好 你好 哈囉 嗨 謝謝
"""
_GREETINGS = frozenset(_NO_DEPARTMENT.split())
_LONGEST_NAME, _LONGEST_HAN, _MOST_WORDS, _MOST_NAMES = 60, 20, 9, 6


def read_doctor(text: str) -> DoctorLine | None:
    """Read a line that names a doctor and their department, and holds nothing else.

    A line that is just `Dr.`, or a sentence in which a doctor replies, is none.
    """
    if len(text) > 2 * _LONGEST_NAME + 20:
        return None
    return _read_doctor(text)


@lru_cache(maxsize=4096)
def _read_doctor(text: str) -> DoctorLine | None:
    if (match := _DOCTOR.fullmatch(text)) is None:
        return None
    name = match["name"] or match["zh_name"]
    department = (match["department"] or match["zh_department"] or "").strip(" \t:：-–—|,，")
    if not _is_name(name) or (department and not is_department(department)):
        return None
    return DoctorLine(name, department or None)


def _is_name(text: str) -> bool:
    if len(text) > _LONGEST_NAME or len(text.split()) > _MOST_NAMES:
        return False
    return not text[0].islower() and not _SENTENCE.search(text)


def is_department(text: str) -> bool:
    """Whether a text has the shape of a department's name: a few capitalised words, no sentence."""
    if not text or len(text) > _LONGEST_NAME or re.search(r"[.!?;:。，！？；：…\"“”<>=\d]", text):
        return False
    words = _WORD.findall(text)
    if not words or words[0].lower() in _GREETINGS or len(words) > _MOST_WORDS:
        return False
    if _HAN.search(text):
        return len(text) <= _LONGEST_HAN
    return all(not word[0].islower() or word in _SMALL for word in words) or len(words) == 1


def begins_doctor(text: str) -> bool:
    """Whether a line may be the beginning of a doctor line; cheap, for every line of a page."""
    if text.startswith(_DOCTORS):
        return True
    if text.isascii():
        return False
    return text.find("醫師", 0, _HAN_NAME) >= 0 or text.find("醫生", 0, _HAN_NAME) >= 0


DR = frozenset(("Dr", "DR", "dr"))
DR_ALONE = frozenset(("Dr.", "DR.", "Dr", "dr."))
_DOCTORS = (*DR, "Doctor")
_HAN_NAME = 32
