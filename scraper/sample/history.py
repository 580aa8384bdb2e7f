"""When a sample site publishes, edits and takes down its questions; a revision lasts a week."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from scraper.sample.chance import Salt, mix

FIRST = datetime(2026, 9, 7, 9, tzinfo=UTC)
"""The moment of revision 1."""
_OPENED = datetime(2018, 3, 1, 2, tzinfo=UTC)  # the first question was asked
_NEVER, _SELDOM, _OFTEN = (0, 0), (40, 8), (420, 4)  # in 1,000 a revision: edited, taken down
_NEVER_CHANGE, _SELDOM_CHANGE = 55, 37  # percent of the questions; the others change often
_REDECORATED = 50  # in 1,000 a revision: other bytes, same content


def moment(revision: int) -> datetime:
    """When a revision was reached."""
    return FIRST + timedelta(weeks=revision - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The state of one question at some revision."""

    version: int  # edits so far
    edited: int  # revision of the last edit, or that published it
    template: int  # changes so far of the template only: other bytes, same content
    gone: bool
    gone_status: int  # 404 or 410, when gone
    content_at: datetime  # of the last change of content
    changed_at: datetime  # of the last change of bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What one revision changed: the questions' numbers on the site."""

    new: frozenset[int]
    edited: frozenset[int]
    gone: frozenset[int]
    template_only: frozenset[int]


@dataclass(frozen=True, slots=True)
class History:
    """When each question is published, edited and taken down, by its index."""

    seed: int
    questions: int  # at revision 1

    def step(self) -> int:
        """Questions added by each revision."""
        return max(2, self.questions // 50)

    def question_count(self, revision: int) -> int:
        """Questions published up to a revision, those taken down since included."""
        return self.questions + (revision - 1) * self.step()

    def born(self, index: int) -> int:
        """The revision that published a question."""
        return 1 if index < self.questions else 2 + (index - self.questions) // self.step()

    def event(self, index: int, revision: int) -> str | None:
        """What a revision does to a question: "gone", "edited", "template" or None."""
        pace = mix(self.seed, Salt.PACE, index) % 100
        if pace < _NEVER_CHANGE:
            edits, removals = _NEVER
        elif pace < _NEVER_CHANGE + _SELDOM_CHANGE:
            edits, removals = _SELDOM
        else:
            edits, removals = _OFTEN
        draw = mix(self.seed, Salt.EVENT, index, revision) % 1000
        if draw < removals:
            return "gone"
        if draw < removals + edits:
            return "edited"
        return "template" if draw >= 1000 - _REDECORATED else None

    def asked_at(self, index: int) -> datetime:
        """When a question was asked; rises with the index."""
        born = self.born(index)
        if born > 1:
            place = (index - self.questions) % self.step()
            return moment(born) - timedelta(days=6) + timedelta(days=3) * place / self.step()
        span = FIRST - timedelta(days=12) - _OPENED
        return _OPENED + span * (index / self.questions)

    def state(self, index: int, revision: int) -> State:
        """The state of a question; it must have been published by that revision."""
        born = self.born(index)
        version = template = 0
        edited = changed = born
        gone = False
        for now in range(born + 1, revision + 1):
            event = self.event(index, now)
            if event is None:
                continue
            changed = now
            if event == "gone":
                gone = True
                break
            if event == "edited":
                version, edited = version + 1, now
            else:
                template += 1
        return State(
            version=version,
            edited=edited,
            template=template,
            gone=gone,
            gone_status=410 if mix(self.seed, Salt.EVENT, index) % 2 else 404,
            content_at=self._when(index, born, edited),
            changed_at=self._when(index, born, changed),
        )

    def _when(self, index: int, born: int, revision: int) -> datetime:
        if revision == born:
            return self.asked_at(index).replace(microsecond=0) + timedelta(days=3)
        hours = mix(self.seed, Salt.WHEN, index, revision) % 160
        return moment(revision) - timedelta(hours=hours, minutes=17)
