"""What a process cost, by the operating system's own account."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

REPO = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Cost:
    """One finished process."""

    cpu: float  # seconds, user and system
    peak: float  # MB of resident memory
    output: str

    def per_page(self, pages: int) -> float:
        """Milliseconds of CPU for one page."""
        return self.cpu * 1000 / pages


def run(arguments: Sequence[str], log: Path) -> Cost:
    """Run `python ARGUMENTS` to its end. Raises RuntimeError when it fails."""
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, *arguments], stdout=subprocess.PIPE, stderr=errors, cwd=REPO
        )
        assert process.stdout is not None
        output = process.stdout.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        process.stdout.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments} failed: {log.read_text()[-2000:]}")
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
