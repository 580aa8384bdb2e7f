"""All Scrapy settings that differ from the defaults: what runs, in which order, how politely."""

import os
from importlib.metadata import version

BOT_NAME = "qarchive"
USER_AGENT = f"qarchive/{version('qarchive')}"
CONTACT = os.environ.get("QARCHIVE_CONTACT")  # goes into the User-Agent; real sites require it
ARCHIVE = os.environ.get("QARCHIVE_DIR", "archive")

SPIDER_MODULES = ["scraper.sites"]
SCHEDULER = "pipelines.frontier.Frontier"
ITEM_PIPELINES = {
    "pipelines.capture.CaptureStep": 100,
    "pipelines.validate.ValidateStep": 200,
    "pipelines.store.StoreStep": 300,
}

# Outermost first. Redirects and retries are states of the frontier's URLs, so neither
# Scrapy's middlewares for them nor any other of its own are used beyond these.
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES = {
    "scraper.politeness.scope.ScopeMiddleware": 100,
    "scraper.politeness.forgotten.ForgottenMiddleware": 120,  # its response comes decoded
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 150,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 200,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 300,
    "scraper.politeness.robots.RobotsMiddleware": 400,
    "scraper.politeness.body.BodyMiddleware": 500,
}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
EXTENSIONS_BASE: dict[str, int] = {}
EXTENSIONS = {
    "pipelines.robots.RobotsCapture": 100,
    "pipelines.reports.crawl_progress.CrawlProgress": 200,
}
DOWNLOAD_HANDLERS = {
    **dict.fromkeys(("http", "https"), "scraper.politeness.handler.BoundedHeadHandler"),
    **dict.fromkeys(("data", "file", "s3", "ftp")),
}
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en,zh-TW;q=0.9,*;q=0.5",
}
TWISTED_DNS_RESOLVER = "scraper.politeness.resolver.GuardedResolver"

# One connection and two seconds between requests; a loopback host sets its own (spider.py).
CONCURRENT_REQUESTS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 2.0
DOWNLOAD_DELAY_JITTER = 0  # Scrapy's would let requests follow each other after one second
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024  # a sitemap may be larger: politeness/body.py
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True

WARN_ON_GENERATOR_RETURN_VALUE = False
STATS_DUMP = False
LOG_FORMATTER = "pipelines.reports.logs.Log"
LOG_LEVEL = "INFO"
