"""What is wrong with the ground under the program when an error comes up: the disk, or the database.

| kind      | what happened                                            | what was sent           |
|-----------|----------------------------------------------------------|-------------------------|
| full      | no room on the disk                                      | is not saved            |
| read_only | the disk or the database takes no writing                | is not saved            |
| busy      | others held the database for longer than anyone waits    | is not saved            |
| gone      | the connection to the database broke, or there was none  | nobody here can tell    |
| broken    | the disk answers with faults, or the file is damaged     | nobody here can tell    |
"""

from __future__ import annotations

import errno
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import InterfaceError, OperationalError

FULL, READ_ONLY, BUSY, GONE, BROKEN = "full", "read_only", "busy", "gone", "broken"
SURE = frozenset({FULL, READ_ONLY, BUSY})  # here a refused write has left nothing

logger = logging.getLogger(__name__)

_SQLITE = {
    sqlite3.SQLITE_FULL: FULL, sqlite3.SQLITE_READONLY: READ_ONLY, sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY, sqlite3.SQLITE_CANTOPEN: GONE, sqlite3.SQLITE_IOERR: BROKEN,
    sqlite3.SQLITE_CORRUPT: BROKEN, sqlite3.SQLITE_NOTADB: BROKEN,
}  # fmt: skip
_SYSTEM = {
    errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY, errno.EIO: BROKEN,
}  # fmt: skip
# PostgreSQL, appendix A: whole codes first, then classes of two characters.
_POSTGRES = {
    "53100": FULL, "25006": READ_ONLY, "55P03": BUSY, "57014": BUSY, "40P01": BUSY, "40001": BUSY,
    "53": BUSY, "57": GONE, "08": GONE, "58": BROKEN, "XX": BROKEN,
}  # fmt: skip


def kind_of(error: BaseException | None) -> str | None:
    """The kind of trouble that lies behind an error; None when it is a fault of the program or of a request."""
    for each in _chain(error):
        if found := _kind(each):
            return found
    return None


@contextmanager
def passed_over(what: str) -> Iterator[None]:
    """For what is written only in passing while somebody reads: on a full or read-only disk he reads on all the same.

    Only around a transaction of its own, never inside one.
    """
    try:
        yield
    except (OperationalError, OSError) as error:
        kind = kind_of(error)
        if kind not in SURE:
            raise
        note(kind, what)


def note(kind: str, what: str) -> None:
    """For the operator: what failed, without a word of what was sent or by whom."""
    logger.error("trouble: %s (%s)", kind, what, extra={"figures": {"trouble": kind}})


def _kind(error: BaseException) -> str | None:
    if isinstance(error, sqlite3.Error):
        found = _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        return _of_disk(str(settings.VAR)) or found if found == BROKEN else found
    if isinstance(error, OSError) and error.errno in _SYSTEM:
        return _SYSTEM[error.errno]
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return _POSTGRES.get(state, _POSTGRES.get(state[:2]))
    # A connection that broke, or that never was, carries no code.
    if isinstance(error, OperationalError | InterfaceError) and not isinstance(
        error.__cause__, sqlite3.Error
    ):
        return None if getattr(error.__cause__, "sqlstate", None) else GONE
    return None


def _of_disk(folder: str) -> str | None:
    """SQLite calls every failed writing a fault of the disk; the disk itself says when it only takes none."""
    try:
        disk = os.statvfs(folder)
    except OSError:
        return None
    if disk.f_flag & os.ST_RDONLY:
        return READ_ONLY
    return FULL if disk.f_bavail == 0 else None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what led to it, the first cause last; each once."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
