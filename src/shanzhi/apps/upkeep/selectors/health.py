"""Is this county able to work? Each question answers with a word for the operator; nothing of a county's content."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from shanzhi.apps.record import selectors as record

FINE = ""
MIB = 1 << 20
PATIENCE = timedelta(minutes=10)  # work that has waited longer has no worker


def faults() -> dict[str, str]:
    """What keeps the county from working, by what was asked; empty when it is ready."""
    asked: dict[str, Callable[[], str]] = {
        "database": _database,
        "migrations": _migrations,
        "disk": _disk,
        "keys": _keys,
        "worker": _worker,
        "backup": _backup,
    }
    found = {}
    for name, ask in asked.items():
        try:
            said = ask()
        except (DatabaseError, OSError) as wrong:
            said = f"could not be asked ({type(wrong).__name__})"
        if said:
            found[name] = said
        if name == "database" and said:
            break  # the others would only wait for it as well
    return found


def figures() -> Mapping[str, tuple[str, Mapping[str, float]]]:
    """What is so now: name -> (meaning, "of" -> value)."""
    waiting = _waiting()
    age = _backup_age()
    return {
        "log_entries": (
            "Entries of each log.",
            {name: log["size"] for name, log in record.state()["logs"].items()},
        ),
        "disk_free_bytes": (
            "Free space where the data lies.",
            {"data": shutil.disk_usage(settings.VAR).free},
        ),
        "tasks": ("Long work by its state.", waiting),
        "task_oldest_seconds": (
            "How long the oldest work has waited.",
            {"ready": _oldest_wait().total_seconds()},
        ),
        "backup_age_seconds": (
            "Since the newest backup.",
            {} if age is None else {"newest": age.total_seconds()},
        ),
        "not_ready": ("What /readyz finds wrong.", dict.fromkeys(faults(), 1.0)),
    }


def _database() -> str:
    """Reached, and writable: a row lock is taken and given back."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'")
            return "read-only" if cursor.fetchone()[0] else FINE
        cursor.execute("PRAGMA query_only")  # the transaction itself has taken the write lock
        path = str(connection.settings_dict["NAME"])
        return FINE if os.access(path, os.W_OK) else "read-only"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} not applied: run manage.py migrate" if missing else FINE


def _disk() -> str:
    free = shutil.disk_usage(settings.VAR).free // MIB
    return f"{free} MiB free, wanted {settings.DISK_FREE_MIB}" if free < settings.DISK_FREE_MIB else FINE


def _keys() -> str:
    return (
        FINE
        if settings.FIELD_KEYS and settings.LOOK_UP_KEYS and all(settings.LOG_KEYS.values())
        else "missing"
    )


def _worker() -> str:
    wait = _oldest_wait()
    minutes = int(wait.total_seconds() // 60)
    return (
        f"work has waited for {minutes} minutes: is the worker service running?" if wait > PATIENCE else FINE
    )


def _backup() -> str:
    if not settings.BACKUP_HOURS:
        return FINE
    age = _backup_age()
    if age is None:
        return "none was ever made: manage.py backup" if record.state()["newest"] else FINE
    return (
        f"the newest is {age // timedelta(hours=1)} hours old"
        if age > timedelta(hours=settings.BACKUP_HOURS)
        else FINE
    )


def _backup_age() -> timedelta | None:
    made = record.backed_up_at()
    return timezone.now() - made if made else None


def _waiting() -> dict[str, float]:
    queue = DBTaskResult.objects
    return {name: queue.filter(status=name.upper()).count() for name in ("ready", "running", "failed")}


def _oldest_wait() -> timedelta:
    due = DBTaskResult.objects.ready().order_by("enqueued_at")  # its own word for what may be begun now
    oldest = due.values_list("enqueued_at", flat=True).first()
    return timezone.now() - oldest if oldest else timedelta(0)
