"""Serves a sample site over HTTP/1.1, on loopback only."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Any, Protocol

from scraper.sample.web import Response

HOST = "127.0.0.1"
_POLL = 0.02  # seconds in which the server notices that it is to end


class Site(Protocol):
    """The part of a site that the server uses."""

    @property
    def start(self) -> str:
        """The path of the start page."""

    def respond(self, path_and_query: bytes, headers: Mapping[str, str]) -> Response:
        """Answer a GET; header names in lower case."""


class _Server(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 512

    def __init__(self, site: Site, port: int) -> None:
        self.site = site
        super().__init__((HOST, port), _Handler)

    def handle_error(self, *_: Any) -> None:
        """Say nothing of a client that goes away."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60  # seconds for which a connection may be idle
    wbufsize = -1  # an answer is sent as a whole
    server: _Server

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            answer = self.server.site.respond(self.path.encode("latin-1"), headers)
        except Exception:  # noqa: BLE001 -- a page that fails must not take the server along
            self.send_error(HTTPStatus.INTERNAL_SERVER_ERROR)
            return
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(answer.body)

    do_HEAD = do_GET  # noqa: N815 -- the library finds methods by these names

    def log_message(self, *_: Any) -> None:
        """Keep silent."""


@contextmanager
def serve(site: Site, port: int = 0) -> Iterator[str]:
    """Serve a site from a background thread for as long as the block runs; yields its URL.

    Raises:
        OSError: the port is taken.
    """
    with _Server(site, port) as server:
        thread = threading.Thread(target=server.serve_forever, args=(_POLL,), daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{server.server_address[1]}{site.start}"
        finally:
            server.shutdown()
            thread.join()
