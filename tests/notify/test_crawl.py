"""`qarchive crawl` tells how it ended, whatever ends it; `qarchive notify` what it could not."""

import json
import os
import re
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from pipelines import lock
from scraper.sample.server import serve
from tests.forked import Forked
from tests.notify.conftest import Web
from tests.stages import qarchive, typed
from tests.truth.sites import build

NOWHERE = "http://127.0.0.1:1"


def channels(web: Web) -> dict[str, str]:
    return {
        "QARCHIVE_NOTIFY_PING": f"{web.url}/ping",
        "QARCHIVE_NOTIFY_WEBHOOK": f"{web.url}/hook",
    }


def notices(web: Web) -> list[dict[str, Any]]:
    return [json.loads(body) for path, _, body in web.got if path == "/hook"]


def pings(web: Web) -> list[str]:
    return [path.removeprefix("/ping") for path in web.paths if path.startswith("/ping")]


@contextmanager
def answering(
    body: bytes, reached: threading.Event | None = None, signalled: threading.Event | None = None
) -> Iterator[str]:
    """A site whose every page is the same; it sets `reached` and then waits for `signalled`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if reached is not None and signalled is not None:
                reached.set()
                signalled.wait(20)
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_a_crawl_that_went_well_pings_and_bothers_nobody(tmp_path: Path, web: Web) -> None:
    with serve(build("qapage", questions=5)) as home:
        done = qarchive("crawl", "qapage", "--base-url", home.rstrip("/"),
                        "--archive", tmp_path, **channels(web))  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert pings(web) == ["/start", ""]
    assert notices(web) == []


def test_a_crawl_past_the_problem_threshold_is_told(tmp_path: Path, web: Web) -> None:
    with answering(b"<html><body><p>Are you a robot?</p></body></html>") as base:
        done = qarchive("crawl", "adoctor", "--base-url", base, "--archive", tmp_path,
                        "--start-url", f"{base}/article/1", **channels(web))  # fmt: skip
    assert done.returncode == 1
    assert pings(web) == ["/start", "/fail"]
    (notice,) = notices(web)
    assert (notice["event"], notice["exit_status"], notice["site"]) == ("broken", 1, "adoctor")
    assert f"{base}/article/1" in notice["text"]
    assert "\nno page at this address has shown a question yet\n" in notice["text"]
    (problem,) = notice["figures"]["open_problems"]
    assert problem["urls"] == 1


def test_another_run_that_holds_the_archive_is_told(tmp_path: Path, web: Web) -> None:
    with lock.take(tmp_path):
        done = qarchive("crawl", "adoctor", "--base-url", NOWHERE, "--archive", tmp_path,
                        **channels(web))  # fmt: skip
    assert done.returncode == 4
    assert pings(web) == ["/start", "/fail"]
    (notice,) = notices(web)
    assert (notice["event"], notice["exit_status"]) == ("failed", 4)
    assert "is writing" in notice["text"]


def test_storage_that_fails_is_told(tmp_path: Path, web: Web) -> None:
    (tmp_path / "file").touch()
    done = qarchive("crawl", "adoctor", "--base-url", NOWHERE, "--archive", tmp_path / "file/below",
                    **channels(web))  # fmt: skip
    assert done.returncode == 3
    assert pings(web) == ["/start", "/fail"]
    assert [notice["exit_status"] for notice in notices(web)] == [3]


def test_a_crawl_that_is_stopped_is_told(tmp_path: Path, web: Web) -> None:
    reached, signalled = threading.Event(), threading.Event()
    with answering(b"<p>", reached, signalled) as base:
        words = ["crawl", "adoctor", "--base-url", base, "--archive", tmp_path]
        with Forked("scraper.cli", *words, environment=os.environ | channels(web)) as process:
            assert reached.wait(30)
            process.send_signal(signal.SIGTERM)
            signalled.set()
            assert process.wait(30) == 6
    assert pings(web) == ["/start", "/fail"]
    assert [notice["exit_status"] for notice in notices(web)] == [6]


def test_a_killed_crawl_is_told_by_the_command_after_it(tmp_path: Path, web: Web) -> None:
    """Systemd gives the signal's name, a shell 128 and its number."""
    for status in ("KILL", "137"):
        done = typed("notify", "--ended", "adoctor", "--status", status,
                        "--archive", tmp_path, **channels(web))  # fmt: skip
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert pings(web) == ["/fail", "/fail"]
    assert {notice["subject"] for notice in notices(web)} == {
        "qarchive adoctor: it died (exit status 137)"
    }


