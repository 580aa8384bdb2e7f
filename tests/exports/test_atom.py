"""The Atom feed as feedparser and an XML parser read it."""

import re
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from exports import atom
from scraper.items import Question
from tests.questions import CAPTURED, Keep

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(archive: Path) -> feedparser.FeedParserDict:
    out = archive / "feed.atom"
    atom.write(archive, out)
    read = feedparser.parse(out.read_bytes())
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    obey_rfc_4287(out)
    return read


def obey_rfc_4287(path: Path) -> None:
    """What section 4.1 says that a feed and an entry must hold, and how often."""
    root = etree.parse(path).getroot()
    assert root.tag == f"{ATOM}feed"
    once = {"id", "title", "updated"}
    for parent in [root, *root.iter(f"{ATOM}entry")]:
        names = [etree.QName(child).localname for child in parent]
        assert all(names.count(name) == 1 for name in once)
        assert set(names) <= once | {"author", "category", "content", "entry", "link"}
        link = parent.find(f"{ATOM}link")
        assert parent is root or link is not None or parent.find(f"{ATOM}content") is not None
    ids = [element.text or "" for element in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    assert all(
        re.fullmatch("urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", id_) for id_ in ids
    )
    moments = [element.text or "" for element in root.iter(f"{ATOM}updated")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment) for moment in moments)
    assert root.find(f"{ATOM}author/{ATOM}name") is not None


def test_new_and_changed_questions_come_latest_first(
    tmp_path: Path, keep: Keep, english: Question
) -> None:
    keep(english)
    keep(replace(english, language="zh-Hant", url="https://adoctor.tw/zh-Hant/article/900"))
    keep(replace(english, text="It is better.", replies=()), before=english)
    read = feed(tmp_path)
    assert [(entry.title, entry.link) for entry in read.entries] == [
        ("Changed: Stiff Thumbs After Knitting", "https://adoctor.tw/article/900"),
        ("New: Stiff Thumbs After Knitting", "https://adoctor.tw/zh-Hant/article/900"),
        ("New: Stiff Thumbs After Knitting", "https://adoctor.tw/article/900"),
    ]
    assert read.entries[0].content[0].value == (
        "adoctor:900:en, 0 replies; changed: question.text, replies\n\nIt is better."
    )
    assert read.entries[2].content[0].value == (
        "adoctor:900:en, 2 replies\n\nMy thumbs are stiff.\nWhat helps?"
    )
    assert {(tag.scheme, tag.term) for tag in read.entries[0].tags} == {
        ("urn:qarchive:site", "adoctor"),
        ("urn:qarchive:department", "Orthopedics"),
        ("urn:qarchive:run", "1"),
    }
    assert read.entries[0].updated == "2026-11-22T09:00:00Z"


def test_what_stays_keeps_its_id_and_bytes(tmp_path: Path, keep: Keep, english: Question) -> None:
    keep(english)
    (before,) = feed(tmp_path).entries
    bytes_before = (tmp_path / "feed.atom").read_bytes()
    keep(english)  # seen again, the same
    feed(tmp_path)
    assert (tmp_path / "feed.atom").read_bytes() == bytes_before
    keep(replace(english, title="Stiff fingers"), before=english)
    changed, new = feed(tmp_path).entries
    assert new.id == before.id
    assert changed.id != before.id
    assert new.title == "New: Stiff Thumbs After Knitting"


def test_a_text_that_comes_back_is_a_change_of_its_own(
    tmp_path: Path, connection: sqlite3.Connection, keep: Keep, english: Question
) -> None:
    other = replace(english, title="Other")
    keep(english)
    keep(other, before=english)
    keep(english, before=other)
    connection.execute("UPDATE captures SET fetched_at='2026-11-23T09:00:00Z' WHERE id=3")
    assert len({entry.id for entry in feed(tmp_path).entries}) == 3


def test_a_site_that_has_moved_has_changed_what_it_says_alone(
    tmp_path: Path, keep: Keep, english: Question
) -> None:
    keep(english)
    tag, plain = english.faq_tags
    tags = (replace(tag, url="https://new.example/faq/thumb"), plain)
    url = "https://new.example/article/900"
    keep(replace(english, url=url, faq_tags=tags, similar=(), title="Sore"), before=english)
    change, _ = feed(tmp_path).entries
    assert change.content[0].value.startswith(
        "adoctor:900:en, 2 replies; changed: title, similar\n"
    )


def test_what_a_later_reader_reads_is_no_change(
    tmp_path: Path, keep: Keep, english: Question
) -> None:
    anew, edited = replace(english, title="Other"), replace(english, title="Other", text="Better.")
    keep(english)
    keep(anew, before=anew)
    assert [entry.title[:4] for entry in feed(tmp_path).entries] == ["New:"]
    keep(edited, before=anew)
    change, _ = feed(tmp_path).entries
    assert change.content[0].value.startswith("adoctor:900:en, 2 replies; changed: question.text\n")


