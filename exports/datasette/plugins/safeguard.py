"""Keeps a page's text from doing anything, and search engines and others' pages away from it."""

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, MutableMapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import datasette as datasette_package
from datasette import Response, hookimpl
from datasette.app import Datasette

_App = Callable[..., Awaitable[None]]
_Message = MutableMapping[str, Any]

_TEMPLATES = Path(datasette_package.__path__[0]) / "templates"
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_INSIDE = re.compile("/-/(?!static)")  # paths, settings, threads: no stranger's business
_ELSEWHERE = (
    "Nothing is shown at this address. Open the one that `qarchive serve` told; behind a web server"
    " of your own use `qarchive serve --public`.\n"
)
_VARYING = "{{ datasette_allow_facet }}"


def _policy() -> str:
    """Scripts: Datasette's files, and its few inline ones by their hashes.

    Styles may be inline: Datasette writes style attributes and blocks in every page, and its
    editor and menus set them.
    """
    scripts = {
        script.replace(_VARYING, value)
        for template in _TEMPLATES.glob("*.html")
        for script in _INLINE.findall(template.read_text("utf-8"))
        for value in ("true", "false")
    }
    hashes = " ".join(sorted(f"'sha256-{_digest(script)}'" for script in scripts))
    return (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


HEADERS = [
    (name.encode(), value.encode())
    for name, value in {
        "content-security-policy": _policy(),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",  # a followed link does not tell what was looked up
        "x-robots-tag": "noindex, nofollow, noarchive",  # personal data is no food for engines
    }.items()
]


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[_App], _App]:
    public = not datasette.setting("default_allow_sql")

    def wrap(app: _App) -> _App:
        async def wrapped(scope: Any, receive: Any, send: Callable[..., Awaitable[None]]) -> None:
            async def send_with_headers(message: _Message) -> None:
                if message["type"] == "http.response.start":
                    message = {**message, "headers": [*message["headers"], *HEADERS]}
                await send(message)

            if public and _INSIDE.match(scope.get("path", "")):
                await Response.text("Not found", status=404).asgi_send(send_with_headers)
            elif not _is_own(scope, datasette.qarchive_own_name):
                await Response.text(_ELSEWHERE, status=403).asgi_send(send_with_headers)
            else:
                await app(scope, receive, send_with_headers)

        return wrapped

    return wrap


def _is_own(scope: Any, own_name: str | None) -> bool:
    """Whether a request is for this machine by a name that no stranger can give it."""
    if own_name is None or scope["type"] != "http":
        return True
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        is_named = name == own_name.lower() or f".{name}".endswith(".localhost")
        return is_named or bool(ip_address(name))
    except ValueError:
        return False


@hookimpl
def register_routes() -> list[tuple[str, Callable[[], Response]]]:
    return [(r"^/robots\.txt$", lambda: Response.text("User-agent: *\nDisallow: /\n"))]
