"""Finds words in URLs: sites name pages, pictures and lists by a question's title."""

import re
from collections.abc import Iterator

from scraper.reading.redaction.percent import percent_decoded
from scraper.reading.sameness import composed, is_distinctive

_PARTS = re.compile(r"[/\\?&=#]+")
EXTENSION = re.compile(r"\.\w{1,5}$")
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")  # a number, and what joins it to the words


def slugs_in(url: str) -> Iterator[str]:
    """Yield the parts of a path and query that are long enough to tell a page by.

    >>> list(slugs_in("/_next/image?url=%2Fthumb%2F11-numb-hands-at-night.jpg&w=640"))
    ['numb-hands-at-night']
    """
    for part in _PARTS.split(composed(percent_decoded(url))):
        words = _ENDS.sub("", EXTENSION.sub("", part))
        if is_distinctive(words):
            yield words
