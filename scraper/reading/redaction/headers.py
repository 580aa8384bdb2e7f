"""HTTP headers that are about the body as the site sent it."""

import re

_OF_A_BODY = re.compile(rb"content-(?:encoding|length)|.*(?:digest|hash|checksum|md5|sha\d).*")


def is_of_the_body(name: bytes) -> bool:
    """Whether a header goes when the body is another: it tells how that was packed, or a digest.

    By a digest of the page that quoted, guesses of what it quoted could be tested.

    >>> is_of_the_body(b"Repr-Digest"), is_of_the_body(b"ETag")
    (True, False)
    """
    return _OF_A_BODY.fullmatch(name.lower()) is not None
