"""Who comes second is refused, and the lock is given back."""

import fcntl
import threading
from contextlib import closing
from pathlib import Path

import pytest

from pipelines import lock
from pipelines.archive import Archive
from pipelines.errors import ArchiveBusyError, StorageError


def test_who_comes_second_is_told_so_without_a_look_at_the_database(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_bytes(b"no database, which a look would tell")
    with closing(lock.take(tmp_path)), pytest.raises(ArchiveBusyError):
        lock.claim(tmp_path)


def test_a_question_whether_the_archive_is_locked_refuses_nobody(tmp_path: Path) -> None:
    lock.take(tmp_path).close()
    reader = (tmp_path / "lock").open()
    fcntl.flock(reader, fcntl.LOCK_SH)
    threading.Timer(0.1, reader.close).start()
    lock.take(tmp_path).close()


def test_a_lock_is_given_back_when_the_database_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_bytes(b"no database, which a look tells")
    with pytest.raises(StorageError, match="verify --repair"):
        lock.claim(tmp_path)
    lock.take(tmp_path).close()


def test_the_lock_is_given_back(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path)
    with pytest.raises(ArchiveBusyError):
        lock.take(tmp_path)
    archive.close()
    lock.take(tmp_path).close()
