"""Endless sites: the real pages come first, the trap is cut off, and lists are no traps."""

import itertools
import sqlite3
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from pipelines.queue.hosts import Scope
from pipelines.queue.traps import Traps
from pipelines.verify import verify
from scraper.items import Kind, Link, Question, Via
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import links, reply
from tests.faults.server import Behaviour, FaultServer
from tests.questions import Keep
from tests.repairing import repair

pytestmark = pytest.mark.dear

LIMIT = 40  # instead of 100
QUESTIONS = 30
NEWEST = links(*(f"/q/{n}" for n in range(5)))
PROBLEMS = "SELECT * FROM problems ORDER BY id"
counter = itertools.count(1)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A trap is one after fewer pages: what these tests tell is told after any number."""
    monkeypatch.setattr("pipelines.queue.traps.LIMIT", LIMIT)


def calendar(path: str) -> bytes:
    """Each month leads to the next and to the one before, for ever."""
    month = int(dict(parse_qsl(urlsplit(path).query)).get("month", "0"))
    return links(f"/calendar?month={month + 1}", f"/calendar?month={month - 1}") + NEWEST


def by_date(path: str) -> bytes:
    year, month = map(int, path.split("/")[2:4])
    after = f"/archive/{year + month // 12}/{month % 12 + 1:02d}/"
    return links(after, f"/archive/{year + 1}/{month:02d}/") + NEWEST


def sessions(path: str) -> bytes:
    """Every link carries a session of its own."""
    fresh = [f"/list?sid={next(counter):032x}" for _ in range(3)]
    fresh += [f"/q/{next(counter) % QUESTIONS}?sid={next(counter):032x}" for _ in range(3)]
    number = urlsplit(path).path.rpartition("/")[2]
    return question(number) + links(*fresh) if number.isdigit() else links(*fresh)


def short_values(path: str) -> bytes:
    """Every link carries a value of its own, too short to be taken for a session."""
    fresh = [f"/list?at={next(counter):05d}" for _ in range(3)]
    fresh += [f"/q/{next(counter) % QUESTIONS}?at={next(counter):05d}" for _ in range(3)]
    number = urlsplit(path).path.rpartition("/")[2]
    return question(number) + links(*fresh) if number.isdigit() else links(*fresh)


def deeper(path: str) -> bytes:
    return links(f"{path.rstrip('/')}/more/pages", f"{path.rstrip('/')}/pages") + NEWEST


def words(path: str) -> bytes:
    """Every link is a new word."""
    del path
    letters = str.maketrans("0123456789", "qwertyuiop")
    return links(*(f"/{str(next(counter)).translate(letters)}" for _ in range(4)))


def facets(path: str) -> bytes:
    """Eight filters in any combination, each page with one more, one less or another value."""
    chosen = dict(parse_qsl(urlsplit(path).query))
    fresh = []
    for name in "abcdefgh":
        other = {key: value for key, value in chosen.items() if key != name}
        if len(other) == len(chosen) or next(counter) % 3 == 0:
            other[name] = str(next(counter) % 50)
        fresh.append(f"/browse?{urlencode(sorted(other.items()))}")
    return links(*fresh) + NEWEST


def question(number: str) -> bytes:
    return f"<h1>Sore knee {number}</h1><p>It hurts.</p><li>Rest it.</li>".encode()


class Endless(FaultServer):
    """Thirty questions, and whatever the trap makes of the other paths."""

    def __init__(self, trap: Callable[[str], bytes], entry: str) -> None:
        super().__init__(page=self._made)
        self._trap = trap
        self.home = links(entry, *(f"/q/{n}" for n in range(QUESTIONS)))

    def _made(self, path: str) -> bytes:
        if path == "/":
            return self.home
        plain_question = path.startswith("/q/") and "?" not in path
        return question(path[3:]) if plain_question else self._trap(path)

    def _behaviour(self, path: str) -> Behaviour:
        if path == "/robots.txt":
            return super()._behaviour(path)
        return reply(200, body=self.page(path))


def ids(archive: Path) -> list[int]:
    return sorted(int(number) for (number,) in rows(archive, "SELECT source_id FROM questions"))


def problems(archive: Path) -> list[str]:
    return [code for (code,) in rows(archive, "SELECT DISTINCT code FROM problems")]


@pytest.mark.parametrize(
    ("trap", "entry"),
    [
        (calendar, "/calendar?month=0"),
        (by_date, "/archive/2026/11/"),
        (sessions, f"/list?sid={0:032x}"),
        (short_values, "/list?at=0"),
        (deeper, "/a"),
        (words, "/word"),
        (facets, "/browse"),
    ],
)
def test_a_trap_is_cut_off(tmp_path: Path, trap: Callable[[str], bytes], entry: str) -> None:
    with Endless(trap, entry) as site:
        ended = crawl(tmp_path, base_url=site.url("/"))
        assert ended.why == "trap"
        assert ids(tmp_path) == list(range(QUESTIONS))
        paths = [seen.path for seen in site.log]
        assert len(paths) < QUESTIONS + 14 * LIMIT
        plain = [n for n, path in enumerate(paths) if path.startswith("/q/") and "?" not in path]
        assert max(plain) < QUESTIONS + 60  # the real pages come first
        site.log.clear()
        assert crawl(tmp_path, base_url=site.url("/")).why == "finished"
        assert len(site.log) < LIMIT  # a later run knows the trap
        assert set(problems(tmp_path)) <= {"trap", "odd-url"}
        assert list(verify(tmp_path)) == []
        before = rows(tmp_path, PROBLEMS)
        repair(tmp_path)
        assert rows(tmp_path, PROBLEMS) == before
        site.log.clear()
        assert crawl(tmp_path, base_url=site.url("/")).why == "finished"
        assert len(site.log) < LIMIT


def test_later_runs_remember_a_shape_that_no_question_has(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    keep(Question(site="toy", source_id="1", language="en", url="http://host/q/a-1", title="t"))
    first = Traps(connection, Scope("adoctor", ""), 1)
    for cut in ("/q 2 ", "/maze 2 ", "2 "):
        first._cut_off(cut, "http://host/")  # noqa: SLF001
    later = Traps(connection, Scope("adoctor", ""), 1)
    later.recall()
    new = [
        Link(url=f"http://host/{path}", kind=Kind.LIST, via=Via.LIST)
        for path in ("q/b-2", "maze/deeper", "sore/knees")
    ]
    assert later.without_traps(new) == (new[0], new[2])


def paging(size: int, pages: int) -> Callable[[str], bytes]:
    def made(path: str) -> bytes:
        page = int(path.rpartition("=")[2])
        shown = [f"/q/{n}" for n in range(page * size, (page + 1) * size)]
        return links(*shown, *([f"/list?page={page + 1}"] if page + 1 < pages else []))

    return made


def test_a_long_list_is_no_trap(tmp_path: Path) -> None:
    pages = LIMIT + 20
    with Endless(paging(1, pages), "/list?page=0") as site:
        assert crawl(tmp_path, base_url=site.url("/")).why == "finished"
        assert crawl(tmp_path, base_url=site.url("/"), revisit="all").why == "finished"
    assert ids(tmp_path) == list(range(pages))


def test_tags_that_overlap_are_no_trap(tmp_path: Path) -> None:
    """Every question names tags, and each of hundreds of tags shows only what is known."""

    def tag(path: str) -> bytes:
        return links(*(f"/q/{n}" for n in range(5))) if path.startswith("/tag") else b""

    with Endless(tag, "/tag/0") as site:
        site.home += links(*(f"/tag/{n}" for n in range(LIMIT + 20)))
        assert crawl(tmp_path, base_url=site.url("/")).why == "finished"
        assert len(site.log) == QUESTIONS + LIMIT + 20 + 2


def test_lists_by_a_tag_that_questions_keep_are_no_trap(tmp_path: Path) -> None:
    """Only the last page of each tag's list shows a question that no other tag has."""

    def tagged(path: str) -> bytes:
        parts = urlsplit(path)
        number = parts.path.rpartition("/")[2]
        if number.isdigit():
            return question(number)
        chosen = dict(parse_qsl(parts.query))
        tag, page = int(chosen["tag"]), int(chosen.get("page", "0"))
        common = [(n + tag * 3) % QUESTIONS for n in range(page * 3, page * 3 + 3)]
        shown = common if page < 9 else [QUESTIONS + tag]
        more = [f"/list?page={page + 1}&tag={tag}"] if page < 9 else []
        return links(*(f"/q/{n}?tag={tag}" for n in shown), *more)

    with Endless(tagged, "/list?tag=0") as site:
        site.home += links(*(f"/list?tag={tag}" for tag in range(12)))
        assert crawl(tmp_path, base_url=site.url("/")).why == "finished"
    assert ids(tmp_path) == list(range(QUESTIONS + 12))


