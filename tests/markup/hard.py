"""Hard pages: sections missing, labels in people's words, odd names, other colons."""

# ruff: noqa: E501 (Chinese counts double)

import random
from collections.abc import Callable
from dataclasses import replace

from tests.markup.pages import LogicalPage, make_page

Change = Callable[[random.Random, LogicalPage], LogicalPage]

_LOOKALIKES = {
    "en": (
        "More Info", "Similar Q&A", "Related FAQ", "Reply Date: unknown", "Ask Date: 2019/03/04",
        "Ask Date: I forgot", "[Read More] said the letter", "Dr. Wrong Person reply Radiology",
        "Share to: my family", "Reply Date: 2018/05/06", "More info:", "Share to:", "Reply Date:",
        "My question's Ask Date: 2001/02/03", "Mr. Old, 10~19 year old male. Ask Date: 2018/01/02",
    ),
    "zh-Hant": (
        "更多資訊", "相似問答", "相關問題", "回覆日期：不明", "提問日期：2019/03/04", "[閱讀更多] 信上說",
        "王大明 醫師回覆 放射科", "分享：我的家人", "回覆日期：2018/05/06", "回覆日期：",
    ),
}  # fmt: skip
_NAMES = {
    "en": (
        "Mr. Chen, Jr.", "Ms. Ask Date", "Miss 30", "Mr. 20~29 year old", "Ms. Reply Date",
        "Mrs. Lin, the elder, of Hualien", "Ms. More Info", "Mr. W.", "Anonymous",
        "Ms. Ask Date: 2001/01/01", "Mr. Dr. Wu", "Similar Q&A",
    ),
    "zh-Hant": ("陳，小明", "提問日期先生", "30號小姐", "更多資訊女士", "匿名", "A.B."),
}  # fmt: skip
_DOCTORS = {
    "en": ("Lin, Jr.", "Reply Date Lin", "More Info", "J. K. Ou", "Ask Date", "Li"),
    "zh-Hant": ("更多資訊", "提問日期", "歐陽小明", "Lin Moshan"),
}
_SHOWN = {
    "en": (
        ("", None, None, None), ("female", "female", None, None), ("20~29 year old", None, 20, 29),
        ("under 10 year old male", "male", None, 9), ("80 years and over female", "female", 80, None),
        ("25 year old female", "female", 25, 25), ("70-79 years old male", "male", 70, 79),
        ("80+ year old male", "male", 80, None), ("40 ~ 49 years old female", "female", 40, 49),
    ),
    "zh-Hant": (
        ("", None, None, None), ("女性", "female", None, None), ("20~29歲", None, 20, 29),
        ("未滿10歲男性", "male", None, 9), ("80歲以上女性", "female", 80, None),
        ("35歲男性", "male", 35, 35), ("20至29歲，女", "female", 20, 29),
    ),
}  # fmt: skip


def _insert(rng: random.Random, lines: tuple[str, ...], line: str) -> tuple[str, ...]:
    place = rng.randint(1, max(1, len(lines) - 1))
    return (*lines[:place], line, *lines[place:])


def _lookalike(rng: random.Random, page: LogicalPage) -> str:
    return rng.choice(_LOOKALIKES[page.words.language])


def in_question(rng: random.Random, page: LogicalPage) -> LogicalPage:
    return replace(page, question=_insert(rng, page.question, _lookalike(rng, page)))


def in_reply(rng: random.Random, page: LogicalPage) -> LogicalPage:
    if not page.answers:
        return page
    first = page.answers[0]
    lines = _insert(rng, first.lines, _lookalike(rng, page))
    return replace(page, answers=(replace(first, lines=lines), *page.answers[1:]))


def in_essay(rng: random.Random, page: LogicalPage) -> LogicalPage:
    return (
        replace(page, essay=_insert(rng, page.essay, _lookalike(rng, page))) if page.essay else page
    )


def odd_asker(rng: random.Random, page: LogicalPage) -> LogicalPage:
    name = rng.choice(_NAMES[page.words.language])
    return replace(page, asker_name=name, warnings=_warnings(name, page.sex))


