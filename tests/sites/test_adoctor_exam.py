"""adoctor: one question page in the markups and wordings that once were misread."""

import re
from datetime import date
from html import escape

import pytest

from scraper.items import Asker, FaqTag, Question, Reply, Sex, SimilarQuestion
from scraper.reading.page import Page
from scraper.sites.adoctor import Adoctor

WORDS = ("My knee clicks.", "It does not hurt.")
ESSAY = ("Knees click for many reasons.", "- Gas in the joint")
PARTS = {
    "title": "<h1>Clicking Knees - Neurology</h1>",
    "share": "<p>Share to:</p>",
    "headline": "<h2>Knee</h2>",
    "words": "".join(f"<p>{line}</p>" for line in WORDS),
    "asker": "<p>Ms. Wu, 20~29 year old female. Ask Date: 2020/10/26</p>",
    "reply": "<p>Dr. Lin Moshan reply Neurology</p><p>Rest it.</p><p>Reply Date: 2020/10/27</p>",
    "essay": "<h3>More Info</h3>" + "".join(f"<p>{line}</p>" for line in ESSAY),
    "similar": "<h3>Similar Q&amp;A</h3><h4>Other Knees</h4><p>Why?</p>"
    "<p>Dr. Ou Pei reply Dermatology</p><p>Rest.</p>"
    '<p><a href="/article/9">[Read More] Other Knees</a></p>',
    "tags": '<h3>Related FAQ</h3><p><a href="/faq/knee">Knee</a></p><p>(Neurology)</p>',
}


def read(*, before: str = "", after: str = "", head: str = "", **parts: str) -> Question:
    """Read the page with some of its parts in other markup."""
    body = before + "".join((PARTS | parts).values()) + after
    html = f'<html lang="en"><head>{head}</head><body>{body}</body></html>'
    return Adoctor.read_question(Page(url="https://adoctor.tw/article/5", body=html.encode()))


def whole(question: Question) -> tuple[object, ...]:
    """What every page of this file says, in whatever markup."""
    (reply,), (card,) = question.replies, question.similar
    return (
        question.title, question.department, question.headline, question.text, question.asker,
        question.asked_on, reply, question.more_info, card, question.faq_tags, question.problems,
    )  # fmt: skip


EXPECTED = (
    "Clicking Knees", "Neurology", "Knee", "My knee clicks.\nIt does not hurt.",
    Asker(name="Ms. Wu", sex=Sex.FEMALE, age_min=20, age_max=29), date(2020, 10, 26),
    Reply(doctor="Lin Moshan", department="Neurology", text="Rest it.",
          replied_on=date(2020, 10, 27)),
    "Knees click for many reasons.\n- Gas in the joint",
    SimilarQuestion(
        title="Other Knees", url="https://adoctor.tw/article/9",
        question_excerpt="Why?", question_complete=True, doctor="Ou Pei",
        department="Dermatology", reply_excerpt="Rest.", reply_complete=True,
    ),
    (FaqTag(name="Knee", department="Neurology", url="https://adoctor.tw/faq/knee"),),
    (),
)  # fmt: skip


def test_the_page_is_read_whole() -> None:
    question = read()
    assert whole(question) == EXPECTED
    assert not question.warnings


@pytest.mark.parametrize(
    "kept",
    ["whitespace-pre-line text-base", "whitespace-pre-wrap", "v text-pre-wrap"],
)
def test_a_class_that_keeps_line_breaks(kept: str) -> None:
    words = "\n".join(WORDS)
    assert whole(read(words=f'<div class="{kept}">{words}</div>')) == EXPECTED


@pytest.mark.parametrize("mark", ["&lrm;", "&rlm;", "&#8234;", "&#8296;"])
def test_marks_of_direction_are_no_text(mark: str) -> None:
    parts = {name: part.replace(">", f">{mark}") for name, part in PARTS.items()}
    assert whole(read(**parts)) == EXPECTED


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("md:hidden", "hidden md:block"),
        ("block lg:hidden", ""),
        ("d-block d-md-none", "d-none d-md-block"),
        ("d-sm-none", "d-none d-sm-flex"),
        ("visible-xs", "hidden-xs"),
    ],
)
def test_a_copy_for_narrow_screens_is_not_read(narrow: str, wide: str) -> None:
    copy = "".join(PARTS.values())
    parts = {name: f'<div class="{wide}">{part}</div>' for name, part in PARTS.items()}
    assert whole(read(before=f'<div class="{narrow}">{copy}</div>', **parts)) == EXPECTED


