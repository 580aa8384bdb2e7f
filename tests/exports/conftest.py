"""Questions in which an export can get everything wrong, and an archive of them."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from datasette.app import Datasette

from exports.datasette.site import build, close
from scraper.items import Question
from tests.questions import CHINESE, FULL, keeper, new_archive

EARLIER = replace(
    FULL, source_id="20", url="https://adoctor.tw/article/20", title="Sore wrists",
    replies=(), similar=(), faq_tags=(), mentions=(), warnings=(), asker=None,
)  # fmt: skip
OTHER_SITE = replace(CHINESE, site="taiwan-ehospital", source_id="3", url="https://example.org/3")
QUESTIONS = (OTHER_SITE, FULL, CHINESE, EARLIER)


@pytest.fixture
def english() -> Question:
    """A question with every field."""
    return FULL


@pytest.fixture
def questions() -> list[Question]:
    """Four questions, not in the order in which exports give them."""
    return list(QUESTIONS)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of these questions, to read."""
    folder = tmp_path_factory.mktemp("held")
    with closing(new_archive(folder)) as connection:
        for question in QUESTIONS:
            keeper(connection)(question)
    return folder


@pytest.fixture(scope="module")
def site(held: Path) -> Iterator[Datasette]:
    """The local site over it."""
    site = build(held)
    yield site
    close(site)
