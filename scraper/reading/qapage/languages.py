"""The languages that a page says it is in."""

from collections.abc import Iterator

from lxml.html import HtmlElement

_HTTP = (
    "/html/head/meta[translate(@http-equiv, 'CONTELAGU', 'contelagu')='content-language']/@content"
)


def declared_languages(root: HtmlElement, in_data: str | None) -> Iterator[str]:
    """Yield the page's language as written, the surest first; `in_data`: as its data has it."""
    yield from filter(None, (root.get("lang"), root.get("xml:lang"), in_data))
    yield from root.xpath(_HTTP)
