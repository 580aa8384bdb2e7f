"""A certificate that tells no name is a problem as any other, and no traceback."""

import socket
import ssl
import threading
from contextlib import suppress
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


def test_a_certificate_without_names(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(without_names(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with (
                        suppress(OSError),
                        context.wrap_socket(connection, server_side=True) as secured,
                    ):
                        secured.recv(1)

        threading.Thread(target=serve, daemon=True).start()
        host = f"127.0.0.1:{server.getsockname()[1]}"
        played = fetch([f"https://{host}/a"], [host], DOWNLOAD_VERIFY_CERTIFICATES=True)
    assert played.results[0]["reason"] == "robots.txt cannot be fetched: tls-error"
