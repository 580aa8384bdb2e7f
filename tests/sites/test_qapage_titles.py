"""qapage: the title of a question whose data has none."""

import pytest

from tests.sites.forum import HOME, MICRODATA, NAME, json_ld, qapage, read

TITLE = "Why is the water of my pond green?"
HEADING = f"<h1>{TITLE}</h1>"
PLACE = HOME + "questions/why-is-the-water-of-my-pond-green/"


@pytest.mark.parametrize(
    "html", [MICRODATA.replace(NAME, HEADING), json_ld(qapage(name=None), html=HEADING)]
)
def test_the_only_heading_is_the_title_where_the_url_ends_in_its_words(html: str) -> None:
    assert read(html, PLACE).title == TITLE
    assert read(html).title is None
    assert read(html.replace(TITLE, "All the ponds of the north"), PLACE).title is None
    assert read(html.replace(HEADING, HEADING + "<h1>Ponds</h1>"), PLACE).title is None
