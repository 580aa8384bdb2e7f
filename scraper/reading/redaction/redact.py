"""Blank what a page quotes of forgotten ones: cards, list rows, titles, excerpts, links to them.

    <li><a href="/article/5">Numb Hands</a> <small>Neurology</small></li>

becomes, when question 5 is forgotten,

    <li><a href="about:blank">[removed]</a> <small>[removed]</small></li>

and every byte around it stays what it was, in whatever charset the page is.
"""

import gzip
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from w3lib.encoding import read_bom

from scraper.errors import NotAQuestionError
from scraper.politeness.encoding import GZIP_MAGIC
from scraper.reading.page import Page
from scraper.reading.redaction.blanking import Blanking
from scraper.reading.redaction.checking import (
    blank_remaining,
    narrowed,
    phrases_in,
    remaining_needles,
)
from scraper.reading.redaction.documents import blank_items, blank_list, kind_of
from scraper.reading.redaction.links import blank_links
from scraper.reading.redaction.listed import blank_cards
from scraper.reading.redaction.markup import base_of
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.quick import links_or_quotes
from scraper.reading.redaction.source import MARK, Source, spare_nothing
from scraper.reading.redaction.sparing import overredacted, spares
from scraper.reading.redaction.texts import blank_lines, blank_texts, blank_unseen
from scraper.reading.redaction.tree import Placed, placed_lines, tree_of
from scraper.reading.sameness import is_distinctive, normal
from scraper.reading.unpacking import unpacked

_WIDE = ("utf-16", "utf-32", "iso2022", "utf-7", "hz")


def quotes(page: Page, forgotten: Forgotten) -> bool:
    """Whether a page may quote a forgotten one; cheap, and wrong on the safe side only."""
    text = page.decoded.text
    if links_or_quotes(text, page.url, forgotten):
        return True
    return bool(narrowed(text, forgotten).normal_phrases)


def redact(page: Page, forgotten: Forgotten) -> bytes | None:
    """The page's body without what it quotes of forgotten pages; None when it quotes nothing."""
    if page.body.startswith(GZIP_MAGIC):
        return _packed(page, forgotten)
    if not quotes(page, forgotten):
        return None
    codec = page.decoded.encoding
    if codec.startswith(_WIDE):
        return _wide(page, forgotten)
    forgotten = narrowed(page.decoded.text, forgotten)
    body = _without(page, forgotten, spare_nothing)
    if lost := overredacted(page, body, forgotten):
        gentler = _without(page, forgotten, spares(page, lost, forgotten))
        body = body if gentler == MARK else gentler
    return body if body != page.body else None


def _without(page: Page, forgotten: Forgotten, spared: Callable[[str], bool]) -> bytes:
    """The body after all rounds; what is spared stays where it stands."""
    codec, kind = page.decoded.encoding, kind_of(page.body)
    source = Source(page.body, codec, is_json=kind == "json", spares=spared)
    body, gone = _blanked(source, kind, page.url, forgotten)
    again = replace(source, body=body, edits={})
    phrases = [*forgotten.normal_phrases, *gone]
    if remaining := remaining_needles(again, page.url, forgotten, phrases):
        blank_remaining(again, remaining)
        body = again.result()
        if remaining_needles(Source(body, codec), page.url, forgotten, phrases):
            return MARK
    return body


def _packed(page: Page, forgotten: Forgotten) -> bytes | None:
    """A gzipped sitemap; what cannot be unpacked, nobody can read."""
    body = redact(replace(page, body=unpacked(page.body)[0]), forgotten)
    return gzip.compress(body, mtime=0) if body is not None else None


def _wide(page: Page, forgotten: Forgotten) -> bytes | None:
    """A page in UTF-16 or the like, by way of UTF-8; bytes without meaning are lost."""
    plain = page.decoded.text.encode("utf-8", "replace")
    kind = "text/html; charset=utf-8"
    body = redact(Page(url=page.url, body=plain, content_type=kind), forgotten)
    if body is None:
        return None
    mark = read_bom(page.body)[1] or b""
    return mark + body.decode("utf-8", "replace").encode(page.decoded.encoding, "replace")


def _blanked(
    source: Source, kind: str, url: str, forgotten: Forgotten
) -> tuple[bytes, tuple[str, ...]]:
    """The body after one round, and the blanked titles and excerpts that stand nowhere else."""
    blanking = Blanking(source)
    base = base_of(source.text(0, len(source.body)), url)
    if kind == "json":
        blank_unseen(base, forgotten, blanking)
        return source.result(), ()
    if kind == "text":
        blank_list(base, forgotten, source)
        return source.result(), ()
    lines: Sequence[Placed] = ()
    if kind == "xml":
        blank_items(base, forgotten, blanking)
    else:
        try:
            root = tree_of(source)
        except NotAQuestionError:  # of countless tags: nobody reads it
            return MARK, ()
        lines = placed_lines(root, url)
        blank_cards(lines, base, forgotten, blanking)
        blank_links(root, base, forgotten, blanking)
        blank_lines(lines, forgotten, blanking)
    blank_texts(base, forgotten, blanking)
    blank_unseen(base, forgotten, blanking)
    gone = _gone(blanking, lines)
    if gone:
        blank_unseen(base, Forgotten(None, phrases=gone), blanking)
    return source.result(), gone


def _gone(blanking: Blanking, lines: Iterable[Placed]) -> tuple[str, ...]:
    """What was blanked, but for common words: those that a line beside it says as well."""
    stay = "\n".join(line.text for line, tokens in lines if not set(tokens) <= blanking.done)
    words = [text for text in dict.fromkeys(map(normal, blanking.gone)) if is_distinctive(text)]
    common = phrases_in(stay, words)
    return tuple(text for text in words if text not in common and not blanking.source.spares(text))
