"""Warnings about what a replay of WARCs skipped, kept, mended, moved or redacted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.cli.streams import warn
from scraper.wording import counted

if TYPE_CHECKING:
    from pipelines.rebuilding.arranging import Arranged
    from pipelines.rebuilding.replay import ReplayResult
    from pipelines.rereading.old_records import Unread
    from pipelines.warcs.walk import Damage


def warn_of_skipped(result: ReplayResult) -> None:
    """Warn of unknown sites, damaged bytes, and WARC files that were removed or changed."""
    for site in sorted(result.unknown_sites):
        warn(f"no site {site} is known: its pages are left out.")
    for damage in result.mended:
        warn(f"mended what surrounds the record in {_where(damage)}.")
    for damage in result.damaged:
        warn(f"passed over {_where(damage)}: {damage.why}.")
    if result.kept:
        warn(
            "the old database can't be asked whether captures or WARCs are missing: it stays beside"
            f" the new one as {result.kept}."
        )
    _warn_of_unread(result.unread)
    _warn_of_arranged(result.arranged)


def _warn_of_unread(unread: Unread) -> None:
    if unread.kept:
        warn(
            f"today's readers can't read {counted(unread.kept, 'capture')}: what was recorded from"
            " them stays (`qarchive reextract --dry-run` tells more)."
        )
    if unread.lost:
        captures = counted(unread.lost, "capture")
        warn(f"{captures} with a record when fetched: today's readers find none there.")
    if unread.missing:
        records = counted(len(unread.missing), "record")
        warn(f"{records} of the old database found no more, such as {unread.missing[0]}.")


def _where(damage: Damage) -> str:
    return f"{damage.path.name}, bytes {damage.offset} to {damage.end}"


def _warn_of_arranged(arranged: Arranged) -> None:
    for name in arranged.foreign:
        warn(f"warc/{name} holds no visit of an archive: move it away.")
    for name, other in arranged.gone.items():
        warn(
            f"what warc/{name} held lies in warc/{other} now, each visit once: the former was"
            " removed."
        )
    removed, redacted = arranged.captures
    if removed or redacted:
        warn(
            f"{removed} captures of pages that were taken down were there again, and"
            f" {redacted} captures that quote them: removed, and redacted."
        )
