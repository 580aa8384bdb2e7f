"""taiwan-ehospital: the Taiwan e-Hospital's questions and answers, in Big5."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

from scraper.errors import (
    NotAQuestionError,
    PageChangedError,
    QuestionMissingError,
    ReadingError,
    WrongQuestionError,
)
from scraper.items import FaqTag, Kind, Link, Problem, Question, Reply, Via
from scraper.reading.ehospital import urls
from scraper.reading.ehospital.evidence import locate_parts
from scraper.reading.ehospital.markup import Parts, is_missing_page, read_parts
from scraper.reading.ehospital.mentions import read_mentions
from scraper.reading.ehospital.people import read_asker, read_doctor
from scraper.reading.ehospital.repeats import number_of, subjects
from scraper.reading.ehospital.strays import check_source, check_tables
from scraper.reading.ehospital.urls import (
    HIGHEST,
    cited_number,
    faq_index,
    front_page,
    list_page,
    question_number,
    question_url,
)
from scraper.reading.evidence import Found
from scraper.reading.page import Page
from scraper.reading.sameness import shortened
from scraper.reading.sight import Sight
from scraper.reading.sitemap import own_links
from scraper.reading.undecoded import warned
from scraper.reading.urls import big5_query, join, links_of, query_values
from scraper.reading.visible.blocks import block_text, fold
from scraper.spider import QuestionSpider

LANGUAGE = "zh-Hant"
_LABELS = re.compile(r"[#＃]\d{1,9}(?!\d)|(?:提問|回覆|發問者|答復者)\s*[:：]")
# of a value "2" or "history.php?UrlClass=...&PageNo=2", or of the words "第2頁" and "第 2 / 30 頁"
_PAGE_NO = re.compile(r"(?:.*\bPageNo=|[^\d=]*)(\d{1,6})(?!\d)", re.DOTALL)
_VIAS = {Kind.LIST: Via.LIST, Kind.FAQ: Via.FAQ}


class TaiwanEhospitalSpider(QuestionSpider):
    """https://sp1.hso.mohw.gov.tw/doctor/, whose pages say no charset and are in Big5."""

    name = "taiwan-ehospital"
    home = "https://sp1.hso.mohw.gov.tw/doctor/"
    charset = "big5hkscs"
    required = frozenset({"title", "text", "asked_on"})

    @staticmethod
    def start_links(home: str) -> Iterator[Link]:
        """Yield the home page and the index of FAQ types."""
        for url in (front_page(home), faq_index(home)):
            yield Link(url=url, kind=Kind.LIST, via=Via.START)

    @staticmethod
    def classify(url: str, home: str) -> tuple[str, Kind] | None:
        return urls.classify(url, home)

    @staticmethod
    def read_question(page: Page) -> Question:
        """Read a question page in either markup; raises the errors of scraper.errors."""
        target = urls.classify(page.url, _home_of(page.url))
        if target is not None and target[1] is not Kind.QUESTION:
            raise NotAQuestionError("the URL is a list's")
        parts = _parts(page)
        promised = question_number(query_values(urlsplit(page.url).query))
        if promised is not None and parts.number != str(promised):
            raise WrongQuestionError(f"the page is #{parts.number}, not #{promised}")
        return warned(_question(question_url(_home_of(page.url), parts.number), parts), page)

    @staticmethod
    def read_links(page: Page, kind: Kind, home: str, question: Question | None) -> Iterator[Link]:
        """Yield what the page leads to: of a question what it cites, of any other page all links.

        Raises PageChangedError on a department list without its table and on a home page that names
        no question: both would otherwise look like an empty site.
        """
        if question is not None:
            yield from _cited(question, home)
        elif kind is Kind.SITEMAP:
            yield from own_links(page.body, home, urls.classify)
        elif kind in _VIAS:
            found = dict.fromkeys(_found(page, home))
            _check(page, found, home)
            yield from (Link(url=url, kind=what, via=_VIAS[kind]) for url, what in found)
            if page.url == front_page(home):
                yield from _whole_range(found, home)

    @staticmethod
    def locate(page: Page, question: Question, sight: Sight) -> Iterator[Found]:
        """Yield where the fields stand, in the elements that the selectors choose."""
        return locate_parts(_parts(page), question, sight)

    @staticmethod
    def question_at(url: str) -> tuple[str, str] | None:
        """Site and source_id of the question at a canonical URL."""
        number = cited_number(url, url)
        return ("taiwan-ehospital", number) if number else None


def _parts(page: Page) -> Parts:
    parts = read_parts(page.selector.root)
    if parts is None:
        raise _why_unreadable(page)
    check_source(page.decoded.text)
    check_tables(parts.texts, page.decoded.text)
    return parts


def _why_unreadable(page: Page) -> ReadingError:
    if is_missing_page(page.selector.root):
        return QuestionMissingError("the page says 不存在")
    text = fold(block_text(page.selector.root))
    if _LABELS.search(text):
        return PageChangedError("the words of a question page stand in an unknown markup")
    return NotAQuestionError(shortened(text, 120) or "the page is empty")


