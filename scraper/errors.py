"""Exceptions: those of an archive, which end a command, and those of a page's reader."""

from scraper.exit_status import ExitStatus


class ArchiveError(Exception):
    """Base class of what is wrong with an archive, in one line; ends the command."""

    exit_status = ExitStatus.STORAGE


class TombstonesError(ArchiveError):
    """The tombstones cannot be read, so nothing may be fetched or read."""


class ReadingError(Exception):
    """Base class: no question can be read from the page. `code` goes into `problems`.

    Raised by `read_question`; PageChangedError and SitemapError by `read_links` too. The spider
    turns each into an outcome.
    """

    code = "unreadable"


class PageChangedError(ReadingError):
    """A selector that must match exactly once did not: the site's markup has changed."""

    code = "page-changed"


class LeadsNowhereError(ReadingError):
    """A page from which a crawl starts links to no page of the site."""

    code = "leads-nowhere"


class SitemapError(ReadingError):
    """A sitemap is damaged or none.

    `code`: not-a-sitemap, sitemap-off-site, body-cut, body-corrupt or body-too-big.
    """

    def __init__(self, *, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class NotAQuestionError(ReadingError):
    """A page with status 200 that is a login, captcha, maintenance or other foreign page."""

    code = "not-a-question"


class WrongQuestionError(ReadingError):
    """The page says that it is another question than its URL names."""

    code = "another-question"


class QuestionMissingError(ReadingError):
    """The page says that there is no such question: its URL is gone, which is no problem."""

    code = "question-missing"
