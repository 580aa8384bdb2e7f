"""URLs: hrefs that may be broken, the site's scope, and queries in several spellings."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import SplitResult, quote, unquote_to_bytes, urljoin, urlsplit

from lxml.html import HtmlElement
from w3lib.url import safe_url_string

from scraper.reading.big5 import CODEC as BIG5
from scraper.reading.charset import decode

_DROPPED = re.compile(r"[\t\n\r]+")  # browsers drop these anywhere in an href
_PLAIN = re.compile(r"[!-~]*")
_EDGES = "".join(map(chr, range(0x21)))
_PORTS = {"http": 80, "https": 443}
MAX_LENGTH = 2_000  # longer ones are traps; no page of a known site has one


def join(base: str, href: str) -> str | None:
    """Return `href` as an absolute http(s) URL without fragment, or None when it is none.

    >>> join("https://example.org/a/b", "../c?x=1#top")
    'https://example.org/c?x=1'
    >>> join("https://example.org/", "http://[bad/") is None
    True
    """
    cleaned = _DROPPED.sub("", href.strip(_EDGES))
    try:
        parts = urlsplit(_escaped(urljoin(base, cleaned)))
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    suffix = "" if port in (None, _PORTS[parts.scheme]) else f":{port}"
    path = urlsplit(urljoin("http://x/", parts.path)).path if "/." in parts.path else parts.path
    url = parts._replace(netloc=host + suffix, path=path or "/", fragment="").geturl()
    return url if len(url) <= MAX_LENGTH else None


def links_of(root: HtmlElement, url: str) -> Iterator[str]:
    """Yield the absolute URLs of the page's links, `<base>` regarded and broken ones left out."""
    bases = root.xpath("//base/@href[1]")
    base = (bases and join(url, bases[0])) or url
    for href in root.xpath("//a/@href"):
        joined = join(base, href)
        if joined is not None:
            yield joined


def _escaped(url: str) -> str:
    return url if _PLAIN.fullmatch(url) else safe_url_string(url)


def below(url: str, home: str) -> SplitResult | None:
    """Return the parts of `url` if it is on home's host and below home's folder.

    The path in the result is relative to that folder. Scheme and default port do not matter,
    because sites link to themselves by both. Never raises.
    """
    joined = join(home, url)
    if joined is None:
        return None
    parts, top = urlsplit(joined), urlsplit(home)
    folder = top.path.rpartition("/")[0] + "/"
    if _place(parts) != _place(top) or not parts.path.startswith(folder):
        return None
    return parts._replace(path=parts.path[len(folder) :])


def _place(parts: SplitResult) -> tuple[str | None, int | None]:
    port = None if parts.port == _PORTS.get(parts.scheme) else parts.port
    return parts.hostname, port


def query_values(query: str) -> dict[str, str]:
    """Return the query's values by name; of a repeated name the last, as PHP does.

    Values may be percent-encoded UTF-8 or Big5, whose trail bytes may stand raw.

    >>> query_values("UrlClass=%A5~%AC%EC") == query_values("UrlClass=%E5%A4%96%E7%A7%91")
    True
    """
    pairs = (part.partition("=")[::2] for part in query.split("&") if part)
    return {_decoded(name): _decoded(value) for name, value in pairs}


def _decoded(escaped: str) -> str:
    raw = unquote_to_bytes(escaped.replace("+", " "))
    return decode(raw, None, BIG5).text


def big5_query(values: Mapping[str, str]) -> str:
    """Return a query in the site's own spelling: Big5, with what a query may hold raw left raw.

    >>> big5_query({"UrlClass": "外科"})
    'UrlClass=%A5~%AC%EC'
    """
    return "&".join(
        f"{name}={quote(_big5_bytes(value), safe='/@')}" for name, value in values.items()
    )


def _big5_bytes(value: str) -> bytes:
    """Big5 can't say every character; a link that holds such a one came as UTF-8."""
    try:
        return value.encode(BIG5)
    except UnicodeEncodeError:
        return value.encode()