def odd_doctor(rng: random.Random, page: LogicalPage) -> LogicalPage:
    names = rng.sample(_DOCTORS[page.words.language], len(page.answers))
    answers = tuple(replace(a, doctor=n) for a, n in zip(page.answers, names, strict=True))
    return replace(page, answers=answers)


def odd_description(rng: random.Random, page: LogicalPage) -> LogicalPage:
    shown, sex, low, high = rng.choice(_SHOWN[page.words.language])
    warnings = _warnings(page.asker_name, sex)
    return replace(page, asker_shown=shown, sex=sex, ages=(low, high), warnings=warnings)


def _warnings(name: str, sex: str | None) -> tuple[str, ...]:
    male = name.startswith("Mr.") or name.endswith("先生")
    female = name.startswith(("Ms.", "Miss", "Mrs.")) or name.endswith(("小姐", "女士"))
    contradicts = (male and sex == "female") or (female and sex == "male")
    return ("asker-title-contradicts-sex",) if contradicts else ()


def fewer_sections(rng: random.Random, page: LogicalPage) -> LogicalPage:
    gone = rng.choice(
        (
            ("essay",),
            ("cards",),
            ("tags",),
            ("cards", "tags"),
            ("essay", "cards", "tags"),
            ("essay", "cards"),
        )
    )
    return replace(
        page,
        essay=() if "essay" in gone else page.essay,
        cards=() if "cards" in gone else page.cards,
        tags=() if "tags" in gone else page.tags,
    )


def no_reply(_: random.Random, page: LogicalPage) -> LogicalPage:
    return replace(page, answers=())


def other_labels(rng: random.Random, page: LogicalPage) -> LogicalPage:
    def vary(label: str) -> str:
        label = label.replace(":", rng.choice(("：", " :", " ：", ":")))
        return rng.choice((label, label.upper(), label.lower(), label.replace(" ", "  ")))

    words = replace(
        page.words,
        share=vary(page.words.share), ask_date=vary(page.words.ask_date),
        reply_date=vary(page.words.reply_date), more_info=vary(page.words.more_info),
        similar=vary(page.words.similar), related=vary(page.words.related),
        read_more=vary(page.words.read_more),
    )  # fmt: skip
    return replace(page, words=words)


def odd_title(rng: random.Random, page: LogicalPage) -> LogicalPage:
    titles = (
        "COVID-19 - Long Term - What Now?",
        "More Info",
        "Share to: Whom?",
        "A-B-C of Sleep",
        "手麻 - 要緊嗎",
    )
    return replace(page, title=rng.choice(titles))


def odd_headline(rng: random.Random, page: LogicalPage) -> LogicalPage:
    return replace(
        page,
        headline=rng.choice(("More Info", "Similar Q&A", "Ask Date: today", "Line dance", "?")),
    )


def label_menu(_: random.Random, page: LogicalPage) -> LogicalPage:
    return replace(page, extras={**page.extras, "menu": True})


def clutter(_: random.Random, page: LogicalPage) -> LogicalPage:
    return replace(page, extras={**page.extras, "clutter": True})


def no_share(_: random.Random, page: LogicalPage) -> LogicalPage:
    return replace(page, extras={**page.extras, "share": False})


CHANGES: tuple[Change, ...] = (
    in_question, in_reply, in_essay, odd_asker, odd_doctor, odd_description, fewer_sections,
    no_reply, other_labels, odd_title, odd_headline, label_menu, clutter, no_share,
)  # fmt: skip


def make_hard_page(seed: int) -> tuple[LogicalPage, tuple[str, ...]]:
    """A page with one to three hard changes, and the names of these."""
    rng = random.Random(seed)
    page = make_page(seed)
    changes = rng.sample(CHANGES, rng.choice((1, 1, 2, 3)))
    for change in sorted(changes, key=CHANGES.index):
        page = change(rng, page)
    return page, tuple(change.__name__ for change in changes)
