"""Proxies: accepted by rule, ended, posted."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shanzhi.apps.elections.actions import notices
from shanzhi.apps.elections.actions.road import hold, touch
from shanzhi.apps.elections.bridge import people
from shanzhi.apps.elections.errors import NotNow, Stopped, Wrong
from shanzhi.apps.elections.models import Election, Mandate, RollLine
from shanzhi.apps.record import actions as record


@transaction.atomic
def accept(
    *,
    election: Election,
    principal: int,
    holder: int,
    reason: str,
    written_on: date,
    near_kin: bool | None,
    by: str,
) -> Mandate:
    """Accept a written proxy between two numbers of the roll. Refused with the rule that refuses it."""
    election = hold(election, "candidates", "voting")
    giver, taker = _line(election, "principal", principal), _line(election, "holder", holder)
    if giver.pk == taker.pk:
        raise Wrong("holder", _("Nobody is his own proxy."))
    findings = people.mandate_findings(election, giver, taker, near_kin=near_kin, written=True)
    if stops := tuple(each for each in findings if each.stops):
        raise Stopped(stops)
    try:
        with transaction.atomic():
            made = Mandate.objects.create(
                election=election, principal=giver, holder=taker, reason=reason.strip(), written_on=written_on,
                near_kin=near_kin, recorded_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise Wrong("principal", _("This voter has named a proxy already. End that mandate first.")) from None
    record.write(
        by=by, act="elections.mandate_accepted", subject=f"mandate:{made.key}", scope=election.village_id,
        election=election.key,
    )  # fmt: skip
    return made


@transaction.atomic
def end(*, mandate: Mandate, today: date, by: str) -> None:
    """The voter takes the mandate back, or it falls away."""
    mandate.ended_on = today
    mandate.save()
    record.write(
        by=by, act="elections.mandate_ended", subject=f"mandate:{mandate.key}", scope=mandate.election.village_id,
        election=mandate.election.key,
    )  # fmt: skip


@transaction.atomic
def post(*, election: Election, posted_on: date, version: int, today: date, by: str) -> Election:
    """Post the names of both sides (VCOL-18-15); the public log holds their number."""
    election = hold(election, "candidates", "voting", version=version)
    if posted_on > today:
        raise Wrong("posted_on", _("The day of posting lies in the future."))
    if not election.mandates.filter(ended_on=None).exists():
        raise NotNow(_("There is no proxy to post."))
    touch(election)
    notices.publish_mandates(election=election, posted_on=posted_on, by=by)
    return election


def _line(election: Election, field: str, number: int) -> RollLine:
    line = (
        RollLine.objects.filter(roll=election.roll_holder.own_roll, number=number)
        .select_related("person")
        .first()
    )
    if line is None:
        raise Wrong(field, _("There is no number {number} on the roll.").format(number=number))
    return line
