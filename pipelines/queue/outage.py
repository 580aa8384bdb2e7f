"""Detects that the whole site cannot be reached or refuses all requests, not just a page."""

from dataclasses import dataclass
from http import HTTPStatus

from scraper.items import Outcome, Visit

# New URLs in a row without a response, each with a weight by its problem: with so much the site is
# taken for unreachable.
_LOST_AT = 200
_WEIGHTS = {"refused": 20, "dns-failure": 20, "tls-error": 20, "timeout": 4}
_MOST_REFUSALS = 30  # equal ones in a row; then a page that could be read is tried


@dataclass
class OutageWatch:
    """Watches the visits of a run, in their order, for a site that does not answer."""

    _silence: int = 0

    def is_unreachable(self, visit: Visit, *, first_try: bool) -> bool:
        """Whether, after this visit, the site as a whole is out of reach; its URLs stay due.

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


@dataclass
class RefusalWatch:
    """Watches the visits of a run, in their order, for a firewall that refuses all of them.

    Pages may be forbidden for good, and many in a row: drafts, or a members' area. So after a row
    of refusals the frontier requests a page of their kind again that could be read, the probe. If
    that is refused too, all is.
    """

    probe: str | None = None  # its URL, until it is answered
    _refusal: int | None = None  # of the last refusals in a row, as of `_refusal_of`
    _refusals: int = 0  # how many they are

    def is_turned_away(self, visit: Visit) -> bool:
        """Whether, after this visit, the site has refused the probe as well."""
        refusal = _refusal_of(visit)
        is_probe = visit.url == self.probe
        if refusal is None:
            if is_probe or visit.outcome in (Outcome.FETCHED, Outcome.UNCHANGED):
                self._refusals, self.probe = 0, None
            return False
        self._refusals = self._refusals + 1 if refusal == self._refusal else 1
        self._refusal = refusal
        return is_probe

    @property
    def needs_probe(self) -> bool:
        """Whether it is time to try a page that could be read."""
        return self._refusals >= _MOST_REFUSALS and self.probe is None


def _refusal_of(visit: Visit) -> int | None:
    """The status of a refusal, or the hash of its body at status 200; None for other answers."""
    if visit.outcome is not Outcome.PROBLEM or visit.capture is None:
        return None
    if visit.capture.status == HTTPStatus.OK:
        return hash(visit.capture.body)
    is_client_error = visit.capture.status < HTTPStatus.INTERNAL_SERVER_ERROR
    return visit.capture.status if is_client_error else None
