"""Make an operator's account: the first one of an installation, or one more when all are locked out.

Stands here and not beside the accounts, because only this floor knows the county that the role is granted over.
"""

from __future__ import annotations

import sys
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from shanzhi.apps.accounts import actions as accounts
from shanzhi.apps.places import selectors
from shanzhi.web.refusals import Refused, Wrong


class Command(BaseCommand):
    help = (
        "Make an account that looks after the county's accounts and settings. Asks for the password, or reads it "
        "from the first line of the standard input when that is not a terminal."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the sign-in name")
        parser.add_argument("--name", required=True, help="the person's own name")

    def handle(self, *_args: Any, **options: Any) -> None:
        county = selectors.county()
        if county is None:
            raise CommandError(_("There is no county yet. First: manage.py load_places FILE"))
        try:
            accounts.create_account(
                username=options["username"], name=options["name"], password=_password(), role="operator",
                scope=county.pk, by="system",
            )  # fmt: skip
        except Wrong as refusal:
            raise CommandError(" ".join(str(message) for message in refusal.messages)) from None
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from None
        self.stdout.write(
            _(
                "{name} may sign in now as operator of {county}, and make the other accounts on the page “Accounts”."
            ).format(name=options["name"], county=county.name)
        )


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first, again = getpass(_("Password: ")), getpass(_("Once more: "))
    if first != again:
        raise CommandError(_("The two passwords differ; no account was made."))
    return first
