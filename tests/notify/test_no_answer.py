"""What is told of a server that takes a notice and does not answer it."""

import socket
from contextlib import closing
from threading import Thread

import pytest

from pipelines.notify.dispatch import send
from tests.notify.test_channels import EVENT


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


def _answer_once(server: socket.socket, answer: bytes) -> None:
    connection = server.accept()[0]
    with connection:
        connection.sendall(answer)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(9999):
            pass
