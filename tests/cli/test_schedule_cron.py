"""What cron and the shell make of the crontab's line."""

import json
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from cronsim import CronSim

from scraper.cli.schedules import cron
from tests.cli.jobs import ODD, job, recorded, recorder, run


def crontab_line(text: str) -> tuple[str, str]:
    """Fields and command of the one line that is no comment, by crontab(5)."""
    (line,) = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert len(line) < 1000
    *fields, command = line.split(" ", 5)
    return " ".join(fields), command


def after_cron(command: str, undone: str = "%") -> str:
    """What cron hands to the shell, by the loop in do_command.c: a bare % ends it.

    A backslash goes before the signs in `undone`: % in ISC cron 4.1 and cronie; % and the
    backslash itself in Debian's 3.0pl1, as seen on running it.
    """
    shown, escaped = "", False
    for sign in command:
        if escaped:
            escaped = False
            shown = (shown[:-1] if sign in undone else shown) + sign
            continue
        if sign == "%":
            return shown
        escaped = sign == "\\"
        shown += sign
    return shown


@pytest.mark.parametrize(
    ("at", "starts"),
    [
        ("03:30", ["2026-11-23T03:30", "2026-11-24T03:30"]),
        ("mon,thu 03:30", ["2026-11-23T03:30", "2026-11-26T03:30"]),
        ("sat-sun 23:05", ["2026-11-22T23:05", "2026-11-28T23:05"]),
        ("1,15 00:00", ["2026-12-01T00:00", "2026-12-15T00:00"]),
    ],
)
def test_cron_starts_it_when_it_was_told_to(at: str, starts: list[str]) -> None:
    fields, _ = crontab_line(cron.files(job(at=at))["qarchive-adoctor.cron"])
    times = islice(CronSim(fields, datetime(2026, 11, 22, 12, 0)), len(starts))  # noqa: DTZ001
    assert [time.isoformat(timespec="minutes") for time in times] == starts


@pytest.mark.parametrize("undone", ["%", "%\\"])
@pytest.mark.parametrize("name", ODD)
def test_cron_and_the_shell_hand_on_the_job_s_words(tmp_path: Path, name: str, undone: str) -> None:
    folder = tmp_path / name
    odd = job(folder / "archive", program=(str(recorder(folder, "exit 137")),), delay=0)
    _, command = crontab_line(cron.files(odd)["qarchive-adoctor.cron"])
    run(["/bin/sh", "-c", after_cron(command, undone)], tmp_path)
    assert recorded(folder) == [odd.crawl[1:], [*odd.notify[1:], "137"]]


def test_cron_s_job_knows_whom_to_tell(tmp_path: Path) -> None:
    settings = tmp_path / ".config/qarchive/environment"
    settings.parent.mkdir(parents=True)
    settings.write_text("QARCHIVE_NOTIFY_PING='http://127.0.0.1/a b'\n")
    odd = job(program=(str(recorder(tmp_path / "p", "exit 0")),), delay=0)
    _, command = crontab_line(cron.files(odd)["qarchive-adoctor.cron"])
    done = run(["/bin/sh", "-c", after_cron(command)], tmp_path)
    assert (done.stdout, done.stderr) == ("", "")
    notes = [json.loads(line) for line in (tmp_path / "p/words").read_text().splitlines()]
    assert [ping for _, ping in notes] == ["http://127.0.0.1/a b"] * 2


def test_a_crawl_over_its_time_is_stopped(tmp_path: Path) -> None:
    slow = "sleep 30 & trap 'exit 6' TERM; kill -ALRM $PPID; wait"  # as when its time is over
    odd = job(program=(str(recorder(tmp_path, slow)),), delay=0, limit=7200)
    _, command = crontab_line(cron.files(odd)["qarchive-adoctor.cron"])
    assert " 7200 " in command
    run(["/bin/sh", "-c", after_cron(command)], tmp_path)
    assert recorded(tmp_path)[-1][-2:] == ["--status", "6"]


@pytest.mark.parametrize(
    ("at", "zone", "machine", "begins"),
    [  # each moment in UTC, counted by hand
        ("03:30", "Asia/Taipei", "UTC", ["2026-11-22T19:30", "2026-11-23T19:30"]),
        ("03:30", "Asia/Taipei", "America/New_York", ["2026-11-22T19:30", "2026-11-23T19:30"]),
        ("03:30", "Asia/Kathmandu", "UTC", ["2026-11-22T21:45", "2026-11-23T21:45"]),
        ("03:30", "Australia/Lord_Howe", "UTC", ["2026-11-22T16:30", "2026-11-23T16:30"]),
        ("mon,thu 03:30", "Asia/Taipei", "UTC", ["2026-11-22T19:30", "2026-11-25T19:30"]),
        ("1,15 03:30", "Asia/Taipei", "Europe/Paris", ["2026-11-30T19:30", "2026-12-14T19:30"]),
    ],
)
def test_cron_keeps_to_another_zone(
    in_zone: Callable[[str], None], at: str, zone: str, machine: str, begins: list[str]
) -> None:
    """Every start that cron makes on a machine of that zone goes through the job's own gate."""
    in_zone(machine)
    fields, command = crontab_line(cron.files(job(at=at, zone=zone))["qarchive-adoctor.cron"])
    gate = after_cron(command).partition("esac")[0] + "esac; echo go"
    clock = ZoneInfo(machine)
    started = []
    for local in CronSim(fields, datetime(2026, 11, 22, 12, tzinfo=UTC).astimezone(clock)):
        moment = local.astimezone(UTC)
        if moment > datetime(2026, 12, 16, tzinfo=UTC):
            break
        (form,) = re.findall(r"date \+(\S+?)\)", gate)
        told = moment.astimezone(ZoneInfo(zone)).strftime(form)
        if told_to_go(gate, f"TZ={zone} date +{form}", told):
            started.append(moment.isoformat(timespec="minutes")[:16])
    assert started[:2] == begins
    steps = [later - sooner for sooner, later in pairwise(map(datetime.fromisoformat, started))]
    assert all(step >= timedelta(days=1) for step in steps)


@pytest.fixture
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Take the machine's clock to another zone."""

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


_ANSWERS: dict[tuple[str, str], bool] = {}


def told_to_go(gate: str, question: str, answer: str) -> bool:
    """Whether /bin/sh passes the gate when `date` answers so."""
    key = (gate, answer)
    if key not in _ANSWERS:
        assert question in gate
        script = gate.replace(f"$({question})", answer)
        done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, check=True)
        _ANSWERS[key] = done.stdout == b"go\n"
    return _ANSWERS[key]


def test_the_gate_asks_date_as_date_answers() -> None:
    _, command = crontab_line(
        cron.files(job(at="mon-sun 03:30", zone="UTC"))["qarchive-adoctor.cron"]
    )
    gate = after_cron(command).partition("esac")[0] + "esac; echo go"
    hour = datetime.now(UTC).hour
    done = subprocess.run(["/bin/sh", "-c", gate.replace("-03", f"-{hour:02}")],
                          capture_output=True, check=True)  # fmt: skip
    assert done.stdout == b"go\n"
    done = subprocess.run(["/bin/sh", "-c", gate.replace("-03", f"-{(hour + 12) % 24:02}")],
                          capture_output=True, check=True)  # fmt: skip
    assert done.stdout == b""


def test_a_line_too_long_for_cron_is_refused() -> None:
    with pytest.raises(ValueError, match="use systemd"):
        cron.files(job(Path("/") / ("x" * 500)))
