"""`qarchive extract`."""

import gzip
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import click

from scraper.errors import ReadingError
from scraper.items import Kind, Question
from scraper.reading.page import Page
from scraper.record import to_record
from scraper.spider import QuestionSpider, rebased

_OWN_URL = re.compile(
    r"""<link[^>]+rel=["']?canonical["']?[^>]*href=["']([^"']+)"""
    r"""|<meta[^>]+property=["']?og:url["']?[^>]*content=["']([^"']+)""",
    re.IGNORECASE,
)


class _Saved(NamedTuple):
    """A page to read, from whatever file."""

    where: str  # for messages
    url: str
    body: bytes
    content_type: str | None
    captured_at: datetime


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--site", required=True, help="Whose reader to use.")
@click.option("--url", help="Where the page was fetched; needed unless the page or WARC says it.")
def command(files: tuple[Path, ...], site: str, url: str | None) -> None:
    """Read saved pages and print their records as JSON Lines.

    FILES are HTML pages (may be gzipped) or WARCs, of which the question pages are read. What
    can't be read is told on standard error and under "problems"; the exit status is then 1.

    \b
    Example:
        qarchive extract page.html --site adoctor --url https://adoctor.tw/article/177001
    """
    from scraper.cli.running import spider_class

    spider = spider_class(site)
    sound = True
    for file in files:
        is_warc = file.name.endswith((".warc", ".warc.gz"))
        for saved in _warc_pages(file, spider) if is_warc else [_html_page(file, url)]:
            sound &= _print_record(saved, spider)
    sys.exit(0 if sound else 1)


def _print_record(saved: _Saved, spider: type[QuestionSpider]) -> bool:
    """Print the record, tell what is wrong with it; True when nothing is."""
    page = Page(
        url=saved.url,
        body=saved.body,
        content_type=saved.content_type,
        default_charset=spider.charset,
    )
    try:
        question = _with_missing(spider.read_question(page), spider.required)
    except ReadingError as error:
        click.echo(f"{saved.where}: {error.code}: {error}", err=True)
        return False
    for problem in question.problems:
        click.echo(f"{saved.where}: {problem.code}: {problem.detail}", err=True)
    click.echo(json.dumps(to_record(question, saved.captured_at), ensure_ascii=False))
    return not question.problems


def _with_missing(question: Question, required: frozenset[str]) -> Question:
    from pipelines.validate import missing

    return replace(question, problems=question.problems + missing(question, required))


def _html_page(file: Path, url: str | None) -> _Saved:
    body = file.read_bytes()
    if body.startswith(b"\x1f\x8b"):
        body = gzip.decompress(body)
    if url is None:
        found = _OWN_URL.search(body.decode("ascii", "replace"))
        url = found and (found[1] or found[2])
    if not url:
        raise click.UsageError(f"{file} does not say where it was fetched: give --url.")
    saved_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return _Saved(str(file), url, body, None, saved_at)


def _warc_pages(file: Path, spider: type[QuestionSpider]) -> Iterator[_Saved]:
    from pipelines.warc import responses

    for capture in responses(file):
        found = spider.classify(capture.url, rebased(spider.home, _origin(capture.url)))
        if capture.status == 200 and found and found[1] is Kind.QUESTION:  # noqa: PLR2004
            yield _Saved(
                f"{file}: {found[0]}",
                found[0],
                capture.body,
                capture.content_type,
                capture.captured_at,
            )


def _origin(url: str) -> str:
    return "/".join(url.split("/")[:3])
