"""Tells of lines within a question or reply that may be none of its words.

<p>Rest it.</p> <ul class="related"><li><a href="/article/8">Sore Toes</a></li></ul>
"""

from collections.abc import Sequence

from scraper.reading.adoctor.essays import has_field
from scraper.reading.adoctor.link_lines import has_only_site_links, is_link_line
from scraper.reading.adoctor.text_rows import is_sentence, row_of
from scraper.reading.visible.line import Line, holders


def may_have_strays(lines: Sequence[Line], start: int, stop: int) -> bool:
    """Whether lines start to stop - 1, a text, have links, a form or a headed box beside its rows.

    Boxes that each have a heading are the text's own parts.
    """
    text = lines[start:stop]
    return bool(text) and (_has_links_beside(text) or _has_box_beside(text) or _has_form(text))


def _has_links_beside(text: Sequence[Line]) -> bool:
    """Whether lines are nothing but links to the site or paid for, in no row of other lines.

    Links whose words are their addresses are what somebody wrote.
    """
    links = {index for index, line in enumerate(text) if line.links and _is_link(line)}
    if not links:
        return False
    rows = {row_of(line) for index, line in enumerate(text) if index not in links}
    return any(row_of(text[index]) not in rows for index in links)


def _is_link(line: Line) -> bool:
    if not is_link_line(line) or is_sentence(line) or "adoctor.tw/" in line.text:
        return False
    return has_only_site_links(line) or "sponsored" in line.element.get("rel", "")


def _has_box_beside(text: Sequence[Line]) -> bool:
    """Whether a box begins with a heading, and no line beside it is one."""
    heading = next((line for line in text if line.heading is not None), None)
    box = row_of(heading)[0] if heading is not None else None
    if box is None:
        return False
    held = [box in holders(line.first) for line in text]
    if sum(held) == 1 or text[held.index(True)] is not heading or all(held):
        return False
    return all(held[index] or line.heading is None for index, line in enumerate(text))


def _has_form(text: Sequence[Line]) -> bool:
    """Whether the first line stands in a form and the last one in none, or the other way round."""
    first, last = (next(line.first.iterancestors("form"), None) for line in (text[0], text[-1]))
    if first is last:
        return False
    return any(form is not None and has_field(form) for form in (first, last))
