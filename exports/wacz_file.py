"""The container: a zip whose members are told, with their digests, in `datapackage.json`."""

import hashlib
import json
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from pipelines.disk import unreadable_file_error
from scraper.record import timestamp
from scraper.settings import USER_AGENT

_CHUNK = 1_048_576  # bytes
_DATES = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)  # the first and last that a zip can tell


class Committed:
    """Parts of a WARC that belong to the archive, as one stream; what a crawl appends is none."""

    def __init__(self, path: Path, parts: Iterable[range]) -> None:
        """Begin at the first part, a range of bytes. Raises StorageError without the file."""
        self.path = path
        self._parts = deque(parts)
        with self._told():
            self._file = path.open("rb")

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes of one part, none at the end. Raises StorageError when it is cut."""
        if not self._parts:
            return b""
        part = self._parts.popleft()
        wanted = part if size < 0 else part[:size]
        with self._told():
            self._file.seek(part.start)
            data = self._file.read(len(wanted))
            if wanted and not data:
                raise OSError(f"{len(part)} bytes are missing")
        if rest := part[len(data) :]:
            self._parts.appendleft(rest)
        return data

    def chunks(self) -> Iterator[bytes]:
        """All that is left, a megabyte at a time. Raises as `read`."""
        while chunk := self.read(_CHUNK):
            yield chunk

    def close(self) -> None:
        self._file.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise unreadable_file_error(self.path, error) from error


class WaczFile:
    """A WACZ being written. Only `close` makes it a whole one."""

    def __init__(self, file: ZipFile, created: datetime) -> None:
        self._zip = file
        self._created = created
        self._date = min(max(created.timetuple()[:6], _DATES[0]), _DATES[1])
        self._resources: list[dict[str, Any]] = []

    def add(self, path: str, chunks: Iterable[bytes], *, packed: bool) -> None:
        """A member of the zip, deflated when `packed`, in the chunks it comes in."""
        info = ZipInfo(path, self._date)
        info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as member:
            for chunk in chunks:
                member.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self._resources.append({
            "name": path.rpartition("/")[2].lower(),
            "path": path,
            "hash": f"sha256:{digest.hexdigest()}",
            "bytes": size,
        })  # fmt: skip

    def close(self, title: str) -> None:
        """Tell what is in it, and the digest of that."""
        package = {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": title,
            "created": timestamp(self._created),
            "software": USER_AGENT,
            "resources": self._resources,
        }
        told = json.dumps(package, indent=1, ensure_ascii=False).encode()
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(told).hexdigest()}"}
        for name, content in (
            ("datapackage.json", told),
            ("datapackage-digest.json", json.dumps(digest).encode()),
        ):
            info = ZipInfo(name, self._date)
            self._zip.writestr(info, content, ZIP_DEFLATED)
