"""Which numbers in a text are other questions of adoctor, and which are none."""

import pytest

from scraper.reading.adoctor.mentions import cited
from tests.sites.test_adoctor_exam import PARTS, read


@pytest.mark.parametrize(
    "text",
    [
        "as in #127020.", "(# 127020)", "如#127020所說，我很累。", "請看 #127020 我很累。",
        "I am ID 127020", "我的ID是127020的病人", "ID：127020", "編號127020的問題", "第127020號",
        "See https://adoctor.tw/article/127020?a=1", "question no. 127020", "Case #127020",
        "the patient with ID 127020", "My ID: 127020.", "問題127020", "編號：127020。", "#127020.",
        "see ID 127020", "Asker ID: 127020", "reply to ID 127020", "編號127020-1", "#127020/12",
        "之前問過＃127020，謝謝。",
    ],
)  # fmt: skip
def test_a_number_that_is_cited(text: str) -> None:
    assert cited([text]) == ["127020"]


@pytest.mark.parametrize(
    "text",
    [
        "&#127020;", "a#127020", "##127020", "#127020a", "#127020é", "#12702012", "_#127020",
        "é#127020", "我的電話是127020", "COVID 127020", "127020",
        "患者2021年手術", "上次提問2020/10/26", "問題2015年就有了", "問題 20201 年",
        "諮詢 1966 專線", "文章是2020-10-26", "LINE ID: 445566", "my health card ID 1234567",
        "病歷編號 1234567", "許可證第012345號", "ID 012345",
    ],
)  # fmt: skip
def test_a_number_that_is_not(text: str) -> None:
    assert cited([text]) == []


@pytest.mark.parametrize(
    "words",
    [
        "<p>I am the patient with ID</p><p>127020 of May.</p>", "<p>Like question no.<br>127020.",
        "<p>我是編號</p><p>127020的病人。</p>", "<p>I am ID 127020</p><p>/ again</p>",
    ],
)  # fmt: skip
def test_a_citation_that_goes_on_over_a_line(words: str) -> None:
    assert read(words=PARTS["words"] + words).mentions == ("127020",)
    reply = PARTS["reply"].replace("<p>Rest it.</p>", words)
    assert read(words="<p>My LINE ID</p><p>445566</p>", reply=reply).mentions == ("127020",)
    assert read(words="<p>Like article No.</p><p>500 mg</p>").mentions == ()
    assert read(words="<p>My ID</p>", reply=reply.replace(words, "<p>127020</p>")).mentions == ()
