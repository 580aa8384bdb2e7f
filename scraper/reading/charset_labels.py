"""The names of charsets that browsers know and Python does not, such as `x-cp1251`."""

import codecs
from encodings import normalize_encoding

from w3lib.encoding import resolve_encoding
from webencodings import LABELS, PYTHON_NAMES

_NO_CHARSETS = ("replacement", "x-user-defined")
_CODECS: dict[str, str] = {
    normalize_encoding(label): PYTHON_NAMES.get(name, name)
    for label, name in LABELS.items()
    if name not in _NO_CHARSETS
}


@codecs.register
def _codec_of_label(label: str) -> codecs.CodecInfo | None:
    """Python asks for it where it knows no codec of that name; w3lib asks Python."""
    codec = resolve_encoding(_CODECS[label]) if label in _CODECS else None
    return codecs.lookup(codec) if codec else None
