"""What a replay of WARCs did not take in as it lay there, each in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipelines.warcs.arranging import Arranged
    from pipelines.warcs.replay import ReplayResult
    from pipelines.warcs.walk import Damage


def tell_passed_over(found: ReplayResult) -> None:
    """Tell on standard error of unknown sites, damaged bytes, and files that are not as all are."""
    for site in sorted(found.unknown_sites):
        click.echo(f"qarchive: no site {site} is known: its pages are left out.", err=True)
    for damage in found.mended:
        click.echo(f"qarchive: mended what surrounds the record in {_where(damage)}.", err=True)
    for damage in found.damaged:
        click.echo(f"qarchive: passed over {_where(damage)}: {damage.why}.", err=True)
    _tell_arranged(found.arranged)


def _where(damage: Damage) -> str:
    return f"{damage.path.name}, bytes {damage.offset} to {damage.offset + damage.length}"


def _tell_arranged(done: Arranged) -> None:
    for name in done.foreign:
        click.echo(f"qarchive: warc/{name} holds no visit of an archive: move it away.", err=True)
    for name, other in done.gone.items():
        told = f"what warc/{name} held lies in warc/{other} now, each visit once"
        click.echo(f"qarchive: {told}: the former was removed.", err=True)
    removed, redacted = done.purged
    if removed or redacted:
        click.echo(
            f"qarchive: {removed} captures of pages that were taken down were there again, and"
            f" {redacted} captures that quote them: removed, and redacted.",
            err=True,
        )
