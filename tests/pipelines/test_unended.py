"""A page that stops in its middle, though its framing says that it is whole."""

import gzip
from pathlib import Path

import pytest

from pipelines.merge import merge
from pipelines.reextract import reextract
from tests.crawling import Toy
from tests.faults.plays import reply
from tests.faults.server import Behaviour, FaultServer
from tests.pipelines.bad_nights import Nights, links, nights

__all__ = ["nights"]
WHOLE = b"<html><h1>Knee</h1><p>It hurts.</p><li>Rest it.</li><li>Or not.</li></html>"
CUT = WHOLE.partition(b"<li>Or")[0]
UNENDED = WHOLE.removesuffix(b"</html>")
SITES = {"toy": Toy}


def whole(body: bytes) -> Behaviour:
    return reply(200, body=body)


def said(nights: Nights) -> tuple[str, list[str], list[str]]:
    """The page's state, its open problems, and the replies that are held."""
    codes = nights.rows("SELECT code FROM problems WHERE solved_in IS NULL")
    replies = nights.rows("SELECT text FROM replies ORDER BY position")
    return nights.states()["0"], [row[0] for row in codes], [row[0] for row in replies]


def read(nights: Nights, *plays: Behaviour) -> None:
    """The page as it is night after night."""
    nights.site.play("/", [links("/q/0")])
    for day, play in enumerate(plays, 1):
        nights.site.play("/q/0", [play])
        nights.night(day, revisit="all")


def test_a_cut_page_takes_no_records_place(nights: Nights, tmp_path: Path) -> None:
    kept = ("problem", ["body-cut"], ["Rest it.", "Or not."])
    read(nights, whole(WHOLE), whole(CUT), whole(CUT + b"<li>Or n"))
    assert said(nights) == kept
    nights.site.play("/q/0", [reply(200, [("Content-Encoding", "gzip")], gzip.compress(CUT))])
    nights.night(4, revisit="all")
    assert said(nights) == kept
    nights.assert_rebuilt()
    reextract(nights.archive, SITES, 1, lambda _: None)
    assert said(nights) == kept
    merge([nights.archive], tmp_path / "merged", SITES, lambda _: None)
    nights.archive = tmp_path / "merged"
    assert said(nights) == kept
    nights.site.play("/q/0", [whole(WHOLE)])
    nights.night(5, revisit="all")
    assert said(nights) == ("unchanged", [], ["Rest it.", "Or not."])
    assert nights.rows("SELECT cause FROM question_versions") == [("new",)]


def test_a_machine_that_saw_only_the_cut_page_takes_no_records_place(
    nights: Nights, tmp_path: Path
) -> None:
    read(nights, whole(WHOLE))
    first, nights.archive = nights.archive, tmp_path / "b"
    nights.site.play("/q/0", [whole(CUT)])
    nights.night(2)
    nights.night(3, revisit="all")
    assert said(nights) == ("unchanged", [], ["Rest it."])
    nights.assert_rebuilt()
    merge([first, nights.archive], tmp_path / "both", SITES, lambda _: None)
    nights.archive = tmp_path / "both"
    assert said(nights) == ("problem", ["body-cut"], ["Rest it.", "Or not."])
    nights.assert_rebuilt()


@pytest.mark.parametrize(
    "now",
    [
        CUT + b"<li>Or no\xef\xbf\xbd</li>",
        CUT + b"<li>Or <b>Fatal error</b>: Maximum execution time exceeded</li>",
        UNENDED + b"<li>Take it, but never</li>",  # a new reply
    ],
)
def test_a_cut_page_need_not_be_shorter(nights: Nights, now: bytes) -> None:
    read(nights, whole(WHOLE), whole(now))
    assert said(nights) == ("problem", ["body-cut"], ["Rest it.", "Or not."])


def test_a_cut_page_takes_no_records_place_from_a_new_address(nights: Nights) -> None:
    read(nights, whole(WHOLE))
    with FaultServer() as nights.site:
        nights.site.play("/", [links("/q/0")])
        nights.site.play("/q/0", [whole(CUT)])
        nights.night(2)
        assert said(nights) == ("problem", ["body-cut"], ["Rest it.", "Or not."])
        nights.assert_rebuilt()
        nights.site.play("/q/0", [whole(UNENDED)])
        nights.night(3, revisit="all")
        assert said(nights) == ("fetched", [], ["Rest it.", "Or not."])
    assert nights.rows("SELECT cause FROM question_versions") == [("new",)]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (UNENDED, CUT),  # a site that writes no ends
        (WHOLE, UNENDED),
        (WHOLE, CUT + b"</HTML>\n<!-- cached -->"),
        (WHOLE, CUT + b"</body><script>" + b"x=1;" * 1_100 + b"</script>"),
        (WHOLE, (CUT + b"</html>").decode().encode("utf-16")),
    ],
)
def test_what_may_be_whole_is_read(nights: Nights, before: bytes, now: bytes) -> None:
    read(nights, whole(before), whole(now))
    assert said(nights)[:2] == ("fetched", [])


def test_what_stops_so_for_a_month_is_how_the_site_is(nights: Nights) -> None:
    read(nights, whole(WHOLE), whole(CUT))
    nights.night(31, revisit="all")
    assert said(nights) == ("problem", ["body-cut"], ["Rest it.", "Or not."])
    nights.night(32, revisit="all")
    assert said(nights) == ("fetched", [], ["Rest it."])
    nights.assert_rebuilt()


def test_the_month_is_one_of_cuts_that_say_the_same(nights: Nights) -> None:
    read(nights, whole(WHOLE), reply(404))
    kept = ("problem", ["body-cut"], ["Rest it.", "Or not."])
    for day, now in ((40, CUT), (71, CUT + b"<li>Or n</li>")):
        nights.site.play("/q/0", [whole(now)])
        nights.night(day, revisit="all")
        assert said(nights) == kept
    nights.night(72, revisit="all")
    assert said(nights) == ("fetched", [], ["Rest it.", "Or n"])
    nights.assert_rebuilt()
