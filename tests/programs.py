"""Programs that some tests need and a fresh machine may lack."""

import os
from pathlib import Path

import pytest

_REQUIRED = bool(os.environ.get("QARCHIVE_REQUIRE_PROGRAMS"))  # as .ci/run sets it


def needs(path: Path, how: str) -> pytest.MarkDecorator:
    """Skip where the program is missing, with `how` to install it as the reason; CI fails."""
    absent = not path.exists() and not _REQUIRED
    return pytest.mark.skipif(absent, reason=f"no {path.name}: {how}")
