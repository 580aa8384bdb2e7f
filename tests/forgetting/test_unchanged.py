"""A page that quoted a forgotten one and has not changed since repeats what is left of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines import capture
from pipelines.rebuild import rebuild
from tests.database import rows
from tests.faults.plays import Headers
from tests.faults.server import FaultServer
from tests.forgetting.merging import SITES, history, merged, visit
from tests.forgetting.toys import copy, forget

QUOTE = 'see <a href="/q/2">Two</a>'
LEFT = 'see <a href="about:blank">[removed]</a>'
WORDS = (QUOTE, QUOTE, f"first {QUOTE}")
EDITED = [
    ("new", LEFT, "2026-09-07T09", "2026-09-08T09"),
    ("content", f"first {LEFT}", "2026-09-09T09", "2026-09-09T09"),
]


def tag(word: str) -> Headers:
    return [("ETag", f'"{len(word)}"')]


@pytest.mark.parametrize(("tagged", "status"), [(tag, 304), (lambda _: (), 200)])
def test_it_is_no_new_page_and_its_next_edit_is_the_sites(
    tmp_path: Path, tagged: Callable[[str], Headers], status: int
) -> None:
    archive = tmp_path / "a"
    with FaultServer() as server:
        visit(server, archive, 0, WORDS, tagged)
        assert forget(archive, "toy:2:en", "--reason", "x")[0] == 0
        visit(server, archive, 1, WORDS, tagged)
        repeated = """
        SELECT c.status, o.status, o.size > 0 FROM captures c LEFT JOIN captures o
        ON o.id = c.refers_to WHERE c.run_id = 2 AND c.url LIKE '%/q/1'"""
        assert rows(archive, repeated) == [(status, 200, 1)]
        visit(server, archive, 2, WORDS, tagged)
    assert history(archive)["toy:1:en"] == EDITED
    rebuild(archive, SITES)
    assert history(archive)["toy:1:en"] == EDITED


@pytest.mark.parametrize("heal", ["repair", "merge"])
def test_a_304_that_was_filed_as_an_empty_page_becomes_a_revisit(
    tmp_path: Path, heal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "a"
    with FaultServer() as server:
        visit(server, archive, 0, WORDS, tag)
        assert forget(archive, "toy:2:en", "--reason", "x")[0] == 0
        monkeypatch.setattr(capture, "_ORIGINAL", "SELECT 1 WHERE ? IS NULL")
        visit(server, archive, 1, WORDS, tag)
        monkeypatch.undo()
        visit(server, archive, 2, WORDS, tag)
    assert history(archive)["toy:1:en"][-1][0] == "unclear"
    if heal == "merge":
        archive = merged(archive, copy(archive, tmp_path / "b"))
    else:
        rebuild(archive, SITES)
    assert history(archive)["toy:1:en"] == EDITED
