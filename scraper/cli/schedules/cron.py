"""A line for crontab(5) that Vixie's, Debian's and Fedora's cron all understand."""

from datetime import UTC, datetime, timedelta

from scraper.cli.schedules import shell
from scraper.cli.schedules.job import Job

_ENVIRONMENT = '"${XDG_CONFIG_HOME:-$HOME/.config}/qarchive/environment"'
_LONGEST = 998  # Vixie's MAX_COMMAND is 1000


def files(job: Job) -> dict[str, str]:
    """The crontab by its file's name. Raises ValueError for a command too long for cron."""
    zone = job.zone.key if job.zone else "the machine's own zone"
    crontab = f"""\
# {job.name}.cron: crawls {job.site} {job.at}, {zone}.
# Install: add the last line to what `crontab -e` shows.
{shell.NOTICES}
# Besides, cron mails what the crawl says on standard error to MAILTO.
# A crawl that finds another at work in the archive ends with status 4, which is told, and leaves
# the archive alone. The one at work after {job.limit} s is stopped; what is left stays due.
{_fields(job)} {_command(job)}
"""
    return {f"{job.name}.cron": crontab}


def _fields(job: Job) -> str:
    """Minute, hour, day of the month, month, weekday; each hour for a time zone: see `_gate`."""
    if job.zone is not None:
        return f"{_list(_local_minutes(job))} * * * *"
    weekdays = _list({(day + 1) % 7 for day in job.at.weekdays})
    return f"{job.at.minute} {job.at.hour} {_list(set(job.at.days))} * {weekdays}"


def _command(job: Job) -> str:
    steps = [
        *_gate(job),
        f"set -a; [ ! -r {_ENVIRONMENT} ] || . {_ENVIRONMENT}; set +a",
        shell.wait(job),
        f"{shell.crawl(job)} >/dev/null",
        shell.notify(job, "$?"),
    ]
    # For cron a bare % ends the command and \% is a %; for Debian's \\ is a backslash, too. So
    # after each backslash, which all stand in single quotes, the quotes are closed and reopened.
    command = "; ".join(steps).replace("\\", "\\''").replace("%", "\\%")
    if len(command.encode()) > _LONGEST:
        raise ValueError("the paths are too long for a line of cron's: use systemd")
    return command


def _gate(job: Job) -> list[str]:
    """A step that exits unless it is the job's hour in its time zone; none without a zone.

    Debian's cron supports only the machine's zone, and treats CRON_TZ as the job's variable.
    """
    if job.zone is None:
        return []
    at = job.at
    form, time = "%H", f"{at.hour:02}"
    if len(_local_minutes(job)) > 1:  # the line then runs at several minutes of an hour
        form, time = "%H%M", f"{at.hour:02}{at.minute:02}"
    times = [time]
    if at.weekdays:
        form, times = f"%u-{form}", [f"{day + 1}-{time}" for day in at.weekdays]
    elif at.days:
        form, times = f"%d-{form}", [f"{day:02}-{time}" for day in at.days]
    return [f'case "$(TZ={job.zone.key} date +{form})" in {"|".join(times)}) ;; *) exit 0;; esac']


def _local_minutes(job: Job) -> set[int]:
    """The machine's minutes at the job's times of the coming year; they differ with the offset."""
    start = datetime.now(UTC)
    moments = [start + timedelta(days=day) for day in range(366)]
    shifts = {
        (moment.astimezone().utcoffset() or timedelta())
        - (moment.astimezone(job.zone).utcoffset() or timedelta())
        for moment in moments
    }
    return {(job.at.minute + shift // timedelta(minutes=1)) % 60 for shift in shifts}


def _list(values: set[int]) -> str:
    return ",".join(map(str, sorted(values))) or "*"
