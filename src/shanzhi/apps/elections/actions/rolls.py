"""The voter roll: made from the records by rule, posted and sealed, changed only by objection or recorded correction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from shanzhi.apps.elections.actions import lines, notices
from shanzhi.apps.elections.actions.road import enter_stage, hold, stands_already, touch
from shanzhi.apps.elections.bridge import people
from shanzhi.apps.elections.errors import NotNow, Refused, Stopped, Wrong
from shanzhi.apps.elections.models import (
    Attestation,
    Candidate,
    CheckAttempt,
    Correction,
    Declaration,
    Election,
    Mandate,
    Objection,
    Roll,
    RollLine,
)
from shanzhi.apps.elections.selectors import revision, rolls
from shanzhi.apps.places import selectors as places
from shanzhi.apps.record import actions as record
from shanzhi.core.law import calendar, stages

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Person

POSTED = ("roll_posted", "candidates", "voting")  # while these last, the posted roll can be corrected
NAMED_AT_MOST = 5
CHANGES = {"missing": "add", "wrong": "strike", "detail": "amend"}  # what an upheld objection does


@transaction.atomic
def declare(
    *, election: Election, person: Person, kind: str, made_on: date, note: str = "", by: str
) -> Declaration:
    """Record what a person says for this election: that he takes part, applies, works here (VCOL-16).

    Sent twice, it stands once. On a posted roll nothing changes by itself: the line is corrected (revision.differences).
    """
    election = hold(election, "planned", "roll", *POSTED)
    if kind not in Declaration.Kind.values:
        raise Wrong("kind", _("Choose what is declared."))
    _require_here(election, person)
    if kind == Declaration.Kind.CONSENTED and not note.strip():
        if not election.attestations.filter(kind=Attestation.Kind.CONSENT).exists():
            raise Wrong("note", _("Say which meeting agreed and when: without its consent nobody is listed."))
    made, new = Declaration.objects.get_or_create(
        election=election, person=person, kind=kind,
        defaults={"made_on": made_on, "note": note.strip(), "recorded_by": by},
    )  # fmt: skip
    if not new:
        if (made.made_on, made.note) != (made_on, note.strip()):
            raise Wrong(
                "kind",
                _("This is recorded for {name} already. Take it back first if it was wrong.").format(
                    name=person.name
                ),
            )
        return made
    record.write(
        by=by, act="elections.declared", subject=f"person:{person.key}", scope=election.village_id,
        election=election.key, kind=kind,
    )  # fmt: skip
    return made


@transaction.atomic
def take_back(*, declaration: Declaration, by: str) -> None:
    """Take back a declaration that was recorded by mistake, before the roll is posted."""
    election = hold(declaration.election, "planned", "roll")
    deleted, _rows = Declaration.objects.filter(pk=declaration.pk).delete()
    if not deleted:
        return  # a second click, or a colleague was first: it is taken back
    record.write(
        by=by, act="elections.declaration_taken_back", subject=f"person:{declaration.person.key}",
        scope=election.village_id, election=election.key, kind=declaration.kind,
    )  # fmt: skip


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
    RollLine.objects.bulk_create(lines.draft(roll, each) for each in people.classified(election, living))
    touch(election)
    record.write(
        by=by, act="elections.roll_made", subject=f"election:{election.key}", scope=election.village_id,
        listed=roll.lines.filter(listed=True).count(), lines=len(living),
    )  # fmt: skip
    return roll


@transaction.atomic
def post(*, election: Election, posted_on: date, version: int, today: date, by: str) -> Roll:
    """Post the roll on the board and seal it: from here on it changes only by objection or recorded correction."""
    held = hold(election)
    if stands_already(held, "roll_posted", version) and held.own_roll.posted_on == posted_on:
        return held.own_roll
    election = hold(election, "roll", version=version)
    if posted_on > today:
        raise Wrong("posted_on", _("The day of posting lies in the future."))
    roll = Roll.objects.get(election=election)
    _check_draft(election, roll)
    listed = list(roll.lines.filter(listed=True).select_related("person"))
    if not listed:
        raise Refused(_("Nobody is on the roll. Check the residence of the people in the village's records."))
    roll.posted_on = posted_on
    roll.save()
    enter_stage(election=election, stage="roll_posted", today=today, by=by)
    for number, line in enumerate(listed, start=1):
        line.number = number
    lines.seal_lines(roll, listed)
    RollLine.objects.bulk_create(  # by key, in one statement: `bulk_update` takes twenty times as long
        listed, batch_size=500, update_conflicts=True, unique_fields=["id"], update_fields=lines.SEALED
    )
    lines.seal_roll(roll)
    notices.publish_roll(election=election, roll=roll, posted_on=posted_on, by=by)
    return roll


def _check_draft(election: Election, roll: Roll) -> None:
    unknown = roll.lines.filter(listed=None)
    if number := unknown.count():
        names = "、".join(unknown.values_list("name", flat=True)[:NAMED_AT_MOST])
        raise Refused(
            _("For {number} people a fact is not known: {names}. Find it out and make the roll again before posting.")
            .format(number=number, names=names)
        )  # fmt: skip
    if number := revision.outdated(election, roll):
        raise Refused(
            _("Since the roll was made, the records or the election day have changed for {number} people. "
              "Make the roll again and read it before posting.").format(number=number)
        )  # fmt: skip


@transaction.atomic
def close_objections(*, election: Election, today: date, by: str) -> Election:
    """The time for objections is over and each is decided: nominations may be entered."""
    election = hold(election, "roll_posted", "candidates")
    if election.stage == "roll_posted":  # a second click finds it done
        enter_stage(election=election, stage="candidates", today=today, by=by)
    return election


@transaction.atomic
def file_objection(
    *, election: Election, person: Person, about: str, says: str, objector: str, filed_on: date, today: date, by: str,
) -> Objection:  # fmt: skip
    """Take up an objection to the posted roll. A late one is taken up too, and marked (CAL-03). Sent twice, it is one."""
    election = hold(election, *POSTED)
    roll = election.roll_holder.own_roll
    facts = {
        "person": person, "about": about, "says": says.strip(), "objector": objector.strip(), "filed_on": filed_on
    }  # fmt: skip
    if sent_twice := roll.objections.filter(**facts, verdict="").first():
        return sent_twice
    _check_objection(election, roll, **facts, today=today)
    made = Objection.objects.create(
        roll=roll, decide_by=calendar.days_after(filed_on, stages.DECISION_DAYS), recorded_by=by,
        late=filed_on > rolls.objections_until(roll), **facts,
    )  # fmt: skip
    touch(election)
    _write("elections.objection_filed", election, by, objection=made.key, about=about, late=made.late)
    return made


def _check_objection(
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
        _require_here(election, person)
        if line is not None:
            raise Wrong("person", _("{name} is on the roll already.").format(name=person.name))
    elif line is None:
        raise Wrong("person", _("{name} is not on the roll.").format(name=person.name))
    if roll.objections.filter(person=person, about=about, verdict="").exists():
        raise Refused(_("An objection about this person and matter is open already."))


@transaction.atomic
def decide_objection(
    *, objection: Objection, verdict: str, reason: str, decided_on: date, today: date, by: str
) -> Objection:
    """Decide an objection; upheld, it corrects the roll; either way the result is posted (VCOL-17-3).

    One that came too late to be decided before the count can still be answered, but no longer changes the roll.
    """
    election = hold(_under_way(objection.roll.election), *POSTED, "counting", "announced")
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
    if verdict == Objection.Verdict.UPHELD and election.stage not in POSTED:
        raise NotNow(
            _(
                "The count has begun and the roll stands. A complaint about the election goes to the township (VCOL-21-2)."
            )
        )
    objection.verdict, objection.reason = verdict, reason.strip()
    objection.decided_on, objection.decided_by = decided_on, by
    objection.save()
    if verdict == Objection.Verdict.UPHELD:
        _correct(
            election, objection.person, change=CHANGES[objection.about], reason=objection.reason, made_on=decided_on,
            objection=objection, by=by,
        )  # fmt: skip
    touch(election)
    notices.publish_correction(election=election, posted_on=decided_on, objection=objection, by=by)
    _write("elections.objection_decided", election, by, objection=objection.key, verdict=verdict)
    return objection


def _under_way(holder: Election) -> Election:
    """The election that uses this roll now: its own, or the second round or tie vote that followed (VER-10)."""
    election = holder
    while election.stage not in POSTED:
        again = election.reruns.filter(kind__in=[Election.Kind.SECOND, Election.Kind.TIE])
        following = again.exclude(stage="announced").first() or again.order_by("pk").last()
        if following is None:
            break
        election = following
    return election


@transaction.atomic
def correct(
    *, election: Election, person: Person, change: str, reason: str, made_on: date, today: date, by: str
) -> Correction:
    """Change a posted roll without an objection, for a recorded reason (a death, a move, a slip of the pen)."""
    election = hold(election, *POSTED)
    if change not in Correction.Change.values:
        raise Wrong("change", _("Choose what is changed."))
    if not reason.strip():
        raise Wrong("reason", _("Give the reason: it is posted with the correction."))
    if not election.roll_holder.own_roll.posted_on <= made_on <= today:
        raise Wrong("made_on", _("The day of the correction lies before the posting or in the future."))
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
    _write("elections.roll_corrected", election, by, change=change, line=line.key)
    return made


def _add(roll: Roll, line: RollLine | None, person: Person, election: Election) -> RollLine:
    if line is not None and line.listed and not line.struck_off:
        raise Wrong("person", _("{name} is on the roll already.").format(name=person.name))
    _require_here(election, person)
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
    for mandate in Mandate.objects.filter(Q(principal=line) | Q(holder=line), ended_on=None):
        mandate.ended_on = day
        mandate.save()
        _write("elections.mandate_ended", election, by, mandate=mandate.key)


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


@transaction.atomic
def forget(*, election: Election, by: str) -> Roll:
    """Delete the salts, codes and look-ups of a roll whose election is over: the log then says nothing of anybody."""
    election = hold(election, "announced")
    roll = Roll.objects.select_for_update(no_key=True).get(election=election.roll_holder)
    if _under_way(roll.election).stage != "announced":
        raise NotNow(
            _("A second round or tie vote still uses this roll. Wait until its result is announced.")
        )
    number = lines.forget(roll)
    CheckAttempt.objects.filter(bucket__startswith=f"{roll.key}:").delete()
    if number:
        _write("elections.roll_secrets_deleted", election, by, lines=number)
    return roll


def _require_here(election: Election, person: Person) -> None:
    if person.left or person.place_id != election.village_id:
        raise Wrong("person", _("This person is not in the village's records."))


def _write(act: str, election: Election, by: str, **facts: object) -> None:
    record.write(by=by, act=act, subject=f"election:{election.key}", scope=election.village_id, **facts)
