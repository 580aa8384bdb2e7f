"""Writes an export repeatedly, to be killed: `python -m tests.exporting FORMAT ARCHIVE OUT`."""

import sys
from importlib import import_module
from pathlib import Path

if __name__ == "__main__":
    module = import_module(f"exports.{sys.argv[1]}")
    for _ in range(200):
        print(flush=True)
        module.write(*map(Path, sys.argv[2:]))
