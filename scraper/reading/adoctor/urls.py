"""Reduces the URLs of adoctor to one canonical spelling for each page."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, urlsplit

from scraper.items import Kind
from scraper.reading.urls import normal_path

_LANGUAGE = r"(?:/[A-Za-z]{2}(?:-[A-Za-z]{2,4})?)?"
ARTICLE = re.compile(rf"(?P<base>.*?)(?P<language>{_LANGUAGE})/article/(?P<id>\d{{1,9}})/?")
_CLEAN = re.compile(rf"{_LANGUAGE}/(?:(?P<article>article/\d{{1,9}})|faq/[a-z\d-]+)", re.ASCII)
_FAQ = re.compile(rf"{_LANGUAGE}/faq/[^/]+/?")
_SITEMAP = re.compile(r"/sitemap[\w-]*\.xml")
_NO_PAGE = re.compile(
    r";|\.(?!html?$)[a-z][a-z\d]{1,4}$"
    r"|/(?:search|login|logout|signin|register|api|admin|cdn-cgi|static|assets)(?:/|$)",
    re.IGNORECASE,
)
_TRACKING = re.compile(r"utm_\w+|\w*clid|ref|from|source|share", re.IGNORECASE)
_LONGEST = 512  # characters of a URL
_DEEPEST = 4  # segments in the path of a list
_LAST_PAGE = 9_999


@lru_cache(maxsize=8192)
def classify(url: str, home: str) -> tuple[str, Kind] | None:
    """Canonical URL and kind of an absolute URL; None when it is out of the site's scope."""
    if url.startswith(home) and (clean := _CLEAN.fullmatch(url, len(home) - 1)):
        return url, Kind.QUESTION if clean["article"] else Kind.FAQ
    if (place := _below(url, home)) is None:
        return None
    path_and_kind = _classify_path(*place)
    if path_and_kind is None:
        return None
    path, kind = path_and_kind
    return home.rstrip("/") + path, kind


def _below(url: str, home: str) -> tuple[str, str] | None:
    """Path below home and query of a URL of the site; None for any other."""
    if len(url) > _LONGEST:
        return None
    try:
        parts, base = urlsplit(url.strip()), urlsplit(home)
        if parts.scheme not in ("http", "https") or _host(parts) != _host(base):
            return None
    except ValueError:  # "http://[bad/"
        return None
    root = base.path.rstrip("/")
    path = normal_path(parts.path or "/")
    if not (path + "/").startswith(root + "/"):
        return None
    return path.removeprefix(root) or "/", parts.query


def _host(parts: SplitResult) -> tuple[str, int]:
    standard = 443 if parts.scheme == "https" else 80
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    port = parts.port or standard
    return host, 0 if port in (80, 443) else port


def _classify_path(path: str, query: str) -> tuple[str, Kind] | None:
    """Canonical path and kind of a page; None when it is out of the site's scope."""
    if article := ARTICLE.fullmatch(path):
        return (path.rstrip("/"), Kind.QUESTION) if not article["base"] else None
    if _SITEMAP.fullmatch(path):
        return path, Kind.SITEMAP
    segments = [segment for segment in path.split("/") if segment]
    if _NO_PAGE.search(path) or len(segments) > _DEEPEST or "//" in path:
        return None
    if len(set(segments)) < len(segments) or sum(map(str.isdigit, segments)) > 1:
        return None  # a trap: /a/b/a/b, /calendar/2020/10
    page = _page_number(query)
    if page is None:
        return None
    kind = Kind.FAQ if _FAQ.fullmatch(path) else Kind.LIST
    return "/" + "/".join(segments) + (f"?page={page}" if page > 1 else ""), kind


def _page_number(query: str) -> int | None:
    """The page a query asks for, 1 without one; None when it asks for anything else."""
    page = 1
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name == "page" and value.isascii() and value.isdigit() and int(value) <= _LAST_PAGE:
            page = int(value)
        elif not _TRACKING.fullmatch(name):
            return None
    return page


def address(url: str, home: str) -> str | None:
    """The URL of any page of the site, in scope or not, without tracking parameters."""
    if url_and_kind := classify(url, home):
        return url_and_kind[0]
    if (place := _below(url, home)) is None:
        return None
    path, query = place
    kept = [pair for pair in query.split("&") if not _TRACKING.fullmatch(pair.partition("=")[0])]
    return home.rstrip("/") + path + ("?" + "&".join(kept) if any(kept) else "")
