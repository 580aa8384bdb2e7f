"""What one adoctor page says, in one language, before any markup."""

import html
from dataclasses import dataclass
from functools import lru_cache

from scraper.sample import article
from scraper.sample.adoctor.labels import LABELS
from scraper.sample.catalogue import Catalogue
from scraper.sample.history import State
from scraper.sample.people import asker_name

CUT = 280  # escaped characters of an excerpt


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """The beginning of a text as a card shows it."""

    markup: str  # escaped, possibly cut in the middle of an entity, with its "..."
    text: str  # the characters that are whole
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A similar question."""

    number: int
    title: str
    question: Excerpt
    doctor: str | None
    department: str
    reply: Excerpt | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply."""

    doctor: str
    department: str
    lines: tuple[str, ...]
    day: str  # 2020/10/26


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A whole page: plain text, no markup, in reading order."""

    lang: int
    number: int
    title: str
    department: str
    department_slug: str
    headline: str
    lines: tuple[str, ...]
    cited: tuple[int, ...]
    linked: bool  # citations are links
    name: str
    title_sex: str
    sex: str
    age: int
    asked: str  # 2020/10/26
    replies: tuple[Reply, ...]
    essay: tuple[str, ...]
    cards: tuple[Card, ...]
    tags: tuple[tuple[str, str, str], ...]  # name, department, slug


def excerpt(text: str) -> Excerpt:
    """Escape, then cut at 280 escaped characters, as the site does."""
    escaped = html.escape(text).replace("&#x27;", "&#039;")
    if len(escaped) <= CUT:
        return Excerpt(markup=escaped, text=text, complete=True)
    cut = escaped[:CUT]
    start = cut.rfind("&")  # every one begins an entity
    whole = cut[:start] if start >= 0 and ";" not in cut[start:] else cut
    return Excerpt(markup=cut + "...", text=html.unescape(whole), complete=False)


def stored_text(site: Catalogue, asked: article.QuestionText) -> str:
    """A question as the site keeps it: one run of text, citations already made links."""
    text = " ".join(asked.lines)
    if asked.linked:
        for cited in asked.cited:
            number = site.numbers.number(cited)
            link = f'<a href="https://adoctor.tw/article/{number}">#{number}</a>'
            text = text.replace(f"#{number}", link)
    return text


def _shown_name(site: Catalogue, index: int, lang: int) -> str:
    asker = site.asker(index)
    name = asker_name(asker.family, asker.title, lang)
    if "comma-name" not in site.oddities(index):
        return name
    return f"{name}，住北區" if lang else f"{name}, from the north side"


def _cards(site: Catalogue, index: int, lang: int, seen_at: int) -> tuple[Card, ...]:
    """Cards as drawn at a revision: they keep the text that the other question had then."""
    return tuple(
        _card(site, other, lang, site.history.state(other, seen_at).version)
        for other in article.similar(site, index)
    )


@lru_cache(maxsize=16384)  # each question is on about four pages
def _card(site: Catalogue, other: int, lang: int, version: int) -> Card:
    asked = article.question_text(site, other, lang)
    replies = article.answers(site, other, lang, version)
    first = replies[0] if replies else None
    return Card(
        number=site.numbers.number(other),
        title=asked.title,
        question=excerpt(stored_text(site, asked)),
        doctor=first.doctor.name(lang) if first else None,
        department=site.department(other).name[lang],
        reply=excerpt(" ".join(first.lines)) if first else None,
    )


def content_of(site: Catalogue, index: int, lang: int, state: State) -> Content:
    """What the page of a question says when its content is in the given state."""
    asked = article.question_text(site, index, lang)
    asker = site.asker(index)
    department = site.department(index)
    labels = LABELS[lang]
    replies = article.answers(site, index, lang, state.version)
    topics = [site.topics[number] for number in article.tags(site, index)]
    return Content(
        lang=lang,
        number=site.numbers.number(index),
        title=asked.title,
        department=department.name[lang],
        department_slug=department.slug,
        headline=asked.headline,
        lines=asked.lines,
        cited=tuple(site.numbers.number(cited) for cited in asked.cited),
        linked=asked.linked,
        name=_shown_name(site, index, lang),
        title_sex=asker.title,
        sex=asker.sex,
        age=asker.age,
        asked=labels.day(article.asked_on(site, index)),
        replies=tuple(
            Reply(
                doctor=reply.doctor.name(lang),
                department=department.name[lang],
                lines=reply.lines,
                day=labels.day(reply.on),
            )
            for reply in replies
        ),
        essay=article.essay(site, index, lang),
        cards=_cards(site, index, lang, state.edited),
        tags=tuple(
            (topic.name[lang], site.departments[topic.department].name[lang], topic.slug)
            for topic in topics
        ),
    )
