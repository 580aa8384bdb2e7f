"""What becomes of a page when a step behind the capture raises."""

from pathlib import Path

import pytest
from scrapy.exceptions import DropItem

from pipelines.storing.archived import Archived
from pipelines.verify import verify
from scraper.settings import ITEM_PIPELINES
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer


class Raising:
    """A step that cannot bear one page."""

    error: Exception = ValueError("not this one")

    def process_item(self, archived: Archived) -> Archived:
        if archived.visit.url.endswith("/q/2"):
            raise self.error
        return archived


class Dropping(Raising):
    error = DropItem("not this one")


@pytest.mark.parametrize(
    ("step", "code", "detail"),
    [
        (Raising, "step-failed", "ValueError: not this one"),
        (Dropping, "step-refused", "not this one"),
    ],
)
def test_its_capture_is_kept_and_nothing_is_lost(
    tmp_path: Path, step: type[Raising], code: str, detail: str, caplog: pytest.LogCaptureFixture
) -> None:
    with FaultServer() as server:
        server.play("/", [reply(200, body=b'<a href="/q/1"></a><a href="/q/2"></a>')])
        for path in ("/q/1", "/q/2"):
            server.play(path, [reply(200, body=b"<h1>Knee</h1><p>It hurts.</p>")])
        settings = {"ITEM_PIPELINES": ITEM_PIPELINES | {step: 250}, "LOG_LEVEL": "INFO"}
        ended = crawl(tmp_path, base_url=server.url("/"), settings=settings)
    told = rows(
        tmp_path,
        "SELECT p.code, p.detail, c.url, c.status FROM problems p"
        " JOIN captures c ON c.id = p.capture_id",
    )
    assert told == [(code, detail, server.url("/q/2"), 200)]
    if step is Dropping:
        assert f"{server.url('/q/2')} is refused: not this one" in caplog.messages
    assert rows(tmp_path, "SELECT source_id FROM questions") == [("1",)]
    assert (ended.run.lost, list(verify(tmp_path))) == (0, [])
