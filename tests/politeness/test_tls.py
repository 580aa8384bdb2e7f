"""Over TLS: certificates and what is wrong with them, bodies that end with the connection."""

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.politeness.crawling import fetch


def signed_by_itself(folder: Path, *addresses: str, hosts: Sequence[str] = ()) -> Path:
    """A certificate for the addresses and hosts, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    day, now = timedelta(days=1), datetime.now(UTC)
    builder = builder.not_valid_before(now - day).not_valid_after(now + day)
    names: list[x509.GeneralName]
    names = [x509.IPAddress(ip_address(address)) for address in addresses]
    names += [x509.DNSName(host) for host in hosts]
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    signed = builder.sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path = folder / "both.pem"
    path.write_bytes(signed.public_bytes(pem) + key.private_bytes(pem, *private))
    return path


@contextmanager
def serving(certificate: Path, answer: Callable[[ssl.SSLSocket], object]) -> Iterator[str]:
    """Host and port of a server that answers each connection so."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
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


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The certificate of 127.0.0.1; the machine trusts it alone, or what is signed after it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "both.pem"))
    return signed_by_itself(tmp_path, "127.0.0.1")


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("hosts", [(), ("*.local", "127.0.0.1", "*")])
def test_a_certificate_without_readable_names_is_nobodys(
    tmp_path: Path, hosts: Sequence[str]
) -> None:
    with serving(signed_by_itself(tmp_path, hosts=hosts), without_length) as host:
        played = fetch([f"https://{host}/a"], [host], DOWNLOAD_VERIFY_CERTIFICATES=True)
    assert played.results[0]["reason"].endswith("has no name that can be read")


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("other", ["127.0.0.1", "*.local", "*", "www.*.example.com", ""])
def test_a_name_that_cannot_be_read_hides_no_other(tmp_path: Path, other: str) -> None:
    with serving(signed_by_itself(tmp_path, hosts=(other, "localhost")), without_length) as host:
        named = host.replace("127.0.0.1", "localhost")
        played = fetch([f"https://{named}/a"], [named], DOWNLOAD_VERIFY_CERTIFICATES=True)
    assert played.codes == [""]


def test_a_reset_cuts_a_body_unless_the_server_has_said_that_this_is_the_end(
    tmp_path: Path,
) -> None:
    """To end without a farewell is against the rules, and common."""
    with serving(signed_by_itself(tmp_path), without_length) as host:
        ends = ("closed", "farewell", "reset", "farewell-reset")
        played = fetch([f"https://{host}/{end}" for end in ends], [host])
        told = [played.of(f"https://{host}/{end}") for end in ends]
    assert [one.get("code", one.get("flags")) for one in told] == [
        ["partial"], ["partial"], "body-cut", ["partial"],
    ]  # fmt: skip


def test_each_connection_is_checked(trusted: Path) -> None:
    with serving(trusted, without_length) as host:
        wrong = host.replace("127.0.0.1", "localhost")
        urls = [f"https://{each}/{page}" for page in "ab" for each in (host, wrong)]
        played = fetch(urls, [host, wrong], DOWNLOAD_VERIFY_CERTIFICATES=True)
    told = [played.of(url).get("reason") for url in urls]
    reason = f"https://{wrong}/robots.txt cannot be fetched: the certificate is for other hosts"
    assert told == [None, reason] * 2


def test_what_is_trusted_is_read_once_for_a_host(trusted: Path) -> None:
    def answer_once_read(secured: ssl.SSLSocket) -> None:
        trusted.unlink(missing_ok=True)
        without_length(secured)

    with serving(trusted, answer_once_read) as host:
        played = fetch([f"https://{host}/a"], [host], DOWNLOAD_VERIFY_CERTIFICATES=True)
    assert played.codes == [""]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "self-signed certificate"),
        (
            {"DOWNLOADER_CLIENT_TLS_CIPHERS": "aRSA", "DOWNLOAD_TLS_MAX_VERSION": "TLSv1.2"},
            "tls alert handshake failure",
        ),
    ],
)
def test_a_fault_is_told_in_words(tmp_path: Path, settings: dict[str, Any], words: str) -> None:
    with serving(signed_by_itself(tmp_path, "127.0.0.1"), without_length) as host:
        played = fetch([f"https://{host}/"], [host], DOWNLOAD_VERIFY_CERTIFICATES=True, **settings)
    assert played.results[0]["reason"].endswith(f"/robots.txt cannot be fetched: {words}")
