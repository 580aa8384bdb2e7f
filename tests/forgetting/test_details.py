"""What details of problems say of a forgotten page goes, escaped or cut."""

from pathlib import Path
from urllib.parse import quote

import pytest

from scraper.reading.redaction.checking import ends_in_phrase
from scraper.reading.redaction.matching import Forgotten
from scraper.sites.adoctor import Adoctor
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import links, reply
from tests.faults.server import FaultServer
from tests.forgetting.forums import article, put
from tests.forgetting.toys import PAGES, WORD, assert_gone, forget


def test_words_go_from_where_redirects_led(tmp_path: Path, server: FaultServer) -> None:
    archive, line = tmp_path / "a", f"My {WORD} sings at night"
    there, quoted = "https://elsewhere.example", quote(line)
    targets = [
        f"{there}/x?text={quoted}", f"{there}/x?text={line.replace(' ', '+')}",
        f"{there}/?text={quote(quoted)}",
        f"{there}/{quoted}", f"{there}/x#{quoted}", f"{there}/?t=Look%3A%20{quoted}",
        f"{there}/?t={'x' * 424}Look%3A%20{quoted}",  # of which 500 characters are kept
    ]  # fmt: skip
    pages = [f"/q/{number}" for number in range(3, 3 + len(targets))]
    server.play("/", [reply(200, body=links("/q/1", "/q/2", *pages))])
    for path in ("/q/1", "/q/2"):
        server.play(path, [reply(200, body=PAGES[path].encode())])
    for path, target in zip(pages, targets, strict=True):
        server.play(path, [reply(302, [("Location", target)])])
    crawl(archive, base_url=server.url("/"))
    details = rows(archive, "SELECT detail FROM problems")
    assert sum(WORD in detail for (detail,) in details) == len(targets)
    assert forget(archive, "toy:1:en", "--reason", "x")[0] == 0
    assert_gone(archive)
    for path in pages[-4:]:  # in a path or beside others, words are known only to the forget
        server.play(path, [reply(302, [("Location", there)])])
    crawl(archive, base_url=server.url("/"), revisit="all")
    assert_gone(archive)


def test_words_go_from_details_that_were_cut(tmp_path: Path, server: FaultServer) -> None:
    archive = tmp_path / "a"
    line = f"My {WORD} sings at night, and I wake each time, whatever I do, since it came in May."
    pages = {
        "/article/1": article("Sleep", line),
        "/article/2": article("Pond", "It is green."),
        "/article/3": f"<html><p>News of today: {line}</p><p>And more.</p></html>",
    }
    put(server, pages)
    crawl(archive, site=Adoctor, base_url=server.url("/"))
    ((detail,),) = rows(archive, "SELECT detail FROM problems")
    assert detail.endswith(f"News of today: {line}"[:100] + "…")
    assert forget(archive, "adoctor:1:en", "--reason", "x")[0] == 0
    assert_gone(archive)
    assert rows(archive, "SELECT detail FROM problems") == [("[removed]",)]


def test_of_a_cut_detail_no_more_is_left_out_than_half_an_escape() -> None:
    english, chinese = "Hello doctor, I ask about my canary & me", "醫師您好，我的金絲雀晚上唱歌"
    forgotten = Forgotten(None, (english, chinese))
    coded = quote(chinese)
    cuts = [f"to /?t={text[:-lost]}…" for text in (coded, quote(coded)) for lost in range(1, 30)]
    assert all(ends_in_phrase(cut, forgotten) for cut in cuts)
    assert ends_in_phrase("It begins: Hello doctor, I ask about my canary &am…", forgotten)
    accented = Forgotten(None, ("Bonjour docteur, je suis né en mai",))
    assert ends_in_phrase("It begins: Bonjour docteur, je suis ne…", accented)
    assert not ends_in_phrase("It begins: Hello doctor, I ask about Lee; and…", forgotten)


@pytest.mark.parametrize("given", ["2", "toy:2"])
def test_a_mistyped_id_is_told_what_may_be_meant(archive: Path, given: str) -> None:
    status, _, wrong = forget(archive, given, "--reason", "x")
    told = f"qarchive: the archive knows no {given}: did you mean toy:2:en?\n"
    assert (status, wrong) == (2, told)
