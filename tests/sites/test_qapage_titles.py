"""qapage: the title of a question whose data has none."""

import pytest

from tests.sites.forum import MICRODATA, NAME, json_ld, qapage, read

TITLE = "Why is the water of my pond green?"
HEADING = f"<h1>{TITLE}</h1>"
IN_ITEM = MICRODATA.replace(NAME, HEADING)
NAMELESS = json_ld(qapage(name=None))
NAMED = json_ld(qapage(name=None) | {"name": TITLE})


@pytest.mark.parametrize(
    "html",
    [
        IN_ITEM,
        NAMED + HEADING,
        NAMELESS.replace("<head>", f"<head><title>{TITLE} | Ponds</title>") + HEADING,
        f'<head><meta property="og:title" content="{TITLE}"></head>{NAMELESS}{HEADING}',
    ],
)
def test_the_only_heading_is_the_title(html: str) -> None:
    assert read(html).title == TITLE
    assert read(f"{html}<h1>More of ponds</h1>").title is None


@pytest.mark.parametrize("site", ["Ponds", '<a href="/">All the ponds of the north</a>'])
def test_the_sites_name_is_no_title(site: str) -> None:
    head = "<head><title>Ponds - green water</title><title>All the ponds of the north - 7</title>"
    assert read(NAMELESS.replace("<head>", head) + f"<h1>{site}</h1>").title is None
    assert read(NAMELESS + HEADING).title is None
