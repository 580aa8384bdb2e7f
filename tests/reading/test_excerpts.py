"""Excerpts on the cards of adoctor: what is shown of a text, and whether it is all of it."""

import pytest

from scraper.reading.adoctor.lists.excerpts import read_excerpt

LONG = "ab" * 140
CUTS = ["...", "…", "⋯", "......", ". . .", " …", "\n...", "…..."]


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("text", ["My knee hurts", "It hurts. Why", LONG])
def test_a_sign_of_a_cut(text: str, cut: str) -> None:
    assert read_excerpt(text + cut) == (text, False)


@pytest.mark.parametrize(
    ("shown", "excerpt"),
    [
        ("It hurts. …", "It hurts."),
        ("It hurts....", "It hurts."),
        (LONG[:-1] + "…", LONG[:-1]),
        (LONG + "……", LONG),
        (LONG[:-1] + "…...", LONG[:-1] + "…"),
        (LONG[:-3] + "......", LONG[:-3] + "..."),
        (LONG[:-3] + "&qu...", LONG[:-3]),
    ],
)
def test_what_stands_before_a_cut_is_the_askers(shown: str, excerpt: str) -> None:
    assert read_excerpt(shown) == (excerpt, False)


@pytest.mark.parametrize(
    "text", ["", ".", "It hurts.", "It hurts..", "… it hurts", "a...b", LONG, "走路好嗎……", "痛⋯⋯"]
)
def test_a_whole_text(text: str) -> None:
    assert read_excerpt(text) == (text, True)
