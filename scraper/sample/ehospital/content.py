"""What one question of the sample taiwan-ehospital says, before any markup."""

from dataclasses import dataclass
from datetime import date

from scraper.sample import article
from scraper.sample.catalogue import Catalogue
from scraper.sample.chance import Salt, dice, mix, pick
from scraper.sample.history import State
from scraper.sample.topics import Topic

ALIASES = (
    "小魚", "阿明", "擔心的媽媽", "山中人", "lin2000", "喆喆", "阿堃", "雨天", "木棉花", "路過的人",
    "小雯", "峯仔", "睡不好", "海邊人", "一個爸爸", "綠豆湯", "晚安", "Kiki", "阿水", "跑步的人",
    "小美,台東", "甲／乙", "媽媽,代女兒問", "老王／太太",
)  # fmt: skip
_STRAY = "功許蓋"  # their second Big5 byte is a backslash
_BACKSLASHED = "健檢報告說肝功能和許多數值都正常，還蓋了章。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A question: plain text in Chinese."""

    number: int
    title: str
    department: str
    alias: str
    sex: str  # "female" or "male"
    age: int
    asked_on: date
    lines: tuple[str, ...]
    cited: tuple[int, ...]
    linked: bool
    hospital: str | None = None
    doctor: str | None = None  # None: no reply yet
    replied_on: date | None = None
    reply: tuple[str, ...] = ()
    topic: Topic
    views: int
    old_markup: bool  # of 2017 to 2022


def content_of(site: Catalogue, index: int, state: State) -> Content:
    """What the page says when its content is in the given state."""
    asked = article.question_text(site, index, 1)
    asker = site.asker(index)
    rng = dice(site.seed, Salt.SPELLING, index)
    stray = "backslash" in site.oddities(index)
    lines = (*asked.lines, _BACKSLASHED) if stray else asked.lines
    replies = article.answers(site, index, 1, state.version)
    alias, with_hospital = pick(rng, ALIASES), rng.random() < 0.8  # noqa: PLR2004
    first = replies[0] if replies else None
    return Content(
        number=site.numbers.number(index),
        title=asked.headline,
        department=site.department(index).name[1],
        alias=alias,
        sex=asker.sex,
        age=asker.age,
        asked_on=article.asked_on(site, index),
        lines=tuple(_strayed(line) for line in lines) if stray else lines,
        cited=tuple(site.numbers.number(cited) for cited in asked.cited),
        linked=asked.linked,
        hospital=first.doctor.hospital[1] if first and with_hospital else None,
        doctor=first.doctor.name(1) if first else None,
        replied_on=first.on if first else None,
        reply=first.lines if first else (),
        topic=site.topic(index),
        views=mix(site.seed, Salt.WHEN, index) % 9000,
        old_markup=mix(site.seed, Salt.LAYOUT, index) % 4 == 0,
    )


def _strayed(line: str) -> str:
    """The site's own stray backslashes: after a Big5 trail byte 5C, and before quotation marks."""
    for sign in _STRAY:
        line = line.replace(sign, f"{sign}\\")
    return line.replace('"', '\\\\\\"')
