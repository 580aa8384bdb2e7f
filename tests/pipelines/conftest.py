"""What tests of the archive share: a small one, crawled once, and copies of it to damage."""

import shutil
from pathlib import Path

import pytest

from tests.twice_crawled import twice_crawled


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive to read and not to touch."""
    return twice_crawled(tmp_path_factory.mktemp("sound") / "a")


@pytest.fixture
def archive(sound: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(sound, tmp_path / "a"))