@pytest.mark.parametrize(("status", "times"), [("0", 0), ("4", 0), ("70", 0), ("2", 1), ("203", 1)])
def test_what_the_crawl_told_itself_is_not_told_again(
    tmp_path: Path, web: Web, status: str, times: int
) -> None:
    done = typed("notify", "--ended", "adoctor", "--status", status, "--archive", tmp_path,
                    **channels(web))  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert len(notices(web)) == times


@pytest.mark.parametrize(("status", "times"), [("1", 0), ("2", 1)])
def test_a_site_that_is_none_is_told_of(tmp_path: Path, web: Web, status: str, times: int) -> None:
    done = typed("notify", "--ended", "adoctr", "--status", status, "--archive", tmp_path,
                    **channels(web))  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "no site adoctr: it is one of adoctor, " in done.stderr
    assert len(notices(web)) == times


def test_channels_that_fail_change_nothing_and_give_no_secret_away(tmp_path: Path) -> None:
    secret = "hush-1234"
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        closed = f"127.0.0.1:{taken.getsockname()[1]}"
    with serve(build("qapage", questions=5)) as home:
        done = qarchive(
            "crawl", "qapage", "--base-url", home.rstrip("/"), "--archive", tmp_path,
            QARCHIVE_NOTIFY_PING=f"http://{closed}/{secret}",
            QARCHIVE_NOTIFY_SMTP=f"smtp://bo:{secret}@{closed}",
        )  # fmt: skip
    assert done.returncode == 0
    assert re.fullmatch(
        r"(qarchive: notification by smtp failed: QARCHIVE_NOTIFY_SMTP is set, but \S+ is not\.\n"
        r"|qarchive: notification by ping failed: Connection refused\.\n){4}",
        done.stderr,
    )
    told = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(told) >= 3
    assert not any(secret.encode() in content for content in [*told, done.stdout.encode()])


def test_a_summary_comes_with_the_first_run_of_a_month(tmp_path: Path, web: Web) -> None:
    with serve(build("qapage", questions=5)) as home:
        for moment in ("2026-10-30T09:00", "2026-11-01T09:00", "2026-11-02T09:00"):
            done = qarchive(
                "crawl", "qapage", "--base-url", home.rstrip("/"), "--archive", tmp_path,
                QARCHIVE_NOTIFY_WEBHOOK=f"{web.url}/hook", QARCHIVE_NOTIFY_SUMMARY="monthly",
                QARCHIVE_NOW=moment,
            )  # fmt: skip
            assert done.returncode == 0
    first, second = notices(web)
    assert (first["event"], first["at"][:10]) == ("summary", "2026-10-30")
    assert (second["event"], second["at"][:10]) == ("summary", "2026-11-01")
    assert "in en: 5 held" in second["text"]


def test_a_test_says_who_was_told(web: Web) -> None:
    done = typed("notify", "--test", **channels(web))
    assert (done.returncode, done.stdout) == (0, "ping: notified\nwebhook: notified\n")
    assert (pings(web), [notice["event"] for notice in notices(web)]) == ([""], ["test"])
    web.status = 500
    done = typed("notify", "--test", **channels(web))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "qarchive: notification by ping failed: HTTP status 500.",
        "qarchive: notification by webhook failed: HTTP status 500.",
    ]


def test_a_test_tells_a_summary_that_would_never_come(web: Web) -> None:
    done = typed("notify", "--test", QARCHIVE_NOTIFY_SUMMARY="hourly", **channels(web))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "'hourly': it is daily, weekly or monthly." in done.stderr
    assert notices(web) == []


def test_a_test_that_reaches_nobody_names_what_to_set() -> None:
    done = typed("notify", "--test")
    named = "set QARCHIVE_NOTIFY_MAIL_TO, QARCHIVE_NOTIFY_WEBHOOK or QARCHIVE_NOTIFY_PING."
    assert named in done.stderr


@pytest.mark.parametrize(
    "words",
    [["--test"], [], ["--ended", "adoctor"], ["--status", "1"], ["--test", "--ended", "adoctor"],
     ["--ended", "adoctor", "--status", "NOSUCH"]],
)  # fmt: skip
def test_what_makes_no_sense_is_one_line(words: list[str]) -> None:
    done = typed("notify", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
