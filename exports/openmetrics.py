"""Figures for Prometheus, by way of node_exporter's textfile collector.

OpenMetrics text 1.0, gauges without timestamps only: so that node_exporter, which reads the older
Prometheus text format, takes it as well. An age is left to the reader of the figures, since it
would stand still when nothing writes the file any more:
`time() - qarchive_last_success_timestamp_seconds`.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from exports.publish import published_file
from pipelines.status import status
from scraper.items import Outcome

NAME = "qarchive.prom"  # node_exporter reads files whose names end so
COUNTED = "figure"


class _Family(NamedTuple):
    name: str
    help: str
    samples: list[tuple[dict[str, str], float]]  # labels and value


def write(archive: Path, out: Path) -> int:
    """Publish the figures as the file `out`; how many. Raises ArchiveError."""
    with published_file(out) as stream:
        return write_to(archive, stream)


def write_to(archive: Path, stream: TextIO) -> int:
    """Write the figures to an open stream; how many. Raises ArchiveError."""
    families = _families(status(archive))
    for family in families:
        stream.writelines(_lines(family))
    stream.write("# EOF\n")
    return sum(len(family.samples) for family in families)


def _families(figures: dict[str, Any]) -> list[_Family]:
    sites: dict[str, Any] = figures["sites"]
    return [
        *_of_content(sites),
        *_of_last_runs(sites),
        _Family("received_bytes", "Bodies received by all runs.", [
            ({"site": site}, told["bytes"]) for site, told in sites.items()
        ]),
        _Family("captures", "Captures held.", [({}, figures["captures"])]),
        _Family("warc_bytes", "Size of the WARC files.", [({}, figures["warc_bytes"])]),
        _Family("database_bytes", "Size of the database.", [({}, figures["database_bytes"])]),
    ]  # fmt: skip


def _of_content(sites: dict[str, Any]) -> list[_Family]:
    held = [
        ({"site": row["site"], "language": row["language"]}, row)
        for told in sites.values()
        for row in told["questions"]
    ]
    return [
        _Family("urls", "URLs known, by what they hold and by the state they are in.", [
            ({"site": site, "kind": kind, "state": state}, count)
            for site, told in sites.items()
            for kind, states in told["urls"].items()
            for state, count in states.items()
        ]),
        _Family("questions", "Questions held.", [
            (labels, row["questions"]) for labels, row in held
        ]),
        _Family("unanswered_questions", "Questions held that have no reply.", [
            (labels, row["unanswered"]) for labels, row in held
        ]),
        _Family("replies", "Replies held.", [(labels, row["replies"]) for labels, row in held]),
        _Family("problem_urls", "URLs with an open problem, by its code.", [
            ({"site": site, "code": problem["code"]}, problem["urls"])
            for site, told in sites.items()
            for problem in told["open_problems"]
        ]),
    ]  # fmt: skip


def _of_last_runs(sites: dict[str, Any]) -> list[_Family]:
    runs = [
        ({"site": site, "host": run["host"] or ""}, run)
        for site, told in sites.items()
        for run in told["last_runs"]
    ]
    ended = [(where, run) for where, run in runs if run["ended_at"]]
    return [
        _Family("last_run_start_timestamp_seconds", "When the last run began.", [
            (where, _seconds(run["started_at"])) for where, run in runs
        ]),
        _Family("last_run_end_timestamp_seconds", "When the last run ended; none while it runs.", [
            (where, _seconds(run["ended_at"])) for where, run in ended
        ]),
        _Family("last_run_exit_status", "Exit status of the last run, by why it ended.", [
            (where | {"why": run["ended_why"]}, run["exit_status"]) for where, run in ended
        ]),
        _Family("last_run_urls", "URLs that the last run took, by what became of them.", [
            (where | {"outcome": outcome}, run[outcome])
            for where, run in runs
            for outcome in (*Outcome, "lost")
        ]),
        _Family("last_success_timestamp_seconds", "When a run last ended with exit status 0.", [
            (where, _seconds(run["last_success"])) for where, run in runs if run["last_success"]
        ]),
    ]  # fmt: skip


def _lines(family: _Family) -> Iterator[str]:
    """A family without samples is left out."""
    name = f"qarchive_{family.name}"
    if family.samples:
        yield f"# TYPE {name} gauge\n"
        yield f"# HELP {name} {family.help}\n"
    for labels, value in family.samples:
        shown = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
        yield f"{name}{{{shown}}} {value}\n" if shown else f"{name} {value}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())
