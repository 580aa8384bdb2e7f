"""How a sample site changes from revision to revision: one week each, all of it known."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from scraper.sample.chance import Salt, mix

FIRST = datetime(2026, 9, 7, 9, tzinfo=UTC)
"""The moment of revision 1."""
_OPENED = datetime(2018, 3, 1, 2, tzinfo=UTC)  # the first question was asked
_NEVER, _SELDOM, _OFTEN = (0, 0), (40, 8), (420, 4)  # of 1,000 a revision: edited, gone


def moment(revision: int) -> datetime:
    """When a revision was reached."""
    return FIRST + timedelta(weeks=revision - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What had become of one question at some revision."""

    born: int  # revision at which it first existed
    version: int  # edits so far
    edited: int  # revision of the last change of content; `born` without one
    template: int  # changes so far that altered bytes but no content
    changed: int  # revision of the last change of bytes
    gone: bool
    gone_status: int  # 404 or 410, when gone
    content_at: datetime  # of the last change of content
    changed_at: datetime  # of the last change of bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What one revision did, as the questions' numbers on the site."""

    new: frozenset[int] = field(default_factory=frozenset)
    edited: frozenset[int] = field(default_factory=frozenset)
    gone: frozenset[int] = field(default_factory=frozenset)
    template_only: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class History:
    """The fate of every question, by its index."""

    seed: int
    questions: int  # at revision 1

    def step(self) -> int:
        """Questions added by each revision."""
        return max(2, self.questions // 50)

    def count(self, revision: int) -> int:
        """Questions ever given out up to a revision, those gone since included."""
        return self.questions + (revision - 1) * self.step()

    def born(self, index: int) -> int:
        """The revision at which a question first existed."""
        return 1 if index < self.questions else 2 + (index - self.questions) // self.step()

    def event(self, index: int, revision: int) -> str | None:
        """What a revision did to a question: "gone", "edited", "template" or nothing."""
        pace = mix(self.seed, Salt.PACE, index) % 100
        edits, leaves = _NEVER if pace < 55 else _SELDOM if pace < 92 else _OFTEN  # noqa: PLR2004
        draw = mix(self.seed, Salt.EVENT, index, revision) % 1000
        if draw < leaves:
            return "gone"
        if draw < leaves + edits:
            return "edited"
        return "template" if draw >= 950 else None  # noqa: PLR2004

    def asked_at(self, index: int) -> datetime:
        """The moment of asking, rising with the index."""
        born = self.born(index)
        if born > 1:
            place = (index - self.questions) % self.step()
            return moment(born) - timedelta(days=6) + timedelta(days=3) * place / self.step()
        span = FIRST - timedelta(days=12) - _OPENED
        return _OPENED + span * index / self.questions

    def state(self, index: int, revision: int) -> State:
        """What had become of the question; `revision` must not lie before its birth."""
        born = self.born(index)
        version = template = 0
        edited = changed = born
        gone = False
        for now in range(born + 1, revision + 1):
            what = self.event(index, now)
            if what is None:
                continue
            changed = now
            if what == "gone":
                gone = True
                break
            if what == "edited":
                version, edited = version + 1, now
            else:
                template += 1
        return State(
            born=born,
            version=version,
            edited=edited,
            template=template,
            changed=changed,
            gone=gone,
            gone_status=410 if mix(self.seed, Salt.EVENT, index) % 2 else 404,
            content_at=self._when(index, born, edited),
            changed_at=self._when(index, born, changed),
        )

    def living(self, revision: int) -> Iterator[int]:
        """Indexes of the questions that can be read at a revision, ascending."""
        for index in range(self.count(revision)):
            if not self.state(index, revision).gone:
                yield index

    def _when(self, index: int, born: int, revision: int) -> datetime:
        if revision == born:
            return self.asked_at(index).replace(microsecond=0) + timedelta(days=3)
        hours = mix(self.seed, Salt.WHEN, index, revision) % 160
        return moment(revision) - timedelta(hours=hours, minutes=17)
