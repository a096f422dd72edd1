"""Put a county back from a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shanzhi.apps.upkeep.actions import restores
from shanzhi.apps.upkeep.errors import Standing, Unusable
from shanzhi.apps.upkeep.management import passphrase


class Command(BaseCommand):
    help = (
        "Put a county back from a backup: checks every digest and the keys, brings the tables up to this program, "
        "recomputes both logs, and only then puts it in place. Refuses over a county that stands here, unless --over."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--over", action="store_true", help="in place of the county that stands here")
        parser.add_argument(
            "--despite-faults",
            action="store_true",
            help="even when its logs do not fit: the only backup there is",
        )
        parser.add_argument(
            "--check", action="store_true", help="only look whether it could be restored here"
        )
        passphrase.add_argument(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        path, secret = options["file"], passphrase.read(options["passphrase_file"])
        try:
            if options["check"]:
                with restores.opened(path, secret) as (_folder, manifest):
                    self.stdout.write(f"restore: whole, of {manifest['made_at']}, and its keys are here.")
                return
            found = restores.restore(
                path=path, passphrase=secret, over=options["over"], despite_faults=options["despite_faults"]
            )
        except (Unusable, Standing) as refused:
            raise CommandError(str(refused)) from None
        self._say(found)

    def _say(self, found: restores.Restored) -> None:
        self.stdout.write(f"restore: the county as it was at {found.manifest['made_at']}.")
        for path in found.moved_away:
            self.stdout.write(f"  what stood here before lies in {path}")
        if found.migrated:
            self.stdout.write(f"  brought up to this program by {len(found.migrated)} migrations")
        for fault in found.faults:
            self.stderr.write(f"  {fault}")
        if found.newest:
            newest = found.newest
            self.stdout.write(
                f"  The newest published document is number {newest['number']}, posted on {newest['posted_on']}. Compare "
                "it with the newest notice on paper: what was published later has to be published again before "
                "anybody works."
            )
        else:
            self.stdout.write("  Nothing had been published yet.")
        self.stdout.write("  Next: start the services, and make a backup.")