def from_each(path: str) -> bytes:
    """Each page says in its links to others where one came from."""
    number = int(urlsplit(path).path.rpartition("/")[2])
    others = ((number * 7 + step) % QUESTIONS for step in range(6))
    return question(str(number)) + links(*(f"/q/{other}?from={number}" for other in others))


def in_parts(path: str) -> bytes:
    """Each question has parts, which lead on to the next and to a look at the first."""
    number, _, part = path.removeprefix("/q/").partition("?part=")
    more = [f"/q/{number}?part={int(part) + 1}"] if int(part) < 4 else []
    replies = f"<li>In part {part}.</li>".encode() if int(part) > 1 else b""
    return question(number) + replies + links(*more)


@pytest.mark.parametrize(("pages", "entry"), [(from_each, "from=0"), (in_parts, "part=1")])
def test_questions_at_several_urls_are_no_trap(
    tmp_path: Path, pages: Callable[[str], bytes], entry: str
) -> None:
    with Endless(pages, "/list") as site:
        site.home = links(*(f"/q/{n}?{entry}" for n in range(QUESTIONS)))
        assert crawl(tmp_path, base_url=site.url("/")).why == "finished"
        assert len(site.log) > QUESTIONS + 2 * LIMIT
    assert ids(tmp_path) == list(range(QUESTIONS))
