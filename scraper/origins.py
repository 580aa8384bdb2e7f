"""Origins of URLs, and the start page of a site at another address."""

from contextlib import suppress
from urllib.parse import SplitResult, urlsplit

PORTS = {"http": 80, "https": 443}  # of the schemes that are fetched


def rebased(home: str, base_url: str | None) -> str:
    """The site's start page with scheme and host of `base_url`; its path stays, if it is in there.

    Raises ValueError when `base_url` is no http(s) URL, has a query, or holds credentials, which
    would get into every record.
    """
    if base_url is None:
        return home
    if not _is_web_url(base_url):
        raise ValueError(
            f"{base_url!r} is no http or https URL such as http://127.0.0.1:8000, without user,"
            " password and query, and with a port up to 65535"
        )
    base, own = urlsplit(base_url), urlsplit(home)
    folder = f"{base.path.rstrip('/')}/"
    path = own.path if own.path.startswith(folder) else folder if own.path != "/" else base.path
    return f"{base.scheme}://{_netloc(base)}{path}"


def _netloc(base: SplitResult) -> str:
    """Host and port in lower case, without the scheme's default port."""
    name = base.hostname or ""
    host = f"[{name}]" if ":" in name else name
    return host if base.port in {None, PORTS[base.scheme]} else f"{host}:{base.port}"


def _is_web_url(url: str) -> bool:
    with suppress(ValueError):  # "http://[bad/", a port that is no number or above 65535
        parts = urlsplit(url)
        plain = parts.hostname and parts.username is None and parts.port != 0 and not parts.query
        return bool(plain) and parts.scheme in {"http", "https"}
    return False


def origin(url: str) -> str:
    """Return scheme and host of an absolute URL.

    >>> origin("https://example.org/a/b")
    'https://example.org'
    """
    return "/".join(url.split("/", 3)[:3])
