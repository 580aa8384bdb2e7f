"""Searches every file of a folder for words, also packed, encoded or escaped ones."""

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


def occurrences(folder: Path, words: tuple[str, ...]) -> list[str]:
    """Return "place: word" for each word that occurs in the folder, file names included."""
    return sorted(
        {
            f"{place}: {word}"
            for path in folder.rglob("*")
            if path.is_file()
            for place, content in _unpacked(str(path.relative_to(folder)), path.read_bytes())
            for lowered in [place.lower().encode() + b"\n" + content.lower()]
            for word in words
            if _contains(lowered, word)
        }
    )


def _unpacked(place: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The content, and everything packed in it: gzip, WARC records, zip members."""
    yield place, content
    if content.startswith(b"\x1f\x8b"):
        yield from _unpacked(f"{place}!", _inflated(content))
    if content.startswith(b"WARC/"):
        for record in ArchiveIterator(io.BytesIO(content)):
            headers = str(record.rec_headers) + str(record.http_headers or "")
            yield place, headers.encode("utf-8", "surrogateescape")
            body = record.content_stream().read()
            if record.http_headers is None or not record.http_headers.get("Content-Encoding"):
                continue  # it stands in the WARC as it is
            yield from _unpacked(f"{place} {record.rec_headers.get_header('WARC-Record-ID')}", body)
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            yield from _unpacked(f"{place}/{name}", packed.read(name))


def _inflated(content: bytes) -> bytes:
    """Inflate all gzip members, the last one as far as it is whole."""
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
    urls = {quote(encoded).lower().encode() for encoded in coded}
    json = "".join(f"\\u{ord(sign):04x}" for sign in word)
    html = ("".join(f"&#{ord(sign)};" for sign in word), "".join(f"&#x{ord(s):x};" for s in word))
    return frozenset(coded | urls | {escaped.encode() for escaped in (json, *html)})


def _contains(content: bytes, word: str) -> bool:
    return any(spelling in content for spelling in _spellings(word))
