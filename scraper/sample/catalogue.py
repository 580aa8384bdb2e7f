"""The questions of a sample site: their topics, askers, numbers and oddities."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from scraper.sample.chance import Salt, dice, mix, pick
from scraper.sample.dealing import Deal, Numbers
from scraper.sample.history import Changes, History, State
from scraper.sample.people import FAMILIES, decade
from scraper.sample.topics import Department, Pair, Topic, vocabulary

ODDITY_RATES = {
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
"""The share of the questions that have each oddity, in thousandths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """The person who asks, independent of language."""

    family: Pair
    title: str  # "male" or "female", for Mr. or Ms.
    sex: str
    age: int  # lower end of the ten-year band


@dataclass(frozen=True)
class Catalogue:
    """The questions of a site, before any text or markup.

    A question is named by its index, from 0 in order of publication; everything about it is
    computed from the seed and the index, so that no question needs the others.
    """

    seed: int
    questions: int
    revision: int
    numbers: Numbers

    @cached_property
    def history(self) -> History:
        """When each question is published, edited and taken down."""
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
    def question_count(self) -> int:
        """Questions published up to this revision, those taken down since included."""
        return self.history.question_count(self.revision)

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

    def department_size(self, department: int) -> int:
        """Number of questions published in a department."""
        return self._deal.size(department, self.question_count)

    def department_member(self, department: int, rank: int) -> int:
        """The index of a department's question by its rank (from 0, oldest first)."""
        return self._deal.member(department, rank)

    def topic_size(self, topic: Topic) -> int:
        """Number of questions published about a topic."""
        group = self.departments[topic.department].topics.index(topic.number)
        total = self.department_size(topic.department)
        return self._topics_of(topic.department).size(group, total)

    def topic_member(self, topic: Topic, rank: int) -> int:
        """The index of a topic's question by its rank (from 0, oldest first)."""
        group = self.departments[topic.department].topics.index(topic.number)
        rank_in_department = self._topics_of(topic.department).member(group, rank)
        return self.department_member(topic.department, rank_in_department)

    def state(self, index: int) -> State:
        """The state of a question at this revision."""
        return self.history.state(index, self.revision)

    def is_living(self, index: int) -> bool:
        """Whether its page can be read now."""
        return 0 <= index < self.question_count and not self.state(index).gone

    def oddities(self, index: int) -> frozenset[str]:
        """The oddities of a question, by their names in ODDITY_RATES."""
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
        return index if index is not None and index < self.question_count else None

    def changes(self, revision: int) -> Changes:
        """What a revision changed; looks at every question."""
        numbers = {event: set[int]() for event in ("new", "edited", "gone", "template")}
        for index in range(self.history.question_count(revision)):
            if self.history.born(index) == revision:
                numbers["new"].add(self.numbers.number(index))
            elif not self.history.state(index, revision - 1).gone:
                event = self.history.event(index, revision)
                if event:
                    numbers[event].add(self.numbers.number(index))
        return Changes(
            new=frozenset(numbers["new"]),
            edited=frozenset(numbers["edited"]),
            gone=frozenset(numbers["gone"]),
            template_only=frozenset(numbers["template"]),
        )


@lru_cache(maxsize=8192)
def _oddities(seed: int, index: int) -> frozenset[str]:
    return frozenset(
        name
        for place, (name, rate) in enumerate(ODDITY_RATES.items())
        if mix(seed, Salt.ODDITY, index, place) % 1000 < rate
    )
