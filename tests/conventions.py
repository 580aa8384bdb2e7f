"""What there is in the repository, for tests that go over all of it."""

import subprocess
from pathlib import Path

REPO = Path(__file__).parents[1]


def sites() -> list[str]:
    """Names of the sites, one a file of scraper/sites/."""
    files = (REPO / "scraper" / "sites").glob("[a-z]*.py")
    return sorted(file.stem.replace("_", "-") for file in files)


def tracked() -> list[Path]:
    """Files that git holds, those deleted just now left out; paths from the repository's root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPO, capture_output=True, text=True, check=True
    )
    return [Path(name) for name in listed.stdout.split("\0") if name and (REPO / name).exists()]
