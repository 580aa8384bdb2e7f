"""An archive that has a site for which no reader is installed."""

import json
from pathlib import Path

from click.testing import CliRunner

from scraper.cli.program import cli
from tests.reextract.sites import make


def test_the_command_tells_what_it_has_not_read(tmp_path: Path) -> None:
    make(tmp_path)
    words = ["reextract", "--archive", str(tmp_path), "--dry-run", "--workers", "1"]
    told = CliRunner().invoke(cli, words)
    assert told.exit_code == 1
    assert told.output.endswith("no site toy is known: its captures were not read\n")
    assert json.loads(CliRunner().invoke(cli, [*words, "--json"]).output)["unknown_sites"] == [
        "toy"
    ]
    assert CliRunner().invoke(cli, [*words, "--site", "adoctor"]).exit_code == 0
