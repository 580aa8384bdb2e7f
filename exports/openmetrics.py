"""Figures for Prometheus, by way of node_exporter's textfile collector.

OpenMetrics text 1.0, gauges without timestamps only: so that node_exporter, which reads the older
Prometheus text format, takes it as well. An age is left to the reader of the figures, since it
would stand still when nothing writes the file any more:
`time() - qarchive_last_success_timestamp_seconds`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from exports.publish import as_file
from pipelines.status import status
from scraper.items import Outcome
from scraper.record import moment

NAME = "qarchive.prom"  # node_exporter reads files whose names end so
COUNTED = "figure"


class _Family(NamedTuple):
    name: str
    help: str
    samples: list[tuple[dict[str, str], float]]  # labels and value


def write_to(archive: Path, stream: TextIO) -> int:
    """Write the figures to an open stream; their number. Raises ArchiveError."""
    families = _families(status(archive))
    for family in families:
        stream.writelines(_lines(family))
    stream.write("# EOF\n")
    return sum(len(family.samples) for family in families)


write = as_file(write_to)


def _families(figures: dict[str, Any]) -> list[_Family]:
    sites: dict[str, Any] = figures["sites"]
    return [
        *_content_families(sites),
        *_run_families(sites),
        _Family("received_bytes", "Bodies received by all runs.", [
            ({"site": name}, site["bytes"]) for name, site in sites.items()
        ]),
        _Family("captures", "Captures held.", [({}, figures["captures"])]),
        _Family("warc_bytes", "Size of the WARC files.", [({}, figures["warc_bytes"])]),
        _Family("database_bytes", "Size of the database.", [({}, figures["database_bytes"])]),
    ]  # fmt: skip


def _content_families(sites: dict[str, Any]) -> list[_Family]:
    rows = [
        ({"site": name, "record_site": row["site"], "language": row["language"]}, row)
        for name, site in sites.items()
        for row in site["questions"]
    ]
    return [
        _Family("urls", "URLs known, by what they hold and by the state they are in.", [
            ({"site": name, "kind": kind, "state": state}, count)
            for name, site in sites.items()
            for kind, states in site["urls"].items()
            for state, count in states.items()
        ]),
        _Family("questions", "Questions held.", [
            (labels, row["questions"]) for labels, row in rows
        ]),
        _Family("unanswered_questions", "Questions held that have no reply.", [
            (labels, row["unanswered"]) for labels, row in rows
        ]),
        _Family("replies", "Replies held.", [(labels, row["replies"]) for labels, row in rows]),
        _Family("problem_urls", "URLs with an open problem, by its code.", [
            ({"site": name, "code": problem["code"]}, problem["urls"])
            for name, site in sites.items()
            for problem in site["open_problems"]
        ]),
    ]  # fmt: skip


def _run_families(sites: dict[str, Any]) -> list[_Family]:
    runs = [
        ({"site": name, "host": run["host"]}, run)
        for name, site in sites.items()
        for run in site["last_runs"]
    ]
    ended = [(labels, run) for labels, run in runs if run["ended_at"]]
    return [
        _Family("last_run_start_timestamp_seconds", "When the last run began.", [
            (labels, _seconds(run["started_at"])) for labels, run in runs
        ]),
        _Family("last_run_end_timestamp_seconds", "When the last run ended; none while it runs.", [
            (labels, _seconds(run["ended_at"])) for labels, run in ended
        ]),
        _Family("last_run_exit_status", "Exit status of the last run, by why it ended.", [
            (labels | {"why": run["ended_why"]}, run["exit_status"]) for labels, run in ended
        ]),
        _Family("last_run_died", "Whether the last run ended without saying so, as if killed.", [
            (labels, int(run["died"])) for labels, run in runs
        ]),
        _Family("last_run_urls", "URLs that the last run took, by what became of them.", [
            (labels | {"outcome": outcome}, run[outcome])
            for labels, run in runs
            for outcome in (*Outcome, "lost")
        ]),
        _Family("last_success_timestamp_seconds", "When a run last ended with exit status 0.", [
            (labels, _seconds(run["last_success"])) for labels, run in runs if run["last_success"]
        ]),
    ]  # fmt: skip


def _lines(family: _Family) -> Iterator[str]:
    """The text of a family; one without samples has none."""
    name = f"qarchive_{family.name}"
    if family.samples:
        yield f"# TYPE {name} gauge\n"
        yield f"# HELP {name} {family.help}\n"
    for labels, value in family.samples:
        pairs = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
        yield f"{name}{{{pairs}}} {value}\n" if pairs else f"{name} {value}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


def _seconds(text: str) -> int:
    return int(moment(text).timestamp())
