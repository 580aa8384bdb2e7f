"""`qarchive crawl toy`: the command with the toy site."""

import sys
from unittest.mock import patch

from scraper.cli import main
from tests.crawling import Toy

if __name__ == "__main__":
    sys.argv[:1] = ["qarchive", "crawl", "toy", "--no-progress"]
    with patch("scraper.cli.running.spider_class", return_value=Toy):
        main()
