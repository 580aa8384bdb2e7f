"""Powers of ten keep their exponents, in whatever a page's texts are read from."""

import pytest

from scraper.reading.page import Page
from scraper.reading.sameness import normal, squeezed, squeezings, text_key
from scraper.reading.visible.blocks import html_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>WBC 6.5 x 10<sup>9</sup>/L</p>", "WBC 6.5 x 10⁹/L"),
        ("<p>x10<SUP class=e>-3</SUP>, 10<sup>&minus;12</sup>, 10<sup>+6</sup></p>",
         "x10⁻³, 10⁻¹², 10⁺⁶"),
        ("<p>約10<sup>12</sup>個</p>", "約10¹²個"),
        ("<p>110<sup>9</sup> 2,10<sup>3</sup> 2.10<sup>3</sup></p>", "1109 2,103 2.103"),
        ("<p>10<sup>th</sup> 10 <sup>3</sup> 10<sup>1234</sup> 10<sup></sup></p>",
         "10th 10 3 101234 10"),
        ("<p>m<sup>2</sup> He said so.<sup>3</sup> 10<sup><a href='#n'>4</a></sup></p>",
         "m2 He said so.3 104"),
        ("<h2>10<sup>9</sup></h2><p><a href='/5'>10<sup>9</sup></a></p>", "109\n109"),
    ],
)  # fmt: skip
def test_an_exponent_of_ten_is_raised_and_nothing_else(html: str, text: str) -> None:
    page = Page(url="https://pond.example/", body=html.encode())
    assert "\n".join(line.text for line in page.lines) == text
    assert html_text(html) == text


@pytest.mark.parametrize("same", [normal, squeezed, text_key])
def test_what_is_raised_is_the_same_as_where_it_is_not(same: object) -> None:
    assert callable(same)
    assert same("Count 10⁻¹² It\u2019s") == same("Count 10-12 It\u2019s")


def test_what_was_squeezed_before_accents_were_composed_is_yielded_too() -> None:
    assert list(squeezings("cafe\u0301s")) == ["caf\u00e9s", "cafes"]
