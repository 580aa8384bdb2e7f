"""Paging that every sample site shares: newest first, 20 a page, slots of those gone left out."""

PER_PAGE = 20


def window(size: int, number: int, each: int = PER_PAGE) -> range:
    """Ranks on a page (from 1), the highest first."""
    top = size - 1 - (number - 1) * each
    return range(top, max(top - each, -1), -1)


def last_page(size: int, each: int = PER_PAGE) -> int:
    """Pages that a list of this size has; an empty one has one."""
    return max(1, -(-size // each))


def page_number(given: str, last: int) -> int | None:
    """A page's number as a query gives it, None when there is no such page."""
    number = int(given[:9]) if given.isdecimal() else 0
    return number if 1 <= number <= last else None
