"""`qarchive plan`: what the next run would fetch, and why."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scraper.cli import options
from scraper.wording import counted

if TYPE_CHECKING:
    from pipelines.queue.hosts import Scope

_SHOWN = 30  # pages of a site, on a terminal or in a pipe for people


@click.command(short_help="Tell what the next run would fetch, and why.")
@click.argument("site", required=False)
@options.archive
@options.as_json
@click.option("--max-pages", type=options.PAGES, help="As it would be given to `crawl`.")
def command(site: str | None, archive: Path, max_pages: int | None, *, as_json: bool) -> None:
    """Tell what the next run at SITE (or at each site) would fetch, in order, and why.

    Nothing is fetched or written. Pages that the run finds on its way come on top.

    \b
    Example:
        qarchive plan adoctor --max-pages 500
    """
    from pipelines.database import open_reader
    from pipelines.plan import scopes
    from scraper.cli.running import spider_class
    from scraper.loading import site_named

    if site is not None:
        spider_class(site)  # raises for a misspelt name
    with open_reader(archive) as db:
        crawled = scopes(db, site)
        if as_json:
            _print_json(db, crawled, {"archive": str(archive), "max_pages": max_pages})
            return
        for number, scope in enumerate(crawled):
            if number:
                click.echo()
            if site_named(scope.site) is None:
                click.echo(f"no site {scope.site} is known: a run would be refused.")
            _print_plan(db, scope, max_pages)
    if not crawled:
        click.echo(
            f"{archive}: {f'{site} has not' if site else 'no site has'} been crawled yet;"
            f" `qarchive crawl {site or 'SITE'}` begins with its start pages."
        )


def _summary(
    db: sqlite3.Connection,
    scope: Scope,
    max_pages: int | None,
    on_page: Callable[[int, dict[str, Any]], None],
) -> dict[str, Any]:
    """What the next run would fetch, in counts; calls `on_page` with each page and its place."""
    from pipelines.plan import plan, put_off
    from scraper.clock import now

    moment = now()
    reasons: Counter[str] = Counter()
    for place, page in enumerate(plan(db, scope, moment, max_pages), 1):
        reasons[page.reason] += 1
        on_page(place, page._asdict())
    waiting, first = put_off(db, scope, moment)
    return {
        **scope._asdict(),
        "pages": reasons.total(),
        "reasons": dict(reasons.most_common()),
        "put_off": {"pages": waiting, "first": first},
    }


def _print_json(db: sqlite3.Connection, scopes: list[Scope], head: dict[str, Any]) -> None:
    """Print one object, a line for each page, as the pages come: there may be a million."""
    write = sys.stdout.write

    def print_page(place: int, page: dict[str, Any]) -> None:
        write(f"{',' if place > 1 else ''}\n{_json(page)}")

    write(f'{_json(head)[:-1]}, "sites": [')
    for number, scope in enumerate(scopes):
        write(f'{"," if number else ""}\n{{"urls": [')
        summary = _summary(db, scope, head["max_pages"], print_page)
        write(f"\n], {_json(summary)[1:]}")
    write("\n]}\n")


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _print_plan(db: sqlite3.Connection, scope: Scope, max_pages: int | None) -> None:
    shown: list[dict[str, Any]] = []

    def keep_first(place: int, page: dict[str, Any]) -> None:
        if place <= _SHOWN:
            shown.append(page)

    summary = _summary(db, scope, max_pages, keep_first)
    due, waiting = summary["pages"], summary["put_off"]
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in summary["reasons"].items())
    what = f"{counted(due, 'URL')} ({reasons})" if due else "nothing: none is due"
    click.echo(f"{scope.site} at {scope.host}: the next run would fetch {what}.")
    if waiting["pages"]:
        click.echo(f"{waiting['pages']:,} more are put off, the first until {waiting['first']}.")
    for place, page in enumerate(shown, 1):
        click.echo(f"{place:5}  {page['url']}  {page['why']}")
    if due > len(shown):
        click.echo(f"       and {due - len(shown):,} more; --json lists them all.")
