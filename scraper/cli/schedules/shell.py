"""The crawl as lines for a POSIX shell, for schedulers that run one."""

import shlex

from scraper.cli.schedules.job import Job

NOTICES = """\
# Whom to tell stands in ~/.config/qarchive/environment, mode 600, one NAME='value' a line (see
# `qarchive notify --help`). Try it:
#   (set -a; . ~/.config/qarchive/environment; qarchive notify --test)"""

_GRACE = 120  # seconds from the first signal to the one that kills


def wait(job: Job) -> str:
    """Sleep for a random part of the delay; `:` without one."""
    return f'sleep "$(shuf -i 0-{job.delay} -n 1)"' if job.delay else ":"


def crawl(job: Job) -> str:
    """The crawl within its time limit, ending with its own exit status."""
    bounds = ["timeout", "--preserve-status", f"--kill-after={_GRACE}", str(job.limit)]
    return shlex.join([*bounds, *job.crawl])


def notify(job: Job, status: str) -> str:
    """The notification; `status` is what the shell expands to the crawl's exit status."""
    return f"{shlex.join(job.notify)} {status}"
