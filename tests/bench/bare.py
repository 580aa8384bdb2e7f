"""The peer: a default Scrapy spider that follows links and keeps nothing."""

import sys
from collections.abc import Iterator
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import HtmlResponse, Response


class Bare(scrapy.Spider):
    """As the Scrapy tutorial writes it; every setting is Scrapy's default but the log level."""

    name = "bare"

    def parse(self, response: Response) -> Iterator[Any]:
        if isinstance(response, HtmlResponse):
            yield from response.follow_all(css="a", callback=self.parse)


if __name__ == "__main__":
    process = AsyncCrawlerProcess({"LOG_LEVEL": "INFO", "LOG_FILE": sys.argv[2]})
    crawler = process.create_crawler(Bare)
    process.crawl(crawler, start_urls=[sys.argv[1]])
    process.start()
    assert crawler.stats is not None
    print(crawler.stats.get_value("response_received_count"))
