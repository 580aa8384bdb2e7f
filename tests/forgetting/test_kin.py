"""One question under several URLs goes whole, and another of the same number stays."""

from pathlib import Path

import pytest

from pipelines.merge import merge
from scraper.sites.adoctor import Adoctor
from scraper.sites.qapage import QAPageSpider
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.forgetting.forums import (
    SITES,
    article,
    links,
    move,
    put,
    thread,
    titles,
    urls,
)
from tests.forgetting.searching import occurrences
from tests.forgetting.toys import forget

WORD = "Kanarienvogel"
ANSWER = ("helper", "Cover the cage at night, and all will be quiet.")
OWN = thread(f"My {WORD} sings", f"The {WORD} has been singing at night since May.", ANSWER)
OTHER = thread("Green water", "The water of my pond is green since I dug it.", ("elm", "Wait."))


def test_another_forums_question_of_the_same_number_stays(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    with FaultServer() as server, FaultServer() as elsewhere:
        put(server, {"/questions/1": OWN})
        put(elsewhere, {"/questions/1": OTHER})
        crawl(archive, site=QAPageSpider, base_url=server.url("/"))
        there = elsewhere.url("/").replace("127.0.0.1", "localhost")
        crawl(archive, site=QAPageSpider, base_url=there)
        assert forget(archive, "127.0.0.1:1:en", "--reason", "x")[0] == 0
        assert titles(archive) == ["Green water"]
        elsewhere.log.clear()
        crawl(archive, site=QAPageSpider, base_url=there, revisit="all")
        assert elsewhere.seen("/questions/1")
        assert titles(archive) == ["Green water"]
    assert occurrences(archive, (WORD,)) == []


def test_a_start_page_and_a_list_are_not_taken_down(tmp_path: Path, server: FaultServer) -> None:
    """Each page links to them: without those links the questions could not be read any more."""
    archive = tmp_path / "a"
    listed = links("/article/1", "/department/eyes")
    put(server, {"/": listed, "/department/eyes": listed, "/article/1": article("One", "It.")})
    crawl(archive, site=Adoctor, base_url=server.url("/"))
    for path in ("/", "/department/eyes", "/sitemap.xml"):
        status, _, told = forget(archive, server.url(path), "--reason", "x")
        assert (status, "give the ids or URLs of the questions" in told) == (2, True)
    assert titles(archive) == ["One"]
    assert not (archive / "forgotten.jsonl").exists()


def test_the_other_language_of_a_page_that_nobody_read_stays_away(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    pages = {"/article/1": article(WORD, "It sings."), "/article/2": article("Two", "It does not.")}
    chinese = {"/zh-Hant/article/1": article(WORD, "It sings.", language="zh-Hant")}
    with FaultServer() as server:
        put(server, pages | chinese)
        for path in ("/article/1", "/zh-Hant/article/1"):
            server.play(path, [reply(404)])
        crawl(archive, site=Adoctor, base_url=server.url("/"))
        assert forget(archive, server.url("/article/1"), "--reason", "x")[0] == 0
        assert urls(archive, server) == ["/", "/article/2", "/sitemap.xml"]
        put(server, pages | chinese)
        server.log.clear()
        crawl(archive, site=Adoctor, base_url=server.url("/"), revisit="all")
        assert sorted({seen.path for seen in server.log} - {"/robots.txt"}) == [
            "/", "/article/2", "/sitemap.xml",
        ]  # fmt: skip
        status, told, _ = forget(archive, server.url("/zh-Hant/article/1"), "--reason", "x")
        assert (status, told) == (0, "Taken down before: `qarchive forget --list`.\n")
    assert titles(archive) == ["Two"]
    assert occurrences(archive, (WORD,)) == []


def test_a_translation_that_comes_later_stays_away(tmp_path: Path, server: FaultServer) -> None:
    archive, other = tmp_path / "a", tmp_path / "b"
    pages = {"/article/1": article(WORD, "It sings."), "/article/2": article("Two", "It does not.")}
    chinese = {"/zh-Hant/article/1": article(f"{WORD} 2", "It sings.", language="zh-Hant")}
    put(server, pages)
    crawl(archive, site=Adoctor, base_url=server.url("/"))
    assert forget(archive, "adoctor:1:en", "--reason", "x")[0] == 0
    put(server, pages | chinese)
    server.log.clear()
    crawl(archive, site=Adoctor, base_url=server.url("/"), revisit="all")
    assert server.seen("/article/2")
    assert not server.seen("/zh-Hant/article/1")
    crawl(other, site=Adoctor, base_url=server.url("/"))
    merge([archive, other], tmp_path / "c", SITES, lambda _: None)
    for one in (archive, tmp_path / "c"):
        assert titles(one) == ["Two"]
        assert occurrences(one, (WORD, "zh-Hant/article/1")) == []


@pytest.mark.parametrize("wanted", ["127.0.0.1:5:en", "127.0.0.1:55:en", "/questions/5"])
def test_a_question_that_moved_goes_from_both_places(tmp_path: Path, wanted: str) -> None:
    archive = tmp_path / "a"
    with FaultServer() as server:
        put(server, {"/questions/5": OWN, "/questions/6": OTHER})
        crawl(archive, site=QAPageSpider, base_url=server.url("/"))
        move(server, "/questions/5", "/questions/55")
        edited = OWN.replace("singing", "singing loudly")
        server.play("/questions/55", [reply(200, body=edited.encode())])
        crawl(archive, site=QAPageSpider, base_url=server.url("/"), revisit="all")
        assert titles(archive) == ["Green water", f"My {WORD} sings", f"My {WORD} sings"]
        wanted = server.url(wanted) if wanted.startswith("/") else wanted
        assert forget(archive, wanted, "--reason", "x")[0] == 0
        assert titles(archive) == ["Green water"]
        assert occurrences(archive, (WORD,)) == []
        server.log.clear()
        crawl(archive, site=QAPageSpider, base_url=server.url("/"), revisit="all")
        assert not server.seen("/questions/55")
    assert titles(archive) == ["Green water"]


@pytest.mark.parametrize(("text", "answer"), [("Help me!", "Yes."), ("很吵", "蓋布")])
def test_a_question_of_few_words_that_moved_goes_too(
    tmp_path: Path, text: str, answer: str, server: FaultServer
) -> None:
    archive, short = tmp_path / "a", thread(f"My {WORD} sings", text, ("helper", answer))
    put(server, {"/questions/5": short, "/questions/6": OTHER})
    crawl(archive, site=QAPageSpider, base_url=server.url("/"))
    move(server, "/questions/5", "/questions/55")
    server.play("/questions/55", [reply(200, body=short.encode())])
    crawl(archive, site=QAPageSpider, base_url=server.url("/"), revisit="all")
    _, _, told = forget(archive, "127.0.0.1:5:en", "--reason", "x")
    assert "stays" not in told
    assert titles(archive) == ["Green water"]
    assert occurrences(archive, (WORD,)) == []


def test_a_page_that_was_never_read_goes_with_what_it_leads_to(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    with FaultServer() as server:
        put(server, {"/questions/5": "", "/questions/6": OTHER, "/old": ""})
        move(server, "/questions/5", "/questions/55")
        move(server, "/old", "/")
        server.play("/questions/55", [reply(200, body=OWN.encode())])
        crawl(archive, site=QAPageSpider, base_url=server.url("/"))
        unread = [server.url(path) for path in ("/questions/5", "/old")]
        assert forget(archive, *unread, "--reason", "x")[0] == 0
        assert urls(archive, server) == ["/", "/questions/6", "/sitemap.xml"]
    assert titles(archive) == ["Green water"]
    assert occurrences(archive, (WORD,)) == []


@pytest.mark.parametrize(("gone", "kept"), [("1", "2"), ("2", "1")])
@pytest.mark.parametrize("other", [OTHER, thread(f"My {WORD} sings", "What can I do?")])
def test_another_persons_question_that_a_double_leads_to_stays(
    tmp_path: Path, gone: str, kept: str, other: str, server: FaultServer
) -> None:
    archive = tmp_path / "a"
    put(server, {"/questions/1": OWN, "/questions/2": other})
    crawl(archive, site=QAPageSpider, base_url=server.url("/"))
    move(server, "/questions/1", "/questions/2")
    crawl(archive, site=QAPageSpider, base_url=server.url("/"), revisit="all")
    status, _, told = forget(archive, f"127.0.0.1:{gone}:en", "--reason", "x")
    assert (status, told.count("\n")) == (0, 1)
    assert f"so it stays: 127.0.0.1:{kept}:en." in told
    assert len(titles(archive)) == 1


TITLE = f"My {WORD} sings at night"
ABOUT = (
    "/questions/7/reply",
    "/questions/7/a-slug/report/spam",
    "/login?next=%2Fquestions%2F7%2Fa-slug",
    "/report?url=http%253A%252F%252F127.0.0.1%253A{port}%252Fquestions%252F7",
    f"/share?title={TITLE.replace(' ', '+')}",
)
OTHERS = (
    "/login?next=%2Fquestions%2F8",
    "/questions",
    "/questions/77/reply",
    "/questions/8",
    "/random",
    "/search?q=night+sings",
)


def test_what_there_is_about_a_page_alone_goes_with_it(tmp_path: Path, server: FaultServer) -> None:
    archive = tmp_path / "a"
    port = server.url("").rpartition(":")[2]
    about = [path.format(port=port) for path in ABOUT]
    menu = {path: links("/") for path in (*about, *OTHERS)}
    put(server, menu | {"/questions/8": OTHER, "/questions/7": thread(TITLE, "It sings.")})
    server.play("/random", [reply(302, [("Location", about[2])])])
    server.play("/", [reply(200, body=links(*about, *OTHERS, "/questions/7").encode())])
    crawl(archive, site=QAPageSpider, base_url=server.url("/"))
    assert set(about) < set(urls(archive, server))
    assert forget(archive, "127.0.0.1:7:en", "--reason", "x")[0] == 0
    for _ in range(2):
        assert titles(archive) == ["Green water"]
        assert urls(archive, server) == sorted(["/", *OTHERS, "/sitemap.xml"])
        assert occurrences(archive, (WORD, "questions/7/", "questions%2F7%2F", "a-slug")) == []
        server.log.clear()
        crawl(archive, site=QAPageSpider, base_url=server.url("/"), revisit="all")
        assert not [seen.path for seen in server.log if seen.path in about]


def test_it_is_no_record_under_a_new_slug_without_a_number(tmp_path: Path) -> None:
    asked = thread(f"My {WORD} sings all night", f"The {WORD} has been singing since May.",
                   asker="Zqlvsnvlr")  # fmt: skip
    archive, merged = tmp_path / "a", tmp_path / "b"
    with FaultServer() as server:
        put(server, {"/ask/why-singing": asked, "/ask/green": OTHER})
        crawl(archive, site=QAPageSpider, base_url=server.url("/"))
        old, new = server.url("/ask/why-singing"), server.url("/ask/why-loud")
        assert forget(archive, old, "--reason", "x")[0] == 0
        put(server, {"/ask/why-loud": asked, "/ask/green": OTHER})
        crawl(archive, site=QAPageSpider, base_url=server.url("/"), revisit="all")
        assert titles(archive) == ["Green water"]
        assert problems(archive) == [(new, "taken-down")]
    merge([archive], merged, SITES, lambda _: None)
    assert titles(merged) == ["Green water"]
    assert forget(archive, new, "--reason", "x")[0] == 0
    assert titles(archive) == ["Green water"]
    assert occurrences(archive, (WORD, "Zqlvsnvlr")) == []


def problems(archive: Path) -> list[tuple[str, str]]:
    return rows(archive, "SELECT url, code FROM problems")
