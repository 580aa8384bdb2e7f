"""Step 1 of a crawl: writes each raw response to the WARC, before anything else happens to it."""

import hashlib

from pipelines.archive import Archive
from pipelines.frontier import CrawlComponent
from pipelines.storing.archived import Archived
from pipelines.warcs import records as warc_records
from pipelines.warcs.records import Original
from scraper.items import Outcome, Visit


class CaptureStep(CrawlComponent):
    """Scrapy item pipeline: Visit -> Archived."""

    async def process_item(self, visit: Visit) -> Archived:
        """Append request and response. Raises sqlite3.Error, OSError or StorageError.

        The steps that follow don't await, so that the archive which is free here is free there.
        """
        if not self._frontier.on:
            return Archived(visit=visit)
        await self._archive.free()
        captured = self._frontier.captured
        if not captured:
            self._archive.rotate()
        captured[visit.url] = kept = archived(self._archive, visit)
        return kept


def archived(archive: Archive, visit: Visit) -> Archived:
    """Append the visit's capture, if it has one, to the WARC."""
    capture = visit.capture
    if capture is None:
        return Archived(visit=visit)
    original = _original(archive, visit) if visit.outcome is Outcome.UNCHANGED else None
    if original is None:
        sha256 = hashlib.sha256(capture.body).hexdigest()
        answer = warc_records.response(capture, sha256)
    else:
        sha256 = original.sha256
        answer = warc_records.revisit(capture, original)
    position = archive.append(answer)
    archive.append(warc_records.request(capture, answer))
    return Archived(
        visit=visit,
        position=position,
        record_id=answer.headers["WARC-Record-ID"],
        sha256=sha256,
        refers_to=original.id if original else None,
    )


_ORIGINAL = """
SELECT c.id, c.url, c.fetched_at, c.sha256 FROM urls u JOIN captures c ON c.url_id = u.id
WHERE u.url = ? AND c.sha256 = u.sha256 AND c.refers_to IS NULL
ORDER BY c.id DESC LIMIT 1
"""


def _original(archive: Archive, visit: Visit) -> Original | None:
    """The capture whose body an unchanged page still has."""
    row = archive.db.execute(_ORIGINAL, (visit.url,)).fetchone()
    return Original(*row) if row else None
