"""The values that the steps of a crawl pass on, from a response to the archive.

All are frozen: a later step that changes one makes another with `dataclasses.replace`.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum


class Sex(StrEnum):
    """What the page says of the asker's sex."""

    FEMALE = "female"
    MALE = "male"


class Kind(StrEnum):
    """What a URL holds, judged by the URL. Where that is a guess, a question once read decides."""

    SITEMAP = "sitemap"
    LIST = "list"  # home page, department lists and anything else that only leads on
    FAQ = "faq"  # the questions under one FAQ tag
    QUESTION = "question"


class Via(StrEnum):
    """The way in which a URL was disclosed."""

    START = "start"
    SITEMAP = "sitemap"
    LIST = "list"
    FAQ = "faq"
    SIMILAR = "similar"
    MENTION = "mention"
    ALTERNATE = "alternate"  # the same question in another language
    RANGE = "range"  # counted up, not seen on any page
    REDIRECT = "redirect"


class Outcome(StrEnum):
    """What became of one request; the state its URL is left in."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"  # 304, or the same bytes as the last capture
    GONE = "gone"  # 404, 410, or a page that says the question does not exist
    DENIED = "denied"  # robots.txt or the scope guard forbids it
    MOVED = "moved"  # a redirect; its target is a link of the Visit
    LATER = "later"  # put off: 429, 503, a network fault that may pass
    PROBLEM = "problem"  # cannot be read, or keeps failing


SOUND = frozenset({Outcome.FETCHED, Outcome.UNCHANGED})
"""The outcomes that show a page as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asked, in the page's own words. Title and sex may contradict: both are kept."""

    name: str | None = None  # as shown, title included: "Mr. Chen"
    sex: Sex | None = None
    age_min: int | None = None  # years
    age_max: int | None = None  # years, inclusive


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One doctor's reply (under qapage: one answer, `doctor` being its author)."""

    doctor: str | None = None  # the name alone, without "Dr." or 醫師
    department: str | None = None
    hospital: str | None = None
    text: str = ""  # the page's lines, one newline between them
    replied_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarQuestion:
    """One card under "Similar Q&A": a dated sighting of another question."""

    title: str
    url: str | None = None  # absolute and canonical
    question_excerpt: str | None = None  # unescaped, without the closing "..." of a cut
    question_complete: bool = False  # the excerpt is the whole text (280-character rule)
    doctor: str | None = None
    department: str | None = None
    reply_excerpt: str | None = None
    reply_complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqTag:
    """One tag under "Related FAQ". Names are lossy, so (name, department) is the key."""

    name: str
    department: str | None = None
    url: str | None = None  # absolute and canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that could not be read or done: `code` for the class, `detail` for this case."""

    code: str  # lower-case words with hyphens: "asker-line-unreadable"
    field: str | None = None  # the record's field that is missing because of it
    detail: str = ""  # one line for a person


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What one page says: question, asker, replies and where the page leads."""

    site: str  # "adoctor"; under qapage the page's host
    source_id: str  # the site's own number
    language: str  # BCP 47: "en", "zh-Hant"
    url: str  # absolute and canonical, as fetched; under qapage by the page's own word
    title: str | None = None  # without the " - Department" suffix
    department: str | None = None
    headline: str | None = None  # the asker's own short title
    text: str | None = None  # the question, the page's lines
    asker: Asker | None = None
    asked_on: date | None = None
    replies: tuple[Reply, ...] = ()
    more_info: str | None = None  # the site's own essay, never the doctor's words
    similar: tuple[SimilarQuestion, ...] = ()
    faq_tags: tuple[FaqTag, ...] = ()
    mentions: tuple[str, ...] = ()  # source ids cited in the question's or replies' text
    warnings: tuple[str, ...] = ()  # oddities that are the site's own, by code
    problems: tuple[Problem, ...] = ()  # what this reader could not read; not in a sound record

    @property
    def id(self) -> str:
        """site:source_id:language, the key of a record."""
        return f"{self.site}:{self.source_id}:{self.language}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A URL that a page discloses, canonical and in the site's scope; or a range of such URLs."""

    url: str
    kind: Kind
    via: Via
    lastmod: str | None = None  # the sitemap's, as written
    numbers: int = 1  # of a range: how many there are, from the one at the URL's end down


@dataclass(frozen=True, slots=True)
class Due:
    """One URL to fetch, with the state of its last visits; passed as `request.meta["due"]`."""

    url: str
    kind: Kind
    attempts: int = 0  # failures since the last success
    hops: int = 0  # redirects in a row that led here
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None  # of the last whole body, as it came
    content_type: str | None = None  # of that body


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One HTTP response, which is the evidence for what is read from it."""

    url: str
    fetched_at: datetime  # UTC
    status: int
    request: bytes = field(repr=False)  # request line and headers, by the values that were sent
    headers: tuple[tuple[bytes, bytes], ...] = field(repr=False)  # of the response
    body: bytes = field(repr=False)  # as it came: still content-encoded
    ip: str | None = None
    partial: bool = False  # the connection closed without saying whether the body was whole
    redacted: bool = False  # quotations of a forgotten page were blanked before it was read


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """The result of one request. Callback and errback yield exactly one each."""

    url: str
    kind: Kind
    outcome: Outcome
    visited_at: datetime  # UTC
    capture: Capture | None = None
    question: Question | None = field(default=None, repr=False)
    links: tuple[Link, ...] = field(default=(), repr=False)
    problems: tuple[Problem, ...] = ()
    retry_at: datetime | None = None  # UTC; with LATER: not before this moment
    silent_until: datetime | None = None  # UTC; the whole host wants no request before it

    def with_problem(self, *problems: Problem) -> "Visit":
        """The visit with these problems as its outcome, beside those that it had."""
        return replace(self, outcome=Outcome.PROBLEM, problems=(*self.problems, *problems))
