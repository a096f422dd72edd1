"""List the entries whose keeping time is over (PIPL-47): by key and village, without a name. Deletes nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from shanzhi.apps.places import selectors
from shanzhi.apps.places.selectors import rights


class Command(BaseCommand):
    help = "List the entries whose keeping time is over. A person deletes them, on the page “Keeping times”."

    def handle(self, *_args: Any, **_options: Any) -> None:
        county = selectors.county()
        today = timezone.localdate()
        due = rights.due_to_be_forgotten([county.pk], today=today) if county else []
        for each in due:
            told = (
                each.person.place.code,
                each.person.key,
                each.person.left,
                each.person.left_on,
                each.since,
                each.document,
            )
            self.stdout.write("\t".join(str(part) for part in told))
        rules = len(rights.keeping_rules(today)) if county else 0
        self.stderr.write(f"保存期限 keeping times: {rules}；到期 due: {len(due)}")
