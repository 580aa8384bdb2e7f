"""A page that quoted a forgotten one and has not changed since repeats what is left of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.rebuild import rebuild
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import Headers, reply
from tests.faults.server import FaultServer
from tests.forgetting.merging import SITES, history, visit
from tests.forgetting.searching import occurrences
from tests.forgetting.toys import forget

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
