"""qapage: any site whose question pages carry schema.org QAPage data."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from scraper.errors import NotAQuestionError, PageChangedError, ReadingError
from scraper.items import Asker, Kind, Link, Question, Via
from scraper.origins import origin
from scraper.reading.evidence import Found
from scraper.reading.languages import language_of
from scraper.reading.page import Page
from scraper.reading.qapage import urls
from scraper.reading.qapage.data import promises_question, read_items
from scraper.reading.qapage.evidence import locate_qa
from scraper.reading.qapage.json_scripts import holds_broken_question
from scraper.reading.qapage.main_question import has_qapage, is_faq
from scraper.reading.qapage.own_url import own_hrefs, own_url, refuse_another, site_pages
from scraper.reading.qapage.schema_org import Node, json_ld
from scraper.reading.qapage.shown import declared_languages, has_cut_text, shown_title
from scraper.reading.qapage.union import QuestionData, merge_syntaxes
from scraper.reading.qapage.views import is_of_answer
from scraper.reading.sight import Sight
from scraper.reading.sitemap import is_sitemap, own_links
from scraper.reading.undecoded import warned
from scraper.reading.urls import joined, links_of
from scraper.spider import QuestionSpider


class QAPageSpider(QuestionSpider):
    """Any site with schema.org QAPage data: the one that --base-url or --start-url names."""

    name = "qapage"
    home = "http://127.0.0.1/"  # only its path counts: there is no home of its own
    required = frozenset({"title"})
    guesses = True

    def __init__(
        self, *, base_url: str | None = None, start_url: str | None = None, **others: Any
    ) -> None:
        """Raises ValueError when neither URL is given."""
        if base_url is None and start_url is None:
            raise ValueError("qapage is any site: give --base-url or --start-url")
        base_url = base_url or origin(str(start_url))
        super().__init__(base_url=base_url, start_url=start_url, **others)

    @staticmethod
    def start_links(home: str) -> Iterator[Link]:
        """Yield the home page and the sitemap at its usual place."""
        classified = urls.classify(home, home)
        if classified is not None:
            url, kind = classified
            yield Link(url=url, kind=kind, via=Via.START)
        yield Link(url=urljoin(home, "/sitemap.xml"), kind=Kind.SITEMAP, via=Via.START)

    @staticmethod
    def classify(url: str, home: str) -> tuple[str, Kind] | None:
        return urls.classify(url, home)

    @staticmethod
    def read_question(page: Page) -> Question:
        """Read the page's question out of its JSON-LD and microdata, the fuller of the two.

        Raises NotAQuestionError when the page carries no question or several, PageChangedError when
        it says that it is a QAPage and none can be read, WrongQuestionError when it names another
        question as its canonical one.
        """
        if is_sitemap(page.body):
            raise NotAQuestionError("a sitemap")
        head = site_pages(page, own_hrefs(page))
        others = (url for url, _ in head if not is_of_answer(page.url, url))
        refuse_another(page.url, urls.numbers(others))
        text = page.decoded.text
        if "Question" not in text and "QAPage" not in text:
            raise NotAQuestionError("no schema.org data of a question")
        in_json = json_ld(page.selector.root, page.url)
        in_markup = _microdata(page) if page.selector.root.xpath("boolean(//@itemtype)") else []
        found = merge_syntaxes(
            read_items(in_json, page.url), read_items(in_markup, page.url), page.url
        )
        nodes = [*in_json, *in_markup]
        if found is None or not (found.title or found.text) or _is_doubtful(page, found, nodes):
            raise _why_unreadable(page, nodes)
        if not found.title:
            found = replace(found, title=shown_title(page.selector.root, page.url))
        return warned(_question(page, found, own_url(page, head, found)), page)

    @staticmethod
    def read_links(page: Page, kind: Kind, home: str, question: Question | None) -> Iterator[Link]:
        """Yield the pages of the site that a sitemap or a page names; raises SitemapError."""
        if kind is Kind.SITEMAP or is_sitemap(page.body):
            yield from own_links(page.body, home, urls.classify)
            return
        links = links_of(page.selector.root, page.url)
        own = (question.url,) if question else ()
        hrefs = (*links, *own_hrefs(page), *own, *_next_pages(page))
        targets = dict.fromkeys(urls.classify(href, home) for href in dict.fromkeys(hrefs))
        for url, link_kind in filter(None, targets):
            is_similar = question is not None and link_kind is Kind.QUESTION
            yield Link(url=url, kind=link_kind, via=Via.SIMILAR if is_similar else Via.LIST)

    @staticmethod
    def locate(page: Page, question: Question, sight: Sight) -> Iterator[Found]:
        """Yield where the fields are shown, or else which script or attribute says them."""
        return locate_qa(page.selector.root, question, sight)

    @staticmethod
    def question_at(url: str) -> tuple[str, str] | None:
        return urls.question_at(url)


def _microdata(page: Page) -> list[Node]:
    from scraper.reading.qapage.microdata import microdata  # noqa: PLC0415 -- 0.3 s, others spared

    return microdata(page.selector.root, page.url)


def _question(page: Page, found: QuestionData, url: str) -> Question:
    return Question(
        site=urlsplit(page.url).hostname or "",
        source_id=urls.source_id(url),
        language=_language(page, found),
        url=url,
        title=found.title,
        text=found.text,
        asker=Asker(name=found.author) if found.author else None,
        asked_on=found.asked_on,
        replies=tuple(answer.reply for answer in found.answers),
        warnings=tuple(dict.fromkeys(_warnings(page, found))),
    )


def _warnings(page: Page, found: QuestionData) -> Iterator[str]:
    if found.answer_count > len(found.answers):
        yield "answers-missing-from-markup"
    if has_cut_text(page, [found.text or "", *(answer.reply.text for answer in found.answers)]):
        yield "text-cut-in-data"
    if found.hides_text:
        yield "section-hidden"
    yield from found.warnings
    for answer in found.answers:
        yield from answer.warnings


def _is_doubtful(page: Page, found: QuestionData, nodes: list[Node]) -> bool:
    """Tell whether a question is a FAQ's, or beside one that cannot be read.

    Title and answers alone are a FAQ's entry, but on a QAPage with no FAQ and at a question's URL.
    Beside a FAQ a question by itself tells of a person or day.
    """
    replies = [answer.reply for answer in found.answers]
    asked = any((found.author, found.asked_on))
    asked = asked or any(reply.doctor or reply.replied_on for reply in replies)
    if any(map(is_faq, nodes)):
        is_entry = not (found.is_of_qapage and found.text)
    else:
        sure = found.text or has_qapage(nodes) or urls.question_at(page.url)
        is_entry = bool(replies) and not sure
    if is_entry and not asked:
        return True
    return not found.is_of_qapage and holds_broken_question(page.selector.root)


def _why_unreadable(page: Page, nodes: list[Node]) -> ReadingError:
    if promises_question(nodes) or holds_broken_question(page.selector.root):
        return PageChangedError("a QAPage in which no question can be read")
    return NotAQuestionError("no schema.org data of one question")


def _language(page: Page, found: QuestionData) -> str:
    """Return the language that the page declares as BCP 47; "und" when it declares none."""
    written = declared_languages(page.selector.root, found.language)
    return next(filter(None, map(language_of, written)), "und")


def _next_pages(page: Page) -> Iterator[str]:
    """Yield the URLs that the page's head calls the next ones of a list or a long question."""
    links = page.selector.root.iterfind("head/link[@rel]")
    nexts = (link for link in links if "next" in link.get("rel", "").lower().split())
    return joined(page.url, (link.get("href", "") for link in nexts))
