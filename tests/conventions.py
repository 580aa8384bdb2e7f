"""The repository's files and sites, for tests that check all of them."""

import subprocess
from pathlib import Path

REPO = Path(__file__).parents[1]


def sites() -> list[str]:
    """The names of the sites: one for each file in scraper/sites/."""
    files = (REPO / "scraper" / "sites").glob("[a-z]*.py")
    return sorted(file.stem.replace("_", "-") for file in files)


def tracked() -> list[Path]:
    """The files that git tracks and that exist, relative to the repository's root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPO, capture_output=True, text=True, check=True
    )
    return [Path(name) for name in listed.stdout.split("\0") if name and (REPO / name).exists()]
