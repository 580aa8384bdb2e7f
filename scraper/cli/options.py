"""Options that several commands share."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from sys import getfilesystemencoding
from typing import Any, TypeVar

import click

from scraper.cli.streams import use_utf_8, warn
from scraper.clock import now
from scraper.record import timestamp

T = TypeVar("T")


class ParsedType(click.ParamType[T]):
    """Values parsed by a function, whose ValueError becomes the message to the user."""

    def __init__(self, name: str, parse: Callable[[str], T]) -> None:
        self.name = name
        self._parse = parse

    def convert(self, value: object, param: Any, ctx: Any) -> T:
        try:
            return self._parse(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class NamedPath(click.Path):
    """A path that is not empty, as an unset variable is: it would be the current folder."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        if value == "":
            self.fail("the path is empty.", param, ctx)
        return super().convert(value, param, ctx)


def _text(word: str) -> str:
    try:
        word.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{word!r} is no text in {getfilesystemencoding()}.") from error
    return word


def _moment(text: str) -> datetime:
    """The last second of a day, or a moment; in UTC unless the text has an offset."""
    with suppress(ValueError):
        return datetime.combine(date.fromisoformat(text), time(23, 59, 59), UTC)
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is no day such as 2026-11-22, nor 2026-11-22T09:00Z") from error


def _use_utf_8(_: Any, __: Any, as_json: bool) -> bool:
    if as_json:
        use_utf_8()
    return as_json


def _not_to_come(_: Any, __: Any, moment: datetime | None) -> datetime | None:
    """The moment, or now if it is to come: what will be known then can't be told yet."""
    present = now().replace(microsecond=0)
    if moment is None or moment <= present:
        return moment
    warn(f"{timestamp(moment)} is to come: this is what is known now, {timestamp(present)}.")
    return present


PAGES = click.IntRange(1, 10**9)
TEXT = ParsedType("text", _text)  # what is stored, compared or sent; paths are any bytes
archive = click.option(
    "--archive",
    type=NamedPath(file_okay=False, path_type=Path),
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
    callback=_use_utf_8,
    help="Print JSON for a program.",
)
contact = click.option(
    "--contact",
    envvar="QARCHIVE_CONTACT",
    show_envvar=True,
    help="Your address or web page, told to the site; required for a real site.",
)
as_of = click.option(
    "--as-of",
    type=ParsedType("date", _moment),
    metavar="DATE",
    callback=_not_to_come,
    help="As the archive was known at the end of this day, or at a moment (UTC).",
)
