"""Each channel against a real server: what arrives, and what is told when it does not."""

import json
import os
import socket
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from pipelines.notify.dispatch import is_configured, send
from pipelines.notify.event import Event, EventKind
from tests.notify.conftest import PASSWORD, Serve, Web

EVENT = Event(
    kind=EventKind.FAILED,
    subject="qarchive toy: storage failed (exit status 3)",
    text="The disk is full.\n頭痛\n",
    at=datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
    site="toy",
    exit_status=3,
    figures={"urls": {"list": {"fetched": 2}}},
)
QUIET = [EventKind.STARTED, EventKind.DONE]
LOUD = [EventKind.BROKEN, EventKind.FAILED, EventKind.SUMMARY, EventKind.TEST]


def told(kind: EventKind) -> Event:
    return replace(EVENT, kind=kind)


def test_a_webhook_takes_json(web: Web) -> None:
    assert send(EVENT, {"QARCHIVE_NOTIFY_WEBHOOK": f"{web.url}/hook?key=1"}) == {"webhook": None}
    ((path, content_type, body),) = web.got
    assert (path, content_type) == ("/hook?key=1", "application/json")
    assert json.loads(body) == {
        "event": "failed",
        "site": "toy",
        "subject": "qarchive toy: storage failed (exit status 3)",
        "text": "qarchive toy: storage failed (exit status 3)\nThe disk is full.\n頭痛\n",
        "exit_status": 3,
        "at": "2026-11-22T09:00:00Z",
        "figures": {"urls": {"list": {"fetched": 2}}},
    }


@pytest.mark.parametrize(
    ("kind", "paths"),
    [
        (EventKind.STARTED, ["/ping/abc/start?x=1"]),
        (EventKind.DONE, ["/ping/abc?x=1"]),
        (EventKind.TEST, ["/ping/abc?x=1"]),
        (EventKind.BROKEN, ["/ping/abc/fail?x=1"]),
        (EventKind.FAILED, ["/ping/abc/fail?x=1"]),
        (EventKind.SUMMARY, []),
    ],
)
def test_a_ping_says_start_success_or_fail(web: Web, kind: EventKind, paths: list[str]) -> None:
    url = f"{web.url}/ping/abc/?x=1"
    assert send(told(kind), {"QARCHIVE_NOTIFY_PING": url}) == {"ping": None}
    assert web.paths == paths


@pytest.mark.parametrize("kind", QUIET)
def test_no_mail_when_all_goes_well(web: Web, mail_server: Serve, kind: EventKind) -> None:
    with mail_server() as post:
        environment = {
            "QARCHIVE_NOTIFY_WEBHOOK": web.url,
            "QARCHIVE_NOTIFY_SMTP": f"smtp://127.0.0.1:{post.port}",
            "QARCHIVE_NOTIFY_MAIL_TO": "ada@example.org",
        }
        assert send(told(kind), environment) == {"smtp": None, "webhook": None}
    assert (web.got, post.letters) == ([], [])


@pytest.mark.parametrize("kind", LOUD)
def test_mail_goes_to_every_address(mail_server: Serve, kind: EventKind) -> None:
    with mail_server() as post:
        environment = {
            "QARCHIVE_NOTIFY_SMTP": f"smtp://127.0.0.1:{post.port}",
            "QARCHIVE_NOTIFY_MAIL_TO": "Ada <ada@example.org>, bo@example.org",
            "QARCHIVE_NOTIFY_MAIL_FROM": "archive@example.org",
        }
        assert send(told(kind), environment) == {"smtp": None}
    (envelope,) = post.letters
    assert envelope.mail_from == "archive@example.org"
    assert envelope.rcpt_tos == ["ada@example.org", "bo@example.org"]
    assert isinstance(envelope.content, bytes)
    letter = message_from_bytes(envelope.content, policy=policy.default)
    assert letter["Subject"] == EVENT.subject
    assert letter["Date"] == "Sun, 22 Nov 2026 09:00:00 +0000"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().splitlines() == ["The disk is full.", "頭痛"]


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_password_goes_over_tls(
    mail_server: Serve, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch,
    *, wrapped: bool,
) -> None:  # fmt: skip
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    scheme = "smtps" if wrapped else "smtp"
    with mail_server(certificate, wrapped=wrapped) as post:
        result = send(EVENT, mail(post.port, scheme))
    assert result == {"smtp": None}
    assert post.logins == [(b"bo@example.org", PASSWORD.encode())]
    assert len(post.letters) == 1


def test_no_password_goes_to_a_server_that_nobody_vouches_for(
    mail_server: Serve, certificate: tuple[Path, Path]
) -> None:
    with mail_server(certificate) as post:
        result = send(EVENT, mail(post.port))
    assert result["smtp"] is not None
    assert "certificate" in result["smtp"].casefold()
    assert (post.logins, post.letters) == ([], [])


def test_no_password_goes_unencrypted(mail_server: Serve) -> None:
    with mail_server() as post:
        result = send(EVENT, mail(post.port))
    assert result == {"smtp": "the server offers no TLS for the password"}
    assert (post.logins, post.letters) == ([], [])


