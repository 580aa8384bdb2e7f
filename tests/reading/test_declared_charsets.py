"""HAZARDS "charset": what is declared by right, late, or by a name that only browsers know."""

import pytest

from scraper.reading.charset import decode
from tests.reading.test_charset import KOREAN, SCRIPTS, TEXT

RUSSIAN = SCRIPTS["Russian"]


@pytest.mark.parametrize("amid", ["㈜한국", "500㎎", "ㅠㅠ", "й"])
@pytest.mark.parametrize("text", ["두통이 심합니다", KOREAN])
def test_declared_korean_is_no_chinese(amid: str, text: str) -> None:
    page = f"<p>{text}</p><p>{amid}</p>"

    assert decode(page.encode("cp949"), "text/html; charset=euc-kr", "utf-8").text == page


def test_korean_with_a_pair_without_meaning() -> None:
    body = KOREAN.encode("cp949") + b"<p>\xc9\xb0"

    for said in (None, "text/html; charset=euc-kr", "text/html; charset=utf-8"):
        assert decode(body, said, "utf-8").text.startswith(f"{KOREAN}<p>\ufffd")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_a_cut_page_in_utf_16(codec: str) -> None:
    page = f"<p>{TEXT}</p>\n" * 3

    read = decode(page.encode(codec) + b"\0", f"text/html; charset={codec}", "utf-8")

    assert read.text == page + "\ufffd"


@pytest.mark.parametrize(
    ("label", "codec"),
    [("x-mac-cyrillic", "mac_cyrillic"), ("x-cp1251", "cp1251"), ("koi8", "koi8-r")],
)
def test_labels_that_only_browsers_know(label: str, codec: str) -> None:
    body = f"<p>{RUSSIAN}</p>".encode(codec)

    assert RUSSIAN in decode(body, f"a/b; charset={label}", "utf-8").text
    assert RUSSIAN in decode(f"<meta charset={label}>".encode() + body, None, "utf-8").text


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<script>'<body>'" + "x" * 9_000 + "</script><meta charset=windows-1251>", True),
        ("<!--" + "x" * 9_000 + "<meta charset=gbk>--><META name=a charset=windows-1251>", True),
        ("x" * 9_000 + "<body><meta charset=windows-1251>", False),
    ],
)
def test_a_declaration_behind_long_scripts(head: str, *, expected: bool) -> None:
    body = f"{head}<p>{RUSSIAN}</p>".encode("cp1251")

    assert (RUSSIAN in decode(body, None, "utf-8").text) == expected
