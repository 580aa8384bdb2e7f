"""Made-up question pages: what a page says, as plain values, before any markup.

The expected record is made here, from the values, without any code of the reader. Persons, texts
and numbers are invented.
"""

# ruff: noqa: E501 (Chinese counts double)

import random
from dataclasses import dataclass, field
from typing import Any

CUT = 280


@dataclass(frozen=True, kw_only=True)
class Words:
    """The labels and set phrases of one language."""

    language: str
    share: str
    ask_date: str
    reply_date: str
    more_info: str
    similar: str
    read_more: str
    related: str
    buttons: tuple[str, ...]


ENGLISH = Words(
    language="en",
    share="Share to:",
    ask_date="Ask Date:",
    reply_date="Reply Date:",
    more_info="More Info",
    similar="Similar Q&A",
    read_more="[Read More]",
    related="Related FAQ",
    buttons=("Facebook", "LINE", "Twitter", "Copy link"),
)
CHINESE = Words(
    language="zh-Hant",
    share="分享：",
    ask_date="提問日期：",
    reply_date="回覆日期：",
    more_info="更多資訊",
    similar="相似問答",
    read_more="[閱讀更多]",
    related="相關問題",
    buttons=("Facebook", "LINE", "複製連結"),
)


@dataclass(frozen=True, kw_only=True)
class Answer:
    doctor: str
    department: str
    lines: tuple[str, ...]
    day: str | None  # as shown
    iso: str | None

    def heading(self, words: Words) -> str:
        if words.language == "en":
            return f"Dr. {self.doctor} reply {self.department}"
        return f"{self.doctor} 醫師回覆 {self.department}"


@dataclass(frozen=True, kw_only=True)
class Card:
    title: str
    number: int
    question: str  # whole text
    answer: str | None
    doctor: str
    department: str


@dataclass(frozen=True, kw_only=True)
class Tag:
    name: str
    department: str
    slug: str


@dataclass(frozen=True, kw_only=True)
class LogicalPage:
    number: int
    words: Words
    title: str
    department: str
    headline: str
    question: tuple[str, ...]
    asker_name: str
    asker_shown: str  # "20~29 year old female", perhaps ""
    sex: str | None
    ages: tuple[int | None, int | None]
    asked: str  # as shown
    asked_iso: str | None
    answers: tuple[Answer, ...]
    essay: tuple[str, ...]
    cards: tuple[Card, ...]
    tags: tuple[Tag, ...]
    mentions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    extras: dict[str, Any] = field(default_factory=dict)

    def asker_line(self) -> str:
        """The description before the ask date's label."""
        if self.words.language == "en":
            return (
                f"{self.asker_name}, {self.asker_shown}."
                if self.asker_shown
                else f"{self.asker_name}."
            )
        return (
            f"{self.asker_name}，{self.asker_shown}。"
            if self.asker_shown
            else f"{self.asker_name}。"
        )

    def path(self, number: int | None = None) -> str:
        prefix = "" if self.words.language == "en" else "/zh-Hant"
        return f"{prefix}/article/{number or self.number}"

    def expected(self) -> dict[str, Any]:
        """The record, as `qarchive extract` prints it, without `captured_at`."""
        home = "https://adoctor.tw"
        return {
            "source_id": str(self.number),
            "language": self.words.language,
            "url": home + self.path(),
            "title": self.title,
            "department": self.department,
            "headline": self.headline,
            "text": "\n".join(self.question),
            "asker": (self.asker_name, self.sex, *self.ages),
            "asked_on": self.asked_iso,
            "replies": [(a.doctor, a.department, "\n".join(a.lines), a.iso) for a in self.answers],
            "more_info": "\n".join(self.essay) or None,
            "similar": [
                (
                    card.title,
                    home + self.path(card.number),
                    *kept(card.question),
                    card.doctor if card.answer else None,
                    card.department if card.answer else None,
                    *(kept(card.answer) if card.answer else (None, False)),
                )
                for card in self.cards
            ],
            "faq_tags": [(t.name, t.department, home + self.tag_path(t)) for t in self.tags],
            "mentions": list(self.mentions),
            "warnings": list(self.warnings),
        }

    def tag_path(self, tag: Tag) -> str:
        prefix = "" if self.words.language == "en" else "/zh-Hant"
        return f"{prefix}/faq/{tag.slug}"


