"""Putting a county back from a backup: looked at first, put in place only when all of it fits."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from shanzhi.apps.record import actions as record
from shanzhi.apps.record import guards
from shanzhi.apps.record import selectors as recorded
from shanzhi.apps.upkeep.bridge import archive, copies, fingerprints, places
from shanzhi.apps.upkeep.errors import Standing, Unusable

MOST_FAULTS = 50


@dataclass(slots=True)
class Restored:
    """What came back."""

    manifest: dict[str, Any]
    migrated: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    newest: dict[str, Any] | None = None
    moved_away: list[Path] = field(default_factory=list)  # what stood here before


def restore(
    *,
    path: Path,
    passphrase: str = "",
    over: bool = False,
    despite_faults: bool = False,
    by: str = recorded.SYSTEM,
) -> Restored:
    """Put a backup in place of nothing, or with `over` of the county that stands here.

    Raises Unusable or Standing with nothing changed. On SQLite the new database takes the old one's place in one step,
    and the old one stays beside it; on PostgreSQL the old tables are dropped once the backup has been found whole.
    """
    if places.stands() and not over:
        raise Standing("A county stands here. Stop its services; to put the backup in its place say --over.")
    with opened(path, passphrase) as (folder, manifest):
        here = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
        found = here(folder, manifest, despite_faults)
        record.write(
            by=by, act="record.restored", subject="backup", made_at=manifest["made_at"], faults=len(found.faults),
            audit=manifest["logs"].get("audit", {}).get("size", 0),
        )  # fmt: skip
        connection.close()
        return found


def rehearse(*, path: Path, passphrase: str = "") -> Restored:
    """Everything that a restore and the update after it would do, on a copy that is thrown away."""
    with opened(path, passphrase) as (folder, manifest):
        if connection.vendor == "sqlite":
            with places.elsewhere(str(folder / copies.SQLITE_FILE)):
                return _brought_up(manifest)
        with _scratch() as name, places.elsewhere(name):
            _fill(folder, manifest)
            return _brought_up(manifest)


@contextmanager
def opened(path: Path, passphrase: str = "") -> Iterator[tuple[Path, dict[str, Any]]]:
    """The files of a backup in a folder, and its manifest. Raises Unusable when it cannot be restored here."""
    folder = Path(tempfile.mkdtemp(prefix="restore-", dir=settings.VAR))
    try:
        manifest = archive.unpack(path, folder, passphrase)
        for check in (_same_database, _same_log, _keys_are_here, _known_migrations):
            check(manifest)
        yield folder, manifest
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _same_database(manifest: dict[str, Any]) -> None:
    if manifest["database"] != connection.vendor:
        raise Unusable(
            f"This backup was made on {manifest['database']}, this county is set up on {connection.vendor}. "
            "Set SHANZHI_POSTGRES (or take it away) to match."
        )


def _same_log(manifest: dict[str, Any]) -> None:
    if manifest["origin"] != settings.LOG_ORIGIN:
        raise Unusable(
            f"This is a backup of the log {manifest['origin']}, SHANZHI_LOG_ORIGIN says {settings.LOG_ORIGIN}. "
            "Set it to the name that stands on the county's papers."
        )


def _keys_are_here(manifest: dict[str, Any]) -> None:
    held = fingerprints.fingerprints()
    other = sorted(f"{name}.key" for name, said in manifest["keys"].items() if held.get(name) != said)
    if other:
        raise Unusable(
            f"The keys of this backup are not here: {', '.join(other)} in {settings.SECRETS} is missing or another "
            "one. Put the county's own key files there (mode 0600) first; without them nothing sealed can be read."
        )


def _known_migrations(manifest: dict[str, Any]) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    unknown = sorted(set(manifest["migrations"]) - known)
    if unknown:
        raise Unusable(
            f"This backup is from a newer program ({', '.join(unknown[:3])}). Update the program first, then restore."
        )


def _on_sqlite(folder: Path, manifest: dict[str, Any], despite_faults: bool) -> Restored:
    target, fresh = Path(connection.settings_dict["NAME"]), folder / copies.SQLITE_FILE
    if holders := places.held_open_by(target):
        raise Standing(
            f"The database is in use by process {holders[0]}. Stop the web and worker services first."
        )
    with places.elsewhere(str(fresh)):
        found = _brought_up(manifest, _refuse(despite_faults))
    places.settle(fresh)
    stamp = f".replaced-{timezone.localtime():%Y%m%d-%H%M%S}"
    if target.exists():
        places.settle(target)
        found.moved_away.append(target.replace(target.with_name(target.name + stamp)))
        for ending in ("-wal", "-shm"):
            target.with_name(target.name + ending).unlink(missing_ok=True)
    fresh.replace(target)
    _files(folder, found, stamp)
    return found


def _on_postgresql(folder: Path, manifest: dict[str, Any], despite_faults: bool) -> Restored:
    if places.stands():
        copies.drop_all(connection)
    _fill(folder, manifest)
    found = _brought_up(manifest, _refuse(despite_faults))
    _files(folder, found, f".replaced-{timezone.localtime():%Y%m%d-%H%M%S}")
    return found


def _fill(folder: Path, manifest: dict[str, Any]) -> None:
    """Tables of the shape that the backup had, and its rows in them."""
    executor = MigrationExecutor(connection)
    there = {tuple(each.split(".", 1)) for each in manifest["migrations"]}
    graph = executor.loader.graph
    ends = [node for node in there if not any(child.key in there for child in graph.node_map[node].children)]
    executor.migrate(sorted(ends))
    guards.remove(connection, guards.guarded())  # the migrations that follow put them back
    copies.load_postgresql(connection, folder, manifest["tables"])


def _brought_up(manifest: dict[str, Any], look: Callable[[list[str]], None] | None = None) -> Restored:
    """The rows brought to this program's shape, and everything recomputed."""
    loader = MigrationLoader(connection)
    missing = sorted(
        f"{app}.{name}" for app, name in loader.disk_migrations.keys() - loader.applied_migrations.keys()
    )
    call_command("migrate", interactive=False, verbosity=0)
    faults = []
    for fault in recorded.faults():
        faults.append(fault)
        if len(faults) >= MOST_FAULTS:
            break
    if recorded.state()["logs"] != manifest["logs"]:
        faults.append("the logs are not as long as the manifest says, or their roots differ")
    if look:
        look(faults)
    return Restored(manifest, missing, faults, recorded.state()["newest"])


