"""The voter roll: made from the records by rule, posted and sealed, at last without its secrets."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shanzhi.apps.elections.actions import lines, notices
from shanzhi.apps.elections.actions.road import enter_stage, hold, stands_already, touch, write
from shanzhi.apps.elections.bridge import people
from shanzhi.apps.elections.errors import NotNow, Refused, Wrong
from shanzhi.apps.elections.models import CheckAttempt, Election, Roll, RollLine
from shanzhi.apps.elections.selectors import revision
from shanzhi.apps.places import selectors as places
from shanzhi.apps.record import actions as record
from shanzhi.web import wording


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
        names = wording.some(unknown.values_list("name", flat=True))
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
def forget(*, election: Election, by: str) -> Roll:
    """Delete the salts, codes and look-ups of a roll whose election is over: the log then says nothing of anybody."""
    election = hold(election, "announced")
    roll = Roll.objects.select_for_update(no_key=True).get(election=election.roll_holder)
    if revision.under_way(roll.election).stage != "announced":
        raise NotNow(
            _("A second round or tie vote still uses this roll. Wait until its result is announced.")
        )
    number = lines.forget(roll)
    CheckAttempt.objects.filter(bucket__startswith=f"{roll.key}:").delete()
    if number:
        write("elections.roll_secrets_deleted", election, by, lines=number)
    return roll
