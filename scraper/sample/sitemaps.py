"""The sample sites' sitemap index, and sitemaps of 1,000 questions each."""

import re
from collections.abc import Callable, Iterable

from scraper.sample.catalogue import Catalogue
from scraper.sample.chance import Salt, mix
from scraper.sample.web import XML, Response, text

_PER_SITEMAP = 1000  # questions, each in all its languages
_PATH = re.compile(r"/sitemap-([1-9]\d{0,6})\.xml")
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def in_sitemap(site: Catalogue, index: int) -> bool:
    """Whether a sitemap lists the question; 2 % are linked from other pages only."""
    return mix(site.seed, Salt.SITEMAP, index) % 50 != 0


def sitemap_at(
    path: str,
    site: Catalogue,
    origin: str,
    paths: Callable[[int], Iterable[str]],
    others: Iterable[str] = (),
) -> Response | None:
    """The index or sitemap at a path: questions by their `paths`; `others` stand in the first."""
    if path == "/sitemap.xml":
        return text(_sitemap_index(site, origin), XML)
    match = _PATH.fullmatch(path)
    if match is None or (first := (int(match[1]) - 1) * _PER_SITEMAP) >= site.question_count:
        return None
    return text(_urlset(site, first, origin, paths, () if first else others), XML)


def _sitemap_index(site: Catalogue, origin: str) -> str:
    parts = "".join(
        f"<sitemap><loc>{origin}/sitemap-{number}.xml</loc></sitemap>\n"
        for number in range(1, 2 + (site.question_count - 1) // _PER_SITEMAP)
    )
    return f"{_XML}<sitemapindex {_SPACE}>\n{parts}</sitemapindex>\n"


def _urlset(
    site: Catalogue,
    first: int,
    origin: str,
    paths: Callable[[int], Iterable[str]],
    others: Iterable[str],
) -> str:
    """One sitemap: `others`, then its questions with the time of their last edit."""
    parts = [f"<url><loc>{origin}{other}</loc></url>\n" for other in others]
    for index in range(first, min(first + _PER_SITEMAP, site.question_count)):
        state = site.state(index)
        if state.gone or not in_sitemap(site, index):
            continue
        at = f"{state.content_at:%Y-%m-%dT%H:%M:%S+00:00}"
        parts += [
            f"<url><loc>{origin}{path}</loc><lastmod>{at}</lastmod></url>\n"
            for path in paths(index)
        ]
    return f"{_XML}<urlset {_SPACE}>\n{''.join(parts)}</urlset>\n"
