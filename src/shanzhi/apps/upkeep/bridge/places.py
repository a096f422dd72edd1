"""Where things lie: the database under another name for a while, files that belong to a county, who holds one open."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

MARKS = (
    "sample.txt",
    "demo_sign_ins.txt",
)  # build_sample leaves them: a restored sample county still says so


@contextmanager
def copy_open(path: Path) -> Iterator[str]:
    """A copied SQLite file as a database of its own, under the alias that is handed out."""
    alias = "copy"
    connections.databases[alias] = {**connection.settings_dict, "NAME": str(path), "OPTIONS": {}}
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias], connections.databases[alias]


@contextmanager
def elsewhere(name: str) -> Iterator[None]:
    """The same code on another database: until the end of the block every query goes there."""
    held = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = held


def county_files() -> Iterator[tuple[str, Path]]:
    """Uploads and marks. Never keys, whatever folder they were put into."""
    media = Path(settings.MEDIA_ROOT)
    secrets = Path(settings.SECRETS).resolve()
    for path in sorted(media.rglob("*")) if media.exists() else ():
        if path.is_file() and not path.is_symlink() and secrets not in path.resolve().parents:
            yield f"media/{path.relative_to(media).as_posix()}", path
    for name in MARKS:
        if (path := settings.VAR / name).is_file():
            yield name, path


def stands() -> bool:
    """Whether a county is here already: a database with tables in it."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        if not path.exists() or not path.stat().st_size:
            return False
    there = bool(connection.introspection.table_names())
    connection.close()
    return there


def held_open_by(path: Path) -> list[int]:
    """Processes that have this database open, as far as this machine tells (Linux)."""
    found, wanted = [], str(path.resolve())
    for folder in Path("/proc").glob("[0-9]*/fd"):
        if int(folder.parent.name) == os.getpid():
            continue
        try:
            if any(os.readlink(each) == wanted for each in folder.iterdir()):
                found.append(int(folder.parent.name))
        except OSError:  # another account's process, or one that has just ended
            continue
    return found


def settle(path: Path) -> None:
    """Everything of a SQLite database into its one file, so that it can be moved."""
    one = sqlite3.connect(path)
    try:
        one.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        one.execute("PRAGMA journal_mode=DELETE")
    finally:
        one.close()
