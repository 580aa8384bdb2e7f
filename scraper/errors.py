"""What ends a command, and what a reader raises when a page is not what its URL promises."""

from scraper.exit_status import ExitStatus


class ArchiveError(Exception):
    """Base: one line that says what is wrong with an archive; `exit_status` is the command's."""

    exit_status = ExitStatus.STORAGE


class TombstonesError(ArchiveError):
    """What was forgotten cannot be read, so that nothing may be fetched or read."""


class ReadingError(Exception):
    """Base: the page holds no question that can be read. `code` goes into `problems`.

    Raised by `read_question`, PageChangedError and SitemapError by `read_links` too; the spider
    turns each into an outcome.
    """

    code = "unreadable"


class PageChangedError(ReadingError):
    """A selector that must match exactly once did not: the site's markup has changed."""

    code = "page-changed"


class LeadsNowhereError(ReadingError):
    """A page where a crawl starts names no page of the site."""

    code = "leads-nowhere"


class SitemapError(ReadingError):
    """A sitemap is none, or is damaged: not-a-sitemap, body-cut, body-corrupt, body-too-big."""

    def __init__(self, *, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class NotAQuestionError(ReadingError):
    """A page with status 200 that is a login, captcha, maintenance or other foreign page."""

    code = "not-a-question"


class WrongQuestionError(ReadingError):
    """The page says itself that it is another question than its URL promises."""

    code = "another-question"


class QuestionMissingError(ReadingError):
    """The page says that there is no such question: its URL is gone, which is no problem."""

    code = "question-missing"
