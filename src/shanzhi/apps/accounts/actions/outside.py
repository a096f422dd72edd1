"""Identities of other houses that sign an account in: linked by its holder or an operator, never found by a name."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shanzhi.apps.accounts import selectors
from shanzhi.apps.accounts.actions.trail import NOBODY, write
from shanzhi.apps.accounts.models import Account, OutsideIdentity
from shanzhi.apps.record import actions as record
from shanzhi.web.refusals import Refused


@transaction.atomic
def note_refused(*, provider: str, account: Account | None = None) -> None:
    """Record that an outside identity opened nothing: it is linked to no account, or to one that is closed."""
    if account:
        write(NOBODY, "accounts.outside_refused", account, provider=provider)
    else:
        record.write(by=NOBODY, act="accounts.outside_refused", subject=f"provider:{provider}")


@transaction.atomic
def link_outside(*, account: Account, provider: str, uid: str, by: str) -> OutsideIdentity:
    """Let an outside identity sign this account in. Done twice, it is done once; of a provider an account has one."""
    held = selectors.outside_identity(provider, uid)
    if held and held.account_id == account.pk:
        return held
    if held:
        raise Refused(_("This identity signs another account in already. Nothing was changed."))
    try:
        with transaction.atomic():
            made = OutsideIdentity.objects.create(
                account=account,
                provider=provider,
                digest=selectors.outside_digest(provider, uid),
                linked_by=by,
            )
    except IntegrityError:
        raise Refused(
            _("This account is linked to another identity there. Undo that link first, then link anew.")
        ) from None
    write(by, "accounts.outside_linked", account, provider=provider)
    return made


@transaction.atomic
def unlink_outside(*, identity: OutsideIdentity, by: str) -> None:
    """The outside identity signs this account in no more. Done twice, it is done once."""
    deleted, _rows = OutsideIdentity.objects.filter(pk=identity.pk).delete()
    if deleted:
        write(by, "accounts.outside_unlinked", identity.account, provider=identity.provider)
