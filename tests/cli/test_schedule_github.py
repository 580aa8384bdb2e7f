"""What GitHub and the runner's shell make of the workflow."""

import shlex
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from cronsim import CronSim

from scraper.cli.schedules import github_actions
from scraper.cli.schedules.job import Job
from tests.cli.jobs import ODD, job, recorded, recorder, run


def test_github_s_schema_accepts_the_workflow(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.yml" for number in range(len(ODD))]
    for path, name in zip(paths, ODD, strict=True):
        given = job(Path("/srv") / name, "mon,thu 03:30", "Asia/Taipei")
        path.write_text(github_actions.files(given)["qarchive-adoctor.yml"], "utf-8")
    done = check_schema(paths)
    assert done.returncode == 0, done.stdout
    paths[0].write_text(paths[0].read_text().replace("runs-on", "run-on"))
    assert check_schema(paths).returncode != 0


def check_schema(paths: list[Path]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows",
         *map(str, paths)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def workflow(given: Job) -> dict[Any, Any]:
    read: dict[Any, Any] = yaml.safe_load(github_actions.files(given)["qarchive-adoctor.yml"])
    return read


@pytest.mark.parametrize("name", ODD)
def test_the_runner_s_shell_hands_on_the_job_s_words(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    odd = job(folder / "archive", program=(str(recorder(folder, "exit 137")),), delay=0)
    assert github_run(odd, tmp_path).returncode == 137
    assert recorded(folder) == [odd.crawl[1:], [*odd.notify[1:], "137"]]


def github_run(given: Job, folder: Path) -> subprocess.CompletedProcess[str]:
    """The step's script as a runner starts it for `shell: sh`: sh -e FILE."""
    (step,) = workflow(given)["jobs"]["crawl"]["steps"]
    script = folder / "script"
    script.write_text(step["run"], "utf-8")
    assert step["shell"] == "sh"
    return run(["/bin/sh", "-e", str(script)], folder)


@pytest.mark.parametrize(("status", "expected"), [(0, 0), (1, 1), (4, 0), (5, 5)])
def test_a_busy_archive_is_no_failure_to_github(tmp_path: Path, status: int, expected: int) -> None:
    odd = job(program=(str(recorder(tmp_path, f"exit {status}")),), delay=0)
    assert github_run(odd, tmp_path).returncode == expected


@pytest.mark.parametrize(
    ("at", "zone", "fields"),
    [
        ("03:30", "Asia/Taipei", "30 19 * * *"),
        ("mon,thu 03:30", "Asia/Taipei", "30 19 * * 0,3"),
        ("sun 03:30", "UTC", "30 3 * * 0"),
        ("sun 03:30", "Asia/Taipei", "30 19 * * 6"),
        ("sat 22:15", "Etc/GMT+5", "15 3 * * 0"),
        ("1,15 12:00", "Asia/Taipei", "0 4 1,15 * *"),
        ("03:30", "Asia/Kathmandu", "45 21 * * *"),
    ],
)
def test_github_is_told_the_time_in_utc(at: str, zone: str, fields: str) -> None:
    read = workflow(job(at=at, zone=zone))
    assert read[True] == {  # YAML 1.1 reads `on` so
        "schedule": [{"cron": fields}],
        "workflow_dispatch": None,
    }
    CronSim(fields, datetime(2026, 11, 22, tzinfo=UTC))


def test_a_day_of_the_month_that_is_another_in_utc_is_refused() -> None:
    with pytest.raises(ValueError, match="another day of the month"):
        github_actions.files(job(at="1 03:30", zone="Asia/Taipei"))


def test_what_is_code_to_github_is_refused() -> None:
    with pytest.raises(ValueError, match="code to GitHub"):
        github_actions.files(job(Path("/srv/${{ github.token }}")))


def test_the_workflow_bounds_its_time_and_takes_secrets_from_github() -> None:
    read = workflow(job(delay=600, limit=3600))
    crawl = read["jobs"]["crawl"]
    assert crawl["timeout-minutes"] >= 70
    assert read["concurrency"] == {"group": "qarchive-adoctor", "cancel-in-progress": False}
    assert read["permissions"] == {}
    smtp = crawl["env"]["QARCHIVE_NOTIFY_SMTP"]
    assert smtp == "${{ secrets.QARCHIVE_NOTIFY_SMTP }}"
    assert shlex.split(crawl["steps"][0]["run"].splitlines()[0]) == [
        "sleep",
        "$(shuf -i 0-600 -n 1)",
    ]
