"""The outcome: reckoned by core.law from the settled numbers, announced when nothing stops it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shanzhi.apps.elections.actions import notices
from shanzhi.apps.elections.actions.road import enter_stage, hold
from shanzhi.apps.elections.bridge import case
from shanzhi.apps.elections.errors import NotNow, Refused, Wrong
from shanzhi.apps.elections.models import Candidate, Election, Outcome
from shanzhi.apps.elections.selectors import sheets
from shanzhi.apps.record import actions as record
from shanzhi.web import wording

if TYPE_CHECKING:
    from shanzhi.apps.elections.selectors.sheets import Totals

KINDS = {"second_round": Election.Kind.SECOND, "tie": Election.Kind.TIE}


@transaction.atomic
def open_count(*, election: Election, today: date, by: str) -> Election:
    """The polls have closed: tellers may type the ballots account and the count sheets. A second click changes nothing."""
    election = hold(election, "voting", "counting")
    if election.stage == "voting":
        enter_stage(election=election, stage="counting", today=today, by=by)
    return election


@transaction.atomic
def reckon(*, election: Election, by: str) -> Outcome:
    """Ask core.law who is elected. The same settled numbers always give the same answer."""
    election = hold(election, "counting")
    asked = case.case_of(election, _whole_count(election))
    answer = case.answer(asked)
    outcome, _made = Outcome.objects.update_or_create(
        election=election,
        defaults={"case": asked, "answer": answer, "reckoned_by": by, "reckoned_at": timezone.now()},
    )
    record.write(
        by=by, act="elections.reckoned", subject=f"election:{election.key}", scope=election.village_id,
        valid=answer["valid"], elected=len(answer["elected"]), rerun=len(answer["rerun"]), stops=len(answer["stops"]),
    )  # fmt: skip
    return outcome


def _whole_count(election: Election) -> Totals:
    """The settled totals; refused, with the numbers that are off, while they are not the whole vote."""
    for pair in sheets.pairs(election):
        if pair.lacks:
            raise Refused(
                _("Sheet {batch} was typed before {names} had been written in, so these votes were not asked for. "
                  "Put the sheet aside and type it again.").format(
                    batch=pair.batch, names=wording.listed(each.person.name for each in pair.lacks))
            )  # fmt: skip
    totals = sheets.totals(election)
    if totals is None:
        raise NotNow(_("Not every sheet has been typed twice and agrees. Settle the sheets first."))
    if totals.papers != totals.collected:
        held = wording.listed(f"{batch}: {papers}" for batch, papers in totals.batches.items())
        message = (
            _("{collected} papers were taken from the boxes, but the count sheets hold only {papers}: {off} are "
              "missing. Find the missing sheet, or count a batch again. Papers by sheet: {held}")
            if totals.papers < totals.collected else
            _("{collected} papers were taken from the boxes, but the count sheets hold {papers}: {off} too many. "
              "Count the batch that is wrong again. Papers by sheet: {held}")
        )  # fmt: skip
        raise Refused(
            message.format(
                papers=totals.papers, collected=totals.collected, held=held, off=abs(totals.papers - totals.collected)
            )
        )  # fmt: skip
    return totals


@transaction.atomic
def announce(*, election: Election, announced_on: date, version: int, today: date, by: str) -> Outcome:
    """Announce the result: published and sealed; what has to be voted on again opens as elections of their own.

    The same announcement sent twice (a double click) answers with the one that stands.
    """
    election = hold(election, "counting", "announced")
    if election.stage == "announced":
        return _stands(election, announced_on)
    hold(election, version=version)
    if announced_on > today:
        raise Wrong("announced_on", _("The day of the announcement lies in the future."))
    if announced_on < election.election_day:
        raise Wrong("announced_on", _("The day of the announcement lies before the election day."))
    outcome = reckon(election=election, by=by)  # never an answer to older numbers
    election = hold(election)
    enter_stage(election=election, stage="announced", today=today, by=by)
    outcome.announced_on = announced_on
    outcome.save(update_fields=["announced_on"])
    notices.publish_result(election=election, outcome=outcome, posted_on=announced_on, by=by)
    _open_reruns(election, outcome, by=by)
    return outcome


def _stands(election: Election, announced_on: date) -> Outcome:
    outcome = Outcome.objects.get(election=election)
    if outcome.announced_on != announced_on:
        raise NotNow(_("The result has been announced already, on {day}.").format(day=outcome.announced_on))
    return outcome


def _open_reruns(election: Election, outcome: Outcome, *, by: str) -> None:
    """One election a kind; a post that is voted on twice (two ties) opens a further part."""
    if not outcome.answer["valid"] and election.kind not in Election.FOLLOWING:
        _open_whole(election, by=by)
        return
    groups: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for each in outcome.answer["rerun"]:
        # An invalid second round or tie vote elects nobody and is held again as what it was: the same roll, seats,
        # people and rule; those elected before it stay elected.
        kind = election.kind if each["kind"] == "whole" else KINDS[each["kind"]]
        part = 1
        while any(other["post"] == each["post"] for other in groups.get((kind, part), [])):
            part += 1
        groups.setdefault((kind, part), []).append(each)
    for (kind, part), parts in groups.items():
        _open_rerun(election, outcome, kind, part, parts, by=by)


def _open_whole(election: Election, *, by: str) -> None:
    """An invalid election is held again from the roll on, as an election of its own."""
    made = Election.objects.create(
        renewal=election.renewal, village=election.village, parent=election, kind=Election.Kind.WHOLE,
        seats=election.seats,
    )  # fmt: skip
    _write_opened(made, by=by)


def _open_rerun(
    election: Election, outcome: Outcome, kind: str, part: int, parts: list[dict[str, Any]], *, by: str
) -> None:
    made = Election.objects.create(
        renewal=election.renewal, village=election.village, parent=election, kind=kind, part=part, stage="candidates",
        seats={each["post"]: each["seats"] for each in parts},
        women_only=[each["post"] for each in parts if _women_only(election, each)],
    )  # fmt: skip
    people = {held.person.key: held.person for held in election.candidates.select_related("person")}
    Candidate.objects.bulk_create(
        Candidate(
            election=made, person=people[key], post=each["post"], source=Candidate.Source.EARLIER,
            nominated_on=outcome.announced_on, status=Candidate.Status.STANDING, order=place, recorded_by=by,
            decided_by=by, decided_on=outcome.announced_on,
        )
        for each in parts
        for place, key in enumerate(case.keys_of(each), start=1)
    )  # fmt: skip
    _write_opened(made, by=by)


def _women_only(election: Election, part: dict[str, Any]) -> bool:
    """A seat that was kept for a woman (VER-09) stays kept when its vote was invalid and is held again."""
    return part["women_only"] or (part["kind"] == "whole" and part["post"] in election.women_only)


def _write_opened(election: Election, *, by: str) -> None:
    record.write(
        by=by, act="elections.rerun_opened", subject=f"election:{election.key}", scope=election.village_id,
        kind=election.kind, parent=election.parent.key,
    )  # fmt: skip
