"""Tombstones: keyed hashes that keep a forgotten page away without holding what it said.

They lie beside the database, so that neither its repair nor its loss brings a page back:

    forgotten.jsonl    one JSON object a line: keyed hashes of a page's URLs, ids and text units

Without the key nobody can tell from the hashes whether a given person's page was taken down.
"""

import hmac
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from scraper.errors import TombstonesError
from scraper.files import write_whole
from scraper.reading.sameness import is_distinctive, squeezed, squeezings
from scraper.record import timestamp
from scraper.tombstone_keys import KEYS, lines_of, new_key, read_keys, write_keys

TOMBSTONES = "forgotten.jsonl"
_TEXT_SIZE = 16  # bytes kept of the hash of a text or body
_TEXTS_CACHED = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """One page that was taken down; hashes in hexadecimal, made with the key that is named."""

    key: str
    site: str
    at: str  # RFC 3339 in UTC, to the second
    reason: str  # the operator's words
    urls: tuple[str, ...]
    ids: tuple[str, ...]  # of "site:source_id:language"
    texts: tuple[str, ...]
    bodies: tuple[str, ...] = ()  # of other pages, redacted: "before after", by their digests
    removed: int = 0  # captures
    redacted: int = 0  # captures of other pages
    unfinished: bool = False  # the takedown was begun: the page is not fetched, but still stored


@dataclass(frozen=True)
class Tombstones:
    """All tombstones of an archive; false when there is none."""

    entries: tuple[Tombstone, ...] = ()
    keys: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @cached_property
    def _covered(self) -> frozenset[tuple[str, str, str]]:
        return frozenset(
            (kind, entry.key, digest)
            for entry in self.entries
            for kind, digests in (("url", entry.urls), ("id", entry.ids), ("text", entry.texts))
            for digest in digests
        )

    def __bool__(self) -> bool:
        return bool(self.entries)

    @property
    def finished(self) -> "Tombstones":
        """The tombstones of pages that have been taken down completely."""
        return Tombstones(tuple(entry for entry in self.entries if not entry.unfinished), self.keys)

    @property
    def unfinished(self) -> "Tombstones":
        """The tombstones of takedowns that were begun and not completed."""
        return Tombstones(tuple(entry for entry in self.entries if entry.unfinished), self.keys)

    def covers_url(self, url: str) -> bool:
        """Whether a canonical URL is that of a forgotten page."""
        return self._covers("url", url)

    def covers_id(self, record_id: str) -> bool:
        """Whether "site:source_id:language" is the id of a forgotten record."""
        return self._covers("id", record_id)

    @cached_property
    def covers_text(self) -> Callable[[str], bool]:
        """Whether a whole line, title or excerpt is one of a forgotten page; cached."""
        return lru_cache(maxsize=_TEXTS_CACHED)(
            lambda text: (
                is_distinctive(text)
                and any(self._covers("text", _root(text) + form) for form in squeezings(text))
            )
        )

    def is_redacted(self, before: str, after: str | None = None) -> bool:
        """Whether the body of a digest was redacted, to one of another, by one takedown or more.

        A body that only now comes again may quote in ways that only that takedown could see.
        """
        return before != after and any(
            after is None or left == _digest(key, "body", after)
            for name, key in self.keys.items()
            for left in self._left(name, _digest(key, "body", before))
        )

    def _left(self, key: str, body: str) -> Iterator[str]:
        """Yield what takedowns left of a body, one after the other."""
        for _ in self.entries:
            if body := self._redactions.get((key, body), ""):
                yield body

    @cached_property
    def _redactions(self) -> dict[tuple[str, str], str]:
        pairs = ((entry.key, *body.split()) for entry in self.entries for body in entry.bodies)
        return {(key, before): after for key, before, after in pairs}

    def _covers(self, kind: str, value: str) -> bool:
        return any(
            (kind, name, _digest(key, kind, value)) in self._covered
            for name, key in self.keys.items()
        )


def load(folder: Path) -> Tombstones:
    """All tombstones of a folder with their keys, else TombstonesError: none is kept by halves."""
    entries = entries_in(folder)
    keys = read_keys(folder) if entries else {}
    for tombstone in entries:
        if tombstone.key not in keys:
            raise TombstonesError(f"{folder / KEYS} lacks the key {tombstone.key!r}; restore it.")
    return Tombstones(entries, keys)


def entries_in(folder: Path) -> tuple[Tombstone, ...]:
    """The tombstones without their keys, which the owner alone may read. Raises as `load`."""
    path = folder / TOMBSTONES
    lines = lines_of(path) if path.exists() else None
    if lines == []:
        raise TombstonesError(f"{path} is empty; restore it from a copy, or delete it.")
    return tuple(_tombstone_in(path, number, line) for number, line in enumerate(lines or (), 1))


