"""CPU time and peak memory of a process, as the operating system counts them."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGCONT, SIGSTOP
from time import sleep

REPO = Path(__file__).parents[2]
_TIME_SLICE = 0.5  # seconds


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of one finished process."""

    cpu: float  # seconds, user and system
    peak: float  # MB of resident memory
    output: str

    def per_page(self, pages: int) -> float:
        """Milliseconds of CPU for one page."""
        return self.cpu * 1000 / pages


def run(arguments: Sequence[str], log: Path) -> Cost:
    """Run `python ARGUMENTS` to its end. Raises RuntimeError when it fails."""
    cost = _cost(_start(arguments, log), log, 0)
    assert cost is not None
    return cost


def run_in_turn(*commands: tuple[Sequence[str], Path]) -> list[Cost]:
    """Run each (arguments, log) as `run` does, in turns of half a second.

    So a machine that is slow for a while slows all of them.
    """
    jobs = [(_start(arguments, log), log) for arguments, log in commands]
    costs: dict[Path, Cost] = {}
    for process, _ in jobs:
        os.kill(process.pid, SIGSTOP)
    try:
        while len(costs) < len(jobs):
            for process, log in jobs:
                if log not in costs and (cost := _turn(process, log)):
                    costs[log] = cost
    finally:
        for process, _ in jobs:
            process.kill()
    return [costs[log] for _, log in jobs]


def _start(arguments: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as errors, log.with_suffix(".out").open("wb") as output:
        command = [sys.executable, *arguments]
        return subprocess.Popen(command, stdout=output, stderr=errors, cwd=REPO)


def _turn(process: subprocess.Popen[bytes], log: Path) -> Cost | None:
    """Let it run for a moment; its cost if it has ended by then."""
    os.kill(process.pid, SIGCONT)
    sleep(_TIME_SLICE)
    os.kill(process.pid, SIGSTOP)
    return _cost(process, log, os.WNOHANG)


def _cost(process: subprocess.Popen[bytes], log: Path, options: int) -> Cost | None:
    """The cost of the process; None while it runs."""
    pid, status, usage = os.wait4(process.pid, options)
    if not pid:
        return None
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{process.args!r} failed: {log.read_text()[-2000:]}")
    output = log.with_suffix(".out").read_text()
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output)


@contextmanager
def sample_site(questions: int) -> Iterator[str]:
    """The adoctor sample site in a process of its own; its URL."""
    command = ["-m", "scraper.cli", "sample-site", "--questions", str(questions)]
    server = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, text=True, cwd=REPO
    )
    assert server.stdout is not None
    try:
        yield server.stdout.readline().strip()
    finally:
        server.terminate()
        server.wait()
        server.stdout.close()
