"""Disks that are really full, or read-only."""

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.disks import disk
from tests.faults.plays import reply
from tests.faults.server import Behaviour, FaultServer
from tests.forked import python_m
from tests.numbered import ids, page, put

PAGES = 150


def incompressible(number: int) -> Behaviour:
    words = " ".join(f"knee {number * 7919 + k * 104729}" for k in range(1500))
    return reply(200, body=page(number, words))


@pytest.fixture
def site() -> Iterator[FaultServer]:
    with FaultServer() as server:
        put(server, PAGES, incompressible)
        yield server


def run(archive: Path, url: str) -> tuple[int, str]:
    """Exit status and standard error of the command."""
    done = python_m("tests.toy_command", "--archive", archive, "--base-url", url)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    "megabytes", [2, *(pytest.param(size, marks=pytest.mark.campaign) for size in (3, 5))]
)
def test_a_disk_that_fills_up_ends_the_run_and_loses_nothing(
    tmp_path: Path, site: FaultServer, megabytes: int
) -> None:
    with disk(tmp_path / "disk", f"size={megabytes}m") as place:
        archive = place / "a"
        status, told = run(archive, site.url("/"))
        assert status == 3, told
        assert told.count("\n") == 1
        assert "make room" in told
        asked = len(site.log)
        assert asked < PAGES
        more = ["mount", "-o", "remount,size=64m", str(place)]
        subprocess.run(more, check=True)
        status, told = run(archive, site.url("/"))
        assert status == 0, told
        assert ids(archive) == set(range(PAGES))


def test_a_disk_without_inodes_needs_room(tmp_path: Path, site: FaultServer) -> None:
    with disk(tmp_path / "disk", "size=8m,nr_inodes=2") as place:
        status, told = run(place / "a", site.url("/"))
    assert (status, told.count("\n")) == (3, 1)
    assert "make room" in told


def test_a_read_only_file_system_is_told_at_once(tmp_path: Path, site: FaultServer) -> None:
    with disk(tmp_path / "disk", "size=8m") as place:
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        status, told = run(place / "a", site.url("/"))
        assert status == 3
        assert told.count("\n") == 1
        assert site.log == []


def test_a_file_system_that_turns_read_only_ends_the_run(tmp_path: Path, site: FaultServer) -> None:
    """As Linux makes a disk that fails; an archive made before is opened on it."""
    site.play("/", [reply(200, body=b'<a href="/q/1"><a href="/q/2">')])
    with disk(tmp_path / "disk", "size=64m") as place:
        status, told = run(place / "a", site.url("/"))
        assert status == 0, told
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        site.log.clear()
        status, told = run(place / "a", site.url("/"))
        assert status == 3
        assert told.count("\n") == 1
        assert site.log == []


@pytest.mark.campaign
def test_how_soon_a_full_disk_ends_the_run(
    tmp_path: Path, site: FaultServer, record_property: Callable[[str, object], None]
) -> None:
    """From the last request that was answered to the end of the process."""
    waits = []
    for number in range(10):
        with disk(tmp_path / f"disk{number}", f"size={2000 + 300 * number}k") as place:
            site.log.clear()
            status, told = run(place / "a", site.url("/"))
            assert status == 3, told
            waits.append(time.monotonic() - site.log[-1].at)
    record_property("seconds", round(max(waits), 2))
    assert max(waits) < 5
