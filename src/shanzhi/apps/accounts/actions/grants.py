"""Granting and revoking roles: within one's own places, below one's own level, for a term, with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shanzhi.apps.accounts import access
from shanzhi.apps.accounts.actions.trail import refuse_oneself, write
from shanzhi.apps.accounts.models import Account, Grant
from shanzhi.apps.accounts.roles import ROLES, clash
from shanzhi.apps.record.selectors import SYSTEM
from shanzhi.web.refusals import Refused, Wrong


@transaction.atomic
def grant(
    *, account: Account, role: str, scope: int, since: date | None = None, until: date | None = None,
    reason: str, by: str,
) -> Grant:  # fmt: skip
    """Grant a role over a place and all beneath it, from a day on. Nobody grants to himself, or beyond his level."""
    refuse_oneself(account, by)
    _refuse_beyond(by, role, scope)
    since = since or timezone.localdate()
    _check_term(since, until)
    if not reason.strip():
        raise Wrong("reason", _("Say why this person gets the role: a document, a task, a name on a list."))
    _refuse_clash(account, role)
    granted, is_new = Grant.objects.get_or_create(
        account=account, role=role, scope=scope, since=since, revoked_at=None,
        defaults={"until": until, "granted_by": by, "reason": reason.strip()},
    )  # fmt: skip
    if not is_new and granted.until != until:
        raise Refused(
            _(
                "This role was given from that day on already, for another term. Take that one away first, then give it anew."
            )
        )
    if is_new:
        write(
            by, "accounts.granted", account, scope, role=role, grant=granted.pk, since=since.isoformat(),
            until=until and until.isoformat(),
        )  # fmt: skip
    return granted


@transaction.atomic
def revoke(*, grant: Grant, reason: str, by: str) -> None:
    """Take a role away, from this moment on. Done twice, it is done once. Nobody revokes his own."""
    refuse_oneself(grant.account, by)
    if not reason.strip():
        raise Wrong("reason", _("Say why the role is taken away, so that it can be understood later."))
    ended = Grant.objects.filter(pk=grant.pk, revoked_at=None).update(
        revoked_at=timezone.now(), revoked_by=by, revoked_reason=reason.strip()
    )
    if ended:
        write(by, "accounts.revoked", grant.account, grant.scope, role=grant.role, grant=grant.pk)


@transaction.atomic
def end_grants(scopes: Iterable[int], *, by: str) -> list[int]:
    """Take away all that is granted over these very places, because they end; ids of what was taken away.

    Nothing is carried over to what follows them: a grant over a village of 300 would become one over 3,000. Whoever
    looks after the accounts is shown the list and grants anew.
    """
    ending = Grant.objects.select_for_update(no_key=True).filter(access.not_over(), scope__in=list(scopes))
    ended = list(ending.select_related("account"))
    Grant.objects.filter(pk__in=[each.pk for each in ended]).update(
        revoked_at=timezone.now(), revoked_by=by, revoked_reason=_("The place has ended.")
    )
    for each in ended:
        write(by, "accounts.place_ended", each.account, each.scope, role=each.role, grant=each.pk)
    return [each.pk for each in ended]


def _refuse_beyond(by: str, role: str, scope: int) -> None:
    """Raises Wrong unless `by` may grant this role over this place; the command line and the sample may all."""
    if by == SYSTEM:
        return
    manager = Account.objects.filter(key=by).first()
    if manager is None or not access.may_grant(manager, role, scope):
        raise Wrong(
            "role",
            _(
                "You cannot give “{role}” over this place. Choose another role or place, or ask the county."
            ).format(role=ROLES[role].name if role in ROLES else role),
        )


def _check_term(since: date, until: date | None) -> None:
    if since < timezone.localdate():
        raise Wrong(
            "since", _("The first day lies in the past. A role holds from today on, or from a later day.")
        )
    if until is not None and until < since:
        raise Wrong("until", _("The last day lies before the first. Leave it empty or choose a later day."))


def _refuse_clash(account: Account, role: str) -> None:
    """Raises Wrong when the account holds, or will hold, a role that is kept apart from this one (DJ-04)."""
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)  # two grants at once see one another
    held = set(access.grants_not_over(account).values_list("role", flat=True))
    if other := clash(role, held):
        raise Wrong(
            "role",
            _(
                "“{role}” and “{other}” are kept apart: nobody holds both. Give it to another person, "
                "or take the other role away first."
            ).format(role=ROLES[role].name, other=ROLES[other].name),
        )
