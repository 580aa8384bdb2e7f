"""What is told of servers that refuse a notice or do not answer, and of addresses that are none."""

import socket
from contextlib import closing
from threading import Thread

import pytest

from pipelines.notify.channels import smtp
from pipelines.notify.dispatch import send
from tests.notify.conftest import Serve
from tests.notify.test_channels import EVENT


@pytest.mark.parametrize("others", [["ada@example.org"], []])
def test_a_refused_address_is_told(mail_server: Serve, others: list[str]) -> None:
    with mail_server(refuses="bo@example.org") as post:
        environment = {
            "QARCHIVE_NOTIFY_SMTP": f"smtp://127.0.0.1:{post.port}",
            "QARCHIVE_NOTIFY_MAIL_TO": ", ".join([*others, "bo@example.org"]),
        }
        (failure,) = send(EVENT, environment).values()
    refused = "the server refused 1 of the addresses in QARCHIVE_NOTIFY_MAIL_TO: SMTP status 550"
    assert failure == refused
    assert [envelope.rcpt_tos for envelope in post.letters] == ([others] if others else [])


@pytest.mark.parametrize(
    ("to", "well"),
    [
        ("root", True),
        ("root, 陳 <ada@example.org>", True),
        ("ada@example.org; bo@example.org", False),
        ("ada@example.org bo@example.org", False),
        ("陳@example.org", False),
        ("ada@例子.example", False),
        (",", False),
    ],
)
def test_what_is_no_list_of_addresses_is_told(mail_server: Serve, to: str, *, well: bool) -> None:
    with mail_server() as post:
        server = f"smtp://127.0.0.1:{post.port}"
        told = send(EVENT, {"QARCHIVE_NOTIFY_SMTP": server, "QARCHIVE_NOTIFY_MAIL_TO": to})
    assert (told["smtp"] is None, bool(post.letters)) == (well, well)


@pytest.mark.parametrize(
    ("channel", "scheme", "answer", "told"),
    [
        ("WEBHOOK", "http", b"", "the server ended the connection early"),
        ("WEBHOOK", "http", b"220 mail\r\n", "the answer is no HTTP"),
        ("SMTP", "smtp", b"", "the server ended the connection early"),
    ],
)
def test_no_answer_is_told_in_words(channel: str, scheme: str, answer: bytes, told: str) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        thread = Thread(target=_answer_once, args=(server, answer))
        thread.start()
        environment = {
            f"QARCHIVE_NOTIFY_{channel}": f"{scheme}://127.0.0.1:{server.getsockname()[1]}/",
            "QARCHIVE_NOTIFY_MAIL_TO": "ada@example.org",
        }
        assert send(EVENT, environment)[channel.lower()] == told
        thread.join()


def test_silence_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "_SECONDS", 0.2)
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        environment = {
            "QARCHIVE_NOTIFY_SMTP": f"smtp://127.0.0.1:{server.getsockname()[1]}",
            "QARCHIVE_NOTIFY_MAIL_TO": "ada@example.org",
        }
        assert send(EVENT, environment) == {"smtp": "no answer in time"}


def _answer_once(server: socket.socket, answer: bytes) -> None:
    connection = server.accept()[0]
    with connection:
        connection.sendall(answer)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(9999):
            pass
