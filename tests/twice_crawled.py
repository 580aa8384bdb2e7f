"""A small archive with edited, unchanged and removed pages."""

from pathlib import Path

from tests.crawling import crawl
from tests.faults.plays import reply
from tests.faults.server import FaultServer

_PAGE = "<h1>Sore knee {n}</h1><p>It hurts, number {n}.</p><li>Rest it.</li>"


def twice_crawled(folder: Path) -> Path:
    """Crawl twelve pages twice: 0, 3, 6 and 9 stay unchanged, 5 is removed, the rest are edited."""
    with FaultServer() as server:
        links = "".join(f'<a href="/q/{n}">' for n in range(12))
        server.play("/", [reply(200, body=links.encode())])
        for edit in ("", ", again"):
            for n in range(12):
                body = _PAGE.format(n=f"{n}{edit if n % 3 else ''}").encode()
                server.play(f"/q/{n}", [reply(404) if edit and n == 5 else reply(200, body=body)])
            crawl(folder, base_url=server.url("/"), revisit="all")
    return folder
