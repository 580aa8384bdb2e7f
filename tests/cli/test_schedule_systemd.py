"""What systemd's own checkers say of the units."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scraper.cli.schedules import systemd
from tests.cli.jobs import ODD, job

systemd_analyze = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="needs systemd-analyze"
)


def verify(folder: Path, units: dict[str, str]) -> None:
    for name, text in units.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(folder / name) for name in units)],
        env=os.environ | {"XDG_RUNTIME_DIR": str(folder), "LC_ALL": "C.UTF-8"},
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, ""), done.stderr


@systemd_analyze
@pytest.mark.parametrize("name", ODD)
def test_systemd_accepts_the_units(tmp_path: Path, name: str) -> None:
    odd = tmp_path / re.sub(r"[\\'\"]", "", name) / "qarchive"
    odd.parent.mkdir()
    odd.write_text("#!/bin/sh\n")
    odd.chmod(0o755)
    verify(tmp_path, systemd.files(job(tmp_path / name, "1,15 03:30", program=(str(odd),))))


@pytest.mark.parametrize("sign", ["\\", "'", '"'])
def test_a_program_that_systemd_does_not_start_is_refused(sign: str) -> None:
    with pytest.raises(ValueError, match="systemd starts no program"):
        systemd.files(job(program=(f"/opt/a{sign}b/qarchive",)))


@systemd_analyze
def test_systemd_s_checker_would_notice(tmp_path: Path) -> None:
    units = systemd.files(job(program=("/no/such/program",)))
    with pytest.raises(AssertionError, match="/no/such/program"):
        verify(tmp_path, units)


@systemd_analyze
@pytest.mark.parametrize(
    ("at", "zone", "first"),
    [
        ("03:30", "Asia/Taipei", "2026-11-22 19:30:00 UTC"),
        ("03:30", "UTC", "2026-11-23 03:30:00 UTC"),
        ("mon,thu 03:30", "Asia/Taipei", "2026-11-22 19:30:00 UTC"),
        ("tue-wed 03:30", "America/New_York", "2026-11-24 08:30:00 UTC"),
        ("1,15 03:30", "Asia/Taipei", "2026-11-30 19:30:00 UTC"),
    ],
)
def test_systemd_starts_it_when_it_was_told_to(at: str, zone: str, first: str) -> None:
    timer = systemd.files(job(at=at, zone=zone))["qarchive-adoctor.timer"]
    (calendar,) = re.findall("^OnCalendar=(.*)$", timer, re.MULTILINE)
    done = subprocess.run(
        ["systemd-analyze", "calendar", "--base-time=2026-11-22 12:00:00 UTC", calendar],
        env={"TZ": "UTC", "PATH": os.environ["PATH"], "LC_ALL": "C"},
        capture_output=True, text=True, timeout=30, check=True,
    )  # fmt: skip
    assert first in done.stdout


@pytest.mark.parametrize("name", ODD)
def test_systemd_s_words_are_the_job_s(name: str) -> None:
    """Read back by the rules of systemd.service(5), written down here once more."""
    opt = re.sub(r"[\\'\"]", "", name)
    odd = job(Path("/srv") / name, program=(f"/opt/{opt}/qarchive",))
    service = systemd.files(odd)["qarchive-adoctor.service"]
    (start,) = re.findall("^ExecStart=(.*)$", service, re.MULTILINE)
    (stop,) = re.findall("^ExecStopPost=(.*)$", service, re.MULTILINE)
    assert systemd_words(start) == odd.crawl
    assert systemd_words(stop, EXIT_STATUS="TERM") == [*odd.notify, "TERM"]


def systemd_words(line: str, **environment: str) -> list[str]:
    words: list[str] = []
    for quoted, bare in re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', line):
        word = re.sub(r"\\(.)", r"\1", quoted) if quoted else bare
        assert not re.search("%[^%]", word.replace("%%", ""))
        word = word.replace("%%", "%")
        if words:  # no variables in the program's path
            word = re.sub(
                r"\$\$|\$\{(\w+)\}", lambda found: environment.get(found[1] or "", "$"), word
            )
        words.append(word)
    return words


def test_the_service_treats_a_busy_archive_and_time_as_said() -> None:
    service = systemd.files(job())["qarchive-adoctor.service"]
    assert "\nSuccessExitStatus=4\n" in service
    assert "\nTimeoutStartSec=3600\n" in service
    assert "\nRandomizedDelaySec=600\n" in systemd.files(job())["qarchive-adoctor.timer"]
