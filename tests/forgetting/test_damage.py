"""Quotations where no page is read: in headers, in bodies that came cut or damaged."""

import gzip
import re
import shutil
import sqlite3
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from pipelines.layout import DATABASE
from pipelines.merge import merge
from pipelines.rereading.captures import body_of
from pipelines.takedown.decoding import readable_body
from pipelines.verify import verify
from pipelines.warcs.files import plain_body
from pipelines.warcs.walk import Record, records
from scraper.errors import PageChangedError
from scraper.items import Question, Reply
from scraper.reading.page import Page
from scraper.reading.unpacking import LARGEST
from scraper.sites.qapage import QAPageSpider
from tests.crawling import Toy, crawl
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.forgetting.forums import links, put, thread
from tests.forgetting.merging import SITES
from tests.forgetting.toys import PAGES, assert_gone, copy, forget, make, records_by_number
from tests.repairing import repair

read_question = Toy.read_question  # tests put others in its place
WORD = "Kanarienvogel"
TITLE = f"My {WORD} sings; what now?"
OWN = thread(TITLE, "It sings at night.", ("elm", "Wait."))
FILLING = "".join(f"<p>{number * 7919 % 10007} reeds</p>" for number in range(300))
QUOTING = thread("Pond", "It is green.", html=f"<p>{TITLE}</p>{FILLING}").encode()
PLAIN = thread("Well", "It is dry.", html=FILLING).encode()
WHOLE = gzip.compress(QUOTING)
FLIPPED = WHOLE[:-300] + bytes([WHOLE[-300] ^ 255]) + WHOLE[-299:]
BARE = zlib.compressobj(9, zlib.DEFLATED, -15)
DEFLATED = BARE.compress(QUOTING) + BARE.flush()
DIGESTS = [
    ("Content-Digest", "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"),
    ("Repr-Digest", "md5=:Sd/dVLAcvNLSq16eXua5uQ==:"),
]
ENCODED = {
    "cut deflate": ("deflate", zlib.compress(QUOTING)[:-100]),
    "cut bare deflate": ("deflate", DEFLATED[:-100]),
    "cut gzip": ("gzip", WHOLE[:-200]),
    "damaged gzip": ("gzip", FLIPPED),
    "plain": ("gzip", QUOTING),
    "unknown": ("br", b"\0" + QUOTING),
}
HEADERS = [
    ("X-Recent", TITLE),
    ("X-Escaped", quote(TITLE)),
    ("X-Plus", f"last={quote_plus(TITLE)}; path=/"),
    ("Content-Disposition", f'inline; filename="{TITLE}.html"'),
    ("X-Kept", "reeds"),
]


def answers(archive: Path) -> dict[str, tuple[dict[str, str], bytes]]:
    """Header and readable body of the last answer of each path; all that are held are searched."""
    held: dict[str, tuple[dict[str, str], bytes]] = {}
    for file in sorted((archive / "warc").iterdir()):
        for record in records(file):
            assert isinstance(record, Record)
            headers = {k.decode().lower(): v.decode() for k, v in record.http_headers}
            if record.kind == "response":
                path = "/" + record.headers["WARC-Target-URI"].split("/", 3)[3]
                body = readable_body(record.http_body, headers.get("content-encoding"))
                held[path] = headers, body if body is not None else record.http_body
                assert WORD.encode() not in held[path][1], path
            assert WORD not in record.content.decode("latin-1").replace("%20", " "), record.kind
    assert list(verify(archive)) == []
    return held


def site(server: FaultServer, late: dict[str, Any] | None = None) -> None:
    paths = {f"/questions/{number}": "" for number in range(2, 10)}
    put(server, {"/questions/1": OWN} | paths)
    for number, (encoding, body) in enumerate(ENCODED.values(), 2):
        headers = [("Content-Encoding", encoding), ("ETag", '"a"'), *DIGESTS]
        server.play(f"/questions/{number}", [reply(200, headers, body)])
    server.play("/questions/8", [reply(200, HEADERS, PLAIN)])
    headers = [("Content-Encoding", "deflate")]
    server.play("/questions/9", [reply(200, headers, zlib.compress(PLAIN)[:-100])])
    server.play("/", [reply(200, body=links("/questions/1", *paths, *(late or ())).encode())])
    for path, behaviour in (late or {}).items():
        server.play(path, [behaviour])


def problems(archive: Path) -> list[tuple[str, str]]:
    return rows(archive, "SELECT url, code FROM problems ORDER BY url, code")


def test_cut_and_damaged_bodies_and_headers(tmp_path: Path, server: FaultServer) -> None:
    archive = tmp_path / "a"
    site(server)
    crawl(archive, site=QAPageSpider, base_url=server.url("/"))
    before = problems(archive)
    assert forget(archive, "127.0.0.1:1:en", "--reason", "x")[0] == 0
    held = answers(archive)
    assert problems(archive) == before
    assert held["/questions/8"][0].keys() == {
        "content-type", "content-length", "connection", "x-kept",
    }  # fmt: skip
    assert held["/questions/8"][1] == PLAIN
    assert held["/questions/2"][0].keys() == {
        "content-type", "content-length", "connection", "etag",
    }  # fmt: skip
    assert b"[removed]" in held["/questions/2"][1]
    assert b"reeds" in held["/questions/3"][1]
    assert [held[f"/questions/{number}"][1] for number in (5, 7)] == [b"", b""]
    headers, body = held["/questions/9"]
    assert headers["content-encoding"] == "deflate"
    assert body.startswith(PLAIN[:500])


