"""adoctor: the line that tells who asks, broken over elements or among other people's lines."""

import pytest

from scraper.items import Asker, Sex
from tests.sites.test_adoctor_exam import ESSAY, EXPECTED, PARTS, WORDS, read, whole

OWN = "<title>Clicking Knees - Neurology</title>"
ENTRY = (
    '<li><a href="/article/8">Sore Throat</a>'
    "<p>Mr. Kao, 30~39 year old male. Ask Date: 2021/01/01</p></li>"
)
NEXT = (
    "<h1>Sore Throats - Urology</h1><p>Share to:</p><h2>Throat</h2><p>It hurts.</p>"
    "<p>Mr. Kao, 30~39 year old male. Ask Date: 2021/01/01</p><p>Dr. Hsu Fen reply Urology</p>"
    '<p>Drink.</p><p>Reply Date: 2021/01/02</p><h3>Related FAQ</h3><a href="/faq/9">Throat</a>'
)
QUOTED = (
    "<p>Mr. Old, 30~39 year old male. Ask Date: 2018/01/01</p><p>Dr. Past reply Cardiology</p>"
    "<p>Wait.</p><p>Reply Date: 2018/01/02</p>"
)


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


def test_a_short_form_of_the_label_for_narrow_screens() -> None:
    asker = PARTS["asker"].replace("Date:", "Date:<i class=x-sm>Date:</i>")
    assert whole(read(asker=asker)) == EXPECTED
    assert whole(read(asker=asker.replace("Date:", "日期：").replace("Ask ", "提問"))) == EXPECTED


@pytest.mark.parametrize("day", ["({})", "（{}）", "<i>(</i>{}<i>)</i>"])
def test_days_in_parentheses(day: str) -> None:
    asker = PARTS["asker"].replace("2020/10/26", day.format("2020/10/26"))
    reply = PARTS["reply"].replace("2020/10/27", day.format("2020/10/27"))
    assert whole(read(asker=asker, reply=reply)) == EXPECTED


@pytest.mark.parametrize("colon", ["︰", "﹕", "∶"])
def test_a_compatibility_colon_behind_the_label_of_a_day(colon: str) -> None:
    parts = {name: PARTS[name].replace("Date:", f"Date{colon}") for name in ("asker", "reply")}
    assert whole(read(**parts)) == EXPECTED
    parts["asker"] = parts["asker"].replace(colon, f"<i>{colon}</i><br>")
    assert whole(read(**parts)) == EXPECTED


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


@pytest.mark.parametrize("next_", [NEXT, NEXT.replace("h1>", "h3>")])
def test_the_next_question_below_the_pages_own(next_: str) -> None:
    assert whole(read(head=OWN, after=next_)) == EXPECTED
    question = read(head=OWN, similar="", tags="", after=next_)
    assert (question.faq_tags, question.problems) == ((), ())
    assert question.more_info == "\n".join(ESSAY)
    assert whole(read(head=OWN, before=next_)) == EXPECTED


@pytest.mark.parametrize(
    "next_", [f"<h3>Next</h3><h2>Next article</h2>{NEXT}", NEXT.replace("Sore ", "Sore<br>")]
)
def test_all_headings_above_the_next_question_are_its_own(next_: str) -> None:
    question = read(head=OWN, similar="", tags="", after=next_)
    assert (question.more_info, question.faq_tags) == (EXPECTED[7], ())


def test_the_label_of_an_empty_list_above_the_next_question_is_the_pages_own() -> None:
    question = read(head=OWN, tags="<h3>Related FAQ</h3>", after=NEXT)
    assert [problem.code for problem in question.problems] == ["faq-tags-unreadable"]


