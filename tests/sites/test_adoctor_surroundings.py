"""adoctor: what stands beside, between and below the sections, and is none of their words."""

import pytest

from scraper.items import Question
from tests.sites.test_adoctor_exam import ESSAY, EXPECTED, PARTS, WORDS, read, whole

HELP = "<h3>Need a doctor?</h3><p>Call the hotline.</p>"
WIDGET = (
    '<h3>Latest consultations</h3><p><a href="/article/8">Sore Throat</a></p>'
    "<p>Mr. Kao, 30~39 year old male. Ask Date: 2021/01/01</p><p>Dr. Hsu Fen reply Urology</p>"
)
ANSWERED = "<h3>Latest replies</h3><p>Dr. Hsu Fen reply Urology</p><p>Reply Date: 2021/01/02</p>"
ASIDES = ["<aside>{}</aside>", '<div role="complementary">{}</div>']
CARD = PARTS["similar"].partition("</h3>")[2]


def without_last_sections(after: str, **parts: str) -> Question:
    return read(similar="", tags="", after=after, **parts)


@pytest.mark.parametrize("aside", ASIDES)
@pytest.mark.parametrize("beside", [HELP, WIDGET, ANSWERED])
def test_an_aside_is_no_part_of_any_section(aside: str, beside: str) -> None:
    placed = aside.format(beside)
    assert whole(read(before=placed)) == EXPECTED
    assert whole(read(after=placed)) == EXPECTED
    for name in ("reply", "essay"):
        question = read(**{name: PARTS[name] + placed})
        assert whole(question) == EXPECTED
        assert question.warnings == ()
    question = without_last_sections(placed)
    assert (question.more_info, question.warnings) == ("\n".join(ESSAY), ())


@pytest.mark.parametrize(
    "heading",
    [
        "2 則留言",
        "在〈膝蓋〉中有 2 則留言",
        "發佈留言",
        "2 thoughts on “Knee”",
        "2 Responses",
        "Leave your comments",
        "Post your replies here",
        "Back to listing",
        "Back to the lists",
    ],
)
def test_comments_below_the_essay_are_no_part_of_it(heading: str) -> None:
    question = without_last_sections(f"<h2>{heading}</h2><p>Ann</p><p>Me too.</p>")
    assert (question.more_info, question.warnings) == ("\n".join(ESSAY), ())


@pytest.mark.parametrize(
    "heading", ["Back to Topical Creams", "Back to Lists and Scores", "發表留言後"]
)
def test_a_heading_that_begins_like_the_end_of_a_page(heading: str) -> None:
    question = without_last_sections(f"<h4>{heading}</h4><p>They help.</p>")
    assert question.more_info == "\n".join((*ESSAY, heading, "They help."))


@pytest.mark.parametrize("parts", [{}, {"similar": "", "tags": ""}])
def test_sentences_of_an_aside_behind_the_essay_are_told(parts: dict[str, str]) -> None:
    question = read(essay=PARTS["essay"] + "<aside><p>Keep a diary.</p></aside>", **parts)
    assert (question.more_info, question.warnings) == ("\n".join(ESSAY), ("unread-lines",))
    notice = "<aside><p>Disclaimer: this is no advice.</p></aside>"
    assert read(essay=PARTS["essay"] + notice, **parts).warnings == ()
    column = f"<main>{PARTS['essay']}</main><aside><p>Keep a diary.</p></aside>"
    assert read(essay=column, **parts).warnings == ()


def test_a_widget_of_google_translate_is_not_told() -> None:
    widget = "<div class='skiptranslate goog-te-gadget'>By <a href=//x.example>Translate</a></div>"
    question = read(reply=PARTS["reply"] + widget, essay=PARTS["essay"] + widget)
    assert (whole(question), question.warnings) == (EXPECTED, ())


def test_the_heading_of_an_aside_in_a_header() -> None:
    question = without_last_sections("<aside><header>Need a doctor?</header><p>Call.</p></aside>")
    assert question.more_info == "\n".join(ESSAY)


