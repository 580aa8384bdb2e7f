"""Real servers on loopback that the notices are sent to."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from socket import create_server
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PASSWORD = "pa:ss/w@rd%41"


@dataclass
class Web:
    """What was POSTed, and what is answered."""

    url: str
    status: int = 200
    location: str | None = None
    got: list[tuple[str, str, bytes]] = field(default_factory=list)  # path, type, body

    @property
    def paths(self) -> list[str]:
        return [path for path, _, _ in self.got]


@pytest.fixture
def web() -> Iterator[Web]:
    """An HTTP server that takes POSTs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.got.append((self.path, self.headers["Content-Type"], body))
            self.send_response(told.status)
            if told.location:
                self.send_header("Location", told.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            told.got.append((f"GET {self.path}", "", b""))
            self.send_error(404)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        told = Web(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Post:
    """A mail server and what it took."""

    port: int
    letters: list[Envelope] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    refuses: str = ""

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session
        if address == self.refuses:
            return "550 unknown"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        del server, session
        self.letters.append(envelope)
        return "250 OK"


Serve = Callable[..., Any]


@pytest.fixture
def mail_server() -> Serve:
    """A context manager for a mail server; `tls` a certificate's files, `wrapped` smtps."""

    @contextmanager
    def serve(
        tls: tuple[Path, Path] | None = None,
        *,
        wrapped: bool = False,
        password: str = PASSWORD,
        refuses: str = "",
    ) -> Iterator[Post]:
        with closing(create_server(("127.0.0.1", 0))) as free:
            post = Post(free.getsockname()[1], refuses=refuses)

        def check(
            server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: Any
        ) -> AuthResult:
            del server, session, envelope, mechanism
            assert isinstance(login, LoginPassword)
            post.logins.append((login.login, login.password))
            right = login.password == password.encode()
            return AuthResult(success=right, handled=right, message=f"535 not {password}")

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if tls else None
        if context is not None and tls is not None:
            context.load_cert_chain(*tls)
        controller = Controller(
            post,
            hostname="127.0.0.1",
            port=post.port,
            ssl_context=context if wrapped else None,
            tls_context=None if wrapped else context,
            authenticator=check,
            auth_require_tls=not wrapped and context is not None,
        )
        controller.start()
        try:
            yield post
        finally:
            controller.stop()

    return serve


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that signs itself, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert, secret = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return cert, secret
