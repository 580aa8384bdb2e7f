"""Big5 in pages and in query strings, as this site mixes it."""

from string import ascii_letters, digits
from urllib.parse import quote, unquote_to_bytes

CODEC = "big5hkscs"
_RAW = frozenset((ascii_letters + digits + "~_-.@").encode())


def encode(page: str) -> bytes:
    """A page's bytes; what Big5 lacks becomes a character reference."""
    return page.encode(CODEC, "xmlcharrefreplace")


def raw_trail(text: str) -> str:
    """Percent-encoded Big5 whose ASCII trail bytes stay raw: 外科 is %A5~%AC%EC."""
    return "".join(chr(byte) if byte in _RAW else f"%{byte:02X}" for byte in text.encode(CODEC))


def full_percent(text: str) -> str:
    """Percent-encoded Big5, every byte: 外科 is %A5%7E%AC%EC."""
    return "".join(f"%{byte:02X}" for byte in text.encode(CODEC))


SPELLINGS = (raw_trail, full_percent, quote)  # the site answers UTF-8 as well


def query_values(query: str) -> dict[str, bytes]:
    """A query's values as bytes, the first of each name."""
    values: dict[str, bytes] = {}
    for part in query.split("&"):
        name, _, value = part.partition("=")
        values.setdefault(name, unquote_to_bytes(value.replace("+", " ").encode("latin-1")))
    return values


def spells(value: bytes, text: str) -> bool:
    """Whether a query's value is the text, in Big5 or in UTF-8."""
    return value in {text.encode(CODEC), text.encode()}
