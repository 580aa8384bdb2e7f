"""The order in which a run fetches URLs, as priorities: higher ones first.

Start pages; new questions; leads (pages that lead to questions), new or known; known questions, the
best first. So a list is fetched after the questions that earlier lists linked to. With a budget
known leads count as known pages, which take turns with the new ones. A URL that ended an earlier
run comes last, those that did so longest ago first; the last request of a larger budget is for it.
"""

from scraper.items import Kind, Via

START = 50
NEW = 40  # a question that some page links to
SITEMAP, LIST, FAQ = 30, 25, 20
COUNTED = 15  # a question's number to which no page has linked
DOUBTFUL = 10  # new URLs that may be part of a trap: the last of the leads
HINTED, AGAIN = 5, 3  # a newer lastmod in a sitemap; gone or failed before
LEFT_OVER = -1_000_000_000  # those chosen by utility follow from -1 down
LAST = -3_000_000_000  # minus the id of the run that it ended: the host asked for silence

_BANDS = (START, NEW, SITEMAP, DOUBTFUL, LEFT_OVER, 2 * LAST)
"""The lowest priority of each part of a run; fetching one part may add URLs to the next."""
_WAYS: dict[Via | None, int] = {Via.START: START, Via.RANGE: COUNTED}
_KINDS: dict[str, int] = {Kind.SITEMAP: SITEMAP, Kind.LIST: LIST, Kind.FAQ: FAQ}


def priority(kind: str, via: Via | None = None) -> int:
    """The priority of a new URL, by its kind and how it was found, or of a known lead."""
    return _WAYS.get(via) or _KINDS.get(kind, NEW)


def band(priority: int) -> int:
    """The part of a run to which a priority belongs, as the part's lowest priority."""
    return next(lowest for lowest in _BANDS if priority >= lowest)
