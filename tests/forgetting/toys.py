"""A small archive of hand-written pages, and commands run in a process that can be killed."""

import os
import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from click.testing import CliRunner

from exports import jsonl
from exports.records import records
from pipelines.verify import verify
from scraper.cli.commands import forget as cli
from scraper.cli.errors import errors_in_one_line
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.forgetting.searching import occurrences

WORD = "Kanarienvogel"
PAGES = {
    "/": '<a href="/q/1">1</a><a href="/q/2">2</a><a href="/q/3">3</a>',
    "/q/1": f"<h1>One {WORD}</h1><p>My {WORD} sings at night</p><li>Let the {WORD} sing</li>",
    "/q/2": f'<h1>Two</h1><p>second</p><ul><li>x</li></ul><a href="/q/1">One {WORD}</a>',
    "/q/3": "<h1>Three</h1><p>third</p>",
}


def make(folder: Path, pages: dict[str, str] | None = None) -> None:
    """Make an archive of these pages by two crawls, with an export."""
    for path, content in _made(tuple((pages or PAGES).items())).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


@cache
def _made(pages: tuple[tuple[str, str], ...]) -> dict[Path, bytes]:
    """The files of such an archive; cached, as many tests begin with the same pages."""
    with TemporaryDirectory() as there, FaultServer() as server:
        folder = Path(there)
        for path, html in pages:
            server.play(path, [reply(200, body=html.encode())])
        crawl(folder, base_url=server.url("/"))
        crawl(folder, base_url=server.url("/"), revisit="all")
        jsonl.write(folder, folder / "exports" / jsonl.NAME)
        files = [path for path in folder.rglob("*") if path.is_file()]
        return {path.relative_to(folder): path.read_bytes() for path in files}


def forget(archive: Path, *words: str) -> tuple[int, str, str]:
    """Run `qarchive forget` in this process; return exit status, output and errors."""

    def run() -> None:
        with errors_in_one_line():
            cli.command.main([*words, "--archive", str(archive)], standalone_mode=False)

    done = CliRunner().invoke(click.command()(run), [])
    assert done.exception is None or isinstance(done.exception, SystemExit), "".join(
        __import__("traceback").format_exception(done.exception)
    )
    return done.exit_code, done.stdout, done.stderr


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Do `work` in a process that dies at its `step`-th change of a file, without any clean-up.

    Returns False if it ended before.
    """
    child = os.fork()
    if not child:
        changes_left = step

        def count(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal changes_left
            if event in _CHANGES or (event == "open" and _opens_for_writing(arguments)):
                changes_left -= 1
                if changes_left < 0:
                    os._exit(9)

        try:
            sys.addaudithook(count)
            work()
            os._exit(0)
        finally:
            os._exit(1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in {0, 9}
    return status == 9


_CHANGES = {"os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.truncate",
            "shutil.rmtree", "sqlite3.connect"}  # fmt: skip


def _opens_for_writing(arguments: tuple[Any, ...]) -> bool:
    return bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))


def records_by_number(archive: Path) -> dict[str, dict[str, Any]]:
    return {record["source_id"]: record for record in records(archive)}


def assert_gone(archive: Path) -> None:
    """Check that the word occurs nowhere and that the archive is sound."""
    assert occurrences(archive, (WORD,)) == []
    findings = list(verify(archive))
    assert findings == [], findings
    assert [path.name for path in archive.iterdir() if path.name in {".next", ".ready"}] == []
    assert rows(archive, "PRAGMA integrity_check") == [("ok",)]


def copy(archive: Path, into: Path) -> Path:
    shutil.rmtree(into, ignore_errors=True)
    return Path(shutil.copytree(archive, into))
