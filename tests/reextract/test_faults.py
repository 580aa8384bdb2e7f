"""A fault of qarchive's own while what was reread is stored."""

import logging
from pathlib import Path

import pytest

from pipelines.reextract import reextract
from pipelines.verify import verify
from tests.reextract.sites import SITES, make


def test_it_is_told_and_changes_nothing_of_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    make(tmp_path)
    monkeypatch.setattr("pipelines.reextract.supersede", None)
    found = reextract(tmp_path, SITES, 1, lambda _: None)
    logged = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert found.refused == len(logged) == 5  # pages whose record changes
    assert all(record.exc_info and record.exc_info[0] is TypeError for record in logged)
    assert list(verify(tmp_path)) == []
