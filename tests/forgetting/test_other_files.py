"""What somebody put into an archive's folder, also WARCs; and a WARC of its own that is lost."""

import csv
import gzip
import lzma
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest

from exports import csv as tables
from exports import jsonl
from pipelines import lock
from pipelines.errors import LostError
from pipelines.rebuild import rebuild
from pipelines.verify import verify
from pipelines.warcs.walk import Record, records
from scraper.cli.commands.verify import command as verify_command
from scraper.tombstones import TOMBSTONES
from tests.crawling import Toy
from tests.forgetting.searching import occurrences
from tests.forgetting.toys import PAGES, WORD, assert_gone, copy, forget, make

ASKED = "我的金絲雀整夜都在唱歌，怎麼辦？"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    escaped = ASKED.encode("ascii", "backslashreplace").decode()
    make(tmp_path / "a", PAGES | {"/q/1": f"<h1>{WORD} 1</h1><p>{escaped}\\nIt {WORD} sings</p>"})
    return tmp_path / "a"


def test_an_id_in_any_language_is_a_name(archive: Path) -> None:
    lines = ["stored toy:1:en ok", "stored toy:1:zh-Hant", "10:toy:11:en", "x-toy:1:en", "toy:1: 5"]
    log = archive / "crawl.log"
    log.write_text("\n".join([*lines, "end"]), "utf-8")
    status, told, wrong = forget(archive, "toy:1:en", "--reason", "x")
    assert (status, wrong) == (0, "")
    assert "2 lines of logs blanked" in told
    assert log.read_text("utf-8").split("\n") == ["[removed]", "[removed]", *lines[2:], "end"]


def test_a_path_alone_is_a_name(archive: Path) -> None:
    kept = ["GET /q/11", "GET /q", "http://[::1]/q/1", "http://b.example:80/q/1", "/a/q/1", "/"]
    log = archive / "access.log"
    log.write_text("\n".join(['"GET /q/1 HTTP/1.1" 200', "took /q/1?page=2", *kept]), "utf-8")
    assert forget(archive, "toy:1:en", "--reason", "x")[0] == 0
    assert log.read_text("utf-8").split("\n") == ["[removed]", "[removed]", *kept]


def test_big5_is_read(archive: Path) -> None:
    log = archive / "notes.txt"
    log.write_bytes(f"第一行\n{ASKED}\n第三行\n".encode("big5"))
    status, _, wrong = forget(archive, "toy:1:en", "--reason", "x")
    assert (status, wrong) == (0, "")
    assert log.read_bytes() == "第一行\n[removed]\n第三行\n".encode("big5")


def test_what_is_neither_utf_8_nor_big5_is_named(archive: Path) -> None:
    odd, packed = archive / "odd.log", archive / "old.xz"
    odd.write_bytes(b"caf\xe9\n" + f"It {WORD} sings\n".encode() + b"\xff\xfe\n")
    packed.write_bytes(lzma.compress(b"words " * 5_000).replace(b"\0", b""))
    status, _, wrong = forget(archive, "toy:1:en", "--reason", "x")
    assert status == 0
    assert wrong.splitlines() == [
        f"Not searched, look at it yourself: {path}" for path in (odd, packed)
    ]
    assert odd.read_bytes() == b"caf\xe9\n[removed]\n\xff\xfe\n"


@pytest.mark.parametrize("hurt", [slice(20_000, None), slice(20_000, 21_000), slice(-8, -4)])
def test_a_gzip_file_that_is_cut_or_damaged_is_named(archive: Path, hurt: slice) -> None:
    log = archive / "crawl.log.1.gz"
    whole = bytearray(gzip.compress("\n".join(str(one * one) for one in range(20_000)).encode()))
    del whole[hurt]
    log.write_bytes(whole)
    status, _, wrong = forget(archive, "toy:1:en", "--reason", "x")
    assert (status, wrong) == (0, f"Not searched, look at it yourself: {log}\n")
    assert not list(archive.glob(".*.part"))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_tables_stay_tables(archive: Path, end: str) -> None:
    rows = [
        ["id", "text", "n"],
        ["toy:1:en", "short", "1"],
        ["a", f'one\nIt "{WORD}" sings, and\nthree', "2"],
        ["b", f"not\n{ASKED}", "3"],
        ["toy:2:en", 'says "yes",\nand goes', "4"],
    ]
    places = [archive / "exports" / "tables" / "a.csv", archive / "b.csv.gz"]
    places[0].parent.mkdir()
    with places[0].open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator=end).writerows(rows)
    places[1].write_bytes(gzip.compress(places[0].read_bytes()))
    assert forget(archive, "toy:1:en", "--reason", "x")[0] == 0
    expected = ["id,text,n", *["[removed],,"] * 3, 'toy:2:en,"says ""yes"",\nand goes",4', ""]
    for whole in (places[0].read_bytes(), gzip.decompress(places[1].read_bytes())):
        assert whole.decode() == end.join(expected)
    assert_gone(archive)


