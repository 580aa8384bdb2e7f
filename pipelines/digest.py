"""The digest by which a question's content is compared with what is stored of it."""

import hashlib

import orjson

from scraper.items import Question
from scraper.origins import origin


def digest(question: Question) -> str:
    """SHA-256 of a question's content, in hex.

    The origin of the site's own URLs does not count, so that it is the same on a copy of the site
    or after a move to another host. Raises TypeError for text that cannot be UTF-8.
    """
    own_urls = f'"url":"{origin(question.url)}/'.encode()
    return hashlib.sha256(orjson.dumps(question).replace(own_urls, b'"url":"/')).hexdigest()
