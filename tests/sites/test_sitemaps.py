"""Sitemaps that stand elsewhere than one expects, and what a crawl makes of them."""

from pathlib import Path

import pytest

from scraper.sites.adoctor import Adoctor
from scraper.sites.qapage import QAPageSpider
from scraper.spider import QuestionSpider
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import redirect, reply
from tests.faults.server import FaultServer


@pytest.mark.parametrize(
    ("site", "path"),
    [(QAPageSpider, "/maps/all"), (Adoctor, "/maps/all"), (QAPageSpider, "/m.gz")],
)
def test_a_sitemap_that_moved_to_any_name_is_read(
    tmp_path: Path, site: type[QuestionSpider], path: str
) -> None:
    with FaultServer() as server:
        server.play("/", [reply(200, body=b'<a href="/faq/a">x</a>')])
        server.play("/sitemap.xml", [redirect(path, 301)])
        entry = f"<url><loc>{server.url('/faq/b')}</loc></url>"
        server.play(path, [reply(200, body=f"<urlset>{entry}</urlset>".encode())])
        crawl(tmp_path, site=site, base_url=server.url("/"))
    assert rows(tmp_path, "SELECT count(*) FROM problems") == [(0,)]
    assert {seen.path for seen in server.log} >= {"/sitemap.xml", path, "/faq/b"}
