"""A service and a timer for systemd's user manager (systemd.service(5), systemd.timer(5))."""

from scraper.cli.schedules.at import WEEKDAYS
from scraper.cli.schedules.job import Job
from scraper.cli.schedules.shell import NOTICES


def files(job: Job) -> dict[str, str]:
    """The text of each unit by its file's name. Raises ValueError for what no unit can hold."""
    return {f"{job.name}.service": _service(job), f"{job.name}.timer": _timer(job)}


def _service(job: Job) -> str:
    status = "${EXIT_STATUS}"
    return f"""\
# {job.name}.service: one crawl of {job.site}, started by {job.name}.timer.
# With both files in ~/.config/systemd/user (`--out` puts them there) start the timer, and let it
# run also while you are not logged in:
#   systemctl --user daemon-reload
#   systemctl --user enable --now {job.name}.timer
#   loginctl enable-linger
{NOTICES}
# Look at it: systemctl --user list-timers; journalctl --user -u {job.name}.service

[Unit]
Description=qarchive: crawl {job.site}

[Service]
Type=oneshot
EnvironmentFile=-%E/qarchive/environment
ExecStart={_command(job.crawl)}
# Tells how the crawl ended where it could not tell so itself: killed, or not even started.
ExecStopPost={_command(job.notify)} {status}
# 4: another run holds the archive's lock. That run goes on; this one is left out.
SuccessExitStatus=4
# The time limit; what was not fetched by then stays due. SIGTERM first, SIGKILL if need be.
TimeoutStartSec={job.limit}
TimeoutStopSec=120
Nice=10
"""


def _timer(job: Job) -> str:
    return f"""\
# {job.name}.timer: starts {job.name}.service, which says how to install both.

[Unit]
Description=qarchive: when to crawl {job.site}

[Timer]
OnCalendar={_calendar(job)}
RandomizedDelaySec={job.delay}
# A time that passed while the machine was off is made up for.
Persistent=true

[Install]
WantedBy=timers.target
"""


def _calendar(job: Job) -> str:
    """systemd.time(7): "Mon,Thu *-*-* 03:30:00 Asia/Taipei"."""
    at = job.at
    weekdays = ",".join(WEEKDAYS[day].capitalize() for day in at.weekdays)
    days = ",".join(f"{day:02}" for day in at.days) or "*"
    parts = [weekdays, f"*-*-{days}", f"{at.hour:02}:{at.minute:02}:00"]
    return " ".join(filter(None, [*parts, job.zone.key if job.zone else ""]))


def _command(words: list[str]) -> str:
    """The words quoted, with specifiers, variables and escapes in them made literal."""
    if set("\\'\"") & set(words[0]):
        raise ValueError(f"systemd starts no program with quotes or \\ in its path: {words[0]}")
    quoted = (word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%") for word in words)
    program, *rest = (f'"{word}"' for word in quoted)
    # Variables are expanded in arguments, but not in the program's path.
    return " ".join([program, *(word.replace("$", "$$") for word in rest)])
