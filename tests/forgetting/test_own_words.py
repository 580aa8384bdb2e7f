"""Words that others say too, or that are a name, go from the forgotten page only."""

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipelines.merge import merge
from pipelines.takedown.phrases import identifying_phrases
from scraper.items import SimilarQuestion
from scraper.sites.adoctor import Adoctor
from scraper.sites.qapage import QAPageSpider
from scraper.spider import QuestionSpider
from tests.crawling import Toy, crawl
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.forgetting.forums import article, put, thread, titles
from tests.forgetting.searching import occurrences
from tests.forgetting.toys import PAGES, forget, records_by_number
from tests.questions import CHINESE, SMALL, Keep

WORD = "Kanarienvogel"
RULE = "--------------------"
OWN = f"The {WORD} has been singing at night since May."
ANSWER = ("Registered Member", f"Cover the {WORD} with a blanket at night.")
VISITOR = "Anonymous visitor"
POND = ("Ash", "Wait until the plants have grown.")
Pages = dict[str, str]


def others_after(
    folder: Path, site: type[QuestionSpider], pages: Pages, gone: str, *, later: Pages | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Records of the others before and after, and what a crawl makes of them once more."""
    with FaultServer() as server:
        put(server, pages)
        crawl(folder, site=site, base_url=server.url("/"))
        before = {
            key: record for key, record in records_by_number(folder).items() if record["id"] != gone
        }
        assert len(before) == len(records_by_number(folder)) - 1 > 0
        assert forget(folder, gone, "--reason", "x")[0] == 0
        assert records_by_number(folder) == before
        assert occurrences(folder, (WORD,)) == []
        put(server, pages | (later or {}))
        crawl(folder, site=site, base_url=server.url("/"), revisit="all")
    return before, records_by_number(folder)


def test_a_rule_of_dashes_is_nobodys(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    log = "one\n\n2026 all is well\n--------------------\n"
    archive.mkdir()
    (archive / "crawl.log").write_text(log, "utf-8")
    pages = {
        "/questions/1": thread("Night", f"{OWN}<br>{RULE}<br>Bye", ANSWER),
        "/questions/2": thread("Pond", f"It is green.<br>{RULE}<br>Since May.", POND),
    }
    late = {"/questions/3": thread("Well", f"It is dry.<br>{RULE}<br>Since June.", POND)}
    before, after = others_after(archive, QAPageSpider, pages, "127.0.0.1:1:en", later=late)
    assert RULE in after["3"]["question"]["text"]
    assert after["2"]["question"] == before["2"]["question"]
    assert (archive / "crawl.log").read_text("utf-8") == log


def test_names_stay(tmp_path: Path) -> None:
    """Of askers and of those who answer, though the forgotten one is titled so."""
    pages = {
        "/questions/1": thread("Registered Member", OWN, ANSWER, asker=VISITOR),
        "/questions/2": thread("Pond", "It is green.", POND, asker=VISITOR),
        "/questions/3": thread("Well", "It is dry.", ("Registered Member", "Dig."), asker="Elm"),
    }
    late = {"/questions/4": thread("Lake", "It is blue.", POND, asker=VISITOR)}
    _, after = others_after(tmp_path / "a", QAPageSpider, pages, "127.0.0.1:1:en", later=late)
    assert [one["asker"]["name"] for one in after.values()] == [VISITOR, "Elm", VISITOR]
    assert after["3"]["replies"][0]["doctor"] == "Registered Member"


def test_a_title_that_is_a_tag_elsewhere_stays_a_tag(tmp_path: Path) -> None:
    tag = "Lump In The Throat"
    tags = f'<h2>Related FAQ</h2><p><a href="/faq/lump-in-the-throat">{tag}</a> (Neurology)</p>'
    pages = {
        "/article/1": article(tag, OWN),
        "/article/2": article("Toes", "They are cold.", html=tags),
    }
    before, after = others_after(tmp_path / "a", Adoctor, pages, "adoctor:1:en")
    assert [one["name"] for one in before["2"]["faq_tags"]] == [tag]
    assert after["2"]["faq_tags"] == before["2"]["faq_tags"]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "<h2>More Info</h2><p>{}</p>",
        '<h2>Similar Q&amp;A</h2><h3>Knees</h3><p>{}</p><a href="/article/9">[Read More] Knees</a>',
    ],
)
def test_what_an_essay_or_a_card_of_another_page_says_too_stays(
    tmp_path: Path, elsewhere: str
) -> None:
    advice = "Drink enough water on warm days."
    pages = {
        "/article/1": article(WORD, f"{OWN}</p><p>{advice}"),
        "/article/2": article("Toes", "They are cold.", html=elsewhere.format(advice)),
    }
    before, after = others_after(tmp_path / "a", Adoctor, pages, "adoctor:1:en")
    assert advice in str(before["2"])
    captured = {"captured_at": ""}
    assert {key: one | captured for key, one in after.items()} == {
        key: one | captured for key, one in before.items()
    }
    assert titles(tmp_path / "a") == ["Toes"]


@pytest.mark.parametrize("mark", ["<b>{}</b>", '<a href="/search?q=1">{}</a>', "\n{}\n"])
def test_what_another_says_within_a_sentence_stays_however_marked_up(
    tmp_path: Path, mark: str
) -> None:
    title = "Carpal tunnel syndrome"
    pages = {
        "/article/1": article(title, OWN),
        "/article/2": article(
            "Toes", f"Since May I have {mark.format(title.lower())} on the left."
        ),
        "/article/3": article("Feet", "They are cold.", html=f"<ul><li>{title}</li></ul>"),
    }
    before, after = others_after(tmp_path / "a", Adoctor, pages, "adoctor:1:en")
    assert title.lower() in before["2"]["question"]["text"]
    assert [one["question"] for one in after.values()] == [
        one["question"] for one in before.values()
    ]
    assert occurrences(tmp_path / "a", (f"<li>{title}</li>",))


def test_what_an_earlier_version_of_another_said_stays(tmp_path: Path, server: FaultServer) -> None:
    archive, line = tmp_path / "a", "It hurts in the morning only."
    pages = {
        "/article/1": article(WORD, f"{OWN}</p><p>{line}"),
        "/article/2": article("Toes", f"They are cold.</p><p>{line}"),
    }
    put(server, pages)
    crawl(archive, site=Adoctor, base_url=server.url("/"))
    put(server, pages | {"/article/2": article("Toes", "They are warm.")})
    crawl(archive, site=Adoctor, base_url=server.url("/"), revisit="all")
    assert forget(archive, "adoctor:1:en", "--reason", "x")[0] == 0
    assert occurrences(archive, (WORD,)) == []
    assert occurrences(archive, (line,))


def test_a_page_whose_title_begins_like_a_cut_one_keeps_its_record(tmp_path: Path) -> None:
    """At the forget, and at the crawl after it."""
    row = '<ul><li><a href="/questions/1">Understanding numbness in the...</a></li>{}</ul>'
    other = '<li><a href="/questions/3">Pond</a></li>'
    pages = {
        "/questions/1": thread("Understanding numbness in the hand", OWN, ANSWER),
        "/questions/2": thread(
            "Understanding numbness in the foot", "It is mine.", POND, html=row.format(other)
        ),
        "/questions/3": thread("Pond", "It is green.", POND),
    }
    before, after = others_after(tmp_path / "a", QAPageSpider, pages, "127.0.0.1:1:en")
    assert {key: one["title"] for key, one in after.items()} == {
        "2": "Understanding numbness in the foot",
        "3": "Pond",
    }
    assert after["2"]["question"] == before["2"]["question"]


def test_own_words_that_go_with_a_quotation_are_told_by_name(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    with FaultServer() as server:
        link = f"<a href='{server.url('/questions/1')}'>this one</a>"
        quoting = ("Ash", f"I have read {link}.<br>Mine does so too.")
        pages = {
            "/questions/1": thread("Night", OWN, ANSWER),
            "/questions/2": thread("Pond", "It is green.", quoting),
        }
        put(server, pages)
        crawl(archive, site=QAPageSpider, base_url=server.url("/"))
        url = server.url("/questions/2")
    status, _, wrong = forget(archive, "127.0.0.1:1:en", "--reason", "x")
    assert (status, wrong.count("\n")) == (0, 1)
    assert url in wrong
    assert occurrences(archive, (WORD,)) == []


def test_a_card_shows_its_words_and_an_essay_anybodys(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    title = "Dry eyes since the spring came"
    keep(replace(SMALL, title=title, text=None, more_info="Look up from the page now and then."))
    card = SimilarQuestion(title=title, url=SMALL.url)
    showing = replace(CHINESE, source_id="13", similar=(card,))
    for other in (showing, replace(showing, similar=())):  # it is in a former version then
        keep(other)
        phrases = identifying_phrases(connection, [SMALL.id], {SMALL.url})
        assert phrases == (title,)


def test_merged_words_that_only_the_other_archive_has_read_of_the_page_go_too(
    tmp_path: Path,
) -> None:
    early, later, into = (tmp_path / name for name in ("early", "later", "into"))
    line = "My Zeisig sings from a hedge in the morning"
    with FaultServer() as server:
        for path, html in PAGES.items():
            server.play(path, [reply(200, body=html.encode())])
        crawl(early, base_url=server.url("/"))
        server.play("/q/1", [reply(200, body=f"<h1>One {WORD}</h1><p>{line}</p>".encode())])
        server.play("/", [reply(200, body=f"{PAGES['/']}<p>{line}</p>".encode())])
        crawl(later, base_url=server.url("/"))
    assert forget(early, "toy:1:en", "--reason", "x")[0] == 0
    merge((early, later), into, {"toy": Toy}, lambda _: None)
    assert occurrences(into, ("Zeisig",)) == []
