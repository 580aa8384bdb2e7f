"""Every saved page under `tests/pages/<site>/` reads as the record beside it says.

A case is `NAME.html.gz` and `NAME.json`: the record as published, captured at CAPTURED and
fetched from the record's own `url`. A case that is known to fail has `NAME.xfail` beside it,
which says why.
"""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from scraper.cli.running import spider_class
from scraper.reading.page import Page
from scraper.record import record_schema, to_record
from tests.conventions import sites

PAGES = Path(__file__).parent / "pages"
CAPTURED = datetime(2026, 11, 22, 9, tzinfo=UTC)
CASES = sorted(PAGES.glob("*/*.html.gz"))


def _json_of(page: Path) -> Path:
    return page.with_name(page.name.removesuffix(".html.gz") + ".json")


def _case(page: Path) -> Any:
    why = page.with_name(page.name.removesuffix(".html.gz") + ".xfail")
    known = [pytest.mark.xfail(reason=why.read_text("utf-8"), strict=True)] if why.exists() else []
    return pytest.param(page, id=f"{page.parent.name}/{page.name[:-8]}", marks=known)


def expected(page: Path) -> dict[str, Any]:
    """The record that stands beside the page."""
    record: dict[str, Any] = json.loads(_json_of(page).read_text("utf-8"))
    return record


def read(page: Path) -> dict[str, Any]:
    """The record that the site's reader makes of the page, as JSON gives it back."""
    spider = spider_class(page.parent.name)
    saved = Page(
        url=expected(page)["url"],
        body=gzip.decompress(page.read_bytes()),
        default_charset=spider.charset,
    )
    record = to_record(spider.read_question(saved), CAPTURED)
    return dict(json.loads(json.dumps(record)))


@pytest.mark.parametrize("page", [_case(page) for page in CASES])
def test_a_saved_page_reads_as_its_record(page: Path) -> None:
    assert read(page) == expected(page)


@pytest.mark.parametrize("page", [_case(page) for page in CASES])
def test_a_record_obeys_the_published_schema(page: Path) -> None:
    jsonschema.validate(expected(page), record_schema())


@pytest.mark.parametrize("page", [_case(page) for page in CASES])
def test_a_full_page_has_what_its_site_requires(page: Path) -> None:
    record = expected(page) | expected(page)["question"]
    lacking = [name for name in spider_class(page.parent.name).required if not record[name]]
    told = {problem["field"] for problem in expected(page).get("problems", [])}
    assert set(lacking) <= told


@pytest.mark.parametrize("site", sites())
def test_a_site_has_saved_pages(site: str) -> None:
    assert any(page.parent.name == site for page in CASES)


def test_pages_and_records_come_in_pairs() -> None:
    records = sorted(PAGES.glob("*/*.json"))
    assert records == [_json_of(page) for page in CASES]
    assert {page.parent.name for page in CASES} <= set(sites())
