"""Looking for words in every file of a folder, however they are packed, coded or escaped."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator

_CODECS = ("utf-8", "big5hkscs", "utf-16-le")


def found(folder: Path, words: tuple[str, ...]) -> list[str]:
    """Give "place: word" for each word that is somewhere in a folder, names of files included."""
    return sorted(
        {
            f"{place}: {word}"
            for path in folder.rglob("*")
            if path.is_file()
            for place, content in _opened(str(path.relative_to(folder)), path.read_bytes())
            for lowered in [place.lower().encode() + b"\n" + content.lower()]
            for word in words
            if _holds(lowered, word)
        }
    )


def _opened(place: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The content, and all that is packed in it."""
    yield place, content
    if content.startswith(b"\x1f\x8b"):
        yield from _opened(f"{place}!", _inflated(content))
    if content.startswith(b"WARC/"):
        for record in ArchiveIterator(io.BytesIO(content)):
            headers = str(record.rec_headers) + str(record.http_headers or "")
            yield place, headers.encode("utf-8", "surrogateescape")
            body = record.content_stream().read()
            if record.http_headers is None or not record.http_headers.get("Content-Encoding"):
                continue  # it stands in the WARC as it is
            yield from _opened(f"{place} {record.rec_headers.get_header('WARC-Record-ID')}", body)
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            yield from _opened(f"{place}/{name}", packed.read(name))


def _inflated(content: bytes) -> bytes:
    """Every member, the last as far as it goes."""
    parts = []
    while content:
        inflate = zlib.decompressobj(31)
        try:
            parts.append(inflate.decompress(content))
        except zlib.error:
            break
        content = inflate.unused_data
    return b"".join(parts)


@cache
def _spellings(word: str) -> frozenset[bytes]:
    """The word in lower case as files may hold it: coded, and escaped as JSON, HTML and URLs do."""
    word = word.lower()
    coded = {word.encode(codec) for codec in _CODECS}
    urls = {quote(one).lower().encode() for one in coded}
    json = "".join(f"\\u{ord(sign):04x}" for sign in word)
    html = ("".join(f"&#{ord(sign)};" for sign in word), "".join(f"&#x{ord(s):x};" for s in word))
    return frozenset(coded | urls | {one.encode() for one in (json, *html)})


def _holds(content: bytes, word: str) -> bool:
    return any(one in content for one in _spellings(word))
