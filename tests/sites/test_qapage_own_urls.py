"""Under which URL a forum's question is kept: its page's own word, as far as it is believed."""

from typing import Any

import pytest

from scraper.errors import NotAQuestionError, WrongQuestionError
from scraper.items import Kind
from scraper.reading.page import Page
from scraper.sites.qapage import QAPageSpider
from tests.sites.forum import HOME, MICRODATA, URL, answer, json_ld, qapage, question, read


def canonical(path: str, html: str = MICRODATA, *, base: str = HOME) -> str:
    return (
        f'<html><head><link rel="canonical" href="{base}{path}"></head><body>{html}</body></html>'
    )


@pytest.mark.parametrize(
    ("path", "own", "source_id"),
    [
        ("questions/77/green-water?from=mail", "questions/77/green-water", "77"),
        ("questions/77", "questions/77/green-water", "77"),
        ("questions/77/green-water/456", "questions/77/green-water", "77"),
        ("t/77/4", "t/77", "77"),
        ("why-green-8313?from=mail", "why-green-8313", "8313"),
        ("amp/questions/77/green-water", "questions/77/green-water", "77"),
        ("green-water", "questions/77/green-water", "77"),
        ("t/77", "t/green-water/77", "77"),
        ("t/green-water/77/3", "t/green-water/77", "77"),
        ("t/green-water/77/print", "t/green-water/77", "77"),
        ("topic/8313-old/", "topic/8313-new/", "8313"),
        ("threads/why.4567/unread", "threads/why.4567/", "4567"),
        ("threads/why.4567/page-1", "threads/why.4567/", "4567"),
        ("d/4567-why/12", "d/4567-why", "4567"),
        ("threads/why.4567/post-9999", "threads/why.4567/", "4567"),
        ("thread-8313-lastpost.html", "thread-8313.html", "8313"),
        ("thread-8313-post-4567.html", "thread-8313.html", "8313"),
        ("t/green-water/77/page/1", "t/green-water/77", "77"),
        ("answers/456", "questions/77/green-water", "77"),
        ("posts/456/", "threads/77/", "77"),
    ],
)
def test_a_page_that_names_its_own_url_is_kept_under_it(
    path: str, own: str, source_id: str
) -> None:
    found = read(canonical(own), HOME + path)
    assert (found.source_id, found.url) == (source_id, HOME + own)
    assert read(canonical(own, base="/"), HOME + path) == found


def test_a_page_without_a_number_that_names_its_own_url() -> None:
    assert_one(
        "why/green",
        "why/green?from=mail",
        "why/green/amp",
        "amp/why/green",
        "m/why/green",
        "mobile/why/green",
        "why/green.html",
        "Why/Green",
        "why/green/comment-page-1/",
        "why/green/answer/99123/",
        "why/green/answers/3",
    )


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("questions/77/print", "questions/77"),
        ("questions/77/green-water/amp/", "questions/77/green-water"),
        ("questions/77/answer/5", "questions/77"),
        ("questions/77/green-water/5", "questions/77/green-water/5"),
        ("ponds/green/print", "ponds/green/print"),
    ],
)
def test_a_look_at_a_numbered_question_that_names_nothing(path: str, own: str) -> None:
    assert read(MICRODATA, HOME + path).url == HOME + own


@pytest.mark.parametrize(
    ("path", "named", "own"),
    [
        ("question/77/answer/9011", "question/77", "question/77"),
        ("why-green/answer/jane-roe-1", "why-green", "why-green/answer/jane-roe-1"),
        ("ask-doctor/answer/401", "ask-doctor", "ask-doctor/answer/401"),
        ("why-green/page/2", "why-green", "why-green/page/2"),
    ],
)
def test_an_answer_that_is_its_own_canonical(path: str, named: str, own: str) -> None:
    assert read(canonical(path, json_ld(qapage(url=f"/{named}"))), HOME + path).url == HOME + own


@pytest.mark.parametrize("href", ["{{canonical}}", "{{ page.url }}", "undefined", "null"])
def test_a_canonical_that_nothing_filled(href: str) -> None:
    assert read(canonical(href, base="")).url == URL


def test_escapes_in_another_spelling_are_the_same_path() -> None:
    assert_one("why/%E9%A0%AD/", "why/%e9%a0%ad/", named="why/%e9%a0%ad/")


def test_a_slug_that_changed_behind_a_short_number() -> None:
    assert_one("topic/12-new/", "topic/12-old/")
    assert_one("threads/new.45/", "threads/old.45/")


def test_a_number_to_which_its_page_adds_a_slug() -> None:
    assert_one("2034/green-water", "2034")
    assert_one("534/green-water", "534/")
    assert_one("questions/501-green-water", "questions/501")
    assert_one("threads/green.45/", "threads/45/")


def test_a_post_in_another_query_of_the_same_script() -> None:
    assert_one("view?t=1", "view?p=105", "view?f=2&p=105", "view?t=8&go=next")
    assert_one("show?12-Why", "show?p=55")


