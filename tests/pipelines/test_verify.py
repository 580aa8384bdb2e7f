"""verify finds every cut and every flipped bit, and nothing in an archive that is sound."""

import gzip
import hashlib
import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.checks.finding import RESTORE, Finding
from pipelines.checks.warcs import contents
from pipelines.errors import StorageError
from pipelines.layout import DATABASE
from pipelines.verify import verify
from pipelines.warcs.files import WarcFile, responses
from pipelines.warcs.records import metadata, response
from pipelines.warcs.walk import MAGIC, Damage, Record, records
from scraper.items import Capture
from scraper.politeness.handler import MAX_HEAD
from tests import killing
from tests.damaging import flip
from tests.repairing import repair
from tests.stages import Stages


def test_a_sound_archive_has_no_fault(sound: Path) -> None:
    assert list(verify(sound)) == []


def test_sample_archives_have_no_fault(crawled: Callable[[str], Stages]) -> None:
    for stage in (crawled("qapage").first, crawled("qapage").later):
        assert list(verify(stage.archive)) == []


def flips(archive: Path, times: int) -> None:
    chance = random.Random(11)
    paths = sorted((archive / "warc").iterdir())
    for _ in range(times):
        path = chance.choice(paths)
        whole = path.read_bytes()
        place = chance.randrange(len(whole))
        hurt = bytearray(whole)
        hurt[place] ^= 1 << chance.randrange(8)
        path.write_bytes(hurt)
        found = list(verify(archive))
        ranges = [(one.offset, one.length) for one in found if one.offset is not None]
        assert any(start <= place < start + (length or 0) for start, length in ranges), (
            path,
            place,
        )
        sound_before = [one for one in records(path) if one.end <= place]
        assert not any(isinstance(one, Damage) for one in sound_before)
        path.write_bytes(whole)


def cuts(archive: Path, times: int) -> None:
    chance = random.Random(12)
    paths = sorted((archive / "warc").iterdir())
    for _ in range(times):
        path = chance.choice(paths)
        whole, all_there = path.read_bytes(), list(records(path))
        end = chance.randrange(len(whole))
        path.write_bytes(whole[:end])
        found = list(verify(archive))
        kept = [one for one in all_there if one.end <= end]
        torn = kept[-1].offset + kept[-1].length if kept else 0
        assert (torn, len(whole) - torn) in [(one.offset, one.length) for one in found]
        read = [one.offset for one in records(path) if not isinstance(one, Damage)]
        assert read == [one.offset for one in kept]
        path.write_bytes(whole)


def test_some_flipped_bits(archive: Path) -> None:
    flips(archive, 12)


def test_some_cuts(archive: Path) -> None:
    cuts(archive, 12)


@pytest.mark.campaign
def test_200_flipped_bits(archive: Path) -> None:
    flips(archive, 200)


@pytest.mark.campaign
def test_200_cuts(archive: Path) -> None:
    cuts(archive, 200)


def test_a_bit_that_no_checksum_in_the_file_covers(archive: Path) -> None:
    path = min((archive / "warc").iterdir())
    third = list(records(path))[2]
    for place in (third.offset + 4, third.offset + 9):  # of the gzip header: its time, its system
        whole = path.read_bytes()
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        (found,) = verify(archive)
        assert (found.offset, found.length) == (place, 1)
        path.write_bytes(whole)


def test_files_that_are_missing_or_nobody_wrote(archive: Path) -> None:
    first, second = sorted((archive / "warc").iterdir())
    first.with_name("000000-strange.warc.gz").write_bytes(b"x")
    second.unlink()
    places = [one.where for one in verify(archive)]
    assert "warc/000000-strange.warc.gz" in places
    assert f"warc/{second.name}" in places


def damage(archive: Path) -> list[Finding]:
    return [one for one in verify(archive) if not one.harmless]


def test_a_killed_crawl_is_sound_before_and_after_it_goes_on(tmp_path: Path) -> None:
    chance = random.Random(4)
    with killing.counted_site(60) as (_, url):
        assert killing.kill_at_random(url, tmp_path / "a", chance)
        assert damage(tmp_path / "a") == []
        killing.crawl_whole(url, tmp_path / "a")
    assert list(verify(tmp_path / "a")) == []


def test_what_was_not_committed_is_told_and_is_no_damage(archive: Path) -> None:
    first, second = sorted((archive / "warc").iterdir())
    with second.open("ab") as file:
        file.write(b"torn")
    second.with_name("000003-run000003.warc.gz").write_bytes(MAGIC[:4])
    (archive / "warc" / "notes.txt").write_bytes(b"")
    size = second.stat().st_size - 4
    assert [(one.where, one.offset, one.harmless) for one in verify(archive)] == [
        (f"warc/{second.name}", size, True),
        ("warc/000003-run000003.warc.gz", None, True),
        ("warc/notes.txt", None, True),
    ]
    assert first.exists()


def test_a_folder_and_a_dead_link_named_as_warcs_are_none(archive: Path) -> None:
    folder, link = (archive / "warc" / f"00000{n}-run00000{n}.warc.gz" for n in (8, 9))
    folder.mkdir()
    link.symlink_to("nowhere")
    told = [(one.where, one.what, one.todo, one.harmless) for one in verify(archive)]
    assert told == [
        (f"warc/{path.name}", "no file of an archive", "move it away", True)
        for path in (folder, link)
    ]
    (archive / DATABASE).unlink()
    repair(archive)
    assert [one.where for one in verify(archive)] == [row[0] for row in told]
    assert folder.is_dir()


