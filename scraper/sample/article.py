"""A question's words: what was asked, answered and added, as lines of plain text."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from scraper.sample import asking, essays, replying
from scraper.sample.catalogue import Catalogue
from scraper.sample.chance import Salt, dice, mix, pick, several
from scraper.sample.people import Doctor, asker_name, doctor
from scraper.sample.speaking import Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionText:
    """What the asker wrote."""

    title: str
    headline: str
    lines: tuple[str, ...]
    cited: tuple[int, ...] = ()  # indexes of the questions that it mentions
    linked: bool = False  # the mention is "#N", which the site turns into a link


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One doctor's reply."""

    doctor: Doctor
    lines: tuple[str, ...]
    on: date


def asked_on(site: Catalogue, index: int) -> date:
    """The day of asking."""
    return site.history.asked_at(index).date()


@lru_cache(maxsize=4096)  # by its neighbours too, again and again
def question_text(site: Catalogue, index: int, lang: int) -> QuestionText:
    """Write a question; its texts in the two languages are translations of each other."""
    rng = dice(site.seed, Salt.QUESTION, index)
    speaker = Speaker(rng, site.topic(index), site.department(index), lang)
    title, headline = speaker.sentence(asking.TITLES), speaker.sentence(asking.HEADLINES)
    lines = speaker.sentences(asking.OPENERS, 0, 1) + speaker.sentences(asking.TELLING, 2, 5)
    oddities = site.oddities(index)
    cited: tuple[int, ...] = ()
    linked = False
    if "mention" in oddities and site.questions > 1:
        cited = (_another_question(site, index, rng.random()),)
        pattern = pick(rng, asking.MENTIONS)
        linked = "#" in pattern[0]
        speaker.words["cited"] = f"{site.numbers.number(cited[0]):03}"
        lines.append(speaker.fill(pattern))
    if "hostile" in oddities:
        lines.append(pick(rng, asking.HOSTILE))
    lines += speaker.sentences(asking.TRIED, 1, 5) + speaker.sentences(asking.ASKING, 1, 3)
    lines += speaker.sentences(asking.THANKS, 0, 1)
    return QuestionText(
        title=title, headline=headline, lines=naive_lines(lines), cited=cited, linked=linked
    )


def answers(site: Catalogue, index: int, lang: int, version: int) -> tuple[Answer, ...]:
    """The replies after `version` edits; the first edit of an unanswered question answers it."""
    oddities = site.oddities(index)
    if "unanswered" in oddities and not version:
        return ()
    first = _answer(site, index, lang, 0)
    edits = range(1 + ("unanswered" in oddities), version + 1)
    lines = list(first.lines)
    for edit in edits:
        _edit(site, index, lang, lines, edit)
    on = _replied_on(site, index, version)
    replies: tuple[Answer, ...] = (Answer(doctor=first.doctor, lines=tuple(lines), on=on),)
    if "several-replies" in oddities:
        second = _answer(site, index, lang, 1)
        replies += (Answer(doctor=second.doctor, lines=second.lines, on=on),)
    return replies


def essay(site: Catalogue, index: int, lang: int) -> tuple[str, ...]:
    """The site's own essay: a line that ends in a colon is a heading, "- " marks a list item."""
    if "no-essay" in site.oddities(index):
        return ()
    rng = dice(site.seed, Salt.ESSAY, index)
    speaker = Speaker(rng, site.topic(index), site.department(index), lang)
    lines = [speaker.sentence(essays.INTROS)]
    headings = several(rng, essays.HEADINGS, 4 + int(rng.random() * 3))
    body = several(rng, essays.BODY, len(essays.BODY))
    for place, heading in enumerate(headings):
        lines.append(speaker.fill(heading))
        lines += [speaker.fill(pattern) for pattern in body[place * 2 : place * 2 + 2]]
    for pattern in several(rng, essays.LISTS, 2):
        lines.append(speaker.fill(pattern))
        lines += speaker.sentences(essays.ITEMS, 2, 4)
    lines.append(speaker.sentence(essays.ENDINGS))
    return tuple(lines)


def similar(site: Catalogue, index: int) -> tuple[int, ...]:
    """Indexes of up to four other questions, some of the same topic or department.

    They are chosen when a question is first published and stay, even if one is taken down.
    """
    if "no-similar" in site.oddities(index):
        return ()
    rng = dice(site.seed, Salt.SIMILAR, index)
    department, topic = site.department(index).number, site.topic(index)
    known = site.history.question_count(site.history.born(index))
    draws = [site.topic_member(topic, int(rng.random() * (known // 48 + 1))) for _ in range(3)]
    draws += [
        site.department_member(department, int(rng.random() * (known // 12 + 1))) for _ in range(3)
    ]
    draws += [int(rng.random() * known) for _ in range(8)]
    chosen = [other for other in dict.fromkeys(draws) if other != index and other < known]
    return tuple(chosen[:4])


def tags(site: Catalogue, index: int) -> tuple[int, ...]:
    """Numbers of the topics that tag the question, its own first."""
    if "no-tags" in site.oddities(index):
        return ()
    rng = dice(site.seed, Salt.TAGS, index)
    own = site.topic(index).number
    near = [*several(rng, site.department(index).topics, 3), int(rng.random() * len(site.topics))]
    return tuple(dict.fromkeys([own, *near]))


def naive_lines(lines: list[str]) -> tuple[str, ...]:
    """Break lines after each "Dr.", as a naive sentence splitter does."""
    return tuple(part for line in lines for part in line.replace("Dr. ", "Dr.\n").split("\n"))


def _another_question(site: Catalogue, index: int, draw: float) -> int:
    other = int(draw * (site.questions - 1))
    return other if other < index else other + 1


def _answer(site: Catalogue, index: int, lang: int, place: int) -> Answer:
    rng = dice(site.seed, Salt.REPLY, index, place)
    department = site.department(index)
    who = doctor(site.seed, department.number, int(rng.random() * 6))
    speaker = Speaker(rng, site.topic(index), department, lang)
    asker = site.asker(index)
    speaker.words["Name"] = speaker.words["name"] = asker_name(asker.family, asker.title, lang)
    for key, pair in (("family", who.family), ("hospital", who.hospital)):
        speaker.words[key] = speaker.words[key.capitalize()] = pair[lang]
    lines = [speaker.sentence(replying.SECOND if place else replying.GREETINGS)]
    lines += speaker.sentences(replying.EXPLAINING, 0, 6)
    lines += speaker.sentences(replying.ADVISING, 1, 6)
    lines += speaker.sentences(replying.CLOSINGS, 0, 2)
    return Answer(doctor=who, lines=naive_lines(lines), on=asked_on(site, index))


def _edit(site: Catalogue, index: int, lang: int, lines: list[str], edit: int) -> None:
    rng = dice(site.seed, Salt.EDIT, index, edit)
    line = Speaker(rng, site.topic(index), site.department(index), lang).sentence(replying.ADDENDA)
    place = 1 + int(rng.random() * len(lines) * 2)
    if place < len(lines) and lines[place] != line:
        lines[place] = line
    else:
        lines.append(line)


def _replied_on(site: Catalogue, index: int, version: int) -> date:
    if version and "unanswered" in site.oddities(index):
        return first_edited_at(site, index).date()
    days = mix(site.seed, Salt.REPLY, index) % 3
    return asked_on(site, index) + timedelta(days=days)


def first_edited_at(site: Catalogue, index: int) -> datetime:
    """When the article was first edited, whenever that came; a late answer came by that."""
    now = site.history.born(index) + 1
    while site.history.event(index, now) != "edited":
        now += 1
    return site.history.state(index, now).content_at
