"""Jobs with odd names in them, and a program that notes how it was called."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from scraper.cli.schedules.at import read_at
from scraper.cli.schedules.job import Job

ODD = [
    "plain",
    "my archive",
    "100% sure",
    "%H \\% \\\\% %%",
    "$HOME ${HOME} $$ `id` $(id)",
    'it\'s "quoted"',
    "back\\slash\\",
    "\\\\two \\\\\\%three",
    "semi;colon & pipe | > < * ? [a] {b} ~ #!",
    "資料 é",
    " edges ",
    "- --dash",
]


def job(archive: Path = Path("/a"), at: str = "03:30", zone: str | None = None, **kw: Any) -> Job:
    given: dict[str, Any] = {"program": ("/bin/true",), "delay": 600, "limit": 3600}
    given |= {"options": ("--contact=ada@example.org",)} | kw
    zone_ = ZoneInfo(zone) if zone else None
    return Job(site="adoctor", archive=archive, at=read_at(at), zone=zone_, **given)


def recorder(folder: Path, end: str) -> Path:
    """A program that notes its words and environment, and ends as told when it crawls."""
    folder.mkdir(exist_ok=True)
    program = folder / "qarchive"
    program.write_text(
        f"#!{sys.executable}\nimport json, os, pathlib, sys\n"
        "with (pathlib.Path(sys.argv[0]).parent / 'words').open('a') as notes:\n"
        "    ping = os.environ.get('QARCHIVE_NOTIFY_PING')\n"
        "    print(json.dumps([sys.argv[1:], ping]), file=notes)\n"
        f"if sys.argv[1] == 'crawl':\n    os.execv('/bin/sh', ['sh', '-c', {end!r}])\n"
    )
    program.chmod(0o755)
    return program


def recorded(folder: Path) -> list[list[str]]:
    return [json.loads(line)[0] for line in (folder / "words").read_text().splitlines()]


def run(words: list[str], home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, env={"HOME": str(home), "PATH": os.defpath, **environment},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
