"""Write the whole county into one file, while it goes on working."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from shanzhi.apps.upkeep.actions import backups
from shanzhi.apps.upkeep.management import passphrase


class Command(BaseCommand):
    help = (
        "Write database and uploads into one file, of one moment, while the county goes on working. Keys are never in "
        "it. A folder gets a file of its own name; --keep drops older ones there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "target", type=Path, help="a folder that exists, or the name of the file to write"
        )
        parser.add_argument(
            "--keep", type=int, default=0, help="how many of the folder's newest backups stay (0: all)"
        )
        passphrase.add_argument(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        into: Path = options["target"]
        if not into.is_dir() and not into.parent.is_dir():
            raise CommandError(f"There is no folder {into.parent}.")
        if into.is_file():
            raise CommandError(f"{into} is there already. Name another file, or a folder.")
        secret = passphrase.read(options["passphrase_file"])
        try:
            made = backups.make(into=into, passphrase=secret, keep=options["keep"])
        except (OSError, DatabaseError) as wrong:
            raise CommandError(f"No backup was made: {wrong}") from wrong
        logs = made.manifest["logs"]
        self.stdout.write(
            f"backup: {made.path} ({made.path.stat().st_size:,} bytes, {'sealed' if secret else 'NOT sealed'})"
        )
        for name, log in logs.items():
            self.stdout.write(f"  {name} log: {log['size']} entries, root {log['root']}")
        if made.dropped:
            self.stdout.write(f"  {made.dropped} older ones were dropped")
        self.stdout.write("  The keys are not in it: keep them on paper or a stick, apart from this file.")
