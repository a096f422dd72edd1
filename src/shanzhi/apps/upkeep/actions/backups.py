"""Taking a county out as one file, while it goes on working."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from shanzhi.apps.record import actions as record
from shanzhi.apps.record import selectors as recorded
from shanzhi.apps.upkeep.bridge import archive, copies, fingerprints, places

PREFIX, ENDING = "shanzhi-", ".backup"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that lies on the disk, whole."""

    path: Path
    manifest: dict[str, Any]
    dropped: int  # older ones that were deleted for it


def make(*, into: Path, passphrase: str = "", keep: int = 0, by: str = recorded.SYSTEM) -> Made:
    """Write a backup into a folder (under a name of its own) or a file; record it. `keep` drops older ones of a folder.

    The file appears under its name only when all of it is on the disk.
    """
    now = timezone.localtime()
    target = into / f"{PREFIX}{now:%Y%m%d-%H%M%S}{ENDING}" if into.is_dir() else into
    draft = target.with_name(f".{target.name}.part")
    with _folder() as folder:
        try:
            with _copied(folder) as (files, about):
                said = {"made_at": now.isoformat(timespec="seconds"), "program": version("shanzhi"), **about}
                with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                    manifest = archive.pack(file, [*files, *places.county_files()], said, passphrase)
                    file.flush()
                    os.fsync(file.fileno())
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    dropped = _drop_older(into, keep) if into.is_dir() and keep else 0
    record.write(
        by=by, act=recorded.BACKED_UP, subject="backup", bytes=target.stat().st_size, sealed=bool(passphrase),
        public=manifest["logs"].get("public", {}).get("size", 0), audit=manifest["logs"].get("audit", {}).get("size", 0),
    )  # fmt: skip
    return Made(target, manifest, dropped)


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder beside the database, for its owner only, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="backup-", dir=settings.VAR))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _copied(folder: Path) -> Iterator[tuple[list[tuple[str, Path]], dict[str, Any]]]:
    """The rows as files and what is said about them, both of one moment."""
    if connection.vendor == "sqlite":
        files = list(copies.copy_sqlite(connection, folder))
        with places.copy_open(files[0][1]) as alias:
            about = _about(alias)
        yield files, about
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        tables = copies.tables_of(connection)
        files = list(copies.copy_postgresql(connection, folder, tables))
        about = {**_about("default"), "tables": tables}
    yield files, about


def _about(alias: str) -> dict[str, Any]:
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    return {
        "database": connection.vendor,
        "origin": settings.LOG_ORIGIN,
        "keys": fingerprints.fingerprints(),
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
        **recorded.state(alias),
    }


def _drop_older(folder: Path, keep: int) -> int:
    older = sorted(folder.glob(f"{PREFIX}*{ENDING}"))[:-keep]
    for path in older:
        path.unlink()
    return len(older)
