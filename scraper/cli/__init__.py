"""The command line: commands/ holds one file per command, the rest is what they share.

program finds commands, options and formats are theirs, errors ends them in one line; streams,
printing, progress, notices, watch and replay_report speak; running makes spiders, saved reads
saved pages.
"""

import sys

from scraper.exit_status import ExitStatus


def main() -> None:
    """Run `qarchive`; Ctrl-C ends it without a word, also while it is still being imported."""
    try:
        from scraper.cli.program import run

        run()
    except KeyboardInterrupt:
        sys.exit(ExitStatus.INTERRUPTED)
