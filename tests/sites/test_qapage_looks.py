"""Which parameters of a forum's URLs choose how a question is shown, and not which one."""

import pytest

from scraper.sites.qapage import QAPageSpider
from tests.sites.forum import HOME, json_ld, qapage, read

PAGE = json_ld(qapage())


@pytest.mark.parametrize("page", ["view.php?t=1", "why-green/", "q/8313/why-green?from=list"])
@pytest.mark.parametrize(
    "look",
    [
        "sort=asc", "sort=votes", "order=newest", "answertab=oldest", "highlight=algae",
        "hilit=algae", "view=print", "print=1", "print", "amp", "output=amp", "noredirect=1",
    ],
)  # fmt: skip
def test_one_question_has_one_record_however_it_is_shown(page: str, look: str) -> None:
    shown = read(PAGE, f"{HOME}{page}{'&' if '?' in page else '?'}{look}")
    assert (shown.id, shown.url) == (read(PAGE, HOME + page).id, HOME + page)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("view.php?sort=1&t=1", "view.php?sort=2&t=1"),
        ("view.php?sort=knee&t=1", "view.php?sort=foot&t=1"),
        ("view.php?highlight=1", "view.php?highlight=2"),
        ("view.php?print=77", "view.php?print=78"),
        ("view.php?t=1&page=2", "view.php?t=1"),
    ],
)
def test_what_may_choose_a_question_does(one: str, other: str) -> None:
    assert read(PAGE, HOME + one).id != read(PAGE, HOME + other).id


@pytest.mark.parametrize("query", ["share=jetpack-whatsapp&nb=1", "share=1", "replytocom=5"])
@pytest.mark.parametrize("page", ["why-green/", "algae/"])
def test_links_to_share_and_to_reply_are_no_pages(page: str, query: str) -> None:
    own = QAPageSpider.classify(HOME + page, HOME)
    assert QAPageSpider.classify(f"{HOME}{page}?{query}", HOME) == own


@pytest.mark.parametrize(
    "page", ["show.php?nb=1", "show?nb=12", "show.php?share=1", "show?share=77", "?nb=1"]
)
def test_numbers_of_pages_are_requested(page: str) -> None:
    found = QAPageSpider.classify(HOME + page, HOME)
    assert found is not None
    assert found[0] == HOME + page
