"""adoctor: one question page that has lost one of its parts, or shows one twice."""

from datetime import date
from html import escape
from typing import Any, NamedTuple

import pytest

from scraper.items import Asker, Reply, Sex
from tests.sites.test_adoctor_exam import ESSAY, EXPECTED, PARTS, read, whole

FIELDS = (
    "title", "department", "headline", "text", "asker", "asked_on", "reply", "more_info", "card",
    "faq_tags",
)  # fmt: skip
DOCTOR, REST = "<p>Dr. Lin Moshan reply Neurology</p>", "<p>Rest it.</p>"
QUOTED = "<p>Reply Date: 2019/01/01</p><p>More Info</p><p>It was ice.</p>"
QUOTED_LINES = ("Reply Date: 2019/01/01", "More Info", "It was ice.")


def reply(**differing: Any) -> Reply:
    """The page's own but for some of it."""
    whole = {"doctor": "Lin Moshan", "department": "Neurology", "text": "Rest it."}
    return Reply(**{**whole, "replied_on": date(2020, 10, 27), **differing})


class Case(NamedTuple):
    """Parts in other markup, and what of the record differs from that of the whole page."""

    parts: dict[str, str]
    record: dict[str, Any]
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


CASES = {
    "an asker who is not told, a counter below": Case(
        {"asker": "<p>Ask Date: 2020/10/26</p><p>Views: 5</p>"},
        {"asker": None},
        ("asker-line-unreadable",),
    ),
    "an asker without a day": Case(
        {"asker": "<p>Ms. Wu, 20~29 year old female.</p>"},
        {"asked_on": None},
        ("ask-date-unreadable",),
    ),
    "no asker line, below words that name a person": Case(
        {"asker": "", "words": PARTS["words"] + "<p>Max, a man in his 30s</p>"},
        {"asker": None, "asked_on": None, "headline": None, "text": None},
        ("headline-missing", "text-missing", "asker-line-unreadable", "ask-date-unreadable"),
    ),
    "an asker of whom the page tells the name alone": Case(
        {"asker": "<p>Ms. Wu</p><p>Ask Date: 2020/10/26</p>"}, {"asker": Asker(name="Ms. Wu")}
    ),
    "a newborn asker": Case(
        {"asker": PARTS["asker"].replace("20~29 year old", "newborn")},
        {"asker": Asker(name="Ms. Wu", sex=Sex.FEMALE)},
        (),
        ("asker-age-unread",),
    ),
    "no doctor": Case(
        {"reply": PARTS["reply"].replace(DOCTOR, "")},
        {"reply": reply(doctor=None, department=None)},
        ("doctor-line-missing",),
    ),
    "no department": Case(
        {"reply": PARTS["reply"].replace("reply Neurology", "reply")},
        {"reply": reply(department=None)},
        ("reply-department-missing",),
    ),
    "an empty reply": Case(
        {"reply": PARTS["reply"].replace(REST, "")},
        {"reply": reply(text="")},
        ("reply-text-missing",),
    ),
    "more replies told than are read": Case(
        {"reply": f"<p>Replies (2)</p>{PARTS['reply']}"}, {}, (), ("unread-lines",)
    ),
    "a line above the doctor's": Case(
        {"reply": f"<p>She said:</p>{PARTS['reply']}"}, {}, (), ("unread-lines",)
    ),
    "a reply of somebody unknown below": Case(
        {"reply": f"{PARTS['reply']}<p>1 Answer</p><p>Nurse Lo: drink more.</p>"},
        {},
        (),
        ("unread-lines",),
    ),
    "the end of another reply, quoted in the reply": Case(
        {"reply": PARTS["reply"].replace(REST, REST + QUOTED)},
        {"reply": reply(text="\n".join(("Rest it.", *QUOTED_LINES)))},
        (),
        ("section-ambiguous",),
    ),
    "the end of another reply, quoted in the essay": Case(
        {"essay": PARTS["essay"] + QUOTED},
        {"more_info": "\n".join((*ESSAY, *QUOTED_LINES))},
        (),
        ("section-ambiguous",),
    ),
    "an essay that is not shown, and a section in its element": Case(
        {
            "essay": "<div>More Info<p hidden>Knees.</p><h3>Similar Q&amp;A</h3></div>",
            "similar": PARTS["similar"].replace("<h3>Similar Q&amp;A</h3>", ""),
        },
        {"more_info": None},
        (),
        ("section-hidden",),
    ),
    "a department that no tag stands before": Case(
        {"tags": "<h3>Related FAQ</h3><p>Knee (Neurology) (Neurology)</p>"},
        {"faq_tags": ()},
        ("faq-tags-unreadable",),
    ),
    "a line of tags too long for one": Case(
        {"tags": f"<h3>Related FAQ</h3><p>{'Knee (Neurology) ' * 120}</p>"},
        {"faq_tags": ()},
        ("faq-tags-unreadable",),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_part_that_is_lost(name: str) -> None:
    parts, differing, problems, warnings = CASES[name]
    question = read(**parts)
    found = dict(zip(FIELDS, whole(question)[:-1], strict=True))
    codes = tuple(problem.code for problem in question.problems)
    assert found == dict(zip(FIELDS, EXPECTED[:-1], strict=True)) | differing
    assert (codes, question.warnings) == (problems, warnings)


@pytest.mark.parametrize("part", ["words", "reply", "essay"])
def test_a_sentence_that_begins_like_the_label_of_tags_stays_whole(part: str) -> None:
    sentence = "相關問題：請至神經內科門診（上午）"
    beginning, end = PARTS[part].rsplit("<p>", 1)
    question = read(**{part: f"{beginning}<p>{sentence}</p><p>{end}"}, similar="", tags="")
    texts = (question.text, question.replies[0].text, question.more_info)
    assert [sentence in (text or "").splitlines() for text in texts].count(True) == 1
    assert question.faq_tags == ()


def test_a_long_list_of_tags_behind_their_label_does_not_keep_the_reader() -> None:
    tags = ", ".join(f"<a>Gout {n}</a> (Neurology)" for n in range(40))
    assert read(tags=f"<p>Related FAQ: {tags}, <a>See all</a></p>").faq_tags == ()


@pytest.mark.parametrize(
    "state",
    [
        "No similar questions found.", "There are no related FAQ.", "None", "-", "...",
        "N/A", "Loading...", "Coming soon.", "無", "目前沒有相似的問答。", "查無資料", "載入中...",
    ],
)  # fmt: skip
@pytest.mark.parametrize(("part", "label"), [("similar", "Similar Q&amp;A"), ("tags", "相關問題")])
def test_words_that_say_that_a_list_is_empty(part: str, label: str, state: str) -> None:
    for markup in ("<h3>{}</h3><p>{}</p>", "<div><p>{}</p><ul><li>{}</li></ul></div>"):
        question = read(**{part: markup.format(label, state)})
        assert (question.similar, question.faq_tags).count(()) == 1
        assert question.more_info == "\n".join(ESSAY)
        assert (question.problems, question.warnings) == ((), ())


@pytest.mark.parametrize("part", ["similar", "tags"])
def test_other_sentences_in_place_of_a_list(part: str) -> None:
    label, lines = PARTS[part].partition("</h3>")[0], "<p>Ask the first one.</p><p>It is free.</p>"
    question = read(**{part: f"{label}</h3>{lines}"})
    assert (question.more_info, question.problems) == ("\n".join(ESSAY), ())
    assert question.warnings == ("unread-lines",)
    state = "<p>Loading...</p><div hidden>Old words</div>"
    hidden = read(**{part: f"<div>{label}</h3>{state}</div>"}, after="<p>Copyright 2024</p>")
    assert hidden.warnings == ("section-hidden",)


def test_a_label_of_another_look_above_a_sentence_is_told() -> None:
    question = read(similar="<div><div>Similar Q&amp;A</div><div>Log in, please.</div></div>")
    assert question.warnings == ("unread-lines",)


@pytest.mark.parametrize("label", ["<p>Similar Questions</p>", "<h4>Similar Questions</h4>"])
@pytest.mark.parametrize("below", ["<p>No pain is too small to ask.</p>", "<p>- Toes</p>"])
def test_a_label_in_the_essay_above_words_of_it(label: str, below: str) -> None:
    more_info = read(essay=PARTS["essay"] + label + below, similar="").more_info
    assert (more_info or "").splitlines()[2:] == ["Similar Questions", below[3:-4]]


SHAPES = {
    "li": ("<li><a href=/f/{0}>{1}</a>", "<br>({})"),
    "rows of a table": ("<tr><td><a href=/f/{0}>{1}</a>", "<td>({})"),
    "paragraphs": ("<p><a href=/f/{0}>{1}</a></p>", "<p>({})</p>"),
    "in parentheses": ("<li><a href=/f/{0}>({1})</a>", "<br>({})"),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("nothing", ["", "<br>()", "<br>-"])
@pytest.mark.parametrize("missing", [1, 2, 3])
def test_a_tag_without_department_among_others(shape: str, nothing: str, missing: int) -> None:
    entry, department = SHAPES[shape]
    shown = [None if number == missing else "Urology" for number in range(4)]
    ends = [department.format(name) if name else nothing for name in shown]
    tags = "".join(entry.format(n, f"Gout {n}") + end for n, end in enumerate(ends))
    question = read(tags=f"<h3>Related FAQ</h3><table>{tags}</table>")
    assert [tag.department for tag in question.faq_tags] == shown
    assert question.warnings == ()


@pytest.mark.parametrize("entry", ["Gout", "Gout is painful.", "<a href=/gout>Gout</a>"])
def test_an_entry_that_may_be_a_tag_is_told(entry: str) -> None:
    tags = "<li><a href=/f/1>Als</a><br>(Neurology)</li><li>{}</li><li>Toe<br>(Neurology)</li>"
    question = read(tags=f"<h3>Related FAQ</h3><ul>{tags.format(entry)}</ul>")
    assert ("unread-lines" in question.warnings) == (len(question.faq_tags) < 3)


@pytest.mark.parametrize("below", ["Was this helpful?", "Like", "All replies of the doctor"])
def test_a_link_to_the_essay_below_a_reply(below: str) -> None:
    jump = f'<div><a href="#more">More Info</a></div><p>{below}</p>'
    for label in ("h3", "div"):
        essay = jump + PARTS["essay"].replace("h3>", f"{label}>")
        assert whole(read(essay=essay)) == EXPECTED


@pytest.mark.parametrize("heading", ["Doctor Reply", "Reply"])
@pytest.mark.parametrize("state", ["Waiting for reply", "0 replies", "Reply Date: -"])
def test_a_heading_above_no_reply(heading: str, state: str) -> None:
    question = read(reply=f"<h2>{heading}</h2><p>{state}</p>")
    assert (question.replies, question.problems) == ((), ())


@pytest.mark.parametrize(
    "first", ["I had a Reply Date: 2018/02/03 before.", "More Info", "Similar Q&A"]
)
def test_a_reply_that_begins_with_a_label_below_a_department(first: str) -> None:
    words = REST.replace("Rest", f"{escape(first)}</p><p>Rest")
    doctor = DOCTOR.replace("reply ", "reply</p><p>")
    shown = PARTS["reply"].replace(REST, words).replace(DOCTOR, doctor)
    question = read(reply=shown)
    assert question.replies == (reply(text=f"{first}\nRest it."),)
    assert question.problems == ()
