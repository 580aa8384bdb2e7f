"""adoctor: buttons in one line with words, of which they are none or part."""

import re

import pytest

from tests.sites.test_adoctor_exam import EXPECTED, PARTS, read, whole

BUTTONS = ["<button>Copy</button>", "<button>⋯</button>", '<span role="button">Quote this</span>']


@pytest.mark.parametrize("button", BUTTONS)
@pytest.mark.parametrize(
    ("part", "end"),
    [
        ("title", "Neurology"),
        ("headline", "Knee"),
        ("words", "clicks."),
        ("asker", "2020/10/26"),
        ("reply", "Rest it."),
        ("reply", "2020/10/27"),
        ("essay", "reasons."),
        ("similar", "Other Knees"),
        ("similar", "Why?"),
    ],
)
def test_a_button_behind_what_it_stands_beside(part: str, end: str, button: str) -> None:
    for behind in (button, f"{button} <button>Listen</button>"):
        question = read(**{part: PARTS[part].replace(end, f"{end} {behind}", 1)})
        assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize("button", BUTTONS)
@pytest.mark.parametrize(
    ("part", "begin"),
    [
        ("headline", "Knee"),
        ("words", "My knee"),
        ("reply", "Dr. Lin"),
        ("reply", "Rest it."),
        ("reply", "Reply Date"),
        ("essay", "Knees"),
        ("similar", "Other Knees"),
    ],
)
def test_a_button_before_what_it_stands_beside(part: str, begin: str, button: str) -> None:
    question = read(**{part: PARTS[part].replace(begin, f"{button} {begin}", 1)})
    assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize(
    "link", ['<a href="/doctor/5">View profile</a>', '<a href="/x">See all</a>']
)
def test_a_link_behind_a_day(link: str) -> None:
    parts = {name: PARTS[name].replace("</p>", f" {link}</p>") for name in ("asker", "reply")}
    parts["reply"] = PARTS["reply"].replace("7</p>", f"7 {link}</p>")
    question = read(**parts)
    assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize("button", ["<button>{}</button>", '<span role="button">{}</span>'])
@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("words", "knee"),
        ("words", "My"),
        ("asker", "Ms. Wu"),
        ("asker", "2020/10/26"),
        ("reply", "Dr. Lin Moshan"),
        ("reply", "Neurology"),
        ("reply", "2020/10/27"),
        ("essay", "Knees"),
        ("essay", "More Info"),
        ("similar", "Other Knees"),
        ("similar", "Dermatology"),
        ("tags", "(Neurology)"),
    ],
)
def test_words_of_a_line_may_be_buttons(part: str, words: str, button: str) -> None:
    pressed = PARTS[part].replace(words, button.format(words), 1)
    assert whole(read(**{part: pressed})) == EXPECTED


@pytest.mark.parametrize(
    "words",
    [
        "<button>膝關節</button>會響。",
        "<button>MRI</button> 檢查很安全。",
        "<button>膝關節</button>\n會響。",
        "抑制病毒<button>複製</button>",
        "I have <button>Arthritis</button>",
        "<button>Vitamin</button> D helps.",
        "Take a pill, e.g. <button>Aspirin</button>",
        "Is it cancer? <button>No</button>",
        "1. <button aria-expanded=true>Causes</button>",
        "Wounds. <button aria-controls=z>Report</button>",
    ],
)
def test_a_button_that_is_part_of_a_line(words: str) -> None:
    text = " ".join(re.sub("<.*?>", " ", words).split())
    question = read(words=f"<p>Hello.</p><p>{words}</p>", headline=f"<h2>{words}</h2>")
    assert (question.text, question.headline) == (f"Hello.\n{text}", text)
    essay = PARTS["essay"] + f"<h4>{words}</h4><p>Gas.</p>"
    assert (read(essay=essay).more_info or "").endswith(f"\n{text}\nGas.")
