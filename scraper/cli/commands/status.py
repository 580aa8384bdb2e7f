"""`qarchive status`: what is held and what is missing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.filesize import decimal

from pipelines.reports.counting import RECORD
from pipelines.status import falls, missing, status, taken
from scraper.cli import options
from scraper.cli.printing import console, print_json, print_line
from scraper.cli.watch import watch as watch_crawls
from scraper.items import Outcome
from scraper.wording import counted

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
        watch_crawls(archive, out)
        return
    figures = status(archive)
    if as_json:
        print_json(figures)
        return
    _print(out, figures)


def _print(out: Console, figures: dict[str, Any]) -> None:
    for line in _totals(figures):
        print_line(out, line)
    for name, site in figures["sites"].items():
        out.print()
        print_line(out, name, "bold")
        for line in _site(site):
            print_line(out, line)


def _totals(figures: dict[str, Any]) -> Iterator[str]:
    yield (
        f"{figures['archive']}: {counted(figures['questions'], 'question')}, "
        f"{figures['answered']:,} of them answered, {_replies(figures)}"
    )
    files = counted(figures["warc_files"], "WARC file")
    stubs = figures["known_only_from_excerpts"]
    yield (
        f"{counted(figures['captures'], 'capture')} in {files}"
        f" of {decimal(figures['warc_bytes'])}, database {decimal(figures['database_bytes'])}"
        + (f"; {counted(stubs, 'more page')} known only from excerpts" if stubs else "")
    )


def _site(site: dict[str, Any]) -> Iterator[str]:
    for line in _last_runs(site["last_runs"]):
        yield f"  {line}"
    for row in site["questions"]:
        gone = f"; {row['gone']:,} of them gone from the site" if row["gone"] else ""
        yield (
            f"  {row['site']} {row['language']}: {counted(row['questions'], 'question')}, "
            f"{row['answered']:,} answered, {row['unanswered']:,} unanswered, "
            f"{_replies(row)}{gone}"
        )
    yield f"  {_completeness(site['completeness'])}"
    yield from _url_table(site)
    for line in _gaps(site["gaps"]):
        yield f"  {line}"
    detail_above = None  # one cause may have two codes
    for problem in site["open_problems"]:
        yield f"  {problem['code']}: {counted(problem['urls'], 'URL')}, as {problem['example']}"
        if problem["detail"] not in {None, "", detail_above}:
            yield f"    {problem['detail']}"
        detail_above = problem["detail"]
        yield f"    {problem['hint']}"


def _replies(row: dict[str, Any]) -> str:
    return counted(row["replies"], "reply", "replies")


def _last_runs(runs: list[dict[str, Any]]) -> Iterator[str]:
    """The last run of each host, which is named where there are several."""
    if not runs:
        yield "never crawled"
    for run in runs:
        yield f"{run['host']}: {_last_run(run)}" if len(runs) > 1 else _last_run(run)
        yield from _findings(run)


def _last_run(run: dict[str, Any]) -> str:
    unended = "killed, or storage failed" if run["died"] else "running, or killed"
    end = f"{run['ended_why']} {run['ended_at']}" if run["ended_at"] else unended
    return f"run {run['id']} of {run['started_at']}, {end}: {taken(run)}"


def _findings(run: dict[str, Any]) -> Iterator[str]:
    """The smallest gap between a run's requests, its field coverage, and what went wrong."""
    if run["smallest_gap"] is not None and run["delay"]:
        gap, delay = run["smallest_gap"], run["delay"]
        yield f"never less than {gap:.2f} s between two requests; {delay:g} s were asked for"
    if run["coverage"]:
        yield _coverage(run)
    if run["barren"]:
        yield _no_questions(run, run["barren"])
    for loss in missing(run):
        yield f"MISSING: {loss}; look at one in a browser"
    for fall in falls(run):
        yield f"FELL: {fall}; look at one in a browser: has the site changed?"


def _coverage(run: dict[str, Any]) -> str:
    coverage, never_had = dict(run["coverage"]), run["never_had"]
    pages, sound = coverage.pop(RECORD, (0, 0))
    kind = "new or changed question page" if run["unchanged"] else "question page"
    line = f"{sound:,} of {counted(pages, kind)} read"
    if not sound:
        return line
    shares = {
        name: present / possible
        for name, (possible, present) in coverage.items()
        if name not in never_had
    }
    incomplete = [f"{name} {share:.0%}" for name, share in shares.items() if share < 1]
    if never_had:
        incomplete.append(f"none so far with {', '.join(never_had)}")
    fields = ", ".join(incomplete) + " (all others 100%)" if incomplete else "every field"
    return f"{line}: {fields}"


def _no_questions(run: dict[str, Any], start: dict[str, Any]) -> str:
    answer = f", status {start['status']}" if start["status"] else ""
    return (
        f"NO QUESTIONS: no page at this address has shown one. The start page {start['url']} is"
        f" {start['state']}{answer}: are the pages at {run['home'] or run['host']} such as"
        f" {run['site']} reads? If not, give another --base-url, or another SITE and --archive"
    )


def _completeness(estimate: dict[str, Any]) -> str:
    gone = f", and {estimate['gone']:,} no longer on the site" if estimate["gone"] else ""
    if estimate["not_found"]:
        gone += f", and {estimate['not_found']:,} not found at the last visit"
    holds = f"holds {estimate['held']:,}"
    if estimate["high"] is None:
        return f"{holds} of at least {estimate['low']:,}{gone}; too little seen to tell more"
    interval = f"{estimate['low']:,} to {estimate['high']:,}"
    return f"{holds} of about {estimate['about']:,} ({interval}){gone}"


_REASONS = {
    "ready": "known, not fetched yet",
    "later": "put off for now",
    "problem": "could not be read or fetched",
    "denied": "forbidden by robots.txt or out of scope",
}


def _gaps(gaps: dict[str, Any]) -> Iterator[str]:
    for state, reason in _REASONS.items():
        if state in gaps:
            yield f"missing: {gaps[state]['urls']:,} {reason}, as {gaps[state]['example']}"
    if "range" in gaps:
        numbers, longest = gaps["range"]["numbers"], gaps["range"]["longest"]
        runs = ", ".join(f"{first:,} to {last:,}" for first, last in longest)
        yield f"numbers not looked at yet: {numbers:,}, the longest runs {runs}"


def _url_table(site: dict[str, Any]) -> Iterator[str]:
    """URLs by kind and state, without the states that no URL is in.

    A narrow terminal breaks these lines; it would cut the numbers of a rich.table short.
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
