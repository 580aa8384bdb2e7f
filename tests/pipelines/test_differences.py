"""Differences by words, and by characters where words are not parted."""

from dataclasses import replace

import pytest

from pipelines.history.differences import (
    Change,
    How,
    Piece,
    by_words,
    changes,
    fields,
    shortened,
)
from scraper.items import FaqTag, Question, Reply, SimilarQuestion
from scraper.record import to_record
from tests.growth import growth
from tests.questions import CAPTURED

KEPT, REMOVED, ADDED = How.KEPT, How.REMOVED, How.ADDED


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("Rest for two days.", "Rest for three days.",
         [(KEPT, "Rest for"), (REMOVED, " two"), (ADDED, " three"), (KEPT, " days.")]),
        ("Rest.", "Rest well.", [(KEPT, "Rest"), (ADDED, " well"), (KEPT, ".")]),
        ("頭痛三天。", "頭痛五天。",
         [(KEPT, "頭痛"), (REMOVED, "三"), (ADDED, "五"), (KEPT, "天。")]),
        ("", "New", [(ADDED, "New")]),
        ("Gone", "", [(REMOVED, "Gone")]),
        ("a\nb", "a\nc\nb", [(KEPT, "a"), (ADDED, "\nc"), (KEPT, "\nb")]),
        ("same", "same", [(KEPT, "same")]),
        ("on 2020-02-22", "on 2018-12-22",
         [(KEPT, "on"), (REMOVED, " 2020-02-22"), (ADDED, " 2018-12-22")]),
        ("a a a", "a a", [(KEPT, "a a"), (REMOVED, " a")]),
    ],
)  # fmt: skip
def test_words(before: str, after: str, pieces: list[tuple[How, str]]) -> None:
    assert list(by_words(before, after)) == [Piece(*piece) for piece in pieces]


