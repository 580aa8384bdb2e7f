"""What a crash does to the WARC's tail: cut back on opening, so that no torn record is accepted."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from pipelines.archive import Archive
from pipelines.warcs.walk import MAGIC
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import links, reply
from tests.faults.server import FaultServer
from tests.numbered import put


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cuts") / "a"
    with FaultServer() as server:
        put(server, 20)
        crawl(folder, base_url=server.url("/"))
    return folder


def torn(whole: bytes, chance: random.Random, *, is_file: bool) -> bytes:
    """What may stand behind the last commit: a part of a record, with bits that never got there."""
    start, length = 0 if is_file else chance.randrange(len(whole)), chance.randrange(1, 5000)
    tail = bytearray(whole[start : start + length])
    for _ in range(chance.randrange(3)):
        place = chance.randrange(len(tail))
        if not is_file or place >= len(MAGIC):
            tail[place] ^= 1 << chance.randrange(8)
    return bytes(tail)


def records(path: Path) -> Iterator[tuple[str, int, int]]:
    """Kind, offset and length of each record, read by other people's reader to its end."""
    with path.open("rb") as file:
        iterator = ArchiveIterator(file, check_digests="raise")
        for record in iterator:
            record.content_stream().read()
            yield record.rec_type, iterator.get_record_offset(), iterator.get_record_length()


def trial(archive: Path, times: int) -> None:
    (warc,) = (archive / "warc").iterdir()
    whole = warc.read_bytes()
    *_, (_, end, _) = records(warc)  # the last tells that the run has ended, in a group of its own
    chance = random.Random(3)
    named = {("response", *row) for row in rows(archive, "SELECT offset, length FROM captures")}
    assert len(named) == 22  # robots.txt and the home page too
    for number in range(times):
        unnamed = number % 3 == 0  # the crash came before the file's first commit
        target = warc.with_name("000002-run000002.warc.gz") if unnamed else warc
        with target.open("ab") as file:
            file.write(torn(whole[:end], chance, is_file=unnamed))
        Archive.open(archive).close()
        assert list(warc.parent.iterdir()) == [warc]
        assert warc.read_bytes() == whole
    assert {record for record in records(warc) if record[0] == "response"} == named


def test_a_few_torn_tails(archive: Path) -> None:
    trial(archive, 20)


@pytest.mark.campaign
def test_200_torn_tails(archive: Path) -> None:
    trial(archive, 200)


def test_a_group_ends_before_its_warc_grows_too_far(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: FaultServer
) -> None:
    """A killed crawl may leave so many bytes uncommitted and no more."""
    commits: list[int] = []
    commit = Archive.commit

    def noted(archive: Archive) -> None:
        commits.append(archive.warc.size)
        commit(archive)

    monkeypatch.setattr(Archive, "commit", noted)
    monkeypatch.setattr("pipelines.archive.MOST_UNSYNCED", 1)
    server.play("/", [reply(200, body=links(*(f"/q/{n}" for n in range(5))))])
    crawl(tmp_path / "a", base_url=server.url("/"))
    assert len(commits) >= 6
