"""Settled numbers -> the case that core.law counts -> its answer as data (contract: `shanzhi count`)."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from shanzhi.apps.elections.errors import Refused
from shanzhi.apps.elections.models import Candidate, Election, Outcome
from shanzhi.apps.places import selectors as places
from shanzhi.core.law import count, kinship

if TYPE_CHECKING:
    from shanzhi.apps.elections.selectors.sheets import Totals

ROUNDS = {"first": "first", "whole": "first", "second": "second", "tie": "tie"}


def case_of(election: Election, totals: Totals) -> dict[str, Any]:
    """The case file of an election, as `shanzhi count` reads it. People carry their random key as `id`.

    The local choices are written out in full, so that the answer can be repeated when a default has changed.
    """
    seated = seated_before(election)  # by a vote that ran beside this one too: nobody holds two seats
    elsewhere = {each.person_id for each in seated}
    standing = election.candidates.filter(status__in=["standing", "written_in"]).select_related("person")
    people = sorted((each for each in standing if each.person_id not in elsewhere), key=_by_post)
    return {
        "body": "committee",
        "election_day": election.election_day.isoformat(),
        "round": ROUNDS[election.kind],
        "registered": election.roll_holder.own_roll.lines.filter(listed=True, struck_off=False).count(),
        "issued": totals.issued,
        "collected": totals.collected,
        "void": totals.void,
        "seats": election.seats,
        "votes": [_voted(each, totals.votes.get(each.pk, 0)) for each in people],
        "seated": [_named(each) for each in seated],
        "kin": _near_kin(people, seated),
        "settings": asdict(count.Settings()) | election.renewal.settings,
    }


def _near_kin(people: list[Candidate], seated: list[Candidate]) -> list[list[str]]:
    """Pairs of near relatives (KIN-01; not cousins, uncles or in-laws) of whom at least one is voted on now.

    Two who were both seated before have been decided on with that result.
    """
    ids = {each.person_id: each.person.key for each in (*people, *seated)}
    before = {each.person.key for each in seated}
    near = {
        tuple(sorted((ids[one], ids[other])))
        for one, other, relation in places.kin_between(ids)
        if kinship.is_near(relation)
    }
    return [list(pair) for pair in sorted(near) if not before.issuperset(pair)]


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """What core.law answers to the case, as data. Raises Refused when the case cannot be counted."""
    try:
        return count.count(count.Case.from_json(asked)).as_json()
    except count.Refused as refusal:
        raise Refused(
            _("The result cannot be reckoned: {what}. Correct this first.").format(what=refusal)
        ) from refusal


def keys_of(part: dict[str, Any]) -> list[str]:
    """Person keys of the candidates of one part of a re-run."""
    return list(part.get("ids", []))


def seated_before(election: Election) -> list[Candidate]:
    """Those elected in the other rounds of the same vote that have been announced; they are not voted on again."""
    rounds = [election.roll_holder]
    for earlier in rounds:  # grows while it is walked: re-runs of re-runs
        rounds += earlier.reruns.filter(kind__in=Election.FOLLOWING).order_by("pk")
    seated = [each for other in rounds if other.pk != election.pk for each in _elected(other)]
    return sorted({each.person_id: each for each in seated}.values(), key=_by_post)


def _by_post(candidate: Candidate) -> tuple[int, int, int]:
    """The order of the ballot: chair, vice-chair, member."""
    return Candidate.Post.values.index(candidate.post), candidate.order, candidate.pk


def _elected(election: Election) -> list[Candidate]:
    outcome = Outcome.objects.filter(election=election, announced_on__isnull=False).first()
    if outcome is None:
        return []
    won = {(each["id"], each["post"]) for each in outcome.answer["elected"]}
    return [
        each for each in election.candidates.select_related("person") if (each.person.key, each.post) in won
    ]


def _voted(candidate: Candidate, votes: int) -> dict[str, Any]:
    return _named(candidate) | {"votes": votes}


def _named(candidate: Candidate) -> dict[str, Any]:
    person = candidate.person
    return {"id": person.key, "name": person.name, "sex": person.sex, "post": candidate.post}
