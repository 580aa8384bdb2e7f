"""Small sample sites whose pages are mostly questions: of 12 departments and 48 tags 3 and 12."""

from scraper.sample.topics import vocabulary
from tests.truth.sites import SampleSite, build

DEPARTMENTS = 3


def build_small(
    name: str, *, questions: int, seed: int = 1, revision: int = 1, layout: str | None = None
) -> SampleSite:
    """As `build`: with all tags, eight questions of adoctor have 126 pages that only list them."""
    site = build(name, questions=questions, seed=seed, revision=revision, layout=layout)
    departments = vocabulary()[0][:DEPARTMENTS]
    topics = vocabulary()[1][: departments[-1].topics[-1] + 1]
    vars(site.catalogue).update(departments=departments, topics=topics)
    return site
