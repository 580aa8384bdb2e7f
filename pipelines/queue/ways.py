"""The ways in which a URL has been seen, as bits of `urls.ways`."""

from collections.abc import Mapping
from types import MappingProxyType

from scraper.items import Via

# Stored: a new way takes the next bit, none is ever given to another.
BITS: Mapping[Via, int] = MappingProxyType({
    Via.START: 1,
    Via.SITEMAP: 2,
    Via.LIST: 4,
    Via.FAQ: 8,
    Via.SIMILAR: 16,
    Via.MENTION: 32,
    Via.ALTERNATE: 64,
    Via.RANGE: 128,
    Via.REDIRECT: 256,
})  # fmt: skip
VIEW = 512  # the page there named another URL as its question's own
GUESSED = 1024  # a question was read there, which its URL does not show
