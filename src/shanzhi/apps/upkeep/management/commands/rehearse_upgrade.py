"""Try this program on a backup, before it is let near the county."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shanzhi.apps.upkeep.actions import restores
from shanzhi.apps.upkeep.errors import Unusable
from shanzhi.apps.upkeep.management import passphrase


class Command(BaseCommand):
    help = (
        "Restore a backup into a scratch place, bring it up to this program, recompute both logs, say how long it took, "
        "and throw it away. The county itself is not touched."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        passphrase.add_argument(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            found = restores.rehearse(
                path=options["file"], passphrase=passphrase.read(options["passphrase_file"])
            )
        except Unusable as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"rehearse_upgrade: the county of {found.manifest['made_at']}, on a copy.")
        for name in found.migrated:
            self.stdout.write(f"  {name}")
        for fault in found.faults:
            self.stderr.write(f"  {fault}")
        if found.faults:
            raise CommandError(
                f"{len(found.faults)} faults after the upgrade: do not upgrade the county yet."
            )
        self.stdout.write(
            f"  {len(found.migrated)} migrations; every event, document, tile, root and signature fits "
            f"({time.monotonic() - began:.0f} s)."
        )
