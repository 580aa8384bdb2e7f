"""A quotation counts whether its accents are in their letters or signs of their own."""

import json
from typing import Literal
from unicodedata import normalize
from urllib.parse import quote

import pytest

from tests.redaction.quoting import forgotten, html, redacted


@pytest.mark.parametrize("known", ["NFC", "NFD"])
@pytest.mark.parametrize("quoted", ["NFC", "NFD"])
@pytest.mark.parametrize(
    "text",
    [
        "Bàn tay trái của tôi bị tê từ mùa hè tới",
        "왼손이 저리고 피아노를 칠 수가 없습니다",
        "ピアノをひくとギターより指がしびれ",
    ],
)
def test_accents_are_quoted_in_their_letters_or_as_signs(
    text: str, quoted: Literal["NFC", "NFD"], known: Literal["NFC", "NFD"]
) -> None:
    line, slug = normalize(quoted, text), quote(normalize(quoted, text.replace(" ", "-")))
    page = f"<p>{line}</p><b data-t='{json.dumps(line)}'>Stays.</b>"
    left = html("<p>[removed]</p><b data-t='[removed]'>Stays.</b>").encode()
    text = normalize(known, text)
    assert redacted(html(page), forgotten(text=text)) == left
    assert redacted(html(page), forgotten(phrases=(text,))) == left
    named = redacted(html(f'<img src="/og/7-{slug}.png">'), forgotten(phrases=(text,)))
    assert named == html('<img src="about:blank">').encode()


def test_the_accent_of_an_excerpts_last_letter_may_be_cut_off() -> None:
    text = "Depuis des semaines mon genou droit est gonflé et chaud"
    cut, _, _ = normalize("NFD", text).partition("\u0301")
    left = redacted(html(f"<p>{cut}...</p>"), forgotten(phrases=(text,)))
    assert left == html("<p>[removed]</p>").encode()
