"""Crawls into an archive that has tombstones: what was forgotten does not come back."""

import gzip
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse, Response

from exports.records import records
from scraper import tombstones
from scraper.captures import capture_of
from scraper.errors import TombstonesError
from scraper.items import Due, Kind
from scraper.politeness.body import BodyMiddleware
from scraper.politeness.errors import BodyError, DeniedError
from scraper.politeness.forgotten import ForgottenMiddleware
from scraper.politeness.robots_fetch import OWN_FETCH
from scraper.politeness.robots_rules import read_robots
from scraper.sample.server import serve
from scraper.sites.adoctor import Adoctor
from tests.redaction.planted import CANARIES, planted
from tests.stages import qarchive

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
GONE = "http://127.0.0.1:8000/article/5"
PAGE = "http://127.0.0.1:8000/department/hands"
ROWS = (
    b'<ul><li><a href="/article/6">Feet</a></li><li><a href="/article/5">Numb hands</a></li></ul>'
)
DIGESTS = {
    "Content-MD5": "Q2hlY2sgSW50ZWdyaXR5IQ==",
    "Content-Digest": "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:",
    "Repr-Digest": "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:",
    "X-Goog-Hash": "crc32c=n03x6A==",
    "X-Checksum-SHA1": "a9993e364706816aba3e25717850c26c9cd0d89d",
}
BLANK = (
    b'<ul><li><a href="/article/6">Feet</a></li><li><a href="about:blank">[removed]</a></li></ul>'
)


def add_tombstone(
    folder: Path, *urls: str, site: str = "adoctor", texts: tuple[str, ...] = ()
) -> None:
    tombstones.add(
        folder, site=site, urls=urls, ids=[f"{site}:5:en"], texts=texts, reason="asked", at=AT
    )


def middleware(folder: Path) -> ForgottenMiddleware:
    spider = Adoctor(base_url="http://127.0.0.1:8000")
    crawler = SimpleNamespace(settings={"ARCHIVE": str(folder)}, spider=spider)
    return ForgottenMiddleware.from_crawler(cast("Crawler", crawler))


def asked(url: str) -> Request:
    return Request(url, meta={"due": Due(url, Kind.QUESTION)})


def answered(request: Request, body: bytes, **headers: str) -> Response:
    response = HtmlResponse(request.url, body=body, headers=cast("Any", headers), request=request)
    return BodyMiddleware(1 << 20).process_response(request, response)


def test_without_tombstones_it_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured):
        middleware(tmp_path)


