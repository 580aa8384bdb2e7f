"""Detects that the whole site cannot be reached or refuses all requests, not just a page."""

from dataclasses import dataclass
from http import HTTPStatus

from scraper.items import Outcome, Visit

# New URLs in a row without a response, each with a weight by its problem: with so much the site is
# taken for unreachable.
_LOST_AT = 200
_WEIGHTS = {"refused": 20, "dns-failure": 20, "tls-error": 20, "timeout": 4}


@dataclass
class Reach:
    """Watches the visits of a run in their order."""

    _silence: int = 0

    def is_lost(self, visit: Visit, *, first_try: bool) -> bool:
        """True when the site as a whole is out of reach; its URLs stay due.

        Further tries of a URL do not count: at the end of a run only bad pages are left.
        """
        codes = {problem.code for problem in visit.problems}
        if "robots-unreachable" in codes:
            return True
        if visit.capture is not None:
            self._silence = 0
        elif first_try and visit.outcome is not Outcome.DENIED:
            self._silence += max((_WEIGHTS.get(code, 1) for code in codes), default=0)
        return self._silence >= _LOST_AT


_REFUSALS = 30  # equal ones in a row; then a page that could be read is tried


@dataclass
class Wall:
    """Watches the visits of a run in their order for a firewall that blocks the crawler.

    Pages may be forbidden for good, and many in a row: drafts, or a members' area. So after a row
    of refusals the frontier requests a page of their kind again that could be read, the probe. If
    that is refused too, all is.
    """

    probe: str | None = None  # its URL, until it is answered
    _answer: int | None = None  # to all of the row
    _row: int = 0

    def is_met(self, visit: Visit) -> bool:
        """True when the site refuses the probe as well."""
        answer = _refusal(visit)
        is_probe = visit.url == self.probe
        if answer is None:
            if is_probe or visit.outcome in (Outcome.FETCHED, Outcome.UNCHANGED):
                self._row, self.probe = 0, None
            return False
        self._row = self._row + 1 if answer == self._answer else 1
        self._answer = answer
        return is_probe

    @property
    def needs_probe(self) -> bool:
        """Whether it is time to try a page that could be read."""
        return self._row >= _REFUSALS and self.probe is None


def _refusal(visit: Visit) -> int | None:
    """What refusals of one kind share, a status or the body; None for any other answer."""
    if visit.outcome is not Outcome.PROBLEM or visit.capture is None:
        return None
    if visit.capture.status == HTTPStatus.OK:
        return hash(visit.capture.body)
    is_client_error = visit.capture.status < HTTPStatus.INTERNAL_SERVER_ERROR
    return visit.capture.status if is_client_error else None
