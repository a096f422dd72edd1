"""Settled numbers -> the case that core.law counts -> its answer as data (contract: `shanzhi count`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shanzhi.apps.elections.models import Candidate, Election, Outcome
from shanzhi.apps.places import selectors as places
from shanzhi.core.law import count

if TYPE_CHECKING:
    from shanzhi.apps.elections.selectors.sheets import Totals

ROUNDS = {"first": "first", "whole": "first", "second": "second", "tie": "tie"}


def case_of(election: Election, totals: Totals) -> dict[str, Any]:
    """The case file of an election, as `shanzhi count` reads it. People carry their random key as `id`."""
    people = list(
        election.candidates.filter(status__in=["standing", "written_in"])
        .select_related("person")
        .order_by("order", "pk")
    )
    seated = seated_before(election)
    ids = {each.person_id: each.person.key for each in people} | {
        each.person_id: each.person.key for each in seated
    }
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
        "kin": [[ids[a], ids[b]] for a, b, _relation in places.kin_between(ids) if a in ids and b in ids],
        "settings": election.renewal.settings,
    }


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """What core.law answers to the case, as data."""
    return count.count(count.Case.from_json(asked)).as_json()


def keys_of(part: dict[str, Any]) -> list[str]:
    """Person keys of the candidates of one part of a re-run."""
    return list(part.get("ids", []))


def seated_before(election: Election) -> list[Candidate]:
    """Those elected in the earlier rounds of the same vote, who are not voted on again."""
    seated: list[Candidate] = []
    earlier = election
    while earlier.kind in (Election.Kind.SECOND, Election.Kind.TIE) and earlier.parent is not None:
        earlier = earlier.parent
        seated += _elected(earlier)
        for sibling in earlier.reruns.exclude(pk=election.pk).filter(outcome__announced_on__isnull=False):
            if sibling.pk not in {election.pk, election.parent_id}:
                seated += _elected(sibling)
    return list({(each.person_id, each.post): each for each in seated}.values())


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
