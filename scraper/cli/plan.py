"""`qarchive plan`: what the next run would fetch, and why."""

import json
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import click

from scraper.cli import options

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
    with open_reader(archive) as database:
        found = scopes(database.conn, site)
        plans = [_plan(database.conn, here, max_pages, whole=as_json) for here in found]
    if as_json:
        told = {"archive": str(archive), "max_pages": max_pages, "sites": plans}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    if not plans:
        name = site or "SITE"
        click.echo(
            f"{archive}: {site or 'no site'} has not been crawled yet;"
            f" `qarchive crawl {name}` begins with its start pages."
        )
    for number, told in enumerate(plans):
        _show(told, first=number == 0)


def _plan(db: Any, here: tuple[str, str], budget: int | None, *, whole: bool) -> dict[str, Any]:
    from pipelines.plan import plan, put_off
    from scraper.clock import now

    moment = now()
    pages = plan(db, here, moment, budget)
    shown = list(pages if whole else islice(pages, _SHOWN))
    reasons = Counter(page.reason for page in shown)
    reasons.update(page.reason for page in pages)
    waiting, first = put_off(db, here, moment)
    return {
        "site": here[0],
        "host": here[1],
        "pages": reasons.total(),
        "reasons": dict(reasons.most_common()),
        "put_off": {"pages": waiting, "first": first},
        "urls": [page._asdict() for page in shown],
    }


def _show(told: dict[str, Any], *, first: bool) -> None:
    if not first:
        click.echo()
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in told["reasons"].items())
    what = f"{told['pages']:,} URLs ({reasons})" if told["pages"] else "nothing: none is due"
    click.echo(f"{told['site']} at {told['host']}: the next run would fetch {what}.")
    waiting = told["put_off"]
    if waiting["pages"]:
        click.echo(f"{waiting['pages']:,} more are put off, the first until {waiting['first']}.")
    for place, page in enumerate(told["urls"], 1):
        click.echo(f"{place:5}  {page['url']}  {page['why']}")
    if told["pages"] > len(told["urls"]):
        click.echo(f"       and {told['pages'] - len(told['urls']):,} more; --json lists them all.")