def test_a_link_to_more_information_begins_no_section() -> None:
    link = '<p><a href="/hotline">More Info</a></p><p>Open all day.</p>'
    question = without_last_sections(f"<aside>{HELP}{link}</aside>")
    assert (question.more_info, question.warnings) == ("\n".join(ESSAY), ())


@pytest.mark.parametrize("widget", ["", HELP, WIDGET])
def test_sections_in_an_aside_are_read_from_their_label_on(widget: str) -> None:
    similar = f"<aside>{widget}{PARTS['similar']}"
    tags = PARTS["tags"] + "</aside>"
    assert whole(read(similar=similar, tags=tags)) == EXPECTED
    linked = PARTS["essay"].replace("More Info", '<a href="/info">More Info</a>')
    for essay in (PARTS["essay"], linked):
        assert whole(read(essay=f"<aside>{widget}{essay}</aside>")) == EXPECTED


def test_cards_and_tags_in_an_aside_below_their_label() -> None:
    similar = f"<h3>Similar Q&amp;A</h3><aside>{CARD}</aside>"
    tags = PARTS["tags"].replace("</h3>", "</h3><aside>") + "</aside>"
    assert whole(read(similar=similar, tags=tags)) == EXPECTED


@pytest.mark.parametrize("aside", ASIDES)
def test_an_aside_behind_a_section_in_an_aside(aside: str) -> None:
    essay = aside.format(PARTS["essay"])
    question = without_last_sections(aside.format(HELP), essay=essay)
    assert (question.more_info, question.warnings) == ("\n".join(ESSAY), ())
    assert whole(
        read(essay=essay + aside.format(HELP), similar=aside.format(PARTS["similar"]))
    ) == (EXPECTED)


def test_a_section_that_reaches_over_several_asides() -> None:
    first, _, last = PARTS["essay"].partition("</h3>")
    for label in ("{}", "<aside>{}</aside>"):
        lines = last.replace("<p>", "<aside>").replace("</p>", "</aside>")
        essay = label.format(f"{first}</h3>") + lines
        assert whole(read(essay=essay)) == EXPECTED


def test_the_only_asker_line_and_the_only_reply_may_stand_in_asides() -> None:
    asker = f"<aside>{PARTS['asker']}</aside>"
    reply = f"<aside>{PARTS['reply']}</aside>"
    assert whole(read(asker=asker)) == EXPECTED
    assert whole(read(reply=reply)) == EXPECTED
    assert whole(read(asker=asker, reply=reply)) == EXPECTED


def test_a_page_that_waits_for_a_reply_beside_the_replies_of_others() -> None:
    question = read(reply="", after=f"<aside>{ANSWERED}</aside>")
    assert (question.replies, question.text) == ((), "\n".join(WORDS))


@pytest.mark.parametrize(
    "parts",
    [
        {"words": f"<p>{WORDS[0]}</p><aside>Buy vitamins.</aside><p>{WORDS[1]}</p>"},
        {"asker": "<aside>Buy vitamins.</aside>" + PARTS["asker"]},
        {"reply": PARTS["reply"].replace("<p>Rest", "<aside>Buy vitamins.</aside><p>Rest")},
        {"essay": PARTS["essay"].replace("<p>- ", "<aside>Buy vitamins.</aside><p>- ")},
    ],
)
def test_an_aside_within_a_text_is_left_out_and_told(parts: dict[str, str]) -> None:
    question = read(**parts)
    assert whole(question) == EXPECTED
    assert question.warnings == ("unread-lines",)


@pytest.mark.parametrize("tail", ["<p>Write to us</p>", f"<div>{HELP}</div>", "<div>↑</div>"])
@pytest.mark.parametrize(
    ("begin", "end", "warnings"),
    [
        ("<main>", "</main>", ()),
        ("<article>", "</article>", ()),
        ("<main><div>", "</div></main>", ()),
        ('<div id="page"><div class="content">', "</div>", ("unread-lines",)),
    ],
)
def test_the_essay_ends_with_the_box_of_the_article(
    begin: str, end: str, warnings: tuple[str, ...], tail: str
) -> None:
    question = without_last_sections(end + tail, before=begin)
    assert question.more_info == "\n".join(ESSAY)
    assert question.warnings == warnings


