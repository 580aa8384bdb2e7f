"""Reads the lines of a taiwan-ehospital page that name asker and doctor.

Both kinds are split from the right, because aliases are free text that may hold `,` and `／`.
"""

import re
from datetime import date

from scraper.items import Asker, Problem, Reply, Sex
from scraper.reading.dates import read_taiwan_date
from scraper.reading.sameness import shortened
from scraper.reading.visible.blocks import fold

_DATED = re.compile(
    r"(?:(?P<who>.*)[,，])?\s*(?P<day>(?:民國)?\d{2,4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)"
    r"(?:\s+(?:[上下]午\s*)?[\d:]+)?\s*(?:提問|回覆)?\s*[:：]?",
    re.DOTALL,
)
_UNKNOWN = "不詳|不明|未知|未填"
_ASKER = re.compile(
    rf"(?:(?P<name>.*)／)?\s*(?:(?P<sex>男|女)性?|{_UNKNOWN})?\s*／\s*"
    r"(?:[(（]\s*(?:(?P<low>\d{1,3})?\s*[~～∼-]\s*(?P<high>\d{1,3})?\s*歲?"
    r"|(?P<least>\d{1,3})\s*歲?以上|(?P<most>\d{1,3})\s*歲?以下"
    rf"|(?P<only>\d{{1,3}})\s*歲?|{_UNKNOWN})?\s*[)）])?",
    re.DOTALL,
)
# 中 is left out: 李建中醫師 may well be Dr. 李建中
_TITLE = re.compile(r"\s*(?:(?:資深)?主[治任]|總|住院|專科|專任|兼任|實習|牙)?醫師$")
Spans = dict[str, tuple[int, int]]
_SEXES = {"男": Sex.MALE, "女": Sex.FEMALE}


def read_asker(line: str) -> tuple[Asker | None, date | None, tuple[Problem, ...]]:
    """Read `{alias}／{男|女}／({low}~{high}),{YYYY/MM/DD} 提問：`.

    >>> asker, day, _ = read_asker("小魚／女／(20~29),2020/10/26 提問：")
    >>> asker.name, asker.age_max, str(day)
    ('小魚', 29, '2020-10-26')
    """
    who, asked_on, problems = _split(line, "asked_on")
    found = _ASKER.fullmatch(who)
    if found is None:
        return None, asked_on, (*problems, _unreadable("asker", line))
    asker = Asker(
        name=fold(found["name"] or "") or None,
        sex=_SEXES.get(found["sex"]),
        age_min=_number(found["low"] or found["least"] or found["only"]),
        age_max=_number(found["high"] or found["most"] or found["only"]),
    )
    return asker, asked_on, problems


def read_doctor(line: str, text: str) -> tuple[Reply, tuple[Problem, ...]]:
    """Read `[{hospital}／]{department}／{doctor}, {YYYY/MM/DD} 回覆：` above a reply's text."""
    who, replied_on, problems = _split(line, "replied_on")
    *place, doctor = (fold(part) or None for part in who.rsplit("／", 2))
    if doctor is None:
        problems = (*problems, _unreadable("doctor", line))
    department = place.pop() if place else None
    reply = Reply(
        doctor=_without_title(doctor),
        department=department,
        hospital=place.pop() if place else None,
        text=text,
        replied_on=replied_on,
    )
    return reply, problems


def asker_spans(line: str) -> Spans:
    """Where `read_asker` reads "name", "sex", "ages" and "day" in the folded line."""
    who, spans = _spans(line)
    if (found := _ASKER.fullmatch(who)) is not None:
        for name in ("name", "sex"):
            spans[name] = found.span(name)
        groups = [name for name in ("low", "high", "least", "most", "only") if found[name]]
        ages = [place for name in groups for place in found.span(name)]
        if ages:
            spans["ages"] = (min(ages), max(ages))
    return spans


def doctor_spans(line: str) -> Spans:
    """Where `read_doctor` reads "hospital", "department", "doctor" and "day" in the folded line."""
    who, spans = _spans(line)
    end = len(who)
    for name, words in zip(("doctor", "department", "hospital"), reversed(who.rsplit("／", 2)),
                           strict=False):  # fmt: skip
        shown = (_without_title(words.strip()) or "") if name == "doctor" else words
        start = end - len(words)
        spans[name] = (start, start + len(words) - len(words.lstrip()) + len(shown))
        end = start - 1
    return spans


def _spans(line: str) -> tuple[str, Spans]:
    """The person's part, with which the folded line begins, and where the day stands."""
    found = _DATED.fullmatch(fold(line))
    if found is None:
        return fold(line), {}
    return (found["who"] or "").rstrip(), {"day": found.span("day")}


def _split(line: str, field: str) -> tuple[str, date | None, tuple[Problem, ...]]:
    """Split a line into the person's part, the day and problems; without a day it is all person."""
    folded = fold(line)
    found = _DATED.fullmatch(folded)
    if found is None:
        return folded, None, (_unreadable(field, line),)
    who = (found["who"] or "").strip()
    day = read_taiwan_date(found["day"])
    return who, day, () if day else (_unreadable(field, line),)


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _without_title(doctor: str | None) -> str | None:
    return (_TITLE.sub("", doctor) or doctor) if doctor else None


def _unreadable(field: str, line: str) -> Problem:
    code = f"{field.replace('_', '-')}-unreadable"
    return Problem(code=code, field=field, detail=shortened(fold(line), 200))
