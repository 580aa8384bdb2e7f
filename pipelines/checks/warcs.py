"""Checks the bytes of a WARC: whether they are those that were committed, and which are not."""

import hashlib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

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


def contents(path: Path, committed: int, sha256: str) -> Iterator[Record | Damage | Finding]:
    """Yield every record of a WARC, each damaged range, and what else is wrong with the file.

    Only the `committed` bytes are checked, whose digest was `sha256`. A flipped bit may leave a
    record readable (in the name of a gzip header, in padding, in another encoding of the same
    data): the file's digest detects it, and compressing each record again shows where it is. Raises
    OSError.
    """
    end = min(path.stat().st_size if path.is_file() else 0, committed)
    is_as_written = end == committed and sha256_of(path, end) == sha256
    count, is_damaged, altered = 0, False, []
    for member in _with_joined_damage(_members(path, end, committed)):
        if isinstance(member, Damage):
            is_damaged = True
            yield member
            continue
        record = record_in(path, member)
        yield record
        count += 1
        if isinstance(record, Damage):
            is_damaged = True
        else:
            yield from _wrong_digests(path.name, record)
            if not is_readable(member):
                finding = _finding(path.name, record.offset, record.length, _TOO_LONG)
                yield finding._replace(todo=_ASK_FOR_MORE)
        if not is_as_written and (altered_range := _altered_range(member)) is not None:
            altered.append(altered_range)
    if len(altered) * 2 > count:  # another compressor wrote the file: ranges mean nothing
        yield _finding(path.name, 0, committed, _OTHERWISE)
    elif altered:
        for offset, length in altered:
            yield _finding(path.name, offset, length, _ALTERED)
    elif not is_as_written and not is_damaged:
        yield _finding(path.name, 0, committed, "these are not the bytes that were committed")


def _members(path: Path, end: int, size: int) -> Iterator[Member | Damage]:
    """The members up to byte `end`; what is missing up to `size` is damage."""
    if end:
        yield from members(path, end)
    if end < size:
        yield Damage(path, end, size - end, "the file ends before" if end else "nothing is there")


def _with_joined_damage(members: Iterator[Member | Damage]) -> Iterator[Member | Damage]:
    """The same with successive damaged ranges made one."""
    for kind, group in groupby(members, type):
        if kind is Damage:
            first = next(group)
            yield first._replace(length=first.length + sum(damage.length for damage in group))
        else:
            yield from group


def _wrong_digests(name: str, record: Record) -> Iterator[Finding]:
    """Yield the digests in a record that are not those of its content."""
    if not record.has_its_digest:
        yield _finding(name, record.offset, record.length, "its WARC-Block-Digest is another")
    if record.kind == "response":
        body = hashlib.sha256(record.http_body).hexdigest()
        if record.headers.get("WARC-Payload-Digest") != payload_digest(body):
            yield _finding(name, record.offset, record.length, "its WARC-Payload-Digest is another")


def _altered_range(member: Member) -> tuple[int, int] | None:
    """Offset and length of the bytes that our compressor writes otherwise; None if there are none.

    The whole member where the lengths differ.
    """
    expected = b"".join(compressed(member.content))
    if expected == member.raw:
        return None
    if len(expected) != len(member.raw):
        return member.offset, member.length
    pairs = enumerate(zip(expected, member.raw, strict=True))
    differing = [index for index, (ours, theirs) in pairs if ours != theirs]
    first, last = differing[0], differing[-1]
    return member.offset + first, last - first + 1


def _finding(name: str, offset: int, length: int, what: str) -> Finding:
    return Finding(_CHECK, f"warc/{name}", what, RESTORE, offset, length)
