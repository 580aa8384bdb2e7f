"""E-mail by an SMTP server: smtp://user:password@host:587 or smtps://user:password@host.

`smtp` goes over to TLS where the server offers it, and never sends a password without.
"""

import smtplib
import ssl
from collections.abc import Mapping
from urllib.parse import SplitResult, unquote, urlsplit

from pipelines.notify.event import NOTICES, Channel, ChannelError, Event
from pipelines.notify.mail import TO, message

SERVER = "QARCHIVE_NOTIFY_SMTP"
_SECONDS = 10  # of silence


def from_environment(environment: Mapping[str, str]) -> Channel | None:
    """The channel over QARCHIVE_NOTIFY_SMTP to QARCHIVE_NOTIFY_MAIL_TO, if the first is set.

    Raises ChannelError when the URL cannot be read or there is no address.
    """
    if not environment.get(SERVER):
        return None
    server = _server(environment[SERVER])
    if not environment.get(TO):
        raise ChannelError(f"{SERVER} is set, but {TO} is not")

    def channel(event: Event) -> None:
        if event.kind in NOTICES:
            refused: Mapping[str, tuple[int, bytes]]
            with _connect(server) as connection:
                try:
                    refused = connection.send_message(message(event, environment))
                except smtplib.SMTPRecipientsRefused as error:  # of all
                    refused = error.recipients
            if refused:
                codes = ", ".join(sorted({str(code) for code, _ in refused.values()}))
                raise ChannelError(
                    f"the server refused {len(refused)} of the addresses in {TO}:"
                    f" SMTP status {codes}"
                )

    return channel


def _server(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        login = unquote(f"{parts.username}{parts.password}")
        known = parts.scheme in {"smtp", "smtps"} and parts.hostname and parts.port != 0
        if known and login.isascii():  # smtplib sends no other
            return parts
    except ValueError:
        pass
    raise ChannelError(f"{SERVER} is no URL like smtp://user:password@host:587, in ASCII")


def _connect(server: SplitResult) -> smtplib.SMTP:
    host = server.hostname or ""
    trusted = ssl.create_default_context()
    connection: smtplib.SMTP
    if server.scheme == "smtps":
        connection = smtplib.SMTP_SSL(host, server.port or 465, timeout=_SECONDS, context=trusted)
    else:
        connection = smtplib.SMTP(host, server.port or 587, timeout=_SECONDS)
    try:
        _trust(connection, server, trusted)
    except BaseException:
        connection.close()
        raise
    return connection


def _trust(connection: smtplib.SMTP, server: SplitResult, trusted: ssl.SSLContext) -> None:
    """TLS and the password, as far as the URL and the server know of them."""
    encrypted = server.scheme == "smtps"
    connection.ehlo()
    if not encrypted and connection.has_extn("starttls"):
        connection.starttls(context=trusted)
        connection.ehlo()
        encrypted = True
    if server.username:
        if not encrypted:
            raise ChannelError("the server offers no TLS for the password")
        connection.login(unquote(server.username), unquote(server.password or ""))
