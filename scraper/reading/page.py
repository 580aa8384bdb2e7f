"""A fetched page as readers see it: decoded once, parsed once, walked once."""

from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from parsel import Selector

from scraper.reading.adoctor.opened import walk_page
from scraper.reading.charset import Decoded, decode
from scraper.reading.heads import Head, read_head
from scraper.reading.mending import repaired, without_early_end
from scraper.reading.powers import raise_exponents
from scraper.reading.streamed import put_in_place
from scraper.reading.taming import tame
from scraper.reading.visible.line import Line
from scraper.reading.visible.lines import Walk


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page's bytes with what is needed to read them; everything else is derived."""

    url: str  # canonical, as fetched
    body: bytes  # content-encoding undone, charset not
    content_type: str | None = None  # the Content-Type header's value
    default_charset: str = "utf-8"  # the site's, if none is declared and the bytes do not tell

    @cached_property
    def decoded(self) -> Decoded:
        """The text, its encoding, and the number of U+FFFD that decoding put in."""
        return decode(self.body, self.content_type, self.default_charset)

    @cached_property
    def selector(self) -> Selector:
        """The parsed document, for strict selectors; its elements are those of lxml.html."""
        html = _bytes(self.decoded.text)
        selector = _selector(html)
        mended = repaired(html, selector.root)
        if mended is not html:
            selector = _selector(mended)
        raise_exponents(put_in_place(selector.root, mended))
        return selector

    @cached_property
    def root(self) -> etree._Element:
        """The root element, in plain lxml: walking all elements takes half as long."""
        return raise_exponents(parsed(self.decoded.text, self.decoded.utf8))

    @cached_property
    def head(self) -> Head:
        """Title and links of the document's head."""
        return read_head(self.root, self.url)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The visible lines in reading order."""
        return tuple(self._walk[0].lines)

    @property
    def styles_unread(self) -> bool:
        """Whether style sheets took too long and were not applied to the whole page."""
        return self._walk[0].styled.gave_up

    @property
    def hides_part(self) -> bool:
        """Whether parts of a question are hidden and no control of the page shows them."""
        return self._walk[1]

    @cached_property
    def _walk(self) -> tuple[Walk, bool]:
        return walk_page(self.root, self.url, Walk)


def parsed(text: str, utf8: bytes = b"") -> etree._Element:
    """The root element of a decoded document; raises NotAQuestionError as `tame`.

    `utf8` is the text in UTF-8, where that is known.
    """
    html = _bytes(text, utf8)
    root = _root(html)
    mended = repaired(html, root)
    return put_in_place(root if mended is html else _root(mended), mended)


def _bytes(text: str, utf8: bytes = b"") -> bytes:
    kept, written = tame(text).strip(), utf8.strip()
    is_written = utf8 and len(utf8) - len(written) == len(text) - len(kept)
    html = (written if is_written else kept.encode()).replace(b"\0", b"")
    return without_early_end(html) or b"<html/>"


def _root(html: bytes) -> etree._Element:
    parser = etree.HTMLParser(recover=True, encoding="utf-8", huge_tree=True)
    root = etree.fromstring(html, parser)
    return etree.fromstring(b"<html/>", parser) if root is None else root


def _selector(html: bytes) -> Selector:
    return Selector(body=html, encoding="utf-8", type="html")
