"""The order of a run, as priorities: what has the higher one is fetched first.

Start pages; new questions; what leads to questions, known or new; what is known, the best first.
So a list is asked for when the questions that the lists before it named have been fetched. In a run
with a budget the known leads are among what is known, and that takes turns with the new ones. What
ended an earlier run comes last, what did so longest ago first; a larger budget's last is for it.
"""

from scraper.items import Kind, Via

START = 50
NEW = 40  # a question that some page names
SITEMAP, LIST, FAQ = 30, 25, 20
COUNTED = 15  # a question's number that no page has named so far
DOUBTFUL = 10  # new ones that may be endless: the last of the leads
HINTED, AGAIN = 5, 3  # what a sitemap says has changed; what was gone or failed
LEFT_OVER, DENIED = -1_000_000_000, -2_000_000_000  # those chosen by worth follow from -1 down
LAST = -3_000_000_000  # less the run which it ended: the host answered by a wish for silence

BANDS = (START, NEW, SITEMAP, DOUBTFUL, DENIED, 2 * LAST)
"""The lowest priority of each part of a run; what is in one may change what is in the next."""
_WAYS: dict[Via | None, int] = {Via.START: START, Via.RANGE: COUNTED}
_KINDS: dict[str, int] = {Kind.SITEMAP: SITEMAP, Kind.LIST: LIST, Kind.FAQ: FAQ}


def priority(kind: str, via: Via | None = None) -> int:
    """The place of a new URL that was disclosed in some way, or of a known lead."""
    return _WAYS.get(via) or _KINDS.get(kind, NEW)


def band(priority: int) -> int:
    """The part of a run to which a priority belongs, as its lowest."""
    return next(lowest for lowest in BANDS if priority >= lowest)