def test_damage_that_decompresses_to_the_same_beside_damage_that_does_not(archive: Path) -> None:
    path = min((archive / "warc").iterdir())
    third, fourth, fifth = list(records(path))[2:5]
    hidden = fifth.offset + 4
    flip(path, hidden, third.offset + 40, bit=1)
    found = [(one.check, one.offset, one.length) for one in damage(archive)]
    assert ("warcs", hidden, 1) in found
    assert ("warcs", third.offset, third.length) in found
    assert not [one for one in found if one[1] == fourth.offset]


def test_a_record_that_is_missing_is_no_work_for_a_repair(sound: Path, tmp_path: Path) -> None:
    """All records behind it are elsewhere than the database says."""
    shutil.copytree(sound, tmp_path / "a")
    path = min((tmp_path / "a" / "warc").iterdir())
    gone = [one for one in records(path) if isinstance(one, Record) and one.kind == "response"][1]
    whole = path.read_bytes()
    path.write_bytes(whole[: gone.offset] + whole[gone.end :])
    found = list(verify(tmp_path / "a"))
    assert 0 < len(found) < 4
    assert {one.todo for one in found if not one.harmless} == {RESTORE}


def test_a_page_stored_compressed_is_no_record_after_damage(tmp_path: Path) -> None:
    body = gzip.compress(random.Random(1).randbytes(2000), mtime=0)
    record = gzip.compress(b"WARC/1.1\r\n\r\n" + body, 0, mtime=0)
    assert body in record
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"\x1e" + record[1:])
    assert [(one.offset, one.length) for one in records(path)] == [(0, len(record))]


def test_members_that_hold_no_record(tmp_path: Path) -> None:
    path, offset = tmp_path / "x.warc.gz", 0
    whole = b"WARC/1.1\r\nWARC-Type: request\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    for content in (b"", b"\0" * 99, b"WARC/1.1", whole[:-1], whole.replace(b" 0", b" 9")):
        member = gzip.compress(content, mtime=0)
        with path.open("ab") as file:
            file.write(member)
        assert list(records(path))[-1] == (path, offset, len(member), "no WARC record is in it")
        offset += len(member)


@pytest.mark.parametrize("spare", [0, 512])
def test_a_head_that_no_reader_takes_is_told(tmp_path: Path, spare: int) -> None:
    """The longest that is fetched is read by fastwarc as it is."""
    headers = ((b"Link", b"x" * (MAX_HEAD + spare - len(b"Link: \r\n"))),)
    at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    page = Capture(
        url="https://x.example/", fetched_at=at, status=511, request=b"", headers=headers, body=b"x"
    )
    warc = WarcFile(tmp_path / "x.warc.gz")
    where = warc.append(response(page, hashlib.sha256(page.body).hexdigest()))
    size, sha256 = warc.sync(), warc.sha256
    warc.close()
    found = list(contents(tmp_path / warc.name, size, sha256))[1:]
    told = [(one.offset, one.length) for one in found if isinstance(one, Finding)]
    assert told == [(where.offset, where.length)] * bool(spare)
    assert [one.status for one in responses(tmp_path / warc.name)] == [511]


@pytest.mark.parametrize("step", [7, pytest.param(1, marks=pytest.mark.campaign)])
def test_each_bit_of_a_file_tells(tmp_path: Path, step: int) -> None:
    warc = WarcFile(tmp_path / "x.warc.gz")
    packed = gzip.compress(b"It hurts.", mtime=0)
    for text in (b"aaaaaaaa" * 9, b"It hurts, it hurts, and it hurts. " * 3, packed):
        warc.append(metadata("urn:x", "2026-11-22T09:00:00Z", text))
    size, sha256 = warc.sync(), warc.sha256
    warc.close()
    whole, path = (tmp_path / "x.warc.gz").read_bytes(), tmp_path / "hurt.warc.gz"
    assert packed in whole
    assert {type(one) for one in contents(tmp_path / "x.warc.gz", size, sha256)} == {Record}
    unseen = []
    for bit in range(0, size * 8, step):
        hurt = bytearray(whole)
        hurt[bit // 8] ^= 1 << bit % 8
        path.write_bytes(hurt)
        found = [one for one in contents(path, size, sha256) if not isinstance(one, Record)]
        spans = [range(one.offset or 0, (one.offset or 0) + (one.length or 0)) for one in found]
        if not any(bit // 8 in span and len(span) < size for span in spans):
            unseen.append(bit)
    assert unseen == []


def test_an_archive_that_is_made_anew_meanwhile_is_told_of(archive: Path) -> None:
    path = min((archive / "warc").iterdir())
    path.write_bytes(path.read_bytes()[:-1])
    found = verify(archive)
    next(found)
    shutil.copy(archive / "archive.db", archive / "new")
    (archive / "new").replace(archive / "archive.db")
    with pytest.raises(StorageError, match="rebuilt meanwhile"):
        list(found)
