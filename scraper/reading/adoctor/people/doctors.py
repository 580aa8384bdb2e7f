"""Reads the line that names a doctor and their department.

Dr. Lin Moshan reply Neurology
江俊宜 醫師回覆 神經科
"""

import re
from functools import lru_cache
from string import ascii_letters, digits
from typing import NamedTuple

from scraper.reading.adoctor.words.icons import without_icons

_HAN = re.compile(r"[\u3400-\u9fff]")


class DoctorLine(NamedTuple):
    """Doctor and department, as the line above a reply names them."""

    name: str  # without Dr. or 醫師
    department: str | None  # None when the line ends after "reply"


_REPLY = r"(?:repl(?:y|ies|ied)|回覆|回復|答覆)"
# Who also answers on the Taiwanese service: dietitians, pharmacists, psychologists, therapists.
_OTHERS = "(?:營養|藥|(?:臨床|諮商)?心理|(?:物理|職能|語言)?治療)師"
_DOCTOR = re.compile(
    rf"(?:Dr\b\s*[.．]?|Doctor\b)\s*(?P<name>[^\W_].{{0,60}}?)\s+{_REPLY}\s*[:：]?\s*(?P<department>(?:(?!\breply\b).)*)"
    rf"|(?P<zh_name>[^\W_].{{0,30}}?)"
    rf"(?:(?:\s*(?:主治|住院)|\s+[中牙]|\s*)醫[師生]|\s*{_OTHERS}(?=\s*{_REPLY}.*[科部室組心詢]$))"
    rf"\s*{_REPLY}\s*[:：]?\s*(?P<zh_department>.*)",
    re.IGNORECASE,
)
_REPLY_WORD = re.compile(rf"(?:(?:主治|住院|[中牙])?醫[師生])?\s*{_REPLY}\s*[:：]?", re.IGNORECASE)
# Titles and degrees beside a name: `Prof. Lin`, `Lin, MD, Ph.D.`.
_DEGREES = re.compile(r"\b(?:Prof|Assoc|Asst)[.．]|,\s*(?:[A-Z][a-z]?[.．]?){2,6}(?![^\W\d_])")
_SENTENCE = re.compile(r"[!?;:。！？；：\"“”<>]|[^\W\d_]{4}[.．](?:\s|$)|,.*,.*,")
_SMALL = frozenset(("and", "of", "the", "for", "in", "with", "or", "de", "von", "van", "der"))
_NO_NAME = re.compile(
    r".*\s(?:will|would|can|could|may|should|did|to)|.*\d ?[則個篇位]|"  # Dr. Lin will reply soon
    r".*醫[師生]\s*[回答][覆復].*|"  # 醫師回覆 (1), a heading above
    # 醫師您好 林梅 and 謝謝醫師 林梅, the line above with it; but 主任醫師 林梅, 林醫師 Lin Mei
    r"(?:.*醫[師生]\S+|.*[^任治院習科資深總中牙]醫[師生]|.+醫[師生]\s\S+)\s[\u3400-\u9fff].*|"
    r"主治|住院|(?i:repl(?:y|ies) (?:a?waiting|pending|not?|\d+)\b.*)|"  # Doctor Reply / 0 replies
    r"(?:請|尚|正在?|目前|暫|仍)*(?:待|無|未有|未獲)+(?:專業|[一二兩三]位)?"
    r"|.*(?:等[待候]|通知|尚[待無未](?!.$)|沒有|問題).*"  # 此問題正在等待醫師回覆
)
_PARTICLES = frozenset(("van", "von", "de", "der", "da", "di", "du", "la", "le", "al"))
_WORD = re.compile(r"[^\W_][\w'’.-]*")
_GREETING_WORDS = """
    hello hi hey dear thanks thank yes no ok okay good you the your this i we it
    您好 你好 哈囉 嗨 謝謝
"""
_GREETINGS = frozenset(_GREETING_WORDS.split())
IN_PARENTHESES = re.compile(r"[(（][^()（）]*[)）]")
_FRAMED = re.compile(r"[(（\[［【「]([^()（）\[\]［］【】「」]*)[)）\]］】」]")
_SEPARATORS = " \t-–—|｜/／·・•,，"
_SIGNS = f"{_SEPARATORS}:："  # between "reply" and the department
_NUMBER = re.compile(r"(?<=[^\W\d])\s+\d{1,2}$")  # of several departments of one name
# A word by which a department is called after a field: "Ear, nose and throat".
_FIELD_WORD = re.compile(
    r"[\w-]*(?:olog(?:y|ic|ical)|iatr(?:y|ics?)|istry|icine|surgery|therapy|op(?:a)?edics|itation|care)"
    r"|adults?|blood|breast|chest|child(?:ren)?|clinic|diseases?|ear|eyes?|health|heart|infectious"
    r"|liver|medical|nose|pain|physical|maxillofacial|plastic|skin|sleep|sports?"
    r"|surgical|throat|vascular"
)
# A noun that only a field of medicine has, and what may stand beside it in a department.
_FIELD_NOUN = re.compile(
    r"(?!apo|a?etio|chrono|epidemio|physio|pathophysio|symptomato|techno|termino)\w+ology"
    r"|\w+iatr(?:y|ics)|\w*(?:dentistry|medicine|surgery)|orthopa?edics|obstetrics"
    r"|rehabilitation|diseases|nutrition|pharmacy",
    re.IGNORECASE,
)
_FIELD_MODIFIER = re.compile(  # General Internal Medicine; no verb: `See Neurology`
    r"\w+(?:al|ar|ary|ese|iac|ic|ive)|and|of|family|emergency|hand|spine|adolescent"
    rf"|{_FIELD_WORD.pattern}",
    re.IGNORECASE,
)
_HAN_FIELD = re.compile(r"[\u3400-\u9fff]{1,9}(?:科|診部|[科醫]學?部|中心)|[中西牙]醫")
_ADVICE = re.compile(
    r"[請您你我建議掛看到去可需就找轉至應要再是的有在給向也哪何本各他]|先(?!天)|不(?!孕)"
)
# Icons before or behind the line, and any other sign, as `•` or `|`, but those that quote it.
_NO_ICON = r"\w\"'“”‘’「」『』()（）\[\]<>?!…？！。，.,;:*#~-"
_FRONT = re.compile(rf"[^{_NO_ICON}]+")
_ANSWERS = "A答"
_ANSWER = re.compile(rf"[{_ANSWERS}][.:：]?\s*(?=Dr\b|[\u3400-\u9fff])")  # in a circle
_BACK = re.compile(rf"\s[^\s&{_NO_ICON}]+$")
_LONGEST_NAME, _LONGEST_HAN, _MOST_WORDS, _MOST_NAMES = 60, 20, 9, 6
LONGEST = 2 * _LONGEST_NAME + 20  # characters of a doctor line


