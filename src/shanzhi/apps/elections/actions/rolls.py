"""The voter roll: made from the records by rule, posted and sealed, changed only by objection or recorded correction."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from shanzhi.apps.elections.actions import notices
from shanzhi.apps.elections.actions.road import enter_stage, hold, touch
from shanzhi.apps.elections.bridge import people
from shanzhi.apps.elections.errors import NotNow, Refused, Wrong
from shanzhi.apps.elections.models import Correction, Declaration, Election, Objection, Roll, RollLine
from shanzhi.apps.elections.selectors import rolls
from shanzhi.apps.places import selectors as places
from shanzhi.apps.record import actions as record
from shanzhi.apps.record import sealing

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Person

SLIP_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that a reader of a paper slip could confuse
POSTED = ("roll_posted", "candidates", "voting")  # while these last, the posted roll can be corrected
OBJECTION_DAYS, DECISION_DAYS = 5, 3  # VCOL-17-2, VCOL-17-3


@transaction.atomic
def declare(
    *, election: Election, person: Person, kind: str, made_on: date, note: str = "", by: str
) -> Declaration:
    """Record what a person says for this election: that he takes part, applies, works here (VCOL-16)."""
    hold(election, "planned", "roll", *POSTED)
    made, _new = Declaration.objects.get_or_create(
        election=election, person=person, kind=kind,
        defaults={"made_on": made_on, "note": note.strip(), "recorded_by": by},
    )  # fmt: skip
    record.write(
        by=by, act="elections.declared", subject=f"person:{person.key}", scope=election.village_id,
        election=election.key, kind=kind,
    )  # fmt: skip
    return made


@transaction.atomic
def take_back(*, declaration: Declaration, by: str) -> None:
    """Take back a declaration that was recorded by mistake, before the roll is posted."""
    election = hold(declaration.election, "planned", "roll")
    record.write(
        by=by, act="elections.declaration_taken_back", subject=f"person:{declaration.person.key}",
        scope=election.village_id, election=election.key, kind=declaration.kind,
    )  # fmt: skip
    declaration.delete()


@transaction.atomic
def make(*, election: Election, today: date, by: str) -> Roll:
    """Make the roll (anew) from the village's records: everybody with a reason, listed or not. Nothing is posted yet."""
    election = hold(election, "planned", "roll")
    if election.election_day is None:
        raise NotNow(_("Set the election day first: the roll's classes are judged on that day (VCOL-16-1)."))
    living = list(places.people_of(election.village))
    if not living:
        raise NotNow(_("The village has no people yet. Import its roster first."))
    if election.stage == "planned":
        enter_stage(election=election, stage="roll", today=today, by=by)
    roll, _new = Roll.objects.get_or_create(election=election)
    roll.lines.all().delete()  # a draft: nothing of it has been shown to anyone
    RollLine.objects.bulk_create(_draft_line(roll, each) for each in people.classified(election, living))
    touch(election)
    record.write(
        by=by, act="elections.roll_made", subject=f"election:{election.key}", scope=election.village_id,
        listed=roll.lines.filter(listed=True).count(), lines=len(living),
    )  # fmt: skip
    return roll


@transaction.atomic
def post(*, election: Election, posted_on: date, version: int, today: date, by: str) -> Roll:
    """Post the roll on the board and seal it: from here on it changes only by objection or recorded correction."""
    election = hold(election, "roll", version=version)
    if posted_on > today:
        raise Wrong("posted_on", _("The day of posting lies in the future."))
    roll = election.own_roll
    if roll.lines.filter(listed=None).exists():
        raise Refused(
            _("For some people a fact is not known. Find it out and make the roll again before posting.")
        )
    listed = list(roll.lines.filter(listed=True).select_related("person"))
    if not listed:
        raise Refused(_("Nobody is on the roll. Check the residence of the people in the village's records."))
    roll.posted_on = posted_on
    roll.save()
    enter_stage(election=election, stage="roll_posted", today=today, by=by)
    for number, line in enumerate(listed, start=1):
        line.number = number
    _seal_lines(roll, listed)
    RollLine.objects.bulk_update(listed, _SEALED)
    _seal_roll(roll, fresh_nonce=True)
    notices.publish_roll(election=election, roll=roll, posted_on=posted_on, by=by)
    return roll


@transaction.atomic
def file_objection(
    *,
    election: Election,
    person: Person,
    about: str,
    says: str,
    objector: str,
    filed_on: date,
    today: date,
    by: str,
) -> Objection:
    """Take up an objection to the posted roll. A late one is taken up too, and marked (CAL-03)."""
    election = hold(election, *POSTED)
    roll = election.roll_holder.own_roll
    if not (roll.posted_on or today) <= filed_on <= today:
        raise Wrong("filed_on", _("The day of receipt lies before the posting or in the future."))
    if not says.strip():
        raise Wrong("says", _("Write down what is objected, in the objector's words."))
    if roll.objections.filter(person=person, about=about, verdict="").exists():
        raise Refused(_("An objection about this person and matter is open already."))
    made = Objection.objects.create(
        roll=roll, person=person, about=about, says=says.strip(), objector=objector.strip(), filed_on=filed_on,
        decide_by=filed_on + timedelta(days=DECISION_DAYS), recorded_by=by,
        late=filed_on > roll.posted_on + timedelta(days=OBJECTION_DAYS),
    )  # fmt: skip
    touch(election)
    _write("elections.objection_filed", election, by, objection=made.key, about=about, late=made.late)
    return made


