"""Scrapy's HTTP handler, with a bound on the size of response heads, and lenient as browsers.

DOWNLOAD_MAXSIZE counts body bytes only: endless headers took 388 MB in 6 seconds. Twisted takes a
body without length for whole however its connection ended. There are no settings for these, so
this uses private names of both; tests/politeness/test_bodies.py fails when they change.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache, partial
from typing import Any

from cryptography.x509 import DNSName, ExtensionNotFound, IPAddress, SubjectAlternativeName
from OpenSSL import SSL
from OpenSSL.crypto import X509
from scrapy import Request
from scrapy.core.downloader.handlers import http11
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler
from scrapy.http import Response
from service_identity import CertificateError
from service_identity.hazmat import CertificatePattern, DNSPattern, IPAddressPattern
from twisted.internet import _sslverify, endpoints
from twisted.internet.defer import Deferred
from twisted.internet.error import ConnectionAborted, ConnectionLost
from twisted.internet.interfaces import IAddress
from twisted.protocols.tls import TLSMemoryBIOProtocol
from twisted.web._newclient import HEADER, STATUS
from twisted.web._newclient import Request as SentRequest
from twisted.web.http import _ChunkedTransferDecoder
from twisted.web.http_headers import InvalidHeaderName
from twisted.web.iweb import IResponse

from scraper.items import Due
from scraper.politeness.encoding import content_codings
from scraper.politeness.pace import Stopwatch
from scraper.politeness.tls_faults import in_words

# Bytes of a head that are archived. WARC readers take 32 KiB, our own status line, Content-Length
# and empty line included; servers themselves take 8 to 64 KiB.
MAX_HEAD = 32 * 1024 - 256
_LINE = 1 << 20  # bytes: the bound on the head comes first; Twisted's is 16 KiB

_names: Any = endpoints  # encodes a host's name for each request, new connection or not
_names._idnaBytes = lru_cache(maxsize=16)(_names._idnaBytes)  # noqa: SLF001


class BoundedHeadHandler(HTTP11DownloadHandler):
    """Aborts a connection whose status line and headers, interim answers included, never end.

    Notes the pace at which requests leave.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory  # noqa: SLF001
        self._pool.retryAutomatically = False  # at once, whatever delay there has to be
        logging.getLogger(http11.__name__).setLevel(logging.ERROR)  # it warns of what we file
        _refuse_unchecked_certificates()
        policy: Any = self._contextFactory  # makes a context, with all that is trusted, each time
        policy.creatorForNetloc = lru_cache(maxsize=16)(policy.creatorForNetloc)
        self._stopwatch = Stopwatch(crawler)

    async def download_request(self, request: Request) -> Response:
        """Fetch a request; raises as Scrapy's own handler."""
        self._stopwatch.sent(request)
        due: Due | None = request.meta.get("due")
        if due is not None and due.attempts:  # a kept connection may end just as it is used
            self._pool.closeCachedConnections()  # type: ignore[no-untyped-call]
        return await super().download_request(request)


def _refuse_unchecked_certificates() -> None:
    """Make a fault while a certificate is checked, such as that it has no name, a refusal.

    Twisted would log it, and take the certificate as checked. It reads no name if there is one that
    it can't read, such as `*.local`.
    """
    verifying: Any = _sslverify
    verifying.extract_patterns = _readable_names
    verifying._log = _Refusal()  # noqa: SLF001


def _readable_names(certificate: X509) -> list[CertificatePattern]:
    try:
        extensions = certificate.to_cryptography().extensions
        names: Any = extensions.get_extension_for_class(SubjectAlternativeName).value
    except ExtensionNotFound:
        return []
    patterns: list[CertificatePattern]
    patterns = [IPAddressPattern(address) for address in names.get_values_for_type(IPAddress)]
    for name in names.get_values_for_type(DNSName):
        with suppress(CertificateError):
            patterns.append(DNSPattern.from_bytes(name.encode()))
    return patterns


class _Refusal:
    def failure(self, what: str) -> None:
        raise SSL.Error(what)


