"""Archives of two machines or times made into one: nothing lost, nothing doubled, in order."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pipelines import lock
from pipelines.errors import ArchiveBusyError, NoArchiveError, StorageError
from pipelines.merge import merge
from pipelines.verify import verify
from tests.database import rows
from tests.disks import disk
from tests.faults.plays import Headers
from tests.faults.server import FaultServer
from tests.forgetting.merging import SITES, count, history, merged, visit
from tests.forgetting.toys import copy, killed_at


def test_two_machines_say_what_one_would_have(tmp_path: Path, server: FaultServer) -> None:
    one, other, both = (tmp_path / name for name in ("one", "other", "both"))
    for hour in range(4):
        visit(server, both, hour)
        visit(server, (one, other)[hour % 2], hour)
    expected = history(both)
    assert [version[1] for version in expected["toy:1:en"]] == ["first", "second", "fourth"]
    assert len(expected["toy:2:en"]) == 4
    for sources in ((one, other), (other, one)):
        into = merged(*sources)
        assert history(into) == expected
        assert sorted(path.name for path in (into / "warc").iterdir()) == [
            f"{number:06d}-run{number:06d}.warc.gz" for number in range(1, 5)
        ]
        assert count(into, "runs") == 4
        assert count(into, "captures") == count(one, "captures") + count(other, "captures")
        into.rename(tmp_path / f"merged-{sources[0].name}")
    assert count(one, "runs") == count(other, "runs") == 2


def test_days_are_counted_from_run_to_run_of_both(
    tmp_path: Path, server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = ("2026-01-01T09:00Z", "2026-05-25T09:00Z", "2026-06-01T09:00Z", "2026-06-05T09:00Z")
    monkeypatch.setattr("tests.forgetting.merging.HOURS", days)
    one, other = tmp_path / "one", tmp_path / "other"
    for hour in range(4):
        visit(server, (one, other)[hour % 2], hour)
    into = merged(one, other)
    assert rows(into, "SELECT round(day) FROM runs ORDER BY id") == [(0,), (144,), (151,), (155,)]
    assert rows(into, "SELECT DISTINCT round(seen_day) FROM urls") == [(155,)]
    assert list(verify(into)) == []


@pytest.mark.parametrize(
    "tagged", [lambda _: [("X", "\xc2\x80")], lambda word: [("ETag", f'"{word}"')]]
)
def test_what_was_as_before_to_one_machine_is_an_edit_where_another_saw_more(
    tmp_path: Path, tagged: Callable[[str], Headers], server: FaultServer
) -> None:
    """Of the second machine the last look is a revisit, of what is not the merged page's last."""
    words = ("old", "old", "mistaken", "old")
    one, other = tmp_path / "one", tmp_path / "other"
    for hour in range(4):
        visit(server, (one, other)[hour % 2], hour, words, tagged)
    into = merged(one, other)
    expected = [
        ("new", "old", "2026-09-07T09", "2026-09-08T09"),
        ("content", "mistaken", "2026-09-09T09", "2026-09-09T09"),
        ("content", "old", "2026-09-10T09", "2026-09-10T09"),
    ]
    assert history(into)["toy:1:en"] == expected
    held = rows(into, "SELECT etag FROM urls WHERE url LIKE '%/q/1'")
    assert held == [(None,)]  # that of "mistaken" would make it a 304 the next time
    visit(server, into, 3, words, tagged)
    assert [version[:2] for version in history(into)["toy:1:en"]] == [
        version[:2] for version in expected
    ]


def test_copies_that_went_on_are_taken_once(tmp_path: Path, server: FaultServer) -> None:
    visit(server, tmp_path / "one", 0)
    visit(server, tmp_path / "one", 1)
    other, third = (copy(tmp_path / "one", tmp_path / name) for name in ("other", "third"))
    visit(server, tmp_path / "one", 2)
    visit(server, other, 3)
    into = merged(tmp_path / "one", other, third)
    assert count(into, "runs") == 4
    assert [version[1] for version in history(into)["toy:2:en"]] == [f"new {n}" for n in range(4)]
    again = tmp_path / "again"
    merge((into, third, tmp_path / "one"), again, SITES, lambda _: None)
    assert history(again) == history(into)
    assert count(again, "captures") == count(into, "captures")