@pytest.mark.parametrize(
    "icon",
    [
        *(
            f'<i class="{name}">person</i>'
            for name in (
                "material-icons-two-tone",
                "material-symbols-sharp",
                "google-symbols v-icon",
            )
        ),
        "<md-icon>person</md-icon>",
        '<i class="iconfont">&#xe600;</i>',
        "<span>\n  &#xf133; &#xf0001; </span>",
    ],
)
@pytest.mark.parametrize("part", PARTS)
def test_icons_of_fonts_are_no_text(part: str, icon: str) -> None:
    marked = re.sub(r"(<(?:p|h\d|a)\b[^>]*>)(?!<)", rf"\1{icon}", PARTS[part])
    assert whole(read(**{part: marked})) == EXPECTED


def test_the_footer_of_a_part_is_no_footer_of_the_page() -> None:
    similar = (
        PARTS["similar"]
        .replace("<h4>", "<article><h4>")
        .replace(
            '<p><a href="/article/9">[Read More] Other Knees</a></p>',
            '<footer><a href="/article/9">[Read More] Other Knees</a></footer></article>',
        )
    )
    words = f"<blockquote>{PARTS['words']}<footer>{PARTS['asker']}</footer></blockquote>"
    assert whole(read(words=words, asker="", similar=similar)) == EXPECTED


def test_the_footer_of_a_frame_around_the_page_is_one() -> None:
    """Such as <section class="layout"><main>...</main><footer>."""
    footer = "</main><footer>Ask Date: 2019/1/1 Related FAQ</footer></section>"
    parts = {"title": f"<section><main>{PARTS['title']}", "tags": PARTS["tags"] + footer}
    assert whole(read(**parts)) == EXPECTED


def test_a_tag_without_department_between_tags_on_one_line() -> None:
    tags = (
        "<h3>Related FAQ</h3>"
        '<p><a href="/faq/a">Als</a> (Neurology)</p><p><a href="/faq/b">Knee</a></p>'
        '<p><a href="/faq/c">Cough</a> (Chest)</p><p><a href="/faq/d">Rash</a> (Skin)</p>'
    )
    assert [(tag.name, tag.department) for tag in read(tags=tags).faq_tags] == [
        ("Als", "Neurology"), ("Knee", None), ("Cough", "Chest"), ("Rash", "Skin"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "tail",
    [
        '<p><a href="/article/3">← Previous</a></p><p><a href="/article/4">Next →</a></p>',
        '<h3>Popular this week</h3><ul><li><a href="/article/3">Sore Throat</a></li></ul>',
        "<p>You may also like</p><p>Sore Throat</p>",
        "<p>We use cookies.</p><p>OK</p>",
    ],
)
def test_an_essay_ends_where_the_page_leads_on(tail: str) -> None:
    question = read(similar="", tags="", after=tail)
    assert question.more_info == "\n".join(ESSAY)
    assert (question.similar, question.faq_tags) == ((), ())


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ('class="flex gap-2"', 'class="flex flex-col"'),
        ('class="d-inline-flex"', 'class="d-flex flex-column"'),
        ('style="display:flex"', 'style="display: flex; flex-direction: column"'),
        ('class="sm:flex"', 'class="flex flex-row-reverse md:flex-col"'),
        ('class="x"', 'class="y"'),
    ],
)
def test_items_of_a_flex_box_never_touch(row: str, column: str) -> None:
    sheet = "<style>.x{display:flex}.y{display:flex;flex-flow:column}</style>"
    words = f"<div {column}>" + "".join(f"<span>{line}</span>" for line in WORDS) + "</div>"
    doctor = f"<div {row}><b>Dr. Lin Moshan</b><i>reply</i><a>Neurology</a></div>"
    reply = PARTS["reply"].replace("<p>Dr. Lin Moshan reply Neurology</p>", doctor)
    tag = f'<a {column} href="/faq/knee"><span>Knee</span><span>(Neurology)</span></a>'
    tags = f"<h3>Related FAQ</h3>{tag}"
    assert whole(read(words=words, reply=reply, tags=tags, head=sheet)) == EXPECTED


@pytest.mark.parametrize("block", ["block mb-2", "d-block"])
def test_a_class_that_makes_a_block(block: str) -> None:
    words = "".join(f'<span class="{block}">{line}</span>' for line in WORDS)
    assert whole(read(words=words)) == EXPECTED


