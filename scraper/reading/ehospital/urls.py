"""The URLs of taiwan-ehospital: one canonical spelling for each page."""

import re
from collections.abc import Callable, Mapping

from scraper.items import Kind
from scraper.reading.urls import below, big5_query, join, query_values

HIGHEST = 1_000_000  # five times what there was in 2024; a number above it is no question's
_DIGITS = re.compile(r"\s*0*([0-9]{1,9})\s*")
_QUESTION = "/All/ShowDetail.php"
_Target = tuple[str, Kind] | None


def classify(url: str, home: str) -> _Target:
    """Return the canonical URL and its kind, or None for what is no page of interest.

    Queries are written in the site's own spelling, percent-encoded Big5, because that is what its
    own links hold and its server is therefore certain to answer. A question is its number alone.
    `home` ends in `/`.
    """
    path, query = below(url, home) or (None, "")
    page = _PAGES.get(path)
    return page(home, query_values(query)) if page else None


def front_page(home: str) -> str:
    """Return the URL of the home page, which names the departments and the newest questions."""
    return f"{home}Index1.php"


def faq_index(home: str) -> str:
    """Return the URL of the page that lists the FAQ types of all departments."""
    return f"{home}Often_question/index.php"


def question_url(home: str, number: int | str) -> str:
    """Return the URL of question `number`."""
    return f"{home}All/ShowDetail.php?q_no={number}"


def question_number(values: Mapping[str, str]) -> int | None:
    """Return the number of the question that a query asks for; None when it asks for none."""
    return _positive(values.get("q_no", ""))


def cited_number(href: str, url: str) -> str | None:
    """Return the number of the question that a link on the page `url` leads to, on any host.

    The service has moved more than once, and what was pasted then names the old host.
    """
    path, _, query = (join(url, href) or "").partition("?")
    number = question_number(query_values(query)) if path.endswith(_QUESTION) else None
    return str(number) if number and number <= HIGHEST else None


def list_page(home: str, department: str, page_no: int) -> str:
    """Return a page of a department's list, counted from 1.

    Always sorted by number: a first page in another order would hide twenty questions.
    """
    values = {"UrlClass": department, "SortBy": "q_no", "PageNo": str(page_no)}
    return _queried(home, "All/history.php", values)


def _department(home: str, values: Mapping[str, str]) -> _Target:
    if not values.get("d_class"):
        return None
    return _queried(home, "All/index.php", {"d_class": values["d_class"]}), Kind.LIST


def _list(home: str, values: Mapping[str, str]) -> _Target:
    if not values.get("UrlClass"):
        return None
    return list_page(home, values["UrlClass"], _page_no(values)), Kind.LIST


def _question(home: str, values: Mapping[str, str]) -> _Target:
    number = question_number(values)
    return (question_url(home, number), Kind.QUESTION) if number and number <= HIGHEST else None


def _faq_type(home: str, values: Mapping[str, str]) -> _Target:
    if not values.get("q_type"):
        return None
    kept = {name: values[name] for name in ("q_type", "UrlClass") if values.get(name)}
    if (page_no := _page_no(values)) > 1:
        kept["PageNo"] = str(page_no)
    return _queried(home, "Often_question/type_detail.php", kept), Kind.FAQ


_PAGES: dict[str | None, Callable[[str, Mapping[str, str]], _Target]] = {
    "": lambda home, _: (front_page(home), Kind.LIST),
    "Index1.php": lambda home, _: (front_page(home), Kind.LIST),
    "All/index.php": _department,
    "All/history.php": _list,
    "All/ShowDetail.php": _question,
    "Often_question/index.php": lambda home, _: (faq_index(home), Kind.LIST),
    "Often_question/type_detail.php": _faq_type,
}


def _queried(home: str, path: str, values: Mapping[str, str]) -> str:
    return f"{home}{path}?{big5_query(values)}"


def _page_no(values: Mapping[str, str]) -> int:
    return _positive(values.get("PageNo", "")) or 1


def _positive(digits: str) -> int | None:
    found = _DIGITS.fullmatch(digits)
    return int(found[1]) or None if found else None
