"""Redirects to sitemaps of any name, and to what no URL may hold, as old servers write it."""

from pathlib import Path

import pytest
from scrapy.http import Request, Response

from scraper.items import Due, Kind, Link, Via
from scraper.sites.adoctor import Adoctor
from scraper.sites.qapage import QAPageSpider
from scraper.sites.taiwan_ehospital import TaiwanEhospitalSpider
from scraper.spider import QuestionSpider
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import redirect, reply
from tests.faults.server import FaultServer

ALL = "https://sp1.hso.mohw.gov.tw/doctor/All/"


@pytest.mark.parametrize("written", [b"\xa5~\xac\xec", "外科".encode(), b"%A5~%AC%EC"])
def test_a_redirect_leads_to_the_department_that_it_names(written: bytes) -> None:
    due = Due(f"{ALL}index.php?d_class=%A5~%AC%EC", Kind.LIST)
    headers = {"Location": b"history.php?UrlClass=" + written + b"&SortBy=q_no"}
    request = Request(due.url, meta={"due": due})
    response = Response(due.url, status=302, headers=headers, request=request)
    (visit,) = TaiwanEhospitalSpider().parse(response)
    listed = f"{ALL}history.php?UrlClass=%A5~%AC%EC&SortBy=q_no&PageNo=1"
    assert visit.links == (Link(url=listed, kind=Kind.LIST, via=Via.REDIRECT),)


@pytest.mark.parametrize(
    ("site", "path"),
    [(QAPageSpider, "/maps/all"), (Adoctor, "/maps/all"), (QAPageSpider, "/m.gz")],
)
def test_a_sitemap_that_moved_to_any_name_is_read(
    tmp_path: Path, site: type[QuestionSpider], path: str, server: FaultServer
) -> None:
    server.play("/", [reply(200, body=b'<a href="/faq/a">x</a>')])
    server.play("/sitemap.xml", [redirect(path, 301)])
    entry = f"<url><loc>{server.url('/faq/b')}</loc></url>"
    server.play(path, [reply(200, body=f"<urlset>{entry}</urlset>".encode())])
    crawl(tmp_path, site=site, base_url=server.url("/"))
    assert rows(tmp_path, "SELECT count(*) FROM problems") == [(0,)]
    assert {seen.path for seen in server.log} >= {"/sitemap.xml", path, "/faq/b"}
