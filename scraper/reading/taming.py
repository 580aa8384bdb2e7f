"""Defuses markup that would hold up the parser or fill the memory.

The parser compares each attribute with all others of its tag, and a tag takes up to a kilobyte.
"""

import re

from scraper.errors import NotAQuestionError

_MAX_TAGS = 100_000  # or comments; a question page has some hundreds
_ALWAYS_HARMLESS = 100_000  # characters; no tag of a shorter page can matter
_MAX_TAG = 50_000  # characters
_OPENING = re.compile("<[a-zA-Z]")
_COMMENT = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<(?:[!?](?!--)|/[^a-zA-Z])[^>]*(?:>|\Z)", re.DOTALL
)
_TAG = re.compile(r"""<([a-zA-Z][^\s<>/"']{0,60}+)(?:[^<>"']|"[^"]*+"|'[^']*+')*+>""")


def tame(html: str) -> str:
    """`html` with the attributes of tags beyond 50,000 characters left out.

    Raises NotAQuestionError when there are more than 100,000 tags, or comments.
    """
    if len(html) < _ALWAYS_HARMLESS:
        return html
    for name, pattern in (("tags", _OPENING), ("comments", _COMMENT)):
        count = sum(1 for _ in pattern.finditer(html))
        if count > _MAX_TAGS:
            raise NotAQuestionError(f"the page has {count} {name}")
    return _TAG.sub(lambda tag: tag[0] if len(tag[0]) <= _MAX_TAG else f"<{tag[1]}>", html)
