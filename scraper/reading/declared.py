"""The charsets that a page's header and markup declare, as Python's codecs."""

import re
from encodings import normalize_encoding
from encodings.aliases import aliases

from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    resolve_encoding,
)

UTF8 = "utf-8"

# Python has codecs that are no charset of a page: hex, punycode, unicode_escape
_FAMILIES = ("utf-8", "utf-16", "utf-32", "big5", "gb", "euc", "shift", "cp", "iso", "koi", "mac")
# Labels that browsers know and Python does not: https://encoding.spec.whatwg.org/#names-and-labels
_LABELS = {
    "big5": "cn-big5 x-x-big5",
    "gbk": "csgb2312 gb_2312 x-gbk",
    "euc_jp": "cseucpkdfmtjapanese x-euc-jp",
    "euc_kr": "cseuckr csksc56011987 iso-ir-149 ks_c_5601-1989 ksc_5601 windows-949",
    "cp874": "dos-874 iso885911",
    "iso8859_2": "iso88592",
    "iso8859_5": "iso88595",
    "iso8859_6": "csiso88596e iso-8859-6-e iso-8859-6-i",
    "iso8859_7": "sun_eu_greek",
    "iso8859_8": "csiso88598e csiso88598i iso-8859-8-e iso-8859-8-i logical visual",
    "koi8_r": "koi koi8",
    "koi8_u": "koi8-ru",
    "mac_cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "mac_roman": "csmacintosh mac x-mac-roman",
} | {f"cp{number}": f"x-cp{number}" for number in range(1250, 1259)}
aliases |= {normalize_encoding(name): c for c, names in _LABELS.items() for name in names.split()}
_DECLARING = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1|\Z)|(<body|<meta\b[^<>]*\bcharset)",
    re.DOTALL | re.IGNORECASE,
)
_DECLARATION = 4_096  # bytes, of which w3lib reads no more


def declared(body: bytes, content_type: str | None) -> tuple[str, ...]:
    """The codecs that the Content-Type header and the markup name, in this order."""
    header = http_content_type_encoding(content_type)
    meta = html_body_declared_encoding(body) or _late_declaration(body)
    if meta is not None and meta.startswith(("utf-16", "utf-32")):
        meta = UTF8  # the declaration could not have been read otherwise
    claims = (claim for claim in (header, meta) if claim and claim.startswith(_FAMILIES))
    return tuple(dict.fromkeys(claims))


def _late_declaration(body: bytes) -> str | None:
    """What a <meta> behind long scripts declares."""
    start = next((match.start() for match in _DECLARING.finditer(body) if match[2]), len(body))
    return html_body_declared_encoding(body[start : start + _DECLARATION])


def resolve(name: str) -> str:
    """The codec for a name; UTF-8 for an unknown one."""
    return resolve_encoding(name) or UTF8