@pytest.mark.parametrize(
    ("encoding", "inner", "held"),
    [
        ("gzip, gzip", gzip.compress(PLAIN), PLAIN),
        ("deflate, gzip", zlib.compress(PLAIN), PLAIN),
        ("deflate, gzip", b"no such stream", None),
        ("gzip, gzip", b"no such stream", None),
        ("gzip, gzip", gzip.compress(b"") * 100_000, None),  # each costs a copy of what follows it
    ],
    ids=["gzip", "deflate", "no deflate", "no gzip", "members without end"],
)
def test_what_can_be_read_of_a_cut_body_encoded_twice(
    encoding: str, inner: bytes, held: bytes | None
) -> None:
    assert readable_body(gzip.compress(inner)[:-4], encoding) == held


def test_what_only_begins_like_a_page_is_not_read_as_one() -> None:
    assert readable_body(b"<\0\x12", "br") is None


def test_a_sitemap_as_large_as_a_crawl_takes_it_is_read() -> None:
    sitemap = b"<urlset>".ljust(LARGEST)
    packed = gzip.compress(sitemap, 1)
    assert readable_body(packed, "gzip") == sitemap
    assert plain_body([(b"Content-Encoding", b"gzip")], packed) == sitemap


def test_each_coding_of_a_body_may_have_a_header_of_its_own(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    twice = {
        "/questions/2": (["deflate", "gzip"], gzip.compress(zlib.compress(QUOTING))),
        "/questions/3": (["gzip", "identity"], gzip.compress(PLAIN)),
    }
    with FaultServer() as server:
        put(server, {"/questions/1": OWN} | dict.fromkeys(twice, ""))
        for path, (codings, body) in twice.items():
            headers = [("Content-Encoding", coding) for coding in codings]
            server.play(path, [reply(200, headers, body)])
        crawl(archive, site=QAPageSpider, base_url=server.url("/"))
        assert forget(archive, "127.0.0.1:1:en", "--reason", "x")[0] == 0
        assert b"[removed]" in answers(archive)["/questions/2"][1]
    assert rows(archive, "SELECT title FROM questions ORDER BY url") == [("Pond",), ("Well",)]
    last = "UPDATE captures SET content_encoding='identity' WHERE content_encoding='gzip, identity'"
    with closing(sqlite3.connect(archive / DATABASE)) as db, db:
        assert db.execute(last).rowcount == 1
        ((well,),) = db.execute("SELECT capture_id FROM questions WHERE title='Well'")
        assert body_of(db, archive, well).body == PLAIN
    assert list(verify(archive)) == []


def test_a_record_of_a_page_that_no_reader_can_read_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That of page 2 quotes page 1, in words by which only the link around them tells it."""

    def read_words(page: Page) -> Question:
        question = read_question(page)
        texts = [re.sub("<.*?>", "", reply.text) for reply in question.replies]
        return replace(question, replies=tuple(Reply(text=text) for text in texts))

    def refuse(page: Page) -> Question:
        raise PageChangedError(page.url)

    quoting = f'<li>See <a href="/q/1">what is said of the {WORD} at night</a></li>'
    archive, backup, merged = tmp_path / "a", tmp_path / "backup", tmp_path / "merged"
    monkeypatch.setattr(Toy, "read_question", staticmethod(read_words))
    make(archive, PAGES | {"/q/2": f"<h1>Two</h1><p>second</p>{quoting}"})
    assert WORD in str(records_by_number(archive)["2"]["replies"])
    copy(archive, backup)
    monkeypatch.setattr(Toy, "read_question", staticmethod(refuse))
    status, _, told = forget(archive, "toy:1:en", "--reason", "x")
    assert status == 0
    assert "can't read 1 capture:" in told
    assert "1 record of the old database found no more, such as toy:2:en" in told
    merge((backup, archive), merged, SITES, lambda _: None)
    shutil.copy(backup / DATABASE, archive)
    assert repair(archive).unread == (1, 2, ("toy:2:en",))
    for folder in (archive, merged):
        assert_gone(folder)
        assert records_by_number(folder).keys() == {"3"}


def test_they_do_not_come_back(tmp_path: Path, server: FaultServer) -> None:
    archive = tmp_path / "a"
    coded = [("Content-Encoding", "gzip"), *DIGESTS]
    put(server, {"/questions/1": OWN, "/questions/8": ""})
    crawl(archive, site=QAPageSpider, base_url=server.url("/"))
    assert forget(archive, "127.0.0.1:1:en", "--reason", "x")[0] == 0
    site(server, {"/questions/10": reply(404, coded, FLIPPED)})
    crawl(archive, site=QAPageSpider, base_url=server.url("/"), revisit="all")
    assert server.seen("/questions/10")
    held = answers(archive)
    assert held["/questions/8"][0].keys() >= {"x-kept"}
    assert not held["/questions/8"][0].keys() & {"x-recent", "x-plus", "content-disposition"}
    headers, body = held["/questions/10"]
    assert headers.keys() == {"content-type", "content-length", "connection"}
    assert body == b""
