"""Makes the events of a crawl that starts or ends."""

from pathlib import Path
from shlex import quote
from typing import Any

from pipelines.notify.event import Event, EventKind
from pipelines.status import falls, missing, status, taken
from scraper.errors import ArchiveError
from scraper.exit_status import ExitStatus
from scraper.wording import printable

# Of `qarchive crawl`; any other is a crash or a signal.
_MEANING: dict[int, str] = {
    ExitStatus.DONE: "done",
    ExitStatus.FAULTS: "done, but something is wrong",
    ExitStatus.USAGE: "not started: wrong options or settings",
    ExitStatus.STORAGE: "storage failed",
    ExitStatus.BUSY: "not started: another run holds the archive",
    ExitStatus.UNREACHABLE: "the site can't be reached or forbids it",
    ExitStatus.STOPPED: "stopped before the end or at a trap",
    ExitStatus.INTERNAL: "a fault in qarchive itself",
}
_KINDS: dict[int, EventKind] = {
    ExitStatus.DONE: EventKind.DONE,
    ExitStatus.FAULTS: EventKind.BROKEN,
}
_DIED = "it died"
_MOST_GROUPS = 10  # of problems; `qarchive status` shows all


def started(site: str) -> Event:
    """The event that a crawl of the site begins."""
    return Event(kind=EventKind.STARTED, subject=f"qarchive {site}: started", site=site)


def ended(site: str, archive: Path, exit_status: int, *said: str) -> Event:
    """The event that a crawl of the site has ended; `said` is what it printed then, if anything.

    `exit_status` is as a shell gives it: past 128 it died of a signal.
    """
    figures = site_figures(archive).get(site, {})
    lines = [*said, *(line for line in site_lines(figures) if line.strip() not in said)]
    lines += ["", f"qarchive status --archive {quote(str(archive))}"]
    return Event(
        kind=_KINDS.get(exit_status, EventKind.FAILED),
        subject=f"qarchive {site}: {_MEANING.get(exit_status, _DIED)} (exit status {exit_status})",
        text=text(lines),
        site=site,
        exit_status=exit_status,
        figures=figures,
    )


def site_figures(archive: Path) -> dict[str, dict[str, Any]]:
    """The figures of `qarchive status`, by site; {} when the archive cannot be read."""
    try:
        sites: dict[str, dict[str, Any]] = status(archive)["sites"]
    except (ArchiveError, OSError):
        return {}
    return sites


def site_lines(figures: dict[str, Any], *, every_host: bool = False) -> list[str]:
    """The last run, or that of every host, and the open problems of one site, for a person."""
    lines = []
    for run in figures.get("last_runs", [])[: None if every_host else 1]:
        host = f" of {run['host']}" if every_host else ""
        end = f"{run['ended_why']} {run['ended_at']}" if run["ended_at"] else "not ended"
        lines += [
            f"Run {run['id']}{host}, started {run['started_at']}, {end}:",
            f"  {taken(run)}",
        ]
        lines += [f"  {fall}" for fall in falls(run)]
        lines += [f"  {loss}" for loss in missing(run)]
    for held in figures.get("questions", []):
        lines.append(
            f"Questions of {held['site']} in {held['language']}: {held['questions']:,} held,"
            f" {held['answered']:,} answered"
        )
    groups = figures.get("open_problems", [])
    for group in groups[:_MOST_GROUPS]:
        lines += [f"{group['code']}: {group['urls']:,} URLs, as {group['example']}"]
        lines += [f"  {group['hint']}"]
    if len(groups) > _MOST_GROUPS:
        lines.append(f"and {len(groups) - _MOST_GROUPS} more kinds of problems")
    return lines


def text(lines: list[str]) -> str:
    """The lines as one text, control characters of a site's text replaced."""
    return "\n".join(map(printable, lines)).strip("\n") + "\n"
