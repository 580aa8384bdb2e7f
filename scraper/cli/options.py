"""Options that several commands share."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import click

from scraper.cli.streams import speak_utf_8


class _Moment(click.ParamType[datetime]):
    """A day, which means its last second, or a moment; UTC unless it says otherwise."""

    name = "date"

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:
        try:
            return datetime.combine(date.fromisoformat(value), time(23, 59, 59), UTC)
        except ValueError:
            pass
        try:
            moment = datetime.fromisoformat(value)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is no day such as 2026-11-22, nor 2026-11-22T09:00Z", param, ctx)


def _for_a_program(_: Any, __: Any, as_json: bool) -> bool:
    if as_json:
        speak_utf_8()
    return as_json


archive = click.option(
    "--archive",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("archive"),
    envvar="QARCHIVE_DIR",
    show_default=True,
    show_envvar=True,
    help="The archive's folder.",
)
as_json = click.option(
    "--json",
    "as_json",
    is_flag=True,
    callback=_for_a_program,
    help="Print JSON for a program.",
)
as_of = click.option(
    "--as-of",
    type=_Moment(),
    metavar="DATE",
    help="As the archive was known at the end of this day, or at a moment (UTC).",
)
