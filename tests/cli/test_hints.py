"""What a person can do about each problem."""

import re
from pathlib import Path

from pipelines.reports.hints import hint


def test_every_code_of_the_program_has_a_hint_of_its_own() -> None:
    repo = Path(__file__).parents[2]
    codes = {
        code
        for folder in ("scraper", "pipelines")
        for path in (repo / folder).rglob("*.py")
        for code in re.findall(r'\bcode ?= ?"([a-z0-9-]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(codes) >= 25
    codes -= {"question-missing"}  # it becomes the state gone
    general = hint("no-such-code")
    assert [code for code in sorted(codes) if hint(code) == general] == []


def test_every_hint_is_a_sentence() -> None:
    for code in ("page-changed", "timeout", "http-503", "http-403", "title-missing", "new-code"):
        assert hint(code).endswith(".")
    assert hint("http-503") != hint("http-403")