def escaped(text: str) -> str:
    """HTML-escaped as the site does it: a quote takes six characters, either kind."""
    pairs = (("&", "&amp;"), ('"', "&quot;"), ("'", "&#039;"), ("<", "&lt;"), (">", "&gt;"))
    for sign, entity in pairs:
        text = text.replace(sign, entity)
    return text


def shown(text: str) -> str:
    """An excerpt's markup: cut at 280 escaped characters, whatever the cut goes through."""
    whole = escaped(text)
    return whole if len(whole) <= CUT else whole[:CUT] + "..."


def kept(text: str) -> tuple[str, bool]:
    """What an excerpt holds of a text for certain: whole characters before the cut."""
    if len(escaped(text)) <= CUT:
        return text, True
    size = 0
    for position, sign in enumerate(text):
        size += len(escaped(sign))
        if size > CUT:
            return text[:position].rstrip(), False
    raise AssertionError


_FAMILY = ("Chen", "Wu", "Ko", "Yang-Lee", "Tsao", "O'Hara")
_DOCTORS = ("Lin Moshan", "Tsai Wenhao", "Ou Peishan", "Kuo An-Chi", "Shih Yulin", "Reply Wang")
_DEPARTMENTS = (
    "Neurology",
    "Ear, Nose and Throat",
    "Obstetrics & Gynecology",
    "Dermatology",
    "Physical Medicine and Rehabilitation",
    "Family Medicine",
)
_TOPICS = (
    "Numb Fingers",
    "Night Cramps",
    "Tingling Feet",
    "Shaky Hands",
    "A Stiff Neck",
    "Ringing Ears",
    "Dry Eyes - or Not",
    "Back Pain",
)
_SENTENCES = (
    "Since spring my left hand has felt heavy in the morning.",
    'A friend said it is "only stress", but I am not so sure.',
    "Could it come from the way I sleep?",
    "I take no medicine, eat well & walk every day.",
    "It gets worse when I'm tired; coffee doesn't help.",
    "Dr.",
    "The blood pressure was 118/76, and the pulse < 70.",
    "Please tell me whether an examination is needed.",
    "My earlier visit was on 2019/03/04, at noon.",
    "The doctor I saw then would not reply to my letter.",
    "Thank you, and have a good day.",
    "Two weeks ago (after a long drive) the tingling began.",
    "More info about my case: none, sorry.",
    "I'd share to: nobody what the neighbour said - really.",
    "My sister asked about Similar Q&A pages before.",
)
_ADVICE = (
    "Hello: what you describe is common and seldom dangerous.",
    "Keep the wrist straight at night, for instance with a splint.",
    "If the numbness spreads, a nerve conduction study is advisable.",
    "Rest, warmth, and light stretching usually help.",
    "Dr.",
    "Lin from the Lakeside Clinic wishes you well.",
    "Please note the Ask Date: it was long ago, so see a doctor again.",
    "I cannot tell more without an examination.",
    "Wishing you good health.",
)
_ESSAY = (
    "Numbness has many causes, and most of them are harmless.",
    "Common Causes:",
    "Pressure on a nerve, lack of sleep and cold are the usual ones; see also the similar Q&A below.",
    "- Splints: worn at night, they keep the wrist straight.",
    "- Exercise: a few minutes a day are enough.",
    "What a Doctor Will Ask:",
    "When it began, how often it comes, and whether the strength is less.",
    "In conclusion, patience and a little movement go a long way.",
    "Reply dates, ask dates and more info do not matter here.",
)
_TAGS = ("Als", "Leg Weakness", "Hand (Left) Numbness", "Cramp", "Sleep And Rest", "Tremor")
_ZH_FAMILY = ("陳", "吳", "歐陽", "柯")
_ZH_DOCTORS = ("林明宇", "蔡文浩", "歐佩珊", "郭安琪")
_ZH_DEPARTMENTS = ("神經科", "耳鼻喉科", "家庭醫學科", "復健科")
_ZH_TOPICS = ("手指麻木", "夜間抽筋", "手抖怎麼辦", "脖子僵硬", "耳鳴 - 要緊嗎")
_ZH_SENTENCES = (
    "今年春天起，左手早上總覺得沉重。",
    "朋友說「只是壓力」，我不太確定。",
    "會不會和睡姿有關？",
    "我沒有吃藥，每天散步。",
    "上次看診是2019/03/04，血壓118/76。",
    "請問需要檢查嗎？",
    "想要更多資訊，謝謝醫師。",
    "之前的醫師回覆說不用擔心。",
    "Dr.",
)
_ZH_ADVICE = (
    "您好：這種情形很常見，多半不危險。",
    "晚上可以戴護腕，讓手腕保持平直。",
    "如果範圍擴大，建議做神經傳導檢查。",
    "多休息、熱敷、輕輕伸展。",
    "祝您健康。",
)
_ZH_ESSAY = (
    "麻木的原因很多，大多無害。",
    "常見原因：",
    "神經受壓、睡眠不足與寒冷。",
    "- 護腕：夜間使用。",
    "- 運動：每天幾分鐘即可。",
    "總結來說，耐心與活動很重要。",
)
_ZH_TAGS = ("手麻", "腳抽筋", "失眠（夜間）", "手抖")


