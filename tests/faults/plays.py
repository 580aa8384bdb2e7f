"""Behaviours of the fault server: each function returns one that answers a request."""

import gzip
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.faults.server import PATIENCE, Behaviour, Exchange

MEBIBYTE = bytes(1 << 20)
HTML = "text/html; charset=utf-8"
Headers = Sequence[tuple[str, str]]
Code = Callable[[bytes], bytes]


def head(status: int, headers: Headers) -> bytes:
    lines = [f"HTTP/1.1 {status} Something", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")


def reply(status: int, headers: Headers = (), body: bytes = b"", kind: str = HTML) -> Behaviour:
    """A complete, correct response."""
    framing = (("Content-Type", kind), ("Content-Length", str(len(body))))
    return raw(head(status, (*framing, *headers)) + body)


def links(*paths: str) -> bytes:
    """A page of links only."""
    return "".join(f'<a href="{path}">' for path in paths).encode()


def kept(body: bytes) -> Behaviour:
    """A complete response; the connection is kept, and reset when the next request comes."""

    def play(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        exchange.hear()
        exchange.reset()

    return play


def raw(data: bytes) -> Behaviour:
    return lambda exchange: exchange.send(data)


def page(
    code: Code = bytes,
    *,
    encoding: str | None = None,
    framing: str = "length",
    keep: float = 1.0,
    reset: bool = False,
    status: int = 200,
) -> Behaviour:
    """Send the server's sound page, encoded by `code`, cut after the share `keep` of its bytes.

    `framing` is length, chunked or close; `encoding` the Content-Encoding that is claimed.
    """

    def play(exchange: Exchange) -> None:
        body = code(exchange.page)
        send_framed(exchange, body, body[: int(len(body) * keep)], framing, encoding, status)
        if reset:
            exchange.reset()

    return play


def send_framed(  # noqa: PLR0917
    exchange: Exchange,
    whole: bytes,
    sent: bytes,
    framing: str,
    encoding: str | None,
    status: int = 200,
) -> None:
    """Send the part `sent` of a body as if `whole` were to come."""
    headers = [("Content-Type", HTML)]
    if encoding:
        headers.append(("Content-Encoding", encoding))
    if framing == "length":
        headers.append(("Content-Length", str(len(whole))))
    if framing.endswith("chunked"):
        headers.append(("Transfer-Encoding", framing))
        end = b"\r\n0\r\n\r\n" if len(sent) == len(whole) else b""
        sent = b"%x\r\n" % len(whole) + sent + end
    exchange.send(head(status, headers) + sent)


def redirect(target: str, status: int = 302) -> Behaviour:
    """A redirect; `{path}` in the target is the path asked for, `{elsewhere}` the server's."""

    def play(exchange: Exchange) -> None:
        location = target.replace("{path}", exchange.path)
        location = location.replace("{elsewhere}", exchange.server.elsewhere)
        reply(status, [("Location", location)])(exchange)

    return play


def wait_by_date(status: int, seconds: float) -> Behaviour:
    """Answer with Retry-After as an HTTP date, `seconds` after the request."""

    def play(exchange: Exchange) -> None:
        until = datetime.now(UTC) + timedelta(seconds=seconds)
        reply(status, [("Retry-After", format_datetime(until, usegmt=True))])(exchange)

    return play


def reset_after(data: bytes) -> Behaviour:
    def play(exchange: Exchange) -> None:
        exchange.send(data)
        exchange.wait(0.05)  # the data has to be read before the reset throws it away
        exchange.reset()

    return play


def hang(exchange: Exchange) -> None:
    exchange.wait(PATIENCE)


def stream(opening: bytes, pieces: Callable[[], Iterator[bytes]], pause: float = 0) -> Behaviour:
    """Send `opening`, then one piece each `pause` seconds until the client hangs up."""

    def play(exchange: Exchange) -> None:
        exchange.send(opening)
        end = time.monotonic() + PATIENCE
        for piece in pieces():
            if time.monotonic() > end or (pause and not exchange.wait(pause)):
                return
            exchange.send(piece)

    return play


def forever(piece: bytes) -> Callable[[], Iterator[bytes]]:
    def pieces() -> Iterator[bytes]:
        while True:
            yield piece

    return pieces


def robots(*lines: str) -> Behaviour:
    return reply(200, body="\n".join(lines).encode() + b"\n", kind="text/plain")


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(body) + packer.flush()


def wrong_crc(body: bytes) -> bytes:
    packed = gzip.compress(body)
    return packed[:-8] + bytes([packed[-8] ^ 0xFF]) + packed[-7:]


def wrong_length(body: bytes) -> bytes:
    packed = gzip.compress(body)
    return packed[:-4] + (len(body) + 1).to_bytes(4, "little")


def gzip_bomb(mebibytes: int) -> bytes:
    """So many MiB of zeros as one sound gzip member."""
    crc = 0
    for _ in range(mebibytes):
        crc = zlib.crc32(MEBIBYTE, crc)
    trailer = crc.to_bytes(4, "little") + (mebibytes << 20).to_bytes(4, "little")
    return b"\x1f\x8b\x08" + bytes(6) + b"\xff" + _deflated_zeros(mebibytes) + trailer


def deflate_bomb(mebibytes: int) -> bytes:
    """So many MiB of zeros as a bare deflate stream."""
    return _deflated_zeros(mebibytes)


def _deflated_zeros(mebibytes: int) -> bytes:
    # After a full flush a block stands for itself, and can be repeated.
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(MEBIBYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * mebibytes + b"\x03\x00"
