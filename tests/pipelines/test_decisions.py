"""What a run has decided is read from the WARC, by whichever version it was written."""

import json
from types import SimpleNamespace
from typing import cast

from pipelines.warcs.decisions import RUN, decision_in, run_from_json
from pipelines.warcs.records import JSON
from pipelines.warcs.walk import Record


def test_a_run_of_an_archive_of_development_has_todays_columns() -> None:
    written = {"type": RUN, "row": {"uuid": "1", "looked": 4}, "links": []}
    record = SimpleNamespace(
        kind="metadata", headers={"Content-Type": JSON}, content=json.dumps(written).encode()
    )
    row, links = run_from_json(decision_in(cast("Record", record)))
    assert (row, links) == ({"uuid": "1", "revisited": 4}, ())
