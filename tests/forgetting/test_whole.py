"""A question that is taken down is nowhere, and stays away; everything else stays as it was."""

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines import lock
from pipelines.layout import DATABASE
from pipelines.merge import merge
from pipelines.rebuild import rebuild
from scraper.loading import sites
from tests.forgetting.trial import Trial, blanked, numbers, trial, without_mentions

pytestmark = pytest.mark.dear

SMALL = [("adoctor", 5, 3), ("taiwan-ehospital", 9, 4), ("qapage", 8, 4)]
LARGE = [("adoctor", 153, 3), ("taiwan-ehospital", 153, 3), ("qapage", 153, 3)]
LOG = b"""2026-09-07 09:00:00 [scrapy] INFO: Spider opened
2026-09-07 09:00:01 [scrapy] DEBUG: Crawled (200) <GET %s> (referer: None)
{"title": %s}
2026-09-07 09:00:02 [scrapy] INFO: Spider closed
"""


def logged(here: Trial) -> bytes:
    """A log that names and quotes a question, as qarchive writes one and as JSON does."""
    (first, *_) = (one for one in here.records().values() if here.site.is_gone(one["url"]))
    title = first["title"].encode("ascii", "backslashreplace")
    return LOG % (first["url"].encode(), b'"%s"' % title)


def whole(here: Trial, orders: int) -> None:
    log = logged(here)
    (here.archive / "crawl.log").write_bytes(log)
    (here.archive / "logs").mkdir()
    (here.archive / "logs" / "crawl.log.1.gz").write_bytes(gzip.compress(log))
    copy = shutil.copytree(here.archive, here.archive.with_name("copy"))
    before, gone = here.records(), here.gone()
    assert {place.partition("/")[0].partition(":")[0] for place in here.occurrences()} >= {
        "archive.db", "crawl.log", "exports", "logs", "warc",
    }  # fmt: skip

    done = here.command("forget", *gone, "--reason", "asked for")
    assert (done.returncode, done.stderr) == (0, "")
    assert here.occurrences() == []
    assert here.is_sound()
    assert (here.archive / "crawl.log").read_bytes().count(b"[removed]\n") == 2
    expected = {
        key: without_mentions(here, blanked(here, record))
        for key, record in before.items()
        if not here.site.is_gone(record["url"])
    }
    kept = here.records()
    assert {key: without_mentions(here, record) for key, record in kept.items()} == expected
    exported = (here.archive / "exports" / "questions.jsonl").read_text("utf-8")
    assert exported.count("\n") == len(expected)

    with_lock(here.archive, lambda: rebuild(here.archive, sites()))
    assert here.occurrences() == []
    assert here.records() == kept

    here.watched.asked.clear()
    here.crawl(2)
    here.crawl(3)
    assert [path for path in here.watched.asked if numbers(here).search(path)] == []
    assert here.watched.asked.total() > 20
    assert here.occurrences() == []
    assert here.is_sound()
    assert expected.keys() <= here.records().keys()

    for sources in ((copy, here.archive), (here.archive, copy))[:orders]:
        into = here.archive.with_name(f"merged-{sources[0].name}")
        merge(sources, into, sites(), lambda _: None)
        merged = Trial(here.site, here.watched, here.url, into)
        assert merged.occurrences() == []
        assert merged.is_sound()
        assert merged.records() == here.records()


def with_lock(archive: Path, work: Callable[[], object]) -> None:
    (archive / DATABASE).unlink()
    held = lock.take(archive)
    work()
    held.close()


@pytest.mark.parametrize(("name", "questions", "every"), SMALL)
def test_nothing_is_left_and_nothing_comes_back(
    tmp_path: Path, name: str, questions: int, every: int
) -> None:
    with trial(name, tmp_path, questions=questions, every=every) as here:
        whole(here, orders=1)


@pytest.mark.campaign
@pytest.mark.parametrize(("name", "questions", "every"), LARGE)
def test_fifty_questions(tmp_path: Path, name: str, questions: int, every: int) -> None:
    with trial(name, tmp_path, questions=questions, every=every) as here:
        assert len(here.site.indexes) == 50
        whole(here, orders=2)
