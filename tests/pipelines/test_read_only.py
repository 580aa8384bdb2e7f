"""An archive on a read-only disk, such as a dated backup, is read and merged as any other."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from exports.datasette.site import build
from pipelines.merge import merge
from scraper.cli.commands import cli
from tests.crawling import Toy
from tests.disks import disk
from tests.exports.test_site import close, page


@pytest.fixture
def backup(sound: Path, tmp_path: Path) -> Iterator[Path]:
    with disk(tmp_path / "disk", "size=32m") as place:
        archive = Path(shutil.copytree(sound, place / "archive"))
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        yield archive


@pytest.mark.parametrize(
    "command",
    [["status"], ["show", "toy:3:en"], ["log", "toy:3:en"], ["export", "jsonl", "--out", "-"]],
)
def test_it_is_read(backup: Path, command: list[str]) -> None:
    told = CliRunner().invoke(cli, [*command, "--archive", str(backup)])
    assert told.exit_code == 0, told.output
    assert told.output


def test_it_is_served(backup: Path) -> None:
    site = build(backup, pages=backup)
    assert "toy:3:en" in page(site, "/archive/questions")
    close(site)


def test_it_is_merged(backup: Path, tmp_path: Path) -> None:
    found = merge([backup], tmp_path / "merged", {"toy": Toy}, lambda _: None)
    assert found.visits > 0
