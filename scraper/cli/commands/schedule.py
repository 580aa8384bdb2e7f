"""`qarchive schedule`."""

import re
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from scraper.cli import options
from scraper.cli.schedules.at import At, read_at
from scraper.cli.schedules.job import Job

_KINDS = ("systemd", "cron", "github-actions")
_UNITS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400}
_DURATION = re.compile(r"(\d{1,7}) ?(s|m|min|h|d)|0", re.ASCII)


def _parse_at(text: str) -> At:
    try:
        return read_at(text)
    except ValueError as error:
        raise ValueError(f"{text!r}: {error}.") from error


def _parse_zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ValueError, OSError, LookupError) as error:
        raise ValueError(f"no time zone {text!r}: it is a name like Asia/Taipei.") from error


def _parse_seconds(text: str) -> int:
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no duration such as 90s, 30m, 6h or 2d.")
    return int(match[1]) * _UNITS[match[2]] if match[1] else 0


def _parse_limit(text: str) -> int:
    if not (seconds := _parse_seconds(text)):
        raise ValueError(f"{text!r} is no time to crawl in.")
    return seconds


def _parse_delay(text: str) -> int:
    if (seconds := _parse_seconds(text)) >= _UNITS["d"]:
        raise ValueError(f"{text!r} is no less than a day: it would start on other days than --at.")
    return seconds


_AT = options.ParsedType("TIME", _parse_at)
_ZONE = options.ParsedType("ZONE", _parse_zone)
_LIMIT = options.ParsedType("DURATION", _parse_limit)
_DELAY = options.ParsedType("DURATION", _parse_delay)


@click.command(short_help="Print what lets systemd, cron or GitHub Actions crawl.")
@click.argument("kind", type=click.Choice(_KINDS))
@click.option("--site", required=True, help="The site to crawl.")
@click.option("--at", required=True, type=_AT, help='As "03:30", "mon,thu 03:30" or "1,15 03:30".')
@options.archive
@click.option("--timezone", type=_ZONE, help="Of --at.  [default: the machine's]")
@click.option("--random-delay", type=_DELAY, default="30m", show_default=True)
@click.option("--time-limit", type=_LIMIT, default="12h", show_default=True)
@click.option("--max-pages", type=options.PAGES, help="As for `qarchive crawl`.")
@click.option("--base-url", help="As for `qarchive crawl`.")
@click.option("--start-url", help="As for `qarchive crawl`.")
@options.contact
@click.option(
    "--out", type=options.NamedPath(file_okay=False, path_type=Path), help="A folder for the files."
)
def command(
    kind: str,
    site: str,
    at: At,
    archive: Path,
    timezone: ZoneInfo | None,
    random_delay: int,
    time_limit: int,
    max_pages: int | None,
    base_url: str | None,
    start_url: str | None,
    contact: str | None,
    out: Path | None,
) -> None:
    """Print what makes KIND (systemd, cron or github-actions) crawl SITE by itself.

    It is ready to be installed, and says how in its first lines. A crawl that ends badly tells
    those whom the environment names: see `qarchive notify --help`.

    \b
    Example:
        qarchive schedule systemd --site adoctor --at "mon,thu 03:30" --contact you@example.org
    """
    from pipelines.database import open_reader
    from pipelines.errors import NoArchiveError
    from pipelines.queue.hosts import refuse_taken
    from scraper.cli.running import make_spider, spider_class

    urls = {"base_url": base_url, "start_url": start_url}
    spider = make_spider(spider_class(site), contact=contact, **urls)  # what crawls would refuse
    with suppress(NoArchiveError), open_reader(archive) as db:
        refuse_taken(db, spider.name, spider.base)
    crawl_options = {
        "--max-pages": max_pages,
        "--base-url": base_url,
        "--start-url": start_url,
        "--contact": contact,
    }
    job = Job(
        site=site,
        host=None if spider.base == spider.home else spider.host,
        archive=archive.absolute(),
        program=_program(),
        at=at,
        zone=timezone,
        delay=random_delay,
        limit=time_limit,
        options=tuple(f"{name}={value}" for name, value in crawl_options.items() if value),
    )
    _refuse_unprintable(job)
    module = import_module(f"scraper.cli.schedules.{kind.replace('-', '_')}")
    try:
        files = {name: job.marked(text) for name, text in module.files(job).items()}
    except ValueError as error:
        raise click.UsageError(f"{error}.") from error
    if out is None:
        click.echo("\n".join(files.values()), nl=False)
    else:
        _write(files, out, job)


def _refuse_unprintable(job: Job) -> None:
    for word in (*job.crawl, *job.notify):
        if not word.isprintable():
            raise click.UsageError(f"{word!r} holds what no scheduler's file can: choose another.")


def _program() -> tuple[str, ...]:
    """The absolute command of this program: its script beside Python, or `python -m`."""
    script = Path(sys.executable).parent / "qarchive"
    return (str(script),) if script.is_file() else (sys.executable, "-m", "scraper.cli")


def _write(files: dict[str, str], out: Path, job: Job) -> None:
    paths = {out / name: text for name, text in files.items()}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for path in paths:
            if path.exists() and not job.is_marked(path.read_text("utf-8", errors="replace")):
                raise click.UsageError(f"{path} is another job's: remove it or give another --out.")
        for path, text in paths.items():
            path.write_text(text, encoding="utf-8")
            click.echo(path)
    except OSError as error:
        raise click.UsageError(f"{out} cannot be written ({error.strerror}).") from error
