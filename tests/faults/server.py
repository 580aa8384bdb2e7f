"""A loopback server that plays any fault, per URL and per visit, and logs what was asked of it."""

import contextlib
import socket
import struct
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

PATIENCE = 20.0  # seconds; no behaviour goes on longer than this

SAMPLE_PAGE = (
    "<!doctype html><html><head><meta charset='utf-8'><title>Sore knee - Orthopedics</title>"
    "</head><body><h1>Sore knee - Orthopedics</h1>"
    + "".join(f"<p>Line {n} of a question about a knee.</p>" for n in range(200))
    + "</body></html>"
).encode()


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it arrived; `at` is time.monotonic()."""

    path: str
    at: float
    raw: bytes

    @property
    def headers(self) -> dict[str, str]:
        """Lower-case name to value."""
        lines = self.raw.decode("latin-1").split("\r\n")[1:]
        pairs = (line.partition(":") for line in lines if line)
        return {name.lower(): value.strip() for name, _, value in pairs}


class Exchange:
    """One connection and its request, which a behaviour answers."""

    def __init__(self, server: "FaultServer", connection: socket.socket, path: str) -> None:
        self.server = server
        self.path = path
        self._connection = connection

    @property
    def page(self) -> bytes:
        """A sound page for this path."""
        return self.server.page(self.path)

    def send(self, data: bytes) -> None:
        self._connection.sendall(data)

    def wait(self, seconds: float) -> bool:
        """Wait; False once the server is closing."""
        return not self.server.closing.wait(seconds)

    def hear(self) -> None:
        """Wait for the next request on this connection, if one comes, and log it."""
        if raw := _read_head(self._connection):
            self.server.note(raw)

    def reset(self) -> None:
        """End the connection by RST instead of FIN."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.close()


Behaviour = Callable[[Exchange], None]


def not_found(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


class FaultServer:
    """A context manager that serves; paths without a behaviour are answered with 404."""

    def __init__(
        self,
        host: str = "127.0.0.1",
        page: Callable[[str], bytes] = lambda _: SAMPLE_PAGE,
        elsewhere: str = "/elsewhere",
    ) -> None:
        """`page` makes the sound page of a path; `elsewhere` is the target of redirects."""
        self.page = page
        self.elsewhere = elsewhere
        self.log: list[Seen] = []
        self.connections = 0
        self.closing = threading.Event()
        self._plays: dict[str, Sequence[Behaviour]] = {}
        self._visits: defaultdict[str, int] = defaultdict(int)
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, 0), family=family, backlog=256)
        self.port: int = self._listener.getsockname()[1]
        self.netloc = f"[{host}]:{self.port}" if ":" in host else f"{host}:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.netloc}{path}"

    def play(self, path: str, visits: Sequence[Behaviour]) -> str:
        """Answer the n-th request for `path` by the n-th behaviour, later ones by the last.

        Returns the URL.
        """
        self._plays[path] = visits
        return self.url(path)

    def seen(self, path: str) -> list[Seen]:
        """The requests for `path`, in order."""
        return [seen for seen in self.log if seen.path == path]

    def note(self, raw: bytes) -> str:
        """Log a request and return its path."""
        path = raw.split(b" ", 2)[1].decode("latin-1")
        self.log.append(Seen(path, time.monotonic(), raw))
        return path

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE)
        self._listener.close()

    def _start(self, target: Callable[..., None], *args: object) -> None:
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=target, args=args, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _accept(self) -> None:
        while not self.closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.add(connection)
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        # The client may hang up at any moment, which many faults are about.
        with contextlib.suppress(OSError), connection:
            connection.settimeout(PATIENCE)
            raw = _read_head(connection)
            if raw:
                path = self.note(raw)
                self._behaviour(path)(Exchange(self, connection, path))
                _linger(connection)
        self._open.discard(connection)

    def _behaviour(self, path: str) -> Behaviour:
        visits = self._plays.get(path)
        if visits is None:
            return not_found
        number = self._visits[path]
        self._visits[path] += 1
        return visits[min(number, len(visits) - 1)]


def _read_head(connection: socket.socket) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        data = connection.recv(65536)
        if not data:
            return b""
        head += data
    return head


def _linger(connection: socket.socket) -> None:
    """Shut down sending and wait for the client to close, as a reset could overtake the data."""
    connection.shutdown(socket.SHUT_WR)
    connection.settimeout(1)
    while connection.recv(65536):
        pass
