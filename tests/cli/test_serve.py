"""`qarchive serve` listens where it is told, ends on a signal and leaves nothing behind."""

import os
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest

from exports.datasette import copies
from scraper.items import Question
from tests.forked import Forked
from tests.questions import Keep
from tests.stages import typed

QUESTION = Question(
    site="adoctor", source_id="1", language="zh-Hant", url="https://adoctor.tw/article/1",
    title="頭痛",
)  # fmt: skip


def serve(archive: Path, *options: str, prepare: Callable[[], object] | None = None) -> Forked:
    folder = archive / "tmp"
    folder.mkdir(exist_ok=True)
    environment = os.environ | {"TMPDIR": str(folder), "QARCHIVE_NOW": "2026-12-01T09:00:00Z"}
    words = ("serve", "--archive", archive, *options)
    return Forked("scraper.cli", *words, environment=environment, prepare=prepare)


def text_of(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as response:
        text: str = response.read().decode()
    return text


def killed_while_it_copies() -> None:
    """The next copy of the database is whole when SIGTERM comes, and not yet told of."""
    told = partial(signal.raise_signal, signal.SIGTERM)
    patch("exports.datasette.copies.put_back", lambda *_: told()).start()


@pytest.mark.parametrize(
    ("options", "number"),
    [([], signal.SIGTERM), ([], signal.SIGINT), (["--public"], signal.SIGTERM),
     (["--public"], signal.SIGINT), (["--public"], signal.SIGHUP),
     (["--as-of", "2026-11-22"], signal.SIGTERM)],
)  # fmt: skip
def test_it_serves_until_a_signal(
    tmp_path: Path, keep: Keep, options: list[str], number: signal.Signals
) -> None:
    keep(QUESTION)
    with serve(tmp_path, "--port", "0", *options) as serving:
        base = serving.line().split()[0]
        with urllib.request.urlopen(f"{base}archive/questions", timeout=30) as response:
            assert "頭痛" in response.read().decode()
        serving.send_signal(number)
        done = serving.ended(30)
    assert (done.returncode, done.stderr) == (0, "")
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize(
    ("options", "host", "status"),
    [([], "localhost:1", 200), ([], "evil.example", 403),
     (["--as-of", "2026-11-22"], "evil.example", 403), (["--public"], "archive.example", 200),
     (["--host", "localhost"], "127.0.0.1:1", 200)],
)  # fmt: skip
def test_where_only_this_machine_reaches_it_it_answers_to_no_other_name(
    tmp_path: Path, keep: Keep, options: list[str], host: str, status: int
) -> None:
    keep(QUESTION)
    with serve(tmp_path, "--port", "0", *options) as serving:
        serving_at = urlsplit(serving.line().split()[0])
        with closing(HTTPConnection("127.0.0.1", serving_at.port, timeout=30)) as connection:
            connection.request("GET", "/archive/questions", headers={"Host": host})
            answer = connection.getresponse()
            assert (answer.status, "頭痛" in answer.read().decode()) == (status, status == 200)


def test_an_unset_variable_opens_it_to_nobody(tmp_path: Path, keep: Keep) -> None:
    keep(QUESTION)
    done = typed("serve", "--archive", tmp_path, "--host", "", "--port", "0")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "it is empty" in done.stderr


def test_a_signal_while_it_starts_leaves_no_copy(tmp_path: Path, keep: Keep) -> None:
    keep(QUESTION)
    options = ("--port", "0", "--as-of", "2026-11-22")
    with serve(tmp_path, *options, prepare=killed_while_it_copies) as serving:
        done = serving.ended(30)
    assert (done.returncode, done.stdout) == (0, "")
    assert list((tmp_path / "tmp").iterdir()) == []


def test_nohup_keeps_it_running(tmp_path: Path, keep: Keep) -> None:
    keep(QUESTION)
    ignoring = partial(signal.signal, signal.SIGHUP, signal.SIG_IGN)
    with serve(tmp_path, "--port", "0", prepare=ignoring) as serving:
        base = serving.line().split()[0]
        serving.send_signal(signal.SIGHUP)
        assert urllib.request.urlopen(base, timeout=30).status == 200


@pytest.mark.parametrize("by", ["the next copy", "forget"])
def test_the_copy_of_a_dead_one_goes_and_that_of_a_living_one_stays(
    tmp_path: Path, keep: Keep, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    keep(QUESTION)
    with serve(tmp_path, "--port", "0", "--public") as serving:
        serving.line()
        serving.send_signal(signal.SIGKILL)
        serving.wait(30)
    (left,) = (tmp_path / "tmp").iterdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    somebodys = tmp_path / "tmp" / ".qarchive-served-notes"
    somebodys.mkdir()
    (somebodys / "letter").write_text("dear")
    if by == "forget":
        typed("forget", QUESTION.id, "--reason", "asked for", "--archive", tmp_path)
    else:
        with copies.snapshot(tmp_path) as living:
            copies.sweep()
            assert (living / "archive.db").exists()
    assert not left.exists()
    assert list((tmp_path / "tmp").iterdir()) == [somebodys]


def test_it_shows_what_was_known(tmp_path: Path, keep: Keep) -> None:
    keep(QUESTION)
    with serve(tmp_path, "--port", "0", "--as-of", "2026-11-21") as serving:
        base = serving.line().split()[0]
        with urllib.request.urlopen(base, timeout=30) as response:
            text = response.read().decode()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{base}none", timeout=30)
    assert "as known on 2026-11-21T23:59:59Z" in text
    assert "held no question then" in text


def test_a_port_in_use_is_one_line(tmp_path: Path, keep: Keep) -> None:
    keep(QUESTION)
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        serve(tmp_path, "--port", str(taken.getsockname()[1])) as serving,
    ):
        done = serving.ended(30)
    assert done.returncode == 2
    assert (
        "(Address already in use): choose another, as in `qarchive serve --port 8002`."
        in done.stderr
    )
    assert "Traceback" not in done.stderr
