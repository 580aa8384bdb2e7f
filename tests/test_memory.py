"""Memory that a page gave back is there for the next one."""

import platform
import subprocess
import sys

import pytest

PAGES = """
import resource
from scraper.memory import keep_for_the_next_page

def page():
    return [b"x" * 20_000 for _ in range(200)]

if {kept}:
    keep_for_the_next_page()
page()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(50):
    page()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(*, kept: bool) -> int:
    """Pages of memory that the system had to give while fifty pages of 4 MB were treated."""
    command = [sys.executable, "-c", PAGES.format(kept=kept)]
    return int(subprocess.run(command, check=True, capture_output=True).stdout)


@pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="only the GNU C library can be told to keep memory"
)
def test_freed_memory_is_not_asked_for_again() -> None:
    assert faults(kept=True) < 2_000 < faults(kept=False)
