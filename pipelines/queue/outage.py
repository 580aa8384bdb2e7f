"""Detects that the whole site cannot be reached, not just a page."""

from dataclasses import dataclass

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
