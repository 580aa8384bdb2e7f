"""What tests of taking pages down share: the sites that the commands know, an archive."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper import loading
from tests.crawling import Toy
from tests.faults.server import FaultServer
from tests.forgetting.merging import visit
from tests.forgetting.toys import make


@pytest.fixture(scope="module", autouse=True)
def sites() -> Iterator[None]:
    """The commands know the toy site as well."""
    known = loading.sites() | {Toy.name: Toy}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "sites", lambda: known)
        yield


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """One of the toy site's, crawled twice and exported."""
    make(tmp_path / "a")
    return tmp_path / "a"


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    with FaultServer() as server:
        visit(server, tmp_path / "one", 0)
        visit(server, tmp_path / "other", 1)
    return tmp_path / "one", tmp_path / "other"
