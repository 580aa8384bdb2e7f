"""What every file of the repository agrees on, so that a new one is in its place at once."""

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import exports
from pipelines.reports.end_reason import EndReason
from scraper.cli.formats import export_name, formats
from scraper.cli.program import cli
from scraper.cli.running import spider_class
from scraper.items import Kind, Outcome, Via
from scraper.site import Site
from scraper.spider import QuestionSpider
from tests.conventions import REPO, imports_of, sites, tracked
from tests.programs import needs

TOP_LEVEL = {
    ".ci", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "MANIFEST.in", "Makefile",
    "README.md", "docs", "exports", "pipelines", "pyproject.toml", "requirements-dev.txt",
    "requirements-pywb.txt", "requirements.txt", "scraper", "scrapy.cfg", "tests",
}  # fmt: skip
# What a source distribution holds by itself, and what it does without.
UNLISTED = {
    ".ci", ".gitignore", "LICENSE", "MANIFEST.in", "README.md", "exports", "pipelines",
    "pyproject.toml", "scraper",
}  # fmt: skip
# What each part of the house may import of the others; scraper/cli is the front door.
MAY_IMPORT = {
    "scraper": {"scraper"},
    "pipelines": {"pipelines", "scraper"},
    "exports": {"exports", "pipelines", "scraper"},
    "scraper/cli": {"exports", "pipelines", "scraper"},
}
# What a folder of scraper/reading never imports of its neighbours.
FREE_OF = {"css": {"adoctor", "visible"}, "visible": {"adoctor"}}
SITE_METHODS = ("start_links", "classify", "read_question", "read_links")
LONGEST = 250  # lines
LONGER = {
    "pipelines/archive.py": "the life of a group: lock, transaction, WARC and their failures",
    "pipelines/revisit.py": "a policy and its estimator, in the order they are computed",
    "pipelines/frontier.py": "Scrapy's scheduler: one state, changed in one place",
    "pipelines/schema.py": "the database, read from its first table to its last",
    "tests/exports/test_site.py": "one server for all of Datasette's pages",
    "tests/markup/pages.py": "tables of words and sentences",
    "tests/markup/render.py": "an independent writer of pages",
    "tests/markup/styles.py": "a table of markups",
    "tests/pipelines/test_revisit.py": "a year of looks, told case by case",
    "tests/politeness/test_robots.py": "a table of cases",
    "tests/sites/test_adoctor.py": "a table of cases",
    "tests/sites/test_adoctor_exam.py": "a table of cases",
    "tests/sites/test_qapage.py": "a table of cases",
    "tests/sites/test_taiwan_ehospital.py": "a table of cases",
}
# Columns that SQL compares with values of an enum, written out; no type checker sees those.
ENUM_COLUMNS: dict[str, set[str]] = {
    "state": {"ready", *Outcome},
    "outcome": {*Outcome},
    "kind": {*Kind},
    "via": {*Via},
    "ended_why": {*EndReason},
}
COMPARISON = re.compile(rf"\b({'|'.join(ENUM_COLUMNS)}) ?(?:=|<>|(?:NOT )?IN) ?(\('[^)]*\)|'\w*')")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|tmp/setup)/")


def _python() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py"]


def _part(path: Path) -> str | None:
    """The part of the house that a file belongs to."""
    if path.is_relative_to("scraper/cli"):
        return "scraper/cli"
    return path.parts[0] if path.parts[0] in MAY_IMPORT else None


