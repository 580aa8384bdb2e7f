"""The toy site as its reader was, as it is now, and an archive that the old one made."""

import os
import re
import signal
from dataclasses import replace
from pathlib import Path

from scraper.errors import PageChangedError
from scraper.items import Question
from scraper.reading.page import Page
from tests.crawling import Toy, crawl
from tests.faults.plays import reply
from tests.faults.server import FaultServer

PAGES = {  # two states of each; the second begins as the first does where only that is given
    "same": ("<h1>Knee</h1><p>It hurts.</p>",),
    "template": ("<h1>Hip</h1><p>It hurts.</p>", "<hr><h1>Hip</h1><p>It hurts.</p>"),
    "reader": ("<h1>Foot (toy)</h1><p>It hurts.</p>",),
    "content": ("<h1>Ear</h1><p>It rings.</p>", "<h1>Ear</h1><p>It rings.</p><i>Hearing</i>"),
    "both": (
        "<h1>Eye</h1><p>It is red.</p><i>Sight</i>",
        "<h1>Eye</h1><p>It is red.</p><i>Seeing</i>",
    ),
    "reader-template": (
        "<h1>Hand (toy)</h1><p>It is cold.</p>",
        "<h1>Hand (toy)</h1><p>It is cold.</p><hr>",
    ),
    "problem": ("<h2>Nose</h2><p>It runs.</p>",),
    "mended": ("<h1>Arm</h1><p>It itches.</p>", "<h2>Arm</h2><p>It itches badly.</p>"),
    "worse": ("<h1>Leg</h1><p>unreadable</p>",),
    "elsewhere": ("<h1>Back</h1><p>moved</p>",),
    "never": ("<h3>Hair</h3>",),
}
DEPARTMENT = re.compile("<i>(.*?)</i>")


def read_anew(page: Page) -> Question:
    """Titles without the site's name, second headings too, and departments."""
    text = page.decoded.text
    question = Toy.read_question(replace(page, body=text.replace("h2>", "h1>").encode()))
    if question.text == "unreadable":
        raise PageChangedError("this reader can't")
    if question.text == "moved":
        question = replace(question, source_id="another")
    department = DEPARTMENT.search(text)
    return replace(
        question,
        title=(question.title or "").removesuffix(" (toy)"),
        department=department[1] if department else None,
    )


class Later(Toy):
    """The toy site's reader of a later qarchive."""

    read_question = staticmethod(read_anew)


def end_this_process(page: Page) -> Question:
    """As the system does to a process that takes too much memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError(page)


class Deadly(Toy):
    """A reader that none survives."""

    read_question = staticmethod(end_this_process)


SITES = {"toy": Later}


def make(archive: Path) -> None:
    """Crawl it twice with the old reader."""
    with FaultServer() as server:
        links = "".join(f'<a href="/q/{name}">' for name in PAGES)
        server.play("/", [reply(200, body=links.encode())])
        for state in (0, -1):
            for name, states in PAGES.items():
                server.play(f"/q/{name}", [reply(200, body=states[state].encode())])
            crawl(archive, base_url=server.url("/"), revisit="all")
