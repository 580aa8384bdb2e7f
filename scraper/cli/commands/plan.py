"""`qarchive plan`: what the next run would fetch, and why."""

from __future__ import annotations

import json
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
@click.option("--max-pages", type=click.IntRange(min=1), help="As it would be given to `crawl`.")
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

    if site is not None:
        spider_class(site)  # a misspelt name is told as such
    with open_reader(archive) as db:
        found = scopes(db, site)
        if as_json:
            _print_json(db, found, {"archive": str(archive), "max_pages": max_pages})
            return
        for number, here in enumerate(found):
            shown: list[dict[str, Any]] = []
            told = _plan(db, here, max_pages, _first(shown))
            _show(told, shown, first=number == 0)
    if not found:
        name = site or "SITE"
        click.echo(
            f"{archive}: {site or 'no site'} has not been crawled yet;"
            f" `qarchive crawl {name}` begins with its start pages."
        )


def _plan(
    db: Any, here: Scope, budget: int | None, take: Callable[[dict[str, Any]], None]
) -> dict[str, Any]:
    """What the next run would fetch, in counts; `take` is given each page in order."""
    from pipelines.plan import plan, put_off
    from scraper.clock import now

    moment = now()
    reasons: Counter[str] = Counter()
    for page in plan(db, here, moment, budget):
        reasons[page.reason] += 1
        take(page._asdict())
    waiting, first = put_off(db, here, moment)
    return {
        **here._asdict(),
        "pages": reasons.total(),
        "reasons": dict(reasons.most_common()),
        "put_off": {"pages": waiting, "first": first},
    }


def _first(shown: list[dict[str, Any]]) -> Callable[[dict[str, Any]], None]:
    def take(page: dict[str, Any]) -> None:
        if len(shown) < _SHOWN:
            shown.append(page)

    return take


def _print_json(db: Any, found: list[Scope], head: dict[str, Any]) -> None:
    """One object, a line for each page, printed as they come: there may be a million."""
    write = sys.stdout.write
    between = ""

    def take(page: dict[str, Any]) -> None:
        nonlocal between
        write(f"{between}\n{_json(page)}")
        between = ","

    write(f'{_json(head)[:-1]}, "sites": [')
    for number, here in enumerate(found):
        write(f'{"," if number else ""}\n{{"urls": [')
        between = ""
        told = _plan(db, here, head["max_pages"], take)
        write(f"\n], {_json(told)[1:]}")
    write("\n]}\n")


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _show(told: dict[str, Any], shown: list[dict[str, Any]], *, first: bool) -> None:
    if not first:
        click.echo()
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in told["reasons"].items())
    what = (
        f"{counted(told['pages'], 'URL')} ({reasons})" if told["pages"] else "nothing: none is due"
    )
    click.echo(f"{told['site']} at {told['host']}: the next run would fetch {what}.")
    waiting = told["put_off"]
    if waiting["pages"]:
        click.echo(f"{waiting['pages']:,} more are put off, the first until {waiting['first']}.")
    for place, page in enumerate(shown, 1):
        click.echo(f"{place:5}  {page['url']}  {page['why']}")
    if told["pages"] > len(shown):
        click.echo(f"       and {told['pages'] - len(shown):,} more; --json lists them all.")
