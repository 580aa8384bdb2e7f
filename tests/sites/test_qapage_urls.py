"""Under which number a forum's question is kept, and what a URL promises."""

import pytest

from scraper.items import Kind
from scraper.sites.qapage import QAPageSpider
from tests.sites.forum import HOME, MICRODATA, URL, read


@pytest.mark.parametrize(
    ("path", "source_id"),
    [
        ("questions/77/green-water", "77"),
        ("q/0077.html", "77"),
        ("pond-11/green-water-8313", "8313"),
        ("showthread/8313-green-water", "8313"),
        ("questions/2020/green-water", "2020"),
        ("t/green-water/5", "5"),
        ("t/green-water/2020", "2020"),
        ("questions/202105/green-water", "202105"),
        ("t/green-water/20210512", "20210512"),
        ("threads/green-water.200512", "200512"),
        ("topic/200512-green-water", "200512"),
        ("view/20051231", "20051231"),
        ("article/green-water-200512.html", "200512"),
        ("200512.html", "200512"),
        ("ponds/north/200512", "200512"),
        ("qa/ponds/200512/green-water", "200512"),
        ("posts/202105/green-water", "202105"),
        ("pond-11/green-water-202113", "202113"),
        ("qa/ponds/12345/green-water", "12345"),
        ("view/5", "5"),
        ("ask/8313_1.html", "8313"),
        ("ask/8313-2.5-mg-too-much", "8313"),
        ("questions/77/diabetes-type-2.html", "77"),
        ("threads/green.8313/page-1", "8313"),
        ("8313-g-tube", "8313"),
        ("t/2020-review/5", "5"),
        ("answers/77", "77"),
        ("article/12345/green-water", "12345"),
        ("t5/Ponds/green-water/td-p/12160", "12160"),
        ("topic/green-water/5", "5"),
        ("qa/ponds/5", "5"),
        ("ask-a-newt/5", "5"),
        ("show_question/5.html", "5"),
        ("%E5%95%8F%E7%AD%94/5", "5"),
        ("ask-a-newt/8313/green-water", "8313"),
        ("zh-tw/8313/green-water", "8313"),
        ("index.php/8313/green-water", "8313"),
    ],
)
def test_source_id(path: str, source_id: str) -> None:
    assert read(MICRODATA, HOME + path).source_id == source_id


def test_source_ids_of_pages_without_a_number_differ() -> None:
    paths = ["green-water", "green-water-2020", "brown-water-2020", "view?t=1", "view?t=2"]
    paths += ["forum/12/topic/5", "forum/12/topic/6", "2020/04/18/a", "2020/04/18/b"]
    paths += ["2020/why-a", "2020/why-b", "ponds/5/why-a", "ponds/5/why-b", "archive/2020"]
    paths += ["202105/why-a", "202105/why-b", "kb/knee-20210512", "kb/hip-20210512"]
    paths += ["20210512/why-a", "20210512/why-b", "202105/t20210512_1.html"]
    paths += [f"doctors/20345/why-{name}" for name in "ab"]
    paths += ["posts/2020/why-a", "posts/2020/why-b", "post/2020/why-a", "posts/2020"]
    paths += [f"question/why-{name}/page/2" for name in "ab"]
    paths += [f"question/why-{name}/answer/99123" for name in "ab"]
    paths += ["topic/12-why/page/2", "threads/4567/page-2", "threads/why.4567/post-9999"]
    paths += [f"question/why-{name}/answers/3" for name in "ab"]
    paths += ["ask/1000-mg-of-c", "ask/1000-mg-of-d", "1200-kcal", "ask/5000-IU.html"]
    paths += ["questions/4567-why/2", "questions/4568-why/2", "4569-why/2"]
    paths += [f"ask/4567{page}" for page in ("_2.html", "-3.html", "_02", "-4/", "-p5.html")]
    paths += ["questions/4567/index_2.html", "questions/4567/page_2.html"]
    paths.append("ask/why-fever-iac")  # its digest has digits alone
    paths += [f"{name}/3" for name in ("%E6%89%93%E5%97%9D" * 3, "q/ask-a-newt", "my-shop")]
    above = (
        "my-shop/12345",
        "goods/12345/questions",
        "clinic/1024/qa",
        "board/1024/thread",
        "forum/1024",
        "u/1024",
    )
    paths += [f"{folder}/why-{name}" for folder in above for name in "ab"]
    paths += [f"{folder}why-{name}/3" for folder in ("question/", "d/13-", "") for name in "ab"]

    found = {read(MICRODATA, HOME + path).source_id for path in paths}

    assert len(found) == len(paths)
    assert all(len(source_id) == 16 and not source_id.isdecimal() for source_id in found)


