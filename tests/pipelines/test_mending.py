"""What only surrounds a record in a WARC is mended, and nothing that proves nothing is believed."""

import gzip
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipelines.errors import LostError
from pipelines.verify import verify
from pipelines.warcs.files import WarcFile
from pipelines.warcs.mending import mend
from pipelines.warcs.records import metadata
from pipelines.warcs.walk import Record, records
from tests.damaging import flip
from tests.repairing import repair


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    file = WarcFile(tmp_path / "x.warc.gz")
    for text in (b"It hurts. " * 9, b"Where does it hurt? " * 5, b"Everywhere. " * 7):
        file.append(metadata("urn:x", "2026-11-22T09:00:00Z", text))
    file.sync()
    file.close()
    return tmp_path / "x.warc.gz"


def members(path: Path) -> list[tuple[int, int]]:
    return [(one.offset, one.length) for one in records(path) if isinstance(one, Record)]


@pytest.mark.parametrize(
    ("number", "place"), [(0, 0), (1, 1), (1, 2), (1, -8), (1, -5), (1, -4), (2, -1)]
)
def test_a_bit_of_a_header_or_trailer(warc: Path, number: int, place: int) -> None:
    whole, held = warc.read_bytes(), members(warc)
    offset, length = held[number]
    flip(warc, offset + place % length)
    assert members(warc) == [one for one in held if one != held[number]]
    assert [(one.offset, one.length) for one in mend(warc)] == [held[number]]
    assert warc.read_bytes() == whole
    assert mend(warc) == []


def test_several_beside_each_other(warc: Path) -> None:
    whole, held = warc.read_bytes(), members(warc)
    flip(warc, *(offset + length - 3 for offset, length in held))
    (done,) = mend(warc)
    assert (done.offset, done.length) == (0, len(whole))
    assert warc.read_bytes() == whole


@pytest.mark.parametrize(
    "places",
    [pytest.param([60], id="its content"), pytest.param([60, -3], id="content and trailer"),
     pytest.param([*range(-8, 0)], id="a trailer of another")],
)  # fmt: skip
def test_what_is_lost_stays_as_it_is(warc: Path, places: Sequence[int]) -> None:
    offset, length = members(warc)[1]
    flip(warc, *(offset + place % length for place in places), bit=0x77)
    left = warc.read_bytes()
    assert mend(warc) == []
    assert warc.read_bytes() == left


def test_a_record_that_does_not_prove_itself(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    content = b"WARC/1.1\r\nWARC-Type: request\r\nContent-Length: 2\r\n\r\nhi\r\n\r\n"
    path.write_bytes(gzip.compress(content, mtime=0))
    flip(path, -1)
    assert mend(path) == []


def test_other_programs_files_stay_as_they_are(archive: Path, warc: Path) -> None:
    flip(warc, -1)
    other = warc.rename(archive / "warc" / "other.warc.gz")
    left = other.read_bytes()
    assert repair(archive).mended == []
    assert other.read_bytes() == left


def test_nothing_is_mended_where_a_repair_is_refused(archive: Path) -> None:
    first, *_, last = sorted((archive / "warc").iterdir())
    last.unlink()
    flip(first, -1)
    left = first.read_bytes()
    with pytest.raises(LostError):
        repair(archive)
    assert first.read_bytes() == left


def test_a_page_comes_back(archive: Path) -> None:
    path = min((archive / "warc").iterdir())
    whole = path.read_bytes()
    page = next(one for one in records(path) if isinstance(one, Record) and one.kind == "response")
    flip(path, page.end - 8)
    told = [one for one in verify(archive) if one.offset == page.offset]
    assert [(one.what, "--repair" in one.todo) for one in told] == [
        ("Error -3 while decompressing data: incorrect data check", True)
    ]
    found = repair(archive)
    assert [(one.offset, one.length) for one in found.mended] == [(page.offset, page.length)]
    assert found.damaged == []
    assert path.read_bytes() == whole
    assert list(verify(archive)) == []