def test_an_edit_is_told_though_the_page_before_cannot_be_read_again(
    tmp_path: Path, keep: Keep, english: Question
) -> None:
    keep(english)
    keep(replace(english, text="Better."), before=None)
    assert [entry.title[:4] for entry in feed(tmp_path).entries] == ["Chan", "New:"]


def test_what_is_found_late_in_an_old_capture_does_not_come_first(
    tmp_path: Path, connection: sqlite3.Connection, keep: Keep, english: Question
) -> None:
    keep(english)
    keep(
        replace(english, source_id="20", url="https://adoctor.tw/article/20"),
        CAPTURED + timedelta(days=1),
    )
    connection.execute("UPDATE question_versions SET id=9 WHERE id=1")
    assert [entry.updated for entry in feed(tmp_path).entries] == [
        "2026-11-23T09:00:00Z", "2026-11-22T09:00:00Z",
    ]  # fmt: skip


def test_a_page_found_gone_is_an_entry_until_it_is_back(
    tmp_path: Path, connection: sqlite3.Connection, keep: Keep, english: Question
) -> None:
    keep(english)
    keep(replace(english, source_id="20", url="https://adoctor.tw/article/20", title="Sore wrists"))
    look = """
    INSERT INTO captures(url_id, url, run_id, fetched_at, status, sha256, size, outcome, warc,
      offset, length) VALUES (1, '', 1, ?, 404, '', 0, 'gone', 'x.warc.gz', 0, 0)"""
    connection.execute(look, ("2026-12-01T09:00:00Z",))
    connection.execute(look, ("2026-12-08T09:00:00Z",))
    gone = "UPDATE questions SET gone_since=? WHERE source_id='900'"
    connection.execute(gone, ("2026-12-01T09:00:00Z",))
    (entry, *others) = feed(tmp_path).entries
    assert (entry.title, entry.updated, entry.link) == (
        "Gone: Stiff Thumbs After Knitting",
        "2026-12-08T09:00:00Z",
        "https://adoctor.tw/article/900",
    )
    told = "adoctor:900:en, gone from the site since 2026-12-01T09:00:00Z"
    assert entry.content[0].value == told
    assert {(tag.scheme, tag.term) for tag in entry.tags} >= {("urn:qarchive:run", "1")}
    new = ["New: Sore wrists", "New: Stiff Thumbs After Knitting"]
    assert [other.title for other in others] == new
    connection.execute(gone, (None,))
    assert [entry.title for entry in feed(tmp_path).entries] == new


HOSTILE = [
    "<script>alert(1)</script>",
    "]]> <!-- & &amp; &#x41; <![CDATA[",
    "<b onmouseover=alert(1)>x</b>",
    "a\x00b\x0b\x1b[31m\ufffe\uffff",
    "\u202egpj.exe\u2066",
    "x" * 100_000,
    "\" ' > <",
    "💊 頭痛 \U0010ffff",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(tmp_path: Path, keep: Keep, english: Question, text: str) -> None:
    keep(replace(english, title=text, department=text, text=text, replies=()))
    (entry,) = feed(tmp_path).entries
    root = etree.parse(tmp_path / "feed.atom").getroot()
    assert {element.get("type") for element in root.iter() if element.get("type")} == {"text"}
    assert all(str(element.tag).startswith(ATOM) for element in root.iter())
    told = etree.tostring(root, encoding="unicode")
    assert not re.search("[\x00\x0b\x1b\ufffe\uffff\u202a-\u202e\u2066-\u2069]", told)
    assert (tmp_path / "feed.atom").stat().st_size < 6_000
    start = re.split("[\x00\u202e\U0010ffff]", text)[0][:200]
    content = root.find(f"{ATOM}entry/{ATOM}content")
    title = root.find(f"{ATOM}entry/{ATOM}title")
    assert content is not None
    assert title is not None
    assert (content.text or "").split("\n\n", 1)[1].startswith(start)
    assert (title.text or "").startswith(f"New: {start}")
    assert entry.link == english.url


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,<script>x</script>"])
def test_only_web_addresses_are_links(
    tmp_path: Path, keep: Keep, english: Question, url: str
) -> None:
    keep(replace(english, url=url))
    assert len(feed(tmp_path).entries) == 1
    text = (tmp_path / "feed.atom").read_text()
    assert "<link" not in text
    assert url[:10] not in text


def test_it_is_bounded(
    tmp_path: Path, connection: sqlite3.Connection, keep: Keep, english: Question
) -> None:
    connection.execute("BEGIN")
    for number in range(205):
        keep(replace(english, source_id=str(number), url=f"https://adoctor.tw/article/{number}"))
    connection.execute("COMMIT")
    read = feed(tmp_path)
    assert len(read.entries) == 200
    assert read.entries[0].link == "https://adoctor.tw/article/204"
    assert read.entries[-1].link == "https://adoctor.tw/article/5"


def test_an_empty_archive_has_an_empty_feed(tmp_path: Path, connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE runs SET started_at='2026-11-22T08:00:00Z'")
    read = feed(tmp_path)
    assert read.entries == []
    assert read.feed.updated == "2026-11-22T08:00:00Z"
