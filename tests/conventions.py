"""The repository's files and sites, for tests that check all of them."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

REPO = Path(__file__).parents[1]


def sites() -> list[str]:
    """The names of the sites: one for each file in scraper/sites/."""
    files = (REPO / "scraper" / "sites").glob("[a-z]*.py")
    return sorted(file.stem.replace("_", "-") for file in files)


def tracked() -> list[Path]:
    """The files that git tracks and that exist, relative to the repository's root.

    Skips the test where git knows of none: it is not installed, the files were unpacked from an
    archive, or they are another user's.
    """
    command = ["git", "-C", str(REPO), "ls-files", "-z"]
    try:
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"git lists no files: {getattr(error, 'stderr', error)}")
    if not listed:
        pytest.skip("git lists no files: the folder is in another repository")
    return [Path(name) for name in listed.split("\0") if name and (REPO / name).exists()]


def imports_of(path: Path) -> Iterator[str]:
    """Yield what a file of ours imports, with the names of its modules."""
    for node in ast.walk(ast.parse((REPO / path).read_bytes())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield from (f"{node.module}.{name.name}" for name in node.names)
