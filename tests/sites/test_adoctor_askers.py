"""adoctor: the line that tells who asks, broken over elements or behind other people's names."""

import pytest

from scraper.items import Asker, Sex
from tests.sites.test_adoctor_exam import EXPECTED, PARTS, WORDS, read, whole


@pytest.mark.parametrize("cell", ["<p>{}</p>", "<td>{}", "<li>{}", "<div>{}</div>"])
@pytest.mark.parametrize(
    "pieces",
    [
        ("Ms. Wu, 20~29 year old", "female. Ask Date: 2020/10/26"),
        ("Ms. Wu, 20~29 year old", "female.", "Ask Date:", "2020/10/26"),
        ("Ms. Wu，20~29歲", "女性。", "提問日期：2020/10/26"),
        ("Ms. Wu", "，", "20~29歲女性", "。", "提問日期", "：", "2020/10/26"),
    ],
)
def test_an_asker_line_broken_anywhere(pieces: tuple[str, ...], cell: str) -> None:
    assert whole(read(asker="".join(cell.format(piece) for piece in pieces))) == EXPECTED


@pytest.mark.parametrize("name", ["陳先生", "王大明"])
@pytest.mark.parametrize("signature", ["林太太", "陳小姐", "Mrs. Lin"])
def test_a_signature_is_no_title_of_the_asker(name: str, signature: str) -> None:
    words = f"<p>{WORDS[0]}</p><p>{signature}</p>"
    question = read(words=words, asker=f"<p>{name}，20~29歲男性。</p><p>提問日期：2020/10/26</p>")
    assert question.asker
    assert (question.asker.name, question.text) == (name, f"{WORDS[0]}\n{signature}")


def test_a_title_on_a_line_of_its_own() -> None:
    asker = "<p>Ms.</p><p>Wu, 20~29 year old female.</p><p>Ask Date: 2020/10/26</p>"
    assert whole(read(asker=asker)) == EXPECTED


def test_an_open_bracket_takes_nothing_with_it() -> None:
    question = read(words=f"<p>{WORDS[0]}</p><p>(</p>")
    assert question.asker
    assert (question.asker.name, question.text) == ("Ms. Wu", f"{WORDS[0]}\n(")


def test_an_age_that_tells_no_years_is_told_and_loses_nobody() -> None:
    asker = "<p>林小姐，三十多歲，女性。提問日期：2020/10/26</p>"
    question = read(asker=asker)
    assert question.asker == Asker(name="林小姐", sex=Sex.FEMALE)
    assert "asker-age-unread" in question.warnings
    assert not question.problems
    assert read(words=PARTS["words"] + "<p>林小姐，三十多歲，女性</p>").asker != question.asker
