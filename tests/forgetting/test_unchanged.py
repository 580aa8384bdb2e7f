"""A page that quoted a forgotten one and has not changed since repeats what is left of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.rebuild import rebuild
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import Headers, reply
from tests.faults.server import FaultServer
from tests.forgetting.forums import put
from tests.forgetting.merging import SITES, history, merged, visit
from tests.forgetting.searching import occurrences
from tests.forgetting.toys import copy, forget

QUOTE = 'see <a href="/q/2">Two</a>'
LEFT = 'see <a href="about:blank">[removed]</a>'
WORDS = (QUOTE, QUOTE, f"first {QUOTE}")
EDITED = [
    ("new", LEFT, "2026-09-07T09", "2026-09-08T09"),
    ("content", f"first {LEFT}", "2026-09-09T09", "2026-09-09T09"),
]


def tag(word: str) -> Headers:
    return [("ETag", f'"{len(word)}"')]


@pytest.mark.parametrize(("tagged", "status"), [(tag, 304), (lambda _: (), 200)])
def test_it_is_no_new_page_and_its_next_edit_is_the_sites(
    tmp_path: Path, tagged: Callable[[str], Headers], status: int
) -> None:
    archive = tmp_path / "a"
    with FaultServer() as server:
        visit(server, archive, 0, WORDS, tagged)
        assert forget(archive, "toy:2:en", "--reason", "x")[0] == 0
        visit(server, archive, 1, WORDS, tagged)
        repeated = """
        SELECT c.status, o.status, o.size > 0 FROM captures c LEFT JOIN captures o
        ON o.id = c.refers_to WHERE c.run_id = 2 AND c.url LIKE '%/q/1'"""
        assert rows(archive, repeated) == [(status, 200, 1)]
        visit(server, archive, 2, WORDS, tagged)
    assert history(archive)["toy:1:en"] == EDITED
    rebuild(archive, SITES)
    assert history(archive)["toy:1:en"] == EDITED


TITLE, OTHER = "Numb hands at the piano", "Cold feet on the stairs"
TRAIL = f"<nav>Home, Neurology, {TITLE}, {OTHER}</nav>"
NAMING = {
    "/q/1": f"<h1>One</h1><p>It aches.</p>{TRAIL}",
    "/q/2": f"<h1>{TITLE}</h1><p>It itches.</p>",
    "/q/3": f"<h1>{OTHER}</h1><p>It stings.</p>",
}


def crawled(server: FaultServer, archive: Path, pages: dict[str, str]) -> list[tuple[str, int]]:
    """Crawl; the paths of the pages that are new, and of those that repeat their last capture."""
    put(server, pages)
    crawl(archive, base_url=server.url("/"), revisit="all")
    found = rows(
        archive,
        "SELECT url, refers_to IS NOT NULL FROM captures WHERE run_id=(SELECT max(id) FROM runs)"
        " AND url LIKE '%/q/%' ORDER BY url",
    )
    return [(url.removeprefix(server.url("")), repeats) for url, repeats in found]


def test_words_within_its_line_come_back_at_no_visit(tmp_path: Path, server: FaultServer) -> None:
    """Only the takedown knew them, not their hashes; after a second one, too."""
    archive, edited = tmp_path / "a", NAMING["/q/1"].replace("aches", "burns")
    crawled(server, archive, NAMING)
    assert forget(archive, "toy:2:en", "--reason", "x")[0] == 0
    left = {path: page for path, page in NAMING.items() if path != "/q/2"}
    assert crawled(server, archive, left) == [("/q/1", 1), ("/q/3", 1)]
    assert occurrences(archive, (TITLE,)) == []
    assert forget(archive, "toy:3:en", "--reason", "x")[0] == 0
    assert crawled(server, archive, {"/q/1": NAMING["/q/1"]}) == [("/q/1", 1)]
    before = history(archive)
    assert [cause for cause, *_ in before["toy:1:en"]] == ["new"]
    rebuild(archive, SITES)
    assert history(archive) == before
    assert crawled(server, archive, {"/q/1": NAMING["/q/1"]}) == [("/q/1", 1)]
    assert occurrences(archive, (TITLE, OTHER)) == []
    assert crawled(server, archive, {"/q/1": edited}) == [("/q/1", 0)]
    assert crawled(server, archive, {"/q/1": NAMING["/q/1"]}) == [("/q/1", 0)]
    assert [cause for cause, *_ in history(archive)["toy:1:en"]] == ["new", "content", "content"]


def test_what_is_no_page_keeps_nothing_that_only_the_takedown_knew(
    tmp_path: Path, server: FaultServer
) -> None:
    """robots.txt and error pages have no stored body that they could repeat."""
    archive = tmp_path / "a"
    named = {"/robots.txt": (200, f"# not {TITLE} again\nUser-agent: *\nDisallow: /private\n")}
    for status in (404, 500):
        named[f"/q/{status}"] = status, f"<h1>{status}</h1><p>Not here, as with {TITLE} now</p>"
    linking = "".join(f'<a href="{path}">x</a>' for path in (*NAMING, "/q/404", "/q/500"))
    for path, (status, html) in named.items():
        server.play(path, [reply(status, body=html.encode())])
    put(server, NAMING | {"/": linking})
    crawl(archive, base_url=server.url("/"))
    assert forget(archive, "toy:2:en", "--reason", "x")[0] == 0
    for word in ("", "#"):
        robots = named["/robots.txt"][1] + word
        server.play("/robots.txt", [reply(200, body=robots.encode())])
        crawl(archive, base_url=server.url("/"), revisit="all")
        kept = "SELECT size > 0 FROM captures WHERE url LIKE '%/robots.txt' ORDER BY id DESC"
        assert rows(archive, kept)[0] == (int(bool(word)),)
        if not word:
            assert occurrences(archive, (TITLE,)) == []


def test_a_page_of_which_nothing_went_is_not_marked(tmp_path: Path, server: FaultServer) -> None:
    archive = tmp_path / "a"
    crawled(server, archive, NAMING)
    assert forget(archive, "toy:2:en", "--reason", "x")[0] == 0
    left = {path: page for path, page in NAMING.items() if path != "/q/2"}
    assert crawled(server, archive, left) == [("/q/1", 1), ("/q/3", 1)]
    marked = rows(archive, "SELECT url FROM captures WHERE redacted_at IS NOT NULL")
    assert {url.removeprefix(server.url("")) for (url,) in marked} == {"/", "/q/1"}


def test_merged_with_its_backup_it_repeats_the_redacted_page(
    tmp_path: Path, server: FaultServer
) -> None:
    archive, backup = tmp_path / "a", tmp_path / "b"
    crawled(server, archive, NAMING)
    copy(archive, backup)
    assert forget(archive, "toy:2:en", "--reason", "x")[0] == 0
    into = merged(archive, backup)
    assert crawled(server, into, NAMING) == [("/q/1", 1), ("/q/3", 1)]
    assert occurrences(into, (TITLE,)) == []
    history(into)


@pytest.mark.parametrize("status", [304, 200])
def test_the_heads_of_its_repetition_name_it_no_more(tmp_path: Path, status: int) -> None:
    archive, page = tmp_path / "a", b"<h1>One</h1><p>It aches.</p></body></html>"
    with FaultServer() as server:
        server.play("/", [reply(200, body=b'<a href="/q/1">1</a><a href="/q/2">2</a>')])
        server.play("/q/2", [reply(200, body=b"<h1>Two</h1><p>It itches.</p></body></html>")])
        server.play("/q/1", [reply(200, [("ETag", '"/q/2"')], page)])
        crawl(archive, base_url=server.url("/"))
        link = [("Link", '</q/2>; rel="next"')]
        server.play("/q/1", [reply(status, link, page if status == 200 else b"")])
        crawl(archive, base_url=server.url("/"), revisit="all")
    assert occurrences(archive, ("</q/2>",))
    assert forget(archive, "toy:2:en", "--reason", "x")[0] == 0
    assert occurrences(archive, ("/q/2",)) == []
