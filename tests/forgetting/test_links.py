"""Links in an archive: what they lead to is taken down as well, or it is refused or told."""

import shutil
from pathlib import Path

import pytest

from pipelines.layout import DATABASE
from scraper.sites.adoctor import Adoctor
from scraper.sites.qapage import QAPageSpider
from tests.crawling import crawl
from tests.database import rows
from tests.disks import disk
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.forgetting.forums import article, put, thread, titles
from tests.forgetting.searching import occurrences
from tests.forgetting.toys import WORD, assert_gone, forget, killed_at
from tests.stages import typed

ID = ("toy:1:en", "--reason", "x")


def test_what_an_export_links_to_is_replaced(archive: Path, tmp_path: Path) -> None:
    typed("export", "csv", "--archive", archive)
    exports = {path.name: path for path in (archive / "exports").iterdir()}
    with disk(tmp_path / "disk", "size=4m") as other:
        for name, path in exports.items():
            shutil.move(path, other / name)
            path.symlink_to(other / name)
        start = shutil.copytree(archive, tmp_path / "start", symlinks=True)
        disks = shutil.copytree(other, tmp_path / "disks")
        step = 4
        while killed_at(step, lambda: forget(archive, *ID)):
            status, _, told = forget(archive, *ID)
            assert (status, told) == (0, ""), step
            assert_gone(archive)
            assert occurrences(other, (WORD,)) == []
            assert all(path.is_symlink() for path in exports.values())
            assert {path.name for path in other.iterdir()} == exports.keys()
            shutil.rmtree(archive)
            shutil.copytree(start, archive, symlinks=True)
            shutil.copytree(disks, other, dirs_exist_ok=True)
            step += 9
        assert step > 40


@pytest.mark.parametrize("name", [DATABASE, "warc/000001-run000001.warc.gz"])
def test_a_link_to_a_file_that_would_stay_is_refused_before(
    archive: Path, tmp_path: Path, name: str
) -> None:
    there = (archive / name).rename(tmp_path / "there")
    (archive / name).symlink_to(there)
    repaired = typed("verify", "--repair", "--archive", archive)
    for status, told in (forget(archive, *ID)[::2], (repaired.returncode, repaired.stderr)):
        assert (status, told.count("\n")) == (3, 1)
        assert f"{name} is a link" in told
    assert (archive / name).is_symlink()
    there.rename(archive / name)
    assert forget(archive, *ID)[0] == 0
    assert_gone(archive)


def test_links_that_lead_out_are_named(archive: Path, tmp_path: Path) -> None:
    elsewhere = {
        "a.log": "crawl.log",
        "b.csv": "exports/csv/questions.csv",
        "logs": "logs",
        "off": "exports/questions.atom",
        "old": "exports/csv-as-of-20261122T090000Z",
    }
    typed("export", "csv", "--archive", archive)
    (archive / "exports/csv/questions.csv").unlink()
    for name, link in elsewhere.items():
        (archive / link).symlink_to(tmp_path / name)
    (archive / "own.log").write_text(f"My {WORD} sings at night\n", "utf-8")
    (archive / "latest.log").symlink_to(archive / "own.log")
    status, _, wrong = forget(archive, *ID)
    assert status == 0
    assert sorted(wrong.splitlines()) == [
        f"Not searched, look at it yourself: {tmp_path / name}" for name in sorted(elsewhere)
    ]
    assert (archive / "latest.log").read_text("utf-8") == "[removed]\n"


BIRD = "Kanarienvogel"


def test_a_link_on_a_page_of_another_site_goes(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    with FaultServer() as server, FaultServer() as elsewhere:
        put(server, {"/article/1": article("One", f"My {BIRD} sings.")})
        cited = f'<p>I asked <a href="{server.url("/article/1#a")}">of mine</a>, too.</p>'
        pond = thread("Pond", "It is green.", ("elm", "Wait."), html=cited)
        put(elsewhere, {"/questions/1": pond})
        crawl(archive, site=Adoctor, base_url=server.url("/"))
        crawl(archive, site=QAPageSpider, base_url=elsewhere.url("/"))
        assert forget(archive, server.url("/article/1"), "--reason", "x")[0] == 0
        assert occurrences(archive, (BIRD, "/article/1", "of mine")) == []
        crawl(archive, site=QAPageSpider, base_url=elsewhere.url("/"), revisit="all")
    assert occurrences(archive, (BIRD, "/article/1", "of mine")) == []
    assert titles(archive) == ["Pond"]


def test_a_number_in_a_header_is_no_link(tmp_path: Path, server: FaultServer) -> None:
    archive, other = tmp_path / "a", article("Two", "It is.").encode()
    taken = f"/article/{len(other)}"
    put(server, {taken: article("One", f"My {BIRD} sings."), "/article/2": ""})
    server.play("/article/2", [reply(200, [("Age", str(len(other)))], other)])
    crawl(archive, site=Adoctor, base_url=server.url("/"))
    assert forget(archive, server.url(taken), "--reason", "x")[0] == 0
    assert titles(archive) == ["Two"]
    marked = "SELECT url FROM captures WHERE redacted_at IS NOT NULL"
    assert rows(archive, marked) == [(server.url("/"),)]
