"""Paging of the sample sites: newest first, 20 a page.

A question that was taken down keeps its place, which stays empty.
"""

PER_PAGE = 20


def page_ranks(size: int, number: int, per_page: int = PER_PAGE) -> range:
    """The ranks on a page of a list of `size`, the highest first; pages count from 1."""
    top = size - 1 - (number - 1) * per_page
    return range(top, max(top - per_page, -1), -1)


def last_page(size: int, per_page: int = PER_PAGE) -> int:
    """The number of pages of a list of `size`; an empty list has one page."""
    return max(1, -(-size // per_page))


def page_number(given: str, last: int) -> int | None:
    """Read a page's number from a query; None when there is no such page."""
    number = int(given[:9]) if given.isdecimal() else 0
    return number if 1 <= number <= last else None
