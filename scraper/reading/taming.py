"""Tags that would hold up the parser: it compares each attribute with all others of its tag."""

import re

_HARMLESS = 100_000  # characters of a page in which no tag can be long enough to matter
_LONGEST = 50_000  # characters of a tag
_TAG = re.compile(r"""<([a-zA-Z][^\s<>/"']{0,60}+)(?:[^<>"']|"[^"]*+"|'[^']*+')*+>""")


def tame(html: str) -> str:
    """`html` with the attributes of tags beyond 50,000 characters left out."""
    return html if len(html) < _HARMLESS else _TAG.sub(_shortened, html)


def _shortened(tag: re.Match[str]) -> str:
    return tag[0] if tag.end() - tag.start() <= _LONGEST else f"<{tag[1]}>"
