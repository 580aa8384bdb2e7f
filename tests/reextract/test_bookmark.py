"""Whether what is left of a killed reading is by today's readers."""

from pathlib import Path

import pytest

from pipelines.rereading.bookmark import HOUSE, READERS, Bookmark


@pytest.mark.parametrize(
    ("changed", "held"),
    [
        ("nothing", 4),
        ("scraper/reading/dates.py", None),
        ("scraper/new.py", None),
        ("pipelines/plan.py", 4),
    ],
)
def test_it_holds_for_the_same_readers_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str, held: int | None
) -> None:
    for folder in ("scraper/reading", "pipelines"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "scraper/reading/dates.py").write_text("old", "ascii")
    monkeypatch.setattr("pipelines.rereading.bookmark.HOUSE", tmp_path)
    Bookmark.of(tmp_path, ["toy"]).save(4)
    (tmp_path / changed).write_text("new", "ascii")
    assert Bookmark.of(tmp_path, ["toy"]).load() == held
    assert Bookmark.of(tmp_path, ["other"]).load() is None


@pytest.mark.parametrize("pattern", READERS)
def test_the_readers_are_where_they_are_looked_for(pattern: str) -> None:
    assert any(HOUSE.glob(pattern))
