"""The words in a forgotten page's URL go where other URLs and names hold them."""

from pathlib import Path

from scraper.sites.adoctor import Adoctor
from scraper.sites.qapage import QAPageSpider
from tests.crawling import crawl
from tests.faults.server import FaultServer
from tests.forgetting.forums import article, links, put, thread, titles, urls
from tests.forgetting.searching import occurrences
from tests.forgetting.toys import forget

SLUG = "canary-sings-at-night"
OWN = thread("It sings, my canary!", "I wake since May.", ("Ash", "Cover it."))
STILL_TOLD = (
    f'<img src="/og/{SLUG}.png"><img srcset="/thumb/1-{SLUG}.jpg 2x"><h4 id="{SLUG}">x</h4>'
    f'<img src="/image?url=%2Fog%2F{SLUG}.png&amp;w=9"><a href="/tags/{SLUG}">t</a>'
    f'<script>var s={{"slug":"{SLUG}","image":"\\/og\\/{SLUG}.png"}}</script>'
)
FIRST_TOLD = f'<div class="card post-{SLUG}"><img src="/og/{SLUG}-big.png"></div>'


def test_they_go_and_do_not_come_back(tmp_path: Path, server: FaultServer) -> None:
    archive = tmp_path / "a"
    pond = "/questions/2/why-is-the-pond-so-green"
    pages = {
        f"/questions/1/{SLUG}": OWN,
        f"/tags/{SLUG}": f"<p><a href='{pond}'>Pond</a></p>",
        pond: thread("Pond", "It is green.", ("Elm", "Wait."), html=STILL_TOLD + FIRST_TOLD),
    }
    put(server, pages)
    crawl(archive, site=QAPageSpider, base_url=server.url("/"))
    assert f"/tags/{SLUG}" in urls(archive, server)
    assert forget(archive, "127.0.0.1:1:en", "--reason", "x")[0] == 0
    assert occurrences(archive, (SLUG,)) == []
    assert titles(archive) == ["Pond"]
    put(server, pages | {pond: pages[pond].replace(FIRST_TOLD, "")})
    crawl(archive, site=QAPageSpider, base_url=server.url("/"), revisit="all")
    assert occurrences(archive, (SLUG,)) == []
    assert titles(archive) == ["Pond"]
    later = thread("Well", "Dry.", ("Elm", "Dig."), html=STILL_TOLD)
    put(server, pages | {f"/questions/3/{SLUG}": later, f"/t/{SLUG}/4": later})
    crawl(archive, site=QAPageSpider, base_url=server.url("/"), revisit="all")
    assert titles(archive) == ["Pond", "Well", "Well"]


def test_what_other_questions_or_folders_are_named_by_stays(tmp_path: Path) -> None:
    archive, folder = tmp_path / "a", "/animals-and-their-owners"
    later = f"/questions/3/{SLUG}"
    shown = f'<a href="{folder}">all</a><img src="/og/{SLUG}.png">'
    pages = {
        f"{folder}/questions/1/{SLUG}": OWN,
        f"/questions/2/{SLUG}-and-by-day": thread("Pond", "Green.", ("Elm", "Wait."), html=shown),
        folder: "<p>All animals.</p>",
    }
    with FaultServer() as server:
        put(server, pages)
        crawl(archive, site=QAPageSpider, base_url=server.url("/"))
        assert forget(archive, "127.0.0.1:1:en", "--reason", "x")[0] == 0
        assert occurrences(archive, (f"{SLUG}.png",)) != []
        assert folder in urls(archive, server)
        put(server, pages | {later: thread("Well", "Dry.", ("Elm", "Dig."))})
        crawl(archive, site=QAPageSpider, base_url=server.url("/"), revisit="all")
        assert titles(archive) == ["Pond", "Well"]


def test_a_page_that_a_title_or_a_line_names_is_not_about_it(tmp_path: Path) -> None:
    archive, home, topic = tmp_path / "a", "/ask-a-doctor-near-you/", "topics/gastric-acid-reflux"
    pages = {
        home: links(f"{home}article/1", f"{home}{topic}"),
        f"{home}{topic}": links(f"{home}article/2"),
        f"{home}article/1": article("Gastric acid reflux", "Ask a doctor near you!"),
        f"{home}article/2": article("Pond", "It is green."),
    }
    with FaultServer() as server:
        put(server, pages)
        crawl(archive, site=Adoctor, base_url=server.url(home))
        assert forget(archive, "adoctor:1:en", "--reason", "x")[0] == 0
        later = {f"{home}{topic}": links(f"{home}article/2", f"{home}article/3")}
        put(server, later | {f"{home}article/3": article("Well", "It is dry.")})
        crawl(archive, site=Adoctor, base_url=server.url(home), revisit="all")
        assert titles(archive) == ["Pond", "Well"]
