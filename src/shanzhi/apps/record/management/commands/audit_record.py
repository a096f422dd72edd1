"""Recompute everything that the record holds, and name what was touched behind the database's back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shanzhi.apps.record import selectors


class Command(BaseCommand):
    help = (
        "Recompute both logs from their rows and name every row, tile, root or signature that does not fit. "
        "Fails when anything was found."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = 0
        for found, fault in enumerate(selectors.faults(), start=1):  # noqa: B007 - the last number is the count
            self.stderr.write(fault)
        if found:
            raise CommandError(f"audit_record: {found} faults found, named above.")
        self.stdout.write("audit_record: every event, document, tile, root and signature fits.")
