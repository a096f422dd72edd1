"""Make the search tables anew: the spellings of names, and the keyed hashes of the last four of ID numbers."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from shanzhi.apps.places import actions, selectors
from shanzhi.apps.record import actions as record


class Command(BaseCommand):
    help = (
        "Make the search tables anew, after a restored backup or new look-up keys. Searches go on meanwhile."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        county = selectors.county()
        names, people = actions.rebuild_index(scope=county.pk if county else None, by=record.SYSTEM)
        self.stdout.write(f"姓名 names {names:,}，人员 people {people:,}")
