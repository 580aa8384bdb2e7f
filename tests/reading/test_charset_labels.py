"""Charsets by the names that browsers know them by."""

import pytest

from scraper.reading.charset import decode
from tests.reading.test_charset import SCRIPTS, html


@pytest.mark.parametrize(
    ("label", "codec", "script"),
    [
        ("x-cp1251", "cp1251", "Russian"),
        ("KOI", "koi8-r", "Russian"),
        ("x-mac-cyrillic", "mac-cyrillic", "Russian"),
        ("dos-874", "cp874", "Thai"),
        ("sun_eu_greek", "iso8859-7", "Greek"),
        ("logical", "iso8859-8", "Hebrew"),
        ("x-euc-jp", "euc_jp", "Japanese"),
    ],
)
def test_labels_that_browsers_know(label: str, codec: str, script: str) -> None:
    body = html(label) + SCRIPTS[script].encode(codec)

    assert decode(body, None, "utf-8").text.endswith(SCRIPTS[script])
    assert decode(body, f"text/html; charset={label}", "utf-8").text.endswith(SCRIPTS[script])
