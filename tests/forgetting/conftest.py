"""What tests of taking pages down share: the sites that the commands know, an archive."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper import loading
from tests.crawling import Toy
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
