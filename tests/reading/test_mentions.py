"""Which numbers in a text are other questions of adoctor, and which are none."""

import pytest

from scraper.reading.adoctor.mentions import cited


@pytest.mark.parametrize(
    "text",
    [
        "as in #127020.", "(# 127020)", "如#127020所說，我很累。", "請看 #127020 我很累。",
        "I am ID 127020", "我的ID是127020的病人", "ID：127020", "編號127020的問題", "第127020號",
        "See https://adoctor.tw/article/127020?a=1", "question no. 127020", "Case #127020",
    ],
)  # fmt: skip
def test_a_number_that_is_cited(text: str) -> None:
    assert cited([text]) == ["127020"]


@pytest.mark.parametrize(
    "text",
    [
        "&#127020;", "a#127020", "##127020", "#127020a", "#127020é", "#12702012", "_#127020",
        "é#127020", "我的電話是127020", "COVID 127020", "127020",
    ],
)  # fmt: skip
def test_a_number_that_is_not(text: str) -> None:
    assert cited([text]) == []
