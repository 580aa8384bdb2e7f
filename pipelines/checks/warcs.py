"""The bytes of a WARC: whether they are those that were committed, and which are not."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipelines.checks.finding import RESTORE, Finding
from pipelines.disk import sha256_of
from pipelines.warcs.files import compressed
from pipelines.warcs.records import payload_digest
from pipelines.warcs.walk import Damage, Member, Record, is_readable, members, record_in

_CHECK = "warcs"
_ALTERED = "the record can be read, but these bytes are not those that were written"
_TOO_LONG = "what its HTTP head says is read by no program with its usual settings"
_ASK_FOR_MORE = "nothing mends it; fastwarc reads it with a larger max_header_len"
_OTHERWISE = "some bytes are not those that were written, in records that can be read"


class Committed(NamedTuple):
    """A row of the table `warcs`."""

    name: str
    size: int
    sha256: str


def contents(path: Path, row: Committed) -> Iterator[Record | Damage | Finding]:
    """Every record of a WARC, each range that holds none, and what else is wrong with the file.

    Only bytes that were committed count. What a flipped bit leaves readable (a name in a gzip
    header, bits that pad a byte, another way to say the same) is told by the file's digest; which
    byte it was is told by compressing each record again. Raises OSError.
    """
    there = path.stat().st_size if path.is_file() else 0
    end = min(there, row.size)
    as_written = there >= row.size and sha256_of(path, end) == row.sha256
    whole, damaged, altered = 0, False, []
    for found in _joined(_members(path, end, row.size)):
        if isinstance(found, Damage):
            damaged = True
            yield found
            continue
        record = record_in(path, found)
        yield record
        whole += 1
        if isinstance(record, Damage):
            damaged = True
        else:
            yield from _digests(row.name, record)
            if not is_readable(found):
                fault = _fault(row.name, record.offset, record.length, _TOO_LONG)
                yield fault._replace(todo=_ASK_FOR_MORE)
        if not as_written and (span := _altered(found)) is not None:
            altered.append(span)
    if len(altered) * 2 > whole:  # another compressor wrote the file: its output tells nothing
        yield _fault(row.name, 0, row.size, _OTHERWISE)
    elif altered:
        yield from (_fault(row.name, *span, _ALTERED) for span in altered)
    elif not as_written and not damaged:
        yield _fault(row.name, 0, row.size, "these are not the bytes that were committed")


def _members(path: Path, end: int, size: int) -> Iterator[Member | Damage]:
    """Those up to byte `end`; what is missing up to `size` is damage."""
    if end:
        yield from members(path, end)
    if end < size:
        yield Damage(path, end, size - end, "the file ends before" if end else "nothing is there")


def _joined(found: Iterator[Member | Damage]) -> Iterator[Member | Damage]:
    """Damage that follows on damage is one range."""
    before: Damage | None = None
    for one in found:
        if isinstance(one, Member):
            if before is not None:
                yield before
                before = None
            yield one
        elif before is not None:
            before = before._replace(length=before.length + one.length)
        else:
            before = one
    if before is not None:
        yield before


def _digests(name: str, record: Record) -> Iterator[Finding]:
    """What a record says of its own content."""
    if not record.has_its_digest:
        yield _fault(name, record.offset, record.length, "its WARC-Block-Digest is another")
    if record.kind == "response":
        body = hashlib.sha256(record.http_body).hexdigest()
        if record.headers.get("WARC-Payload-Digest") != payload_digest(body):
            yield _fault(name, record.offset, record.length, "its WARC-Payload-Digest is another")


def _altered(member: Member) -> tuple[int, int] | None:
    """Offset and length of what is not as our compressor writes it; None when all is."""
    written = b"".join(compressed(member.content))
    if written == member.raw:
        return None
    if len(written) != len(member.raw):
        return member.offset, member.length
    other = [n for n, pair in enumerate(zip(written, member.raw, strict=True)) if len({*pair}) > 1]
    return member.offset + other[0], other[-1] - other[0] + 1


def _fault(name: str, offset: int, length: int, what: str) -> Finding:
    return Finding(_CHECK, f"warc/{name}", what, RESTORE, offset, length)