def make_page(seed: int) -> LogicalPage:
    """A page of everything the site shows, in one of the two languages."""
    rng = random.Random(seed)
    return _chinese(rng) if rng.random() < 0.35 else _english(rng)


def _day(rng: random.Random, words: Words) -> tuple[str, str]:
    year, month, day = rng.randint(2001, 2025), rng.randint(1, 12), rng.randint(1, 28)
    iso = f"{year:04}-{month:02}-{day:02}"
    forms = [f"{year}/{month:02}/{day:02}", f"{year}/{month}/{day}", iso]
    if words.language != "en":
        forms += [f"{year}年{month}月{day}日", f"民國{year - 1911}年{month}月{day}日"]
    return rng.choice(forms if rng.random() < 0.4 else forms[:1]), iso


def _some(rng: random.Random, pool: tuple[str, ...], low: int, high: int) -> tuple[str, ...]:
    return tuple(rng.sample(pool, min(len(pool), rng.randint(low, high))))


def _question(rng: random.Random, pool: tuple[str, ...]) -> tuple[str, ...]:
    lines = _some(rng, pool, 2, 7)
    return lines if lines[-1] != "Dr." else lines[:-1]


def _long(rng: random.Random, pool: tuple[str, ...]) -> str:
    text = " ".join(rng.choice(pool) for _ in range(rng.randint(1, 9)))
    if rng.random() < 0.3:
        text = (
            f'After <a href="https://adoctor.tw/article/{rng.randint(1000, 200000)}">#1</a> {text}'
        )
    return text


def _english(rng: random.Random) -> LogicalPage:
    words, sex = ENGLISH, rng.choice(("female", "male"))
    department = rng.choice(_DEPARTMENTS)
    title = rng.choice(("Mr.", "Ms.", "Miss", "Mrs."))
    low = rng.randrange(0, 80, 10)
    asked, asked_iso = _day(rng, words)
    own = rng.randint(10_000, 200_000)
    cited = str(rng.randint(200_001, 220_000))
    question = _question(rng, _SENTENCES)
    mentions: tuple[str, ...] = ()
    if rng.random() < 0.4:
        question = (
            *question[:1],
            rng.choice(
                (
                    f"I am the patient with ID {cited}.",
                    f"See #{cited} for what I asked before.",
                    f'About <a href="https://adoctor.tw/article/{cited}">#{cited}</a>: it is better now.',
                )
            ),
            *question[1:],
        )
        mentions = (cited,)
    topic = rng.choice(_TOPICS)
    male = title == "Mr."
    return LogicalPage(
        number=own,
        words=words,
        title=f"{topic}: Harmless or Not?",
        department=department,
        headline=rng.choice(("My hand", "Numb fingers again", "Question for the doctor", "Tired")),
        question=question,
        asker_name=f"{title} {rng.choice(_FAMILY)}",
        asker_shown=f"{low}~{low + 9} year old {sex}",
        sex=sex,
        ages=(low, low + 9),
        asked=asked,
        asked_iso=asked_iso,
        answers=_answers(rng, words, department, _DOCTORS, _ADVICE),
        essay=_some(rng, _ESSAY, 2, 9),
        cards=tuple(_card(rng, n, words) for n in range(rng.randint(1, 4))),
        tags=tuple(
            Tag(name=name, department=department, slug=f"tag-{n}")
            for n, name in enumerate(_some(rng, _TAGS, 1, 6))
        ),
        mentions=mentions,
        warnings=("asker-title-contradicts-sex",) if male != (sex == "male") else (),
    )


