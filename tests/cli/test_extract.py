"""`qarchive extract` reads pages and WARCs, and says in one line what it cannot read."""

import gzip
import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from scraper.cli.streams import warn
from scraper.loading import sites
from scraper.settings import DOWNLOAD_MAXSIZE
from tests.conventions import REPO
from tests.stages import Stages, from_scratch, timeless, typed
from tests.truth.sites import NAMES

PAGE = REPO / "tests" / "pages" / "adoctor" / "english-full.html.gz"
RECORD = json.loads(PAGE.with_name("english-full.json").read_text("utf-8"))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """The saved page, plain, and without a word of where it was fetched."""
    path = tmp_path / "page.html"
    text = gzip.decompress(PAGE.read_bytes()).decode()
    path.write_text(text.replace('rel="canonical"', "").replace("og:url", ""), "utf-8")
    return path


def read(*words: object) -> list[dict[str, Any]]:
    """The records that the command prints when all is well."""
    done = typed("extract", *words)
    assert (done.returncode, done.stderr) == (0, "")
    return [timeless(json.loads(line)) for line in done.stdout.splitlines()]


def refused(status: int, *words: object) -> str:
    """The one line of a command that prints no record."""
    done = typed("extract", *words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (status, "", 1), done.stderr
    return done.stderr


def test_a_page_may_be_gzipped_and_say_itself_where_it_was_fetched(saved: Path) -> None:
    assert read(PAGE, "--site", "adoctor") == [timeless(RECORD)]
    assert read(saved, "--site", "adoctor", "--url", RECORD["url"]) == [timeless(RECORD)]


def test_evidence_is_added_when_asked_for() -> None:
    (record,) = read(PAGE, "--site", "adoctor", "--evidence")
    evidence = record.pop("evidence")
    assert record == timeless(RECORD)
    assert evidence["capture"] == str(PAGE)
    assert evidence["body_sha256"] == sha256(gzip.decompress(PAGE.read_bytes())).hexdigest()
    assert evidence["not_located"] == []
    (asked,) = [one for one in evidence["fields"] if one["field"] == "question.text"]
    assert asked["words"] == RECORD["question"]["text"]
    assert evidence["visible_text"][asked["start"] : asked["end"]] == asked["words"]
    assert asked["xpath"].startswith("/html/body/")


def test_the_record_is_utf_8_in_any_terminal() -> None:
    chinese = PAGE.with_name("chinese-table")
    url = json.loads(PAGE.with_name("chinese-table.json").read_text("utf-8"))["url"]
    words = (f"{chinese}.html.gz", "--site", "adoctor", "--url", url)
    done = from_scratch("extract", *words, LC_ALL="C", PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout)["title"] in done.stdout


def test_the_records_url_is_canonical(saved: Path) -> None:
    given = f"{RECORD['url']}/?utm_source=mail#reply"
    assert read(saved, "--site", "adoctor", "--url", given) == [timeless(RECORD)]


def test_a_page_that_does_not_say_where_it_was_fetched_needs_url(saved: Path) -> None:
    assert "give --url" in refused(2, saved, "--site", "adoctor")


def test_a_page_saved_as_mhtml_is_told(saved: Path) -> None:
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://adoctor.tw/article/1\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=a\r\n\r\n--a\r\n"
    )
    saved.write_text(head + saved.read_text("utf-8"), "utf-8")
    assert "it is MHTML: save the page as HTML" in refused(1, saved, "--site", "adoctor")


@pytest.mark.parametrize(
    "link",
    [
        '<link href="{}" rel="canonical">',
        "<LINK REL=Canonical HREF={}>",
        "<!-- <link rel=canonical href=/9> --><div></div><link rel='canonical a' href={}>",
    ],
)
def test_a_page_says_where_it_was_fetched_in_any_spelling(saved: Path, link: str) -> None:
    text = saved.read_text("utf-8")
    saved.write_text(text.replace("<head>", f"<head>{link.format(RECORD['url'])}"), "utf-8")
    (record,) = read(saved, "--site", "adoctor")
    assert record["url"] == RECORD["url"]


def test_a_page_does_not_move_the_terminal_s_cursor(saved: Path) -> None:
    saved.write_text("Hi \x1b[2J\x1b]0;title\x07")
    told = refused(1, saved, "--site", "adoctor", "--url", RECORD["url"])
    assert told.endswith("the page begins: Hi \ufffd[2J\ufffd]0;title\ufffd\n")


def test_a_message_keeps_names_and_moves_no_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    warn("我\u3000的 a\u200cb\u00a0c \x1b[2J\u202etxt\u2066")
    told = "qarchive: 我\u3000的 a\u200cb\u00a0c \ufffd[2J\ufffdtxt\ufffd\n"
    assert capsys.readouterr().err == told