def test_a_quotation_mark_that_is_none_costs_no_more_than_its_neighbours(archive: Path) -> None:
    table = archive / "a.csv"
    table.write_text('n,size\n1,5" pipe\n2,6" pipe\n3,7\n4,toy:1:en\n5,8" pipe\n', "utf-8")
    assert forget(archive, "toy:1:en", "--reason", "x")[0] == 0
    assert table.read_text("utf-8") == 'n,size\n1,5" pipe\n2,6" pipe\n3,7\n[removed],\n5,8" pipe\n'


def test_tables_that_were_exported_under_another_name(archive: Path) -> None:
    tables.write(archive, archive / "exports" / "mine")
    assert occurrences(archive / "exports" / "mine", (WORD,))
    assert forget(archive, "toy:1:en", "--reason", "x")[0] == 0
    assert occurrences(archive / "exports" / "mine", (WORD, "toy:1:en")) == []
    for path in (archive / "exports" / "mine").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert {len(row) for row in rows} <= {len(header)}, path


def test_exports_of_a_backup_are_written_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, backup = tmp_path / "a", tmp_path / "backup"
    make(archive)
    copy(archive, backup)
    assert forget(archive, "toy:1:en", "--reason", "x")[0] == 0
    shutil.copytree(backup, archive, dirs_exist_ok=True)
    assert repair(archive) == 0
    assert WORD not in (archive / "exports" / jsonl.NAME).read_text()
    # As where the first repair was killed behind the database; and one that nobody may replace.
    shutil.copytree(backup / "exports", archive / "exports", dirs_exist_ok=True)
    (archive / "exports/csv").mkdir()
    (archive / "exports/csv/notes.txt").write_text("mine")
    assert repair(archive) == 1
    assert f"{archive}/exports/csv is no earlier export" in capsys.readouterr().err
    assert WORD not in (archive / "exports" / jsonl.NAME).read_text()


def test_of_a_backups_exports_those_of_a_day_go_and_others_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = tmp_path / "a"
    make(archive)
    exported = (archive / "exports" / jsonl.NAME).read_text("utf-8")
    assert forget(archive, "toy:1:en", "--reason", "x")[0] == 0
    old, mine = "questions-as-of-20261122T090000Z.jsonl", archive / "exports" / "mine.jsonl"
    for path in (archive / "exports" / old, mine):
        path.write_text(exported, "utf-8")
    assert repair(archive) == 0
    told = capsys.readouterr().err
    assert f"removed, as it may hold what was taken down: exports/{old}." in told
    assert f"look at it yourself: {mine}\n" in told
    assert [path.name for path in (archive / "exports").iterdir() if WORD in path.read_text()] == [
        mine.name
    ]


def repair(archive: Path) -> object:
    """The exit status of `qarchive verify --repair`."""
    with patch("scraper.loading.sites", lambda: {"toy": Toy}), pytest.raises(SystemExit) as ended:
        verify_command.main(["--repair", "--archive", str(archive)], standalone_mode=False)
    return ended.value.code


def test_damage_that_a_repair_took_as_it_is_leaves_no_tombstone(archive: Path) -> None:
    warc = archive / "warc" / FIRST
    (hurt,) = [item for item in records(warc) if item.offset][-2:-1]
    data = bytearray(warc.read_bytes())
    data[hurt.offset + 10] = 0xFF
    warc.write_bytes(data)
    assert repair(archive) == 1
    told = "^qarchive: .* is damaged at byte .* can't be forgotten"
    status, _, error = forget(archive, "toy:1:en", "--reason", "x")
    assert (status, bool(re.search(told, error))) == (3, True)
    assert not (archive / TOMBSTONES).exists()


FIRST = "000001-run000001.warc.gz"


def test_what_another_program_fetched_is_told_of(archive: Path) -> None:
    old = archive / "warc" / FIRST
    fetched = b"".join(
        old.read_bytes()[record.offset : record.end]
        for record in records(old)
        if isinstance(record, Record) and record.kind in {"response", "request"}
    )
    assert forget(archive, "toy:1:en", "--reason", "x")[0] == 0
    (archive / "warc" / "other.warc.gz").write_bytes(fetched)
    assert [(one.where, one.what) for one in verify(archive) if one.check == "forgotten"] == [
        ("warc/other.warc.gz", "2 records of pages that were taken down")
    ]


def test_a_warc_that_is_lost_is_told_after_a_takedown_too(archive: Path) -> None:
    assert forget(archive, "toy:1:en", "--reason", "x")[0] == 0
    with closing(sqlite3.connect(archive / "archive.db")) as db, db:
        db.execute("UPDATE captures SET fetched_at='2026-01-01T09:00:00Z' WHERE run_id=1")
    (archive / "warc" / FIRST).unlink()
    with closing(lock.take(archive)), pytest.raises(LostError, match=FIRST):
        rebuild(archive, {"toy": Toy})
