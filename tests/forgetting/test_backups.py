"""A backup from before a page was taken down, put back: the page does not come with it."""

import shutil
from pathlib import Path

import pytest

from pipelines.errors import StorageError
from pipelines.layout import DATABASE
from pipelines.merge import merge
from pipelines.verify import verify
from pipelines.warcs.walk import Record, records
from scraper.clock import now
from scraper.tombstones import add as add_tombstone
from tests.crawling import Toy, crawl
from tests.damaging import flip
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.forgetting.searching import occurrences
from tests.forgetting.toys import (
    PAGES,
    WORD,
    assert_gone,
    copy,
    forget,
    killed_at,
    make,
    records_by_number,
)
from tests.repairing import repair
from tests.stages import qarchive

QUOTING = f"<p>Question of the week: One {WORD} (3 replies)</p>"
FIRST = "000001-run000001.warc.gz"
BESIDE = ["000001-run000001.bak.warc.gz", "000003-run000001.warc.gz", "(1) 000001.warc.gz"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    make(folder / "a", PAGES | {"/": PAGES["/"] + QUOTING})
    copy(folder / "a", folder / "backup")
    assert forget(folder / "a", "toy:1:en", "--reason", "x")[0] == 0
    assert_gone(folder / "a")
    return folder


@pytest.fixture
def archives(made: Path, tmp_path: Path) -> tuple[Path, Path]:
    """One in which a page was taken down that a list quotes within a line, and its backup."""
    return copy(made / "a", tmp_path / "a"), copy(made / "backup", tmp_path / "backup")


def inodes(archive: Path) -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in (archive / "warc").iterdir()}


# Its response, its request and what the visit decided; and, of the list and the page that link to
# it, the responses and what their visits decided.
ALL = "3 records of pages that were taken down, 4 records quoting or linking to such"


def covered(archive: Path) -> dict[str, str]:
    """Where verify finds what was taken down, and what it finds."""
    return {one.where: one.what for one in verify(archive) if one.check == "forgotten"}


def test_a_copy_that_lies_beside_is_told_of(archives: tuple[Path, Path]) -> None:
    archive, backup = archives
    beside = archive / "warc" / "old.warc.gz"
    shutil.copy(backup / "warc" / FIRST, beside)
    status, _, told = forget(archive, "toy:3:en", "--reason", "x")
    assert (status, told) == (0, f"Not searched, look at it yourself: {beside}\n")
    assert covered(archive) == {"warc/old.warc.gz": ALL.replace("3", "6")}
    assert repair(archive).arranged.gone == {"old.warc.gz": FIRST}
    assert_gone(archive)
    assert records_by_number(archive).keys() == {"2"}


def test_an_old_warc_in_its_place(archives: tuple[Path, Path]) -> None:
    archive, backup = archives
    before = records_by_number(archive)
    shutil.copy(backup / "warc" / FIRST, archive / "warc" / FIRST)
    assert occurrences(archive, (WORD,)) == [f"warc/{FIRST}: {WORD}", f"warc/{FIRST}!: {WORD}"][1:]
    assert covered(archive) == {f"warc/{FIRST}": ALL}
    assert repair(archive).arranged.captures == (1, 2)
    assert records_by_number(archive).keys() == before.keys() == {"2", "3"}
    assert covered(archive) == {}
    assert [one for one in verify(archive) if not one.harmless] == []


def test_a_quotation_alone_is_told_of(tmp_path: Path) -> None:
    archive, line = tmp_path / "a", f"The {WORD} of my aunt sings at night"
    make(archive, PAGES | {"/q/3": f"<h1>Three</h1><p>third</p><div>{line}</div>"})
    add_tombstone(archive, site="toy", urls=(), ids=(), texts=[line], reason="x", at=now())
    quoting = "1 record quoting or linking to pages that were taken down"
    assert covered(archive) == {f"warc/{FIRST}": quoting}
    assert repair(archive).arranged.captures == (0, 1)
    assert covered(archive) == {}


def test_a_database_of_before_is_told_of(archives: tuple[Path, Path]) -> None:
    archive, backup = archives
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
        if (backup / name).exists():
            shutil.copy(backup / name, archive / name)
    assert covered(archive) == {DATABASE: "1 record of pages that were taken down"}
    repair(archive)
    assert_gone(archive)


@pytest.mark.parametrize("name", BESIDE)
def test_an_old_warc_beside(archives: tuple[Path, Path], name: str) -> None:
    archive, backup = archives
    before, files = records_by_number(archive), inodes(archive).keys()
    shutil.copy(backup / "warc" / FIRST, archive / "warc" / name)
    assert covered(archive) == {f"warc/{name}": ALL}
    assert repair(archive).arranged.gone == {name: FIRST}
    assert_gone(archive)
    assert records_by_number(archive) == before
    assert inodes(archive).keys() == files


