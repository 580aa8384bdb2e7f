"""Big5 as browsers read it, which none of Python's three codecs does by itself.

`big5hkscs` knows every character pages use but gives a few signs other code points than the
WHATWG table and lacks seven characters: `A1E3` is to be U+FF5E, not U+223C; `A3E1` is the euro.
https://encoding.spec.whatwg.org/index-big5.txt
"""

import codecs
import re
from functools import partial

CODEC = "big5hkscs"

_UTF8_SIGN = re.compile(rb"[\xe2-\xec\xee\xef][\x80-\xbf]{2}")

_PAIR = re.compile(rb"[\x81-\xfe][\x80-\xff]")
_LACKING = {
    b"\xa3\xe1": "€",
    b"\xc6\xcf": "廴",
    b"\xc6\xd3": "无",
    b"\xc6\xd5": "癶",
    b"\xc6\xd7": "隶",
    b"\xc6\xde": "〃",
    b"\xc6\xdf": "仝",
}
_SIGNS = (
    ("\u2022", "\u2027"),
    ("\uff64", "\ufe51"),
    ("\u203e", "\u00af"),
    ("\u223c", "\uff5e"),
    ("\u2641", "\u2295"),
    ("\u2609", "\u2299"),
    ("\u00a5", "\uffe5"),
    ("\u00a2", "\uffe0"),
    ("\u00a3", "\uffe1"),
    ("\uffed", "\u2593"),
)


def _mended(error: UnicodeError, *, strict: bool) -> tuple[str, int]:
    """Codec error handler: reads the seven; a sign of UTF-8, `’` of another program, is kept.

    As in browsers, a pair without meaning is one U+FFFD, unless its second byte is ASCII.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    start = error.start
    pair = error.object[start : start + 2]
    if pair in _LACKING:
        return _LACKING[pair], start + 2
    if strict:
        raise error
    if sign := _UTF8_SIGN.match(error.object, start):
        return sign[0].decode(), sign.end()
    return "\ufffd", start + (2 if _PAIR.fullmatch(pair) else 1)


for _errors in ("strict", "replace"):
    _handler = partial(_mended, strict=_errors == "strict")
    codecs.register_error(f"qarchive-big5-{_errors}", _handler)


def decode_big5(body: bytes, errors: str) -> str:
    """Read `body`; `errors` is "strict" (raises UnicodeDecodeError) or "replace"."""
    text = body.decode(CODEC, f"qarchive-big5-{errors}")
    for python, whatwg in _SIGNS:
        text = text.replace(python, whatwg)
    return text
