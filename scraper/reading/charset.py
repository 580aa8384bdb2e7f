"""From bytes to text: declared, sniffed, or the site's default charset.

A declaration is believed unless another reading of the same bytes is clearly less odd; UTF-8 and
Big5 mislabelled as each other, and pages that mix the two, are what is met in practice.
"""

import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
)

from scraper.reading.big5 import CODEC as BIG5
from scraper.reading.big5 import decode_big5

UTF8 = "utf-8"
LATIN = "cp1252"
GB = "gb18030"

# The roles of bytes in UTF-8: 0 leads a Han character, 1 goes on with one.
_LEAD, _TRAIL = bytes(range(0xE3, 0xEA)), bytes(range(0x80, 0xC0))
_UTF8_ROLES = bytes.maketrans(_LEAD + _TRAIL, b"\0" * len(_LEAD) + b"\1" * len(_TRAIL))
_TWO_HAN = b"\0\1\1\0\1\1"
# Python has codecs that are no charset of a page: hex, punycode, unicode_escape
_FAMILIES = ("utf-8", "utf-16", "utf-32", "big5", "gb", "euc", "shift", "cp", "iso", "koi", "mac")
_FOREIGN = re.compile(rb"[\x80-\xff]")
_SAMPLE = 32_768  # bytes from the first foreign one on tell enough
_SEGMENTS = 10_000  # of a page that mixes encodings; what is behind them is read as one
_LATIN_RUN = re.compile("[\x80-\u024f]{2,}")
_NON_ASCII = re.compile("[^\x00-\x7f]+")
_WEIGHT_OF_REPLACEMENT = 3
_CLEARLY_LESS = 1 / 3
_FEW_BYTES = 64  # up to here Big5 may pass for UTF-8 by accident


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the Python codec that read it, and the count of U+FFFD that decoding put in."""

    text: str
    encoding: str
    replaced: int


def decode(body: bytes, content_type: str | None, default: str) -> Decoded:
    """Decode `body`; never raises. `default` is read when nothing else tells better."""
    mark, body = _split_mark(body)
    if mark is not None and mark != UTF8:
        return _replacing(body, mark)
    main = _resolve(default)
    claims = _claims(mark, body, content_type)
    if main != UTF8:  # servers claim Latin-1 without being asked; such a site has none
        claims = tuple(claim for claim in claims if claim != LATIN)
    if body.isascii() and not any(map(_is_stateful, claims)):
        return Decoded(body.decode("ascii"), claims[0] if claims else UTF8, 0)
    if (quick := _quick(body, claims, main)) is not None:
        return quick
    candidates = tuple(dict.fromkeys([*claims, UTF8, main, BIG5, GB, LATIN]))
    best = _least_odd(body, candidates)
    if _reads(body, best) and not (best == BIG5 and _holds_utf8(body)):
        return _replacing(body, best)
    return _by_segment(body, (best, *(UTF8, BIG5)))


def _split_mark(body: bytes) -> tuple[str | None, bytes]:
    encoding, mark = read_bom(body)
    if encoding is None or mark is None:
        return None, body
    return _resolve(encoding), body[len(mark) :]


def _resolve(name: str) -> str:
    return resolve_encoding(name) or UTF8


def _claims(mark: str | None, body: bytes, content_type: str | None) -> tuple[str, ...]:
    header = http_content_type_encoding(content_type)
    meta = html_body_declared_encoding(body)
    if meta is not None and meta.startswith(("utf-16", "utf-32")):
        meta = UTF8  # the declaration could not have been read otherwise
    claims = (claim for claim in (mark, header, meta) if claim and claim.startswith(_FAMILIES))
    return tuple(dict.fromkeys(claims))


def _is_stateful(codec: str) -> bool:
    """Tell whether ASCII bytes may mean something else in this encoding."""
    return codec.startswith(("utf-16", "utf-32", "iso2022"))


def _quick(body: bytes, claims: tuple[str, ...], main: str) -> Decoded | None:
    """Read the ordinary page: what is claimed is true, or nothing is claimed."""
    said = claims or (main,)
    if said == (UTF8,) or (not claims and len(body) > _FEW_BYTES):
        try:
            return Decoded(body.decode(UTF8), UTF8, 0)
        except UnicodeDecodeError:
            if said == (UTF8,):
                return None
    if said == (BIG5,) and not _holds_utf8(body):
        try:
            return Decoded(decode_big5(body, "strict"), BIG5, 0)
        except UnicodeDecodeError:
            return None
    return None


def _holds_utf8(body: bytes) -> bool:
    """Tell whether two Han characters in UTF-8 stand in `body`.

    Big5 reads many such bytes without complaint, but no Big5 text is likely to hold them.
    """
    return _TWO_HAN in body.translate(_UTF8_ROLES)


def _read(body: bytes, codec: str, errors: str) -> str:
    return decode_big5(body, errors) if codec == BIG5 else body.decode(codec, errors)


def _reads(body: bytes, codec: str) -> bool:
    try:
        _read(body, codec, "strict")
    except UnicodeError:
        return False
    return True


def _replacing(body: bytes, codec: str) -> Decoded:
    text = _read(body, codec, "replace")
    own = body.count(b"\xef\xbf\xbd") if codec == UTF8 else 0
    return Decoded(text, codec, text.count("\ufffd") - own)


def _least_odd(body: bytes, candidates: tuple[str, ...]) -> str:
    """Return the first candidate, unless a later one is clearly less odd."""
    first = _FOREIGN.search(body)
    sample = body[first.start() & ~3 :][:_SAMPLE] if first else b""
    best, least = candidates[0], _oddness(_read(sample, candidates[0], "replace"))
    for codec in candidates[1:]:
        oddness = _oddness(_read(sample, codec, "replace"))
        if oddness < least * _CLEARLY_LESS:
            best, least = codec, oddness
    return best


def _by_segment(body: bytes, candidates: tuple[str, ...]) -> Decoded:
    """Read a page of several encodings; `<` is no trail byte of Big5, so segments are whole."""
    parts = []
    for segment in re.split(rb"(?=[<\n])", body, maxsplit=_SEGMENTS):
        codec = candidates[0] if segment.isascii() else _least_odd(segment, candidates)
        parts.append(_replacing(segment, codec))
    text = "".join(part.text for part in parts)
    return Decoded(text, candidates[0], sum(part.replaced for part in parts))


def _oddness(text: str) -> float:
    """Tell how unlike a text of one language `text` is: 0 for none, 1 and more for mojibake."""
    foreign = "".join(_NON_ASCII.findall(text))
    if not foreign:
        return 0.0
    odd = sum(_weight(char) * count for char, count in Counter(foreign).items())
    odd += sum(map(len, _LATIN_RUN.findall(text)))
    return odd / len(foreign)


@lru_cache(maxsize=30_000)
def _weight(char: str) -> int:
    """0 for what common texts are made of, 1 for rare characters, 3 for U+FFFD."""
    if char == "\ufffd":
        return _WEIGHT_OF_REPLACEMENT
    if char <= "\u024f" or "\u2000" <= char <= "\u30ff" or "\uac00" <= char <= "\ud7a3":
        return int("\x80" <= char <= "\x9f")
    if "\uff00" <= char <= "\uffef":
        return 0
    return int(not (_is_in(char, "big5", 0xA4, 0xC6) or _is_in(char, "gb2312", 0xB0, 0xD7)))


def _is_in(char: str, codec: str, first: int, last: int) -> bool:
    """Tell whether a character is among a standard's frequent ones, by its leading byte."""
    with suppress(UnicodeEncodeError):
        return first <= char.encode(codec)[0] <= last
    return False
