"""What may be named, what is told, and what of other pages must stay."""

import gzip
import json
import shutil
from contextlib import closing, nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner

from exports import jsonl
from pipelines import lock
from pipelines.database import open_reader
from pipelines.progress import CommandProgress
from pipelines.verify import verify
from pipelines.warcs.walk import Record, records
from scraper.cli.commands import export
from scraper.cli.commands import forget as cli
from tests.crawling import crawl
from tests.damaging import flip
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.forgetting.searching import occurrences
from tests.forgetting.toys import PAGES, WORD, assert_gone, forget, make, records_by_number

SLUG = "my-kanarienvogel-sings"
GREETING = "Thank you very much for your question."
ADVICE = "Please see a doctor near you in the next days."


def urls(archive: Path) -> list[str]:
    return [url for (url,) in rows(archive, "SELECT url FROM urls ORDER BY url")]


def test_by_a_url_that_is_not_canonical(archive: Path) -> None:
    url = next(url for url in urls(archive) if url.endswith("/q/1"))
    assert forget(archive, f"{url}#answers", "--reason", "x")[0] == 0
    assert_gone(archive)
    assert records_by_number(archive).keys() == {"2", "3"}


def test_by_the_id_of_another_language(archive: Path) -> None:
    assert forget(archive, "toy:1:zh-Hant", "--reason", "x")[0] == 0
    assert_gone(archive)


def test_several_at_once_and_twice(archive: Path) -> None:
    assert forget(archive, "toy:1:en", "toy:2:en", "--reason", "x")[0] == 0
    assert records_by_number(archive).keys() == {"3"}
    status, told, wrong = forget(archive, "toy:2:en", "--reason", "x")
    assert (status, wrong) == (0, "")
    assert told == "Taken down before: `qarchive forget --list`.\n"
    assert (archive / "forgotten.jsonl").read_text("utf-8").count("\n") == 1


@pytest.mark.parametrize(
    "wanted", ["toy:9:en", "nonsense", "", "http://127.0.0.1:1/q/9", "a:b:c:d"]
)
def test_what_the_archive_does_not_know(archive: Path, wanted: str) -> None:
    status, told, wrong = forget(archive, "toy:1:en", wanted, "--reason", "x")
    assert (status, told, wrong.count("\n")) == (2, "", 1)
    assert records_by_number(archive).keys() == {"1", "2", "3"}
    assert not (archive / "forgotten.jsonl").exists()


@pytest.mark.parametrize("words", [(), ("toy:1:en",), ("toy:1:en", "--reason", " ")])
def test_without_an_id_or_a_reason(archive: Path, words: tuple[str, ...]) -> None:
    status, _, wrong = forget(archive, *words)
    assert (status, wrong.count("\n")) == (2, 1)


def test_without_an_archive(tmp_path: Path) -> None:
    for words in (("toy:1:en", "--reason", "x"), ("--list",)):
        status, _, wrong = forget(tmp_path / "none", *words)
        assert (status, wrong.count("\n")) == (2, 1)
    assert not (tmp_path / "none").exists()


def test_a_page_that_was_never_fetched(tmp_path: Path, server: FaultServer) -> None:
    archive = tmp_path / "a"
    server.play("/", [reply(200, body=PAGES["/"].encode())])
    server.play("/q/2", [reply(200, body=PAGES["/q/2"].encode())])
    crawl(archive, base_url=server.url("/"))
    unread = server.url("/q/1")
    assert forget(archive, unread, "--reason", "x")[0] == 0
    assert_gone(archive)
    server.log.clear()
    crawl(archive, base_url=server.url("/"), revisit="all")
    assert "/q/1" not in [exchange.path for exchange in server.log]


def test_a_list_of_nothing_says_so(archive: Path) -> None:
    assert forget(archive, "--list") == (0, "", "Nothing was taken down.\n")


