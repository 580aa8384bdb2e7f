"""Counts a run's requests against its budget, `--max-pages`."""

from collections.abc import Iterable


class Budget:
    """How many requests a run has made, and may still make."""

    def __init__(self, limit: int | None = None, starts: Iterable[str] = ()) -> None:
        """`limit`: None if there is none; `starts`: the URLs of the start pages."""
        self._limit = limit
        self._starts = frozenset(starts)
        self._requested_starts: set[str] = set()
        self._spent = 0

    def spend(self, url: str) -> None:
        """Count a request for the URL."""
        self._spent += 1
        if url in self._starts:
            self._requested_starts.add(url)

    def refund(self) -> None:
        """Take back a request that was not sent."""
        self._spent -= 1

    @property
    def is_spent(self) -> bool:
        """Whether no further request may be made."""
        return self._limit is not None and self._spent >= self._limit

    @property
    def is_at_last_request(self) -> bool:
        """Whether one request is left, and an earlier one was to no start page.

        It goes to a URL that ended an earlier run, if there is one.
        """
        is_last = self._limit is not None and self._spent == self._limit - 1
        return is_last and self._spent > len(self._requested_starts)
