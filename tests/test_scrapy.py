"""Scrapy's own commands work with the same settings, and those that only look write nothing."""

import os
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from exports.records import records
from scraper.sample.server import serve
from tests.conventions import REPO, sites
from tests.forked import python_m
from tests.stages import Stages
from tests.truth.sites import SampleSite, build


def scrapy(archive: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command of Scrapy in the checkout; what it archives goes into `archive`."""
    environment = {
        "PATH": os.environ["PATH"],
        "QARCHIVE_DIR": str(archive),
        "QARCHIVE_CONTACT": "tests@example.org",
    }
    return python_m("scrapy", *words, environment=environment, prepare=partial(os.chdir, REPO))


@pytest.fixture
def site() -> SampleSite:
    return build("adoctor", questions=5)


def test_list_names_the_sites(tmp_path: Path) -> None:
    done = scrapy(tmp_path / "archive", "list")
    assert (done.returncode, done.stdout.split()) == (0, sites())
    assert list(tmp_path.iterdir()) == []


def test_crawl_fills_the_archive(tmp_path: Path, site: SampleSite) -> None:
    with serve(site) as url:
        done = scrapy(tmp_path, "crawl", "adoctor", "-a", f"base_url={url}")
        truth = sorted(question.id for question in site.records(url))
    assert done.returncode == 0, done.stderr
    assert "] ERROR: " not in done.stderr
    assert sorted(record["id"] for record in records(tmp_path)) == truth


@pytest.mark.parametrize(
    "command",
    [
        ["parse", "--spider", "adoctor", "-a", "base_url={home}"],
        ["fetch"],
        ["shell", "-c", "response.text"],
    ],
)
def test_looking_writes_nothing(tmp_path: Path, site: SampleSite, command: list[str]) -> None:
    with serve(site) as url:
        question = next(iter(site.records(url)))
        given = [word.format(home=url) for word in command]
        done = scrapy(tmp_path / "archive", *given, question.url)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert (question.title or "") in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_looking_leaves_an_archive_as_it_is(crawled: Callable[[str], Stages]) -> None:
    stage = crawled("adoctor").first
    before = {path: path.read_bytes() for path in stage.archive.rglob("*") if path.is_file()}
    with serve(stage.site) as url:
        scrapy(stage.archive, "parse", "--spider", "adoctor", f"{url}article/1")
    after = {path: path.read_bytes() for path in stage.archive.rglob("*") if path.is_file()}
    assert after == before