def assert_one(path: str, *others: str, named: str = "") -> None:
    own = read(MICRODATA, HOME + path)
    for other in others:
        found = read(canonical(named or path), HOME + other)
        assert (found.id, found.url) == (own.id, own.url)


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("why/green", ""),  # a site that names its home page everywhere
        ("forum/green", "forum"),
        ("view?t=1", "view?t=2"),
        ("questions/77/green-water?page=2", "questions/77/green-water"),
        ("threads/green.8313/page-2", "threads/green.8313"),
        ("view?start=20&t=1", "view?t=1"),
        ("why/green/comment-page-2", "why/green"),
        ("ponds/5", "ponds"),
        ("view?t=1", "view?list=all"),
        ("view", "view?t=1"),
        ("topic/12-green", "topic/13-green"),
        ("m", ""),
        ("algae", "algae/green"),
        ("why-green/new", "why-green"),  # which is not the title
    ],
)
def test_a_name_that_would_make_one_of_several_pages_is_not_believed(path: str, named: str) -> None:
    found = read(canonical(named), HOME + path)
    assert found == read(MICRODATA, HOME + path)
    assert found.url == HOME + path


def test_a_page_of_another_question_is_refused() -> None:
    for path in ("questions/77/green-water", "answers/77", "tags/77"):
        with pytest.raises(WrongQuestionError):
            read(canonical(path.replace("77", "999").replace("tags", "q")), HOME + path)


@pytest.mark.parametrize("query", ["lang=en", "page=1", "amp=1"])
def test_a_query_behind_its_own_number_makes_no_page_anothers(query: str) -> None:
    named = f"questions/77/green-water?{query}"
    for html in (canonical(named), json_ld(qapage(url=HOME + named))):
        assert (read(html).source_id, read(html).url) == ("77", URL)
    with pytest.raises(WrongQuestionError, match=r"question 999$"):
        read(canonical(f"questions/999/why?{query}"))


OTHER = HOME + "questions/999/why"


@pytest.mark.parametrize(
    "named", [{"url": OTHER}, {"url": "/questions/999"}, {"@id": OTHER + "#q"}]
)
def test_a_question_that_says_it_is_another_pages(named: dict[str, Any]) -> None:
    with pytest.raises(WrongQuestionError):
        read(json_ld(qapage(**named)))
    for html in (json_ld(qapage(**named)), json_ld(question(**named))):
        with pytest.raises(NotAQuestionError):
            read(html, HOME + "tags/algae")


@pytest.mark.parametrize(
    "named",
    [
        {"url": "http://pond.example/questions/77/another-slug#top"},
        {"@id": "#q"},
        {"@id": HOME + "#/schema/question/1"},
        {"url": "https://other.example/questions/999"},
        {"url": HOME + "questions/999/why", "@id": URL},
        {"url": "http://[bad/"},
    ],
)
def test_a_question_that_names_its_own_page_is_read(named: dict[str, Any]) -> None:
    assert read(json_ld(qapage(**named))).id == "pond.example:77:en"


def test_the_number_that_a_question_names_and_its_path_holds() -> None:
    html = json_ld(qapage(url="/t/77", suggestedAnswer=answer("Shade.", url="/t/77/4")))
    assert (read(html, HOME + "t/77/4").source_id, read(html, HOME + "t/77/4").url) == (
        "77",
        HOME + "t/77",
    )


def test_a_question_without_a_number_that_names_its_own_path() -> None:
    found = read(json_ld(qapage(url="/why/green")), HOME + "why/green?from=mail")
    assert found.url == HOME + "why/green"
    assert found.source_id == read(MICRODATA, found.url).source_id


@pytest.mark.parametrize("path", ["why-green", "why-green/amp", "why-green?view=full"])
def test_a_name_with_www(path: str) -> None:
    html = canonical("why-green", base="https://www.pond.example/")
    assert read(html, HOME + path).url == HOME + "why-green"


@pytest.mark.parametrize(
    "path", ["", "tag/algae", "tag/algae/page/2", "2021", "en/why-greener", "search?q=green"]
)
def test_a_question_without_a_number_that_says_it_is_another_pages(path: str) -> None:
    told = json_ld(qapage(url="/why-green"))
    for named in ("", "why-green"):
        html = told.replace("<head>", f'<head><link rel="canonical" href="{HOME}{named}">')
        for said in (told, html):
            with pytest.raises(NotAQuestionError):
                read(said, HOME + path)


@pytest.mark.parametrize("named", ["/", "/ponds", "/en/green", "https://other.example/why"])
def test_a_question_without_a_number_that_names_no_other_page(named: str) -> None:
    assert read(json_ld(qapage(url=named)), HOME + "ponds/green").url == HOME + "ponds/green"


@pytest.mark.parametrize("path", ["consult/8313/green", "my-ponds/5"])
def test_a_short_link_of_a_question_that_may_have_a_number(path: str) -> None:
    assert read(json_ld(qapage(url="/s/abc")), HOME + path).url == HOME + path


def test_what_the_head_names_counts_as_much_as_what_the_question_does() -> None:
    told = json_ld(qapage(url="/why-green-once"))
    html = told.replace("<head>", f'<head><link rel="canonical" href="{HOME}why-green">')
    assert read(html, HOME + "why-green").url == HOME + "why-green"


def test_links_to_one_page_are_one_and_a_pages_own_url_is_a_link() -> None:
    links = "".join(f'<a href="/questions/8?{query}">x</a>' for query in ("", "lq=1", "rq=1"))
    page = Page(url=URL + "?from=mail", body=canonical("questions/77/green-water", links).encode())
    found = [link.url for link in QAPageSpider.read_links(page, Kind.QUESTION, HOME, None)]
    assert found == [HOME + "questions/8", URL]
