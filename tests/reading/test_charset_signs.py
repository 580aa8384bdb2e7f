"""HAZARDS "charset": a few signs are no Chinese, and a few Chinese words are."""

import re

import pytest

from scraper.reading.charset import decode

SIGNS = [
    "37.9 °C", "98 °F", "37 °C, 38 °C and 39 °C", "See §A", "£a", "My fiancée", "élève",
    "Señor Niño", "Les élèves de Zoë", "——————", "5½ days, ±2 µg", "Ärzte",
]  # fmt: skip


@pytest.mark.parametrize("text", SIGNS)
@pytest.mark.parametrize("meta", ["", '<meta charset="utf-8">'])
def test_a_few_western_signs_without_a_true_label(text: str, meta: str) -> None:
    page = f'<html lang="en">{meta}<p>{text}</p><p>It is sore.</p>'

    assert decode(page.encode("cp1252"), None, "utf-8").text == page


@pytest.mark.parametrize("text", SIGNS)
def test_western_signs_in_a_page_with_chinese_in_utf_8(text: str) -> None:
    body = b"<p>" + text.encode("cp1252") + "</p><a>繁體中文</a>".encode()

    read = decode(body, None, "utf-8")

    assert read.replaced > 0
    assert re.findall("[\u4e00-\u9fff]+", read.text) == ["繁體中文"]


@pytest.mark.parametrize(
    "text", ["頭暈", "我 5 天前發燒 38 度", "<b>我</b><b>頭</b><b>暈</b>", "A 型肝炎"]
)
@pytest.mark.parametrize("codec", ["big5", "gbk"])
def test_a_few_chinese_words_without_a_label(text: str, codec: str) -> None:
    page = f'<html lang="en"><p>{text}</p><p>It is sore.</p>'

    assert decode(page.encode(codec), None, "utf-8").text == page


@pytest.mark.parametrize(
    "text", ["I had 38℃", "Pain：high，fever", "I take 「Foo」", "Pain → fever", "I took 藥"]
)
def test_a_few_chinese_signs_without_a_label(text: str) -> None:
    page = f'<html lang="en"><p>{text}</p><p>It is sore.</p>'

    assert decode(page.encode("big5hkscs"), None, "utf-8").text == page
