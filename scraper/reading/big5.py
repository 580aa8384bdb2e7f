"""Big5 as browsers read it, which none of Python's three codecs does by itself.

`big5hkscs` knows every character pages use but gives a few signs other code points than the
WHATWG table and lacks seven characters: `A1E3` is to be U+FF5E, not U+223C; `A3E1` is the euro.
https://encoding.spec.whatwg.org/index-big5.txt
"""

import codecs
import re

CODEC = "big5hkscs"

_UTF8_SIGN = re.compile(rb"[\xe2-\xec\xee\xef][\x80-\xbf]{2}")

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


def _lacking(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler for "strict": mends the seven, raises for the rest."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    pair = error.object[error.start : error.start + 2]
    if pair not in _LACKING:
        raise error
    return _LACKING[pair], error.start + 2


def _lacking_or_replaced(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler for "replace"; a sign of UTF-8, `’` of another program, is kept."""
    try:
        return _lacking(error)
    except UnicodeDecodeError as unknown:
        if sign := _UTF8_SIGN.match(unknown.object, unknown.start):
            return sign[0].decode(), sign.end()
        return "\ufffd", unknown.end


codecs.register_error("qarchive-big5-strict", _lacking)
codecs.register_error("qarchive-big5-replace", _lacking_or_replaced)


def decode_big5(body: bytes, errors: str) -> str:
    """Read `body`; `errors` is "strict" (raises UnicodeDecodeError) or "replace"."""
    text = body.decode(CODEC, f"qarchive-big5-{errors}")
    for python, whatwg in _SIGNS:
        text = text.replace(python, whatwg)
    return text