@pytest.mark.parametrize("title", ["<p>Clicking Knees - Neurology</p>", PARTS["title"]])
@pytest.mark.parametrize("reply", ["", PARTS["reply"]])
def test_the_next_question_below_a_greater_heading_is_not_the_pages_own(
    title: str, reply: str
) -> None:
    parts = {"title": title.replace("h1", "h2"), "share": "", "reply": reply, "after": NEXT}
    question = read(head=OWN, **parts)
    assert (question.title, question.asker) == EXPECTED[::4][:2]
    assert len(question.replies) == bool(reply)
    assert "asker-line-ambiguous" in [problem.code for problem in read(**parts).problems]


@pytest.mark.parametrize("heading", ["<h3>Latest</h3>", '<div class="head">Latest</div>', ""])
@pytest.mark.parametrize("parts", [{}, {"essay": "", "similar": "", "tags": ""}])
def test_a_list_of_others_below_a_question_without_reply(
    parts: dict[str, str], heading: str
) -> None:
    listed = f"<div>{heading}<ul>{ENTRY}{ENTRY}</ul></div>"
    for placed in ({"reply": listed}, {"reply": "", "after": listed}):
        question = read(**{**parts, **placed})
        assert (question.asker, question.asked_on) == EXPECTED[4:6]
        assert (question.text, question.replies, question.problems) == ("\n".join(WORDS), (), ())


def test_a_quoted_asker_above_a_question_without_reply_is_not_taken_for_its_own() -> None:
    question = read(words=PARTS["words"] + QUOTED + "<p>And I?</p>", reply="<p>No reply yet.</p>")
    assert [problem.code for problem in question.problems] == ["asker-line-ambiguous"]
    boxed = f"<div class=t>{PARTS['words']}{QUOTED}</div>"
    assert read(words=boxed).asker == EXPECTED[4]


@pytest.mark.parametrize(
    ("begin", "end", "told"),
    [
        ("<div>", "</div>", True),
        ("<span>", "</span>", False),
        ("", "<p>Sore Toes</p>", False),
        ("", "<p>Sore Toes - Neurology</p>", True),
        ("", "<p>More Info</p>", True),
    ],
)
def test_an_asker_line_below_the_end_of_the_question_may_be_anothers(
    begin: str, end: str, *, told: bool
) -> None:
    other = PARTS["asker"].replace("Wu", "Yu")
    asker = f"{PARTS['asker']}{end}<p>It hurts.</p>{other}"
    question = read(before=begin, asker=asker, essay="")
    assert [problem.code for problem in question.problems] == ["asker-line-ambiguous"] * told


def test_a_follow_up_with_an_asker_line_of_its_own() -> None:
    later = PARTS["asker"].replace("10/26", "10/28")
    reply = PARTS["reply"].replace("<p>Dr.", "<h4>Dr.", 1)
    question = read(reply=f"{reply}<p>May I run?</p>{later}{reply}")
    assert (question.asked_on, question.text) == (EXPECTED[5], "\n".join(WORDS))
    assert len(question.replies) == 2


def test_the_only_reply_below_anothers_asker_line_is_not_taken_for_the_pages_own() -> None:
    question = read(reply="", essay="", similar="", tags="", after=NEXT.replace("h1>", "b>"))
    assert "asker-line-ambiguous" in [problem.code for problem in question.problems]


BYLINES = ("Ms. Wu. Ask Date: 2020/10/26", "Ms. Wu, 20~29 year old female. Ask Date: 2020/10/26")


@pytest.mark.parametrize("line", [f"<div>{line}</div><p>9 views</p>" for line in BYLINES])
def test_an_asker_line_above_the_question_too(line: str) -> None:
    for parts in ({"title": PARTS["title"] + line}, {"share": PARTS["share"] + line}):
        assert whole(read(**parts)) == EXPECTED
    question = read(title=PARTS["title"] + line, reply="")
    assert (question.headline, question.asker, question.problems) == ("Knee", EXPECTED[4], ())


@pytest.mark.parametrize("heading", ["", "<h4>Latest</h4>"])
def test_a_list_of_others_above_the_question(heading: str) -> None:
    for entries in (ENTRY, ENTRY * 2):
        listed = f"<div>{heading}<ul>{entries}</ul></div>"
        assert whole(read(title=PARTS["title"] + listed)) == EXPECTED