@pytest.mark.parametrize("url", ["nonsense", "http://[bad", "ftp://adoctor.tw/article/1"])
def test_a_url_is_one_of_the_web(saved: Path, url: str) -> None:
    assert f"{url[:5]}" in refused(2, saved, "--site", "adoctor", "--url", url)


def test_the_record_is_as_a_crawl_stores_it(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    told = r'"name":"Green\ud83d water?","text":"It\u0000 is green.","author":{"name":"bo"}'
    data = f'{{"@type":"QAPage","mainEntity":{{"@type":"Question",{told}}}}}'
    page.write_text(f'<script type="application/ld+json">{data}</script>')
    (record,) = read(page, "--site", "qapage", "--url", "http://pond.example/q/77", "--evidence")
    assert (record["title"], record["question"]["text"]) == ("Green\ufffd water?", "It is green.")
    assert record["warnings"] == ["nul-characters-removed", "surrogates-replaced"]
    assert record["evidence"]["not_located"] == []


def test_a_page_without_a_question_is_told(tmp_path: Path) -> None:
    other = tmp_path / "other.html"
    other.write_text("<p>Please log in", "utf-8")
    told = refused(1, other, "--site", "adoctor", "--url", RECORD["url"])
    assert told.startswith(f"{other}: not-a-question: ")


def test_an_unknown_site_is_told_with_those_there_are() -> None:
    assert ", ".join(sites()) in refused(2, PAGE, "--site", "nosite")


@pytest.mark.parametrize(("name", "keep"), [("cut.html.gz", 400), ("cut.warc.gz", 700)])
def test_a_cut_file_is_damaged(
    tmp_path: Path, crawled: Callable[[str], Stages], name: str, keep: int
) -> None:
    (warc,) = (crawled("qapage").first.archive / "warc").iterdir()
    whole = warc.read_bytes() if "warc" in name else PAGE.read_bytes()
    cut = tmp_path / name
    cut.write_bytes(whole[:keep])
    told = refused(1, cut, "--site", "qapage", "--url", RECORD["url"])
    assert told.startswith(f"{cut}: cannot be read: ")


def test_an_empty_warc_is_damaged(tmp_path: Path) -> None:
    empty = tmp_path / "empty.warc.gz"
    empty.touch()
    assert refused(1, empty, "--site", "adoctor") == f"{empty}: cannot be read: it is empty\n"


def test_what_is_larger_than_any_page_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "large.html"
    large.touch()
    os.truncate(large, DOWNLOAD_MAXSIZE + 1)
    told = refused(1, large, "--site", "adoctor", "--url", "https://adoctor.tw/article/1")
    assert told == f"{large}: cannot be read: 8,388,609 bytes are more than a page may have\n"


def test_noise_is_no_warc_and_the_next_file_is_read_all_the_same(tmp_path: Path) -> None:
    noise = tmp_path / "noise.warc"
    noise.write_bytes(bytes(range(255, 0, -1)) * 9)
    done = typed("extract", noise, PAGE, "--site", "adoctor")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith(f"{noise}: cannot be read: ")
    assert timeless(json.loads(done.stdout)) == timeless(RECORD)


@pytest.mark.parametrize("site", NAMES)
def test_a_crawls_warc_holds_all_its_records(crawled: Callable[[str], Stages], site: str) -> None:
    stage = crawled(site).first
    found = read(*(stage.archive / "warc").iterdir(), "--site", site)
    assert {record["id"]: record for record in found} == stage.truth()
    assert len(found) == len(stage.truth())


def test_a_page_whose_url_promises_nothing_is_read_where_urls_are_guesses(tmp_path: Path) -> None:
    data = {"@context": "https://schema.org", "@type": "QAPage", "mainEntity": {
        "@type": "Question", "name": "Why do my ears ring?", "answerCount": 0}}  # fmt: skip
    script = f'<html lang="en"><script type="application/ld+json">{json.dumps(data)}</script>'
    pages = {
        "https://forum.example/ears-that-ring": script.encode(),
        "https://forum.example/": b"<a href=/ears-that-ring>Ears</a>",
    }
    warc = tmp_path / "others.warc"
    warc.write_bytes(b"".join(_response(url, body) for url, body in pages.items()))
    (record,) = read(warc, "--site", "qapage")
    assert (record["title"], record["url"]) == ("Why do my ears ring?", next(iter(pages)))


def _response(url: str, body: bytes) -> bytes:
    """A response as ISO 28500 has it."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\n"
        "WARC-Record-ID: <urn:uuid:6d058c6e-0000-4000-8000-000000000001>\r\n"
        f"WARC-Date: 2026-11-22T09:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def test_a_warc_of_another_site_says_so(crawled: Callable[[str], Stages]) -> None:
    (warc,) = (crawled("qapage").first.archive / "warc").iterdir()
    assert "no page of adoctor in it" in refused(0, warc, "--site", "adoctor")
