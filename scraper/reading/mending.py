"""Rewrites tags that browsers repair and the parser would drop, stop at, or wait for the end of.

It hurts.</br>Every day.</br>        </body></html><div>More Info</div>        <embed src="a.pdf">
"""

import re
from collections.abc import Set as AbstractSet

from lxml import etree

from scraper.reading.nesting import NO_TAGS, is_astray, nested

_TAGS = re.compile(
    NO_TAGS + rb"|</(?P<end>br|p|html)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_MENDED = {b"br": b"<br>", b"p": b"</p><br>", b"html": b""}  # a stray </p> opens and closes one
_STRAYS = {f"Unexpected end tag : {tag.decode()}": tag for tag in (b"br", b"p")}
_VOID = ("embed", "source", "track", "wbr", "keygen", "bgsound", "image")  # the parser fills them
_IN_PICTURES = ("img", *_VOID)
_VOIDS = re.compile(
    NO_TAGS
    + rb"|<(?P<name>%b)(?=[\s/>])(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+>" % "|".join(_VOID).encode(),
    re.IGNORECASE | re.DOTALL,
)
_LENGTH = len(b"</html")


def without_early_end(html: bytes) -> bytes:
    """The document without `</html>` if anything follows one: the parser would stop there."""
    last = html.rfind(b"</html")
    if last < 0 and (last := html.rfind(b"</HTML")) < 0:
        return html
    first = html.find(html[last : last + _LENGTH])
    if first == last and html[last + _LENGTH :].strip() in (b">", b""):
        return html
    return mended(html, {b"html"})


def repaired(html: bytes, root: etree._Element) -> bytes:
    """The document with its tags repaired as browsers do; the same object if `root` needs none.

    `root` is what the parser made of the document.
    """
    complaints = _complaints(root)
    if strays := _strays(complaints):
        html = mended(html, strays)
    if any(map(_is_filled, root.iter(*_VOID))):
        html = with_void_elements_closed(html)
    return nested(html) if is_astray(complaints) else html


def _is_filled(void: etree._Element) -> bool:
    """Whether a void element was given content, other than the rest of a <picture>."""
    texts = (void.text, *(child.tail for child in void))
    return any(text and not text.isspace() for text in texts) or any(
        child.tag not in _IN_PICTURES for child in void
    )


def with_void_elements_closed(html: bytes) -> bytes:
    """The document with an end tag right behind each void element (`<embed>`, `<wbr>`)."""
    return _VOIDS.sub(lambda tag: tag[0] + (b"</%b>" % tag["name"] if tag["name"] else b""), html)


def stray_ends(root: etree._Element) -> set[bytes]:
    """The names of end tags without a start tag that the parser of a document has met."""
    return _strays(_complaints(root))


def _complaints(root: etree._Element) -> set[str]:
    return {error.message for error in root.getroottree().parser.error_log}


def _strays(complaints: set[str]) -> set[bytes]:
    return {tag for message, tag in _STRAYS.items() if message in complaints}


def mended(html: bytes, ends: AbstractSet[bytes]) -> bytes:
    """The document with stray end tags of these names replaced by what browsers make of them."""

    def written(tag: re.Match[bytes]) -> bytes:
        name = (tag["end"] or b"").lower()
        return _MENDED[name] if name in ends else tag[0]

    return _TAGS.sub(written, html)