def test_a_box_that_ends_with_the_label_is_not_that_of_the_essay() -> None:
    essay = PARTS["essay"].replace("</h3>", "</h3></section><div>") + "</div>"
    question = without_last_sections("", before="<section>", essay=essay)
    assert question.more_info == "\n".join(ESSAY)


def test_a_paragraph_is_no_box() -> None:
    words = "<br>".join((*WORDS, "Ms. Wu, 20~29 year old female. Ask Date: 2020/10/26"))
    asker = "<br>Dr. Lin Moshan reply Neurology<br>Rest it.<br>Reply Date: 2020/10/27"
    essay = f"<br>More Info<br>{ESSAY[0]}<p>{ESSAY[1]}"
    question = without_last_sections("", words=f"<p>{words}", asker=asker, reply="", essay=essay)
    assert question.more_info == "\n".join(ESSAY)


@pytest.mark.parametrize(
    "tail",
    [
        "Follow us", "Newsletter", "免責聲明", "網站地圖", "需要協助？", "電子報", "Back to list",
        "回列表", "返回上一頁", "Log in to ask", "登入提問",
        "Disclaimer: <a href=/n>no advice</a>", "Was this helpful? Yes No",
    ],
)  # fmt: skip
def test_an_essay_ends_at_what_pages_close_with(tail: str) -> None:
    question = without_last_sections(f"<p>{tail}</p><p>Anything</p>")
    assert question.more_info == "\n".join(ESSAY)


@pytest.mark.parametrize(
    "tail",
    [
        '<a href="/">Home</a>', '<a href="https://www.adoctor.tw/n">Neurology</a>', "Views: 123",
        "瀏覽次數：123", "Last updated: 2020/10/28", "最後更新：2020/10/28", "標籤：膝蓋",
        'Tags: <a href="/t/1">Knee</a></p><p><a href="/">Home</a> <a href="/n">News</a>',
    ],
)  # fmt: skip
def test_lines_behind_an_essay_that_are_none_of_it(tail: str) -> None:
    question = without_last_sections(f"<p>{tail}</p>")
    assert (question.more_info, question.warnings) == ("\n".join(ESSAY), ())


@pytest.mark.parametrize(
    ("tail", "words"),
    [
        ('<a href="https://nih.example/1">Source</a>', "Source"),
        ('See <a href="/n">Neurology</a>.', "See Neurology."),
        ("Tags: of skin</p><p>may hang.", "Tags: of skin\nmay hang."),
    ],
)
def test_the_last_lines_of_an_essay(tail: str, words: str) -> None:
    question = without_last_sections(f"<p>{tail}</p>")
    assert question.more_info == "\n".join((*ESSAY, words))


def test_a_widget_in_no_aside_below_or_above_the_page() -> None:
    """Below, a section of the page ends the replies; above, the title of the page follows."""
    for question in (read(after=WIDGET), read(before=WIDGET)):
        assert whole(question) == EXPECTED
        assert question.warnings == ("asker-line-ambiguous",)


def test_a_whole_earlier_question_in_the_askers_words() -> None:
    quoted = (
        "<p>Mr. Old, 30~39 year old male. Ask Date: 2018/01/01</p><p>Dr. Past reply Cardiology</p>"
        "<p>Wait.</p><p>Reply Date: 2018/01/02</p><p>More Info</p>"
    )
    question = read(words=PARTS["words"] + quoted)
    assert question.asker
    assert question.asker.name == "Ms. Wu"
    assert [reply.doctor for reply in question.replies] == ["Lin Moshan"]
    assert "asker-line-ambiguous" in question.warnings


def test_two_asker_lines_in_a_row() -> None:
    other = "<p>Mr. Old, 30~39 year old male. Ask Date: 2018/01/01</p>"
    question = read(asker=other + PARTS["asker"])
    assert question.asker
    assert question.asker.name == "Ms. Wu"
    assert question.warnings == ("asker-line-ambiguous",)