def _refuse(despite_faults: bool) -> Callable[[list[str]], None]:
    def look(faults: list[str]) -> None:
        if faults and not despite_faults:
            raise Unusable(
                "The record in this backup does not fit together; nothing was put in place: "
                + "; ".join(faults[:5])
                + ". Use an older backup, or, when there is none, say --despite-faults."
            )

    return look


def _files(folder: Path, found: Restored, stamp: str) -> None:
    """Uploads and marks; what stood here is moved aside."""
    media = Path(settings.MEDIA_ROOT)
    if media.exists() and any(media.iterdir()):
        found.moved_away.append(media.replace(media.with_name(media.name + stamp)))
    if (folder / "media").exists():
        (folder / "media").replace(media)
    for name in places.MARKS:
        (settings.VAR / name).unlink(missing_ok=True)
        if (folder / name).exists():
            (folder / name).replace(settings.VAR / name)


@contextmanager
def _scratch() -> Iterator[str]:
    """A PostgreSQL database that is thrown away; the role must be allowed to make one."""
    name = f"{connection.settings_dict['NAME']}_rehearsal"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")
        cursor.execute(
            f"CREATE DATABASE {connection.ops.quote_name(name)} TEMPLATE template0 ENCODING 'UTF8'"
        )
    try:
        yield name
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")
