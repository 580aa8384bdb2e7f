"""`qarchive serve` listens where it is told, ends on a signal and leaves nothing behind."""

import os
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from scraper.items import Question
from tests.forked import Forked

Keep = Callable[[Question], bool]
QUESTION = Question(
    site="adoctor", source_id="1", language="zh-Hant", url="https://adoctor.tw/article/1",
    title="頭痛",
)  # fmt: skip


def serve(archive: Path, *options: str) -> Forked:
    folder = archive / "tmp"
    folder.mkdir(exist_ok=True)
    environment = os.environ | {"TMPDIR": str(folder)}
    words = ("serve", "--archive", archive, *options)
    return Forked("scraper.cli", *words, environment=environment)


@pytest.mark.parametrize("options", [[], ["--public"], ["--as-of", "2026-11-22"]])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
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


def test_it_shows_what_was_known(tmp_path: Path, keep: Keep) -> None:
    keep(QUESTION)
    with serve(tmp_path, "--port", "0", "--as-of", "2026-11-21") as serving:
        base = serving.line().split()[0]
        with urllib.request.urlopen(base, timeout=30) as response:
            text = response.read().decode()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{base}none", timeout=30)
    assert "as known on 2026-11-21T23:59:59Z" in text
    assert "holds no question yet" in text


def test_a_port_in_use_is_one_line(tmp_path: Path, keep: Keep) -> None:
    keep(QUESTION)
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        serve(tmp_path, "--port", str(taken.getsockname()[1])) as serving,
    ):
        done = serving.ended(30)
    assert done.returncode == 2
    assert "(Address already in use): choose another --port or --host." in done.stderr
    assert "Traceback" not in done.stderr
