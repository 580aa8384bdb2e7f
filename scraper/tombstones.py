"""Tombstones: keyed hashes that keep a forgotten page away without holding what it said.

They lie beside the database, so that neither its repair nor its loss brings a page back:

    forgotten.jsonl    one JSON object a line: keyed hashes of a page's URLs, ids and text units
    forgotten.key      one random key a line, "id hex"; two after a merge; for the owner's eyes only

Without the key nobody can tell from the hashes whether a given person's page was taken down.
"""

import hmac
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from scraper.errors import TombstonesError
from scraper.files import write_whole
from scraper.reading.sameness import is_distinctive, squeezed, squeezings
from scraper.record import timestamp

TOMBSTONES, KEYS = "forgotten.jsonl", "forgotten.key"
_KEY_SIZE = 32  # bytes
_TEXT_SIZE = 16  # bytes kept of the hash of a text
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

    def _covers(self, kind: str, value: str) -> bool:
        return any(
            (kind, name, _digest(key, kind, value)) in self._covered
            for name, key in self.keys.items()
        )


def load(folder: Path) -> Tombstones:
    """The tombstones in an archive's folder.

    Raises TombstonesError when they or a key cannot be read: nothing may be forgotten by halves.
    """
    path = folder / TOMBSTONES
    if not path.exists():
        return Tombstones()
    lines = _lines(path)
    if not lines:
        raise TombstonesError(f"{path} is empty; restore it from a copy, or delete it.")
    keys = _read_keys(folder)
    tombstones = tuple(_tombstone_in(path, number, line) for number, line in enumerate(lines, 1))
    for tombstone in tombstones:
        if tombstone.key not in keys:
            raise TombstonesError(f"{folder / KEYS} lacks the key {tombstone.key!r}; restore it.")
    return Tombstones(tombstones, keys)


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
    keys = _read_keys(folder)
    if not keys:
        key = secrets.token_bytes(_KEY_SIZE)
        keys = {_name(key): key}
        _write_keys(folder, keys)
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
    folder: Path, tombstone: Tombstone, *, removed: int, redacted: int, into: Path
) -> Tombstone:
    """Write all tombstones into another folder, as finished, with the counts of this one.

    `removed` and `redacted` count captures. Raises as `add`.
    """
    counted = replace(tombstone, removed=removed, redacted=redacted)
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
        _write_keys(into, keys)
        _write_tombstones(into, tombstones)
    return load(into)


def _digest(key: bytes, kind: str, value: str) -> str:
    digest = hmac.digest(key, f"{kind}\0{value}".encode("utf-8", "surrogatepass"), "sha256")
    return (digest[:_TEXT_SIZE] if kind == "text" else digest).hex()


def _root(text: str) -> str:
    """What is hashed of a text before its letters and digits: a slash before a part of a path."""
    return "/" if text.startswith("/") else ""


def _name(key: bytes) -> str:
    return sha256(key).hexdigest()[:8]


def _lines(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8") as file:
            return [line.rstrip("\n") for line in file]  # `splitlines` splits within a reason, too
    except (OSError, UnicodeDecodeError) as error:
        raise TombstonesError(f"{path} cannot be read ({error}); restore it.") from error


def _read_keys(folder: Path) -> dict[str, bytes]:
    path = folder / KEYS
    keys = {}
    for line in _lines(path) if path.exists() else ():
        name, _, written = line.partition(" ")
        try:
            key = bytes.fromhex(written)
        except ValueError:
            key = b""
        if len(key) != _KEY_SIZE or name != _name(key):
            raise TombstonesError(f"{path} holds a damaged key {name[:20]!r}; restore it.")
        keys[name] = key
    return keys


def _tombstone_in(path: Path, number: int, line: str) -> Tombstone:
    try:
        return _checked(json.loads(line))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        why = f"line {number} of {path} is no tombstone ({type(error).__name__})"
        raise TombstonesError(f"{why}; restore the file from a copy.") from error


def _checked(payload: dict[str, Any]) -> Tombstone:
    """The tombstone in a line's JSON; raises KeyError, TypeError and the like unless it is one."""
    lists = {name: payload[name] for name in ("urls", "ids", "texts")}
    strings = [payload[name] for name in ("key", "site", "at", "reason")]
    strings += [digest for digests in lists.values() for digest in digests]
    counts = [payload["removed"], payload["redacted"], payload.get("unfinished", False)]
    for values, kind in ((lists.values(), list), (strings, str), (counts, int)):
        if not all(isinstance(value, kind) for value in values):
            raise TypeError("a value of the wrong type")
    return Tombstone(**payload | {name: tuple(digests) for name, digests in lists.items()})


def _write_tombstones(folder: Path, tombstones: Iterable[Tombstone]) -> None:
    lines = (json.dumps(asdict(tombstone), ensure_ascii=False) for tombstone in tombstones)
    write_whole(folder / TOMBSTONES, lines, 0o644)


def _write_keys(folder: Path, keys: Mapping[str, bytes]) -> None:
    write_whole(folder / KEYS, (f"{name} {key.hex()}" for name, key in keys.items()), 0o600)
