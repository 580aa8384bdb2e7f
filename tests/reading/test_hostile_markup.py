"""Markup made to hang or fill a reader ends in a question or a problem, in bounded memory."""

from collections.abc import Callable

import pytest

from tests.hostile_markup import PAGES, cost_of

ENDS = {"question", "unreadable", "page-changed", "not-a-question", "another-question"}
QUICK = sorted(PAGES)[::4]


@pytest.mark.parametrize("name", QUICK)
def test_a_hostile_page_is_read_in_bounded_memory(name: str) -> None:
    cost = cost_of(name)
    assert set(cost.ends) <= ENDS
    assert cost.peak_mib < 238  # 250 MB


@pytest.mark.campaign
def test_all_hostile_pages(record_property: Callable[[str, object], None]) -> None:
    costs = {name: cost_of(name) for name in PAGES}
    for name, cost in costs.items():
        record_property(name, f"{cost.seconds:.2f} s, {cost.peak_mib:.0f} MiB, {cost.ends}")
    assert {name: cost.ends for name, cost in costs.items() if not set(cost.ends) <= ENDS} == {}
    assert {name: cost for name, cost in costs.items() if cost.peak_mib >= 238} == {}
    assert {name: cost for name, cost in costs.items() if cost.seconds >= 2} == {}