def test_runs_of_one_archive_keep_their_order_whatever_its_clock_said(tmp_path: Path) -> None:
    """Both copies crawl at hours before that of the run they share last."""
    words = ("first", "fourth", "fourth", "fourth")
    one, other = tmp_path / "one", tmp_path / "other"
    with FaultServer() as server:
        for hour in (0, 3):
            visit(server, one, hour, words)
        copy(one, other)
        for hour, archive in ((1, other), (2, one)):
            visit(server, archive, hour, words)
    for sources in ((one, other), (other, one), (one, other, copy(other, tmp_path / "third"))):
        versions = history(into := merged(*sources))
        assert [version[:2] for version in versions["toy:1:en"]] == [
            ("new", "first"), ("content", "fourth"),
        ]  # fmt: skip
        assert [version[1] for version in versions["toy:2:en"]] == [
            f"new {hour}" for hour in (0, 3, 1, 2)
        ]
        shutil.rmtree(into)


def test_different_sites_stay_apart_and_the_merged_archive_is_crawled_on(tmp_path: Path) -> None:
    with FaultServer() as server, FaultServer() as elsewhere:
        visit(server, tmp_path / "one", 0)
        visit(elsewhere, tmp_path / "other", 1)
        into = merged(tmp_path / "one", tmp_path / "other")
        assert count(into, "urls") == 6
        visit(server, into, 2)
        assert count(into, "runs") == 3
        assert list(verify(into)) == []


def test_a_source_that_is_being_written_is_told(two: tuple[Path, Path]) -> None:
    with closing(lock.take(two[1])), pytest.raises(ArchiveBusyError):
        merged(*two)
    assert not (two[0].parent / "merged" / "archive.db").exists()


def test_the_same_archive_twice_is_told(two: tuple[Path, Path]) -> None:
    with pytest.raises(StorageError, match="twice"):
        merged(two[0], two[0].parent / "." / two[0].name)


@pytest.mark.parametrize("name", ["archive.db", "warc/000001-run000001.warc.gz"])
def test_what_is_there_already_is_not_touched(two: tuple[Path, Path], name: str) -> None:
    there = two[0].with_name("merged") / name
    there.parent.mkdir(parents=True)
    there.write_bytes(b"mine")
    with pytest.raises(StorageError, match="already"):
        merged(*two)
    assert there.read_bytes() == b"mine"


def test_killed_at_a_change_of_a_file_it_can_be_given_again(two: tuple[Path, Path]) -> None:
    expected, step, ready = history(merged(*two)), 0, 0
    into = two[0].with_name("into")
    while killed_at(step, lambda: merge(two, into, SITES, lambda _: None)):
        try:
            merge(two, into, SITES, lambda _: None)
        except StorageError as error:  # it was killed when all was made
            assert "killed at its end, it is complete" in str(error)  # noqa: PT017
            ready += 1
        assert history(into) == expected, step
        shutil.rmtree(into)
        step += 9
    assert step > 25
    assert ready


def test_a_folder_of_other_files_is_left_alone(two: tuple[Path, Path], tmp_path: Path) -> None:
    letter = tmp_path / "home" / "letter.txt"
    letter.parent.mkdir()
    letter.write_text("dear")
    with pytest.raises(StorageError, match=r"letter\.txt is no archive's: name a new folder"):
        merge(two, letter.parent, SITES, lambda _: None)
    assert list(letter.parent.iterdir()) == [letter]


def test_a_folder_without_archive_is_told_by_words_that_fit(
    two: tuple[Path, Path], tmp_path: Path
) -> None:
    with pytest.raises(NoArchiveError, match="name the folder of one"):
        merge((two[0], tmp_path / "none"), tmp_path / "into", SITES, lambda _: None)
    assert not (tmp_path / "into").exists()


def test_a_disk_of_its_own_is_a_new_folder(two: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "disk" / "lost+found").mkdir(parents=True)
    assert merge(two, tmp_path / "disk", SITES, lambda _: None).visits > 0


def test_a_full_disk_leaves_no_half_archive(two: tuple[Path, Path], tmp_path: Path) -> None:
    with disk(tmp_path / "disk", "size=150k") as place:
        with pytest.raises(StorageError, match="Make room"):
            merge(two, place / "into", SITES, lambda _: None)
        assert not (place / "into" / "archive.db").exists()
        assert list((place / "into").rglob("*.warc.gz")) == []
