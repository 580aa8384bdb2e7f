"""A forgotten question, number 5, and what is left of a page that quotes it."""

from dataclasses import replace

from scraper.reading.page import Page
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.redact import quotes, redact
from scraper.reading.sameness import squeezed
from scraper.sites.adoctor import Adoctor
from tests.redaction.forgotten import ToyPages

HOME = "https://adoctor.tw/"
TITLE = "Numb hands at the piano"
LINE = "My left hand went numb, and I can't play any more."
CHINESE = "手麻了好幾天許功蓋"
REPLY = "Rest the hand & come to see us."
OTHER = (
    '<li><a href="/article/6">Cold feet in the summer</a> <small>Neurology 2020/10/26</small></li>'
)


def forgotten(
    *, phrases: tuple[str, ...] = (), text: str | None = None, slug: str | None = None
) -> Forgotten:
    """Question 5 is forgotten; what is known of it: its `phrases`, or the hash of a `text`."""
    pages = ToyPages(
        is_forgotten_url={f"{HOME}article/5", f"{HOME}zh-Hant/article/5"}.__contains__,
        classify=lambda url: Adoctor.classify(url, HOME),
        is_forgotten_text=lambda unit: text is not None and squeezed(unit) == squeezed(text),
        is_forgotten_slug=lambda words: words == slug,
        is_forgotten_id=lambda number: number == "5",
    )
    return Forgotten(pages, phrases)


def redacted(
    body: str | bytes, what: Forgotten, url: str = f"{HOME}department/neurology"
) -> bytes | None:
    """The page without what it quotes; None if it quotes nothing."""
    whole = body.encode() if isinstance(body, str) else body
    page = Page(url=url, body=whole, content_type="text/html")
    found = redact(page, what)
    if found is not None:
        assert quotes(page, what)
        assert redact(replace(page, body=found), what) is None  # or `verify` would never be done
    return found


def html(inner: str) -> str:
    """A whole page."""
    head = '<!DOCTYPE html><html lang="en"><head><title>Neurology</title></head>'
    return f"{head}<body>{inner}</body></html>"
