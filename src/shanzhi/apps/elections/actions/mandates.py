"""Proxies: accepted by rule, ended, posted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shanzhi.apps.elections.actions import notices
from shanzhi.apps.elections.actions.road import hold, stands_already, touch
from shanzhi.apps.elections.bridge import people
from shanzhi.apps.elections.errors import NotNow, Stopped, Wrong
from shanzhi.apps.elections.models import Election, Mandate, RollLine
from shanzhi.apps.record import actions as record


@transaction.atomic
def accept(
    *, election: Election, principal: int, holder: int, reason: str, written_on: date, near_kin: bool | None, by: str,
) -> Mandate:  # fmt: skip
    """Accept a written proxy between two numbers of the roll. Refused with the rule that refuses it; sent twice, it is one."""
    election = hold(election, "candidates", "voting")
    if election.election_day is None:
        raise NotNow(_("Set the election day first: the rules for proxies are those of that day."))
    giver, taker = _line(election, "principal", principal), _line(election, "holder", holder)
    facts = {"holder": taker, "reason": reason.strip(), "written_on": written_on, "near_kin": near_kin}
    live = people.live_mandates(election)
    if sent_twice := live.filter(principal=giver, election=election, **facts).first():
        return sent_twice
    _check(election, giver, taker, reason=reason, written_on=written_on)
    findings = people.mandate_findings(election, giver, taker, near_kin=near_kin, written=True)
    if stops := tuple(each for each in findings if each.stops):
        raise Stopped(stops)
    made = Mandate.objects.create(election=election, principal=giver, recorded_by=by, **facts)
    touch(election)
    _write("elections.mandate_accepted", election, made, by)
    return made


def _check(election: Election, giver: RollLine, taker: RollLine, *, reason: str, written_on: date) -> None:
    live = people.live_mandates(election)
    if giver.pk == taker.pk:
        raise Wrong("holder", _("Nobody is his own proxy."))
    if not reason.strip():
        raise Wrong(
            "reason", _("Say why the voter cannot come: only one who is away may name a proxy (VCOL-18-11).")
        )
    if written_on > election.election_day:
        raise Wrong("written_on", _("The mandate was written after the election day."))
    if live.filter(principal=giver).exists():
        raise Wrong("principal", _("This voter has named a proxy already. End that mandate first."))
    # No passing on (VER-01): who lets someone vote for himself cannot vote for others.
    if live.filter(principal=taker).exists():
        raise Wrong(
            "holder",
            _("{name} has named a proxy and cannot vote for others (VER-01).").format(name=taker.name),
        )
    if live.filter(holder=giver).exists():
        raise Wrong(
            "principal",
            _("{name} votes for others and cannot name a proxy (VER-01). End those mandates first.").format(
                name=giver.name
            ),
        )


@transaction.atomic
def end(*, mandate: Mandate, election: Election | None = None, today: date, by: str) -> None:
    """The voter takes the mandate back, or it falls away. In a second round the earlier round's can end (`election`)."""
    election = hold(election or mandate.election, "candidates", "voting")
    held = Mandate.objects.select_for_update(no_key=True).get(pk=mandate.pk)
    if held.ended_on is not None:
        return  # a second click, or a colleague was first
    fall_away([held], election=election, on=today, by=by)
    touch(election)


def fall_away(mandates: Iterable[Mandate], *, election: Election, on: date, by: str) -> None:
    """End these: a side took it back, lost the vote, or stands itself. Called inside the transaction of the reason."""
    for mandate in mandates:
        mandate.ended_on = on
        mandate.save()
        _write("elections.mandate_ended", election, mandate, by)


@transaction.atomic
def post(*, election: Election, posted_on: date, version: int, today: date, by: str) -> Election:
    """Post the names of both sides (VCOL-18-15); the public log holds their number."""
    held = hold(election, "candidates", "voting")
    last = held.notices.filter(kind="mandates").last()
    if stands_already(held, held.stage, version) and last is not None and last.posted_on == posted_on:
        return held  # the same form sent twice
    election = hold(election, version=version)
    if posted_on > today:
        raise Wrong("posted_on", _("The day of posting lies in the future."))
    live = people.live_mandates(election)
    if not live.exists():
        raise NotNow(_("There is no proxy to post."))
    Mandate.objects.filter(pk__in=list(live.values_list("pk", flat=True))).update(posted_on=posted_on)
    election.mandates.exclude(ended_on=None).update(posted_on=None)  # the new list no longer holds them
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


def _write(act: str, election: Election, mandate: Mandate, by: str) -> None:
    record.write(
        by=by, act=act, subject=f"mandate:{mandate.key}", scope=election.village_id, election=election.key
    )
