"""Tags that browsers mend, where the parser drops them, stops reading, or waits for their end.

It hurts.</br>Every day.</br>        </body></html><div>More Info</div>        <embed src="a.pdf">
"""

import re
from collections.abc import Set as AbstractSet

from lxml import etree

from scraper.reading.nesting import is_astray, nested

_NO_TAGS = rb"<!--.*?(?:--!?>|\Z)|<(script|style|title|textarea|xmp)\b.*?(?:</\1|\Z)"
_TAGS = re.compile(
    _NO_TAGS + rb"|</(?P<end>br|p|html)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_MENDED = {b"br": b"<br>", b"p": b"</p><br>", b"html": b""}  # a stray </p> opens and closes one
_STRAYS = {f"Unexpected end tag : {tag.decode()}": tag for tag in (b"br", b"p")}
_VOID = ("embed", "source", "track", "wbr", "keygen", "bgsound", "image")  # the parser fills them
_IN_PICTURES = ("img", *_VOID)
_VOIDS = re.compile(
    _NO_TAGS
    + rb"|<(?P<name>%b)(?=[\s/>])(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+>" % "|".join(_VOID).encode(),
    re.IGNORECASE | re.DOTALL,
)
_LENGTH = len(b"</html")


def without_early_end(html: bytes) -> bytes:
    """A document without </html> where more than that stands behind one."""
    last = html.rfind(b"</html")
    if last < 0 and (last := html.rfind(b"</HTML")) < 0:
        return html
    first = html.find(html[last : last + _LENGTH])
    if first == last and html[last + _LENGTH :].strip() in (b">", b""):
        return html
    return mended(html, {b"html"})


def better(html: bytes, root: etree._Element) -> bytes:
    """A document as browsers take its tags; the same one where `root`, parsed from it, will do."""
    complaints = _complaints(root)
    if strays := _strays(complaints):
        html = mended(html, strays)
    if any(map(_is_filled, root.iter(*_VOID))):
        html = emptied(html)
    return nested(html) if is_astray(complaints) else html


def _is_filled(void: etree._Element) -> bool:
    """Whether an element holds more than a <picture> has behind a <source>."""
    texts = (void.text, *(child.tail for child in void))
    return any(text and not text.isspace() for text in texts) or any(
        child.tag not in _IN_PICTURES for child in void
    )


def emptied(html: bytes) -> bytes:
    """A document in which elements that can hold nothing end where they begin."""
    return _VOIDS.sub(lambda tag: tag[0] + (b"</%b>" % tag["name"] if tag["name"] else b""), html)


def stray_ends(root: etree._Element) -> set[bytes]:
    """The names of the end tags without a beginning that the document's parser has met."""
    return _strays(_complaints(root))


def _complaints(root: etree._Element) -> set[str]:
    return {error.message for error in root.getroottree().parser.error_log}


def _strays(complaints: set[str]) -> set[bytes]:
    return {tag for message, tag in _STRAYS.items() if message in complaints}


def mended(html: bytes, ends: AbstractSet[bytes]) -> bytes:
    """A document in which end tags of these names are written as browsers take them."""

    def written(tag: re.Match[bytes]) -> bytes:
        name = (tag["end"] or b"").lower()
        return _MENDED[name] if name in ends else tag[0]

    return _TAGS.sub(written, html)
