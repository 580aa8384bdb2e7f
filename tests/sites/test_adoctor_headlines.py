"""adoctor: where the asker's headline begins, and what may stand above it."""

import pytest

from tests.sites.test_adoctor_exam import EXPECTED, PARTS, WORDS, read, whole


def test_a_headline_that_is_broken_within_its_heading() -> None:
    question = read(headline="<h2>Clicking<br>knee</h2>")
    assert (question.headline, question.text) == ("Clicking knee", "\n".join(WORDS))


def test_a_heading_that_holds_headline_and_question() -> None:
    question = read(headline="", words=f"<h2>Knee<br>{'<br>'.join(WORDS)}</h2>")
    assert (question.headline, question.text) == ("Knee", "\n".join(WORDS))


@pytest.mark.parametrize(
    "line",
    [
        '<div><a href="/">Home</a> &gt; <a href="/d/1">Neurology</a></div>', "<h2>Question</h2>",
        '<ul><li><a href="/en/article/5" hreflang="en">English</a></li></ul>', "<h4>諮詢內容</h4>",
        "<time>2020/10/28</time>", "<div>Q</div>", "<p>Answered</p>", "<h4>On this page</h4>",
    ],
)  # fmt: skip
def test_what_surely_stands_above_the_headline_alone(line: str) -> None:
    for heading in ("<h2>Knee</h2>", "<h5>Knee</h5>"):
        question = read(headline=line + heading)
        assert (whole(question), question.warnings) == (EXPECTED, ())


def test_a_heading_is_the_headline_and_another_line_above_it_is_told() -> None:
    for line in ("<div>No. 7 of this week</div>", "<h4>Case of the week</h4>"):
        question = read(headline=line + PARTS["headline"])
        assert (whole(question), question.warnings) == (EXPECTED, ("unread-lines",))


@pytest.mark.parametrize(
    "box",
    [
        "<p>This page was translated by a machine.</p>", "<p>Loading...</p>",
        "<div><h4>About us</h4><p>We answer every day.</p></div>",
        "<div><h3>Newsletter</h3><p>Answers by e-mail</p></div>",
    ],
)  # fmt: skip
def test_a_box_of_sentences_above_the_headline_is_told(box: str) -> None:
    question = read(headline=box + PARTS["headline"])
    assert (whole(question), question.warnings) == (EXPECTED, ("unread-lines",))


def test_a_greater_heading_among_the_words_is_told() -> None:
    question = read(headline="<h4>Knee</h4>", words="<p>It clicks</p><h3>Why?</h3><p>Always</p>")
    assert (question.headline, question.text) == ("Knee", "It clicks\nWhy?\nAlways")
    assert question.warnings == ("unread-lines",)
    question = read(
        headline="<h4>Knee</h4>", words="<p>It clicks.</p><h3>It hurts.</h3><p>Why?</p>"
    )
    assert (question.headline, question.warnings) == ("Knee", ())


@pytest.mark.parametrize(
    "words",
    [
        "<p>My knee clicks.</p><h3>It does not hurt.</h3><p>At all.</p>",
        "<h4>Why?</h4><p>It hurts.</p>",
    ],
)
def test_a_heading_in_the_words_of_a_question_is_no_headline(words: str) -> None:
    question = read(headline="<p>Knee</p>", words=words)
    assert (question.headline, question.warnings) == ("Knee", ())


@pytest.mark.parametrize("headline", ["<p>Knee</p>", "<h4>Knee</h4>"])
def test_a_heading_tells_no_headline_where_sentences_are_headings(headline: str) -> None:
    question = read(headline=headline, words="<h3>My knee clicks.</h3><p>It does not hurt.</p>")
    assert (whole(question), question.warnings) == (EXPECTED, ("unread-lines",))
    tags = f"{PARTS['tags']}<h3>aDoctor Co., Ltd.</h3>"
    question = read(headline=f"{headline}<h2>Knee</h2>", tags=tags)
    assert question.headline == "Knee"
    assert question.text == read().text


@pytest.mark.parametrize(
    "line",
    [
        '<p><a href="/en/article/5" hreflang="en">English</a></p>',
        '<p><a href="/">Home</a> &gt; Neurology</p>', "<p>Share to: LINE 1,234 views</p>",
    ],
)  # fmt: skip
def test_what_surely_stands_above_a_headline_that_is_no_heading(line: str) -> None:
    question = read(headline=line + "<p>Knee</p>")
    assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize(
    "line",
    [
        "Q", "2020/10/28", '<a href="/d/1">Neurology</a>', "ID: 5",
        "Question No. 5", "Published on 2020-10-28", "更新日期：2020/10/28",
    ],
)  # fmt: skip
def test_a_headline_that_may_be_the_pages_own_is_told(line: str) -> None:
    for headline in ("Follow-up to #177001", "Bitten on 2020/10/20", "手術 2020/10/20"):
        assert read(headline=f"<p>{headline}</p>").warnings == ()
    assert read(headline=f"<p>{line}</p><p>Knee</p>").warnings == ("unread-lines",)


@pytest.mark.parametrize("words", [PARTS["words"], f"{PARTS['words']}<p>Why?</p>"])
def test_a_sentence_in_place_of_a_headline_is_told(words: str) -> None:
    question = read(headline="", words=words)
    assert (question.headline, question.warnings) == ("My knee clicks.", ("unread-lines",))
    for line in ("<div>It clicks.</div>", "<p>It clicks!</p>"):
        assert read(headline=line, words=words).warnings == ()


@pytest.mark.parametrize("heading", ["<h2>Question</h2>", "<h3>問題</h3>"])
@pytest.mark.parametrize("words", [PARTS["words"], "<p>Does it click?<br>It does not hurt.</p>"])
def test_a_heading_of_questions_above_words_alone_is_told(heading: str, words: str) -> None:
    question = read(headline=heading, words=words)
    assert (question.headline, question.warnings) == (heading[4:-5], ("unread-lines",))
    assert question.text == read(words=words).text


@pytest.mark.parametrize("heading", ["<h2>Question:</h2>", "<h3>問題內容：</h3>"])
def test_a_heading_with_a_colon_is_no_headline(heading: str) -> None:
    question = read(headline=f"{heading}<p>Does it click?</p>")
    assert (question.headline, question.text) == ("Does it click?", read().text)


def test_a_heading_of_contents_is_no_headline() -> None:
    question = read(headline="<h4>On this page</h4><p>Is it my knee?</p>")
    assert (question.headline, question.warnings) == ("Is it my knee?", ("unread-lines",))


def test_a_headline_that_is_no_heading_below_one_of_questions() -> None:
    question = read(headline="<h2>Question</h2><p>Knee</p>")
    assert (whole(question), question.warnings) == (EXPECTED, ("unread-lines",))
