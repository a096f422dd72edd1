"""The outcome: reckoned by core.law from the settled numbers, announced when nothing stops it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shanzhi.apps.elections.actions import notices
from shanzhi.apps.elections.actions.road import enter_stage, hold
from shanzhi.apps.elections.bridge import case
from shanzhi.apps.elections.errors import NotNow, Refused, Wrong
from shanzhi.apps.elections.models import Candidate, Election, Outcome
from shanzhi.apps.elections.selectors import sheets
from shanzhi.apps.record import actions as record

KINDS = {"second_round": Election.Kind.SECOND, "tie": Election.Kind.TIE, "whole": Election.Kind.WHOLE}


@transaction.atomic
def open_count(*, election: Election, today: date, by: str) -> Election:
    """The polls have closed: tellers may type the ballots account and the count sheets."""
    election = hold(election, "voting")
    enter_stage(election=election, stage="counting", today=today, by=by)
    return election


@transaction.atomic
def reckon(*, election: Election, by: str) -> Outcome:
    """Ask core.law who is elected. The same settled numbers always give the same answer."""
    election = hold(election, "counting")
    totals = sheets.totals(election)
    if totals is None:
        raise NotNow(_("Not every sheet has been typed twice and agrees. Settle the sheets first."))
    if totals.papers != totals.collected:
        raise Refused(
            _("The count sheets hold {papers} papers, but {collected} were taken from the boxes. "
              "Find the missing sheet, or count the batches again.").format(
                papers=totals.papers, collected=totals.collected)
        )  # fmt: skip
    asked = case.case_of(election, totals)
    answer = case.answer(asked)
    outcome, _made = Outcome.objects.update_or_create(
        election=election, defaults={"case": asked, "answer": answer, "reckoned_by": by}
    )
    record.write(
        by=by, act="elections.reckoned", subject=f"election:{election.key}", scope=election.village_id,
        valid=answer["valid"], elected=len(answer["elected"]), rerun=len(answer["rerun"]), stops=len(answer["stops"]),
    )  # fmt: skip
    return outcome


@transaction.atomic
def announce(*, election: Election, announced_on: date, version: int, today: date, by: str) -> Outcome:
    """Announce the result: published and sealed; what has to be voted on again opens as elections of their own."""
    election = hold(election, "counting", version=version)
    if announced_on > today:
        raise Wrong("announced_on", _("The day of the announcement lies in the future."))
    outcome = reckon(election=election, by=by)  # never an answer to older numbers
    election = hold(election)
    enter_stage(election=election, stage="announced", today=today, by=by)
    outcome.announced_on = announced_on
    outcome.save()
    notices.publish_result(election=election, outcome=outcome, posted_on=announced_on, by=by)
    _open_reruns(election, outcome, by=by)
    return outcome


def _open_reruns(election: Election, outcome: Outcome, *, by: str) -> None:
    """One election a kind; a post that is voted on twice (two ties) opens a further part."""
    if any(each["kind"] == "whole" for each in outcome.answer["rerun"]):
        _open_whole(election, by=by)
        return
    groups: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for each in outcome.answer["rerun"]:
        part = 1
        while any(other["post"] == each["post"] for other in groups.get((each["kind"], part), [])):
            part += 1
        groups.setdefault((each["kind"], part), []).append(each)
    for (kind, part), parts in groups.items():
        _open_rerun(election, KINDS[kind], part, parts, by=by)


def _open_whole(election: Election, *, by: str) -> None:
    """An invalid election is held again from the roll on, as an election of its own."""
    made = Election.objects.create(
        renewal=election.renewal, village=election.village, parent=election, kind=Election.Kind.WHOLE,
        seats=election.seats,
    )  # fmt: skip
    _write_opened(made, by=by)


def _open_rerun(election: Election, kind: str, part: int, parts: list[dict[str, Any]], *, by: str) -> None:
    made = Election.objects.create(
        renewal=election.renewal, village=election.village, parent=election, kind=kind, part=part, stage="candidates",
        seats={each["post"]: each["seats"] for each in parts},
        women_only=[each["post"] for each in parts if each["women_only"]],
    )  # fmt: skip
    people = {held.person.key: held for held in election.candidates.select_related("person")}
    Candidate.objects.bulk_create(
        Candidate(
            election=made, person=people[key].person, post=each["post"], source=Candidate.Source.EARLIER,
            nominated_on=outcome_day(election), status=Candidate.Status.STANDING, order=place, recorded_by=by,
            decided_by=by, decided_on=outcome_day(election),
        )
        for each in parts
        for place, key in enumerate(case.keys_of(each), start=1)
    )  # fmt: skip
    _write_opened(made, by=by)


def outcome_day(election: Election) -> date:
    """The day from which a re-run counts: when the result was announced."""
    return election.outcome.announced_on or election.election_day


def _write_opened(election: Election, *, by: str) -> None:
    record.write(
        by=by, act="elections.rerun_opened", subject=f"election:{election.key}", scope=election.village_id,
        kind=election.kind, parent=election.parent.key,
    )  # fmt: skip
