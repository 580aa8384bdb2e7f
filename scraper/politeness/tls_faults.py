"""Says in words why TLS ended a connection: Twisted's and pyOpenSSL's exceptions do not."""

from typing import Any

from OpenSSL import SSL
from OpenSSL._util import ffi, lib
from service_identity import VerificationError
from twisted.protocols.tls import TLSMemoryBIOProtocol
from twisted.python.failure import Failure

_UNSPECIFIED = 1  # X509_V_ERR_UNSPECIFIED: no verdict of OpenSSL's, but our handler's


def in_words(reason: Failure, tls: TLSMemoryBIOProtocol) -> Failure:
    """The reason for which a connection was lost; a fault of TLS with a message for a person."""
    if not isinstance(reason.value, VerificationError | SSL.Error):
        return reason
    return Failure(SSL.Error(_words(reason.value, tls)))  # type: ignore[no-untyped-call]


def _words(error: Exception, tls: Any) -> str:
    if isinstance(error, VerificationError):
        return "the certificate is for other hosts"
    verdict = lib.SSL_get_verify_result(tls._tlsConnection._ssl)  # noqa: SLF001
    if verdict == _UNSPECIFIED:
        return "the certificate has no name that can be read"
    if verdict:  # such as "certificate has expired"
        return str(ffi.string(lib.X509_verify_cert_error_string(verdict)), "ascii")
    match error.args:
        case ([*_, (_, _, words)],):  # OpenSSL's errors: library, function, reason
            return str(words)
    return str(error)