def test_a_title_that_has_the_urls_number_changes_nothing() -> None:
    html = MICRODATA.replace("Green water?", "Green water 8313")
    assert read(html, HOME + "ask/green-water-8313").source_id == "8313"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("questions/77/green-water", Kind.QUESTION),
        ("questions/77", Kind.QUESTION),
        ("t/8313", Kind.QUESTION),
        ("questions?page=2", Kind.LIST),
        ("questions/tagged/algae", Kind.LIST),
        ("questions/77/green-water/edit", Kind.LIST),
        ("questions/77/edit", Kind.LIST),
        ("posts/77/revisions", Kind.LIST),
        ("question/77/followers", Kind.LIST),
        ("questions/77/what-is-node.js", Kind.QUESTION),
        ("questions/2020/green-water", Kind.QUESTION),
        ("posts/2020/green-water", Kind.LIST),
        ("posts/2020", Kind.LIST),
        ("posts/202105/green-water", Kind.QUESTION),
        ("posts/77/reply", Kind.LIST),
        ("forum/77", Kind.LIST),
        ("article/77", Kind.LIST),
        ("users/77/newt", Kind.LIST),
        ("pond-11/green-water-8313", Kind.LIST),
        ("", Kind.LIST),
        ("sitemap.xml", Kind.SITEMAP),
        ("sitemaps/sitemap-questions-3.xml.gz", Kind.SITEMAP),
    ],
)
def test_kinds(path: str, expected: Kind) -> None:
    assert QAPageSpider.classify(HOME + path, HOME) == (HOME + path, expected)


def test_a_further_page_of_answers_is_of_its_question() -> None:
    for path in ("threads/4567/page-2", "threads/4567?page=2", "threads/4567"):
        assert QAPageSpider.question_at(HOME + path) == ("pond.example", "4567")


@pytest.mark.parametrize("path", ["question/%e9%a0%ad/", "question/%E9%A0%AD/"])
def test_a_path_has_one_spelling(path: str) -> None:
    assert QAPageSpider.classify(HOME + path, HOME) == (HOME + "question/%E9%A0%AD/", Kind.LIST)


@pytest.mark.parametrize(
    "url",
    [
        "http://other.example/questions/7",
        "http://pond.example:81/",
        HOME + "logo.png",
        HOME + "site.js",
        HOME + "questions/7/x-ray.jpg",
        "mailto:a@b.c",
    ],
)
def test_other_hosts_and_files_are_left(url: str) -> None:
    assert QAPageSpider.classify(url, HOME) is None


def test_canonical_urls() -> None:
    assert QAPageSpider.classify(HOME + "questions/7?utm_source=x&b=2&a=1#9", HOME) == (
        HOME + "questions/7?b=2&a=1",
        Kind.QUESTION,
    )


@pytest.mark.parametrize(
    "path",
    [
        "c?t=%A5%7E%AC%EC",  # Big5
        "index.php?/topic/77-knee/",
        "d?20;wap",
        "search?q=y&a=1",
        "f?private&a=1",
        "e?x=a+b%20c",
        "g?u=http://x/y,z",
        "h?x=1&&y=",
        "i?s=fever&cid=7&from=20",
        "a%2Fb",
    ],
)
def test_a_query_is_asked_for_as_the_link_has_it(path: str) -> None:
    assert QAPageSpider.classify(HOME + path, HOME) == (HOME + path, Kind.LIST)


