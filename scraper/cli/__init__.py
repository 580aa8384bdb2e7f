"""The command line: one file per command."""

import sys

INTERRUPTED = 130  # as a shell says of a program that Ctrl-C ended


def main() -> None:
    """Run `qarchive`; Ctrl-C ends it without a word, also while it is still being imported."""
    try:
        from scraper.cli.commands import run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
