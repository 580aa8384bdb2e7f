"""What an archive's tombstones mean for the pages of one site."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from urllib.parse import urlsplit

from scraper.items import Kind, Question
from scraper.reading.page import Page
from scraper.reading.redaction.redact import Forgotten
from scraper.reading.urls import carried, join, paths_above
from scraper.site import Site, question_of
from scraper.tombstones import Tombstones

LANGUAGES = ("en", "zh-Hant")
_REMEMBERED = 20_000  # URLs of which it is known whether they are forgotten


def forgotten_on(
    tombstones: Tombstones,
    site: type[Site],
    home: str,
    phrases: tuple[str, ...] = (),
) -> Forgotten:
    """How to know a forgotten page of a site, at `home`, by the functions that its spider names.

    The pages of a copy of the site link to the site's own address too.
    """
    homes = tuple(dict.fromkeys((home, site.home)))

    def classify(url: str) -> tuple[str, Kind] | None:
        return next(filter(None, (site.classify(url, one) for one in homes)), None)

    return forgotten_pages(
        tombstones, site.name, home, classify, phrases,
        question_at=site.question_at, reads=partial(question_of, site),
    )  # fmt: skip


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

    By its URL, at http and https, and by its id: a translation, a new title in its URL or a page
    below it (`/7/reply`) is the same question. So is a URL in whose query its address or its words
    stand (`/login?next=`): what is there is nothing without it; and one that is no question's, but
    named by the words of its URL (`/tags/numb-hands-at-night`). Of other sites it is one whose URL
    was buried as it is linked to. `phrases`: its own words, where these are known. The functions
    are the site's.
    """
    sites = (site, urlsplit(home).hostname or "")

    def number(source_id: str) -> bool:
        return any(covers_question(tombstones, one, source_id) for one in sites)

    def is_buried(url: str) -> bool:
        behind = url.partition(":")[2]
        return any(map(tombstones.covers_url, (f"http:{behind}", f"https:{behind}")))

    def here_or_buried(url: str) -> tuple[str, Kind] | None:
        found, page = classify(url), url.partition("#")[0]
        return (page, Kind.QUESTION) if found is None and is_buried(page) else found

    def is_own(canonical: str) -> bool:
        if is_buried(canonical):
            return True
        told = next(filter(None, map(question_at, [canonical, *paths_above(canonical)])), None)
        return told is not None and covers_question(tombstones, *told)

    def leads_there(canonical: str, value: str) -> bool:
        target = join(canonical, value) if "/" in value else None
        found = classify(target) if target is not None else None
        return found is not None and is_own(found[0])

    @lru_cache(maxsize=_REMEMBERED)
    def url(canonical: str) -> bool:
        return is_own(canonical) or any(
            leads_there(canonical, value) or forgotten.hits_name(value)
            for value in carried(canonical)
        )

    def slug(words: str) -> bool:
        return tombstones.covers_text(as_slug(words))

    forgotten = Forgotten(
        url=url, classify=here_or_buried, text=tombstones.covers_text, number=number, slug=slug,
        phrases=phrases, reads=reads,
    )  # fmt: skip
    return forgotten


def as_slug(words: str) -> str:
    """Words of a URL as they are buried: a line of text that says the same is none."""
    return f"/{words}"


def ids_of(site: str, source_id: str) -> tuple[str, ...]:
    """The ids that are buried of every question: in languages it has, or may have some day."""
    return tuple(f"{site}:{source_id}:{language}" for language in LANGUAGES)


def covers_question(tombstones: Tombstones, site: str, source_id: str) -> bool:
    """Whether a question was forgotten, in whatever language."""
    return any(map(tombstones.covers_id, ids_of(site, source_id)))
