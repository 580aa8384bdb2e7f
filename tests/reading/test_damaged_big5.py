"""HAZARDS "charset": bytes of Big5 that mean nothing."""

import pytest

from scraper.reading.charset import decode
from tests.growth import growth
from tests.reading.test_charset import BIG5, TEXT


@pytest.mark.parametrize("pair", [b"\x81\xa4", b"\xc8\xa5"])
def test_a_pair_without_meaning_does_not_shift_what_follows(pair: bytes) -> None:
    read = decode(BIG5 + pair + BIG5, "text/html; charset=big5", "utf-8")

    assert read.text == f"{TEXT}\ufffd{TEXT}"
    assert read.replaced == 1


def test_many_bytes_without_meaning() -> None:
    def decoded(count: int) -> int:
        return decode(BIG5 * (count // 10) + b"\x80" * count, None, "big5hkscs").replaced

    assert decoded(10_000) == 10_000
    assert growth(decoded, 2_000) < 3


def test_a_cut_word_in_utf_8_amid_big5() -> None:
    body = (BIG5 + b"<p>") * 3 + "設定區段的位置".encode()[:-2] + b"..."

    assert decode(body, None, "big5hkscs").text == f"{TEXT}<p>" * 3 + "設定區段的位\ufffd..."
