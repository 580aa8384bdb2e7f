"""adoctor: parts that stand twice, for wide screens and for narrow ones."""

import pytest

from tests.sites.test_adoctor_exam import EXPECTED, PARTS, read, whole


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_stands_twice_counts_once(part: str) -> None:
    twice = f'<div class="wide">{PARTS[part]}</div><div class="narrow">{PARTS[part]}</div>'
    question = read(**{part: twice})
    assert whole(question) == EXPECTED
    assert question.warnings == ()


def test_a_page_that_stands_twice_in_boxes_with_ids() -> None:
    page = "".join(PARTS.values())
    copy = read(before=f"<div id=desktop>{page}</div><div id=mobile>", after="</div>")
    assert whole(copy) == EXPECTED
    assert copy.warnings == ()


def test_boxes_with_numbers_are_no_copies() -> None:
    said = "<p>It hurts.</p><p>Why?</p>"
    question = read(words=f"<div id=part-1>{said}</div><div id=part-2>{said}</div>")
    assert question.text == "It hurts.\nWhy?\nIt hurts.\nWhy?"


@pytest.mark.parametrize("part", ["similar", "tags"])
def test_cards_and_tags_that_come_again_below(part: str) -> None:
    label, end, items = PARTS[part].partition("</h3>")
    assert whole(read(**{part: f"{label}{end}{items}<hr>{items}"})) == EXPECTED


@pytest.mark.parametrize(
    "lines", ["It hurts.<br>Why?", "Reply Date: before 2021, please.", "Dr. Wu said so."]
)
def test_what_is_said_twice_in_paragraphs_of_two_classes(lines: str) -> None:
    question = read(words=f"<p class=x1>{lines}</p><p class=x2>{lines}</p>")
    said = lines.replace("<br>", "\n")
    assert "\n".join(filter(None, (question.headline, question.text))) == f"Knee\n{said}\n{said}"


@pytest.mark.parametrize("line", ["It hurts.", "More Info", "Reply Date: 2020/01/01"])
@pytest.mark.parametrize(("first", "second"), [("<p>{}</p>", "<p>{}</p>"), ("{}<br>", "{}")])
def test_what_people_say_twice_stays(line: str, first: str, second: str) -> None:
    question = read(words="<p>Hello.</p>" + first.format(line) + second.format(line))
    assert question.text == f"Hello.\n{line}\n{line}"