class _Chunks(_ChunkedTransferDecoder):
    """Takes chunk sizes that are padded with blanks."""

    def _dataReceived_CHUNK_LENGTH(self) -> bool:  # noqa: N802
        end = self._buffer.find(b"\r\n", self._start)
        size, semicolon, extension = self._buffer[: max(end, 0)].partition(b";")
        if size.endswith((b" ", b"\t")):
            self._buffer[:end] = size.rstrip(b" \t") + semicolon + extension
            self._start = 0
        return super()._dataReceived_CHUNK_LENGTH()


class _Parser(_LenientHTTPClientParser):
    """Leaves out headers that say nothing or have no proper name (RFC 9112, 5.1 and 6.1).

    Empty lines before the status line, which some servers end a body by, are passed over.
    """

    MAX_LENGTH = _LINE
    _transferDecoders = {b"chunked": _Chunks}  # noqa: N815, RUF012
    _header_bytes = 0  # as they are archived

    def lineReceived(self, line: bytes) -> None:  # noqa: N802
        if self.state == STATUS:
            is_nothing = not line.strip()
        else:  # the rest of a header, before the first one
            is_nothing = self._partialHeader is None and line.startswith((b" ", b"\t"))
        if not is_nothing:
            super().lineReceived(line)

    def headerReceived(self, name: bytes, value: bytes) -> None:  # noqa: N802
        name = name.rstrip(b" \t")
        self._header_bytes += len(b": \r\n") + len(name) + len(value)
        if self._header_bytes > MAX_HEAD:
            raise ConnectionAborted
        if name.lower() == b"transfer-encoding":
            codings = content_codings(value.decode("latin-1"))
            if not codings:
                return
            if codings != ["chunked"]:
                raise ValueError(f"cannot undo Transfer-Encoding {', '.join(codings)[:80]}")
            value = b"chunked"
        with suppress(InvalidHeaderName):
            super().headerReceived(name, value)  # type: ignore[no-untyped-call]


class _Protocol(_LenientHTTP11ClientProtocol):
    _head = 0
    _socket_lost: Any = None  # why the socket under TLS ended, which TLS keeps to itself

    def connectionMade(self) -> None:  # noqa: N802
        super().connectionMade()
        if isinstance(self.transport, TLSMemoryBIOProtocol):
            tls: Any = self.transport
            tls.connectionLost = partial(self._note_loss, tls.connectionLost)

    def _note_loss(self, tell_tls: Callable[[Any], None], reason: Any) -> None:
        self._socket_lost = reason
        tell_tls(reason)

    def connectionLost(self, reason: Any = None) -> None:  # noqa: N802
        """Count a body without length as cut when its connection was reset."""
        decoder: Any = getattr(self._parser, "bodyDecoder", None)
        if getattr(decoder, "contentLength", 0) is None and self._was_reset(reason):
            decoder.contentLength = 1  # more was to come: a cut to Twisted
        if reason is not None and isinstance(self.transport, TLSMemoryBIOProtocol):
            reason = in_words(reason, self.transport)
        super().connectionLost(reason)  # type: ignore[no-untyped-call]

    def _was_reset(self, reason: Any) -> bool:
        tls: Any = self.transport
        if isinstance(tls, TLSMemoryBIOProtocol):
            if tls._tlsConnection.get_shutdown() & SSL.RECEIVED_SHUTDOWN:  # noqa: SLF001
                return False
            reason = self._socket_lost
        return reason is not None and bool(reason.check(ConnectionLost))

    def request(self, request: SentRequest) -> Deferred[IResponse]:
        self._head = 0  # of the next answer; small ones come in one piece, and leave no gap between
        answer = super().request(request)
        parser: Any = self._parser
        parser.__class__ = _Parser  # as Scrapy's own does
        return answer

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        parser = self._parser
        if parser is None or parser.state not in {STATUS, HEADER}:
            self._head = 0
        elif self._head > MAX_HEAD:  # before this piece, which may end it and hold a body
            transport: Any = self.transport
            transport.abortConnection()
            return
        else:
            self._head += len(data)
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _Protocol:  # noqa: ARG002, N802
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
