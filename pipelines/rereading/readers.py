"""Worker processes that reread captures, each with its own connection and open files."""

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from pathlib import Path

from pipelines.database import open_reader
from pipelines.errors import StorageError
from pipelines.rereading.rereader import Reread, Rereader
from scraper.site import Site, Sites

_AHEAD = 3  # batches for each process: enough that none waits, few enough to hold in memory
# Forked processes have everything imported. Elsewhere the system's own libraries forbid it.
_METHOD = "fork" if sys.platform == "linux" else "spawn"


@contextmanager
def readers(processes: int, sites: Sites) -> Iterator["Readers"]:
    """Readers in that many processes; with 0 or 1, in this process.

    The processes start at once, before the caller opens anything that they would inherit.
    """
    if processes <= 1:
        yield Readers(None, 1, sites)
        return
    pool = ProcessPoolExecutor(
        processes, multiprocessing.get_context(_METHOD), initializer=partial(_initialize, sites)
    )
    try:
        pool.submit(os.getpid).result()
        yield Readers(pool, processes, sites)
    finally:
        pool.shutdown(cancel_futures=True)


class Readers:
    """Rereads batches of URLs, in worker processes if there are any."""

    def __init__(self, pool: ProcessPoolExecutor | None, processes: int, sites: Sites) -> None:
        self._pool = pool
        self._sites = sites
        self._ahead = processes * _AHEAD

    def read(
        self, folder: Path, recorded_at: str, jobs: Iterable[Sequence[int]]
    ) -> Iterator[list[Reread]]:
        """Yield the result of each job, in the order of the jobs. Raises StorageError."""
        if self._pool is None:
            with open_reader(folder) as db:
                rereader = Rereader(db, folder, self._sites, recorded_at)
                for job in jobs:
                    yield list(map(rereader.read, job))
            return
        waiting: deque[Future[list[Reread]]] = deque()
        try:
            for job in jobs:
                waiting.append(self._pool.submit(_run_job, folder, recorded_at, job))
                if len(waiting) >= self._ahead:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise StorageError(
                "a reading process was ended from outside (by a lack of memory?): give the same"
                " command again, with fewer --workers."
            ) from error


_sites: dict[str, type[Site]] = {}
_open = ExitStack()


def _run_job(folder: Path, recorded_at: str, urls: Sequence[int]) -> list[Reread]:
    """One job, in a process of the pool."""
    return list(map(_rereader(folder, recorded_at).read, urls))


@cache
def _rereader(folder: Path, recorded_at: str) -> Rereader:
    return Rereader(_open.enter_context(open_reader(folder)), folder, _sites, recorded_at)


def _initialize(sites: Sites) -> None:
    """Leave Ctrl-C to the parent, and end with it: nobody else would end this process."""
    _sites.update(sites)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
