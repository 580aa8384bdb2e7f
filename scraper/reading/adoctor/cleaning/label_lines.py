"""Parts the label of the tags from those that stand on its line.

<p>Related FAQ: Als (Neurology) Gout (Neurology)</p>
<p><b>Related FAQ</b> <a href="/faq/als">Als</a><br>(Neurology)</p>
"""

import re

from scraper.reading.adoctor.lists.line_links import links_to_tag
from scraper.reading.adoctor.words.labels import Label, pattern
from scraper.reading.visible.line import Line

BEGINNINGS = ("Related", "RELATED", "相關")
_LABEL = re.compile(rf"(?:{pattern(Label.RELATED)})\s*(?:[:：]|(?=\s))\s*(?=\S)", re.IGNORECASE)
_TAGS = re.compile(r"(?:[^()（）]{1,120}[(（][^()（）]{1,60}[)）][\s,、·|]*)+")


def parted_label(line: Line) -> tuple[Line, ...]:
    """A line; two where tags stand behind their label."""
    if (label := _LABEL.match(line.text)) is None or line.heading is not None:
        return (line,)
    rest = line.text[label.end() :]
    links = tuple(link for link in line.links if link[0] in rest)
    tags = line._replace(text=rest, links=links, first=line.last)
    if not (_TAGS.fullmatch(rest) or (links_to_tag(tags) and rest == links[0][0])):
        return (line,)
    return line._replace(text=label[0].strip(), links=(), last=line.first, behind=None), tags
