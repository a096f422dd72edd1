"""Objections to the posted roll: taken up, decided within the time of the law, answered on the board (VCOL-17-2)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from shanzhi.apps.elections.actions import corrections, lines, notices
from shanzhi.apps.elections.actions.road import hold, touch, write
from shanzhi.apps.elections.errors import NotNow, Refused, Wrong
from shanzhi.apps.elections.models import Election, Objection, Roll
from shanzhi.apps.elections.selectors import revision, rolls
from shanzhi.core.law import calendar, stages

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Person

CHANGES = {"missing": "add", "wrong": "strike", "detail": "amend"}  # what an upheld objection does


@transaction.atomic
def file(
    *, election: Election, person: Person, about: str, says: str, objector: str, filed_on: date, today: date, by: str,
) -> Objection:  # fmt: skip
    """Take up an objection to the posted roll. A late one is taken up too, and marked (CAL-03). Sent twice, it is one."""
    election = hold(election, *revision.POSTED)
    roll = election.roll_holder.own_roll
    facts = {
        "person": person, "about": about, "says": says.strip(), "objector": objector.strip(), "filed_on": filed_on
    }  # fmt: skip
    if sent_twice := roll.objections.filter(**facts, verdict="").first():
        return sent_twice
    _check(election, roll, **facts, today=today)
    made = Objection.objects.create(
        roll=roll, decide_by=calendar.days_after(filed_on, stages.DECISION_DAYS), recorded_by=by,
        late=filed_on > rolls.objections_until(roll), **facts,
    )  # fmt: skip
    touch(election)
    write("elections.objection_filed", election, by, objection=made.key, about=about, late=made.late)
    return made


def _check(
    election: Election, roll: Roll, *, person: Person, about: str, says: str, objector: str, filed_on: date, today: date
) -> None:  # fmt: skip
    if about not in Objection.About.values:
        raise Wrong("about", _("Choose what is objected."))
    if not roll.posted_on <= filed_on <= today:
        raise Wrong("filed_on", _("The day of receipt lies before the posting or in the future."))
    for field, text in (("says", says), ("objector", objector)):
        if not text:
            raise Wrong(field, _("Write down who objects, and what, in the objector's words."))
    line = roll.lines.filter(rolls.LIVE, person=person).first()
    if about == Objection.About.MISSING:
        lines.require_here(election, person)
        if line is not None:
            raise Wrong("person", _("{name} is on the roll already.").format(name=person.name))
    elif line is None:
        raise Wrong("person", _("{name} is not on the roll.").format(name=person.name))
    if roll.objections.filter(person=person, about=about, verdict="").exists():
        raise Refused(_("An objection about this person and matter is open already."))


@transaction.atomic
def decide(
    *, objection: Objection, verdict: str, reason: str, decided_on: date, today: date, by: str
) -> Objection:
    """Decide an objection; upheld, it corrects the roll; either way the result is posted (VCOL-17-3).

    One that came too late to be decided before the count can still be answered, but no longer changes the roll.
    """
    election = hold(revision.under_way(objection.roll.election), *revision.POSTED, "counting", "announced")
    objection = Objection.objects.select_for_update(no_key=True).get(pk=objection.pk)
    if objection.verdict:
        if (objection.verdict, objection.reason, objection.decided_by) == (verdict, reason.strip(), by):
            return objection  # the same form sent twice
        raise NotNow(_("This objection has been decided already."))
    if verdict not in Objection.Verdict.values:
        raise Wrong("verdict", _("Choose the decision."))
    if not objection.filed_on <= decided_on <= today:
        raise Wrong("decided_on", _("The day of the decision lies before the receipt or in the future."))
    if not reason.strip():
        raise Wrong("reason", _("Give the reason: it is answered to the objector."))
    if verdict == Objection.Verdict.UPHELD and election.stage not in revision.POSTED:
        raise NotNow(
            _(
                "The count has begun and the roll stands. A complaint about the election goes to the township (VCOL-21-2)."
            )
        )
    objection.verdict, objection.reason = verdict, reason.strip()
    objection.decided_on, objection.decided_by = decided_on, by
    objection.save()
    if verdict == Objection.Verdict.UPHELD:
        corrections.apply(
            election, objection.person, change=CHANGES[objection.about], reason=objection.reason, made_on=decided_on,
            objection=objection, by=by,
        )  # fmt: skip
    touch(election)
    notices.publish_correction(election=election, posted_on=decided_on, objection=objection, by=by)
    write("elections.objection_decided", election, by, objection=objection.key, verdict=verdict)
    return objection
