"""`qarchive status`: what is held and what is missing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.filesize import decimal
from rich.text import Text

from pipelines.reports.coverage import RECORD
from pipelines.status import falls, missing, status, taken
from scraper.cli import options
from scraper.cli.printing import console, print_json
from scraper.cli.watch import watch as follow
from scraper.items import Outcome
from scraper.wording import counted, printable

_STATES = ("ready", *Outcome)


@click.command(short_help="Tell what is held, what is missing and what went wrong.")
@options.archive
@options.as_json
@click.option("--watch", is_flag=True, help="Follow a running crawl until Ctrl-C.")
def command(archive: Path, *, as_json: bool, watch: bool) -> None:
    """Tell what is held and what is missing, of how many; the last run; problems by cause.

    How many questions a site has is estimated from the ways in which the known ones were seen;
    the interval holds 95 times in 100.

    \b
    Examples:
        qarchive status --json | jq '.sites.adoctor.completeness'
        qarchive status --watch
    """
    if watch and as_json:
        raise click.UsageError("--watch is for people: give it without --json.")
    out = console()
    if watch:
        follow(archive, out)
        return
    figures = status(archive)
    if as_json:
        print_json(figures)
        return
    _show(out, figures)


def _show(out: Console, figures: dict[str, Any]) -> None:
    print_line = _printer(out)
    print_line(
        f"{figures['archive']}: {counted(figures['questions'], 'question')}, "
        f"{figures['answered']:,} of them answered, {_replies(figures)}"
    )
    files = counted(figures["warc_files"], "WARC file")
    print_line(
        f"{counted(figures['captures'], 'capture')} in {files}"
        f" of {decimal(figures['warc_bytes'])}, database {decimal(figures['database_bytes'])}"
        f"{_stubs(figures['known_only_from_excerpts'])}"
    )
    for name, site in figures["sites"].items():
        out.print()
        out.print(Text(name, style="bold"))
        for line in _last_runs(site["last_runs"]):
            print_line(f"  {line}")
        for held in site["questions"]:
            print_line(
                f"  {held['site']} {held['language']}: {counted(held['questions'], 'question')}, "
                f"{held['answered']:,} answered, {held['unanswered']:,} unanswered, "
                f"{_replies(held)}{_gone(held)}"
            )
        print_line(f"  {_completeness(site['completeness'])}")
        for line in _urls(site):
            print_line(line)
        for line in _gaps(site["gaps"]):
            print_line(f"  {line}")
        for problem in site["open_problems"]:
            print_line(
                f"  {problem['code']}: {counted(problem['urls'], 'URL')}, as {problem['example']}"
            )
            print_line(f"    {problem['hint']}")


def _replies(held: dict[str, Any]) -> str:
    return counted(held["replies"], "reply", "replies")


def _stubs(count: int) -> str:
    return f"; {counted(count, 'more page')} known only from excerpts" if count else ""


def _gone(held: dict[str, Any]) -> str:
    return f"; {held['gone']:,} of them gone from the site" if held["gone"] else ""


def _printer(out: Console) -> Any:
    """Print a line as text: nothing in it is markup or moves the cursor."""

    def print_line(line: str) -> None:
        out.print(Text(printable(line)), soft_wrap=True)

    return print_line


def _last_runs(runs: list[dict[str, Any]]) -> Iterator[str]:
    """The last run of each host, which is named where there are several."""
    if not runs:
        yield "never crawled"
    for run in runs:
        yield f"{run['host']}: {_last_run(run)}" if len(runs) > 1 else _last_run(run)
        yield from _kept(run)


def _last_run(run: dict[str, Any]) -> str:
    end = f"{run['ended_why']} {run['ended_at']}" if run["ended_at"] else "running, or killed"
    return f"run {run['id']} of {run['started_at']}, {end}: {taken(run)}"


def _kept(run: dict[str, Any]) -> Iterator[str]:
    """The run's politeness, the fields that its pages had, and what is wrong with them."""
    if run["smallest_gap"] is not None and run["delay"]:
        gap, delay = run["smallest_gap"], run["delay"]
        yield f"never less than {gap:.2f} s between two requests; {delay:g} s were asked for"
    if run["coverage"]:
        pages, sound = run["coverage"].pop(RECORD, (0, 0))
        shares = {name: had / could for name, (could, had) in run["coverage"].items()}
        short = [f"{name} {share:.0%}" for name, share in shares.items() if share < 1]
        fields = ", ".join(short) + " (all others 100%)" if short else "every field"
        what = "new or changed question page" if run["unchanged"] else "question page"
        yield f"{sound:,} of {counted(pages, what)} read" + f": {fields}" * bool(sound)
    if run["barren"]:
        yield _no_questions(run, run["barren"])
    for loss in missing(run):
        yield f"MISSING: {loss}; look at one in a browser"
    for fall in falls(run):
        yield f"FELL: {fall}; look at one in a browser: has the site changed?"


def _no_questions(run: dict[str, Any], start: dict[str, Any]) -> str:
    answer = f", status {start['status']}" if start["status"] else ""
    return (
        f"NO QUESTIONS: no page has shown one. The start page {start['url']} is {start['state']}"
        f"{answer}: is {run['home'] or run['host']} the address of {run['site']}? If it is not,"
        " give another --base-url"
    )


def _completeness(told: dict[str, Any]) -> str:
    gone = f", and {told['gone']:,} no longer on the site" if told["gone"] else ""
    holds = f"holds {told['held']:,}"
    if told["high"] is None:
        return f"{holds} of at least {told['low']:,}{gone}; too little seen to tell more"
    interval = f"{told['low']:,} to {told['high']:,}"
    return f"{holds} of about {told['about']:,} ({interval}){gone}"


_WHY = {
    "ready": "known, not fetched yet",
    "later": "put off for now",
    "problem": "could not be read or fetched",
    "denied": "forbidden by robots.txt or out of scope",
}


def _gaps(gaps: dict[str, Any]) -> Iterator[str]:
    for state, why in _WHY.items():
        if state in gaps:
            yield f"missing: {gaps[state]['urls']:,} {why}, as {gaps[state]['example']}"
    if "range" in gaps:
        numbers, longest = gaps["range"]["numbers"], gaps["range"]["longest"]
        runs = ", ".join(f"{first:,} to {last:,}" for first, last in longest)
        yield f"numbers not looked at yet: {numbers:,}, the longest runs {runs}"


def _urls(site: dict[str, Any]) -> Iterator[str]:
    """A table of URLs by kind and state, without the states that no URL is in.

    A narrow terminal breaks its lines, where a rich.table would shorten the numbers.
    """
    states = [state for state in _STATES if any(state in row for row in site["urls"].values())]
    counts = {
        kind: [row.get(state, 0) for state in states] for kind, row in sorted(site["urls"].items())
    }
    counts["all"] = [sum(column) for column in zip(*counts.values(), strict=True)]
    rows = [["URLs", *states, "all"]]
    rows += [[kind, *(f"{n:,}" for n in (*row, sum(row)))] for kind, row in counts.items()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for kind, *cells in rows:
        numbers = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        yield "   ".join([kind.ljust(widths[0]), *numbers])
