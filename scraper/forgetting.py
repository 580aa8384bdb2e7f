"""What an archive's tombstones mean for the pages of one site."""

from collections.abc import Callable
from urllib.parse import urlsplit

from scraper.items import Kind
from scraper.reading.redact import Forgotten
from scraper.tombstones import Tombstones

LANGUAGES = ("en", "zh-Hant")


def forgotten_pages(
    tombstones: Tombstones,
    site: str,
    home: str,
    classify: Callable[[str], tuple[str, Kind] | None],
    phrases: tuple[str, ...] = (),
) -> Forgotten:
    """How to know a forgotten page of a site, at `home`, where another one quotes it.

    `phrases`: its own words, where these are known.
    """
    sites = (site, urlsplit(home).hostname or "")

    def number(source_id: str) -> bool:
        ids = (f"{one}:{source_id}:{language}" for one in sites for language in LANGUAGES)
        return any(map(tombstones.covers_id, ids))

    return Forgotten(
        url=tombstones.covers_url,
        classify=classify,
        text=tombstones.covers_text,
        number=number,
        phrases=phrases,
    )
