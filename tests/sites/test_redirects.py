"""Redirects whose targets hold what no URL may, as old servers write them."""

import pytest
from scrapy.http import Request, Response

from scraper.items import Due, Kind, Link, Via
from scraper.sites.taiwan_ehospital import TaiwanEhospitalSpider

ALL = "https://sp1.hso.mohw.gov.tw/doctor/All/"


@pytest.mark.parametrize("written", [b"\xa5~\xac\xec", "外科".encode(), b"%A5~%AC%EC"])
def test_one_leads_to_the_department_that_it_names(written: bytes) -> None:
    due = Due(f"{ALL}index.php?d_class=%A5~%AC%EC", Kind.LIST)
    headers = {"Location": b"history.php?UrlClass=" + written + b"&SortBy=q_no"}
    request = Request(due.url, meta={"due": due})
    response = Response(due.url, status=302, headers=headers, request=request)
    (visit,) = TaiwanEhospitalSpider().parse(response)
    listed = f"{ALL}history.php?UrlClass=%A5~%AC%EC&SortBy=q_no&PageNo=1"
    assert visit.links == (Link(url=listed, kind=Kind.LIST, via=Via.REDIRECT),)
