"""From bytes to text: declared, sniffed, or the site's default charset.

What is UTF-8 shows it by its bytes, whatever is declared. Any other declaration is believed unless
another reading of the same bytes is clearly less odd; UTF-8 and Big5 mislabelled as each other, and
pages that mix the two, are what is met in practice.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from w3lib.encoding import read_bom

from scraper.reading.big5 import CODEC as BIG5
from scraper.reading.big5 import decode_big5
from scraper.reading.declared import UTF8, declared, resolve

LATIN = "cp1252"
GB = "gb18030"
KOREAN = "cp949"

# The roles of bytes in UTF-8: 0 leads a Han character, 1 goes on with one.
_LEAD, _TRAIL = bytes(range(0xE3, 0xEA)), bytes(range(0x80, 0xC0))
_UTF8_ROLES = bytes.maketrans(_LEAD + _TRAIL, b"\0" * len(_LEAD) + b"\1" * len(_TRAIL))
_TWO_HAN = b"\0\1\1\0\1\1"
_NON_ASCII = re.compile("[^\x00-\x7f]+")
_LATIN_RUN = re.compile("[\x80-\u024f]{2,}")
_ALPHABET_RUN = re.compile("[\u0250-\u1fff]{2,}")  # Greek to Khmer; mojibake has single letters
_WEIGHT_OF_REPLACEMENT = 3
_FOREIGN = re.compile(rb"[\x80-\xff]")
_SAMPLE = 32_768  # bytes from the first non-ASCII one on that are compared
_MAX_SEGMENTS = 10_000  # of a page that mixes encodings; the rest is one segment
_REPEATED = re.compile(r"([^\x00-\x7f])\1+")
_TAG = re.compile("<[^<>]*>")
_HAN = re.compile("[\u4e00-\u9fff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_NO_HANGUL = re.compile("[\u4e00-\u9fff\ufffd]")
# Characters, where Korean is declared or not; half of Chinese is Han, or none, when read so.
_SOME_HANGUL, _MUCH_HANGUL, _PER_OTHER = 5, 20, 10
_CLEARLY_LESS = 1 / 3
_ENOUGH = 3  # characters; fewer may pass for UTF-8 by accident
_MOST_MORE = 3  # bytes of a character beyond the first
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
    utf8 = _replacing(body, mark or UTF8)
    is_sure = not utf8.replaced and len(body) - len(utf8.text) >= _ENOUGH * _MOST_MORE
    if is_sure or mark not in (None, UTF8):
        return utf8
    main = resolve(default)
    claims = (UTF8,) if mark else declared(body, content_type)
    if main != UTF8:  # servers claim Latin-1 without being asked; such a site has none
        claims = tuple(claim for claim in claims if claim != LATIN)
    is_stateful = any(map(_is_stateful, claims))
    if body.isascii() and not is_stateful:
        return Decoded(body.decode("ascii"), claims[0] if claims else UTF8, 0, body)
    claimed = claims or (main,)
    if not utf8.replaced and (claimed == (UTF8,) or _foreign(utf8.text) >= _ENOUGH):
        return utf8
    if claimed == (BIG5,) and (big5 := _whole(body, BIG5)) is not None:
        return big5
    if _is_mostly_right(utf8.text):
        return _by_segment(body, utf8)
    candidates = [UTF8, *claims, main]
    if utf8.replaced or is_stateful:
        candidates = [*claims, *_possible(body, claims, main)]
    best = _least_odd(_sample(body), candidates)
    return _whole(body, best) or _by_segment(body, _replacing(body, best))


def _split_mark(body: bytes) -> tuple[str | None, bytes]:
    encoding, mark = read_bom(body)
    if encoding is None or mark is None:
        return None, body
    return resolve(encoding), body[len(mark) :]


def _is_stateful(codec: str) -> bool:
    """Whether ASCII bytes may mean something else in this encoding."""
    return codec.startswith(("utf-16", "utf-32", "iso2022"))


def _foreign(text: str) -> int:
    """The number of characters beyond ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


def _is_mostly_right(text: str) -> bool:
    """Whether bytes were UTF-8 but for a few: an excerpt was cut in a character."""
    wrong = text.count("\ufffd")
    return _foreign(text) - wrong >= _ENOUGH * (wrong + 1)


def _possible(body: bytes, claims: tuple[str, ...], main: str) -> Iterator[str]:
    """Yield the undeclared encodings in which the bytes make sense."""
    sample = _sample(body)
    if _is_korean(sample, _SOME_HANGUL if KOREAN in claims else _MUCH_HANGUL):
        yield KOREAN
        return
    yield from (UTF8, main)
    for codec in (BIG5, GB):
        text = _read(sample, codec, "replace")
        if _is_foreign(text, codec) and _oddness(text) < _HARDLY_ODD:
            yield codec
    yield LATIN


