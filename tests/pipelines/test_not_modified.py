"""A 304 says nothing of a page that is not held, and replaces no headers."""

from collections.abc import Sequence

import pytest

from pipelines.reextract import reextract
from tests.crawling import Toy
from tests.faults.plays import reply
from tests.faults.server import Behaviour, Exchange
from tests.pipelines.bad_nights import Nights, links, nights

__all__ = ["nights"]
BODY = b"<h1>Sore knee</h1><p>It hurts.</p>"
LONG_AGO = "Mon, 01 Dec 2025 00:00:00 GMT"


def conditional(
    whole: Sequence[tuple[str, str]],
    unchanged: Sequence[tuple[str, str]] = (),
    body: bytes = BODY,
) -> Behaviour:
    """304 to any condition, else the page."""

    def play(exchange: Exchange) -> None:
        asked = exchange.server.log[-1].raw.lower()
        if b"\r\nif-" in asked:
            reply(304, unchanged)(exchange)
        else:
            reply(200, whole, body)(exchange)

    return play


def test_a_304_that_nobody_asked_for_is_a_problem_and_asked_again_whole(nights: Nights) -> None:
    nights.site.play("/", [links("/q/0")])
    nights.site.play("/q/0", [reply(304, [("ETag", '"z"')]), conditional([("ETag", '"z"')])])
    assert nights.night(1) == 1
    assert nights.states() == {"0": "problem"}
    problem = "SELECT code FROM problems WHERE solved_in IS NULL"
    assert nights.rows(problem) == [("unasked-304",)]
    nights.assert_rebuilt()
    assert nights.night(2) == 0
    assert nights.states() == {"0": "fetched"}
    assert nights.rows("SELECT title FROM questions") == [("Sore knee",)]
    assert nights.rows(problem) == []


def test_a_home_page_that_is_not_modified_at_first_is_no_success(nights: Nights) -> None:
    nights.down(reply(304))
    assert nights.night(1) == 1


def test_a_304_leaves_the_validators(nights: Nights) -> None:
    nights.site.play("/", [links("/q/0")])
    nights.site.play("/q/0", [conditional([("Last-Modified", LONG_AGO), ("ETag", '"a"')])])
    held = "SELECT etag, last_modified FROM urls WHERE url LIKE '%/q/0'"
    nights.night(1)
    for day in (2, 3):
        assert nights.night(day, revisit="all") == 0
        assert nights.states() == {"0": "unchanged"}
        assert nights.rows(held) == [('"a"', LONG_AGO)]
    whole = [("Last-Modified", LONG_AGO)]
    nights.site.play("/q/0", [conditional(whole, [("ETag", '"b"')])])
    nights.night(4, revisit="all")
    assert nights.rows(held) == [('"a"', LONG_AGO)]
    nights.assert_rebuilt()
    nights.site.play("/q/0", [reply(200, body=BODY)])
    nights.night(5, revisit="all")
    assert nights.rows(held) == [(None, None)]


def test_a_304_that_names_another_version_hides_no_edit(nights: Nights) -> None:
    def tagged(etag: str, body: bytes) -> Behaviour:
        def play(exchange: Exchange) -> None:
            is_held = exchange.server.log[-1].headers.get("if-none-match") == etag
            reply(304 if is_held else 200, [("ETag", etag)], b"" if is_held else body)(exchange)

        return play

    nights.site.play("/", [links("/q/0")])
    lie = reply(304, [("ETag", '"2"')])
    edited = tagged('"2"', BODY + b"<li>Rest it.</li>")
    nights.site.play("/q/0", [tagged('"1"', BODY), lie, edited])
    for day in (1, 2, 3):
        assert nights.night(day, revisit="all") == 0
    assert nights.rows("SELECT text FROM replies") == [("Rest it.",)]


def test_an_etag_that_stands_for_any_page_is_not_sent(nights: Nights) -> None:
    nights.site.play("/", [links("/q/0")])
    nights.site.play("/q/0", [reply(200, [("ETag", "*")], BODY)])
    for day in (1, 2):
        assert nights.night(day, revisit="all") == 0
    (seen,) = [seen for seen in nights.site.log if seen.path == "/q/0"]
    assert "if-none-match" not in seen.headers