def read_doctor(text: str) -> DoctorLine | None:
    """Read a line that names a doctor and their department, and holds nothing else.

    A line that is just `Dr.`, or a sentence in which a doctor replies, is none.
    """
    return _read_doctor(text) if _may_hold_reply(text) else None


@lru_cache(maxsize=4096)
def _read_doctor(text: str) -> DoctorLine | None:
    if (halves := _halves(_BACK.sub("", _without_icon(text)))) is None:
        return None
    name, department = halves
    if framed := _FRAMED.fullmatch(department):
        department = framed[1].strip()
    elif department.endswith((".", "。")) and names_medical_field(department[:-1]):
        department = department[:-1]
    department = without_icons(department)
    if not _is_name(name) or (department and not is_department(_NUMBER.sub("", department))):
        return None
    return DoctorLine(name, department or None)


def read_unusual_doctor(text: str) -> DoctorLine | None:
    """A line in the shape of a doctor line, be its name or department any words at all.

    `Dr. Lin Moshan reply Covid-19 Clinic`. A sentence may have that shape too: the caller judges.
    """
    halves = _halves(_without_icon(text)) if _may_hold_reply(text) else None
    if halves is None:
        return None
    name, department = halves
    if not department or _NO_NAME.fullmatch(name):
        return None
    return DoctorLine(name, department)


def _halves(text: str) -> tuple[str, str] | None:
    """What stands before and behind `reply`; None for a line of another shape."""
    if (match := _DOCTOR.fullmatch(text)) is None:
        return None
    name, department = match["name"] or match["zh_name"], match["department"]
    return name.rstrip(_SEPARATORS), (department or match["zh_department"] or "").strip(_SIGNS)


