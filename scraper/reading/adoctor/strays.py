"""Tells of lines within a question or reply that may be none of its words.

<p>Rest it.</p> <ul class="related"><li><a href="/article/8">Sore Toes</a></li></ul>
"""

from collections.abc import Sequence

from scraper.reading.adoctor.link_lines import is_site_link_line
from scraper.reading.adoctor.text_rows import is_sentence, row_of
from scraper.reading.visible.line import Line, holders


def may_have_strays(lines: Sequence[Line], start: int, stop: int) -> bool:
    """Whether lines start to stop - 1, a text, have links, a form or a headed box beside its rows.

    Boxes that each have a heading are the text's own parts.
    """
    text = lines[start:stop]
    return bool(text) and (_has_links_beside(text) or _has_box_beside(text) or _has_form(text))


def _has_links_beside(text: Sequence[Line]) -> bool:
    """Whether lines are nothing but links to pages of the site, in no row of other lines."""
    linked = (line for line in text if line.links)
    links = [line for line in linked if is_site_link_line(line) and not is_sentence(line)]
    if not links:
        return False
    rows = {row_of(line) for line in text if line not in links}
    return any(row_of(line) not in rows for line in links)


def _has_box_beside(text: Sequence[Line]) -> bool:
    """Whether a box begins with a heading, and no line beside it is one."""
    heading = next((line for line in text if line.heading is not None), None)
    if heading is None:
        return False
    if (box := row_of(heading)[0]) is None:
        return False
    inside = [line for line in text if box in holders(line.first)]
    beside = [line for line in text if line not in inside]
    if len(inside) == 1 or inside[0] is not heading or not beside:
        return False
    return all(line.heading is None for line in beside)


def _has_form(text: Sequence[Line]) -> bool:
    """Whether the first line stands in a form and the last one in none, or the other way round."""
    first, last = (next(line.first.iterancestors("form"), None) for line in (text[0], text[-1]))
    return first is not last