def test_tracking_is_dropped_however_it_is_spelt_and_the_rest_stays() -> None:
    found = QAPageSpider.classify(HOME + "f?utm%5Fsource=x&private&Fbclid&q=%a5~", HOME)
    assert found == (HOME + "f?private&q=%a5~", Kind.LIST)


@pytest.mark.parametrize(
    "query",
    [
        "sid=0f1e2d3c4b5a69788796a5b4c3d2e1f0", "sid=", "sid=01ab7c", "sid=1234567890", "sid=٨",
        "PHPSESSID=8f3b", "sessionid=8", "ref=home", "ref=", "jsessionid=0A.n1", "osCsid=a",
        "s=0f1e2d3c4b5a69788796a5b4c3d2e1f0", "gad_source=1", "wbraid=x", "_hsmi=7", "mtm_cid=a",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["view", "view.php", ""])
def test_a_session_and_where_one_came_from_are_dropped(path: str, query: str) -> None:
    url = f"{HOME}{path}?t=1"
    assert QAPageSpider.classify(f"{url}&{query}", HOME) == (url, Kind.LIST)


@pytest.mark.parametrize("query", ["ref=61", "sid=61"])
def test_where_one_came_from_is_dropped_from_a_page_with_a_name(query: str) -> None:
    url = f"{HOME}why-green"
    assert QAPageSpider.classify(f"{url}?{query}", HOME) == (url, Kind.LIST)


@pytest.mark.parametrize("session", ["jsessionid=0A1B.node1", "PHPSESSID=8f3b", "sid=1"])
def test_a_session_in_the_path_is_dropped(session: str) -> None:
    assert QAPageSpider.classify(f"{URL};{session}?page=2", HOME) == (
        f"{URL}?page=2",
        Kind.QUESTION,
    )
    assert QAPageSpider.classify(f"{HOME};{session}", HOME) == (HOME, Kind.LIST)
    assert QAPageSpider.classify(f"{HOME}a;v=1;{session}/b", HOME) == (f"{HOME}a;v=1/b", Kind.LIST)


@pytest.mark.parametrize(
    ("one", "other", "numbers"),
    [
        ("view?t=1&f=2", "view?f=2&t=1", 1),
        ("why-green", "why-green/", 1),
        ("view?t=%A5%7E%AC%EC", "view?t=%A4%7E%AC%EC", 2),  # Big5
    ],
)
def test_what_is_one_question_has_one_number(one: str, other: str, numbers: int) -> None:
    assert len({read(MICRODATA, HOME + path).source_id for path in (one, other)}) == numbers


@pytest.mark.parametrize(
    "query",
    [
        "answertab=oldest", "lastactivity", "noredirect=1&lq=1", "rq=1", "sort=new",
        "tab=scoredesc", "order=votes", "replytocom=5", "share=twitter&nb=1", "view=print",
        "commentId=8", "highlight=a", "sid=8", "ref=8",
    ],
)  # fmt: skip
def test_a_question_in_another_order_is_the_same_page(query: str) -> None:
    assert QAPageSpider.classify(f"{URL}?{query}", HOME) == (URL, Kind.QUESTION)
    assert read(MICRODATA, f"{URL}?{query}").source_id == "77"


@pytest.mark.parametrize(
    "path",
    [
        "questions/77/green-water?page=2", "questions/77?tab=photos",
        "questions/77?lang=en", "list?sort=new", "view?lq=1",
        "article.php?sid=77", "case.asp?ref=77", "?sid=8",
        "view.jsp?sess_idx=1", "view?sessionidx=1", "view?sess_id=1", "view?pk_question=1",
    ],
)  # fmt: skip
def test_queries_that_lead_to_other_pages_stay(path: str) -> None:
    found = QAPageSpider.classify(HOME + path, HOME)
    assert found is not None
    assert found[0] == HOME + path
