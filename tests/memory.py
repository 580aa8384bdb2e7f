"""The peak memory of this process."""

import re
from pathlib import Path

_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def peak_mib() -> float:
    """Peak resident memory in MiB; `ru_maxrss` would include the parent's at the fork."""
    found = _PEAK.search(Path("/proc/self/status").read_text("ascii"))
    assert found is not None
    return int(found[1]) / 1024
