"""What an archive's tombstones mean for the pages of one site."""

from collections.abc import Callable
from urllib.parse import urlsplit

from scraper.items import Kind, Question
from scraper.reading.page import Page
from scraper.reading.redaction.redact import Forgotten
from scraper.tombstones import Tombstones

LANGUAGES = ("en", "zh-Hant")


def forgotten_pages(
    tombstones: Tombstones,
    site: str,
    home: str,
    classify: Callable[[str], tuple[str, Kind] | None],
    phrases: tuple[str, ...] = (),
    *,
    question_at: Callable[[str], tuple[str, str] | None],
    reads: Callable[[Page, Kind], Question | None] | None = None,
) -> Forgotten:
    """How to know a forgotten page of a site, at `home`, where another one quotes it.

    By its id too: a translation, or a new title in its URL, is the same question. `phrases`: its
    own words, where these are known. The functions are the site's.
    """
    sites = (site, urlsplit(home).hostname or "")

    def number(source_id: str) -> bool:
        return any(covers_question(tombstones, one, source_id) for one in sites)

    def url(canonical: str) -> bool:
        if tombstones.covers_url(canonical):
            return True
        told = question_at(canonical)
        return told is not None and covers_question(tombstones, *told)

    return Forgotten(
        url=url, classify=classify, text=tombstones.covers_text, number=number, phrases=phrases,
        reads=reads,
    )  # fmt: skip


def ids_of(site: str, source_id: str) -> tuple[str, ...]:
    """The ids that are buried of every question: in languages it has, or may have some day."""
    return tuple(f"{site}:{source_id}:{language}" for language in LANGUAGES)


def covers_question(tombstones: Tombstones, site: str, source_id: str) -> bool:
    """Whether a question was forgotten, in whatever language."""
    return any(map(tombstones.covers_id, ids_of(site, source_id)))
