"""How much memory a process took at most."""

import re
from pathlib import Path

_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def peak_mib() -> float:
    """This process's own peak. `ru_maxrss` would count what its parent held at the fork, too."""
    found = _PEAK.search(Path("/proc/self/status").read_text("ascii"))
    assert found is not None
    return int(found[1]) / 1024
