"""Of two states of a question only what differs is written."""

from dataclasses import replace

import pytest

from pipelines.storing.rewriting import rewrite
from scraper.items import Asker, FaqTag, Question, Reply, SimilarQuestion

BEFORE = Question(
    site="adoctor",
    source_id="1",
    language="en",
    url="https://adoctor.tw/article/1",
    title="Knee 膝",
    text="It hurts.",
    asker=Asker(name="Ms. Oak"),
    replies=(Reply(doctor="Lin", text="Rest."),),
    similar=(SimilarQuestion(title="Foot"),),
    faq_tags=(FaqTag(name="Knees"),),
)


@pytest.mark.parametrize(
    ("change", "columns", "children", "indexed"),
    [
        ({"department": "Bones"}, {"department": "Bones"}, set(), False),
        ({"asker": None}, {"asker_name": None}, set(), False),
        ({"title": "Knee"}, {"title": "Knee"}, set(), True),
        ({"replies": (Reply(doctor="Wang", text="Rest."),)}, {}, {"replies"}, False),
        ({"replies": (Reply(doctor="Lin", text="Run."),)}, {}, {"replies"}, True),
        ({"replies": ()}, {"reply_count": 0}, {"replies"}, True),
        ({"similar": ()}, {}, {"similar_questions"}, False),
        ({"faq_tags": (FaqTag(name="Bones"),)}, {}, {"questions_faq_tags"}, False),
        ({"mentions": ("7",)}, {"mentions": '["7"]'}, set(), False),
        ({}, {}, set(), False),
    ],
)
def test_only_what_differs(
    change: dict[str, object], columns: dict[str, object], children: set[str], *, indexed: bool
) -> None:
    found = rewrite(BEFORE, replace(BEFORE, **change))  # type: ignore[arg-type]
    assert (found.columns, set(found.children)) == (columns, children)
    assert (found.fulltext is not None) == indexed


def test_the_full_text_is_told_what_it_held() -> None:
    found = rewrite(BEFORE, replace(BEFORE, title="Knee"))
    assert found.fulltext is not None
    assert [texts[0].split() for texts in found.fulltext] == [["Knee", "膝"], ["Knee"]]


def test_what_the_state_before_refers_to_is_not_inserted_again() -> None:
    before = replace(BEFORE, department="Bones")
    assert rewrite(before, replace(before, title="Knee"))[4:] == (set(), set(), [])
    reply, tag = Reply(doctor="Wang", department="Skin", text="Rest."), FaqTag(name="Feet")
    after = replace(before, replies=(*BEFORE.replies, reply), faq_tags=(*BEFORE.faq_tags, tag))
    assert rewrite(before, after)[4:] == ({"Skin"}, {"Wang"}, [("adoctor", "Feet", None)])
