"""adoctor (https://adoctor.tw): questions at /article/N, in several languages.

The markup is unknown and may change, so a page is read by the labels that a person sees; their
grammar is in `scraper/reading/adoctor/`, and so is which URL is what.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import ClassVar
from urllib.parse import urljoin, urlsplit

from scraper.errors import NotAQuestionError, WrongQuestionError
from scraper.items import Kind, Link, Question, Via
from scraper.origins import origin
from scraper.reading.adoctor import urls
from scraper.reading.adoctor.cleaning.footers import without_inner_footers
from scraper.reading.adoctor.lists.links import Resolve, Resolvers
from scraper.reading.adoctor.mentions import cited
from scraper.reading.adoctor.proof.evidence import locate_article
from scraper.reading.adoctor.proof.places import Places
from scraper.reading.adoctor.reading import Article, read_article
from scraper.reading.adoctor.record import to_question
from scraper.reading.evidence import Found
from scraper.reading.languages import language_of
from scraper.reading.page import Page
from scraper.reading.sight import Sight
from scraper.reading.sitemap import is_sitemap, own_links
from scraper.reading.undecoded import warned
from scraper.reading.urls import join, links_of
from scraper.reading.visible.line import Line
from scraper.spider import QuestionSpider


class Adoctor(QuestionSpider):
    """https://adoctor.tw, in English and Chinese."""

    name = "adoctor"
    home = "https://adoctor.tw/"
    required: ClassVar[frozenset[str]] = frozenset({"title", "text", "asked_on"})

    @staticmethod
    def start_links(home: str) -> list[Link]:
        """Where a crawl begins: the home page and the sitemap."""
        return [
            Link(url=home, kind=Kind.LIST, via=Via.START),
            Link(url=urljoin(home, "sitemap.xml"), kind=Kind.SITEMAP, via=Via.START),
        ]

    @staticmethod
    def classify(url: str, home: str) -> tuple[str, Kind] | None:
        return urls.classify(url, home)

    @staticmethod
    def read_question(page: Page) -> Question:
        """Read the page of one article.

        Raises WrongQuestionError when the page names another article as its canonical one,
        QuestionMissingError when it says that there is none, NotAQuestionError for other pages.
        """
        number, article, _ = _read(page)
        question = to_question(
            article, site="adoctor", source_id=number, language=_language(page), url=page.url
        )
        warnings = list(question.warnings)
        if page.styles_unread and "style-sheets-unread" not in warnings:
            warnings.append("style-sheets-unread")
        if page.hides_part and "section-hidden" not in warnings:
            warnings.append("section-hidden")
        return warned(replace(question, warnings=tuple(warnings)), page)

    @staticmethod
    def read_links(page: Page, kind: Kind, home: str, question: Question | None) -> Iterator[Link]:
        """Yield the links in the site's scope that a page discloses, each of a page's once.

        Raises SitemapError, for a damaged sitemap after the links that it still holds.
        """
        if kind is Kind.SITEMAP or is_sitemap(page.body):
            yield from own_links(page.body, home, urls.classify)
            return
        known_urls = {page.url}
        for href, via in _disclosed(page, kind, question):
            classified = urls.classify(href, home)
            if classified is None:
                continue
            url, link_kind = classified
            if url not in known_urls:
                known_urls.add(url)
                yield Link(url=url, kind=link_kind, via=via)

    @staticmethod
    def locate(page: Page, question: Question, sight: Sight) -> Iterator[Found]:
        """Yield where the fields of an article stand on its page; raises as `read_question`."""
        _, article, link = _read(page)
        lines = _lines(page)
        return locate_article(Places(article, lines, sight, link), question)

    @staticmethod
    def question_at(url: str) -> tuple[str, str] | None:
        """Site and source_id of the article at a canonical URL, in whatever language."""
        article = _article_in(url)
        return ("adoctor", article["id"].lstrip("0") or "0") if article else None


def _read(page: Page) -> tuple[str, Article, Resolve]:
    """The article's number, what was read of it, and how its links are resolved."""
    path = urls.ARTICLE.fullmatch(urlsplit(page.url).path)
    if path is None:
        raise NotAQuestionError(f"not the URL of an article: {page.url}")
    head = page.head
    claimed = {match["id"] for url in head.canonical if (match := _article_in(url))}
    if claimed and path["id"] not in claimed:
        raise WrongQuestionError(f"the page says that it is article {', '.join(sorted(claimed))}")
    resolvers = _resolvers(page, _home(page.url, path["base"]))
    article = read_article(_lines(page), head.title, resolvers)
    return path["id"], article, resolvers.tag


def _resolvers(page: Page, home: str) -> Resolvers:
    """How links of the page are resolved."""
    base = page.head.base
    here = {urls.address(page.url, home), urls.address(base, home)}  # where "#" leads

    def page_at(href: str) -> str | None:
        classified = urls.classify(_joined(href, base, home), home)
        return classified[0] if classified else None

    def tag_at(href: str) -> str | None:
        url = urls.address(_joined(href, base, home), home)
        return None if url in here else url

    def question_at(href: str) -> str | None:
        classified = urls.classify(_joined(href, base, home), home)
        if classified is None:
            return None
        url, kind = classified
        return url if kind is Kind.QUESTION and url not in here else None

    return Resolvers(question_at, tag_at, page_at)


def _lines(page: Page) -> list[Line]:
    """The page's lines; what leads to its own host is a path there, on a copy of the site too."""
    own = origin(page.url)
    return [
        replace(line, links=tuple((text, _path(href, own)) for text, href in line.links))
        if line.links and any(href.startswith(own) for _, href in line.links)
        else line
        for line in without_inner_footers(page.lines)
    ]


def _path(href: str, own: str) -> str:
    return href.removeprefix(own) if href.startswith(f"{own}/") else href


def _article_in(url: str) -> re.Match[str] | None:
    try:
        return urls.ARTICLE.fullmatch(urlsplit(url).path)
    except ValueError:
        return None


def _home(url: str, base: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{base}/"


def _joined(href: str, base: str, home: str) -> str:
    rooted = href.startswith("/") and not href.startswith("//")
    return home.rstrip("/") + href if rooted and base.startswith(home) else join(base, href) or ""


def _language(page: Page) -> str | None:
    """The language of the page's `lang`, None when it has none; Chinese alone is Taiwan's."""
    language = language_of(page.root.get("lang", ""))
    return "zh-Hant" if language == "zh" else language


def _disclosed(page: Page, kind: Kind, question: Question | None) -> Iterator[tuple[str, Via]]:
    if question is None:
        via = Via.FAQ if kind is Kind.FAQ else Via.LIST
        yield from ((url, via) for url in links_of(page.root, page.url))
    else:
        yield from _of_question(page, question)
    yield from ((url, Via.ALTERNATE) for url in page.head.alternate)


def _of_question(page: Page, question: Question) -> Iterator[tuple[str, Via]]:
    for card in question.similar:
        if card.url:
            yield card.url, Via.SIMILAR
    for tag in question.faq_tags:
        if tag.url:
            yield tag.url, Via.FAQ
    quoted = (
        text for card in question.similar for text in (card.question_excerpt, card.reply_excerpt)
    )
    numbers: Iterable[str] = cited(text for text in quoted if text)
    for number in dict.fromkeys((*question.mentions, *numbers)):
        yield page.url.removesuffix(question.source_id) + number, Via.MENTION
