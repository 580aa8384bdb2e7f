"""The vocabulary of the sample sites: departments, their topics and the words for each."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from scraper.sample.topics import bodies, families, nerves_and_mind

Pair = tuple[str, str]
"""The same words in English and in Traditional Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One complaint with clauses and noun phrases that sentences are made of."""

    number: int
    department: int
    name: Pair
    symptoms: tuple[Pair, ...]  # clauses in the asker's words
    causes: tuple[Pair, ...]  # noun phrases
    tests: tuple[Pair, ...]  # noun phrases
    helps: tuple[Pair, ...]  # gerunds in English, verb phrases in Chinese

    @property
    def slug(self) -> str:
        """The topic's place in a URL: "muscle-twitching"."""
        return self.name[0].lower().replace(" ", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """One medical department and the numbers of its topics."""

    number: int
    name: Pair
    topics: tuple[int, ...]

    @property
    def slug(self) -> str:
        """The department's place in a URL."""
        return self.name[0].lower().replace(" ", "-")


def _pair(text: str) -> Pair:
    english, _, chinese = text.partition(" | ")
    return english.strip(), chinese.strip()


def _blocks(text: str, mark: str) -> Iterator[tuple[Pair, str]]:
    for block in text.split(f"\n{mark} ")[1:]:
        head, _, rest = block.partition("\n")
        yield _pair(head), rest


def _topic(number: int, department: int, name: Pair, lines: list[str]) -> Topic:
    def words(mark: str) -> tuple[Pair, ...]:
        return tuple(_pair(line[2:]) for line in lines if line.startswith(f"{mark} "))

    return Topic(
        number=number,
        department=department,
        name=name,
        symptoms=words("s"),
        causes=words("c"),
        tests=words("t"),
        helps=words("h"),
    )


@cache
def vocabulary() -> tuple[tuple[Department, ...], tuple[Topic, ...]]:
    """All departments and all topics, in a fixed order."""
    departments: list[Department] = []
    topics: list[Topic] = []
    text = f"{nerves_and_mind.TEXT}{bodies.TEXT}{families.TEXT}"
    for name, rest in _blocks(text, "@"):
        own = [
            _topic(len(topics) + at, len(departments), topic, body.splitlines())
            for at, (topic, body) in enumerate(_blocks("\n" + rest, "#"))
        ]
        topics.extend(own)
        numbers = tuple(topic.number for topic in own)
        departments.append(Department(number=len(departments), name=name, topics=numbers))
    return tuple(departments), tuple(topics)
