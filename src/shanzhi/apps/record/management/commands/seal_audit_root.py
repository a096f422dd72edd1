"""Put the root of the audit trail into the public log now: for a timer in the evening."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.module_loading import import_string

from shanzhi.apps.record import actions


class Command(BaseCommand):
    help = (
        "Seal the audit trail into the public log. The first action of a day does the same for the days before; "
        "a timer in the evening leaves no night in between."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        county = import_string(settings.COUNTY)()
        if county is None:
            raise CommandError("This county has not been set up yet: load its divisions first.")
        code, name, scope = county
        document = actions.seal_audit_root(
            county_code=code, county_name=name, scope=scope, today=timezone.localdate()
        )
        actions.sign_for_reader("audit")  # should the last time have ended between sealing and signing
        if document is None:
            self.stdout.write("seal_audit_root: nothing has happened since the last time.")
        else:
            self.stdout.write(f"seal_audit_root: document {document.number}.")
