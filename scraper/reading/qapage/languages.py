"""The languages that a page says it is in."""

from collections.abc import Iterator

from lxml.html import HtmlElement

_HTTP = (
    "/html/head/meta[translate(@http-equiv, 'CONTELAGU', 'contelagu')='content-language']/@content"
)


def declared_languages(root: HtmlElement, told: str | None) -> Iterator[str]:
    """Yield what names the page's language, the surest first, as written; `told` by its data."""
    yield from filter(None, (root.get("lang"), root.get("xml:lang"), told))
    yield from root.xpath(_HTTP)
