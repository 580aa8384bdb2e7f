"""All faults that a request can meet, and the outcome that each must have."""

import gzip
import itertools
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.faults import plays
from tests.faults.plays import HTML, forever, head, page, raw, redirect, reply, reset_after, stream
from tests.faults.server import Behaviour, Exchange

CHUNK = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"
STUB = "<!doctype html><html><body>{}</body></html>"


@dataclass(frozen=True, slots=True)
class Fault:
    """`expected` is the value of scraper.items.Outcome after the first visit."""

    expected: str
    visits: Sequence[Behaviour]  # for the first visit, the second, ...
    slow: bool = False  # ends by DOWNLOAD_TIMEOUT only
    disallow: bool = False  # robots.txt has to forbid its path


def always(expected: str, behaviour: Behaviour, *, slow: bool = False) -> Fault:
    """A fault at every visit."""
    return Fault(expected, [behaviour], slow=slow)


def stub(text: str) -> Behaviour:
    return reply(200, body=STUB.format(text).encode())


def status(code: int, *headers: tuple[str, str]) -> Behaviour:
    return reply(code, headers, STUB.format(f"Status {code}").encode())


def many_headers() -> Iterator[bytes]:
    for batch in itertools.count():
        yield b"".join(b"X-%d-%d: %060d\r\n" % (batch, n, n) for n in range(1000))


def bomb(body: bytes, encoding: str) -> Behaviour:
    return lambda exchange: plays.send_framed(exchange, body, body, "length", encoding)


def transferred(coding: bytes) -> Behaviour:
    """The page as it is, with a Transfer-Encoding."""
    return lambda exchange: exchange.send(
        HEAD
        + b"Transfer-Encoding: %s\r\nContent-Length: %d\r\n\r\n" % (coding, len(exchange.page))
        + exchange.page
    )


def padded_chunks(exchange: Exchange) -> None:
    """Two chunks, their sizes followed by blanks."""
    body = exchange.page
    exchange.send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n1   \r\n" + body[:1])
    exchange.send(b"\r\n%x \t;a=b\r\n%s\r\n0   \r\n\r\n" % (len(body) - 1, body[1:]))


BOMB = plays.gzip_bomb(400)

SOUND = {
    "plain": page(),
    "chunked": page(framing="chunked"),
    "no-length": page(framing="close"),
    "gzip": page(gzip.compress, encoding="gzip"),
    "gzip-chunked": page(gzip.compress, encoding="gzip", framing="chunked"),
    "gzip-no-length": page(gzip.compress, encoding="gzip", framing="close"),
    "x-gzip": page(gzip.compress, encoding="X-GZip"),
    "deflate": page(zlib.compress, encoding="deflate"),
    "deflate-raw": page(plays.raw_deflate, encoding="deflate"),
    "gzip-twice": page(lambda b: gzip.compress(gzip.compress(b)), encoding="gzip, gzip"),
    "deflate-gzip": page(lambda b: gzip.compress(zlib.compress(b)), encoding="deflate,gzip"),
    "gzip-members": page(lambda b: gzip.compress(b[:99]) + gzip.compress(b[99:]), encoding="gzip"),
    "gzip-padded": page(lambda b: gzip.compress(b) + bytes(512), encoding="gzip"),
    "identity": page(encoding="identity"),
    "no-encoding": page(encoding="none"),
    "no-encoding-no-length": page(encoding="UTF-8", framing="close"),
    "bytes-after-length": lambda exchange: (
        page()(exchange),
        exchange.send(b"HTTP/1.1 200 OK\r\n\r\nsmuggled"),
    )[0],
    "header-without-colon": lambda exchange: exchange.send(
        HEAD
        + b"this is no header\r\nContent-Length: %d\r\n\r\n" % len(exchange.page)
        + exchange.page
    ),
    "headers-after-empty-lines": lambda exchange: exchange.send(
        b"\r\n\n" + HEAD + b"Content-Length: %d\r\n\r\n" % len(exchange.page) + exchange.page
    ),
    "headers-begin-folded": lambda exchange: exchange.send(
        HEAD.partition(b"\r\n")[0]
        + b"\r\n folded: \r\n\tmore\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
        % len(exchange.page)
        + exchange.page
    ),
    "headers-oddly-named": lambda exchange: exchange.send(
        HEAD
        + b"P3P : x\r\nX y z: 1\r\n: v\r\nX-\xe9: 1\r\nContent-Length : %d\r\n\r\n"
        % len(exchange.page)
        + exchange.page
    ),
    "transfer-identity": transferred(b"identity"),
    "transfer-empty": transferred(b""),
    "transfer-identity-chunked": page(framing="identity, chunked"),
    "transfer-padded-chunks": padded_chunks,
    "long-header": lambda exchange: exchange.send(
        HEAD
        + b"Link: %s\r\nContent-Length: %d\r\n\r\n" % (b"x" * 32_000, len(exchange.page))
        + exchange.page
    ),
    "no-content-type": lambda exchange: exchange.send(
        HEAD + b"Content-Length: %d\r\n\r\n" % len(exchange.page) + exchange.page
    ),
    "no-reason-phrase": lambda exchange: exchange.send(
        b"HTTP/1.0 200\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(exchange.page)
        + exchange.page
    ),
}

REDIRECTS = {
    "moved-301": redirect("{elsewhere}", 301),
    "moved-302": redirect("{elsewhere}", 302),
    "moved-303": redirect("{elsewhere}", 303),
    "moved-307": redirect("{elsewhere}", 307),
    "moved-308": redirect("{elsewhere}", 308),
}

