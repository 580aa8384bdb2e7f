"""Fields on the page that was captured: for people, for programs and in the browser."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from exports.datasette.site import build, close
from pipelines.errors import StorageError
from pipelines.queries.records import record_of
from pipelines.rereading.proof import Part, UnreadableError, around, parts, proof
from scraper.cli.commands.show import command
from scraper.cli.errors import errors_in_one_line
from scraper.items import Problem
from scraper.reading.evidence import Evidence
from tests.crawling import Toy
from tests.database import rows
from tests.exports.test_site import get, page
from tests.forgetting.toys import make

PAGE = (
    "<html><body><div>Menu</div><main><h1>Dry eyes</h1><p>My eyes feel dry</p></main>"
    "<ul><li>Blink often</li></ul><div>&lt;script&gt;window.ran=1&lt;/script&gt; \u202e end</div>"
    "<script>window.ran=2</script></body></html>"
)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One captured page, as it was at a second look."""
    monkeypatch.setattr("pipelines.rereading.proof.sites", lambda: {"toy": Toy})
    make(tmp_path / "a", {"/": '<a href="/q/1">1</a>', "/q/1": PAGE})
    return tmp_path / "a"


def at(field: str, start: int | None, end: int | None) -> Evidence:
    return Evidence(field=field, xpath="/html", start=start, end=end, words=None)


def test_words_are_marked_in_the_text() -> None:
    text = "one two three"
    assert parts(text, [at("b", 8, 13), at("a", 0, 3), at("c", None, None)]) == [
        Part("one", marked=True), Part(" two ", marked=False), Part("three", marked=True),
    ]  # fmt: skip
    overlapping = parts(text, [at("a", 0, 7), at("b", 4, 7), at("c", 4, 9)])
    assert "".join(part.text for part in overlapping if part.marked) == "one two t"
    assert "".join(part.text for part in overlapping) == text


def test_lines_around_a_place() -> None:
    text = "1\n2\n3\na b c\n4\n5\n6"
    assert around(text, at("x", 8, 9), 1) == [
        Part("3\na ", marked=False), Part("b", marked=True), Part(" c\n4", marked=False),
    ]  # fmt: skip
    assert around(text, at("x", 0, 1), 0) == [Part("1", marked=True)]
    assert around(text, at("x", None, None), 1) == []


def show(archive: Path, *words: str, **environment: str) -> tuple[int, str, str]:
    def both() -> None:
        with errors_in_one_line():
            command.main(["toy:1:en", *words, "--archive", str(archive)], standalone_mode=False)

    done = CliRunner().invoke(click.command()(both), [], env=environment)
    return done.exit_code, done.stdout, done.stderr


def test_people_see_the_words_in_their_place(archive: Path) -> None:
    (url, fetched, warc, offset), *_ = rows(
        archive,
        "SELECT url, fetched_at, warc, offset FROM captures WHERE url LIKE '%/q/1' ORDER BY id",
    )
    status, told, _ = show(archive, "question.text")
    assert status == 0
    assert told == (
        f"{url} captured {fetched}\n{warc} at {offset}\n"
        "\n"
        "question.text\n"
        "  /html/body/main/p, characters 14 to 30\n"
        "    Menu\n"
        "    Dry eyes\n"
        "    ⟦My eyes feel dry⟧\n"
        "    Blink often\n"
        "    <script>window.ran=1</script> end\n"  # the sign that turns text is no visible one
    )
    assert show(archive, "question.text", FORCE_COLOR="1", TERM="dumb")[1] == told


def test_programs_get_spans_of_the_visible_text(archive: Path) -> None:
    told = json.loads(show(archive, "replies", "--json")[1])
    (one,) = told["fields"]
    assert (one["field"], one["words"]) == ("replies[0].text", "Blink often")
    assert told["visible_text"][one["start"] : one["end"]] == "Blink often"
    assert told["capture"]["url"].endswith("/q/1")


