"""A command that dies or meets a full disk: the archive is whole, and the same command goes on."""

import os
from pathlib import Path

import pytest

from tests.disks import disk
from tests.forgetting.searching import found
from tests.forgetting.toys import WORD, assert_gone, copy, forget, killed_at, make, said

ID = "toy:1:en"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "a"
    make(folder)
    (folder / "crawl.log").write_text(f"a\nOne {WORD}\nb\n", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("first", "stride"), [(3, 11), pytest.param(0, 1, marks=pytest.mark.campaign)]
)
def test_killed_at_a_change_of_a_file_it_goes_on(
    made: Path, tmp_path: Path, first: int, stride: int
) -> None:
    others = {key: record for key, record in said(made).items() if key != "1"}
    assert len(others) == 2
    step, half, trials = first, 0, 0
    while True:
        archive = copy(made, tmp_path / "a")
        if not killed_at(step, lambda: forget(archive, ID, "--reason", "x")):  # noqa: B023
            break
        assert others.items() <= said(archive).items(), step
        half += bool(found(archive, (WORD,)))
        status, _, told = forget(archive, ID, "--reason", "x")
        assert (status, told) == (0, ""), step
        assert_gone(archive)
        assert said(archive) == others
        assert (archive / "exports" / "questions.jsonl").read_text("utf-8").count("\n") == 2
        assert (archive / "crawl.log").read_text("utf-8") == "a\n[removed]\nb\n"
        assert (archive / "forgotten.jsonl").read_text("utf-8").count("\n") == 1
        trials, step = trials + 1, step + stride
    assert trials > half > 20 // stride


@pytest.mark.parametrize("kilobytes", [100, 180, 260, 400])
def test_a_full_disk_leaves_the_archive_as_it_was(
    made: Path, tmp_path: Path, kilobytes: int
) -> None:
    with disk(tmp_path / "disk", "size=16m") as place:
        archive = copy(made, place / "a")
        (place / "filling").write_bytes(bytes(_free(place) - kilobytes * 1024))
        before = said(archive)
        status, _, told = forget(archive, ID, "--reason", "x")
        assert status == 3
        assert told.count("\n") == 1
        assert "Make room for a second copy" in told or "check space" in told
        assert said(archive) == before
        (place / "filling").unlink()
        assert forget(archive, ID, "--reason", "x")[0] == 0
        assert_gone(archive)


def _free(place: Path) -> int:
    there = os.statvfs(place)
    return there.f_bavail * there.f_frsize