LEADING_ASTRAY = {
    "redirect-to-itself": redirect("{path}"),
    "redirect-without-target": status(302),
    "redirect-off-site": redirect("http://off-site.invalid{elsewhere}"),
    "redirect-to-loopback": redirect("http://127.0.0.9:9{elsewhere}"),
    "redirect-to-decimal-ip": redirect("http://2130706433{elsewhere}"),
    "redirect-to-ipv6": redirect("http://[::1]:9{elsewhere}"),
    "redirect-to-metadata": redirect("http://169.254.169.254/latest/"),
    "redirect-to-file": redirect("file:///etc/hostname"),
    "redirect-to-data": redirect("data:text/html,hello"),
    "redirect-to-bad-url": redirect("http://[bad/"),
}

PASSING = {
    "429-seconds": status(429, ("Retry-After", "1")),
    "429-bare": status(429),
    "503-seconds": status(503, ("Retry-After", "1")),
    "503-date": plays.wait_by_date(503, 2),
    "503-nonsense": status(503, ("Retry-After", "soon")),
    "503-broken-gzip": page(lambda _: b"no gzip", encoding="gzip", status=503),
    "500": status(500),
    "502": status(502),
    "504": status(504),
    "reset-at-once": reset_after(b""),
    "closed-at-once": raw(b""),
    "reset-in-headers": reset_after(b"HTTP/1.1 200 OK\r\nContent-Ty"),
    "closed-in-headers": raw(b"HTTP/1.1 200 OK\r\nContent-Ty"),
    "reset-in-body": page(keep=0.5, reset=True),
    "cut-length": page(keep=0.5),
    "cut-length-empty": page(keep=0),
    "cut-chunk": page(framing="chunked", keep=0.5),
    "cut-gzip-length": page(gzip.compress, encoding="gzip", keep=0.5),
    "cut-gzip-closed": page(gzip.compress, encoding="gzip", keep=0.5, framing="close"),
    "cut-deflate-closed": page(zlib.compress, encoding="deflate", keep=0.5, framing="close"),
    "not-http": raw(b"220 mail.example ready\r\n\r\n"),
    "bad-length": raw(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nhello"),
    "transfer-gzip": transferred(b"gzip, chunked"),
    "two-lengths": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nhello"),
}

SLOW = {
    "hang": plays.hang,
    "slow-headers": stream(b"HTTP/1.1 200 OK\r\n", forever(b"X-More: yes\r\n"), 0.1),
    "slow-drip": stream(head(200, [("Content-Type", HTML)]), forever(b"."), 0.1),
    "hang-in-body": stream(head(200, [("Content-Length", "999")]) + b"abc", forever(b""), 1),
}

BROKEN = {
    "endless-no-length": stream(head(200, [("Content-Type", HTML)]), forever(bytes(65536))),
    "endless-chunks": stream(head(200, [("Transfer-Encoding", "chunked")]), forever(CHUNK)),
    "endless-length": stream(head(200, [("Content-Length", str(10**12))]), forever(bytes(65536))),
    "long-headers": raw(b"HTTP/1.1 200 OK\r\n" + b"X:y\r\n" * 5_500 + b"\r\nhello"),
    "long-location": redirect("/" + 33_000 * "x"),
    "huge-header": raw(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 300_000 + b"\r\n\r\nhello"),
    "endless-headers": stream(b"HTTP/1.1 200 OK\r\n", many_headers),
    "endless-interim": stream(b"", forever(b"HTTP/1.1 100 Continue\r\n\r\n" * 999)),
    "bomb-gzip": bomb(BOMB, "gzip"),
    "bomb-deflate": bomb(plays.deflate_bomb(400), "deflate"),
    "bomb-twice": bomb(gzip.compress(BOMB), "gzip, gzip"),
    "wrong-crc": page(plays.wrong_crc, encoding="gzip"),
    "wrong-gzip-length": page(plays.wrong_length, encoding="gzip"),
    "trailing-garbage": page(lambda b: gzip.compress(b) + b"garbage", encoding="gzip"),
    "no-gzip-at-all": page(encoding="gzip"),
    "no-deflate-at-all": page(lambda _: b"\xff\xff\xff", encoding="deflate"),
    "unknown-encoding": page(gzip.compress, encoding="br"),
    "many-encodings": page(encoding="gzip, gzip, gzip, gzip"),
    "400": status(400),
    "401": status(401, ("WWW-Authenticate", "Basic")),
    "403": status(403),
    "451": status(451),
    "captcha": stub("<form>Tick the box to show that you are human <input type=checkbox></form>"),
    "login": stub("<form>Name <input name=u> Password <input type=password></form>"),
    "maintenance": stub("Back in an hour."),
    "empty": reply(200),
    "binary": reply(200, body=bytes(range(256)) * 20, kind="application/octet-stream"),
}

GONE = {
    "404": status(404),
    "410": status(410),
    "404-broken-gzip": page(lambda _: b"no gzip", encoding="gzip", status=404),
}

FAULTS: dict[str, Fault] = {
    **{name: always("fetched", behaviour) for name, behaviour in SOUND.items()},
    **{name: always("moved", behaviour) for name, behaviour in REDIRECTS.items()},
    **{name: always("later", behaviour) for name, behaviour in PASSING.items()},
    **{name: always("later", behaviour, slow=True) for name, behaviour in SLOW.items()},
    **{name: always("problem", behaviour) for name, behaviour in LEADING_ASTRAY.items()},
    **{name: always("problem", behaviour) for name, behaviour in BROKEN.items()},
    **{name: always("gone", behaviour) for name, behaviour in GONE.items()},
    "503-then-fetched": Fault("later", [status(503, ("Retry-After", "1")), page()]),
    "reset-then-fetched": Fault("later", [reset_after(b""), page()]),
    "disallowed": Fault("denied", [page()], disallow=True),
}
"""Faults by name. Endless ones end by DOWNLOAD_MAXSIZE."""