@pytest.mark.parametrize(
    "department",
    [
        "Ear, nose and throat", "Physical medicine", "Cardiology (adult)", "Women's health",
        "Ear, Nose, and Throat", "Obstetrics & Gynecology", "Family Medicine (Health Check)",
        "Neurology / Stroke", "ENT",
    ],
)  # fmt: skip
def test_departments_in_any_case(department: str) -> None:
    shown = escape(department)
    question = read(
        title=PARTS["title"].replace("Neurology", shown),
        reply=PARTS["reply"].replace("Neurology", shown),
        similar=PARTS["similar"].replace("Dermatology", shown),
        tags=PARTS["tags"].replace("Neurology", shown),
    )
    assert (question.title, question.department) == ("Clicking Knees", department)
    assert [reply.department for reply in question.replies] == [department]
    assert [card.department for card in question.similar] == [department]
    assert [tag.department for tag in question.faq_tags] == [department]


@pytest.mark.parametrize("doctor", ["van der Berg Jan", "José Álvarez", "林明裕", "Lin Moshan, MD"])
def test_doctors_of_any_name(doctor: str) -> None:
    (reply,) = read(reply=PARTS["reply"].replace("Lin Moshan", doctor)).replies
    assert (reply.doctor, reply.text) == (doctor, "Rest it.")


@pytest.mark.parametrize(
    "tags",
    [
        (
            '<a href="/faq/a">Als (Neurology)</a> <a href="/faq/b">Vitamin (D) (Women)</a> '
            '<a href="/faq/c">Rash (Skin (adult))</a>'
        ),
        (
            '<a href="/faq/a">Als</a> (Neurology) <a href="/faq/b">Vitamin (D)</a> (Women), '
            '<a href="/faq/c">Rash</a> (Skin (adult))'
        ),
    ],
)
def test_tags_on_one_line(tags: str) -> None:
    found = read(tags=f"<h3>Related FAQ</h3><div>{tags}</div>").faq_tags
    assert [(tag.name, tag.department, tag.url and tag.url[-1]) for tag in found] == [
        ("Als", "Neurology", "a"), ("Vitamin (D)", "Women", "b"), ("Rash", "Skin (adult)", "c"),
    ]  # fmt: skip


def test_a_reply_that_names_read_more_leaves_the_cards_alone() -> None:
    reply = PARTS["reply"].replace("Rest it.", "Rest it.</p><p>[Read More] is a label.")
    similar = PARTS["similar"].replace("[Read More] Other Knees", "Read More")
    question = read(reply=reply, similar=similar)
    assert question.replies[0].text == "Rest it.\n[Read More] is a label."
    assert [card.title for card in question.similar] == ["Other Knees"]


@pytest.mark.parametrize(
    "frame", ["💬 {}", "▼ {}", "【{}】", "{} »", "{} (4)", "★ {}：", "— {} —", "{} 🔗"]
)
def test_labels_with_an_icon_or_a_frame(frame: str) -> None:
    labels = ("More Info", "Similar Q&amp;A", "Related FAQ")
    parts = dict(PARTS)
    for name, label in zip(("essay", "similar", "tags"), labels, strict=True):
        parts[name] = parts[name].replace(label, frame.format(label))
    assert whole(read(**parts)) == EXPECTED


@pytest.mark.parametrize("quoted", ['"More Info"', "More Info?", "「相似問答」", "Related FAQ!"])
def test_a_label_in_quotes_is_none(quoted: str) -> None:
    words = PARTS["words"] + f"<p>{quoted}</p>"
    reply = PARTS["reply"].replace("Rest it.", f"Rest it.</p><p>{quoted}")
    question = read(words=words, reply=reply)
    assert question.text == "\n".join((*WORDS, quoted))
    assert question.replies[0].text == f"Rest it.\n{quoted}"
    assert question.more_info == "\n".join(ESSAY)


def test_an_essay_about_reply_dates_behind_a_button() -> None:
    essay = PARTS["essay"] + "<p>Reply Date: is a label.</p>"
    question = read(reply=PARTS["reply"] + "<p>Helpful?</p>", essay=essay)
    assert question.replies[0].text == "Rest it."
    assert question.more_info == "\n".join((*ESSAY, "Reply Date: is a label."))
    assert question.warnings == ("unread-lines",)


def test_labels_of_a_menu_are_no_title() -> None:
    menu = "".join(f"<div><a href='/{x}'>{x}</a></div>" for x in ("Home", "Ask Date", "Share"))
    title = PARTS["title"].replace("h1", "div")
    assert whole(read(before=menu, title=title)) == EXPECTED


def test_a_section_that_is_empty_on_the_site_is_no_problem() -> None:
    question = read(similar="<h3>Similar Q&amp;A</h3>")
    assert (question.similar, question.problems) == ((), ())
    assert [tag.name for tag in question.faq_tags] == ["Knee"]
