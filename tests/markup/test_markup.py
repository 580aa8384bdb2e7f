"""Every field right, out of any markup of the same text; hard pages nearly always."""

import functools
from collections import Counter
from typing import Any

import pytest

from scraper.errors import ReadingError
from scraper.reading.page import Page
from scraper.sites.adoctor import Adoctor
from tests.markup.compare import record
from tests.markup.hard import make_hard_page
from tests.markup.pages import LogicalPage, make_page
from tests.markup.render import Markup
from tests.markup.styles import STYLES

CORE = (
    "title", "department", "headline", "text", "asker", "asked_on", "replies", "more_info",
    "similar", "faq_tags",
)  # fmt: skip
HARD_CASES = 400


def read(page: LogicalPage, html: str) -> dict[str, Any]:
    url = str(page.expected()["url"])
    return record(
        Adoctor.read_question(Page(url=url, body=html.encode(), content_type="text/html"))
    )


@pytest.mark.parametrize("seed", range(300))
def test_every_field_out_of_random_markup(seed: int) -> None:
    page = make_page(seed)
    assert read(page, Markup(seed * 7 + 1).document(page)) == page.expected() | {"problems": []}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", range(12))
def test_every_field_out_of_hand_written_styles(seed: int, style: Any) -> None:
    page = make_page(1_000 + seed)
    assert read(page, style(page)) == page.expected() | {"problems": []}


@functools.cache
def hard_faults() -> tuple[tuple[set[str], bool], ...]:
    """For each hard page the fields read wrong, and whether the record tells of a doubt."""
    found = []
    for seed in range(HARD_CASES):
        page, _ = make_hard_page(seed)
        style = STYLES[seed % len(STYLES)]
        html = style(page) if seed % 3 == 0 else Markup(seed * 7 + 1).document(page)
        want = page.expected()
        try:
            got = read(page, html)
        except ReadingError:
            found.append((set(want), True))
            continue
        told = bool(got["problems"]) or set(got["warnings"]) > set(want["warnings"])
        found.append(({name for name in want if got[name] != want[name]}, told))
    return tuple(found)


def test_hard_pages_lose_at_most_two_of_a_hundred_core_fields() -> None:
    wrong = Counter(name for faults, _ in hard_faults() for name in faults if name in CORE)
    assert wrong.total() <= 0.02 * HARD_CASES * len(CORE), wrong


def test_hard_pages_are_mostly_without_a_fault_and_the_others_say_so() -> None:
    faulty = [told for faults, told in hard_faults() if faults]
    assert len(faulty) <= 0.15 * HARD_CASES
    assert all(faulty)