def test_a_refused_password_is_not_repeated(
    mail_server: Serve, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server's own answer holds the right one."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with mail_server(certificate, password="another") as post:
        result = send(EVENT, mail(post.port))
    assert result == {"smtp": "SMTP status 535"}


def mail(port: int, scheme: str = "smtp") -> dict[str, str]:
    login = f"{quote('bo@example.org')}:{quote(PASSWORD, safe='')}"
    return {
        "QARCHIVE_NOTIFY_SMTP": f"{scheme}://{login}@127.0.0.1:{port}",
        "QARCHIVE_NOTIFY_MAIL_TO": "ada@example.org",
    }


def test_without_a_server_the_machines_sendmail_is_used(tmp_path: Path) -> None:
    fake_sendmail(tmp_path, f'echo "$@" > {tmp_path}/words; cat > {tmp_path}/letter')
    assert send(EVENT, by_sendmail(tmp_path)) == {"sendmail": None}
    assert (tmp_path / "words").read_text() == "-t -i\n"
    letter = message_from_bytes((tmp_path / "letter").read_bytes(), policy=policy.default)
    assert letter["To"] == "ada@example.org"
    assert letter["Subject"] == EVENT.subject
    assert "頭痛" in letter.get_content()


def test_a_sendmail_that_fails_is_told(tmp_path: Path) -> None:
    fake_sendmail(tmp_path, "exit 75")
    assert send(EVENT, by_sendmail(tmp_path)) == {"sendmail": "exit status 75"}


def fake_sendmail(folder: Path, script: str) -> None:
    program = folder / "sendmail"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def by_sendmail(folder: Path) -> dict[str, str]:
    path = f"{folder}:{os.environ['PATH']}"
    return {"QARCHIVE_NOTIFY_MAIL_TO": "ada@example.org", "PATH": path}


@pytest.mark.parametrize("status", [404, 500])
def test_a_bad_answer_is_told(web: Web, status: int) -> None:
    web.status = status
    environment = {"QARCHIVE_NOTIFY_WEBHOOK": web.url, "QARCHIVE_NOTIFY_PING": web.url}
    told = f"HTTP status {status}"
    assert send(EVENT, environment) == {"webhook": told, "ping": told}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_notice_follows_nobody(web: Web, status: int) -> None:
    web.status, web.location = status, f"{web.url}/elsewhere"
    result = send(EVENT, {"QARCHIVE_NOTIFY_WEBHOOK": f"{web.url}/hook"})
    assert result == {"webhook": f"HTTP status {status}"}
    assert web.paths == ["/hook"]


def test_one_that_hangs_is_left_behind_and_the_others_are_told(web: Web) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        environment = {
            "QARCHIVE_NOTIFY_WEBHOOK": f"http://127.0.0.1:{silent.getsockname()[1]}/",
            "QARCHIVE_NOTIFY_PING": web.url,
        }
        result = send(EVENT, environment, seconds=1)
    assert result == {"webhook": "no end within 1 s", "ping": None}
    assert web.paths == ["/fail"]


SECRET = "hush-1234"


@pytest.mark.parametrize(
    "environment",
    [
        {"QARCHIVE_NOTIFY_WEBHOOK": f"file:///{SECRET}"},
        {"QARCHIVE_NOTIFY_WEBHOOK": f"http://[{SECRET}/"},
        {"QARCHIVE_NOTIFY_WEBHOOK": f"http://127.0.0.1:{SECRET}/"},
        {"QARCHIVE_NOTIFY_WEBHOOK": f"http://127.0.0.1:1/{SECRET}"},
        {"QARCHIVE_NOTIFY_WEBHOOK": f"http://127.0.0.1:1/\r\n{SECRET} x"},
        {"QARCHIVE_NOTIFY_PING": f"http://{SECRET}.invalid/"},
        {"QARCHIVE_NOTIFY_PING": SECRET},
        {"QARCHIVE_NOTIFY_PING": f"http://me:{SECRET}@127.0.0.1:1/"},
        {"QARCHIVE_NOTIFY_WEBHOOK": f"http://127.0.0.1:1/路/{SECRET}"},
        {"QARCHIVE_NOTIFY_SMTP": f"ftp://{SECRET}@127.0.0.1"},
        {"QARCHIVE_NOTIFY_SMTP": f"smtp://bo:{SECRET}@127.0.0.1"},
        {"QARCHIVE_NOTIFY_SMTP": f"smtp://bo:{SECRET}@127.0.0.1:1", "QARCHIVE_NOTIFY_MAIL_TO": "a"},
        {"QARCHIVE_NOTIFY_SMTP": f"smtp://bo:{SECRET}@127.0.0.1:x", "QARCHIVE_NOTIFY_MAIL_TO": "a"},
        {"QARCHIVE_NOTIFY_MAIL_TO": f"a\nBcc: {SECRET}", "PATH": "/bin:/usr/bin"},
        {"QARCHIVE_NOTIFY_SUMMRY": SECRET, "QARCHIVE_NOTIFY_PING": "http://127.0.0.1:1/"},
    ],
)
def test_what_cannot_work_is_told_without_the_secret(environment: dict[str, str]) -> None:
    results = send(EVENT, environment, seconds=5)
    assert results
    for failure in results.values():
        assert failure
        assert SECRET not in failure
        assert "\n" not in failure


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, False),
        ({"QARCHIVE_CONTACT": "x"}, False),
        ({"QARCHIVE_NOTIFY_PING": ""}, False),
        ({"QARCHIVE_NOTIFY_PING": "http://example.org/"}, True),
    ],
)
def test_nobody_is_told_unless_the_environment_says_so(
    environment: dict[str, Any], *, expected: bool
) -> None:
    assert is_configured(environment) is expected
    if not expected:
        assert send(EVENT, environment) == {}
