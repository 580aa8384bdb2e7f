"""A small HTTP/1.1 server for a sample site: loopback only, keep-alive, bounded, silent."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Protocol

from scraper.sample.web import Response

HOST = "127.0.0.1"
_HEAD_LIMIT = 16 * 1024  # bytes
_IDLE_LIMIT = 60.0  # seconds
_MAX_CONNECTIONS = 256


class Site(Protocol):
    """The part of a site that the server uses."""

    @property
    def start(self) -> str:
        """The path of the start page."""

    def respond(self, path_and_query: bytes, headers: Mapping[str, str]) -> Response:
        """Answer a GET; header names in lower case."""


class _Connection(asyncio.Protocol):
    """One client's connection; pipelined requests are answered in order."""

    def __init__(self, site: Site, open_connections: set["_Connection"]) -> None:
        self._site = site
        self._open = open_connections
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self._idle: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        if len(self._open) >= _MAX_CONNECTIONS:
            transport.close()
            return
        self._open.add(self)
        self._restart_idle_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._open.discard(self)
        if self._idle:
            self._idle.cancel()

    def close(self) -> None:
        if self._transport:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while b"\r\n\r\n" in self._buffer:
            head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
            if not self._answer(head):
                self.close()
                return
        if len(self._buffer) > _HEAD_LIMIT:
            self._send(_plain(431), keep=False, head=False)
            self.close()
            return
        self._restart_idle_timer()

    def _restart_idle_timer(self) -> None:
        if self._idle:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(_IDLE_LIMIT, self.close)

    def _answer(self, head: bytes) -> bool:
        """Answer the request with this head; False when the connection must end after it."""
        first, *lines = head.split(b"\r\n")
        parts = first.split(b" ")
        if len(parts) != 3 or not parts[1].startswith(b"/") or parts[2][:7] != b"HTTP/1.":  # noqa: PLR2004
            return self._send(_plain(400), keep=False, head=False)
        headers = {}
        for line in lines:
            name, _, value = line.partition(b":")
            headers[name.decode("latin-1").strip().lower()] = value.decode("latin-1").strip()
        has_body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
        asked_to_close = headers.get("connection", "").lower() == "close"
        keep = parts[2] == b"HTTP/1.1" and not has_body and not asked_to_close
        if parts[0] not in {b"GET", b"HEAD"}:
            return self._send(_plain(405, ("Allow", "GET, HEAD")), keep=keep, head=False)
        return self._send(self._respond(parts[1], headers), keep=keep, head=parts[0] == b"HEAD")

    def _respond(self, target: bytes, headers: Mapping[str, str]) -> Response:
        try:
            return self._site.respond(target, headers)
        except Exception:  # noqa: BLE001 - a page that fails must not take the server along
            return _plain(500)

    def _send(self, response: Response, *, keep: bool, head: bool) -> bool:
        assert self._transport
        phrase = HTTPStatus(response.status).phrase
        lines = [f"HTTP/1.1 {response.status} {phrase}"]
        lines += [f"{name}: {value}" for name, value in response.headers]
        if response.status != HTTPStatus.NOT_MODIFIED:
            lines.append(f"Content-Length: {len(response.body)}")
        lines.append(f"Connection: {'keep-alive' if keep else 'close'}\r\n\r\n")
        wire = "\r\n".join(lines).encode("latin-1")
        self._transport.write(wire if head else wire + response.body)
        return keep


def _plain(status: int, *headers: tuple[str, str]) -> Response:
    body = f"{status} {HTTPStatus(status).phrase}\n".encode()
    return Response(status=status, headers=(("Content-Type", "text/plain"), *headers), body=body)


async def run(site: Site, port: int, stop: asyncio.Event, ready: Callable[[str], None]) -> None:
    """Serve until `stop` is set; `ready` is called once with the URL.

    Raises:
        OSError: the port is taken.
    """
    open_connections: set[_Connection] = set()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: _Connection(site, open_connections), HOST, port, backlog=512
    )
    ready(f"http://{HOST}:{server.sockets[0].getsockname()[1]}{site.start}")
    try:
        await stop.wait()
    finally:
        server.close()
        for connection in tuple(open_connections):
            connection.close()


@contextlib.contextmanager
def serve(site: Site, port: int = 0) -> Iterator[str]:
    """Serve a site from a background thread for as long as the block runs; yields its URL.

    Raises:
        OSError: the port is taken.
    """
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    started = threading.Event()
    outcome: list[str | OSError] = []  # the URL, or why there is none

    def ready(url: str) -> None:
        outcome.append(url)
        started.set()

    def run_loop() -> None:
        try:
            loop.run_until_complete(run(site, port, stop, ready))
            loop.run_until_complete(asyncio.sleep(0))  # lets the closed connections end
        except OSError as error:
            outcome.append(error)
        finally:
            loop.close()
            started.set()

    thread = threading.Thread(target=run_loop, name="sample-site", daemon=True)
    thread.start()
    started.wait()
    if isinstance(outcome[0], OSError):
        thread.join()
        raise outcome[0]
    try:
        yield outcome[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
