import gzip
import zlib
from typing import NoReturn

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse

from scraper.politeness import errors
from scraper.politeness.body import BodyMiddleware
from scraper.politeness.encoding import MAX_MEMBERS, combined, content_codings, undo
from tests.faults import plays

TEXT = "疱疹 herpes\n".encode() * 500
LIMIT = 1 << 20


@pytest.mark.parametrize(
    ("values", "codings"),
    [
        ([], []),
        ([b""], []),
        ([b"identity"], []),
        ([b"gzip"], ["gzip"]),
        ([b" GZip ,, deflate"], ["gzip", "deflate"]),
        ([b"deflate", b"gzip"], ["deflate", "gzip"]),
        ([b"\xff"], ["ÿ"]),
    ],
)
def test_codings_are_read_from_all_headers(values: list[bytes], codings: list[str]) -> None:
    assert content_codings(combined(values)) == codings


def test_no_coding_leaves_the_body_alone() -> None:
    assert undo(TEXT, [], LIMIT) == TEXT


@pytest.mark.parametrize("body", [b"", b"a", TEXT, bytes(LIMIT)])
def test_what_was_encoded_is_decoded(body: bytes) -> None:
    assert undo(gzip.compress(body), ["gzip"], LIMIT) == body
    assert undo(zlib.compress(body), ["deflate"], LIMIT) == body
    assert undo(plays.raw_deflate(body), ["deflate"], LIMIT) == body
    assert undo(gzip.compress(zlib.compress(body)), ["deflate", "x-gzip"], LIMIT) == body


@pytest.mark.parametrize("codings", [["none"], ["utf-8"], ["utf-8", "none"], ["br"]])
def test_text_is_read_whatever_coding_it_claims(codings: list[str]) -> None:
    assert undo(TEXT, codings, LIMIT) == TEXT
    assert undo(gzip.compress(TEXT), [*codings, "gzip"], LIMIT) == TEXT


@pytest.mark.parametrize(
    "packed", [gzip.compress(TEXT), zlib.compress(TEXT), plays.raw_deflate(TEXT)]
)
def test_every_cut_is_seen(packed: bytes) -> None:
    coding = "gzip" if packed.startswith(b"\x1f\x8b") else "deflate"
    for end in range(len(packed)):
        with pytest.raises(errors.BodyCutError):
            undo(packed[:end], [coding], LIMIT)


def test_every_changed_byte_of_a_gzip_trailer_is_seen() -> None:
    packed = gzip.compress(TEXT)
    for position in range(len(packed) - 8, len(packed)):
        changed = bytearray(packed)
        changed[position] ^= 1
        with pytest.raises(errors.BodyCorruptError):
            undo(bytes(changed), ["gzip"], LIMIT)


def test_unknown_flags_of_a_gzip_header_are_seen() -> None:
    packed = bytearray(gzip.compress(TEXT))
    packed[3] |= 0x80
    with pytest.raises(errors.BodyCorruptError, match="unknown header flags"):
        undo(bytes(packed), ["gzip"], LIMIT)


def test_one_byte_above_the_limit_is_too_big() -> None:
    packed = gzip.compress(bytes(LIMIT + 1))
    with pytest.raises(errors.BodyTooBigError):
        undo(packed, ["gzip"], LIMIT)
    assert len(undo(packed, ["gzip"], LIMIT + 1)) == LIMIT + 1


def test_members_share_one_limit() -> None:
    member = gzip.compress(bytes(LIMIT // 2 + 1))
    with pytest.raises(errors.BodyTooBigError):
        undo(member * 2, ["gzip"], LIMIT)


def test_a_stream_of_countless_members_is_given_up() -> None:
    with pytest.raises(errors.BodyCorruptError):
        undo(gzip.compress(b"") * (MAX_MEMBERS + 1), ["gzip"], LIMIT)


@pytest.mark.parametrize("codings", [["br"], ["zstd"], ["gzip", "br"], ["utf-8"], ["gzip"] * 4])
def test_an_encoding_that_was_not_offered_is_unknown(codings: list[str]) -> None:
    with pytest.raises(errors.EncodingUnknownError):
        undo(gzip.compress(TEXT), codings, LIMIT)


@pytest.mark.parametrize("rest", [b"x", gzip.compress(b"b")[:-1], b"\r\n<!-- cached -->"])
def test_garbage_behind_a_stream_is_no_sound_body(rest: bytes) -> None:
    for coding, packed in (("gzip", gzip.compress(TEXT)), ("deflate", zlib.compress(TEXT))):
        with pytest.raises(errors.BodyError):
            undo(packed + rest, [coding], LIMIT)


def gzipped(status: int, body: bytes) -> Response:
    headers = {"Content-Encoding": "gzip", "Content-Type": "text/html"}
    return Response("http://a.example/", status=status, headers=headers, body=body)


def test_decoding_keeps_headers_and_never_guesses_a_charset(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def guess(*_: object) -> NoReturn:
        raise AssertionError("the charset guesser was run")

    monkeypatch.setattr(TextResponse, "_auto_detect_fun", guess)
    request = Request("http://a.example/")
    packed = gzip.compress("病".encode("big5") * 99)
    response = BodyMiddleware(LIMIT).process_response(request, gzipped(200, packed))
    assert isinstance(response, HtmlResponse)
    assert response.body == "病".encode("big5") * 99
    assert response.headers["Content-Encoding"] == b"gzip"
    assert request.meta["raw_body"] == packed


def test_a_compressed_body_that_never_came_is_cut_unless_none_was_due() -> None:
    middleware = BodyMiddleware(LIMIT)
    request = Request("http://a.example/")
    with pytest.raises(errors.BodyCutError):
        middleware.process_response(request, gzipped(200, b""))
    assert middleware.process_response(request, gzipped(302, b"")).body == b""
    assert middleware.process_response(request, gzipped(304, b"")).flags == []


def test_a_refused_body_carries_its_response() -> None:
    response = gzipped(200, b"no gzip")
    with pytest.raises(errors.BodyCorruptError) as refused:
        BodyMiddleware(LIMIT).process_response(Request("http://a.example/"), response)
    assert refused.value.response is response
