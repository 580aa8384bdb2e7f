"""qapage: where a crawl starts, and where pages lead."""

import pytest

from scraper.items import Kind, Link, Via
from scraper.reading.page import Page
from scraper.sites.qapage import QAPageSpider
from tests.sites.forum import HOME, MICRODATA, URL


def test_where_a_crawl_starts() -> None:
    assert [link.url for link in QAPageSpider.start_links("http://127.0.0.1:8000/forum/")] == [
        "http://127.0.0.1:8000/forum/",
        "http://127.0.0.1:8000/sitemap.xml",
    ]


def test_sitemap_links() -> None:
    urlset = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{URL}</loc>
    <lastmod>2020-01-02</lastmod></url><url><loc>http://other.example/</loc></url></urlset>"""
    index = f"<sitemapindex><sitemap><loc>{HOME}maps/one</loc></sitemap></sitemapindex>"
    pages = [Page(url=HOME + "sitemap.xml", body=body.encode()) for body in (urlset, index)]

    found = [list(QAPageSpider.read_links(page, Kind.SITEMAP, HOME, None)) for page in pages]

    assert found == [
        [Link(url=URL, kind=Kind.QUESTION, via=Via.SITEMAP, lastmod="2020-01-02")],
        [Link(url=HOME + "maps/one", kind=Kind.SITEMAP, via=Via.SITEMAP)],
    ]


def test_page_links() -> None:
    html = '<a href="/questions/8">1</a><a href="/questions?page=2">2</a><a href="http://[x/">3</a>'
    page = Page(url=URL, body=html.encode())

    found = list(QAPageSpider.read_links(page, Kind.LIST, HOME, None))

    assert found == [
        Link(url=HOME + "questions/8", kind=Kind.QUESTION, via=Via.LIST),
        Link(url=HOME + "questions?page=2", kind=Kind.LIST, via=Via.LIST),
    ]


def test_the_next_page_that_only_the_head_names() -> None:
    html = '<head><link rel="Next" href="?page=3"><link rel="prev" href="?page=1"></head>'
    page = Page(url=HOME + "tags/algae?page=2", body=html.encode())
    assert [link.url for link in QAPageSpider.read_links(page, Kind.LIST, HOME, None)] == [
        HOME + "tags/algae?page=3"
    ]


def test_an_answers_page_leads_to_its_question() -> None:
    page = Page(url=URL + "/answer/5", body=MICRODATA.encode())
    found = QAPageSpider.read_links(page, Kind.QUESTION, HOME, QAPageSpider.read_question(page))
    assert [link.url for link in found] == [URL]


def test_home_is_what_the_command_names() -> None:
    assert QAPageSpider(start_url=HOME + "questions?page=2").base == HOME
    assert QAPageSpider(base_url="http://127.0.0.1:8000").base == "http://127.0.0.1:8000/"
    with pytest.raises(ValueError, match="--base-url or --start-url"):
        QAPageSpider()
