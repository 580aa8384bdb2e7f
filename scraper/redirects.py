"""Checks redirects, and pages that lead to no other page."""

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from scraper.errors import LeadsNowhereError
from scraper.items import Due, Kind, Link, Problem, Question, Via
from scraper.origins import origin
from scraper.reading.sameness import shortened
from scraper.reading.urls import join, normal_path
from scraper.visits import MAX_HOPS

_LISTS = (Kind.LIST, Kind.FAQ)


def redirected(due: Due, where: str, target: tuple[str, Kind] | None) -> Link | Problem:
    """The link to follow for a redirect of `due` to `where`, or the problem that it is.

    `target`: canonical URL and kind of `where`. If that is the page itself, a spelling that differs
    only in escapes or the last slash is fetched as it is; any other redirect would be a loop.
    """
    literal = join(due.url, where)
    if target is None or literal is None:
        return Problem(code="redirect-off-site", detail=shortened(where, 500))
    url, kind = target
    if url == due.url:
        if origin(literal) != origin(due.url):
            return Problem(code="other-address", detail=f"the site is at {origin(literal)}")
        if literal == due.url or _plain(literal) != _plain(due.url):
            return Problem(code="redirect-loop", detail=shortened(where, 500))
        url = literal
    if due.hops >= MAX_HOPS:
        return Problem(code="too-many-redirects", detail=shortened(where, 500))
    return Link(url=url, kind=kind, via=Via.REDIRECT)


def _plain(url: str) -> str:
    return normal_path(url).rstrip("/")


def check_leads_on(
    due: Due,
    question: Question | None,
    links: Iterable[Link],
    starts: Callable[[], Iterable[Link]],
    *,
    guessed: bool,
) -> None:
    """Raise LeadsNowhereError for a list without links to other pages, as a captcha would be.

    Where kinds are guessed, only for pages from which the crawl starts.
    """
    if due.kind not in _LISTS or question is not None or any(link.url != due.url for link in links):
        return
    if not guessed or due.url in {link.url for link in starts()}:
        raise LeadsNowhereError(f"no link to a page of {urlsplit(due.url).netloc}")
