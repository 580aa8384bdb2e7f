"""What a replay of WARCs did not take in as it lay there, each in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.cli.streams import warn

if TYPE_CHECKING:
    from pipelines.warcs.arranging import Arranged
    from pipelines.warcs.replay import ReplayResult
    from pipelines.warcs.walk import Damage


def tell_passed_over(found: ReplayResult) -> None:
    """Tell on standard error of unknown sites, damaged bytes, and files that are not as all are."""
    for site in sorted(found.unknown_sites):
        warn(f"no site {site} is known: its pages are left out.")
    for damage in found.mended:
        warn(f"mended what surrounds the record in {_where(damage)}.")
    for damage in found.damaged:
        warn(f"passed over {_where(damage)}: {damage.why}.")
    _tell_arranged(found.arranged)


def _where(damage: Damage) -> str:
    return f"{damage.path.name}, bytes {damage.offset} to {damage.offset + damage.length}"


def _tell_arranged(done: Arranged) -> None:
    for name in done.foreign:
        warn(f"warc/{name} holds no visit of an archive: move it away.")
    for name, other in done.gone.items():
        told = f"what warc/{name} held lies in warc/{other} now, each visit once"
        warn(f"{told}: the former was removed.")
    removed, redacted = done.purged
    if removed or redacted:
        warn(
            f"{removed} captures of pages that were taken down were there again, and"
            f" {redacted} captures that quote them: removed, and redacted."
        )