def test_a_record_that_says_something_else_is_told(archive: Path) -> None:
    assert json.loads(show(archive, "title", "--json")[1])["as_recorded"] is True
    with closing(sqlite3.connect(archive / "archive.db")) as db, db:
        db.execute("UPDATE questions SET title='Wet eyes' WHERE id='toy:1:en'")
    assert json.loads(show(archive, "title", "--json")[1])["as_recorded"] is False
    assert "an earlier reader wrote it" in show(archive, "title")[2]
    assert show(archive, "question.text")[2] == ""
    site = build(archive, pages=archive)
    places = ("title", "question.text")
    told = [page(site, f"/evidence/toy~3A1~3Aen?field={field}") for field in places]
    assert ["an earlier reader wrote it" in text for text in told] == [True, False]
    close(site)


def test_what_cannot_be_read_any_more_is_no_fault_of_the_rest(archive: Path) -> None:
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        record = record_of(db, "toy:1:en")
        (capture_id,) = db.execute(
            "SELECT capture_id FROM questions WHERE id='toy:1:en'"
        ).fetchone()
        found = proof(db, archive, capture_id)
    problem = Problem(code="bad-date", field="asked_on", detail="30 February")
    worse = found._replace(question=replace(found.question, title=None, problems=(problem,)))
    assert worse.agrees(record, "question.text")
    assert not worse.agrees(record, "title")


def test_a_field_that_the_page_does_not_say(archive: Path) -> None:
    status, _, errors = show(archive, "asker")
    assert (status, errors.count("\n")) == (2, 1)
    assert "has no field asker; it has title, question.text, replies[0].text." in errors
    status, out, errors = show(archive, "question_text")
    assert (status, out) == (2, "")
    assert errors.endswith("has no field question_text. Did you mean question.text?\n")


def test_pages_that_cannot_be_read_are_told(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        ids = dict(db.execute("SELECT url, min(id) FROM captures GROUP BY url"))
        question = next(ids[url] for url in ids if url.endswith("/q/1"))
        front = next(ids[url] for url in ids if url.endswith("/"))
        with pytest.raises(UnreadableError, match="no question is on it"):
            proof(db, archive, front)
        for warc in (archive / "warc").iterdir():
            warc.unlink()
        with pytest.raises(StorageError, match="restore it from a backup"):
            proof(db, archive, question)
        monkeypatch.setattr("pipelines.rereading.proof.sites", dict)
        with pytest.raises(StorageError, match="no reader"):
            proof(db, archive, question)


@pytest.fixture
def site(archive: Path) -> Iterator[object]:
    made = build(archive, pages=archive)
    yield made
    close(made)


def test_the_browser_shows_text_with_the_field_marked_and_no_markup(site: object) -> None:
    question = page(site, "/archive/questions/toy~3A1~3Aen")
    address = "/evidence/toy~3A1~3Aen?field=question.text"
    assert f'href="{address}#here"' in question
    text = page(site, address)
    assert '<mark id="here">My eyes feel dry</mark>' in text
    assert "/html/body/main/p" in text
    assert "&lt;script&gt;window.ran=1&lt;/script&gt;" in text
    for never in ("<script>window.ran", "ran=2", "\u202e"):
        assert never not in text
    assert '<mark id="here">Dry eyes</mark>' in page(site, "/evidence/toy~3A1~3Aen")
    for wrong in ("/evidence/none", "/evidence/toy~3A1~3Aen?field=%3Cscript%3E"):
        response = get(site, wrong)
        assert response.status_code == 404
        assert "<script>" not in response.text.partition("<h1")[2].partition("</section>")[0]


def test_without_the_captured_pages_there_is_none(archive: Path) -> None:
    made = build(archive)
    assert "on the captured page" not in page(made, "/archive/questions/toy~3A1~3Aen")
    assert get(made, "/evidence/toy~3A1~3Aen").status_code == 404
    close(made)
