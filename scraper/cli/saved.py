"""Reads saved pages, HTML files or WARCs, and prints their records."""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import click

from pipelines.errors import StorageError
from pipelines.validate import storable_question
from pipelines.warcs.files import responses
from scraper.cli.streams import say
from scraper.errors import NotAQuestionError, QuestionMissingError, ReadingError
from scraper.items import Kind, Problem
from scraper.origins import origin, rebased
from scraper.politeness.encoding import undo
from scraper.politeness.errors import BodyTooBigError
from scraper.reading.evidence import evidence_of
from scraper.reading.heads import own_url
from scraper.reading.page import Page
from scraper.record import to_record
from scraper.settings import DOWNLOAD_MAXSIZE
from scraper.site import Site, page_of
from scraper.visits import reading_problem


class SavedPage(NamedTuple):
    """A page of an HTML file or a WARC."""

    name: str  # for messages: the file, in a WARC with the URL
    url: str
    body: bytes
    content_type: str | None
    captured_at: datetime
    expected: tuple[type[ReadingError], ...] = ()  # errors that are no problem of this page


def pages(file: Path, url: str | None, spider: type[Site]) -> Iterable[SavedPage]:
    """The pages in a file; `url` is where an HTML page was fetched.

    Raises click.UsageError, StorageError or BodyError.
    """
    if file.name.endswith((".warc", ".warc.gz")):
        return _warc_pages(file, spider)
    return [_html_page(file, url, spider)]


def print_record(saved: SavedPage, spider: type[Site], *, evidence: bool) -> bool:
    """Print the page's record, and its problems on standard error; whether there are none."""
    page = page_of(spider, saved.url, saved.body, saved.content_type)
    try:
        read = spider.read_question(page)
        question = storable_question(read, spider.required)
        shown = evidence_of(page, read, spider.locate) if evidence else None
    except Exception as error:  # noqa: BLE001 -- a bug on one page does not stop the others
        if isinstance(error, saved.expected):
            return True
        _print_problem(saved, reading_problem(error))
        return False
    for problem in question.problems:
        _print_problem(saved, problem)
    record = to_record(question, saved.captured_at)
    if shown is not None:
        record["evidence"] = {"capture": saved.name, "body_sha256": sha256(saved.body).hexdigest()}
        record["evidence"] |= asdict(shown)
    say(json.dumps(record, ensure_ascii=False))
    return not question.problems


def _print_problem(saved: SavedPage, problem: Problem) -> None:
    say(f"{saved.name}: {problem.code}: {problem.detail}", err=True)


def _html_page(file: Path, url: str | None, spider: type[Site]) -> SavedPage:
    if (size := file.stat().st_size) > DOWNLOAD_MAXSIZE:
        raise BodyTooBigError(f"{size:,} bytes are more than a page may have")
    body = file.read_bytes()
    if body.startswith(b"\x1f\x8b"):
        body = undo(body, ["gzip"], DOWNLOAD_MAXSIZE)
    if BytesHeaderParser().parsebytes(body[:4096]).get_content_maintype() == "multipart":
        raise StorageError("it is MHTML: save the page as HTML")
    url = url or _stated_url(page_of(spider, spider.home, body))
    if url is None:
        raise click.UsageError(f"{file} does not say where it was fetched: give --url.")
    try:
        canonical = spider.classify(url, rebased(spider.home, origin(url)))
    except ValueError as error:
        raise click.UsageError(f"{file} was fetched from no web page: {error}") from error
    saved_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return SavedPage(str(file), canonical[0] if canonical else url, body, None, saved_at)


def _stated_url(page: Page) -> str | None:
    """The URL that a saved page states as its own; a path alone tells no site."""
    with suppress(ReadingError):  # of markup that is no page
        for element in page.root.iter("link", "meta"):  # a stray tag moves them into the body
            url = own_url(element)
            if url is not None and urlsplit(url).netloc:
                return url
    return None


def _warc_pages(file: Path, spider: type[Site]) -> Iterator[SavedPage]:
    expected: dict[Kind, tuple[type[ReadingError], ...]] = {Kind.QUESTION: (QuestionMissingError,)}
    if spider.guesses:
        expected[Kind.LIST] = (QuestionMissingError, NotAQuestionError)
    page_count = 0
    if not file.stat().st_size:
        raise StorageError("it is empty")
    for capture in responses(file):
        with suppress(ValueError):  # "dns:example.org", among the responses of other archivers
            classified = spider.classify(capture.url, rebased(spider.home, origin(capture.url)))
            if capture.status != HTTPStatus.OK or classified is None:
                continue
            url, kind = classified
            if kind in expected:
                page_count += 1
                yield SavedPage(
                    f"{file}: {url}",
                    url,
                    capture.body,
                    capture.content_type,
                    capture.captured_at,
                    expected[kind],
                )
    if not page_count:
        say(f"{file}: no page of {spider.name} in it", err=True)
