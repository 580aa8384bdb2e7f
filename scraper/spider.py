"""The crawl that every site shares."""

from collections.abc import Iterable
from typing import ClassVar

import scrapy

from scraper.items import Kind, Link, Question
from scraper.reading.page import Page


class QuestionSpider(scrapy.Spider):
    """A site is a subclass that names where to start, which links are what, and its reader.

    The four functions are pure and stand at module level in the site's file.
    `home` in them is the URL of the site's start page, the command's `--base-url` put in.
    """

    home: ClassVar[str]  # "https://adoctor.tw/"
    charset: ClassVar[str] = "utf-8"
    required: ClassVar[frozenset[str]]  # fields of Question that a full one must have

    start_links: ClassVar["staticmethod[[str], Iterable[Link]]"]  # (home) -> links
    # (url, home) -> canonical URL and kind
    classify: ClassVar["staticmethod[[str, str], tuple[str, Kind] | None]"]
    read_question: ClassVar["staticmethod[[Page], Question]"]  # raises scraper.errors
    read_links: ClassVar["staticmethod[[Page, Kind, str, Question | None], Iterable[Link]]"]
