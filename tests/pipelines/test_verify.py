"""verify finds every cut, every flipped bit, and every row that says something else."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.verify import verify
from pipelines.walk import Damage, records
from tests.crawling import crawl
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.stages import Stages

PAGE = "<h1>Sore knee {n}</h1><p>It hurts, number {n}.</p><li>Rest it.</li>"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two crawls of a small site: edits, a page as it was, a page that is gone."""
    folder = tmp_path_factory.mktemp("verify") / "a"
    with FaultServer() as server:
        links = "".join(f'<a href="/q/{n}">' for n in range(12))
        server.play("/", [reply(200, body=links.encode())])
        for edit in ("", ", again"):
            for n in range(12):
                body = PAGE.format(n=f"{n}{edit if n % 3 else ''}").encode()
                server.play(f"/q/{n}", [reply(404) if edit and n == 5 else reply(200, body=body)])
            crawl(folder, base_url=server.url("/"), revisit="all")
    return folder


@pytest.fixture
def archive(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "a"))


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
        sound_before = [one for one in records(path) if one.offset + one.length <= place]
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
        assert any(one.offset == end and one.length == len(whole) - end for one in found)
        read = [one.offset for one in records(path) if not isinstance(one, Damage)]
        assert read == [one.offset for one in all_there if one.offset + one.length <= end]
        path.write_bytes(whole)


def test_some_flipped_bits(archive: Path) -> None:
    flips(archive, 25)


def test_some_cuts(archive: Path) -> None:
    cuts(archive, 25)


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
        assert (found.offset, found.length) == (third.offset, third.length)
        path.write_bytes(whole)


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE questions SET title='Sour knee' WHERE source_id='3'", "toy:3:en"),
        ("UPDATE replies SET text='Move it.' WHERE question_id='toy:4:en'", "toy:4:en"),
        (("UPDATE question_versions SET record=replace(record, 'hurts', 'heals')"
         " WHERE question_id='toy:1:en' AND record IS NOT NULL"), "toy:1:en"),
        ("DELETE FROM replies WHERE question_id='toy:2:en'", "toy:2:en"),
        ("UPDATE captures SET offset=offset+1 WHERE id=4", "warc/"),
        ("UPDATE captures SET url='http://elsewhere/' WHERE id=4", "warc/"),
        ("UPDATE captures SET sha256=(SELECT sha256 FROM captures WHERE id=5) WHERE id=4", "warc/"),
        ("DELETE FROM problems; DELETE FROM captures WHERE id=1", "warc/"),
        ("UPDATE warcs SET sha256='00'", "warc/"),
        ("UPDATE runs SET fetched=fetched+1 WHERE id=1", "runs 1"),
        ("UPDATE tallies SET urls=urls+1 WHERE kind='question'", "tallies"),
        ("UPDATE question_versions SET last_capture=1, first_capture=9 WHERE id=3",
         "question_versions 3"),
        (("INSERT INTO questions_fts(questions_fts, rowid, title, question, reply)"
         " VALUES ('delete', 1, 'Sore knee 0', 'It hurts, number 0.', 'Rest it.')"), "full text"),
        ("INSERT INTO questions_fts(rowid, title, question, reply) VALUES (99, 'a', 'b', 'c')",
         "full text of row 99"),
    ],
)  # fmt: skip
def test_a_row_that_says_something_else(archive: Path, statement: str, where: str) -> None:
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        db.executescript(statement)
    assert any(where in one.where for one in verify(archive)), list(verify(archive))


def test_files_that_are_missing_or_nobody_wrote(archive: Path) -> None:
    first, second = sorted((archive / "warc").iterdir())
    first.with_name("000000-strange.warc.gz").write_bytes(b"x")
    second.unlink()
    places = [one.where for one in verify(archive)]
    assert "warc/000000-strange.warc.gz" in places
    assert f"warc/{second.name}" in places
