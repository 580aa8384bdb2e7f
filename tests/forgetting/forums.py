"""Hand-written pages of forums and of a health site, put up on a loopback server."""

import json
from pathlib import Path
from typing import Any

from pipelines.verify import verify
from scraper.sites.adoctor import Adoctor
from scraper.sites.qapage import QAPageSpider
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.forgetting.toys import records_by_number

SITES = {"qapage": QAPageSpider, "adoctor": Adoctor}


def thread(
    title: str, text: str, *answers: tuple[str, str], asker: str | None = None, html: str = ""
) -> str:
    """A forum's question page with JSON-LD; answers are (author, text)."""
    answer_data = [
        {"@type": "Answer", "text": words, "author": {"@type": "Person", "name": who}}
        for who, words in answers
    ]
    question: dict[str, Any] = {"@type": "Question", "name": title, "text": text}
    question |= {"acceptedAnswer": answer_data}
    if asker is not None:
        question |= {"author": {"@type": "Person", "name": asker}}
    data = json.dumps({"@context": "https://schema.org", "@type": "QAPage", "mainEntity": question})
    shown = "".join(f"<p>{words}</p>" for _, words in answers)
    return (
        f'<html lang="en"><head><script type="application/ld+json">{data}</script></head>'
        f"<body><h1>{title}</h1><div>{text}</div>{shown}{html}</body></html>"
    )


def article(title: str, text: str, *, language: str = "en", html: str = "") -> str:
    """A page of the health site."""
    return (
        f'<html lang="{language}"><body><h1>{title} - Neurology</h1><p>Share to:</p>'
        f"<h2>{title}</h2><p>{text}</p>"
        "<div>Mr. Oak, 20~29 year old male. Ask Date: 2020/10/26</div>"
        "<div>Dr. Ash Elm reply Neurology</div><p>Rest for a week or two.</p>"
        f"<p>Reply Date: 2020/10/27</p>{html}</body></html>"
    )


def links(*paths: str) -> str:
    return "".join(f'<li><a href="{path}">{path}</a></li>' for path in paths)


def put(server: FaultServer, pages: dict[str, str]) -> None:
    """Let the server have these pages, and a front page that links to them."""
    for path, html in ({"/": f"<html><body>{links(*pages)}</body></html>"} | pages).items():
        server.play(path, [reply(200, body=html.encode())])


def move(server: FaultServer, path: str, to: str) -> None:
    """Let a page redirect."""
    server.play(path, [reply(301, [("Location", to)])])


def titles(archive: Path) -> list[str | None]:
    """The titles of all records; the archive must be sound."""
    assert list(verify(archive)) == []
    return sorted(record["title"] for record in records_by_number(archive).values())


def urls(archive: Path, server: FaultServer) -> list[str]:
    """The paths that the archive knows."""
    stored = rows(archive, "SELECT url FROM urls ORDER BY url")
    return [url.removeprefix(server.url("")) for (url,) in stored]
