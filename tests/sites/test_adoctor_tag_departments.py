"""adoctor: tags of a department whose name does not look like one."""

import pytest

from scraper.items import FaqTag
from tests.sites.test_adoctor_exam import read
from tests.sites.test_adoctor_tags import TAGS

SHAPES = ["<p>{}</p><p>({})</p>", "<li>{}<br>({})", '<li><a href="/f/{0}">{0}</a> ({1})']


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("odd", ["Smoking cessation", "Long-term Care 2.0"])
def test_a_department_that_one_tag_alone_names(shape: str, odd: str) -> None:
    for tags in ((("Arm", odd), *TAGS), (*TAGS[:1], ("Arm", odd), *TAGS[1:])):
        question = read(tags="<h3>Related FAQ</h3>" + "".join(shape.format(*tag) for tag in tags))
        assert [(tag.name, tag.department) for tag in question.faq_tags] == list(tags)
        assert question.warnings == ()


@pytest.mark.parametrize("shape", SHAPES)
def test_such_a_department_of_the_last_tag_is_told(shape: str) -> None:
    tags = "".join(shape.format(*tag) for tag in (*TAGS, ("Arm", "Smoking cessation")))
    question = read(tags=f"<h3>Related FAQ</h3>{tags}")
    assert [tag.name for tag in question.faq_tags] == [name for name, _ in TAGS]
    assert question.warnings == ("unread-lines",)


def test_a_department_of_any_shape_that_title_and_tags_name() -> None:
    parts = {"title": "<h1>Clicking Knees - Smoking cessation</h1>", "reply": "", "similar": ""}
    tags = "<h3>Related FAQ</h3><p>Arm</p><p>(Smoking cessation)</p>"
    head = "<title>Clicking Knees - Smoking cessation | aDoctor</title>"
    question = read(head=head, tags=tags, **parts)
    assert (question.title, question.department) == ("Clicking Knees", "Smoking cessation")
    assert question.faq_tags == (FaqTag(name="Arm", department="Smoking cessation"),)
