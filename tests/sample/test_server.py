"""The loopback server, spoken to over plain sockets and run as the command."""

import gzip
import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from scraper.sample.server import serve
from tests.truth.sites import SampleSite, build


@pytest.fixture(scope="module")
def site() -> SampleSite:
    return build("adoctor", questions=30)


@pytest.fixture(scope="module")
def port(site: SampleSite) -> Iterator[int]:
    with serve(site) as home:
        parts = urlsplit(home)
        assert parts.hostname == "127.0.0.1"
        assert parts.port
        yield parts.port


def _talk(port: int, sent: bytes) -> bytes:
    """What comes back until the server closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(sent)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
        return b"".join(parts)


def test_one_connection_serves_many_requests(site: SampleSite, port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for number in list(site.existing_ids())[:5]:
        connection.request("GET", f"/article/{number}", headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        body = gzip.decompress(answer.read())
        assert answer.status == 200
        assert answer.getheader("Content-Encoding") == "gzip"
        assert f"http://127.0.0.1:{port}/article/{number}".encode() in body
        expected = site.respond(f"/article/{number}", {"host": f"127.0.0.1:{port}"})
        assert body == expected.body
    connection.close()


def test_requests_sent_at_once_are_answered_in_order(port: int) -> None:
    one = b"GET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\n"
    two = b"GET /article/1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    answers = _talk(port, one + two)
    assert answers.count(b"HTTP/1.1 ") == 2
    assert answers.index(b"200 OK") < answers.index(b"404 Not Found")


def test_head_has_the_length_but_no_body(port: int) -> None:
    head = b"HEAD /article/177001 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    answer = _talk(port, head)
    headers, _, body = answer.partition(b"\r\n\r\n")
    assert b" 200 OK" in headers
    length = headers.split(b"Content-Length: ")[1].split(b"\r\n")[0]
    assert int(length) > 10_000
    assert body == b""


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", b"400"),
        (b"GET http://elsewhere.example/ HTTP/1.0\r\n\r\n", b"404"),
        (b"GET /" + b"a" * 70_000 + b"\r\n", b"414"),
        (b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nab", b"501"),
        (b"GET /article/" + b"9" * 5_000 + b" HTTP/1.0\r\n\r\n", b"404"),
        (b"GET /article/%FF%00 HTTP/1.1\r\nConnection: close\r\n\r\n", b"404"),
        (b"GET /?page=\xb2 HTTP/1.1\r\nConnection: close\r\n\r\n", b"404"),
        (b"GET /robots.txt HTTP/1.0\r\n\r\n", b"200"),
    ],
)
def test_bad_requests_get_an_answer_and_the_server_lives(
    port: int, sent: bytes, status: bytes
) -> None:
    assert status in _talk(port, sent)
    alive = b"GET /robots.txt HTTP/1.1\r\nConnection: close\r\n\r\n"
    assert _talk(port, alive).startswith(b"HTTP/1.1 200")


def test_a_host_header_cannot_put_markup_into_a_page(port: int) -> None:
    sent = b'GET /article/177001 HTTP/1.1\r\nHost: "><b>x\r\nConnection: close\r\n\r\n'
    answer = _talk(port, sent)
    assert b"<b>x" not in answer
    assert b'<link rel="canonical" href="/article/177001">' in answer


def test_a_page_that_fails_is_a_500(port: int) -> None:
    class Broken:
        start = "/"

        def respond(self, path_and_query: bytes, headers: object) -> None:
            raise RuntimeError(path_and_query, headers)

    with serve(Broken()) as home:  # type: ignore[arg-type]
        broken = urlsplit(home).port
        assert broken
        assert broken != port
        answer = _talk(broken, b"GET / HTTP/1.0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 500")


def test_a_taken_port_is_an_error_and_a_closed_one_is_free_again(site: SampleSite) -> None:
    with serve(site) as home:
        taken = urlsplit(home).port
        assert taken
        with pytest.raises(OSError, match="in use"), serve(site, taken):
            pass
    with serve(site, taken) as home:
        assert urlsplit(home).port == taken


def _command(*arguments: str) -> subprocess.Popen[str]:
    program = "from scraper.cli.commands.sample_site import command; command()"
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_command_prints_its_url_and_ends_well_when_told_to(number: signal.Signals) -> None:
    with _command("--site", "taiwan-ehospital", "--questions", "100000") as running:
        assert running.stdout
        url = running.stdout.readline().strip()
        parts = urlsplit(url)
        assert (parts.hostname, parts.path) == ("127.0.0.1", "/doctor/")
        connection = http.client.HTTPConnection("127.0.0.1", parts.port or 0, timeout=10)
        connection.request("GET", "/doctor/Index1.php")
        assert connection.getresponse().status == 200
        running.send_signal(number)
        assert running.wait(10) == 0
        assert running.stdout.read() == ""
        connection.close()
