"""A WACZ holds what was committed: read back by other means than those that wrote it."""

import gzip
import hashlib
import io
import json
import shutil
import sqlite3
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from importlib import import_module
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from click.testing import CliRunner
from fastwarc.cli import main as fastwarc_main
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator

from exports import wacz
from pipelines.errors import StorageError
from pipelines.rebuild import rebuild
from scraper.loading import sites
from tests.damaging import flip_in_the_middle
from tests.database import rows
from tests.stages import Stage, Stages
from tests.truth.sites import NAMES

pytestmark = pytest.mark.dear


@pytest.fixture(scope="module", params=NAMES)
def stage(request: pytest.FixtureRequest, crawled: Callable[[str], Stages]) -> Stage:
    return crawled(request.param).later


@pytest.fixture(scope="module")
def wacz_file(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The WACZ of a stage."""
    out = tmp_path_factory.mktemp("wacz") / "a.wacz"
    wacz.write(stage.archive, out)
    return out


@pytest.fixture
def adoctor(tmp_path: Path, crawled: Callable[[str], Stages]) -> Path:
    """A copy of an archive, to be changed."""
    return shutil.copytree(crawled("adoctor").first.archive, tmp_path / "archive")


def exported(archive: Path, folder: Path) -> ZipFile:
    wacz.write(archive, folder / "a.wacz")
    return ZipFile(folder / "a.wacz")


def page_list(file: ZipFile, name: str) -> list[dict[str, Any]]:
    header, *pages = [json.loads(line) for line in file.read(f"pages/{name}.jsonl").splitlines()]
    assert header["format"] == "json-pages-1.0"
    return pages


def run(module: str, *words: object) -> str:
    """What other people's program prints when all is well; run here, for each takes a second."""
    with warnings.catch_warnings(), redirect_stdout(StringIO()) as told:
        warnings.simplefilter("ignore")
        program = import_module(module)
        with pytest.raises(SystemExit) as ended:
            sys.exit(program.main(list(map(str, words))))
    assert not ended.value.code, told.getvalue()
    return told.getvalue()


def test_py_wacz_finds_it_valid(wacz_file: Path) -> None:
    assert "is valid" in run("wacz.main", "validate", "-f", wacz_file)


def test_digests_are_those_of_the_members(stage: Stage, wacz_file: Path) -> None:
    with ZipFile(wacz_file) as file:
        told = json.loads(file.read("datapackage.json"))
        assert (told["profile"], told["wacz_version"]) == ("data-package", "1.1.1")
        found = {
            name: ("sha256:" + hashlib.sha256(file.read(name)).hexdigest(), len(file.read(name)))
            for name in file.namelist()
        }
        digest = json.loads(file.read("datapackage-digest.json"))
        assert digest == {"path": "datapackage.json", "hash": found.pop("datapackage.json")[0]}
        del found["datapackage-digest.json"]
        assert {
            member["path"]: (member["hash"], member["bytes"]) for member in told["resources"]
        } == found
        stored = {i.filename for i in file.infolist() if i.compress_type == ZIP_STORED}
        warcs = {f"archive/{path.name}" for path in (stage.archive / "warc").iterdir()}
        assert stored == {*warcs, "indexes/index.cdx.gz"}


def test_the_index_leads_to_every_capture(stage: Stage, wacz_file: Path) -> None:
    captures = Counter(
        rows(
            stage.archive,
            "SELECT url, fetched_at, warc, offset, length FROM captures",
        )
    )
    led: Counter[tuple[str, str, str, int, int]] = Counter()
    with ZipFile(wacz_file) as file:
        packed = file.read("indexes/index.cdx.gz")
        first, *blocks = file.read("indexes/index.idx").decode().splitlines()
        assert json.loads(first.removeprefix("!meta 0 "))["format"] == "cdxj-gzip-1.0"
        lines: list[str] = []
        for block in blocks:
            key, place = block.split(" {", 1)
            at = json.loads("{" + place)
            member = packed[at["offset"] : at["offset"] + at["length"]]
            assert at["digest"] == "sha256:" + hashlib.sha256(member).hexdigest()
            lines += gzip.decompress(member).decode().splitlines()
            assert any(line.startswith(f"{key} {{") for line in lines[-1024:])
        assert gzip.decompress(packed).decode().splitlines() == lines == sorted(lines)
        for line in lines:
            at = json.loads(line.split(" ", 2)[2])
            with file.open(f"archive/{at['filename']}") as warc:
                warc.seek(int(at["offset"]))
                member = warc.read(int(at["length"]))
            (record,) = ArchiveIterator(io.BytesIO(member))
            date = record.rec_headers["WARC-Date"]
            assert record.rec_headers["WARC-Target-URI"] == at["url"]
            assert line.split(" ")[1] == "".join(filter(str.isdigit, date))
            led[at["url"], date, at["filename"], int(at["offset"]), int(at["length"])] += 1
    assert led == captures


def test_pages_are_the_captures_with_their_text(stage: Stage, wacz_file: Path) -> None:
    taken = {
        (url, moment): kind == "question"
        for url, moment, kind in rows(
            stage.archive,
            "SELECT c.url, c.fetched_at, u.kind FROM captures c JOIN urls u ON u.id = c.url_id"
            " WHERE c.status = 200 AND u.kind <> 'sitemap'",
        )
    }
    with ZipFile(wacz_file) as file:
        pages = page_list(file, "pages")
        others = page_list(file, "extraPages")
    assert len({page["id"] for page in pages}) == len(pages)
    listed = {(page["url"], page["ts"]) for page in pages}
    assert listed <= {key for key, is_question in taken.items() if is_question}
    assert listed | {(page["url"], page["ts"]) for page in others} == taken.keys()
    assert not any("text" in page for page in others)
    latest = {page["url"]: page for page in sorted(pages, key=lambda page: page["ts"])}
    truth = stage.truth().values()
    assert len(truth) > 30
    for record in truth:
        page = latest[record["url"]]
        assert page["title"] == record["title"]
        shown = "".join(page["text"].split())
        for text in [record["question"]["text"], *(reply["text"] for reply in record["replies"])]:
            assert "".join(text.split()) in shown


def test_a_page_is_read_when_those_before_it_are_written() -> None:
    pages: Iterator[dict[str, str]] = iter([{"id": "1"}, {"id": "2"}])
    header, first = islice(wacz.listed("pages", "Questions", pages), 2)
    assert b"json-pages-1.0" in header
    assert first == b'{"id": "1"}\n'
    assert next(pages) == {"id": "2"}


def test_what_a_crawl_has_not_committed_stays_out(adoctor: Path, tmp_path: Path) -> None:
    (warc,) = (adoctor / "warc").iterdir()
    committed = warc.read_bytes()
    with warc.open("ab") as growing:
        growing.write(committed[:5000])
    with exported(adoctor, tmp_path) as file:
        assert file.read(f"archive/{warc.name}") == committed


@pytest.mark.parametrize("lost", [1, None])
def test_missing_bytes_are_told_in_one_line(
    adoctor: Path, tmp_path: Path, lost: int | None
) -> None:
    (warc,) = (adoctor / "warc").iterdir()
    if lost is None:
        warc.unlink()
    else:
        warc.write_bytes(warc.read_bytes()[:-lost])
    with pytest.raises(StorageError, match="restore it from a backup") as told:
        wacz.write(adoctor, tmp_path / "a.wacz")
    assert str(warc) in str(told.value)
    assert "\n" not in str(told.value)
    assert not (tmp_path / "a.wacz").exists()


def test_a_flipped_bit_is_told_in_one_line(adoctor: Path, tmp_path: Path) -> None:
    (warc,) = (adoctor / "warc").iterdir()
    flip_in_the_middle(warc)
    with pytest.raises(StorageError, match="is damaged: run `qarchive verify`"):
        wacz.write(adoctor, tmp_path / "a.wacz")
    assert not (tmp_path / "a.wacz").exists()


def test_what_a_repair_has_left_damaged_is_left_out(adoctor: Path, tmp_path: Path) -> None:
    (warc,) = (adoctor / "warc").iterdir()
    ((captures,),) = rows(adoctor, "SELECT count(*) FROM captures")
    flip_in_the_middle(warc)
    rebuild(adoctor, sites())
    with exported(adoctor, tmp_path) as file:
        sound = file.read(f"archive/{warc.name}")
        lines = gzip.decompress(file.read("indexes/index.cdx.gz")).decode().splitlines()
    assert captures - 1 <= len(lines) <= captures
    for line in lines:
        at = json.loads(line.split(" ", 2)[2])
        member = sound[int(at["offset"]) :][: int(at["length"])]
        (record,) = ArchiveIterator(io.BytesIO(member))
        assert record.rec_headers["WARC-Target-URI"] == at["url"]


@pytest.mark.parametrize("year", ["1970", "2026", "2200"])  # a zip can tell 1980 to 2107
def test_an_archive_without_captures_gives_a_valid_file(
    tmp_path: Path, connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, year: str
) -> None:
    assert connection
    monkeypatch.setenv("QARCHIVE_NOW", f"{year}-06-01T00:00:00Z")
    with exported(tmp_path, tmp_path) as file:
        assert page_list(file, "pages") == page_list(file, "extraPages") == []
        assert file.testzip() is None


def test_others_read_every_record_of_the_warcs(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "all.warc.gz"
    path.write_bytes(b"".join(warc.read_bytes() for warc in (stage.archive / "warc").iterdir()))
    run("warcio.cli", "check", path)
    checked = CliRunner().invoke(fastwarc_main, ["check", str(path)])
    assert checked.exit_code == 0, checked.output
    with path.open("rb") as file:
        kinds = Counter(record.rec_type for record in ArchiveIterator(file))
    with path.open("rb") as file:
        fast = sum(1 for _ in FastIterator(file, record_types=WarcRecordType.any_type))
    assert kinds.total() == fast
    answers = "response,revisit"  # to say so: importing wacz changes what it takes by itself
    lines = run("cdxj_indexer.main", "--records", answers, path).splitlines()
    assert len(lines) == kinds["response"] + kinds["revisit"]
