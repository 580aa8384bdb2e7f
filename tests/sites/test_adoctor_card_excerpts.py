"""adoctor: what is no part of the excerpts on cards, and what is."""

import pytest

from tests.sites.test_adoctor_exam import EXPECTED, PARTS, read, whole


@pytest.mark.parametrize(
    "day", ["<p>Reply Date: 2020/10/27</p>", "<div>回覆日期：2020/10/27</div>"]
)
def test_the_date_of_a_cards_reply_is_no_part_of_it(day: str) -> None:
    similar = PARTS["similar"].replace("<p>Rest.</p>", f"<p>Rest.</p><div>{day}</div>")
    assert whole(read(similar=similar)) == EXPECTED


def test_letters_in_a_card_that_say_question_and_answer() -> None:
    similar = PARTS["similar"].replace("<p>Why?", "<div>Q</div><p>Why?")
    similar = similar.replace("<p>Rest.", "<div>A</div><p>Rest.")
    assert whole(read(similar=similar)) == EXPECTED


@pytest.mark.parametrize("line", ["痛", "好", "?", "1"])
def test_a_first_line_of_one_character(line: str) -> None:
    similar = PARTS["similar"].replace("<p>Why?", f"<p>{line}</p><p>Why?")
    assert read(similar=similar).similar[0].question_excerpt == f"{line}\nWhy?"


@pytest.mark.parametrize(
    "line",
    [
        "<span>2020/05/06</span>",
        "<div>👁 1,234 ♥ 5</div>",
    ],
)
def test_a_day_and_counters_of_a_card_are_no_excerpt(line: str) -> None:
    for similar in (f"{line}<p>Why?</p>", f"<p>Why?</p>{line}"):
        question = read(similar=PARTS["similar"].replace("<p>Why?</p>", similar))
        assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize("line", ["2020/05/06", "5 likes"])
def test_a_day_or_a_counter_like_the_lines_of_an_excerpt_is_told(line: str) -> None:
    for words in (f"{line}\nWhy?", f"Why?\n{line}"):
        similar = PARTS["similar"].replace("Why?", words.replace("\n", "</p><p>"))
        question = read(similar=similar)
        assert question.similar[0].question_excerpt == words
        assert question.warnings == ("unread-lines",)


def test_a_sentence_with_the_label_of_a_date_is_an_excerpts() -> None:
    words = "I asked before. Ask Date: 2020/01/01"
    question = read(similar=PARTS["similar"].replace("<p>Why?", f"<p>{words}</p><p>Why?"))
    assert question.similar[0].question_excerpt == f"{words}\nWhy?"


def test_the_asker_line_of_a_card_is_no_excerpt() -> None:
    asker = "<p>Ms. Ho, 30~39 year old female. Ask Date: 2020/01/01</p>"
    question = read(similar=PARTS["similar"].replace("<p>Why?", f"{asker}<p>Why?"))
    assert (whole(question), question.warnings) == (EXPECTED, ())


def test_a_title_beside_read_more_is_no_excerpt() -> None:
    more = '<p>Other Knees <a href="/article/9">[Read More]</a></p>'
    head, _ = PARTS["similar"].rsplit("<p>", 1)
    assert whole(read(similar=head + more)) == EXPECTED


@pytest.mark.parametrize(
    "left",
    [
        "<small>2020/01/02</small>", "<time>Jan 2, 2020</time>", "1,234 views",
        "<b>👍 12</b>", "<i></i> 123", "2 replies", "<i>3 年前</i>", "<i>Dermatology</i>",
        "Reply Date: 2020/01/02",
    ],
)  # fmt: skip
@pytest.mark.parametrize(("words", "excerpt"), [("Rest.", "Rest."), ("Rest...", "Rest")])
def test_what_shares_a_row_with_read_more_is_no_excerpt(
    left: str, words: str, excerpt: str
) -> None:
    similar = PARTS["similar"].replace("<p><a", f"<div class=flex><span>{left}</span> <a")
    question = read(similar=similar.replace("Rest.", words).replace("</a></p>", "</a></div>"))
    assert (question.similar[0].reply_excerpt, question.warnings) == (excerpt, ())


@pytest.mark.parametrize(
    "end",
    [
        "<p>And wait {}</p>", "<div>And wait {}</div>", "<div><span>And wait...</span> {}</div>",
        "<p><span>And wait</span> {}</p>",
    ],
)  # fmt: skip
def test_the_last_words_of_an_excerpt_before_read_more(end: str) -> None:
    link = '<a href="/article/9">[Read More] Other Knees</a>'
    similar = PARTS["similar"].replace(f"<p>{link}</p>", end.format(link))
    assert read(similar=similar).similar[0].reply_excerpt == "Rest.\nAnd wait"


@pytest.mark.parametrize("line", ["3 days ago", "2020/10/26", "120 views"])
@pytest.mark.parametrize("begin", ["<p>Rest.<br>{} ", "<p>Rest.</p><p>{} ", "<p><b>{}</b> "])
def test_a_day_that_is_the_last_line_of_an_excerpt(line: str, begin: str) -> None:
    similar = PARTS["similar"].replace("<p>Rest.</p><p>", begin.format(line))
    (card,) = read(similar=similar).similar
    words = f"Rest.\n{line}" if "Rest" in begin else line
    assert card.reply_excerpt == words


def test_a_line_of_another_kind_above_an_excerpt_is_told() -> None:
    badge = PARTS["similar"].replace("<p>Why?", "<div class=new>New</div><p>Why?")
    assert read(similar=badge).warnings == ("unread-lines",)
    lines = PARTS["similar"].replace("<p>Why?", "<p>Since May.</p><p>Why?")
    assert read(similar=lines).warnings == ()


@pytest.mark.parametrize("words", ["醫師您好，嚴重嗎？", "謝謝林醫師。", "請問醫師", "請醫師回覆"])
@pytest.mark.parametrize(
    "doctor", ["林梅|醫師回覆|神經科", "林梅醫師|回覆 神經科", "林梅|主治醫師回覆 神經科"]
)
def test_an_excerpt_that_names_doctors_above_a_doctor_line_in_pieces(
    words: str, doctor: str
) -> None:
    pieces = "".join(f"<div>{piece}</div>" for piece in doctor.split("|"))
    old = "<p>Why?</p><p>Dr. Ou Pei reply Dermatology</p>"
    (card,) = read(similar=PARTS["similar"].replace(old, f"<p>{words}</p>{pieces}")).similar
    found = (card.question_excerpt, card.doctor, card.department, card.reply_excerpt)
    assert found == (words, "林梅", "神經科", "Rest.")


def test_a_doctor_whose_name_begins_with_a_title() -> None:
    similar = PARTS["similar"].replace("Dr. Ou Pei reply Dermatology", "醫師王 醫師回覆 神經科")
    assert [card.doctor for card in read(similar=similar).similar] == ["醫師王"]


def test_an_excerpt_that_is_a_doctor_line() -> None:
    quoted = "Dr. Wang Ming reply Urology"
    (card,) = read(similar=PARTS["similar"].replace("Why?", quoted)).similar
    found = (card.question_excerpt, card.doctor, card.department, card.reply_excerpt)
    assert found == (quoted, "Ou Pei", "Dermatology", "Rest.")
