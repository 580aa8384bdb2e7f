"""verify finds every row that says something else than it was stored to say."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.database import open_reader
from pipelines.errors import StorageError
from pipelines.verify import verify
from scraper import loading
from scraper.cli.program import cli
from scraper.items import Question
from scraper.reading.page import Page
from scraper.sites.adoctor import Adoctor
from scraper.sites.qapage import QAPageSpider
from tests.crawling import crawl
from tests.database import rows
from tests.faults.server import FaultServer
from tests.forgetting.forums import article, put, thread
from tests.forgetting.merging import SITES, visit

OF_PAGE = "(SELECT max(id) FROM captures WHERE url LIKE '%/q/{}')"
EDITED, SAME = OF_PAGE.format(4), OF_PAGE.format(3)
PROBLEM = "INSERT INTO problems(run_id, url_id, url, found_at, code, detail) VALUES"
NEW_VERSION = """
INSERT INTO question_versions(question_id, digest, cause, recorded_at, first_capture, last_capture)
"""
KEY = "(SELECT key FROM questions WHERE id='toy:{}:en')"  # as the crawl's order gave it
INDEX = "INSERT INTO questions_fts(questions_fts, rowid, title, question, reply) VALUES"


@pytest.mark.parametrize(
    ("statement", "check", "told"),
    [
        ("UPDATE warcs SET sha256='00'", "warcs", "not the bytes that were committed"),
        (f"UPDATE captures SET offset=offset+1 WHERE id={EDITED}", "captures", "no response is"),
        (f"UPDATE captures SET length=length+1 WHERE id={EDITED}", "captures", "its length"),
        (f"UPDATE captures SET url='http://other/' WHERE id={EDITED}", "captures", "its url"),
        (f"UPDATE captures SET status=201 WHERE id={EDITED}", "captures", "its status"),
        (f"UPDATE captures SET size=size+1 WHERE id={EDITED}", "captures", "its size"),
        (f"UPDATE captures SET size=1 WHERE id={SAME}", "captures", "its size"),
        (f"UPDATE captures SET partial=1 WHERE id={EDITED}", "captures", "its partial"),
        (f"UPDATE captures SET content_type='a/b' WHERE id={EDITED}", "captures", "content_type"),
        (f"UPDATE captures SET redacted_at='2026' WHERE id={EDITED}", "captures", "redacted_at"),
        (f"UPDATE captures SET fetched_at='2026' WHERE id={EDITED}", "captures", "its fetched_at"),
        (f"UPDATE captures SET sha256='00' WHERE id={EDITED}", "captures", "its sha256"),
        (f"UPDATE captures SET sha256='00' WHERE id={SAME}", "captures", "its sha256"),
        (f"UPDATE captures SET sha256='g0' WHERE id={SAME}", "captures", "its sha256 is 'g0'"),
        (f"UPDATE captures SET run_id=1 WHERE id={EDITED}", "captures", "belongs to run"),
        (f"UPDATE captures SET refers_to=1 WHERE id={SAME}", "captures", "its original_url"),
        (f"UPDATE captures SET refers_to=NULL WHERE id={SAME}", "captures", "is not known"),
        (f"UPDATE captures SET refers_to=1 WHERE id={EDITED}", "captures", "does not repeat"),
        (f"UPDATE captures SET refers_to=id WHERE id={SAME}", "counts", "repeats a later one"),
        ("DELETE FROM captures WHERE url LIKE '%robots.txt'", "captures", "has no row"),
        ((f"CREATE TEMP TABLE t AS SELECT * FROM captures WHERE id={EDITED}; UPDATE t SET id=99;"
          " INSERT INTO captures SELECT * FROM t"), "captures", "2 rows"),
        ("UPDATE runs SET delay=9 WHERE id=1", "runs", "run 1 has another delay;"),
        ("UPDATE runs SET day=day+1 WHERE id=2", "runs", "run 2 has another day;"),
        ("UPDATE runs SET ended_at=NULL WHERE id=1", "runs", "run 1 has another ended_at;"),
        ("UPDATE runs SET uuid='x' WHERE id=1", "runs", "is not in the database"),
        ("UPDATE runs SET fetched=fetched+1 WHERE id=1", "counts", "runs 1"),
        ("UPDATE tallies SET urls=urls+1 WHERE kind='question'", "counts", "tallies"),
        ("UPDATE questions SET reply_count=7 WHERE source_id='2'", "counts", "toy:2:en"),
        ("UPDATE replies SET position=2 WHERE question_id='toy:2:en'", "counts", "numbered 2"),
        (("INSERT INTO faq_tags(id, site, name) VALUES (1, 'other', 'Knees');"
          " INSERT INTO questions_faq_tags VALUES ('toy:2:en', 1, 1, NULL)"),
         "records", "toy:2:en: its tag Knees is another site's"),
        ("UPDATE urls SET sha256='00' WHERE url LIKE '%/q/2'", "counts", "/q/2"),
        ("UPDATE urls SET sha256=NULL WHERE url LIKE '%/q/2'", "counts", "/q/2"),
        ("UPDATE urls SET kind='list' WHERE url LIKE '%/q/2'", "counts", "/q/2"),
        ("UPDATE urls SET kind='x' WHERE url NOT LIKE '%/q/%'", "counts", "of no kind"),
        ("UPDATE urls SET state='moved' WHERE url LIKE '%/q/2'", "counts", "moved nowhere"),
        ("DELETE FROM _sqlite_migrations", "database", "which schema"),
        ("UPDATE _sqlite_migrations SET name='m099'", "database", "newer qarchive has written it"),
        (f"{PROBLEM} (1, 1, 'http://other/', '2026', 'x', 'x')", "counts", "http://other/"),
        ("UPDATE questions SET title='Sour knee' WHERE source_id='3'", "records", "toy:3:en"),
        ("UPDATE questions SET site='other' WHERE source_id='3'", "records", "toy:3:en"),
        ("UPDATE questions SET captured_at='2026-01-01T00:00:00Z' WHERE source_id='3'",
         "records", "toy:3:en: captured at"),
        ("UPDATE replies SET text='Move it.' WHERE question_id='toy:4:en'", "records", "toy:4:en"),
        ("DELETE FROM replies WHERE question_id='toy:2:en'", "records", "toy:2:en"),
        (("UPDATE question_versions SET record=replace(record, 'hurts', 'heals')"
          " WHERE question_id='toy:1:en'"), "records", "toy:1:en"),
        ("UPDATE question_versions SET record='{' WHERE record IS NOT NULL", "records", "toy:1:en"),
        ("DELETE FROM question_versions WHERE question_id='toy:3:en'", "records", "no current"),
        ("UPDATE question_versions SET digest='0' WHERE record IS NULL", "records", "not the last"),
        (f"{NEW_VERSION} SELECT id, digest, 'new', '', capture_id, capture_id FROM questions",
         "records", "2 current versions"),
        (f"UPDATE question_versions SET first_capture={EDITED}, last_capture=2 WHERE id=3",
         "records", "the captures of version 3"),
        ((f"UPDATE question_versions SET last_capture={EDITED} WHERE question_id='toy:3:en'"),
         "records", "a capture of another question"),
        (f"UPDATE captures SET sha256='00' WHERE id<{SAME}", "records", "in another body than its"),
        (f"UPDATE captures SET url_id=1 WHERE id={EDITED}", "captures", "is kept as one of"),
        ("UPDATE urls SET url=url||'#' WHERE url LIKE '%/q/2'", "captures", "is kept as one of"),
        ("UPDATE questions SET capture_id=capture_id+1 WHERE id='toy:3:en'", "records",
         "toy:3:en: its capture or URL"),
        ("UPDATE questions SET url_id=1 WHERE id='toy:3:en'", "records", "its capture or URL"),
        ("UPDATE question_versions SET cause='x' WHERE id=3", "records", "version 3 cannot have"),
        ("UPDATE question_versions SET cause='new'", "records", "cannot have that cause"),
        ("UPDATE question_versions SET recorded_at='2001'", "records", "or be recorded then"),
        (f"{INDEX} ('delete', {KEY.format(0)}, 'Sore knee 0', 'It hurts, number 0.', 'Rest it.')",
         "fulltext", "full text of toy:0:en"),
        (f"{INDEX} (NULL, 99, 'a', 'b', 'c')", "fulltext", "full text of row 99"),
        (f"{INDEX} (NULL, {KEY.format(1)}, 'a', 'b', 'c')", "fulltext", "full text of toy:1:en"),
        ("DELETE FROM questions_fts_docsize WHERE id=1", "fulltext", "questions_fts"),
        ("DELETE FROM questions_fts_data WHERE id > 10", "fulltext", "questions_fts"),
        ("DELETE FROM questions_fts_config", "fulltext", "questions_fts"),
        ("DROP VIEW stubs", "database", "the view stubs is missing"),
        ("DROP TRIGGER urls_counted", "database", "the trigger urls_counted is missing"),
        ("DROP INDEX captures_url_id", "database", "the index captures_url_id is missing"),
        ("UPDATE captures SET run_id=99 WHERE id=1", "database", "names a row of runs"),
    ],
)  # fmt: skip
def test_a_row_that_says_something_else(
    archive: Path, statement: str, check: str, told: str
) -> None:
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        db.executescript(statement)
    found = list(verify(archive))
    assert [one for one in found if one.check == check and told in str(one)], found


def test_words_that_a_search_no_longer_finds(tmp_path: Path, server: FaultServer) -> None:
    """The index of the index tells on which of its pages a word is."""
    archive = tmp_path / "a"
    words = " ".join(f"w{number}" for number in range(9_000))
    put(server, {"/q/1": f"<h1>One</h1><p>{words}</p>"})
    crawl(archive, base_url=server.url("/"))
    assert list(verify(archive)) == []
    assert rows(archive, "SELECT count(*) > 3 FROM questions_fts_idx") == [(1,)]
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        db.execute(
            "DELETE FROM questions_fts_idx WHERE (segid, term) ="
            " (SELECT max(segid), max(term) FROM questions_fts_idx)"
        )
        db.commit()
    told = [str(one) for one in verify(archive)]
    assert [one for one in told if "a search does not find" in one], told


def test_a_version_between_two_others_that_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: FaultServer
) -> None:
    monkeypatch.setattr(loading, "sites", lambda: SITES)
    for hour in range(4):
        visit(server, tmp_path / "a", hour)
    with closing(sqlite3.connect(tmp_path / "a" / "archive.db")) as db:
        db.execute("DELETE FROM question_versions WHERE record LIKE '%second%'")
        db.commit()
    (found,) = verify(tmp_path / "a")
    assert (found.check, found.where) == ("versions", "toy:1:en")
    assert "none of its versions is that of the capture of 2026-09-08T09" in found.what


def test_such_a_version_of_a_site_whose_questions_are_known_by_their_host(tmp_path: Path) -> None:
    with FaultServer() as server:
        for words in ("It is green.", "It is blue.", "It is gone."):
            put(server, {"/questions/1": thread("Pond", words, ("Elm", "Wait."))})
            crawl(tmp_path / "a", site=QAPageSpider, base_url=server.url("/"), revisit="all")
    with closing(sqlite3.connect(tmp_path / "a" / "archive.db")) as db:
        db.execute("DELETE FROM question_versions WHERE record LIKE '%blue%'")
        db.commit()
    assert [(one.check, one.where) for one in verify(tmp_path / "a")] == [
        ("versions", "127.0.0.1:1:en")
    ]


def _formerly_read(page: Page) -> Question:
    """By a reader that took each blue page for a Chinese one."""
    language = "zh-Hant" if b"blue" in page.body else "en"
    return replace(Adoctor.read_question(page), language=language)


class Former(Adoctor):
    read_question = staticmethod(_formerly_read)


def test_what_was_once_another_record_is_no_version_that_is_gone(tmp_path: Path) -> None:
    with FaultServer() as server:
        for words in ("It is green.", "It is blue.", "It is gone."):
            put(server, {"/article/1": article("Pond", words)})
            crawl(tmp_path / "a", site=Former, base_url=server.url("/"), revisit="all")
    assert rows(tmp_path / "a", "SELECT count(*) FROM questions") == [(2,)]
    assert list(verify(tmp_path / "a")) == []


def test_what_a_url_showed_of_another_question_is_no_version_of_its_own(tmp_path: Path) -> None:
    """For one crawl the Chinese page is the English one, which is held at its own URL."""
    english = article("Cold feet", "They are cold at night.")
    chinese = [
        article(title, "晚上睡覺時腳很冷", language="zh-Hant") for title in ("腳冷", "腳很冷")
    ]
    with FaultServer() as server:
        for page in (chinese[0], english, chinese[1]):
            put(server, {"/article/1": english, "/zh-Hant/article/1": page})
            crawl(tmp_path / "a", site=Adoctor, base_url=server.url("/"), revisit="all")
    assert list(verify(tmp_path / "a")) == []


def test_a_damaged_page_of_the_database_leaves_the_warcs_checked(archive: Path) -> None:
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        (page,) = db.execute(
            "SELECT rootpage FROM sqlite_master WHERE name='question_versions'"
        ).fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    data = bytearray((archive / "archive.db").read_bytes())
    data[(page - 1) * size : page * size] = bytes(size)
    (archive / "archive.db").write_bytes(data)
    path = min((archive / "warc").iterdir())
    path.write_bytes(path.read_bytes()[:-1])
    found = list(verify(archive))
    assert {"database", "warcs"} <= {one.check for one in found}
    assert all("verify --repair" in one.todo for one in found if one.check == "database")


def test_no_room_for_temporary_files_is_no_damage(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def crammed(folder: Path) -> Iterator[sqlite3.Connection]:
        with open_reader(folder) as db:
            db.executescript("CREATE TEMP TABLE x (x); PRAGMA temp.max_page_count = 4")
            yield db

    monkeypatch.setattr("pipelines.verify.open_reader", crammed)
    with pytest.raises(StorageError, match="set TMPDIR"):
        list(verify(archive))


def test_the_command_tells_each_fault_in_one_line_with_what_to_do(archive: Path) -> None:
    sound = CliRunner().invoke(cli, ["verify", "--archive", str(archive)])
    assert (sound.exit_code, sound.output) == (0, "All is as it was written.\n")
    path = min((archive / "warc").iterdir())
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[:-1])
    told = CliRunner().invoke(cli, ["verify", "--archive", str(archive)])
    assert told.exit_code == 1
    (line,) = told.stdout.splitlines()
    assert line.startswith(f"warc/{path.name} bytes ")
    assert f" to {size - 1}: it is cut; restore the file from a backup" in line
    assert told.stderr == "qarchive: 1 fault.\n"
