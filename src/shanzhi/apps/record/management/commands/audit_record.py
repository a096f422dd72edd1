"""Recompute everything that the record holds, and name what was touched behind the database's back."""

from __future__ import annotations

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from shanzhi.apps.record import guards, selectors


class Command(BaseCommand):
    help = (
        "Recompute both logs from their rows and name every row, tile, root or signature that does not fit. "
        "Exit code 0: all fits; 1: something was found, or the database could not be read. Says too when a guard is open."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--json",
            action="store_true",
            help="one JSON object a fault on standard output, and one at the end",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        self.as_json = options["json"]
        began, found = time.monotonic(), 0
        for found, fault in enumerate(selectors.faults(), start=1):  # noqa: B007 - the last number is the count
            if self.as_json:
                self.stdout.write(json.dumps({"fault": fault}, ensure_ascii=False))
            else:
                self.stderr.write(fault)
        self._end(found, guards.open_tables(connection), time.monotonic() - began)

    def _end(self, found: int, open_now: list[str], seconds: float) -> None:
        if self.as_json:
            logs = selectors.state()["logs"]
            end = {"faults": found, "logs": logs, "unguarded": open_now, "seconds": round(seconds, 1)}
            self.stdout.write(json.dumps(end))
        elif open_now:
            self.stderr.write(f"not guarded: {', '.join(open_now)} (manage.py guard_record)")
        if found:
            raise CommandError(f"audit_record: {found} faults found, named above.")
        if not self.as_json:
            self.stdout.write("audit_record: every event, document, tile, root and signature fits.")
