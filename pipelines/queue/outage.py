"""Detects that the whole site fails or refuses all requests, not just a page."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import NamedTuple

from scraper.items import SOUND, Outcome, Visit

_ROW = 30  # equal failures in a row; then a page that could be read is tried
_WAITS = 2  # before a site that is down is given up: `retry.backoff`, so a minute, then four


class _Failure(NamedTuple):
    """What makes failures equal."""

    is_down: bool  # no response, or a status from 500 on; else it is a refusal
    what: int = 0  # the status of a refusal, or at status 200 the hash of the body


_DOWN = _Failure(is_down=True)
_TELL_NOTHING = (Outcome.DENIED, Outcome.MOVED)  # by robots.txt, or by what stands before a site


@dataclass
class OutageWatch:
    """Watches the visits of a run, in their order, for a site that fails all of them.

    Pages may fail or be forbidden for good, and many in a row: drafts, or a members' area. So after
    a row of failures the frontier requests a page of their kind again that could be read, the
    probe. If that fails too, all do. A refusal is final then; a site that is down may come back
    within minutes, so it is probed again after a wait, twice.
    """

    probe: str | None = None  # its URL, until it is answered
    failed_probes: int = 0  # in a row, and as the pages before
    _answered: bool = False
    _robots_unreachable: bool = False
    _failure: _Failure | None = None  # of the last failures in a row
    _failures: int = 0  # how many they are

    def note(self, visit: Visit) -> None:
        """Take a visit into account."""
        self._robots_unreachable |= any(p.code == "robots-unreachable" for p in visit.problems)
        failure = _failure_of(visit)
        self._answered |= failure != _DOWN and visit.outcome is not Outcome.DENIED
        is_probe = visit.url == self.probe
        if is_probe:
            self.probe = None
        if failure is None:
            is_well = visit.outcome in SOUND
            if is_well or (is_probe and visit.outcome not in _TELL_NOTHING):
                self._failures, self.failed_probes, self.probe = 0, 0, None
        elif failure == self._failure:
            self._failures += 1
            self.failed_probes += is_probe
        else:
            self._failure, self._failures, self.failed_probes = failure, 1, 0

    def is_failed_probe(self, visit: Visit) -> bool:
        """Whether a visit, not noted yet, tells of the site and not of its page."""
        return visit.url == self.probe and _failure_of(visit) == self._failure

    @property
    def is_unreachable(self) -> bool:
        """Whether the site as a whole is out of reach; its URLs stay due."""
        return self._robots_unreachable or (self.is_down and self.failed_probes > _WAITS)

    @property
    def is_turned_away(self) -> bool:
        """Whether the site has refused the probe as well."""
        return not self.is_down and self.failed_probes > 0

    @property
    def is_down(self) -> bool:
        """Whether the last failures were those of a site that is down."""
        return self._failure is not None and self._failure.is_down

    @property
    def needs_probe(self) -> bool:
        """Whether it is time to try a page that could be read."""
        return self.probe is None and (self._failures >= _ROW or self.failed_probes > 0)

    @property
    def never_answered(self) -> bool:
        """Whether all that was requested failed as at a site that is down."""
        return self.is_down and not self._answered


def _failure_of(visit: Visit) -> _Failure | None:
    """None if the visit has not failed, or its page alone has, or the site asks for patience."""
    capture = visit.capture
    if visit.outcome not in (Outcome.LATER, Outcome.PROBLEM):
        return None
    if capture is None or capture.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _DOWN
    if visit.outcome is Outcome.LATER or capture.status == HTTPStatus.NOT_MODIFIED:
        return None
    is_page = capture.status == HTTPStatus.OK
    return _Failure(is_down=False, what=hash(capture.body) if is_page else capture.status)
