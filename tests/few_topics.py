"""Small sample sites with 3 of the 12 departments and 12 of the 48 tags."""

from scraper.sample.topics import vocabulary
from tests.truth.sites import SampleSite, build

DEPARTMENTS = 3


def build_small(
    name: str, *, questions: int, seed: int = 1, revision: int = 1, layout: str | None = None
) -> SampleSite:
    """As `build`, with fewer list pages: with all tags, adoctor needs 126 for eight questions."""
    site = build(name, questions=questions, seed=seed, revision=revision, layout=layout)
    departments = vocabulary()[0][:DEPARTMENTS]
    topics = vocabulary()[1][: departments[-1].topics[-1] + 1]
    vars(site.catalogue).update(departments=departments, topics=topics)
    return site
