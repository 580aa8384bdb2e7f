"""adoctor: icons before and behind words are none of them; what stands for words is."""

import pytest

from scraper.reading.adoctor.people.doctors import read_doctor
from scraper.reading.adoctor.words.icons import without_icons
from scraper.reading.evidence import evidence_of
from scraper.reading.page import Page
from scraper.sites.adoctor import Adoctor
from tests.sites.test_adoctor_exam import EXPECTED, PARTS, WORDS, read, whole


@pytest.mark.parametrize("icon", ["🩺", "📅️", "👩‍⚕️", "▶", "🔎🏥"])
@pytest.mark.parametrize(
    ("part", "words", "shown"),
    [
        ("title", "Clicking Knees", "{} Clicking Knees"),
        ("title", "Clicking Knees", "{}Clicking Knees {}"),
        ("title", "Neurology", "{} Neurology {}"),
        ("share", "Share to:", "{} Share to: Facebook LINE"),
        ("asker", "Ask Date: ", "{} Ask Date: {} "),
        ("asker", "Ask Date", "{}</p><p>Ask Date"),
        ("asker", "Ask Date", "</p><p>{} Ask Date"),
        ("reply", "Reply Date: ", "{} Reply Date: {} "),
        ("reply", "Reply Date", "- {}Reply Date"),
        ("reply", "Neurology", "{} Neurology {}"),
        ("similar", "[Read", "{} [Read"),
        ("similar", "Other Knees", "{} Other Knees"),
        ("similar", "<h4>", "<h4>{} "),
        ("similar", "] ", "]{} "),
        ("tags", "Knee", "{} Knee {}"),
    ],
)
def test_icons_are_no_words(part: str, words: str, shown: str, icon: str) -> None:
    parts = PARTS | {part: PARTS[part].replace(words, shown.replace("{}", icon))}
    page = Page(url="https://adoctor.tw/article/5", body="".join(parts.values()).encode())
    question = Adoctor.read_question(page)
    assert whole(question) == EXPECTED
    assert evidence_of(page, question, Adoctor.locate).not_located == ()


@pytest.mark.parametrize(
    "line", ["{} Dr. Lin Moshan reply Neurology", "{} 林明宇 醫師回覆 神經科 {}"]
)
@pytest.mark.parametrize("sign", ["•", "»", "|", "–", "🩺"])
def test_a_doctor_line_may_begin_and_end_with_any_sign(line: str, sign: str) -> None:
    doctor = read_doctor(line.replace("{}", sign))
    assert doctor in (("Lin Moshan", "Neurology"), ("林明宇", "神經科"))


@pytest.mark.parametrize("name", ["🐱 Kitty 🐱", "小○", "🐱"])
def test_icons_of_a_name_are_its_own(name: str) -> None:
    asker = read(asker=PARTS["asker"].replace("Ms. Wu", name)).asker
    assert asker is not None
    assert (asker.name, asker.age_max) == (name, 29)


@pytest.mark.parametrize(("name", "shown"), [("Ms. Wu", "\uf007 {}"), ("\ue123大明", "{}")])
def test_a_sign_of_a_font_before_a_name(name: str, shown: str) -> None:
    asker = read(asker=PARTS["asker"].replace("Ms. Wu", shown.format(name))).asker
    assert asker is not None
    assert asker.name == name


@pytest.mark.parametrize("title", ["Fever of 39 ℃", "○○醫院", "Advil®", "Ⓐ or Ⓑ", "1️⃣ knee", "5 ㎎"])
def test_what_stands_for_words_is_no_icon(title: str) -> None:
    assert without_icons(title) == title
    assert read(title=f"<h1>{title} - Neurology</h1>").title == title


def test_a_heading_of_icons_is_no_title() -> None:
    assert whole(read(before="<h1>★★★</h1>", head="<title>Clicking Knees</title>")) == EXPECTED


def test_icons_in_a_text_are_its_own() -> None:
    words = "<p>😢 My knee clicks. 😢</p>"
    assert read(words=words).text == f"😢 {WORDS[0]} 😢"
