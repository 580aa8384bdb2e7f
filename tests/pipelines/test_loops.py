"""Redirects in a circle, and URLs that grow without end."""

from pathlib import Path

import pytest

from tests.crawling import crawl
from tests.faults.plays import links, redirect, reply
from tests.faults.server import FaultServer
from tests.pipelines.test_traps import LIMIT, QUESTIONS, Endless, ids, problems, question

pytestmark = pytest.mark.dear


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.queue.traps.LIMIT", LIMIT)


def test_a_redirect_loop_is_told_once(tmp_path: Path, server: FaultServer) -> None:
    server.play("/", [reply(200, body=links(*(f"/q/{n}" for n in range(QUESTIONS)), "/q/a"))])
    for n in range(QUESTIONS):
        server.play(f"/q/{n}", [reply(200, body=question(str(n)))])
    server.play("/q/a", [redirect("/q/b")])
    server.play("/q/b", [redirect("/q/a")])
    assert crawl(tmp_path, base_url=server.url("/")).why == "trap"
    assert crawl(tmp_path, base_url=server.url("/"), revisit="all").why == "finished"
    assert ids(tmp_path) == list(range(QUESTIONS))


def test_a_huge_url_is_not_followed(tmp_path: Path) -> None:
    def huge(path: str) -> bytes:
        return links(f"{path}{'x' * 3000}")

    with Endless(huge, "/h") as site:
        assert crawl(tmp_path, base_url=site.url("/")).why == "trap"
        assert len(site.log) == QUESTIONS + 3  # robots.txt, home page and the one before the huge
    assert problems(tmp_path) == ["odd-url"]
