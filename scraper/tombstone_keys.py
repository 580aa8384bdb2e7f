"""The keys with which the hashes of tombstones are made.

forgotten.key      one random key a line, "id hex"; two after a merge; for the owner's eyes only
"""

import secrets
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from scraper.errors import TombstonesError
from scraper.files import write_whole

KEYS = "forgotten.key"
_KEY_SIZE = 32  # bytes


def new_key() -> dict[str, bytes]:
    """A key by its name."""
    key = secrets.token_bytes(_KEY_SIZE)
    return {_name(key): key}


def read_keys(folder: Path) -> dict[str, bytes]:
    path = folder / KEYS
    keys = {}
    for line in lines_of(path) if path.exists() else ():
        name, _, written = line.partition(" ")
        try:
            key = bytes.fromhex(written)
        except ValueError:
            key = b""
        if len(key) != _KEY_SIZE or name != _name(key):
            raise TombstonesError(f"{path} holds a damaged key {name[:20]!r}; restore it.")
        keys[name] = key
    return keys


def write_keys(folder: Path, keys: Mapping[str, bytes]) -> None:
    write_whole(folder / KEYS, (f"{name} {key.hex()}" for name, key in keys.items()), 0o600)


def lines_of(path: Path) -> list[str]:
    """The lines of a file of tombstones; raises TombstonesError if it cannot be read."""
    try:
        with path.open(encoding="utf-8") as file:
            return [line.rstrip("\n") for line in file]  # `splitlines` splits within a reason, too
    except (OSError, UnicodeDecodeError) as error:
        raise TombstonesError(f"{path} cannot be read ({error}); restore it.") from error


def _name(key: bytes) -> str:
    return sha256(key).hexdigest()[:8]
