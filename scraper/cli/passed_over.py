"""What a replay of WARCs could not take in, each in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipelines.replay import Replayed


def tell_passed_over(found: Replayed) -> None:
    """Tell on standard error which sites are unknown and which bytes are damaged."""
    for site in sorted(found.unknown_sites):
        click.echo(f"qarchive: no site {site} is known: its pages are left out.", err=True)
    for damage in found.damaged:
        last = damage.offset + damage.length
        where = f"{damage.path.name}, bytes {damage.offset} to {last}"
        click.echo(f"qarchive: passed over {where}: {damage.why}.", err=True)
