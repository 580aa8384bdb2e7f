"""A visit between the steps of a crawl, with the position of its response in the WARC."""

from dataclasses import dataclass

from pipelines.warcs.files import Position
from scraper.items import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A visit whose capture, if it has one, is in the WARC."""

    visit: Visit
    position: Position | None = None
    record_id: str | None = None  # WARC-Record-ID of the response or revisit record
    sha256: str | None = None  # of the body as it came; of a revisit, the body it stands for
    refers_to: int | None = None  # of a revisit: the capture whose body it repeats
    redacted_at: str | None = None  # when it was redacted, if not on its arrival