def test_what_is_told_of_it(archive: Path) -> None:
    status, told, _ = forget(archive, "toy:1:en", "--reason", "asked for on 3 May", "--json")
    assert status == 0
    assert json.loads(told) == {
        "removed": 2, "redacted": 2, "lines": 0, "questions": ["toy:1"],
        "exports_rewritten": ["questions.jsonl"], "exports_removed": [],
    }  # fmt: skip
    _, listed, _ = forget(archive, "--list")
    assert listed.endswith("toy  2 captures removed, 2 redacted: asked for on 3 May\n")
    _, listed, _ = forget(archive, "--list", "--json")
    assert json.loads(listed).keys() == {"site", "at", "reason", "removed", "redacted"}


def test_how_far_it_is(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    far: list[CommandProgress] = []
    monkeypatch.setattr(cli, "rebuild_progress", lambda _: nullcontext(far.append))
    before = sum(path.stat().st_size for path in (archive / "warc").iterdir())
    assert forget(archive, "toy:1:en", "--reason", "x")[0] == 0
    assert [one.step for one in far if one.step != "searching"] == ["replaying", "questions.jsonl"]
    (first, *_, last) = (one for one in far if one.step == "searching")
    assert 0 < first.done < last.done == last.total == before
    far.clear()
    assert list(verify(archive, far.append)) == []
    (first, *_, last) = (one for one in far if one.step == "forgotten")
    assert 0 == first.done < last.done < last.total < before


def test_while_another_writes(archive: Path) -> None:
    with closing(lock.take(archive)):
        assert forget(archive, "toy:1:en", "--reason", "x")[0] == 4
    assert not (archive / "forgotten.jsonl").exists()


def test_damage_is_told_for_nobody_knows_what_it_holds(archive: Path) -> None:
    path = min((archive / "warc").iterdir())
    hurt = [one for one in records(path) if isinstance(one, Record)][4]
    flip(path, hurt.offset + hurt.length // 2)
    status, _, wrong = forget(archive, "toy:1:en", "--reason", "x")
    assert (status, wrong.count("\n")) == (3, 1)
    assert f"damaged at byte {hurt.offset}" in wrong
    assert not (archive / "forgotten.jsonl").exists()
    assert records_by_number(archive).keys() == {"1", "2", "3"}


def test_texts_that_others_say_too_and_short_ones_stay(tmp_path: Path) -> None:
    both = f"<li>{GREETING}</li><li>{ADVICE}</li><li>Yes.</li>"
    pages = PAGES | {
        "/q/1": f"<h1>Sleep</h1><p>My {WORD} sings at night and I wake</p>{both}",
        "/q/2": f"<h1>Sleep</h1><p>I sleep badly since the move</p>{both}",
        "/q/3": f"<h1>Three</h1><p>Sleep. Yes. {ADVICE}</p>",
    }
    make(tmp_path / "a", pages)
    before = records_by_number(tmp_path / "a")
    assert forget(tmp_path / "a", "toy:1:en", "--reason", "x")[0] == 0
    assert_gone(tmp_path / "a")
    assert records_by_number(tmp_path / "a") == {key: before[key] for key in ("2", "3")}


def test_a_slug_goes_from_links_redirects_headers_and_problems(tmp_path: Path) -> None:
    archive, slugged = tmp_path / "a", f"/q/1/{SLUG}"
    with FaultServer() as server:
        links = f'<a href="{slugged}">1</a><a href="/q/1/old">1</a><a href="/random">r</a>'
        headers = [("Link", f"<{slugged}>; rel=canonical"), ("ETag", '"a"')]
        server.play("/", [reply(200, headers, f'{links}<a href="/q/2">2</a>'.encode())])
        server.play("/q/1/old", [reply(301, [("Location", slugged)])])
        server.play("/random", [reply(302, [("Location", f"{slugged}#top")])])
        server.play(slugged, [reply(200, body=PAGES["/q/1"].encode())])
        server.play("/q/2", [reply(200, [("ETag", '"b"'), *headers[:1]], PAGES["/q/3"].encode())])
        crawl(archive, base_url=server.url("/"))
        server.play("/q/2", [reply(304, headers)])
        crawl(archive, base_url=server.url("/"), revisit="all")
        assert len(occurrences(archive, (SLUG,))) == 3
        assert forget(archive, server.url(slugged), "--reason", "x")[0] == 0
        assert occurrences(archive, (SLUG, WORD)) == []
        assert list(verify(archive)) == []
        assert [url.removeprefix(server.url("")) for url in urls(archive)] == [
            "/",
            "/q/2",
            "/random",
        ]
        crawl(archive, base_url=server.url("/"), revisit="all")
        assert occurrences(archive, (SLUG, WORD)) == []


def test_other_files_of_the_folder(archive: Path) -> None:
    line = f'{{"title": "One {WORD}"}}\n'
    url = urls(archive)[1]
    packed = archive / "notes" / "a.log.gz"
    packed.parent.mkdir()
    packed.write_bytes(gzip.compress(f"before\n{line}after\n".encode()))
    (archive / "crawl.log").write_text(f"GET {url}0\nGET {url}\n", "utf-8")
    (archive / "copy.db").write_bytes(b"SQLite\0")
    (archive / "exports" / ".a.zip.part").write_bytes(b"PK\0")  # of an export that was killed
    status, _, wrong = forget(archive, "toy:1:en", "--reason", "x")
    assert status == 0
    assert wrong == f"Not searched, look at it yourself: {archive / 'copy.db'}\n"
    assert gzip.decompress(packed.read_bytes()) == b"before\n[removed]\nafter\n"
    assert (archive / "crawl.log").read_text("utf-8") == f"GET {url}0\n[removed]\n"


def test_nothing_goes_by_a_database_that_is_older_than_its_warcs(archive: Path) -> None:
    newer = archive / "warc" / "000009-run000009.warc.gz"
    shutil.copy(min((archive / "warc").iterdir()), newer)
    status, _, told = forget(archive, "toy:1:en", "--reason", "x")
    assert (status, "newer than the database" in told) == (3, True)


def test_tombstones_without_their_key_are_told(archive: Path) -> None:
    forget(archive, "toy:1:en", "--reason", "x")
    (archive / "forgotten.key").unlink()
    status, _, wrong = forget(archive, "toy:2:en", "--reason", "x")
    assert (status, wrong.count("\n")) == (3, 1)
    assert records_by_number(archive).keys() == {"2", "3"}


def test_an_export_to_another_place_that_was_being_written_is_written_again(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.jsonl"
    before, real = (archive / "exports" / jsonl.NAME).read_bytes(), jsonl.write

    def slow(_: Path, place: Path) -> int:
        """Reads, is overtaken by a forget, and publishes what it had read."""
        monkeypatch.setattr(jsonl, "write", real)
        assert forget(archive, "toy:1:en", "--reason", "x")[0] == 0
        place.write_bytes(before)
        return 3

    assert WORD.encode() in before
    monkeypatch.setattr(jsonl, "write", slow)
    done = CliRunner().invoke(
        export.command, ["jsonl", "--out", str(out), "--archive", str(archive)]
    )
    assert done.exit_code == 0, done.output
    assert out.read_bytes() == (archive / "exports" / jsonl.NAME).read_bytes() != before
    assert_gone(archive)


def test_a_reader_reads_on_meanwhile(archive: Path) -> None:
    with open_reader(archive) as db:
        count = "SELECT count(*) FROM questions"
        assert db.execute(count).fetchone() == (3,)
        assert forget(archive, "toy:1:en", "--reason", "x")[0] == 0
        assert db.execute(count).fetchone() == (3,)
    with open_reader(archive) as db:
        assert db.execute(count).fetchone() == (2,)
