"""Pages without a canonical URL that show one question make one record of it."""

from pathlib import Path

import pytest

from pipelines.layout import DATABASE
from pipelines.reextract import try_out
from pipelines.verify import verify
from scraper.sites.qapage import QAPageSpider
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.forgetting.searching import occurrences
from tests.forgetting.toys import forget
from tests.repairing import repair
from tests.sites.forum import answer, json_ld, qapage

TEXT = "The water of my pond has been green since Monday."
EDITED = "The water of my pond has been green since Monday, and smells."
OWN, LISTED, MOBILE = "/view.php?no=7", "/view.php?no=7&page=3", "/m/view.php?no=7"


class Forum:
    """A forum of pages by their URLs, and its archive."""

    def __init__(self, server: FaultServer, archive: Path) -> None:
        self.server, self.archive = server, archive
        self.urls: list[str] = []

    def show(self, url: str, *answers: str, text: str = TEXT) -> None:
        page = qapage(
            text=text, dateCreated="2020-04-18", author={"@type": "Person", "name": "Newt"},
            suggestedAnswer=[answer(each) for each in answers],
        )  # fmt: skip
        self.server.play(url, [reply(200, body=json_ld(page).encode())])
        self.urls = [*self.urls, url] if url not in self.urls else self.urls

    def crawl(self) -> None:
        links = "".join(f'<a href="{url.replace("&", "&amp;")}">1</a>' for url in self.urls)
        self.server.play("/", [reply(200, body=links.encode())])
        crawl(self.archive, site=QAPageSpider, settings={"CONCURRENT_REQUESTS": 1},
              base_url=self.server.url("/"), revisit="all")  # fmt: skip

    @property
    def held(self) -> list[tuple[str, int]]:
        """The URLs of the current records, with their numbers of replies."""
        found = rows(
            self.archive, "SELECT url, reply_count FROM questions WHERE gone_since IS NULL"
        )
        home = self.server.url("/").removesuffix("/")
        return sorted((url.removeprefix(home), replies) for url, replies in found)

    def assert_lasting(self) -> None:
        held = self.held
        self.crawl()
        assert self.held == held
        assert list(verify(self.archive)) == []
        again = try_out(self.archive, {"qapage": QAPageSpider}, 1, lambda _: None)
        assert (again.causes, again.failed) == ({}, {})
        (self.archive / DATABASE).unlink()
        repair(self.archive, QAPageSpider)
        assert self.held == held


@pytest.fixture
def forum(server: FaultServer, tmp_path: Path) -> Forum:
    return Forum(server, tmp_path / "a")


def test_the_first_url_has_the_record_and_takes_edits(forum: Forum) -> None:
    for url in (LISTED, OWN, MOBILE, "/view.php?no=7&f=2"):
        forum.show(url, "Shade.")
    forum.crawl()
    assert forum.held == [(LISTED, 1)]
    forum.assert_lasting()
    for url in ("/view.php?no=7&page=4", *forum.urls):
        forum.show(url, "Shade.", "Patience.", text=EDITED)
    forum.crawl()
    assert rows(forum.archive, "SELECT code FROM problems") == []
    forum.crawl()
    assert forum.held == [(LISTED, 2)]
    forum.assert_lasting()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/view.php?no=7", "/view.php?no=8"),
        ("/view.php?f=2&no=7", "/view.php?f=2&no=8"),
        ("/view.php?no=7&page=3", "/view.php?no=8&page=3"),
        ("/view.php?id=abc", "/view.php?id=abd"),
        ("/why-green", "/why-green-2"),
        ("/?/topic/7-why", "/?/topic/8-why"),
    ],
)
def test_a_question_posted_twice_has_two(forum: Forum, one: str, other: str) -> None:
    forum.show(one)
    forum.show(other)
    forum.crawl()
    assert forum.held == [(one, 0), (other, 0)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/ask/green-pond?dept=3", "/ask/jumping-carp?dept=3"),
        ("/a/pond.html?m=1", "/b/carp.html?m=1"),
        ("/view.php?f=2&t=7", "/view.php?f=2&p=81"),
    ],
)
def test_two_that_filled_in_one_form_have_two(forum: Forum, one: str, other: str) -> None:
    form = "Kind of pond: garden. Depth: 1 m. Fish: carp. Plants: none. Filter: none. Complaint: "
    forum.show(one, text=f"{form}the water is green.")
    forum.show(other, text=f"{form}the carp jump.")
    forum.crawl()
    assert len(forum.held) == 2
    forum.assert_lasting()


@pytest.mark.parametrize("path", ["/ask/{}?dept=3", "/{}.html?m=1"])
def test_paths_that_name_pages_have_one_record_each(forum: Forum, path: str) -> None:
    for name in ("pond", "carp"):
        forum.show(path.format(name))
    forum.crawl()
    assert len(forum.held) == 2


def test_another_question_at_a_like_url_has_its_own(forum: Forum) -> None:
    forum.show("/view.php?f=2&no=7")
    forum.show("/view.php?f=2", text="My carps jump out of the pond all night long.")
    forum.crawl()
    assert len(forum.held) == 2


def test_further_answers_have_a_record_of_their_own(forum: Forum) -> None:
    forum.show(OWN, "Shade.")
    forum.show(LISTED, "Patience.")
    forum.crawl()
    assert forum.held == [(OWN, 1), (LISTED, 1)]
    forum.assert_lasting()


def test_the_page_with_all_answers_has_the_record(forum: Forum) -> None:
    forum.show(LISTED, "Shade.")
    forum.crawl()
    forum.show(OWN, "Shade.", "Patience.")
    forum.crawl()
    assert forum.held == [(OWN, 2)]
    forum.assert_lasting()


def test_a_copy_has_the_record_once_the_page_is_gone(
    forum: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    forum.show(LISTED, "Shade.")
    forum.show(OWN, "Shade.")
    forum.crawl()
    forum.server.play(LISTED, [reply(410)])
    for month in (1, 3, 5):
        monkeypatch.setenv("QARCHIVE_NOW", f"2030-0{month}-01T09:00:00Z")
        forum.crawl()
    assert forum.held == [(OWN, 1)]


@pytest.mark.parametrize("path", [LISTED, OWN])
def test_either_url_takes_both_down(forum: Forum, path: str) -> None:
    forum.show(LISTED, "Shade for the Kanarienvogel and the pond.")
    forum.show(OWN, "Shade for the Kanarienvogel and the pond.")
    forum.crawl()
    status, _, wrong = forget(forum.archive, forum.server.url(path), "--reason", "x")
    assert (status, wrong) == (0, "")
    assert forum.held == []
    assert occurrences(forum.archive, ("Kanarienvogel",)) == []
    forum.crawl()
    assert forum.held == []
    assert occurrences(forum.archive, ("Kanarienvogel",)) == []


def test_a_copy_of_one_of_many_takes_none_of_them_down(forum: Forum) -> None:
    topics = ["/view.php?f=2&t=7", "/view.php?f=2&t=8"]
    for url, post, text in zip(
        topics, ("71", "81"), (TEXT, "My carps jump all night."), strict=True
    ):
        forum.show(url, text=text)
        forum.show(f"/view.php?f=2&p={post}", text=text)
    forum.crawl()
    assert [url for url, _ in forum.held] == topics
    assert forget(forum.archive, forum.server.url("/view.php?f=2&p=71"), "--reason", "x")[0] == 0
    assert [url for url, _ in forum.held] == topics
    assert forget(forum.archive, forum.server.url(topics[0]), "--reason", "x")[0] == 0
    assert [url for url, _ in forum.held] == topics[1:]
