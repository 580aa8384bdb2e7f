"""Tells which HTTP headers describe the body as the site sent it."""

import re

_OF_A_BODY = re.compile(rb"content-(?:encoding|length)|.*(?:digest|hash|checksum|md5|sha\d).*")


def describes_body(name: bytes) -> bool:
    """Whether a header must go when the body changes: length, encoding, or a digest.

    A digest of the original page would let people test guesses of what was blanked.

    >>> describes_body(b"Repr-Digest"), describes_body(b"ETag")
    (True, False)
    """
    return _OF_A_BODY.fullmatch(name.lower()) is not None