def _question(url: str, parts: Parts) -> Question:
    asker, asked_on, problems = read_asker(parts.asker_line)
    replies, more_problems = _replies(parts)
    return Question(
        site="taiwan-ehospital",
        source_id=parts.number,
        language=LANGUAGE,
        url=url,
        title=parts.title or None,
        department=replies[0].department if replies else None,
        text=parts.text or None,
        asker=asker,
        asked_on=asked_on,
        replies=replies,
        faq_tags=tuple(_faq_tags(url, parts)),
        mentions=_mentions(url, parts),
        warnings=("section-hidden",) if parts.hides_words else (),
        problems=(*problems, *more_problems),
    )


def _mentions(url: str, parts: Parts) -> tuple[str, ...]:
    linked = (cited_number(href, url) for href in parts.hrefs)
    return read_mentions([parts.text, parts.reply], parts.number, linked=filter(None, linked))


def _replies(parts: Parts) -> tuple[tuple[Reply, ...], tuple[Problem, ...]]:
    if not parts.reply:
        return (), tuple(_wordless(fold(parts.doctor_line)))
    reply, problems = read_doctor(parts.doctor_line, parts.reply)
    return (reply,), problems


def _wordless(doctor_line: str) -> Iterator[Problem]:
    """Somebody has replied, by a picture perhaps: the question is not without a reply."""
    if doctor_line:
        yield Problem(
            code="reply-text-missing", field="replies", detail=shortened(doctor_line, 200)
        )


def _faq_tags(url: str, parts: Parts) -> Iterator[FaqTag]:
    home = _home_of(url)
    for name, href in parts.types:
        absolute = join(url, href) if href else None
        target = urls.classify(absolute, home) if absolute else None
        values = query_values(urlsplit(target[0]).query) if target else {}
        yield FaqTag(
            name=name, department=values.get("UrlClass"), url=target[0] if target else None
        )


def _home_of(url: str) -> str:
    return urljoin(url, "../")


def _cited(question: Question, home: str) -> Iterator[Link]:
    for number in question.mentions:
        yield Link(url=question_url(home, number), kind=Kind.QUESTION, via=Via.MENTION)
    for tag in question.faq_tags:
        if tag.url is not None:
            yield Link(url=tag.url, kind=Kind.FAQ, via=Via.FAQ)


def _found(page: Page, home: str) -> Iterator[tuple[str, Kind]]:
    """Yield the links, the pages of a list, and the questions that FAQ pages repeat in full."""
    for url in [*links_of(page.selector.root, page.url), *_paged(page)]:
        target = urls.classify(url, home)
        if target is not None:
            yield target
            yield from _first_list_page(target[0], home)
    for _, subject in subjects(page.selector.root):
        number = number_of(fold(str(subject.xpath("string()"))))
        if number and number <= HIGHEST:
            yield question_url(home, number), Kind.QUESTION


def _paged(page: Page) -> Iterator[str]:
    """Yield the URL of each page that the list of pages offers; it is absent when there is one."""
    path, _, query = page.url.partition("?")
    values = query_values(query)
    for option in page.selector.root.xpath("//select[@id='PageNo' or @name='PageNo']//option"):
        for said in (option.get("value", ""), option.text_content()):
            if found := _PAGE_NO.match(said):
                yield f"{path}?{big5_query(values | {'PageNo': str(int(found[1]))})}"
                break


def _first_list_page(url: str, home: str) -> Iterator[tuple[str, Kind]]:
    """Yield the list of a department from its front page, which need not link to it."""
    department = query_values(urlsplit(url).query).get("d_class")
    if department is not None:
        yield list_page(home, department, 1), Kind.LIST


def _check(page: Page, found: Iterable[tuple[str, Kind]], home: str) -> None:
    if "/history.php" in page.url and not page.selector.css("table.table1"):
        raise PageChangedError("no table.table1 in a department list")
    if page.url == front_page(home) and all(kind is not Kind.QUESTION for _, kind in found):
        raise PageChangedError("the home page names no question")


def _whole_range(found: Iterable[tuple[str, Kind]], home: str) -> Iterator[Link]:
    """Yield the range of all numbers up to the newest that the home page names."""
    named = {int(url.rpartition("=")[2]) for url, kind in found if kind is Kind.QUESTION}
    if newest := _newest(named):
        url = question_url(home, newest)
        yield Link(url=url, kind=Kind.QUESTION, via=Via.RANGE, numbers=newest)


def _newest(numbers: Iterable[int]) -> int:
    """Return the highest number that another confirms, being at least half as high.

    A slip of the pen then adds no more than there is. Where none is confirmed it is the second.
    """
    falling = sorted((number for number in numbers if number <= HIGHEST), reverse=True)
    confirmed = (number for number, next_one in pairwise(falling) if 2 * next_one >= number)
    return next(confirmed, falling[:2][-1] if falling else 0)
