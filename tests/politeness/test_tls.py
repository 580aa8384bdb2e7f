"""Over TLS: a certificate that tells no name, and bodies that end with the connection."""

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.politeness.crawling import fetch


def without_names(folder: Path) -> Path:
    """A certificate that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    day, now = timedelta(days=1), datetime.now(UTC)
    signed = (
        builder.not_valid_before(now - day).not_valid_after(now + day).sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path = folder / "both.pem"
    path.write_bytes(signed.public_bytes(pem) + key.private_bytes(pem, *private))
    return path


@contextmanager
def serving(folder: Path, answer: Callable[[ssl.SSLSocket], object]) -> Iterator[str]:
    """Host and port of a server that answers each connection so."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(without_names(folder))
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with (
                        suppress(OSError),
                        context.wrap_socket(connection, server_side=True) as secured,
                    ):
                        answer(secured)

        threading.Thread(target=serve, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}"


def without_length(secured: ssl.SSLSocket) -> None:
    """A body that ends as its path says."""
    path = secured.recv(65536).split(b" ")[1]
    secured.sendall(b"HTTP/1.1 %d Something\r\n\r\nhello" % (200 + 204 * (b"robots" in path)))
    time.sleep(0.1)
    if b"farewell" in path:
        with suppress(OSError):
            secured.settimeout(0)
            secured.unwrap()
    if b"reset" in path:
        secured.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def test_a_certificate_without_names(tmp_path: Path) -> None:
    with serving(tmp_path, lambda secured: secured.recv(1)) as host:
        played = fetch([f"https://{host}/a"], [host], DOWNLOAD_VERIFY_CERTIFICATES=True)
    assert played.results[0]["reason"] == "robots.txt cannot be fetched: tls-error"


def test_a_reset_cuts_a_body_unless_the_server_has_said_that_this_is_the_end(
    tmp_path: Path,
) -> None:
    """To end without a farewell is against the rules, and common."""
    with serving(tmp_path, without_length) as host:
        ends = ("closed", "farewell", "reset", "farewell-reset")
        played = fetch([f"https://{host}/{end}" for end in ends], [host])
        told = [played.of(f"https://{host}/{end}") for end in ends]
    assert [one.get("code", one.get("flags")) for one in told] == [
        ["partial"], ["partial"], "body-cut", ["partial"],
    ]  # fmt: skip