def _is_foreign(text: str, codec: str) -> bool:
    """Whether most foreign characters stand as those of Chinese do.

    A sign of a Western text stands alone, and takes the letter behind it for its second byte,
    `37 °C`, or is repeated.
    """
    runs = _NON_ASCII.findall(_REPEATED.sub(r"\1", _TAG.sub("", text)))
    lone = [run for run in runs if len(run) == 1 and (run == "\ufffd" or _HAN.match(run))]
    codes = (run.encode(codec, "replace") for run in lone)
    western = [code for code in codes if code[-1:].isascii() or code == code[:1] * 2]
    return 2 * len(western) < len(runs)


def _is_korean(body: bytes, least: int) -> bool:
    """Whether bytes that may as well be Chinese are nearly all Hangul in EUC-KR."""
    text = body.decode("euc_kr", "replace")
    hangul = len(_HANGUL.findall(text))
    return hangul >= max(least, _PER_OTHER * len(_NO_HANGUL.findall(text)))


def _has_utf8_han(body: bytes) -> bool:
    """Whether two Han characters in UTF-8 stand in `body`.

    Big5 reads many such bytes without complaint, but no Big5 text is likely to hold them.
    """
    return _TWO_HAN in body.translate(_UTF8_ROLES)


def _read(body: bytes, codec: str, errors: str) -> str:
    return decode_big5(body, errors) if codec == BIG5 else body.decode(codec, errors)


def _whole(body: bytes, codec: str) -> Decoded | None:
    """The body decoded, unless bytes of it have no meaning in this encoding."""
    if codec == BIG5 and _has_utf8_han(body):
        return None
    with suppress(UnicodeError):
        return Decoded(_read(body, codec, "strict"), codec, 0)
    return None


def _replacing(body: bytes, codec: str) -> Decoded:
    text = _read(body, codec, "replace")
    replaced = text.count("\ufffd")
    if replaced and codec == UTF8:
        replaced -= body.count(b"\xef\xbf\xbd")
    return Decoded(text, codec, replaced, body if codec == UTF8 and not replaced else b"")


def _sample(body: bytes) -> bytes:
    first = _FOREIGN.search(body)
    return body[first.start() & ~3 :][:_SAMPLE] if first else b""


def _least_odd(body: bytes, candidates: Sequence[str]) -> str:
    """Return the first candidate, unless the least odd one is clearly less odd."""
    odd = {codec: _oddness(_read(body, codec, "replace")) for codec in candidates}
    best = min(odd, key=odd.__getitem__)
    return best if odd[best] < odd[candidates[0]] * _CLEARLY_LESS else candidates[0]


def _oddness(text: str) -> float:
    """The weighted share of odd non-ASCII characters: 0 for plain text, 1 or more for mojibake."""
    foreign = "".join(_NON_ASCII.findall(text))
    if not foreign:
        return 0.0
    single = _ALPHABET_RUN.sub("", foreign)
    odd = sum(_weight(char) * count for char, count in Counter(single).items())
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
    return int(
        not (_is_frequent(char, "big5", 0xA4, 0xC6) or _is_frequent(char, "gb2312", 0xB0, 0xD7))
    )


def _is_frequent(char: str, codec: str, first: int, last: int) -> bool:
    """Whether a character is in the frequent part of a charset, by its leading byte."""
    with suppress(UnicodeEncodeError):
        return first <= char.encode(codec)[0] <= last
    return False


def _by_segment(body: bytes, whole: Decoded) -> Decoded:
    """Decode a page of several encodings, segment by segment from `<` to `<`.

    `<` is no trail byte of Big5, so no character is torn. Without Chinese on the page no segment
    is taken for Chinese.
    """
    main, has_chinese = whole.encoding, _HAN.search(whole.text) is not None
    if _is_stateful(main) or (main == UTF8 and not has_chinese):
        return whole
    parts = []
    for segment in re.split(rb"(?=[<\n])", body, maxsplit=_MAX_SEGMENTS):
        first = UTF8 if _has_utf8_han(segment) else main
        candidates = (first, main, UTF8, BIG5 if has_chinese else main)
        codec = main if segment.isascii() else _least_odd(segment, candidates)
        if codec == BIG5 != main and not _is_foreign(_read(segment, BIG5, "replace"), BIG5):
            codec = main
        parts.append(_replacing(segment, codec))
    text = "".join(part.text for part in parts)
    return Decoded(text, main, sum(part.replaced for part in parts))
