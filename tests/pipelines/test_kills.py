"""`kill -9` in the middle of a crawl, then the same command: nothing lost, nothing doubled."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests import killing
from tests.database import rows

pytestmark = pytest.mark.dear

IDS = "SELECT id, digest FROM questions ORDER BY id"
URLS = "SELECT url FROM urls ORDER BY url"
TAKEN = "SELECT taken, (SELECT count(*) FROM urls WHERE visited_in=r.id) FROM runs r ORDER BY id"


def trial(tmp_path: Path, *, kills: int, questions: int, seed: int) -> tuple[int, int]:
    """Kill crawls of one archive until it is whole, then of a new one, `kills` times in all.

    Returns how many articles were fetched again, and how many might have been.
    """
    chance = random.Random(seed)
    again = allowed = 0
    with killing.counted_site(questions) as (site, url):
        control = tmp_path / "control"
        killing.crawl_whole(url, control)
        done = 0
        while done < kills:
            archive = tmp_path / f"killed-{done}"
            site.asked.clear()
            here = 0
            while done + here < kills and killing.kill_at_random(url, archive, chance):
                here += 1
                assert rows(archive, "PRAGMA integrity_check") == [("ok",)]
                *_, (taken, held) = rows(archive, TAKEN)
                assert taken == held > 0
            killing.crawl_whole(url, archive)
            killing.assert_whole(archive)
            assert rows(archive, IDS) == rows(control, IDS)
            assert rows(archive, URLS) == rows(control, URLS)
            articles = [n for path, n in site.asked.items() if "/article/" in path]
            assert sum(articles) - len(articles) <= killing.allowed_refetches(here)
            again += sum(articles) - len(articles)
            allowed += killing.allowed_refetches(here)
            assert here
            done += here
    return again, allowed


def test_a_few_kills(tmp_path: Path) -> None:
    trial(tmp_path, kills=2, questions=200, seed=1)


@pytest.mark.campaign
def test_many_kills(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    again, allowed = trial(tmp_path, kills=200, questions=300, seed=2)
    record_property("articles fetched again after 200 kills", f"{again}, of {allowed} allowed")


def test_a_crawl_that_was_killed_in_its_first_moment_goes_on(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "archive.db")) as db:
        db.execute("CREATE TABLE _sqlite_migrations(id, migration_set, name, applied_at)")
    with killing.counted_site(2) as (_, url):
        killing.crawl_whole(url, tmp_path)
    assert rows(tmp_path, "SELECT count(*) FROM questions") != [(0,)]


def test_kept_connections_carry_page_after_page(tmp_path: Path) -> None:
    """More than one answer's head may have, each page asked for once."""
    with killing.counted_site(300) as (site, url):
        killing.crawl_whole(url, tmp_path)
    assert {path: times for path, times in site.asked.items() if times > 1} == {}
    assert rows(tmp_path, "SELECT count(*) FROM questions") == [(600,)]
    assert rows(tmp_path, "SELECT code FROM problems") == []
