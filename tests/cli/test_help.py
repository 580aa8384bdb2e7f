"""What the program says of itself."""

import pytest
from click.shell_completion import ShellComplete

from scraper.cli.program import cli
from tests.stages import from_scratch, qarchive, typed


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"]])
def test_the_program_lists_its_commands_and_says_how_to_begin(words: list[str]) -> None:
    told = qarchive(*words)
    shown = told.stdout + told.stderr
    assert "qarchive demo" in shown
    listed = shown.partition("Commands:\n")[2].splitlines()
    names = [line.split()[0] for line in listed if line.strip()]
    assert {"crawl", "demo", "export", "extract", "sample-site", "serve", "status"} <= set(names)
    assert all(len(line.split()) > 3 for line in listed if line.strip())
    assert told.returncode == (0 if words else 2)


def test_it_is_shown_at_once() -> None:
    told = from_scratch("--help", PYTHONPROFILEIMPORTTIME="1").stderr
    imported = {line.split()[-1].partition(".")[0] for line in told.splitlines()}
    assert "click" in imported
    assert not imported & {"lxml", "scrapy", "twisted"}  # they take most of a second


def test_it_has_a_version() -> None:
    assert from_scratch("--version").stdout.startswith("qarchive, version ")


@pytest.mark.parametrize("words", [["nosuch"], ["--nosuch"], ["crawl", "--nosuch"]])
def test_what_it_does_not_know_is_told_in_one_line(words: list[str]) -> None:
    done = qarchive(*words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "nosuch" in done.stderr
    assert "--help" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["stauts"], "no command is named stauts. Did you mean status? See qarchive --help.\n"),
        (["version"], "no command is named version. Did you mean --version or verify? See"),
        (["help"], "no command is named help. Did you mean --help? See"),
        (["crawl", "--contakt"], "No such option '--contakt'. Did you mean '--contact'? See"),
        (["serve", "--port", "abc"], "'abc' is not a valid whole number. See"),
        (["export", "jsnl"], "'wacz'. Did you mean jsonl? See qarchive export --help.\n"),
    ],
)
def test_a_slip_of_the_finger_is_told_what_was_meant(words: list[str], told: str) -> None:
    assert told in qarchive(*words).stderr


@pytest.mark.parametrize(
    "words",
    [
        ["schedule", "cron", "--at", "3:00", "--site", "adoctor", "--site=taiwan-ehospital"],
        ["crawl", "adoctor", "--archive", "a", "--archive", "a"],
        ["export", "jsonl", "--as-of", "2026-11-22", "--as-of", "2026-11-23"],
        ["merge", "a", "b", "--into", "c", "--into", "d"],
    ],
)
def test_an_option_given_twice_is_no_choice_of_one(words: list[str]) -> None:
    done = qarchive(*words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    option = words[-1].partition("=")[0] if "=" in words[-1] else words[-2]
    assert f"{option} is given more than once, and one value alone is taken. See" in done.stderr


def test_a_flag_given_twice_means_the_same() -> None:
    assert qarchive("crawl", "--help", "--help").returncode == 0


def test_a_shell_completes_the_value_of_an_option() -> None:
    shell = ShellComplete(cli, {}, "qarchive", "_QARCHIVE_COMPLETE")
    assert [one.type for one in shell.get_completions(["status", "--archive"], "")] == ["dir"]


@pytest.mark.parametrize(
    "words",
    [
        ["show", "\udcbd\udca5"],
        ["crawl", "qapage", "--base-url", "http://127.0.0.1:1/\udcff"],
        ["forget", "adoctor:12:en", "--reason", "asked by M\udcfcller"],
    ],
)
def test_text_is_no_bytes_of_another_charset(words: list[str]) -> None:
    done = typed(*words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"{words[-1]!r} is no text in utf-8. See qarchive {words[0]} --help." in done.stderr
