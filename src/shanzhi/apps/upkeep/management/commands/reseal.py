"""Seal everything under the newest field key."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shanzhi.apps.upkeep.actions import reseal


class Command(BaseCommand):
    help = (
        "Seal every sealed value anew under the field key with the highest number, while people work. Afterwards an older "
        "key opens nothing in the database; backups made earlier still need it."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = reseal.reseal()
        for name, count in found.counts.items():
            self.stdout.write(f"  {name}: {count}")
        for each in found.spoiled:
            self.stderr.write(f"  {each}")
        if found.spoiled:
            raise CommandError(
                f"reseal: {len(found.spoiled)} values do not open, named above; they were left as they are."
            )
        self.stdout.write(f"reseal: everything is sealed under field-{next(iter(settings.FIELD_KEYS))}.key.")
