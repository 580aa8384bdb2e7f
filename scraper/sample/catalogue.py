"""What a sample site holds: which question is about what, who asks, who answers, what is odd."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from scraper.sample.chance import Salt, dice, mix, pick
from scraper.sample.dealing import Deal, Numbers
from scraper.sample.history import Changes, History, State
from scraper.sample.people import FAMILIES, decade
from scraper.sample.topics import Department, Pair, Topic, vocabulary

RATES = {
    "contradicting-sex": 20,
    "unanswered": 30,
    "no-essay": 30,
    "no-tags": 30,
    "no-similar": 30,
    "several-replies": 15,
    "mention": 40,
    "hostile": 25,
    "comma-name": 20,
    "backslash": 40,
}
"""Oddities of SOURCES and their share of the questions, in thousandths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks, in no language yet."""

    family: Pair
    title: str  # "male" or "female", for Mr. or Ms.
    sex: str
    age: int  # lower end of the ten-year band


@dataclass(frozen=True)
class Catalogue:
    """The logical content of a site; every answer is computed from the index alone."""

    seed: int
    questions: int
    revision: int
    numbers: Numbers

    @cached_property
    def history(self) -> History:
        """The fate of every question."""
        return History(self.seed, self.questions)

    @cached_property
    def departments(self) -> tuple[Department, ...]:
        """All departments."""
        return vocabulary()[0]

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """All topics."""
        return vocabulary()[1]

    @cached_property
    def _deal(self) -> Deal:
        return Deal(self.seed, Salt.DEAL, len(self.departments))

    @cached_property
    def count(self) -> int:
        """Questions ever given out by now."""
        return self.history.count(self.revision)

    def _topics_of(self, department: int) -> Deal:
        return Deal(
            mix(self.seed, department), Salt.TOPIC, len(self.departments[department].topics)
        )

    def department(self, index: int) -> Department:
        """The department asked."""
        return self.departments[self._deal.group(index)]

    def topic(self, index: int) -> Topic:
        """What the question is about."""
        department = self.department(index)
        rank = index // len(self.departments)
        return self.topics[department.topics[self._topics_of(department.number).group(rank)]]

    def size(self, department: int) -> int:
        """Questions ever asked in a department."""
        return self._deal.size(department, self.count)

    def member(self, department: int, rank: int) -> int:
        """The index of a department's rank-th question, oldest first."""
        return self._deal.member(department, rank)

    def on_topic(self, topic: Topic) -> range:
        """Places of the questions about a topic; `topic_member` tells their index."""
        place = self.departments[topic.department].topics.index(topic.number)
        return range(self._topics_of(topic.department).size(place, self.size(topic.department)))

    def topic_member(self, topic: Topic, place: int) -> int:
        """The index of a topic's question at a place, oldest first."""
        group = self.departments[topic.department].topics.index(topic.number)
        return self.member(topic.department, self._topics_of(topic.department).member(group, place))

    def state(self, index: int) -> State:
        """What has become of a question by now."""
        return self.history.state(index, self.revision)

    def lives(self, index: int) -> bool:
        """Whether its page can be read now."""
        return 0 <= index < self.count and not self.state(index).gone

    def oddities(self, index: int) -> frozenset[str]:
        """What is odd about a question, by the names in RATES."""
        return _oddities(self.seed, index)

    def asker(self, index: int) -> Asker:
        """Who asks."""
        rng = dice(self.seed, Salt.WORDS, index)
        sex = pick(rng, ("female", "male"))
        if self.department(index).name[0].startswith("Obstetrics"):
            sex = "female"
        other = "male" if sex == "female" else "female"
        title = other if "contradicting-sex" in self.oddities(index) else sex
        return Asker(family=pick(rng, FAMILIES), title=title, sex=sex, age=decade(rng))

    def index(self, number: int) -> int | None:
        """The index of a number that was given out by now, alive or gone; None for a hole."""
        index = self.numbers.index(number)
        return index if index is not None and index < self.count else None

    def changes(self, revision: int) -> Changes:
        """What a revision did; takes a walk over all questions."""
        found: dict[str, set[int]] = {
            "new": set(),
            "edited": set(),
            "gone": set(),
            "template": set(),
        }
        for index in range(self.history.count(revision)):
            if self.history.born(index) == revision:
                found["new"].add(self.numbers.number(index))
            elif not self.history.state(index, revision - 1).gone:
                what = self.history.event(index, revision)
                if what:
                    found[what].add(self.numbers.number(index))
        return Changes(
            new=frozenset(found["new"]),
            edited=frozenset(found["edited"]),
            gone=frozenset(found["gone"]),
            template_only=frozenset(found["template"]),
        )


@lru_cache(maxsize=8192)
def _oddities(seed: int, index: int) -> frozenset[str]:
    return frozenset(
        name
        for place, (name, rate) in enumerate(RATES.items())
        if mix(seed, Salt.ODDITY, index, place) % 1000 < rate
    )
