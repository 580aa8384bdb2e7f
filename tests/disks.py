"""Small file systems in memory, to fill or to remount, and folders that are mounts."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def disk(place: Path, options: str) -> Iterator[Path]:
    """Mount a tmpfs with these options; skip the test where that is not allowed."""
    place.mkdir()
    with _mounted("-t", "tmpfs", "-o", options, "tmpfs", place):
        yield place


@contextmanager
def bound(place: Path, options: str = "rw") -> Iterator[None]:
    """Mount a folder on itself, as containers do with a folder of the same disk; skip as `disk`."""
    with _mounted("--bind", place, place):
        subprocess.run(["mount", "-o", f"remount,bind,{options}", str(place)], check=True)
        yield


@contextmanager
def _mounted(*words: object) -> Iterator[None]:
    mounting = ["mount", *map(str, words)]
    done = subprocess.run(mounting, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", mounting[-1]], check=True)
