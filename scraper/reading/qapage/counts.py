"""How many answers a page says that it has."""

import re
from unicodedata import normalize

_NUMBER = re.compile(  # "1,005", "5 Answers", "1.2k"
    r"(?<![0-9.,-])([0-9]{1,3}(?:[,.\s][0-9]{3}){1,3}|[0-9]{1,9})(?![0-9])(?:(?:[.,][0-9]+)?\s*(k)\b)?",
    re.IGNORECASE,
)


def read_count(words: str) -> int | None:
    """The number that words begin with, or else the only one in them.

    >>> read_count("5 Answers"), read_count("1,005"), read_count("1.2k"), read_count("many")
    (5, 1005, 1000, None)
    >>> read_count("Answers (5)"), read_count("page 1 of 3")
    (5, None)
    """
    plain = normalize("NFKC", words)  # of wide digits
    found = list(_NUMBER.finditer(plain))
    if not found or (len(found) > 1 and plain[: found[0].start()].strip()):
        return None
    return int(re.sub(r"\D", "", found[0][1])) * (1000 if found[0][2] else 1)