def add(
    folder: Path,
    *,
    site: str,
    urls: Iterable[str],
    ids: Iterable[str],
    texts: Iterable[str],
    reason: str,
    at: datetime,
    unfinished: bool = False,
) -> Tombstone:
    """Add a tombstone, on disk when this returns; the archive's lock is the caller's.

    `texts` are the page's own words (`units_of`); those too short to tell a page are left out.
    Raises as `load`, and OSError.
    """
    existing = load(folder)
    keys = read_keys(folder)
    if not keys:
        keys = new_key()
        write_keys(folder, keys)
    name, key = next(iter(keys.items()))
    units = {_root(text) + squeezed(text) for text in texts if is_distinctive(text)}
    tombstone = Tombstone(
        key=name,
        site=site,
        at=timestamp(at),
        reason=reason,
        urls=tuple(sorted(_digest(key, "url", url) for url in set(urls))),
        ids=tuple(sorted(_digest(key, "id", record_id) for record_id in set(ids))),
        texts=tuple(sorted(_digest(key, "text", unit) for unit in units)),
        unfinished=unfinished,
    )
    _write_tombstones(folder, (*existing.entries, tombstone))
    return tombstone


def finish(
    folder: Path,
    tombstone: Tombstone,
    *,
    removed: int,
    redacted: int,
    bodies: Iterable[tuple[str, str]] = (),
    into: Path,
) -> Tombstone:
    """Write all tombstones into another folder, as finished, with the figures of this one.

    `removed` and `redacted` count captures; `bodies`: the digests of redacted ones, before and
    after. Raises as `add`.
    """
    key = read_keys(folder)[tombstone.key]
    hashed = (" ".join(_digest(key, "body", digest) for digest in pair) for pair in bodies)
    counted = replace(tombstone, removed=removed, redacted=redacted, bodies=tuple(sorted(hashed)))
    tombstones = (counted if other == tombstone else other for other in load(folder).entries)
    _write_tombstones(into, (replace(finished, unfinished=False) for finished in tombstones))
    return replace(counted, unfinished=False)


def merge(sources: Iterable[Path], into: Path) -> Tombstones:
    """Write the tombstones of several archives into one, each under the key it was made with.

    Those in `into` stay. Raises as `add`.
    """
    archives = [load(folder) for folder in (into, *sources)]
    tombstones = tuple(dict.fromkeys(entry for archive in archives for entry in archive.entries))
    if tombstones:
        keys = {name: key for archive in archives for name, key in archive.keys.items()}
        write_keys(into, keys)
        _write_tombstones(into, tombstones)
    return load(into)


def _digest(key: bytes, kind: str, value: str) -> str:
    digest = hmac.digest(key, f"{kind}\0{value}".encode("utf-8", "surrogatepass"), "sha256")
    return (digest[:_TEXT_SIZE] if kind in {"text", "body"} else digest).hex()


def _root(text: str) -> str:
    """What is hashed of a text before its letters and digits: a slash before a part of a path."""
    return "/" if text.startswith("/") else ""


def _tombstone_in(path: Path, number: int, line: str) -> Tombstone:
    try:
        return _checked(json.loads(line))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        why = f"line {number} of {path} is no tombstone ({type(error).__name__})"
        raise TombstonesError(f"{why}; restore the file from a copy.") from error


def _checked(payload: dict[str, Any]) -> Tombstone:
    """The tombstone in a line's JSON; raises KeyError, TypeError and the like unless it is one."""
    lists = {name: payload[name] for name in ("urls", "ids", "texts")}
    lists["bodies"] = payload.get("bodies", [])
    strings = [payload[name] for name in ("key", "site", "at", "reason")]
    strings += [digest for digests in lists.values() for digest in digests]
    counts = [payload["removed"], payload["redacted"], payload.get("unfinished", False)]
    for values, kind in ((lists.values(), list), (strings, str), (counts, int)):
        if not all(isinstance(value, kind) for value in values):
            raise TypeError("a value of the wrong type")
    if any(body.count(" ") != 1 for body in lists["bodies"]):
        raise ValueError("no pair of digests")
    return Tombstone(**payload | {name: tuple(digests) for name, digests in lists.items()})


def _write_tombstones(folder: Path, tombstones: Iterable[Tombstone]) -> None:
    lines = (json.dumps(asdict(tombstone), ensure_ascii=False) for tombstone in tombstones)
    write_whole(folder / TOMBSTONES, lines, 0o644)
