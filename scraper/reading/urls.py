"""URLs: hrefs that may be broken, the site's scope, and queries in several spellings."""

import re
from collections.abc import Iterable, Iterator, Mapping
from string import ascii_letters, digits
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit

from lxml import etree
from w3lib.url import safe_url_string

from scraper.origins import PORTS, origin
from scraper.reading.big5 import CODEC as BIG5
from scraper.reading.charset import decode

_DROPPED = re.compile(r"[\t\n\r]+")  # browsers drop these anywhere in an href
_PATH = re.compile(r"[^?#]*")  # in which browsers read `\` as `/`
_EDGES = "".join(map(chr, range(0x21)))
_PLAIN = re.compile(r"[!-~]*")
_DOTS = re.compile(r"(?<=/)(?:\.|%2[eE]){1,2}(?=/|$)")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}|%")
_PLAIN_IN_PATH = frozenset(f"{ascii_letters}{digits}-._~!$'()*,:@")  # an escape adds nothing
_SAFE_IN_PATH = "/%-._~!$&'()*+,;=:@"
_ASCII = bytes(range(0x80))
MAX_LENGTH = 2_000  # longer ones are traps; no page of a known site has one

# Nearly all hrefs are one of these and need no parsing: "/path?query", "https://host/path?query".
_REST = r"(?!(?:.*/)?(?:\.|%2[eE]))[!\"$-\[\]-~]{0,1900}"
_ROOTED = re.compile(rf"/(?!/){_REST}")
_WHOLE = re.compile(
    rf"https?://[a-z0-9.-]+(?::(?!80/|443/)[1-9][0-9]{{0,3}}|:[1-5][0-9]{{4}})?/{_REST}"
)


def join(base: str, href: str) -> str | None:
    """Return `href` as an absolute http(s) URL without fragment, or None when it is none.

    `base` is such a URL itself.

    >>> join("https://example.org/a/b", "../c?x=1#top")
    'https://example.org/c?x=1'
    >>> join("https://example.org/", "http://[bad/") is None
    True
    """
    if _ROOTED.fullmatch(href):
        return origin(base) + href
    return href if _WHOLE.fullmatch(href) else _parsed(base, href)


def href_in_header(value: bytes) -> str:
    r"""Return a header's value as a URL; a value that is not UTF-8 is escaped byte by byte.

    >>> href_in_header(b"list.php?UrlClass=\xa5~\xac\xec")
    'list.php?UrlClass=%A5~%AC%EC'
    """
    try:
        return value.decode()
    except UnicodeDecodeError:
        return quote(value, safe=_ASCII)


def _parsed(base: str, href: str) -> str | None:
    cleaned = _DROPPED.sub("", href.strip(_EDGES))
    if "\\" in cleaned:
        cleaned = _PATH.sub(lambda path: path[0].replace("\\", "/"), cleaned, count=1)
    try:
        url = urljoin(base, cleaned)
        parts = urlsplit(url if _PLAIN.fullmatch(url) else safe_url_string(url))
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not parts.hostname or not parts.hostname.isascii():
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    suffix = "" if port in (None, PORTS[parts.scheme]) else f":{port}"
    path = without_dots(parts.path) or "/"
    url = parts._replace(netloc=host + suffix, path=path, fragment="").geturl()
    return url if len(url) <= MAX_LENGTH else None


def without_dots(path: str) -> str:
    """Return a path without `.` and `..`, plain or escaped, as browsers ask for it.

    >>> without_dots("//a/%2E%2E/b/./c/..")
    '//b/'
    """
    parts = _DOTS.sub(lambda dots: "." * (dots[0].count(".") + dots[0].lower().count("2e")), path)
    if "/." not in parts:
        return path
    kept: list[str] = []
    first, *rest = parts.split("/")
    for part in rest:
        if part == ".." and kept:
            kept.pop()
        elif part not in {".", ".."}:
            kept.append(part)
    if rest[-1] in {".", ".."}:
        kept.append("")  # "/a/." is a folder: "/a/"
    return "/".join([first, *kept])


def normal_path(path: str) -> str:
    """Return one spelling for paths that every server treats as the same (RFC 3986, 6.2.2).

    Only escapes without meaning are undone: `%2F` is no `/`, and bytes need not be UTF-8.

    >>> normal_path("/faq/%7ea%2fb/%a5%7E/\u79d1")
    '/faq/~a%2Fb/%A5~/%E7%A7%91'
    """
    return without_dots(quote(_ESCAPE.sub(_unescaped, path), safe=_SAFE_IN_PATH))


def _unescaped(escape: re.Match[str]) -> str:
    if escape[0] == "%":
        return "%25"
    sign = chr(int(escape[0][1:], 16))
    return sign if sign in _PLAIN_IN_PATH else escape[0].upper()


def carried(url: str) -> Iterator[str]:
    """Yield the values of the URL's query as a server reads them, and once more unescaped.

    >>> list(carried("https://example.org/login?next=%2Fq%2F7&t=A+b"))
    ['/q/7', 'A b']
    """
    for pair in url.partition("?")[2].split("&"):
        once = _decoded(pair.partition("=")[2])
        twice = _decoded(once) if "%" in once else once
        yield from filter(None, dict.fromkeys((once, twice)))


def paths_above(url: str) -> Iterator[str]:
    """Yield the URLs of the folders that a URL's path lies in, from the deepest, without queries.

    >>> list(paths_above("https://example.org/q/7/reply?x=1"))
    ['https://example.org/q/7', 'https://example.org/q']
    """
    first = len(origin(url))
    path = url.partition("?")[0].rstrip("/")
    while (path := path.rpartition("/")[0]) and len(path) > first:
        yield path


def joined(base: str, hrefs: Iterable[str]) -> Iterator[str]:
    """Yield those of the hrefs that are URLs, made absolute."""
    return (url for href in hrefs if href and (url := join(base, href)) is not None)


def base_url(root: etree._Element, url: str) -> str:
    """What the page's relative links resolve against: its URL, or that of its first `<base>`."""
    hrefs = (base.get("href") for base in root.iter("base"))
    named = next((href for href in hrefs if href is not None), None)
    return (named and join(url, named)) or url


def links_of(root: etree._Element, url: str) -> Iterator[str]:
    """Yield the absolute URLs of the page's links, resolved by `<base>`, without broken ones."""
    return joined(base_url(root, url), (link.get("href", "") for link in root.iter("a", "area")))


def below(url: str, home: str) -> tuple[str, str] | None:
    """Return path and query of `url` if it is on home's host and below home's folder.

    The path is relative to that folder. Scheme and default port do not matter, because sites
    link to themselves by both. Never raises.

    >>> below("http://example.org/doctor/All/x.php?a=1", "https://example.org/doctor/")
    ('All/x.php', 'a=1')
    """
    folder = home[: home.rindex("/") + 1]
    if not (url.startswith(folder) and _WHOLE.fullmatch(url)):
        joined = join(home, url)
        if joined is None or _place(joined) != _place(home):
            return None
        url = origin(home) + joined[len(origin(joined)) :]
    if not url.startswith(folder):
        return None
    path, _, query = url[len(folder) :].partition("?")
    return path, query


def _place(url: str) -> tuple[str | None, int | None]:
    parts = urlsplit(url)
    port = None if parts.port == PORTS.get(parts.scheme) else parts.port
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
    if "%" not in escaped and escaped.isascii():
        return escaped.replace("+", " ")
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
    """The text in Big5; in UTF-8 if Big5 lacks one of its characters, as in links that came so."""
    try:
        return value.encode(BIG5)
    except UnicodeEncodeError:
        return value.encode()
