"""`python -m scraper.cli` is `qarchive`."""

from scraper.cli import main

main()