def test_damaged_tombstones_stop_the_crawl(tmp_path: Path) -> None:
    (tmp_path / "forgotten.jsonl").write_text("{}\n")
    with pytest.raises(TombstonesError):
        middleware(tmp_path)
    done = qarchive("crawl", "adoctor", "--archive", tmp_path, "--base-url", "http://127.0.0.1:9")
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith(
        "forgotten.jsonl is no tombstone (KeyError); restore the file from a copy.\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["forgotten.jsonl"]


@pytest.mark.parametrize("url", [GONE, f"{GONE}/", f"{GONE}?utm_source=x"])
def test_a_forgotten_page_is_not_asked_for(tmp_path: Path, url: str) -> None:
    add_tombstone(tmp_path, GONE)
    guard = middleware(tmp_path)
    with pytest.raises(DeniedError) as raised:
        guard.process_request(asked(url))
    assert raised.value.code == "forgotten"
    guard.process_request(asked(f"{GONE}1"))


@pytest.mark.parametrize(
    ("gone", "location"),
    [
        (GONE, b"/article/5"),
        ("http://127.0.0.1:8000/faq/%A5~%AC%EC", b"/faq/\xa5~\xac\xec"),
        ("http://127.0.0.1:8000/faq/%E5%A4%96", "/faq/\u5916".encode()),
    ],
)
def test_a_redirect_to_one_is_denied(tmp_path: Path, gone: str, location: bytes) -> None:
    add_tombstone(tmp_path, gone)
    guard, request = middleware(tmp_path), asked(f"{GONE}1")
    guard.process_request(request)
    response = Response(request.url, status=301, headers={"Location": location})
    with pytest.raises(DeniedError):
        guard.process_response(request, response)


def test_a_page_that_quotes_is_redacted_before_anybody_has_it(tmp_path: Path) -> None:
    add_tombstone(tmp_path, GONE)
    guard, request = middleware(tmp_path), asked(PAGE)
    guard.process_request(request)
    link = f"<{GONE}>; rel=next"
    headers = {"Content-Encoding": "gzip", "ETag": '"a"', "Link": link, "Content-Type": "text/html"}
    came = answered(request, gzip.compress(ROWS), **headers, **DIGESTS)
    response = guard.process_response(request, came)
    assert (response.body, response.flags) == (BLANK, ["redacted"])
    capture = capture_of(PAGE, response, request)
    assert capture.body == BLANK
    assert dict(capture.headers) == {
        b"Etag": b'"a"',
        b"Content-Type": b"text/html",
        b"Content-Length": str(len(BLANK)).encode(),
    }


def test_other_pages_pass_untouched(tmp_path: Path) -> None:
    add_tombstone(tmp_path, GONE)
    guard, request = middleware(tmp_path), asked(PAGE)
    guard.process_request(request)
    packed = gzip.compress(b"<p>Feet")
    response = answered(request, packed, **{"Content-Encoding": "gzip"})
    assert guard.process_response(request, response) is response
    assert capture_of(PAGE, response, request).body == packed


def test_of_a_body_that_cannot_be_read_nothing_is_kept(tmp_path: Path) -> None:
    add_tombstone(tmp_path, GONE)
    guard, request = middleware(tmp_path), asked(PAGE)
    guard.process_request(request)
    headers = {"Content-Encoding": "gzip", "Link": f"<{GONE}>; rel=next"}
    with pytest.raises(BodyError) as raised:
        answered(request, gzip.compress(ROWS)[:-9], **headers)
    assert raised.value.response is not None
    capture = capture_of(PAGE, raised.value.response, request)
    assert (capture.headers, capture.body) == ((), b"")


def test_a_quotation_without_a_link_is_recognised_by_its_hash(tmp_path: Path) -> None:
    add_tombstone(tmp_path, GONE, texts=("My left hand went numb at the piano",))
    guard, request = middleware(tmp_path), asked(PAGE)
    guard.process_request(request)
    quoting = b"<p>Hello. My left hand went <i>numb</i> at the piano... </p><p>Stays</p>"
    response = guard.process_response(request, answered(request, quoting))
    assert response.body == b"<p>[removed] <i></i>  </p><p>Stays</p>"


ROBOTS = b"""User-agent: *\r
Disallow: /admin
Disallow: /article/5/print
Disallow: /article/5*
Disallow: /article/55
# My left hand went numb at the piano
Allow: / # my left hand went numb at the piano
"""
KEPT = b"""User-agent: *\r
Disallow: /admin
[removed]
[removed]
Disallow: /article/55
[removed]
[removed]
"""


def test_robots_txt_is_kept_without_those_it_names_and_obeyed_with_them(tmp_path: Path) -> None:
    add_tombstone(tmp_path, GONE, texts=("My left hand went numb at the piano",))
    place = "http://127.0.0.1:8000/robots.txt"
    guard, request = middleware(tmp_path), Request(place, meta={OWN_FETCH: True})
    guard.process_request(request)
    came = answered(request, gzip.compress(ROBOTS), **{"Content-Encoding": "gzip"})
    response = guard.process_response(request, came)
    assert response.body == ROBOTS
    assert read_robots(response).allows(f"{GONE}/print") is False
    capture = capture_of(place, response, request)
    assert (capture.body, capture.redacted) == (KEPT, True)
    assert capture.headers == ((b"Content-Length", str(len(KEPT)).encode()),)


@pytest.mark.parametrize("name", ["adoctor", "taiwan-ehospital", "qapage"])
def test_a_whole_crawl_brings_nothing_back(tmp_path: Path, name: str) -> None:
    with planted(name, questions=13, every=4) as site, serve(site.site) as home:
        questions = list(site.site.records(home))
        gone = [question for question in questions if site.is_gone(question.url)]
        add_tombstone(tmp_path, *(question.url for question in gone), site=name)
        done = qarchive("crawl", name, "--archive", tmp_path, "--base-url", home)
    assert (done.returncode, done.stderr) == (0, "")
    held = {record["id"] for record in records(tmp_path)}
    assert len(gone) > 2
    assert held == {question.id for question in questions} - {question.id for question in gone}
    for path in tmp_path.rglob("*"):
        if path.is_file():
            whole = path.read_bytes()
            if path.suffix == ".gz":
                whole = gzip.decompress(whole)
            for canary in CANARIES:
                assert canary.encode() not in whole, path
                assert canary.lower().encode() not in whole, path
                assert canary.encode("big5hkscs") not in whole, path