def _may_hold_reply(text: str) -> bool:
    """Whether a text may hold what parts doctor and department; cheap."""
    return len(text) <= LONGEST and ("覆" in text or "回復" in text or "repl" in text.lower())


def _is_name(text: str) -> bool:
    bare = _DEGREES.sub("", text).strip()
    if not bare or len(text) > _LONGEST_NAME or len(bare.split()) > _MOST_NAMES:
        return False
    if _NO_NAME.fullmatch(text):  # 等待醫師回覆中
        return False
    first = bare.partition(" ")[0]
    return (not first[0].islower() or first in _PARTICLES) and not _SENTENCE.search(bare)


def is_department(text: str) -> bool:
    """Whether a text has the shape of a department's name: a few capitalised words, no sentence."""
    if not text or len(text) > _LONGEST_NAME or re.search(r"[.!?;:。，！？；：…\"“”<>=\d]", text):
        return False
    words = _WORD.findall(IN_PARENTHESES.sub("", text))
    if not words or words[0].lower() in _GREETINGS or len(words) > _MOST_WORDS:
        return False
    if _HAN.search(text):
        return len(text) <= _LONGEST_HAN
    if len(words) == 1:
        return True
    return not words[0][0].islower() and all(map(_may_stand_in_department, words))


def names_medical_field(department: str) -> bool:
    """Whether a department is called after a field of medicine: `Neurology`, `神經科`."""
    return department.endswith(("科", "醫", "部", "中心", "諮詢")) or any(
        _FIELD_WORD.fullmatch(word.lower()) for word in _WORD.findall(department)
    )


def is_medical_field(department: str) -> bool:
    """Whether a line can hardly be anything but a field of medicine, and is no advice to go there.

    `General Surgery`, `腎臟內科`, but not `See Neurology`, `建議您掛腎臟內科`
    """
    if _HAN.search(department):
        return _HAN_FIELD.fullmatch(department) is not None and not _ADVICE.search(department)
    words = _WORD.findall(department)
    heads = [word for word in words if _FIELD_NOUN.fullmatch(word)]
    return bool(heads) and all(word in heads or _FIELD_MODIFIER.fullmatch(word) for word in words)


def is_reply_word(text: str) -> bool:
    """Whether a line is `reply` or 醫師回覆 and nothing else."""
    return _REPLY_WORD.fullmatch(text) is not None


def is_department_cut_off(department: str) -> bool:
    """Whether a department continues on the next line: `Obstetrics and`."""
    return department.endswith((" and", " of", " &", ","))


def continues_department(text: str) -> bool:
    """Whether a line may be the second half of a department: `and Gynecology`."""
    return text.startswith(("and ", "& "))


def _may_stand_in_department(word: str) -> bool:
    return not word[0].islower() or word in _SMALL or _FIELD_WORD.fullmatch(word) is not None


def _without_icon(text: str) -> str:
    if (sign := text[:1]).isalnum() and sign not in _ANSWERS:
        return text
    icon = (_ANSWER if sign.isalnum() else _FRONT).match(text)
    return text if icon is None else text[icon.end() :]


def begins_doctor(text: str) -> bool:
    """Whether a line may be the beginning of a doctor line; cheap, for every line of a page."""
    if len(text) > LONGEST or (text[0] in _BEGINS_NO_DOCTOR and text.isascii()):
        return False
    return _begins_doctor(text)


@lru_cache(maxsize=8192)
def _begins_doctor(text: str) -> bool:
    text = _without_icon(text)
    if text.startswith(_DOCTORS):
        return True
    return _HAN_TITLE.search(text, 0, _HAN_NAME) is not None


DR = frozenset(("Dr", "DR", "dr"))
DR_ALONE = frozenset(("Dr.", "DR.", "Dr", "dr."))
_DOCTORS = (*DR, "Doctor")
_BEGINS_NO_DOCTOR = frozenset(ascii_letters + digits) - set("Dd" + _ANSWERS)
_HAN_TITLE = re.compile(f"醫[師生]|{_OTHERS}")
_HAN_NAME = 32
