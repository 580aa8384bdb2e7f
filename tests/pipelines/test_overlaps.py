"""WARCs that are not the archive's own, beside those that are: nothing doubled, nothing lost."""

import gzip
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from pipelines.archive import Archive
from pipelines.layout import DATABASE
from pipelines.verify import verify
from pipelines.warcs.ordering import in_order
from pipelines.warcs.walk import records
from tests.crawling import crawl
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.repairing import repair
from tests.stages import qarchive, typed

FIRST, SECOND = "000001-run000001.warc.gz", "000002-run000002.warc.gz"
TABLES = ("runs", "captures", "questions", "question_versions", "problems", "warcs", "urls")


def contents(archive: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of each table, without the last run's order of requests, which no WARC tells."""
    with closing(sqlite3.connect(archive / DATABASE)) as db:
        db.execute("CREATE TEMP TABLE urls AS SELECT * FROM main.urls")
        db.execute("ALTER TABLE temp.urls DROP COLUMN priority")
        return {table: sorted(db.execute(f"SELECT * FROM {table}"), key=repr) for table in TABLES}


def files(archive: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (archive / "warc").iterdir()}


def foreign(path: Path) -> None:
    """A WARC such as other programs write."""
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>x"
    records = (
        ("warcinfo", "application/warc-fields", b"software: a browser\r\n"),
        ("response", "application/http; msgtype=response", page),
        ("metadata", "application/warc-fields", b"outlinks: none\r\n"),
        ("metadata", "application/json", b"[1, 2]"),
        ("metadata", "application/json", b'{"type": "a browser\'s"}'),
    )
    with path.open("wb") as file:
        for number, (kind, type_, block) in enumerate(records):
            head = (
                f"WARC/1.0\r\nWARC-Type: {kind}\r\n"
                f"WARC-Record-ID: <urn:uuid:{UUID(int=number)}>\r\n"
                f"WARC-Date: 2026-09-07T09:00:00Z\r\nWARC-Target-URI: http://127.0.0.1/q/1\r\n"
                f"Content-Type: {type_}\r\nContent-Length: {len(block)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + block + b"\r\n\r\n"))


@pytest.mark.parametrize(
    "name",
    ["000004-run000001.warc.gz", "000001-run000001.warc (copy).warc.gz", "(1).warc.gz"],
)
@pytest.mark.parametrize("source", [FIRST, SECOND])
def test_a_copy_of_a_warc_is_taken_once(archive: Path, name: str, source: str) -> None:
    repair(archive)
    before, held = contents(archive), files(archive)
    assert len(before["question_versions"]) == 19  # 12 pages, 7 of which were edited
    shutil.copy(archive / "warc" / source, archive / "warc" / name)
    assert repair(archive).arranged.gone == {name: source}
    assert contents(archive) == before
    assert files(archive) == held
    assert list(verify(archive)) == []


def test_both_in_one_file(archive: Path) -> None:
    """As `cat` makes it, beside the two: one file is left, in which all lies once."""
    repair(archive)
    before, held = contents(archive), files(archive)
    (archive / "warc" / "all.warc.gz").write_bytes(held[FIRST] + held[SECOND])
    repair(archive)
    ((name, whole),) = files(archive).items()
    assert (name, len(whole)) == (FIRST, len(held[FIRST]) + len(held[SECOND]))
    after = contents(archive)
    assert after["question_versions"] == before["question_versions"]
    assert after["runs"] == before["runs"]
    assert [row[:4] for row in after["captures"]] == [row[:4] for row in before["captures"]]
    assert list(verify(archive)) == []


def test_a_file_that_holds_itself_twice(archive: Path) -> None:
    repair(archive)
    before, held = contents(archive), files(archive)
    (archive / "warc" / SECOND).write_bytes(held[SECOND] * 2)
    repair(archive)
    assert contents(archive) == before
    assert files(archive) == held


@pytest.mark.parametrize("damage", ["cut", "flipped"])
def test_a_whole_copy_mends_a_damaged_file(archive: Path, damage: str) -> None:
    repair(archive)
    before, held = contents(archive), files(archive)
    whole, path = held[FIRST], archive / "warc" / FIRST
    (archive / "warc" / "backup.warc.gz").write_bytes(whole)
    place = len(whole) // 2
    if damage == "cut":
        path.write_bytes(whole[:place])
    else:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
    repair(archive)
    Archive.open(archive).close()  # cuts a torn tail back
    assert contents(archive) == before
    assert files(archive) == held
    assert [one for one in verify(archive) if not one.harmless] == []


@pytest.mark.parametrize("lost", [True, False])
def test_what_another_program_wrote_is_no_part_of_the_archive(archive: Path, *, lost: bool) -> None:
    before = contents(archive)
    strange = archive / "warc" / "000000-browser.warc.gz"
    foreign(strange)
    held = files(archive)
    (told,) = verify(archive)
    assert (told.where, told.todo, told.harmless) == (f"warc/{strange.name}", "move it away", True)
    assert typed("verify", "--archive", archive).stdout.endswith("\nNothing is damaged.\n")
    if lost:
        (archive / DATABASE).unlink()
    done = qarchive("verify", "--repair", "--archive", archive)
    # The command knows no toy site: what counts here is what it says of the file.
    assert f"qarchive: warc/{strange.name} holds no visit of an archive: move it away." in (
        done.stderr.splitlines()
    )
    assert repair(archive).arranged.foreign == [strange.name]
    assert contents(archive) == before
    with FaultServer() as server:
        crawl(archive, base_url=server.url("/"))
    assert files(archive).items() >= held.items()


def test_records_of_others_in_a_file_of_ours_tell_nothing(archive: Path) -> None:
    repair(archive)
    before = contents(archive)
    foreign(archive / "strange")
    with (archive / "warc" / SECOND).open("ab") as file:
        file.write((archive / "strange").read_bytes())
    (archive / "strange").unlink()
    repair(archive)
    after = contents(archive)
    assert after.pop("warcs") != before.pop("warcs")
    assert after == before
    assert "nothing tells what became of http://127.0.0.1/q/1" in [
        one.what for one in verify(archive)
    ]


def test_a_crawl_goes_on_where_a_warc_was_moved_away(archive: Path) -> None:
    (archive / "warc" / FIRST).rename(archive / FIRST)
    (archive / DATABASE).unlink()
    repair(archive)
    for number in (3, 4):
        with FaultServer() as server:
            crawl(archive, base_url=server.url("/"))
        assert f"{number:06d}" in {name[:6] for name in files(archive)}
    assert [one for one in verify(archive) if one.check == "warcs"] == []


@pytest.mark.parametrize("there", [0, 2000])
def test_a_repair_does_not_destroy_the_only_proof_of_what_is_lost(
    archive: Path, there: int
) -> None:
    before, path = contents(archive), archive / "warc" / SECOND
    whole = path.read_bytes()
    path.write_bytes(whole[:there])
    done = qarchive("verify", "--repair", "--archive", archive)
    assert done.returncode == 1
    assert f"warc/{SECOND} holds {there:,} of {len(whole):,} bytes, 13 captures" in done.stderr
    assert contents(archive) == before
    assert path.read_bytes() == whole[:there]
    (archive / "warc" / "restored.warc.gz").write_bytes(whole)
    repair(archive)
    assert list(verify(archive)) == []


def test_files_whose_names_were_swapped_follow_each_other_as_they_did(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, server: FaultServer
) -> None:
    server.play("/", [reply(200, body=b'<a href="/q/1">1</a>')])
    for day in (1, 2, 3):
        monkeypatch.setenv("QARCHIVE_NOW", f"2026-11-0{day}T09:00:00Z")
        page = f"<h1>One</h1><p>day {max(day, 2)}</p>"
        server.play("/q/1", [reply(200, body=page.encode())])
        crawl(tmp_path / "b", base_url=server.url("/"), revisit="all")
    folder = tmp_path / "b" / "warc"
    names = sorted(path.name for path in folder.iterdir())
    assert in_order(folder, names) == names
    for name, other in zip(names, (*names[1:], names[0]), strict=True):
        (folder / name).rename(folder / f"{other}.new")
    for path in folder.iterdir():
        path.rename(path.with_suffix(""))
    assert in_order(folder, names) == [*names[1:], names[0]]
    repair(tmp_path / "b")
    assert list(verify(tmp_path / "b")) == []
    with closing(sqlite3.connect(tmp_path / "b" / DATABASE)) as db:
        assert db.execute("SELECT question_text FROM questions").fetchall() == [("day 3",)]


@pytest.mark.parametrize(
    ("files", "order"),
    [
        ({"1": ("1", "2026-11-01"), "2": ("2", "2026-11-08")}, "12"),
        ({"1": ("1", "2026-11-08"), "2": ("2", "1970-01-01")}, "12"),  # its clock stepped back
        ({"1": ("2", "2026-11-08"), "2": ("1", "2026-11-01")}, "21"),  # swapped
        ({"2": ("2", "2026-11-08"), "3": ("3", "2026-11-07"), "9": ("1", "2026-11-01")}, "923"),
        ({"1": ("2", "2026-11-08"), "2": ("1", "2026-11-08")}, "12"),  # merged, as they begin
        ({"1": ("1", "2026-11-01"), "2": ("1", "2026-11-08"), "3": ("2", "2026-11-02")}, "123"),
    ],
)
def test_names_order_files_unless_times_and_told_names_both_say_otherwise(
    tmp_path: Path, files: dict[str, tuple[str, str]], order: str
) -> None:
    for name, (told, date) in files.items():
        head = f"WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Filename: {told}\r\nWARC-Date: {date}\r\n"
        record = f"{head}Content-Length: 0\r\n\r\n\r\n\r\n"
        (tmp_path / name).write_bytes(gzip.compress(record.encode(), mtime=0))
    assert in_order(tmp_path, files) == list(order)


def test_every_run_and_visit_is_known_by_its_record(archive: Path) -> None:
    """The rule that all of this rests on: no two records have one id."""
    paths = sorted((archive / "warc").iterdir())
    ids = [one.id for path in paths for one in records(path) if not isinstance(one, tuple)]
    assert len(ids) == len(set(ids)) > 60
