"""A workflow for GitHub Actions on a self-hosted runner, which keeps the archive in private.

A cache for GitHub's own runners is deleted after some days without use, and whoever may open a
pull request can read it.
"""

from datetime import UTC, datetime, timedelta

from scraper.cli.schedules import shell
from scraper.cli.schedules.job import Job

_SECRETS = ("MAIL_TO", "MAIL_FROM", "SMTP", "WEBHOOK", "PING")
_SPARE = 15  # minutes for the notification and for starting the runner


def files(job: Job) -> dict[str, str]:
    """The workflow by its file's name. Raises ValueError for what no workflow can hold."""
    here = f"the machine's own zone (UTC{datetime.now().astimezone():%z} today)"
    zone = job.zone.key if job.zone else here
    script = "\n".join(_script(job))
    if "${{" in script:
        raise ValueError("a path with ${{ in it is code to GitHub: choose another")
    secrets = "\n".join(
        f"      QARCHIVE_NOTIFY_{name}: ${{{{ secrets.QARCHIVE_NOTIFY_{name} }}}}"
        for name in _SECRETS
    )
    workflow = f"""\
# {job.name}.yml: crawls {job.site} {job.at}, {zone}.
# Install: put it into .github/workflows/ of a repository whose self-hosted runner is the machine
# with the archive; set the secrets named below that you use; start it once by hand.
# GitHub knows UTC alone: where the clock changes in summer, the hour changes too. It starts late
# when it is busy, and stops schedules of public repositories without commits after 60 days.
name: qarchive {job.site}
on:
  schedule:
    - cron: "{_fields(job)}"
  workflow_dispatch:
permissions: {{}}
concurrency:
  group: {job.name}
  cancel-in-progress: false
jobs:
  crawl:
    runs-on: self-hosted
    timeout-minutes: {(job.delay + job.limit) // 60 + _SPARE}
    env:
      QARCHIVE_NOTIFY_SUMMARY: ${{{{ vars.QARCHIVE_NOTIFY_SUMMARY }}}}
{secrets}
    steps:
      - name: Crawl {job.site}
        shell: sh
        run: |
{script}
"""
    return {f"{job.name}.yml": workflow}


def _script(job: Job) -> list[str]:
    notify = shell.notify(job, '"$status"')
    lines = [
        shell.wait(job),
        "status=0",
        f"{shell.crawl(job)} || status=$?",
        "# Tells how the crawl ended where it could not tell so itself.",
        f"{notify} || true",
        "# 4: another run holds the archive's lock. That run goes on; this one is left out.",
        'case "$status" in 4) exit 0;; *) exit "$status";; esac',
    ]
    return [f"          {line}" for line in lines]


def _fields(job: Job) -> str:
    """Minute, hour, day of the month, month, weekday in UTC, as its offset is today."""
    at, today = job.at, datetime.now(UTC).astimezone(job.zone)  # None: the machine's zone
    local = today.replace(hour=at.hour, minute=at.minute)
    utc = local.astimezone(UTC)
    shift = (utc.date() - local.date()) // timedelta(days=1)
    if at.days and shift:
        raise ValueError("in UTC this is another day of the month: choose another hour or zone")
    days = ",".join(map(str, at.days)) or "*"
    weekdays = ",".join(str(day) for day in sorted((day + 1 + shift) % 7 for day in at.weekdays))
    return f"{utc.minute} {utc.hour} {days} * {weekdays or '*'}"