def test_a_list_of_others_above_the_title() -> None:
    for entries in (ENTRY, ENTRY * 2):
        listed = f"<ul>{entries.replace('Throat', 'Throat - Urology')}</ul>"
        assert whole(read(before=listed)) == EXPECTED
        logo = {
            "head": "<title>aDoctor - Clinic</title>",
            "before": f"<p>aDoctor - Clinic</p>{listed}",
        }
        assert whole(read(**logo)) == EXPECTED


@pytest.mark.parametrize("words", ["", "<p>It hurts.</p><p>At night.</p>"])
@pytest.mark.parametrize("title", ["Clicking", "Sore Throats"])
def test_a_list_of_others_whose_title_begins_that_of_the_page(title: str, words: str) -> None:
    entry = ENTRY.replace("Sore Throat</a>", f"{title} - Urology</a>{words}")
    for head in ("", "<title>Clicking Knees | aDoctor</title>"):
        assert whole(read(head=head, before=f"<ul>{entry}</ul>")) == EXPECTED
        assert whole(read(head=head, after=f"<ul>{entry}</ul>")) == EXPECTED


@pytest.mark.parametrize("reply", ["", PARTS["reply"]])
def test_an_asker_line_above_the_question_alone_is_not_changed_for_anothers(reply: str) -> None:
    line = PARTS["asker"].replace("p>", "div>")
    card = NEXT[NEXT.index("<h2>") :]
    for listed in (f"<ul>{ENTRY}</ul>", f"<h3>Latest</h3>{ENTRY}", f"<div><h3>Latest</h3>{card}"):
        title = PARTS["title"] + line
        question = read(head=OWN, title=title, asker="", reply=reply + listed)
        assert (question.asker, question.text) == (EXPECTED[4], None)


@pytest.mark.parametrize("box", ["<div class=quote>{}</div>", "<blockquote>{}</blockquote>"])
def test_an_asker_who_quotes_an_own_question_in_a_box(box: str) -> None:
    older = BYLINES[1].replace("2020", "2019")
    question = read(words=f"<p>Old:</p>{box.format(older)}<p>Again.</p>")
    assert (question.text, *whole(question)[4:]) == (f"Old:\n{older}\nAgain.", *EXPECTED[4:])


def test_another_question_of_the_asker_below_a_question_without_reply_is_no_quotation() -> None:
    line = PARTS["asker"].replace("p>", "div>")
    listed = f"<p>No reply yet.</p><div><p>Toe</p>{PARTS['asker'].replace('2020', '2021')}</div>"
    question = read(asker=line + listed, reply="")
    assert (question.text, question.asked_on) == ("\n".join(WORDS), EXPECTED[5])


@pytest.mark.parametrize("tag", ["span class=asker", "ion-note", "small"])
@pytest.mark.parametrize("last", ["Does it matter?", "It does not hurt.", "不會痛。"])
def test_an_asker_line_with_no_blank_behind_the_question(tag: str, last: str) -> None:
    line = "Ms. Wu, 20~29 year old female. <b>Ask Date: 2020/10/26</b>"
    words = f"<div>My knee clicks.<br>{last}<{tag}>{line}</{tag.partition(' ')[0]}></div>"
    question = read(words=words, asker="")
    assert whole(question) == (*EXPECTED[:3], f"My knee clicks.\n{last}", *EXPECTED[4:])


@pytest.mark.parametrize("name", ["Mr.<b>Wu", "A.<b>B. Wu", "Mr. A.B.<b>Wu", "Dr. St.<b>Wu"])
def test_a_name_that_goes_on_in_an_element_of_its_own(name: str) -> None:
    question = read(asker=f"<p>{name}, 20~29 year old. Ask Date: 2020/10/26</b></p>")
    assert question.asker == Asker(name=name.replace("<b>", ""), age_min=20, age_max=29)
