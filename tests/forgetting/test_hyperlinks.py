"""What leads to a page that was taken down, and what only looks like it."""

from pathlib import Path

from scraper.sites.adoctor import Adoctor
from scraper.sites.qapage import QAPageSpider
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.forgetting.forums import article, put, thread, titles
from tests.forgetting.searching import occurrences
from tests.forgetting.toys import forget

WORD = "Kanarienvogel"


def test_a_link_on_a_page_of_another_site_goes(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    with FaultServer() as server, FaultServer() as elsewhere:
        put(server, {"/article/1": article("One", f"My {WORD} sings.")})
        cited = f'<p>I asked <a href="{server.url("/article/1#a")}">of mine</a>, too.</p>'
        pond = thread("Pond", "It is green.", ("elm", "Wait."), html=cited)
        put(elsewhere, {"/questions/1": pond})
        crawl(archive, site=Adoctor, base_url=server.url("/"))
        crawl(archive, site=QAPageSpider, base_url=elsewhere.url("/"))
        assert forget(archive, server.url("/article/1"), "--reason", "x")[0] == 0
        assert occurrences(archive, (WORD, "/article/1", "of mine")) == []
        crawl(archive, site=QAPageSpider, base_url=elsewhere.url("/"), revisit="all")
    assert occurrences(archive, (WORD, "/article/1", "of mine")) == []
    assert titles(archive) == ["Pond"]


def test_a_number_in_a_header_is_no_link(tmp_path: Path) -> None:
    archive, other = tmp_path / "a", article("Two", "It is.").encode()
    taken = f"/article/{len(other)}"
    with FaultServer() as server:
        put(server, {taken: article("One", f"My {WORD} sings."), "/article/2": ""})
        server.play("/article/2", [reply(200, [("Age", str(len(other)))], other)])
        crawl(archive, site=Adoctor, base_url=server.url("/"))
        assert forget(archive, server.url(taken), "--reason", "x")[0] == 0
    assert titles(archive) == ["Two"]
    marked = "SELECT url FROM captures WHERE redacted_at IS NOT NULL"
    assert rows(archive, marked) == [(server.url("/"),)]
