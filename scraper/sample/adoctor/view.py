"""Content made ready for markup: everything escaped, labels put in, lines typed."""

import html
from dataclasses import dataclass

from scraper.sample.adoctor.content import Card, Content
from scraper.sample.adoctor.labels import LABELS, PREFIXES, Labels

Link = tuple[str, str]
"""Label and address, both escaped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """A similar question: markup."""

    title: str
    href: str
    question: str
    doctor: str | None
    reply: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyView:
    """A reply: markup."""

    doctor: str
    lines: list[str]
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a layout needs. All strings are markup; lists are in reading order."""

    labels: Labels
    similar_label: str
    title: str
    department: str
    heading: str  # "{title} - {department}"
    headline: str
    lines: list[str]
    name: str
    band: str  # what follows the name in the asker line, up to the sex
    ask_date: str
    asker: str  # the whole asker line
    replies: list[ReplyView]
    essay: list[tuple[str, str]]  # kind (p, h or li) and text
    cards: list[CardView]
    tags: list[tuple[str, str, str]]  # name, "(Department)", address
    menu: list[Link]
    old_date: str  # of a reply that nobody sees
    department_link: Link
    other: Link  # the same article in the other language
    footer: list[str]


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def _linked(line: str, content: Content) -> str:
    markup = _escape(line)
    if content.linked:
        for cited in content.cited:
            href = f"{PREFIXES[content.lang]}/article/{cited}"
            markup = markup.replace(f"#{cited}", f'<a href="{href}">#{cited}</a>')
    return markup


def _essay(lines: tuple[str, ...]) -> list[tuple[str, str]]:
    typed = []
    for line in lines:
        kind = "li" if line.startswith("- ") else "h" if line.endswith((":", "：")) else "p"
        typed.append((kind, _escape(line)))
    return typed


def _card(card: Card, labels: Labels, prefix: str) -> CardView:
    answered = labels.doctor.format(doctor=card.doctor, department=card.department)
    return CardView(
        title=_escape(card.title),
        href=f"{prefix}/article/{card.number}",
        question=card.question.markup,
        doctor=_escape(answered) if card.doctor else None,
        reply=card.reply.markup if card.reply else None,
    )


def view(content: Content, *, worded: bool, rendered: str) -> View:
    """The view of a page; `worded`: its menu uses label words; `rendered`: the template's day."""
    labels, prefix = LABELS[content.lang], PREFIXES[content.lang]
    name = _escape(content.name)
    asker = labels.asker.format(
        name=name,
        low=content.age,
        high=content.age + 9,
        sex=labels.sex[content.sex],
    )
    ask_date = labels.ask_date.format(day=content.asked)
    title, department = _escape(content.title), _escape(content.department)
    other = PREFIXES[1 - content.lang]
    return View(
        labels=labels,
        similar_label=_escape(labels.similar),
        title=title,
        department=department,
        heading=f"{title} - {department}",
        headline=_escape(content.headline),
        lines=[_linked(line, content) for line in content.lines],
        name=name,
        band=asker.removeprefix(name),
        ask_date=ask_date,
        asker=f"{asker} {ask_date}",
        replies=[
            ReplyView(
                doctor=labels.doctor.format(
                    doctor=_escape(reply.doctor), department=_escape(reply.department)
                ),
                lines=[_escape(line) for line in reply.lines],
                date=labels.reply_date.format(day=reply.day),
            )
            for reply in content.replies
        ],
        essay=_essay(content.essay),
        cards=[_card(card, labels, prefix) for card in content.cards],
        tags=[
            (_escape(name), f"({_escape(area)})", f"{prefix}/faq/{slug}")
            for name, area, slug in content.tags
        ],
        menu=[
            (label, prefix + path)
            for label, path in (labels.worded_menu if worded else labels.menu)
        ],
        old_date=labels.reply_date.format(day="1999/01/01"),
        department_link=(department, f"{prefix}/department/{content.department_slug}"),
        other=(labels.other_language, f"{other}/article/{content.number}"),
        footer=[labels.notice, rendered],
    )
