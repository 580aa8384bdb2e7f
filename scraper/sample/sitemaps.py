"""The sample sites' sitemap index, and sitemaps of 1,000 questions each."""

from collections.abc import Callable, Iterable

from scraper.sample.catalogue import Catalogue
from scraper.sample.chance import Salt, mix

PER_SITEMAP = 1000  # questions, each in all its languages
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def in_sitemap(site: Catalogue, index: int) -> bool:
    """Whether a sitemap lists the question; 2 % are linked from other pages only."""
    return mix(site.seed, Salt.SITEMAP, index) % 50 != 0


def sitemap_index(site: Catalogue, origin: str) -> str:
    """The index of all sitemaps."""
    parts = "".join(
        f"<sitemap><loc>{origin}/sitemap-{number}.xml</loc></sitemap>\n"
        for number in range(1, 2 + (site.question_count - 1) // PER_SITEMAP)
    )
    return f"{_XML}<sitemapindex {_SPACE}>\n{parts}</sitemapindex>\n"


def urlset(
    site: Catalogue,
    number: int,
    origin: str,
    paths: Callable[[int], Iterable[str]],
    others: Iterable[str] = (),
) -> str:
    """One sitemap: its questions, with the time of their last edit, and `others` in front."""
    parts = [f"<url><loc>{origin}{other}</loc></url>\n" for other in others]
    first = (number - 1) * PER_SITEMAP
    for index in range(first, min(first + PER_SITEMAP, site.question_count)):
        state = site.state(index)
        if state.gone or not in_sitemap(site, index):
            continue
        at = f"{state.content_at:%Y-%m-%dT%H:%M:%S+00:00}"
        parts += [
            f"<url><loc>{origin}{path}</loc><lastmod>{at}</lastmod></url>\n"
            for path in paths(index)
        ]
    return f"{_XML}<urlset {_SPACE}>\n{''.join(parts)}</urlset>\n"
