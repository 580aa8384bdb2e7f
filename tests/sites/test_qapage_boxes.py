"""Items of a theme around parts of a question, and other items in it."""

import pytest

from scraper.items import Reply
from tests.sites.forum import MICRODATA, NAME, TEXT, answered, page, read

ASKED = '<i itemprop="author">Newt</i><meta itemprop="dateCreated" content="2020-04-18">'


def box(kind: str, *inner: str, more: str = "") -> str:
    itemtype = f'itemtype="https://schema.org/{kind}"' if kind else ""
    return f"<section itemscope {itemtype} {more}>{''.join(inner)}</section>"


@pytest.mark.parametrize("kind", ["", "CreativeWork", "Article", "WebPageElement"])
def test_a_themes_boxes_around_answers_or_a_question_are_looked_through(kind: str) -> None:
    parts = (NAME, TEXT, ASKED, answered(ASKED), answered().replace("Shade.", "Barley."))
    plain = page(*parts)
    assert page(*parts[:3], box(kind, *parts[3:])) == plain
    assert page(*parts[:3], box("UserComments", *parts[3:])) == plain
    assert page(*parts[:3], box(kind, box("ItemList", parts[3])), box(kind, parts[4])) == plain
    opening, question = MICRODATA.removesuffix("</div>").split('<div itemprop="mainEntity"')
    headline = '<h1 itemprop="headline">Pond</h1>'
    whole = box(kind, headline, '<div itemprop="mainEntity"', question)
    assert read(f"{opening}{headline}{whole}</div>") == read(MICRODATA)


@pytest.mark.parametrize(
    "other",
    [
        box("", '<b itemprop="name">Newt</b>'),
        box("CreativeWork", '<a itemprop="url" href="/blog">Reeds</a><p itemprop="text">Cut.</p>'),
        box("", TEXT, ASKED),
        box("CreativeWork", ASKED),
        box("Comment", TEXT, ASKED),
        box("UserComments", TEXT, ASKED),
        box("", TEXT, ASKED) + box("", TEXT),
        box("Article", NAME, ASKED, '<p itemprop="description">Cut.</p>'),
        box("Review", TEXT, ASKED),
        box("Product", TEXT, ASKED),
        box("Question", NAME.replace("Green", "Red"), TEXT, ASKED, answered(ASKED)),
    ],
)
def test_other_items_in_a_question_are_not_its_parts(other: str) -> None:
    found = page(NAME, other, answered())
    assert (found.title, found.text, found.asker) == ("Green water?", None, None)
    assert found.replies == (Reply(text="Shade."),)
    assert (found.asked_on, found.warnings) == (None, ())
    assert page(NAME, answered(other)).replies == (Reply(text="Shade."),)


@pytest.mark.parametrize(
    ("around", "replies"),
    [
        (box("Article", ASKED, answered()), ["Shade."]),  # whose author is the answer's
        (box("", '<a itemprop="url" href="/reeds"></a>', answered()), []),
        (box("Comment", answered()), []),
        (box("", NAME, answered()), []),
        (box("CreativeWork", answered(), more='itemprop="hasPart"'), []),
        (box("ItemList", answered().replace("suggestedAnswer", "itemListElement")), []),
    ],
)
def test_an_answer_in_an_item_of_the_question_is_read_or_told(
    around: str, replies: list[str]
) -> None:
    found = page(NAME, TEXT, around)
    assert ([reply.text for reply in found.replies], found.asker) == (replies, None)
    assert found.warnings == (() if replies else ("answers-missing-from-markup",))
