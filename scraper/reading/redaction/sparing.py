"""Protects the texts of a page's own record from being blanked."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from scraper.items import Question
from scraper.reading.page import Page
from scraper.reading.redaction.checking import has_needle, needle_of, plain_text
from scraper.reading.redaction.documents import kind_of
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.sameness import is_distinctive, squeezed


def overredacted(page: Page, body: bytes, forgotten: Forgotten) -> tuple[str, ...]:
    """The texts of the page's record that are missing from its redacted body.

    Lines that hold a whole text of a forgotten page, or a link to one, do not count.
    """
    if body == page.body or kind_of(page.body) != "html":
        return ()
    texts = _texts(page, forgotten)
    if not texts:
        return ()
    after = replace(page, body=body)
    texts_after = {line for text in _texts(after, forgotten) for line in _lines(text)}
    shown, shown_after = _shown(page), _shown(after)
    is_forgotten = _forgotten_matcher(page, forgotten)

    def is_lost(line: str) -> bool:
        tight = squeezed(line)
        hidden = is_distinctive(line) and tight in shown and tight not in shown_after
        return (hidden or line not in texts_after) and not is_forgotten(line)

    return tuple(text for text in texts if any(map(is_lost, _lines(text))))


def spares(page: Page, texts: tuple[str, ...], forgotten: Forgotten) -> Callable[[str], bool]:
    """A predicate: whether a piece of the page's source is part of these texts, and so stays."""
    tight = {squeezed(text) for text in texts}
    whole = tight | {squeezed(line) for text in texts for line in _lines(text)}
    is_forgotten = _forgotten_matcher(page, forgotten)

    def spared(piece: str) -> bool:
        own = squeezed(plain_text(piece))
        is_own = own in whole or (is_distinctive(own) and any(own in text for text in tight))
        return bool(own) and is_own and not is_forgotten(piece)

    return spared


def _forgotten_matcher(page: Page, forgotten: Forgotten) -> Callable[[str], bool]:
    """A predicate: whether a text holds words or the URL of a forgotten page, or a link's text."""
    links = [
        words
        for line in page.lines
        for words, href in line.links
        if words.strip() and forgotten.links_to_forgotten(page.url, href)
    ]
    needles = list(filter(None, map(needle_of, (*forgotten.normal_phrases, *links))))

    def is_forgotten(text: str) -> bool:
        return (
            has_needle(text, needles)
            or forgotten.without_phrases.matches(text)
            or forgotten.cites(page.url, text)
        )

    return is_forgotten


def _texts(page: Page, forgotten: Forgotten) -> tuple[str, ...]:
    """The texts of the page's record; empty when no record can be read."""
    pages = forgotten.pages
    if pages is None or (found := pages.classify(page.url)) is None:
        return ()
    try:
        question = pages.question_of(page, found[1])
    except Exception:  # noqa: BLE001 -- reported where the page is read for its record
        return ()
    return tuple(filter(None, _texts_of(question))) if question is not None else ()


def _texts_of(question: Question) -> Iterator[str | None]:
    yield from (question.title, question.headline, question.text, question.more_info)
    yield question.asker.name if question.asker else None
    for reply in question.replies:
        yield from (reply.doctor, reply.text)


def _shown(page: Page) -> str:
    return squeezed(" ".join(line.text for line in page.lines))


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.split("\n")) if line]
