"""Tunes memory management for work that reads one page after another."""

import ctypes
import gc
from contextlib import suppress

# Names and values of <malloc.h>, which the GNU C library reads.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_TRIM_ABOVE = 64 * 1024 * 1024  # bytes
_MMAP_ABOVE = 16 * 1024 * 1024  # bytes; pages may have 8 MiB


def collect_garbage_seldom() -> None:
    """Look for garbage in reference cycles after some 50,000 new objects, not after 700."""
    gc.set_threshold(50_000, 20, 50)


def keep_for_the_next_page() -> None:
    """Keep freed memory in the process, and collect garbage seldom.

    The C library would return it to the system and ask for it anew for each page: a twentieth of a
    crawl's time. What is imported stays, so the collector need not look at it again.
    """
    gc.freeze()
    collect_garbage_seldom()
    with suppress(AttributeError, OSError, TypeError):  # another C library
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_TRIM_THRESHOLD, _TRIM_ABOVE)
        mallopt(_MMAP_THRESHOLD, _MMAP_ABOVE)
