"""Say which guard holds each table that only grows, and put in place what is missing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from shanzhi.apps.record import guards


class Command(BaseCommand):
    help = (
        "Say for every table that only grows whether the database refuses to change or delete its rows: by triggers, "
        "or because the role that serves the pages has no right to. Fails while a table is open."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--install", action="store_true", help="put missing triggers in place (as the tables' owner)"
        )
        parser.add_argument(
            "--serving-role",
            metavar="ROLE",
            help="PostgreSQL: give this role what serving needs, without the right to change what was recorded. "
            "Run it as the owner, after every update; the web and worker services then sign in as ROLE.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["serving_role"] and connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles; here the triggers are the guard.")
        if (options["install"] or options["serving_role"]) and not guards.install(
            connection, guards.guarded()
        ):
            self.stdout.write(
                "This database takes no triggers: the rights of the serving role are the guard."
            )
        if options["serving_role"]:
            guards.serve_as(connection, options["serving_role"])
            self.stdout.write(
                f"{options['serving_role']}: may read and add; may not change what was recorded."
            )
        self._say()

    def _say(self) -> None:
        every = sorted(model._meta.db_table for model in guards.guarded())
        loose = {each.table: each for each in guards.loose(connection)}
        open_now = guards.open_tables(connection)
        for table in every:
            each = loose.get(table)
            lacks = f"without {', '.join(each.missing)}" if each and each.missing else "triggers"
            if connection.vendor == "postgresql":
                lacks += (
                    f"; this role may {', '.join(each.granted)}"
                    if each and each.granted
                    else "; rights revoked"
                )
            self.stdout.write(f"{'OPEN' if table in open_now else 'shut'}  {table}: {lacks}")
        if open_now:
            raise CommandError(
                f"guard_record: {len(open_now)} of {len(every)} tables are open. Run `manage.py guard_record --install` "
                "as the tables' owner; where triggers are refused, serve as a role made with --serving-role."
            )
        self.stdout.write(f"guard_record: {len(every)} of {len(every)} tables are guarded.")
