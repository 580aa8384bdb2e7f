"""Sources of a merge that are not as they were written: made good by a copy, told, or refused."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.errors import StorageError
from pipelines.verify import verify
from pipelines.warcs.walk import records
from tests.damaging import flip_in_the_middle
from tests.faults.server import FaultServer
from tests.forgetting.merging import history, merged, visit
from tests.forgetting.toys import copy
from tests.stages import typed


def test_what_a_source_had_not_committed_is_left_out(tmp_path: Path, server: FaultServer) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    visit(server, one, 0)
    visit(server, other, 1)
    (warc,) = (one / "warc").iterdir()
    with warc.open("ab") as file:
        file.write(b"torn")
    into = merged(one, other)
    assert list(verify(into)) == []
    assert (into / "warc" / warc.name).read_bytes() == warc.read_bytes()[:-4]


def test_what_is_damaged_in_one_copy_is_taken_from_the_other(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    with FaultServer() as server:
        for hour in range(3):
            visit(server, one, hour)
    first, second = sorted((copy(one, other) / "warc").iterdir())[:2]
    for path in (first, one / "warc" / second.name):
        flip_in_the_middle(path)
    for sources in ((one, other), (other, one)):
        into = merged(*sources)
        assert [version[1] for version in history(into)["toy:2:en"]] == [
            f"new {n}" for n in range(3)
        ]
        shutil.rmtree(into)


@pytest.mark.parametrize("change", [
    lambda warc, _: warc.unlink(),
    lambda warc, _: os.truncate(warc, warc.stat().st_size * 2 // 3),
    lambda warc, other: warc.write_bytes(other.read_bytes() + warc.read_bytes()),
])  # fmt: skip
def test_a_source_without_a_whole_warc_is_refused_unless_a_copy_is_there(
    two: tuple[Path, Path], tmp_path: Path, change: Callable[[Path, Path], object]
) -> None:
    copy(two[1], tmp_path / "third")
    other, warc = (path for folder in two for path in (folder / "warc").iterdir())
    change(warc, other)
    with pytest.raises(StorageError, match=f"{warc} is not what was written to it, and no source"):
        merged(*two)
    assert len(history(merged(*two, tmp_path / "third"))["toy:2:en"]) == 2


def test_damage_that_a_repair_took_as_it_is_is_told(two: tuple[Path, Path], tmp_path: Path) -> None:
    (warc,) = (two[1] / "warc").iterdir()
    (*_, hurt, _) = records(warc)  # a visit; the last tells of the run's end
    data = bytearray(warc.read_bytes())
    data[hurt.offset + 10] = 0xFF
    warc.write_bytes(data)
    assert typed("verify", "--repair", "--archive", two[1]).returncode == 1
    done = typed("merge", *two, "--into", tmp_path / "into")
    assert done.returncode == 1
    assert "passed over 000002-run000002.warc.gz" in done.stderr
