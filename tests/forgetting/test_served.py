"""A site that is being served while a page is taken down shows it no more."""

import signal
import time
from pathlib import Path

from exports.datasette.site import build, close
from tests.cli.test_serve import serve, text_of
from tests.exports.test_site import get, page
from tests.forgetting.toys import WORD, forget


def test_the_live_database(archive: Path) -> None:
    site = build(archive, pages=archive)

    before = [page(site, "/archive/questions") for _ in range(8)]  # by each of its threads
    assert all(WORD in text for text in before)
    assert forget(archive, "toy:1:en", "--reason", "x")[0] == 0
    after = [page(site, "/archive/questions") for _ in range(8)]
    assert all("Three" in text and WORD not in text for text in after)
    assert get(site, "/archive/questions/toy~3A1~3Aen").status_code == 404
    close(site)


def _text_or_word(url: str) -> str:
    """The page's text; WORD where the connection fell into the change of copies."""
    try:
        return text_of(url)
    except ConnectionError:
        return WORD


def test_a_copy_is_made_anew(archive: Path) -> None:
    with serve(archive, "--port", "0", "--public") as serving:
        table = f"{serving.line().split()[0]}archive/questions"
        assert WORD in text_of(table)
        assert forget(archive, "toy:1:en", "--reason", "x")[0] == 0
        deadline = time.monotonic() + 20
        while WORD in (text := _text_or_word(table)):
            assert time.monotonic() < deadline
        serving.send_signal(signal.SIGINT)
        done = serving.ended(30)
    assert "Three" in text
    assert (done.returncode, done.stdout.count("Ctrl-C"), done.stderr) == (0, 1, "")
    assert list((archive / "tmp").iterdir()) == []
