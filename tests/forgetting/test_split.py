"""WARCs begun within a run: no visit is split between two, and those that were are read whole."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from pipelines import merge
from pipelines.archive import Archive
from pipelines.verify import verify
from pipelines.warcs.walk import Record, records
from tests.database import rows
from tests.faults.server import FaultServer
from tests.forgetting.merging import count, history, merged, visit
from tests.forgetting.searching import occurrences
from tests.forgetting.toys import forget
from tests.repairing import repair

TOLD = (
    "SELECT url, substr(fetched_at, 1, 13), status, sha256, outcome FROM captures",
    "SELECT url, state, sha256, visited_in FROM urls",
    "SELECT id, question_text, gone_since FROM questions",
)
WORDS = ("first", "Kanarienvogel", "Kanarienvogel", "fourth")
SIZES = [1, 700]  # bytes: a file for each record, for each two or three


def told(archive: Path) -> list[list[tuple[Any, ...]]]:
    return [sorted(rows(archive, query), key=repr) for query in TOLD]


def repaired(archive: Path) -> Path:
    repair(archive)
    return archive


def split_visits(archive: Path) -> int:
    """How many records of a visit are in another file than its response."""
    files: dict[str, Path] = {}
    split = 0
    for path in sorted((archive / "warc").iterdir()):
        for one in records(path):
            assert isinstance(one, Record)
            files[one.id] = path
            split += files.get(one.headers.get("WARC-Concurrent-To", ""), path) != path
    return split


def crawled(archive: Path, server: FaultServer, *hours: int) -> Path:
    """An archive of the site as it was at these hours; an edited page, a new one each time."""
    for hour in hours:
        visit(server, archive, hour, WORDS, lambda word: [("ETag", f'"{word}"')])
    return archive


def crawled_split(archive: Path, server: FaultServer, size: int, *hours: int) -> Path:
    """The same with the file's size looked at before each record, as was once done."""
    append = Archive.append

    def rotating(archive: Archive, record: Any) -> Any:
        archive.rotate()
        return append(archive, record)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipelines.archive.ROTATE_AT", size)
        patch.setattr(Archive, "append", rotating)
        crawled(archive, server, *hours)
    assert split_visits(archive)
    return archive


@pytest.mark.parametrize("size", SIZES)
def test_no_visit_is_split(
    tmp_path: Path, server: FaultServer, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr("pipelines.archive.ROTATE_AT", size)
    archive = crawled(tmp_path / "a", server, 0, 1)
    assert count(archive, "warcs") > 2
    assert split_visits(archive) == 0
    before = told(archive)
    assert list(verify(archive)) == []
    assert told(repaired(archive)) == before


@pytest.mark.parametrize("size", SIZES)
def test_a_visit_in_two_files_is_one(tmp_path: Path, server: FaultServer, size: int) -> None:
    whole = crawled(tmp_path / "whole", server, 0, 1, 2)
    split = crawled_split(tmp_path / "split", server, size, 0, 1, 2)
    expected, versions = told(whole), history(whole)
    assert (told(split), history(split)) == (expected, versions)
    assert (told(repaired(split)), history(split)) == (expected, versions)
    for path in list((split / "warc").iterdir()):  # copies, which are left out
        shutil.copy(path, path.with_name(f"{path.name}.bak.warc.gz"))
    assert (told(repaired(split)), history(split)) == (expected, versions)
    for archive in (whole, split):
        assert forget(archive, server.url("/q/1"), "--reason", "x")[0] == 0
        assert occurrences(archive, ("Kanarienvogel",)) == []
    assert told(split) == told(whole)
    assert history(split) == history(whole)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("overlapping", [False, True])
def test_a_visit_in_two_files_is_merged_whole(
    tmp_path: Path,
    server: FaultServer,
    monkeypatch: pytest.MonkeyPatch,
    size: int,
    *,
    overlapping: bool,
) -> None:
    if overlapping:
        monkeypatch.setattr(merge, "_groups", lambda files: [[*files[0], *files[1]]])
    both = crawled(tmp_path / "both", server, 0, 1, 2, 3)
    one = crawled_split(tmp_path / "one", server, size, 0, 2)
    other = crawled_split(tmp_path / "other", server, size, 1, 3)
    into = merged(one, other)
    assert history(into) == history(both)
    assert count(into, "captures") == count(one, "captures") + count(other, "captures")
    assert bool(split_visits(into)) is not overlapping
