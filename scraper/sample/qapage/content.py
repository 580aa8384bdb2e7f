"""What one question of the sample forum says, before any markup."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from scraper.sample import article, replying
from scraper.sample.catalogue import Catalogue
from scraper.sample.chance import Salt, dice, mix, pick
from scraper.sample.history import State
from scraper.sample.speaking import Speaker

AUTHORS = (
    "mossy_stone", "Kiki B.", "paperboat", "Old Fern", "tin whistle", "Rae of Sunfield", "quince",
    "blue.kettle", "Harbour Cat", "ninepins", "lentil soup", "Wren & Co", "slowtrain", "M. Alder",
    "night heron", "ginger_root", "two left feet", "Pebble", "oak, the second", "Dr. Marmalade",
)  # fmt: skip
MARKUPS = ("jsonld", "graph", "microdata", "both", "quirky-jsonld", "quirky-microdata")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer."""

    number: int
    author: str
    lines: tuple[str, ...]
    at: datetime
    votes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A question and its answers; the first is the accepted one where `accepted`."""

    number: int
    path: str  # of its page
    title: str
    author: str
    lines: tuple[str, ...]
    at: datetime
    votes: int
    answers: tuple[Answer, ...]
    accepted: bool
    markup: str  # one of MARKUPS
    others: tuple[tuple[str, str], ...]  # path and title of questions linked from here


def path(site: Catalogue, index: int) -> str:
    """A question's path."""
    title = article.question_text(site, index, 0).title
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return f"/questions/{site.numbers.number(index)}/{slug}"


def content_of(site: Catalogue, index: int, state: State) -> Content:
    """What the page says when its content is in the given state."""
    asked = article.question_text(site, index, 0)
    at = site.history.asked_at(index).replace(microsecond=0)
    rng = dice(site.seed, Salt.TAGS, index)
    return Content(
        number=site.numbers.number(index),
        path=path(site, index),
        title=asked.title,
        author=pick(rng, AUTHORS),
        lines=asked.lines,
        at=at,
        votes=int(rng.random() * 40) - 3,
        answers=_answers(site, index, state, at),
        accepted=rng.random() < 0.6,  # noqa: PLR2004
        markup=MARKUPS[mix(site.seed, Salt.LAYOUT, index) % len(MARKUPS)],
        others=tuple(
            (path(site, other), article.question_text(site, other, 0).title)
            for other in article.similar(site, index)
        ),
    )


def _answers(site: Catalogue, index: int, state: State, at: datetime) -> tuple[Answer, ...]:
    rng = dice(site.seed, Salt.REPLY, index, 7)
    first = article.answers(site, index, 0, state.version)[:1]
    texts = [reply.lines for reply in first]
    is_late = bool(first) and "unanswered" in site.oddities(index)
    first_at = article.first_edited_at(site, index) if is_late else at
    for _ in range(int(rng.random() * 4) if first else 0):
        speaker = Speaker(rng, site.topic(index), site.department(index), 0)
        lines = speaker.sentences(replying.EXPLAINING, 0, 2) + speaker.sentences(
            replying.ADVISING, 1, 3
        )
        texts.append(article.naive_lines(lines))
    return tuple(
        Answer(
            number=site.numbers.number(index) * 10 + place,
            author=pick(rng, AUTHORS),
            lines=lines,
            at=(at if place else first_at) + timedelta(hours=1 + place * 5),
            votes=int(rng.random() * 30) - 2,
        )
        for place, lines in enumerate(texts)
    )
