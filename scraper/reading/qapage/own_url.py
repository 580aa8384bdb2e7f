"""Where a page's question stands by its own word: its URL, or else another page's."""

from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from scraper.errors import NotAQuestionError, WrongQuestionError
from scraper.items import Kind
from scraper.reading.heads import read_head
from scraper.reading.page import Page
from scraper.reading.qapage.schema_org import is_unfilled
from scraper.reading.qapage.teasers import is_at
from scraper.reading.qapage.union import QuestionData
from scraper.reading.qapage.urls import (
    classify,
    is_answer_below,
    is_view,
    names_number,
    numbers,
    source_id,
    without_look,
)
from scraper.reading.urls import join


def own_hrefs(page: Page) -> list[str]:
    """Return what the page's head names as its own URL, unless a script left it unfilled."""
    named = read_head(page.selector.root, page.url).canonical
    return [url for url in named if not is_unfilled(unquote(url.rpartition("/")[2]))]


def site_pages(page: Page, hrefs: Iterable[str]) -> list[tuple[str, Kind]]:
    """Return the site's pages among these as canonical URLs, with their kinds."""
    joined = filter(None, (join(page.url, href) for href in hrefs))
    found = (classify(url, page.url) for url in joined)
    return [target for target in found if target is not None]


def refuse_another(url: str, claimed: set[str]) -> None:
    """Raise WrongQuestionError when the number in `url` is not among those that the page claims."""
    own = source_id(url)
    if own.isdecimal() and claimed and own not in claimed:
        raise WrongQuestionError(f"the page says that it is question {', '.join(sorted(claimed))}")


def own_url(page: Page, head: list[tuple[str, Kind]], found: QuestionData) -> str:
    """Return where the question stands by the page's own word, or else where it was fetched.

    Raises as `read_question` when the question says that it is that of another page.
    """
    _refuse_teaser(page, head, found)
    stated = site_pages(page, found.addresses)
    claimed = numbers(url for url, _ in stated)
    own_numbers = {one for one in claimed if names_number(page.url, one)}
    here = [url for url, kind in stated if kind is Kind.LIST or numbers([url]) & own_numbers]
    in_head = [url for url, _ in head]
    named = [*(url for url in here if is_answer_below(page.url, url)), *in_head, *here]
    agreed = set(here).intersection(in_head)
    views = (url for url in named if is_view(page.url, url, agreed=url in agreed))
    own = next(views, None) or without_look(page.url)
    refuse_another(own, claimed)
    if claimed and not own_numbers and source_id(own) not in claimed:
        raise NotAQuestionError(f"its question is {', '.join(sorted(claimed))}, of another page")
    if own == page.url and not source_id(own).isdecimal():
        _refuse_elsewhere(own, head, stated)
    return own


def _refuse_teaser(page: Page, head: list[tuple[str, Kind]], found: QuestionData) -> None:
    """Raise NotAQuestionError for what a page shows of another page's question.

    A QAPage is believed, but for a link to a question's number: themes call each page so. A page
    with a number is so too, but for a link to another number.
    """
    linked = site_pages(page, found.links)
    if source_id(page.url).isdecimal():
        named = numbers(url for url, _ in site_pages(page, found.addresses))
        linked = [] if named else [link for link in linked if source_id(link[0]).isdecimal()]
    elif found.of_page:
        linked = [link for link in linked if link[1] is Kind.QUESTION]
    if linked and not any(link in head or is_at(page.url, link[0]) for link in linked):
        raise NotAQuestionError(f"its question is another page's: {linked[0][0]}")


def _refuse_elsewhere(
    url: str, head: list[tuple[str, Kind]], stated: list[tuple[str, Kind]]
) -> None:
    """Raise NotAQuestionError for a question that names another page, unless the head names this.

    What names the site's home page names none.
    """
    places = [target for target, _ in stated if urlsplit(target).path != "/"]
    named = [*places, *(target for target, _ in head if urlsplit(target).path != "/")]
    if places and not any(is_at(url, one) for one in named):
        raise NotAQuestionError(f"its question is another page's: {places[0]}")