def _module(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def _commands() -> list[str]:
    return cli.list_commands(click.Context(cli))


def test_imports_follow_the_arrow() -> None:
    against = []
    for path in _python():
        part = _part(path)
        for name in imports_of(path) if part else ():
            house = name.split(".")[0]
            into_the_door = name.startswith("scraper.cli") and part != "scraper/cli"
            if part and (house in MAY_IMPORT.keys() - MAY_IMPORT[part] or into_the_door):
                against.append(f"{path}: {name}")
    assert against == []


def test_no_files_import_each_other_in_a_circle() -> None:
    program = {_module(path): path for path in _python() if _part(path)}
    graph = {
        module: {name if name in program else name.rpartition(".")[0] for name in imports_of(path)}
        for module, path in program.items()
    }
    assert set(TopologicalSorter(graph).static_order()) >= graph.keys()  # it raises CycleError


def test_no_two_folders_of_the_archive_need_each_other() -> None:
    graph: dict[str, set[str]] = {}
    for path in _python():
        if path.is_relative_to("pipelines") and path.parts[2:]:
            needed = {name.split(".")[1] for name in imports_of(path) if "pipelines." in name}
            graph.setdefault(path.parts[1], set()).update(needed)
    needs = {folder: (graph[folder] & graph.keys()) - {folder} for folder in graph}
    assert set(TopologicalSorter(needs).static_order()) == graph.keys()  # it raises CycleError


@pytest.mark.parametrize("folder", FREE_OF)
def test_a_reader_of_any_page_knows_no_kind_of_page(folder: str) -> None:
    files = (path for path in _python() if path.is_relative_to(f"scraper/reading/{folder}"))
    names = {name for path in files for name in imports_of(path)}
    house = {name.split(".")[2] for name in names if name.startswith("scraper.reading.")}
    assert house & FREE_OF[folder] == set()


@pytest.mark.parametrize("site", sites())
def test_a_site_is_a_spider_in_a_file_of_its_own(site: str) -> None:
    spider = spider_class(site)
    assert spider.__module__ == f"scraper.sites.{site.replace('-', '_')}"
    assert issubclass(spider, QuestionSpider)
    assert (spider.name, bool(spider.required)) == (site, True)
    assert import_module(spider.__module__).__doc__
    for name in SITE_METHODS:
        assert getattr(spider, name) is not getattr(Site, name)


@pytest.mark.parametrize("name", formats())
def test_an_export_can_write(name: str) -> None:
    module = import_module(f"exports.{name}")
    assert callable(module.write)
    assert module.__doc__


def test_no_two_exports_are_written_to_one_place() -> None:
    modules = [import_module(f"exports.{name}") for name in formats()]
    assert len({export_name(module) for module in modules}) == len(modules)


def test_an_export_needs_no_more_than_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '"""Titles alone."""\n\n\ndef write(archive, out):\n    return 3\n'
    (tmp_path / "made_up.py").write_text(text, "utf-8")
    import_module("scraper.cli.commands.export")  # other tests need it with the real formats
    monkeypatch.setattr(exports, "__path__", [str(tmp_path)])
    assert formats() == {"made_up": "Titles alone."}
    assert "made_up  Titles alone." in CliRunner().invoke(cli, ["export", "--help"]).output
    assert export_name(import_module("exports.made_up")) == "made_up"
    sys.modules.pop("exports.made_up")


@pytest.mark.parametrize("name", _commands())
def test_a_command_has_a_help_text_with_an_example(name: str) -> None:
    module = import_module(f"scraper.cli.commands.{name.replace('-', '_')}")
    assert isinstance(module.command, click.Command)
    told = CliRunner().invoke(cli, [name, "--help"])
    assert told.exit_code == 0, told.output
    assert "Example" in told.output
    assert f"qarchive {name}" in told.output.partition("Example")[2]


def test_top_level_is_the_agreed_one() -> None:
    assert {path.parts[0] for path in tracked()} <= TOP_LEVEL


def test_the_source_distribution_holds_all_that_readme_needs() -> None:
    assert set((REPO / "MANIFEST.in").read_text("utf-8").split()) >= TOP_LEVEL - UNLISTED


@needs(Path("/usr/bin/make"), "apt install make")
def test_a_venv_that_failed_is_made_again(tmp_path: Path) -> None:
    python = tmp_path / "python"  # Debian's, without python3-venv
    python.write_text(
        "#!/bin/sh\n[ $1 = -c ] || { mkdir -p .venv/bin; >.venv/bin/python; false; }\n"
    )
    python.chmod(0o755)
    make = ["make", f"--file={REPO / 'Makefile'}", f"PYTHON={python}", "UV=", ".venv/bin/python"]
    for _ in range(2):
        assert subprocess.run(make, cwd=tmp_path, capture_output=True, check=False).returncode == 2


def test_files_are_short() -> None:
    lines = {str(path): (REPO / path).read_bytes().count(b"\n") for path in _python()}
    long = {path for path, count in lines.items() if count > LONGEST}
    assert long == LONGER.keys()


def test_every_module_says_what_it_is() -> None:
    trees = {path: ast.parse((REPO / path).read_bytes()) for path in _python() if _part(path)}
    assert [path for path, tree in trees.items() if tree.body and not ast.get_docstring(tree)] == []


def test_a_package_that_says_which_file_does_what_leaves_none_out() -> None:
    left_out = []
    for path in (REPO / path for path in _python() if _part(path) and path.stem == "__init__"):
        _, *more = (ast.get_docstring(ast.parse(path.read_bytes())) or "").split("\n\n")
        files = {file.stem for file in path.parent.glob("[!_]*.py")} if more else set()
        left_out += [(path, name) for name in files - set(re.findall(r"\w+", " ".join(more)))]
    assert left_out == [], "the package's docstring has to name them"


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-dev.txt", "requirements-pywb.txt"]
)
def test_requirements_are_pinned_by_hash_and_name_no_address(name: str) -> None:
    text = (REPO / name).read_text("utf-8")
    assert "://" not in text
    pins = re.split(r"(?<!\\)\n", text.strip())
    assert pins
    for pin in pins:
        assert re.match(r"[\w.\[\]-]+==\S+ ", pin), pin
        assert "--hash=sha256:" in pin, pin


def test_sql_compares_columns_with_values_that_they_can_have() -> None:
    compared = {
        (column, value)
        for path in _python()
        if _part(path)
        for column, values in COMPARISON.findall((REPO / path).read_text("utf-8"))
        for value in re.findall(r"'([^']*)'", values)
    }
    assert {("state", "ready"), ("outcome", "moved"), ("ended_why", "storage")} < compared
    assert [pair for pair in compared if pair[1] not in ENUM_COLUMNS[pair[0]]] == []


def test_no_file_names_a_place_of_somebodys_machine() -> None:
    found = []
    for path in tracked():
        content = (REPO / path).read_bytes()
        if b"\0" not in content and MACHINE_PATH.search(content.decode("utf-8")):
            found.append(path)
    assert found == []
