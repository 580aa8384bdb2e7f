"""An excerpt is cut where the words stand, or is the beginning; the page marks them."""

import pytest

from exports.datasette.snippet import marked, snippet

LONG = "x " * 200


@pytest.mark.parametrize(
    ("words", "texts", "expected"),
    [
        ("back", ["My back hurts."], "My ⟦back⟧ hurts."),
        ("BACK hurts", ["My back hurts."], "My ⟦back⟧ ⟦hurts⟧."),
        ('"back hurts"', ["My back: hurts."], "My ⟦back: hurts⟧."),
        ("頭痛", ["醫師您好，\n頭痛三天。"], "醫師您好， ⟦頭痛⟧三天。"),
        ("back", ["A question.", "Rest your back."], "Rest your ⟦back⟧."),
        ("CT b型", ["做ＣＴ檢查，Ｂ型肝炎"], "做⟦ＣＴ⟧檢查，⟦Ｂ型⟧肝炎"),
        ("ＣＴ", ["A CT scan"], "A ⟦CT⟧ scan"),
        ("pain", ["Painkillers help.", "It is pain, and Pain."], "It is ⟦pain⟧, and ⟦Pain⟧."),
        ("CT 痛", ["CTs, 頭痛後做CT檢查"], "CTs, 頭⟦痛⟧後做⟦CT⟧檢查"),
        ("c++", ["Use C, not CC"], "Use ⟦C⟧, not CC"),
        ("elsewhere", ["A\nquestion.", "A reply."], "A question."),
        ("back", [None, "", "back"], "⟦back⟧"),
        ("back -pain", ["Pain in my back."], "Pain in my ⟦back⟧."),
        ("(", ["a (b)"], "a (b)"),
        ("", [None], ""),
        (None, ["text"], "text"),
    ],
)
def test_snippet(words: str | None, texts: list[str | None], expected: str) -> None:
    assert snippet(words, *texts) == expected.replace("⟦", "").replace("⟧", "")
    html = expected.replace("⟦", "<mark>").replace("⟧", "</mark>")
    assert str(marked(snippet(words, *texts), words)) == html


def test_what_is_marked_is_text_and_not_markup() -> None:
    assert marked("<b>AT&T", "b at&t") == "&lt;<mark>b</mark>&gt;<mark>AT&amp;T</mark>"


def test_a_long_text_is_cut_on_both_sides() -> None:
    shown = snippet("needle", f"{LONG}needle {LONG}")
    assert shown.startswith("…x x")
    assert "needle" in shown
    assert shown.endswith("…")
    assert len(shown) < 240


def test_a_long_query_costs_little() -> None:
    assert snippet("a" * 100_000, "b " * 100_000).startswith("b b")
