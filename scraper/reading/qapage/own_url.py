"""Which URL a page names as its question's own, as far as it is believed."""

from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from scraper.errors import NotAQuestionError, WrongQuestionError
from scraper.items import Kind
from scraper.reading.heads import read_head
from scraper.reading.page import Page
from scraper.reading.qapage.schema_org import is_unfilled
from scraper.reading.qapage.teasers import is_at, is_named_after
from scraper.reading.qapage.union import QuestionData
from scraper.reading.qapage.urls import classify, may_have_number, names_number, numbers, source_id
from scraper.reading.qapage.views import is_answer_below, is_view, without_look
from scraper.reading.urls import join


def own_hrefs(page: Page) -> list[str]:
    """The URLs that the page's head names as its own, but for those that a script left unfilled."""
    named = read_head(page.selector.root, page.url).canonical
    return [url for url in named if not is_unfilled(unquote(url.rpartition("/")[2]))]


def site_pages(page: Page, hrefs: Iterable[str]) -> list[tuple[str, Kind]]:
    """The pages of the site among these hrefs, with or without `www.`: canonical URLs and kinds."""
    joined = filter(None, (join(page.url, href) for href in hrefs))
    found = (classify(_on_host(url, page.url), page.url) for url in joined)
    return [target for target in found if target is not None]


def _on_host(url: str, home: str) -> str:
    """The URL at the host of `home`, if only `www.` is between."""
    parts, host = urlsplit(url), urlsplit(home).netloc
    if parts.netloc == host or parts.netloc.removeprefix("www.") != host.removeprefix("www."):
        return url
    return parts._replace(netloc=host).geturl()


def refuse_another(url: str, claimed: set[str]) -> None:
    """Raise WrongQuestionError when the number in `url` is not among those that the page claims."""
    own = source_id(url)
    if own.isdecimal() and claimed and own not in claimed:
        raise WrongQuestionError(f"the page says that it is question {', '.join(sorted(claimed))}")


def own_url(page: Page, head: list[tuple[str, Kind]], found: QuestionData) -> str:
    """The question's URL as the page names it, or else the one where the page was fetched.

    Raises NotAQuestionError or WrongQuestionError when the question is another page's.
    """
    _refuse_teaser(page, head, found)
    in_data = site_pages(page, found.addresses)
    claimed = numbers(url for url, _ in in_data)
    own_numbers = {number for number in claimed if names_number(page.url, number)}
    believable = [url for url, kind in in_data if kind is Kind.LIST or numbers([url]) & own_numbers]
    in_head = [url for url, _ in head]
    of_answers = (url for url in believable if numbers([url]) and is_answer_below(page.url, url))
    named = [*of_answers, *in_head, *believable]
    in_both = set(believable).intersection(in_head)

    def is_own(url: str) -> bool:
        titled = is_named_after(url, found.title or "")
        in_head_alone = not in_data and url in in_head
        agreed = in_head_alone and (titled or not is_answer_below(page.url, url))
        return is_view(page.url, url, agreed=agreed or url in in_both, titled=titled)

    own = without_look(next(filter(is_own, named), page.url))
    refuse_another(own, claimed)
    if claimed and not own_numbers and source_id(own) not in claimed:
        raise NotAQuestionError(f"its question is {', '.join(sorted(claimed))}, of another page")
    if own == page.url and not (source_id(own).isdecimal() or may_have_number(own)):
        _refuse_elsewhere(own, head, in_data)
    return own


def _refuse_teaser(page: Page, head: list[tuple[str, Kind]], found: QuestionData) -> None:
    """Raise NotAQuestionError for a question that links to another page.

    Only links to other numbers count on a page with a number; on a QAPage, which some themes make
    of every page, only links to questions with numbers.
    """
    linked = site_pages(page, found.links)
    if source_id(page.url).isdecimal():
        named = numbers(url for url, _ in site_pages(page, found.addresses))
        linked = [] if named else [link for link in linked if source_id(link[0]).isdecimal()]
    elif found.is_of_qapage:
        linked = [link for link in linked if link[1] is Kind.QUESTION]
    if linked and not any(link in head or is_at(page.url, link[0]) for link in linked):
        raise NotAQuestionError(f"its question is another page's: {linked[0][0]}")


def _refuse_elsewhere(
    url: str, head: list[tuple[str, Kind]], in_data: list[tuple[str, Kind]]
) -> None:
    """Raise NotAQuestionError for a question that names another page, unless the head names `url`.

    The site's home page is ignored: some sites name it everywhere.
    """
    places = [target for target, _ in in_data if urlsplit(target).path != "/"]
    named = [*places, *(target for target, _ in head if urlsplit(target).path != "/")]
    if places and not any(is_at(url, one) for one in named):
        raise NotAQuestionError(f"its question is another page's: {places[0]}")
