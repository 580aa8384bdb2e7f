"""Pages of a forum of which head and question name one URL as their own."""

import pytest

from tests.sites.forum import HOME, json_ld, qapage, read


def both_name(own: str) -> str:
    """A page of which head and question name one URL."""
    html = json_ld(qapage(url=f"/{own}"))
    return html.replace("<head>", f'<head><link rel="canonical" href="{HOME}{own}">')


@pytest.mark.parametrize(
    ("own", "paths"),
    [
        ("why-green", "en/why-green algae/why-green/ why-green en/algae/why-green"),
        ("q/why-green", "q/why-green/all q/why-green/answers q/why-green/index.html"),
        ("q/why-green", "q/print/why-green algae/q/why-green?view=full"),
        ("d/13-why-green", "d/13-why-green/3 d/13 d/13-why"),
        ("t/why-green/129", "t/why-green/129/summary t/129/last t/why-green/129/page/1"),
        ("t5/algae/why-green/td-p/12160", "t5/algae/why-green/m-p/12161/highlight/true"),
        ("?topic=129.0", "?topic=129.msg1290 ?topic=129.0;prev_next=next"),
    ],
)
def test_a_page_of_which_head_and_question_name_one_url(own: str, paths: str) -> None:
    for path in paths.split():
        assert read(both_name(own), HOME + path).url == HOME + own


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
        ("ask-us", "question/8313"),
        ("forum/12", "forum/12/why-green"),
        ("8313/why-green", "8314/why-green"),
        ("d/13-why-green", "node/71"),
        ("?topic=129.0", "?topic=129.20"),
        ("?topic=129.0", "?topic=130.0"),
    ],
)
def test_another_page_than_head_and_question_name(own: str, path: str) -> None:
    assert read(both_name(own), HOME + path).url == HOME + path


def test_a_number_for_the_slug_of_the_title() -> None:
    own = "q/why-is-the-pond-green"
    html = both_name(own).replace("Green water?", "Why is the pond green?")
    assert read(html, HOME + "node/71").url == HOME + own
    assert read(html, HOME + own + "/2").url == HOME + own + "/2"