@pytest.mark.parametrize("redacted_first", [True, False])
def test_merged_with_its_backup(archives: tuple[Path, Path], *, redacted_first: bool) -> None:
    """Of two records with one id it takes the redacted one: tombstones know whole lines only."""
    archive, backup = archives
    sources = (archive, backup) if redacted_first else (backup, archive)
    into = archive.with_name("merged")
    merge(sources, into, {"toy": Toy}, lambda _: None)
    assert_gone(into)
    assert records_by_number(into) == records_by_number(archive)
    assert len(inodes(into)) == 2


def test_merged_what_one_archive_forgot_and_what_the_other_did(
    archives: tuple[Path, Path],
) -> None:
    one, other = archives
    assert forget(other, "toy:3:en", "--reason", "x")[0] == 0
    for sources in ((one, other), (other, one)):
        into = one.with_name("merged")
        merge(sources, into, {"toy": Toy}, lambda _: None)
        assert records_by_number(into).keys() == {"2"}
        assert list(verify(into)) == []
        shutil.rmtree(into)


def test_a_repair_that_is_killed_can_be_given_again(archives: tuple[Path, Path]) -> None:
    archive, backup = archives
    before = records_by_number(archive)
    shutil.copy(backup / "warc" / FIRST, archive / "warc" / BESIDE[0])
    start, step = copy(archive, archive.with_name("start")), 0
    while killed_at(step, lambda: repair(archive)):
        repair(archive)
        assert_gone(archive)
        assert records_by_number(archive) == before, step
        copy(start, archive)
        step += 9
    assert step > 20


def test_without_the_key_nobody_can_tell_what_may_come_back(archives: tuple[Path, Path]) -> None:
    archive, _ = archives
    (archive / "forgotten.key").unlink()
    (told,) = verify(archive)
    assert (told.where, told.todo) == ("forgotten.jsonl", "restore it")
    done = qarchive("verify", "--repair", "--archive", archive)
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "forgotten.key lacks the key" in done.stderr
    assert records_by_number(archive).keys() == {"2", "3"}


def test_what_has_nothing_to_go_stays_the_same_file_damaged_or_not(
    archives: tuple[Path, Path],
) -> None:
    archive, _ = archives
    hurt(archive / "warc" / FIRST, "/q/3")
    before = inodes(archive)
    (archive / DATABASE).unlink()
    found = repair(archive)
    assert len(found.damaged) == 1
    assert found.arranged.captures == (0, 0)
    assert inodes(archive) == before
    assert records_by_number(archive).keys() == {"2"}  # the third page was in the damage


@pytest.mark.parametrize("name", [FIRST, BESIDE[0]])
def test_of_damage_in_an_old_warc_nobody_knows_what_it_tells(
    archives: tuple[Path, Path], name: str
) -> None:
    archive, backup = archives
    shutil.copy(backup / "warc" / FIRST, archive / "warc" / name)
    hurt(archive / "warc" / name, "/q/3")
    before = inodes(archive)
    with pytest.raises(StorageError, match="is damaged") as told:
        repair(archive)
    assert str(archive / "warc" / name) in str(told.value)
    assert inodes(archive) == before
    assert records_by_number(archive).keys() == {"2", "3"}
    (archive / "warc" / name).unlink()
    (archive / DATABASE).unlink()  # in one case it tells of a file that is gone
    repair(archive)
    assert occurrences(archive, (WORD,)) == []


def hurt(path: Path, page: str) -> None:
    """Flip a bit in the response of a page."""
    (place,) = (
        one.offset + one.length // 2
        for one in records(path)
        if isinstance(one, Record) and one.kind == "response"
        if one.headers["WARC-Target-URI"].endswith(page)
    )
    flip(path, place)


def test_revisits_that_only_the_unredacted_copy_made_repeat_the_redacted_page(
    tmp_path: Path, server: FaultServer
) -> None:
    one, other, into = (tmp_path / name for name in ("one", "other", "into"))
    for path, html in (PAGES | {"/": PAGES["/"] + QUOTING}).items():
        server.play(path, [reply(200, body=html.encode())])
    crawl(one, base_url=server.url("/"))
    copy(one, other)
    crawl(other, base_url=server.url("/"), revisit="all")
    assert forget(one, "toy:1:en", "--reason", "x")[0] == 0
    merge((other, one), into, {"toy": Toy}, lambda _: None)
    assert_gone(into)
    repeated = "SELECT count(*) FROM captures WHERE refers_to IS NOT NULL"
    assert rows(into, repeated) == [(3,)]  # the home page, and two that are left
