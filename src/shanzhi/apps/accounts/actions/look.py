"""How its owner wants to see pages."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from shanzhi.apps.accounts.models import Account
from shanzhi.web.look import Look
from shanzhi.web.refusals import Refused


@transaction.atomic
def keep_look(*, account: Account, look: Look, by: str) -> None:
    """Remember how its owner wants to see pages. Not in the record: it is nobody's business how well somebody sees."""
    if account.key != by:
        raise Refused(_("Nobody chooses for somebody else how pages look."))
    account.look = str(look)
    account.save(update_fields=["look"])
