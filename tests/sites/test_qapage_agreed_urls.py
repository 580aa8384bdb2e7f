"""Pages of a forum of which the head names a URL as their own, and the question no other."""

import pytest

from tests.sites.forum import HOME, json_ld, qapage, read
from tests.sites.test_qapage_own_urls import canonical


def naming(own: str) -> list[str]:
    """A page of which head and question name one URL, and one of which the head alone does."""
    head = f'<head><link rel="canonical" href="{HOME}{own}">'
    pages = (json_ld(qapage(url=f"/{own}")), json_ld(qapage()))
    return [html.replace("<head>", head) for html in pages]


@pytest.mark.parametrize(
    ("own", "paths"),
    [
        ("why-green", "en/why-green algae/why-green/ why-green en/algae/why-green"),
        ("q/why-green", "q/why-green/all q/why-green/answers q/why-green/index.html"),
        ("q/why-green", "q/print/why-green algae/q/why-green?view=full"),
        ("ponds/12-why-green", "topic/12-why-green index.php/ponds/12-why-green"),
        ("d/13-why-green", "d/13-why-green/3 d/13 d/13-why"),
        ("t/why-green/129", "t/why-green/129/summary t/129/last t/why-green/129/page/1"),
        ("t5/algae/why-green/td-p/12160", "t5/algae/why-green/m-p/12161/highlight/true"),
        ("?topic=129.0", "?topic=129.msg1290 ?topic=129.0;prev_next=next"),
    ],
)
def test_a_page_of_which_one_url_is_named(own: str, paths: str) -> None:
    for html in naming(own):
        for path in paths.split():
            assert read(html, HOME + path).url == HOME + own


@pytest.mark.parametrize(
    ("own", "path"),
    [
        ("why-green", "en/why-green?page=2"),
        ("why-green", "why-green/2"),
        ("q/5-days-of-green", "q/5-days-of-green/2"),
        ("q/why-green", "q/why-green/seite-2"),
        ("health", "health/green"),
        ("zh-tw/", "zh-tw/question/why-green"),
        ("zh-tw/", "zh-tw/questions/8313/green"),
        ("ask-us", "ask-us/green"),
        ("ask-us", "ask-us/comments/7"),
        ("ask-us", "question/8313"),
        ("forum/12", "forum/12/why-green"),
        ("8313/why-green", "8314/why-green"),
        ("d/13-why-green", "node/71"),
        ("?topic=129.0", "?topic=129.20"),
        ("?topic=129.0", "?topic=130.0"),
    ],
)
def test_another_page_than_the_one_that_is_named(own: str, path: str) -> None:
    for html in naming(own):
        assert read(html, HOME + path).url == HOME + path


def test_a_number_for_the_slug_of_the_title_and_words_behind_it() -> None:
    own = "q/why-is-the-pond-green"
    for page in naming(own):
        html = page.replace("Green water?", "Why is the pond green?")
        for path in (
            "node/71",
            f"{own}/newest",
            f"{own}/sort/votes",
            f"{own}/comments/8313",
            f"{own}/answer/newt",
        ):
            assert read(html, HOME + path).url == HOME + own
        for path in (f"{own}/2", f"{own}/seite/2", f"{own}/comments/2", f"{own}/older-answers"):
            assert read(html, HOME + path).url == HOME + path


@pytest.mark.parametrize(
    ("slug", "is_title"),
    [
        ("why-is-the-pond-green-after-a-war", True),
        ("why-pond-green-warm-winter", True),
        ("why-is-the-pond-green-after-a-warm-winter-2", True),
        ("pond-green-after-winter", True),
        ("pond-green", False),
        ("pond-green-after-summer", False),
        ("winter-warm-after-green-pond", False),
        ("pond-green-arm-winter", False),
    ],
)
def test_the_slug_may_leave_out_words_of_the_title(slug: str, *, is_title: bool) -> None:
    _, of_head = naming(slug)
    html = of_head.replace("Green water?", "Why is the pond green after a warm winter?")
    for path in (f"{slug}/newest", f"{slug}/answer/newt"):
        assert read(html, HOME + path).url == HOME + (slug if is_title else path)


def test_what_stands_below_a_section_that_the_head_names_is_no_answer_of_it() -> None:
    of_both, of_head = naming("ask-us")
    path = "ask-us/answers/why-green"
    assert read(of_both, HOME + path).url == HOME + "ask-us"
    assert read(of_head, HOME + path).url == HOME + path


def test_a_page_of_which_the_question_says_otherwise_than_the_head() -> None:
    html = canonical("why-green", json_ld(qapage(url="/algae/why-green")))
    assert read(html, HOME + "algae/why-green").url == HOME + "algae/why-green"


def test_the_canonical_url_counts_before_one_for_sharing() -> None:
    for own, other in (("ponds/why-green", "why-green"), ("view?t=1", "view")):
        shared = f'<head><meta property="og:url" content="{HOME}{other}">'
        html = canonical(own, json_ld(qapage())).replace("<head>", shared)
        assert read(html, HOME + own).url == HOME + own
        alone = html.replace('rel="canonical"', "")
        assert read(alone, HOME + own).url == HOME + other