@pytest.mark.parametrize("words", [5_000, 40_000])
def test_long_texts_are_told_whole(words: int) -> None:
    before = "\n".join(f"line {n} " + "word " * 9 for n in range(words // 10))
    after = "\n".join(f"row {n} " + "Word " * 9 for n in range(words // 10))
    pieces = by_words(before, after)
    assert "".join(text for how, text in pieces if how is not ADDED) == before
    assert "".join(text for how, text in pieces if how is not REMOVED) == after


def test_repetitive_texts_and_lists_are_compared_by_lines() -> None:
    def compared(count: int) -> list[Change]:
        before = Question(
            site="adoctor", source_id="1", language="en", url="https://adoctor.tw/article/1",
            text="x" + "痛" * 4 * count + "y", replies=(Reply(text="Rest."),) * 4 * count,
        )  # fmt: skip
        sides = ("Ice.", "Rest.", "Move.", "Rest.")
        after = replace(
            before, text="z" + "痛頭痛手" * count + "w",
            replies=tuple(Reply(text=text) for text in sides * count),
        )  # fmt: skip
        return changes(to_record(before, CAPTURED), to_record(after, CAPTURED))

    assert growth(compared, 300) < 3
    told = compared(300)
    assert [change.field for change in told[:3]] == [
        "question.text", "replies[0].text", "replies[2].text",
    ]  # fmt: skip
    assert len(told) == 601


def test_a_record_tells_the_fields_that_changed() -> None:
    before = Question(
        site="adoctor", source_id="1", language="en", url="https://adoctor.tw/article/1",
        title="Dry eyes", text="My eyes are dry.",
    )  # fmt: skip
    after = Question(
        site="adoctor", source_id="1", language="en", url="https://adoctor.tw/article/1",
        title="Dry eyes", text="My eyes feel dry.", replies=(Reply(doctor="Moss", text="Blink."),),
    )  # fmt: skip
    told = changes(to_record(before, CAPTURED), to_record(after, CAPTURED))
    assert [change.field for change in told] == [
        "question.text", "replies[0].doctor", "replies[0].text",
    ]  # fmt: skip
    assert told[0].pieces == (
        (KEPT, "My eyes"), (REMOVED, " are"), (ADDED, " feel"), (KEPT, " dry."),
    )  # fmt: skip
    assert [change.pieces for change in told[1:]] == [((ADDED, "Moss"),), ((ADDED, "Blink."),)]


REST, ICE, MOVE = (Reply(doctor="Moss", text=f"{word} it.") for word in ("Rest", "Ice", "Move"))
SIT = replace(ICE, text="Ice them.")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ((REST, ICE), (REST, SIT),
         {"replies[1].text": [(KEPT, "Ice"), (REMOVED, " it"), (ADDED, " them"), (KEPT, ".")]}),
        ((REST, ICE), (MOVE, REST, SIT),
         {"replies[0].doctor": [(ADDED, "Moss")], "replies[0].text": [(ADDED, "Move it.")],
          "replies[2].text": [(KEPT, "Ice"), (REMOVED, " it"), (ADDED, " them"), (KEPT, ".")]}),
        ((REST, ICE), (REST,),
         {"replies[1].doctor": [(REMOVED, "Moss")], "replies[1].text": [(REMOVED, "Ice it.")]}),
        ((REST,), (REST,), {}),
    ],
)  # fmt: skip
def test_replies_are_told_one_by_one(
    before: tuple[Reply, ...], after: tuple[Reply, ...], told: dict[str, list[tuple[How, str]]]
) -> None:
    question = Question(site="adoctor", source_id="1", language="en", url="https://adoctor.tw/1")
    sides = [to_record(replace(question, replies=side), CAPTURED) for side in (before, after)]
    assert {one.field: list(one.pieces) for one in changes(*sides)} == told


ALIKE, MANY = (REST,) * 230, tuple(Reply(text=f"{number}.") for number in range(1_300))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (MANY, MANY[1:], ["replies[0].text"]),
        (MANY, (*MANY[1:-1], MANY[0]), ["replies[0].text", "replies[1298].text"]),
        (ALIKE, (Reply(text="First."), *ALIKE), ["replies[0].text"]),
    ],
)
def test_one_reply_of_many_is_told_alone(
    before: tuple[Reply, ...], after: tuple[Reply, ...], told: list[str]
) -> None:
    question = Question(site="adoctor", source_id="1", language="en", url="https://adoctor.tw/1")
    sides = [to_record(replace(question, replies=side), CAPTURED) for side in (before, after)]
    assert [change.field for change in changes(*sides)] == told


def test_a_site_that_has_moved_has_changed_what_it_says_alone() -> None:
    before = Question(
        site="adoctor", source_id="1", language="en", url="http://adoctor.tw/article/1",
        title="At http://adoctor.tw/", faq_tags=(FaqTag(name="Eyes"),),
        similar=(
            SimilarQuestion(title="Own", url="http://adoctor.tw/article/2"),
            SimilarQuestion(title="Other", url="http://other.example/article/3"),
        ),
    )  # fmt: skip
    after = replace(
        before, url="https://www.adoctor.tw/article/1", title="At https://www.adoctor.tw/",
        similar=(
            SimilarQuestion(title="Own", url="https://www.adoctor.tw/article/2"),
            SimilarQuestion(title="Other", url="http://other.example/article/4"),
        ),
    )  # fmt: skip
    records = to_record(before, CAPTURED), to_record(after, CAPTURED)
    assert [change.field for change in changes(*records)] == ["title", "similar[1].url"]
    assert fields(*records) == ["title", "similar"]


def test_kept_text_is_cut_around_a_change() -> None:
    pieces = [Piece(KEPT, "Neurology: go on"), Piece(ADDED, " X"), Piece(KEPT, "頭痛三天 and more")]
    assert [text for _, text in shortened(pieces, 8)] == ["…: go on", " X", "頭痛三天 and…"]
    assert [text for _, text in shortened(pieces, 3)] == ["… on", " X", "頭痛三…"]
    assert list(shortened(pieces, 20)) == pieces
