"""From bytes to text: declared, sniffed, or the site's default charset.

What is UTF-8 shows it by its bytes, whatever is declared. Any other declaration is believed unless
another reading of the same bytes is clearly less odd; UTF-8 and Big5 mislabelled as each other, and
pages that mix the two, are what is met in practice.
"""

import re
from contextlib import suppress
from dataclasses import dataclass

from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
)

from scraper.reading.big5 import CODEC as BIG5
from scraper.reading.big5 import decode_big5
from scraper.reading.oddness import NON_ASCII, oddness

UTF8 = "utf-8"
LATIN = "cp1252"
GB = "gb18030"
KOREAN = "cp949"

# The roles of bytes in UTF-8: 0 leads a Han character, 1 goes on with one.
_LEAD, _TRAIL = bytes(range(0xE3, 0xEA)), bytes(range(0x80, 0xC0))
_UTF8_ROLES = bytes.maketrans(_LEAD + _TRAIL, b"\0" * len(_LEAD) + b"\1" * len(_TRAIL))
_TWO_HAN = b"\0\1\1\0\1\1"
_FIRST_OF_CHARACTER = bytes(range(0xC2, 0xF5))  # in UTF-8
# Python has codecs that are no charset of a page: hex, punycode, unicode_escape
_FAMILIES = ("utf-8", "utf-16", "utf-32", "big5", "gb", "euc", "shift", "cp", "iso", "koi", "mac")
_FOREIGN = re.compile(rb"[\x80-\xff]")
_SAMPLE = 32_768  # bytes from the first non-ASCII one on that are compared
_MAX_SEGMENTS = 10_000  # of a page that mixes encodings; the rest is one segment
_REPEATED = re.compile(r"([^\x00-\x7f])\1+")
_TAG = re.compile("<[^<>]*>")
_HAN = re.compile("[\u4e00-\u9fff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_NO_HANGUL = re.compile("[\u4e00-\u9fff\ufffd]")
_MUCH_HANGUL, _PER_OTHER = 20, 10  # characters: half of Chinese is Han, or none, when read so
_CLEARLY_LESS = 1 / 3
_ENOUGH = 3  # characters; fewer may pass for UTF-8 by accident
_HARDLY_ODD = 1 / 6  # Chinese that was not declared; letters of an alphabet read so are odder


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the Python codec that read it, and the count of U+FFFD that decoding put in."""

    text: str
    encoding: str
    replaced: int
    utf8: bytes = b""  # the same, where it was read from UTF-8


def decode(body: bytes, content_type: str | None, default: str) -> Decoded:
    """Decode `body`; never raises. `default` is used when no other charset fits better."""
    mark, body = _split_mark(body)
    if mark is not None and mark != UTF8:
        return _replacing(body, mark)
    main = _resolve(default)
    claims = (UTF8,) if mark else _claims(body, content_type)
    if main != UTF8:  # servers claim Latin-1 without being asked; such a site has none
        claims = tuple(claim for claim in claims if claim != LATIN)
    if body.isascii() and not any(map(_is_stateful, claims)):
        return Decoded(body.decode("ascii"), claims[0] if claims else UTF8, 0, body)
    if (quick := _quick(body, claims, main)) is not None:
        return quick
    if _is_mostly_utf8(body):
        return _by_segment(body, UTF8)
    best = _least_odd(_sample(body), _candidates(body, claims, main))
    if _can_decode(body, best) and not (best == BIG5 and _has_utf8_han(body)):
        return _replacing(body, best)
    return _by_segment(body, best)


def _split_mark(body: bytes) -> tuple[str | None, bytes]:
    encoding, mark = read_bom(body)
    if encoding is None or mark is None:
        return None, body
    return _resolve(encoding), body[len(mark) :]


def _resolve(name: str) -> str:
    return resolve_encoding(name) or UTF8


def _claims(body: bytes, content_type: str | None) -> tuple[str, ...]:
    header = http_content_type_encoding(content_type)
    meta = html_body_declared_encoding(body)
    if meta is not None and meta.startswith(("utf-16", "utf-32")):
        meta = UTF8  # the declaration could not have been read otherwise
    claims = (claim for claim in (header, meta) if claim and claim.startswith(_FAMILIES))
    return tuple(dict.fromkeys(claims))


def _is_stateful(codec: str) -> bool:
    """Whether ASCII bytes may mean something else in this encoding."""
    return codec.startswith(("utf-16", "utf-32", "iso2022"))


def _quick(body: bytes, claims: tuple[str, ...], main: str) -> Decoded | None:
    """Decode the ordinary page, which is UTF-8 or what it claims to be; None for any other."""
    claimed = claims or (main,)
    with suppress(UnicodeDecodeError):
        if claimed == (UTF8,) or _count(body, _FIRST_OF_CHARACTER) >= _ENOUGH:
            return Decoded(body.decode(UTF8), UTF8, 0, body)
    if claimed == (BIG5,) and not _has_utf8_han(body):
        with suppress(UnicodeDecodeError):
            return Decoded(decode_big5(body, "strict"), BIG5, 0)
    return None


def _count(body: bytes, of: bytes) -> int:
    return len(body) - len(body.translate(None, of))


def _is_mostly_utf8(body: bytes) -> bool:
    """Whether `body` is UTF-8 but for a few bytes: an excerpt was cut in a character."""
    text = body.decode(UTF8, "replace")
    wrong = text.count("\ufffd")
    right = len(text.encode("ascii", "ignore"))
    return len(text) - right - wrong >= _ENOUGH * (wrong + 1)


def _candidates(body: bytes, claims: tuple[str, ...], main: str) -> tuple[str, ...]:
    """Codecs to compare: the declared ones first, unless all of the body is valid UTF-8."""
    if _can_decode(body, UTF8) and not any(map(_is_stateful, claims)):
        return tuple(dict.fromkeys([UTF8, *claims, main]))
    sample = _sample(body)
    asian = (KOREAN, BIG5, GB) if _is_korean(sample) else (BIG5, GB)
    texts = {codec: _read(sample, codec, "replace") for codec in asian}
    sound = (c for c, text in texts.items() if _is_foreign(text, c) and oddness(text) < _HARDLY_ODD)
    return tuple(dict.fromkeys([*claims, UTF8, main, *sound, LATIN]))


def _is_foreign(text: str, codec: str) -> bool:
    """Whether most foreign characters stand as those of Chinese do.

    A sign of a Western text stands alone, and takes the letter behind it for its second byte,
    `37 °C`, or is repeated.
    """
    runs = NON_ASCII.findall(_REPEATED.sub(r"\1", _TAG.sub("", text)))
    lone = [run for run in runs if len(run) == 1 and (run == "\ufffd" or _HAN.match(run))]
    codes = (run.encode(codec, "replace") for run in lone)
    western = [code for code in codes if code[-1:].isascii() or code == code[:1] * 2]
    return 2 * len(western) < len(runs)


def _is_korean(body: bytes) -> bool:
    """Whether bytes that may as well be Chinese are nearly all Hangul in EUC-KR."""
    text = body.decode("euc_kr", "replace")
    hangul = len(_HANGUL.findall(text))
    return hangul >= max(_MUCH_HANGUL, _PER_OTHER * len(_NO_HANGUL.findall(text)))


def _has_utf8_han(body: bytes) -> bool:
    """Whether two Han characters in UTF-8 stand in `body`.

    Big5 reads many such bytes without complaint, but no Big5 text is likely to hold them.
    """
    return _TWO_HAN in body.translate(_UTF8_ROLES)


def _read(body: bytes, codec: str, errors: str) -> str:
    return decode_big5(body, errors) if codec == BIG5 else body.decode(codec, errors)


def _can_decode(body: bytes, codec: str) -> bool:
    try:
        _read(body, codec, "strict")
    except UnicodeError:
        return False
    return True


def _replacing(body: bytes, codec: str) -> Decoded:
    text = _read(body, codec, "replace")
    own = body.count(b"\xef\xbf\xbd") if codec == UTF8 else 0
    return Decoded(text, codec, text.count("\ufffd") - own)


def _sample(body: bytes) -> bytes:
    first = _FOREIGN.search(body)
    return body[first.start() & ~3 :][:_SAMPLE] if first else b""


def _least_odd(body: bytes, candidates: tuple[str, ...]) -> str:
    """Return the first candidate, unless the least odd one is clearly less odd."""
    odd = {codec: oddness(_read(body, codec, "replace")) for codec in candidates}
    best = min(odd, key=odd.__getitem__)
    return best if odd[best] < odd[candidates[0]] * _CLEARLY_LESS else candidates[0]


def _by_segment(body: bytes, main: str) -> Decoded:
    """Decode a page of several encodings, segment by segment from `<` to `<`.

    `<` is no trail byte of Big5, so no character is torn. Without Chinese on the page no segment
    is taken for Chinese.
    """
    whole = _replacing(body, main)
    candidates = (main, UTF8, BIG5) if _HAN.search(whole.text) else (main, UTF8)
    if candidates == (UTF8, UTF8):
        return whole
    parts = []
    for segment in re.split(rb"(?=[<\n])", body, maxsplit=_MAX_SEGMENTS):
        codec = main if segment.isascii() else _least_odd(segment, candidates)
        if codec == BIG5 != main and not _is_foreign(_read(segment, BIG5, "replace"), BIG5):
            codec = main
        parts.append(_replacing(segment, codec))
    text = "".join(part.text for part in parts)
    return Decoded(text, main, sum(part.replaced for part in parts))