def test_a_validator_that_no_server_would_take_back_is_not_sent(nights: Nights) -> None:
    nights.site.play("/", [links("/q/0")])
    nights.site.play("/q/0", [conditional([("Last-Modified", LONG_AGO), ("ETag", 4_000 * "a")])])
    nights.night(1)
    assert nights.night(2, revisit="all") == 0
    (seen,) = [seen for seen in nights.site.log if seen.path == "/q/0"]
    assert seen.headers["if-modified-since"] == LONG_AGO
    assert "if-none-match" not in seen.headers


@pytest.mark.parametrize("etag", ['"1f-gzip"', 'W/"1f-br"'])
def test_a_server_that_forgets_how_it_marked_what_it_compressed_is_understood(
    nights: Nights, etag: str
) -> None:
    def play(exchange: Exchange) -> None:
        asked = exchange.server.log[-1].headers.get("if-none-match", "").split(", ")
        unchanged = etag.rpartition("-")[0] + '"' in asked
        reply(304 if unchanged else 200, [("ETag", etag)], b"" if unchanged else BODY)(exchange)

    nights.site.play("/", [links("/q/0")])
    nights.site.play("/q/0", [play])
    for day in (1, 2, 3):
        assert nights.night(day, revisit="all") == 0
    statuses = nights.rows("SELECT status FROM captures WHERE url LIKE '%/q/0' ORDER BY id")
    assert statuses == [(200,), (304,), (304,)]


def test_a_validator_that_never_changes_hides_nothing_for_ever(nights: Nights) -> None:
    def serve(answer: str, *paths: str) -> None:
        anchors = "".join(f'<a href="{path}">' for path in paths)
        nights.site.play("/", [conditional(same, body=anchors.encode())])
        for path in paths:
            body = f"<h1>Sore knee</h1><p>It hurts.</p><li>{answer}</li>"
            nights.site.play(path, [conditional(same, body=body.encode())])

    same = [("ETag", '"same"')]
    serve("Rest it.", "/q/0")
    nights.night(1)
    serve("See a doctor.", "/q/0", "/q/1")
    held = []
    for day in (7, 8, 91):
        nights.assert_rebuilt()
        assert nights.night(day, revisit="all") == 0
        held.append(nights.rows("SELECT text FROM replies ORDER BY question_id"))
    rest, doctor = ("Rest it.",), ("See a doctor.",)
    assert held == [[rest], [rest, doctor], [doctor, doctor]]


def test_a_304_to_the_request_for_a_whole_question_is_a_problem(nights: Nights) -> None:
    nights.site.play("/", [links("/q/0", "/q/1"), reply(304)])
    nights.night(1)
    nights.site.play("/q/0", [reply(304)])
    assert nights.night(2, revisit="all") == 1
    assert nights.states() == {"0": "problem", "1": "unchanged"}
    problem = "SELECT code FROM problems WHERE solved_in IS NULL"
    assert nights.rows(problem) == [("unasked-304",)]
    nights.assert_rebuilt()


def test_the_same_bytes_in_another_charset_are_another_page(nights: Nights) -> None:
    body = "<h1>Proč mě bolí koleno?</h1><p>For three days.</p>".encode("iso8859_2")
    nights.site.play("/", [links("/q/0")])
    wrong, right = "Proè mì bolí koleno?", "Proč mě bolí koleno?"
    for day, charset, state, title in [
        (1, "iso-8859-1", "fetched", wrong),
        (2, "iso-8859-2", "fetched", right),
        (3, "ISO-8859-2;v=1", "unchanged", right),
    ]:
        kind = f"text/html; charset={charset}"
        nights.site.play("/q/0", [reply(200, body=body, kind=kind)])
        nights.night(day, revisit="all")
        assert nights.states() == {"0": state}
        assert nights.rows("SELECT title FROM questions") == [(title,)]
    nights.assert_rebuilt()
    reextract(nights.archive, {"toy": Toy}, 1, lambda _: None)
    assert nights.rows("SELECT cause FROM question_versions") == [("new",), ("content",)]