def _answers(
    rng: random.Random,
    words: Words,
    department: str,
    doctors: tuple[str, ...],
    advice: tuple[str, ...],
) -> tuple[Answer, ...]:
    answers = []
    for number in range(1 if rng.random() < 0.8 else 2):
        day, iso = _day(rng, words)
        lines = _some(rng, advice, 2, 6)
        lines = lines if lines[-1] != "Dr." else (*lines[:-1], "Bye.")
        name = doctors[(rng.randrange(len(doctors)) + number) % len(doctors)]
        answers.append(Answer(doctor=name, department=department, lines=lines, day=day, iso=iso))
    return tuple(answers)


def _card(rng: random.Random, number: int, words: Words) -> Card:
    english = words.language == "en"
    topic = rng.choice(_TOPICS if english else _ZH_TOPICS)
    sentences = _SENTENCES if english else _ZH_SENTENCES
    return Card(
        title=f"{topic} in Spring {number}" if english else f"{topic} 之 二 {number}",
        number=300_000 + number,
        question=_long(rng, sentences),
        answer=_long(rng, sentences) if rng.random() < 0.85 else None,
        doctor=rng.choice(_DOCTORS if english else _ZH_DOCTORS),
        department=rng.choice(_DEPARTMENTS if english else _ZH_DEPARTMENTS),
    )


def _chinese(rng: random.Random) -> LogicalPage:
    words, sex = CHINESE, rng.choice(("female", "male"))
    department = rng.choice(_ZH_DEPARTMENTS)
    title = rng.choice(("先生", "小姐", "女士"))
    low = rng.randrange(0, 80, 10)
    asked, asked_iso = _day(rng, words)
    question = _question(rng, _ZH_SENTENCES)
    mentions: tuple[str, ...] = ()
    if rng.random() < 0.4:
        cited = str(rng.randint(200_001, 220_000))
        question = (*question[:1], f"我是編號{cited}的病患。", *question[1:])
        mentions = (cited,)
    shown_sex = {"female": ("女性", "女"), "male": ("男性", "男")}[sex]
    return LogicalPage(
        number=rng.randint(10_000, 200_000),
        words=words,
        title=rng.choice(_ZH_TOPICS) + "：嚴重嗎？",
        department=department,
        headline=rng.choice(("手麻", "又來請教", "請問醫師")),
        question=question,
        asker_name=rng.choice(_ZH_FAMILY) + title,
        asker_shown=rng.choice(
            (f"{low}~{low + 9}歲{shown_sex[0]}", f"{shown_sex[1]}，{low}～{low + 9} 歲")
        ),
        sex=sex,
        ages=(low, low + 9),
        asked=asked,
        asked_iso=asked_iso,
        answers=_answers(rng, words, department, _ZH_DOCTORS, _ZH_ADVICE),
        essay=_some(rng, _ZH_ESSAY, 2, 6),
        cards=tuple(_card(rng, n, words) for n in range(rng.randint(1, 4))),
        tags=tuple(
            Tag(name=name, department=department, slug=f"tag-{n}")
            for n, name in enumerate(_some(rng, _ZH_TAGS, 1, 4))
        ),
        mentions=mentions,
        warnings=("asker-title-contradicts-sex",) if (title == "先生") != (sex == "male") else (),
    )
