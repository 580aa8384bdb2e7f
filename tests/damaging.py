"""Damage to files, as disks do it."""

from pathlib import Path


def flip(path: Path, *places: int, bit: int = 4) -> None:
    """Flip a bit of each of these bytes."""
    data = bytearray(path.read_bytes())
    for place in places:
        data[place] ^= bit
    path.write_bytes(data)


def flip_in_the_middle(path: Path) -> None:
    flip(path, path.stat().st_size // 2)