@transaction.atomic
def decide_objection(
    *, objection: Objection, verdict: str, reason: str, decided_on: date, today: date, by: str
) -> Objection:
    """Decide an objection; upheld, it corrects the roll; either way the result is posted (VCOL-17-3)."""
    election = hold(objection.roll.election, *POSTED)
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    if objection.verdict:
        raise NotNow(_("This objection has been decided already."))
    if not objection.filed_on <= decided_on <= today:
        raise Wrong("decided_on", _("The day of the decision lies before the receipt or in the future."))
    if not reason.strip():
        raise Wrong("reason", _("Give the reason: it is answered to the objector."))
    objection.verdict, objection.reason = verdict, reason.strip()
    objection.decided_on, objection.decided_by = decided_on, by
    objection.save()
    if verdict == Objection.Verdict.UPHELD:
        change = {"missing": "add", "wrong": "strike", "detail": "amend"}[objection.about]
        _correct(
            election, objection.person, change=change, reason=objection.reason, made_on=decided_on,
            objection=objection, by=by,
        )  # fmt: skip
    touch(election)
    notices.publish_correction(election=election, posted_on=decided_on, objection=objection, by=by)
    _write("elections.objection_decided", election, by, objection=objection.key, verdict=verdict)
    return objection


@transaction.atomic
def correct(
    *, election: Election, person: Person, change: str, reason: str, made_on: date, today: date, by: str
) -> Correction:
    """Change a posted roll without an objection, for a recorded reason (a death, a move, a slip of the pen)."""
    election = hold(election, *POSTED)
    if not reason.strip():
        raise Wrong("reason", _("Give the reason: it is posted with the correction."))
    if made_on > today:
        raise Wrong("made_on", _("The day of the correction lies in the future."))
    made = _correct(
        election, person, change=change, reason=reason.strip(), made_on=made_on, objection=None, by=by
    )
    touch(election)
    notices.publish_correction(election=election, posted_on=made_on, correction=made, by=by)
    return made


def _correct(
    election: Election, person: Person, *, change: str, reason: str, made_on: date,
    objection: Objection | None, by: str,
) -> Correction:  # fmt: skip
    roll = election.roll_holder.own_roll
    line = roll.lines.filter(person=person).first()
    if change == Correction.Change.ADD:
        line = _add(roll, line, person, election)
    elif line is None or not line.listed or line.struck_off:
        raise Wrong("person", _("{name} is not on the roll.").format(name=person.name))
    elif change == Correction.Change.STRIKE:
        line.struck_off = True
        line.save()
    else:
        _copy_person(line, person)
        _seal_lines(roll, [line], keep_code=True)
        line.save()
    _seal_roll(roll)
    made = Correction.objects.create(
        roll=roll,
        line=line,
        change=change,
        reason=reason,
        objection=objection,
        made_on=made_on,
        recorded_by=by,
    )
    _write("elections.roll_corrected", election, by, change=change, line=line.key)
    return made


def _add(roll: Roll, line: RollLine | None, person: Person, election: Election) -> RollLine:
    if line is not None and line.listed and not line.struck_off:
        raise Wrong("person", _("{name} is on the roll already.").format(name=person.name))
    fresh = _draft_line(roll, next(people.classified(election.roll_holder, [person])))
    if fresh.listed is False and fresh.voter_class is None and person.age_on(election.election_day) < 18:
        raise Wrong("person", _("{name} is not 18 on the election day (VCOL-16-1).").format(name=person.name))
    if line is not None:
        fresh.pk, fresh.key = line.pk, line.key
    last = roll.lines.aggregate(last=Max("number"))["last"] or 0
    fresh.number = (line.number if line else None) or last + 1
    fresh.listed, fresh.struck_off = True, False
    _seal_lines(roll, [fresh])
    fresh.save()
    return fresh


def _draft_line(roll: Roll, each: people.Classified) -> RollLine:
    line = RollLine(
        roll=roll, person=each.person, listed=each.listed, voter_class=each.voter_class,
        findings=[finding.as_json() for finding in each.findings], key=sealing.new_key(),
    )  # fmt: skip
    _copy_person(line, each.person)
    return line


def _copy_person(line: RollLine, person: Person) -> None:
    line.name, line.sex, line.born, line.group = person.name, person.sex, person.born, person.household.group


_SEALED = ["number", "code_sealed", "code_look_up", "name_look_up", "salt_sealed"]


def _seal_lines(roll: Roll, lines: Iterable[RollLine], *, keep_code: bool = False) -> None:
    for line in lines:
        if not keep_code:
            code = "".join(secrets.choice(SLIP_ALPHABET) for _place in range(8))
            line.code_sealed = sealing.seal(line, "code_sealed", code)
            line.code_look_up = sealing.look_up(f"{roll.key}|{code}", purpose=rolls.CODE)
        tail = places.id_number(line.person)[-4:]
        line.name_look_up = (
            sealing.look_up(rolls.name_key(roll, line.name, tail), purpose=rolls.NAME) if tail else ""
        )
        line.salt_sealed = sealing.seal(line, "salt_sealed", secrets.token_hex(16))


def _seal_roll(roll: Roll, *, fresh_nonce: bool = False) -> None:
    if fresh_nonce:
        roll.nonce_sealed = sealing.seal(roll, "nonce_sealed", secrets.token_hex(16))
    roll.lines_root = rolls.lines_root(roll)
    roll.save()


def _write(act: str, election: Election, by: str, **facts: object) -> None:
    record.write(by=by, act=act, subject=f"election:{election.key}", scope=election.village_id, **facts)


@transaction.atomic
def close_objections(*, election: Election, today: date, by: str) -> Election:
    """The time for objections is over and each is decided: nominations may be entered."""
    election = hold(election, "roll_posted")
    enter_stage(election=election, stage="candidates", today=today, by=by)
    return election
