"""qapage: one question that a page tells in two texts."""

from typing import Any

import pytest

from tests.sites.forum import MICRODATA, json_ld, qapage, read
from tests.sites.test_qapage_union import DAY, LACK, PERSON

LINK = '</h1><a itemprop="url" href="/questions/77/green-water"></a>'
ASKED = f"</h1>{PERSON}{DAY}"
ADVERTISED = "Find answers of owners of ponds on everything that lives in them."


@pytest.mark.parametrize(
    ("told", "more"),
    [
        ({"text": "Is the water of my pond green?"}, "</h1>"),  # the title again
        ({"text": "Is the water of my pond green? - 2 answers"}, "</h1>"),
        ({"text": ADVERTISED, "url": "/questions/77/green-water"}, LINK),
        ({"text": ADVERTISED, "author": "Heron", "dateCreated": "2020-05-01"}, ASKED),
    ],
)
def test_one_question_of_which_one_side_has_other_words(told: dict[str, Any], more: str) -> None:
    title = "Is the water of my pond green?"
    for kind in ("QAPage", "WebPage"):
        markup = MICRODATA.replace("Green water?", title).replace("</h1>", more)
        markup = markup.replace("It is green. Very green.", LACK).replace("QAPage", kind)
        found = read(json_ld(qapage(name=title, **told), html=markup))
        assert (found.text, [reply.text for reply in found.replies]) == (LACK, ["Shade."])
