"""A posted roll changes only here: someone is added, struck off or amended, for a recorded reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from shanzhi.apps.elections.actions import lines, mandates, notices
from shanzhi.apps.elections.actions.road import hold, touch, write
from shanzhi.apps.elections.bridge import people
from shanzhi.apps.elections.errors import Refused, Stopped, Wrong
from shanzhi.apps.elections.models import Candidate, Correction, Election, Mandate, Objection, Roll, RollLine
from shanzhi.apps.elections.selectors import revision

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Person


@transaction.atomic
def correct(
    *, election: Election, person: Person, change: str, reason: str, made_on: date, today: date, by: str
) -> Correction:
    """Change a posted roll without an objection, for a recorded reason (a death, a move, a slip of the pen)."""
    election = hold(election, *revision.POSTED)
    if change not in Correction.Change.values:
        raise Wrong("change", _("Choose what is changed."))
    if not reason.strip():
        raise Wrong("reason", _("Give the reason: it is posted with the correction."))
    if not election.roll_holder.own_roll.posted_on <= made_on <= today:
        raise Wrong("made_on", _("The day of the correction lies before the posting or in the future."))
    made = apply(
        election, person, change=change, reason=reason.strip(), made_on=made_on, objection=None, by=by
    )
    touch(election)
    notices.publish_correction(election=election, posted_on=made_on, correction=made, by=by)
    return made


def apply(
    election: Election, person: Person, *, change: str, reason: str, made_on: date,
    objection: Objection | None, by: str,
) -> Correction:  # fmt: skip
    """Change the held election's posted roll, for an objection or without one, and seal it anew. Nothing is posted."""
    roll = election.roll_holder.own_roll
    line = roll.lines.filter(person=person).first()
    if change == Correction.Change.ADD:
        line = _add(roll, line, person, election)
    elif line is None or not line.listed or line.struck_off:
        raise Wrong("person", _("{name} is not on the roll.").format(name=person.name))
    elif change == Correction.Change.STRIKE:
        _strike(election, line, made_on, by=by)
    else:
        _amend(roll, line, person, election)
    lines.seal_roll(roll)
    made = Correction.objects.create(
        roll=roll,
        line=line,
        change=change,
        reason=reason,
        objection=objection,
        made_on=made_on,
        recorded_by=by,
    )
    write("elections.roll_corrected", election, by, change=change, line=line.key)
    return made


def _add(roll: Roll, line: RollLine | None, person: Person, election: Election) -> RollLine:
    if line is not None and line.listed and not line.struck_off:
        raise Wrong("person", _("{name} is on the roll already.").format(name=person.name))
    lines.require_here(election, person)
    fresh = _entitled(roll, person, election)
    if line is not None:
        fresh.pk, fresh.key = line.pk, line.key
    last = roll.lines.aggregate(last=Max("number"))["last"] or 0
    fresh.number = (line.number if line else None) or last + 1
    lines.seal_lines(roll, [fresh])
    fresh.save()
    return fresh


def _strike(election: Election, line: RollLine, day: date, *, by: str) -> None:
    stands = election.candidates.filter(person=line.person_id, status=Candidate.Status.STANDING)
    if election.stage == "voting" and stands.exists():
        raise Refused(_("{name} stands as a candidate. Record the withdrawal first.").format(name=line.name))
    line.struck_off = True
    line.save()
    # Neither side of a proxy may be without the vote (VCOL-18-11, VCOL-18-12).
    live = Mandate.objects.filter(Q(principal=line) | Q(holder=line), ended_on=None)
    mandates.fall_away(live, election=election, on=day, by=by)


def _amend(roll: Roll, line: RollLine, person: Person, election: Election) -> None:
    if revision.copied(person) == revision.copied_to(line):
        raise Wrong(
            "person",
            _("The line of {name} agrees with the village's records. Correct the records first.").format(
                name=person.name
            ),
        )
    fresh = _entitled(roll, person, election)
    line.voter_class, line.findings = fresh.voter_class, fresh.findings
    lines.copy_person(line, person)
    lines.seal_lines(roll, [line], keep_code=True)
    line.save()


def _entitled(roll: Roll, person: Person, election: Election) -> RollLine:
    """The line as the rules make it now. Who may not vote, or has not declared what his class needs, is not put on."""
    verdict = next(people.classified(election.roll_holder, [person]))
    if verdict.listed is not True:
        raise Stopped(each for each in verdict.findings if each.holds is not True)
    return lines.draft(roll, verdict)
