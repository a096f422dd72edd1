"""Rows -> the data that a notice publishes. No ID number, birth date, key or objector ever stands in it."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q

from shanzhi.apps.elections.models import Candidate, Correction, Election, Mandate, Objection, Outcome, Roll
from shanzhi.core.law import findings as law

POST_NAMES = {
    "chair": {"zh": "主任", "en": "chair"},
    "vice_chair": {"zh": "副主任", "en": "vice-chair"},
    "member": {"zh": "委员", "en": "member"},
}


def roll(election: Election, of: Roll) -> dict[str, Any]:
    """The cover of the posted roll: who counts, by which class, until when to object, and the commitment."""
    return _head(election) | {
        "counts": _counts(of),
        "posted_on": of.posted_on.isoformat(),
        "objections_until": (of.posted_on + timedelta(days=5)).isoformat(),
        "lines_root": of.lines_root,
        "rules": ["VCOL-16-1", "VCOL-16-2", "VCOL-16-3", "VCOL-16-4", "VCOL-17-1", "VCOL-17-2"],
    }


def correction(election: Election, objection: Objection | None, made: Correction | None) -> dict[str, Any]:
    """That an objection was decided or the roll corrected; new counts and commitment. Names stand on paper."""
    holder = election.roll_holder.own_roll
    made = made or (Correction.objects.filter(objection=objection).first() if objection else None)
    return _head(election) | {
        "objection": None if objection is None else {
            "about": objection.about, "filed_on": objection.filed_on.isoformat(), "late": objection.late,
            "verdict": objection.verdict, "decided_on": objection.decided_on.isoformat(),
        },
        "change": made.change if made else None,
        "line": made.line.number if made else None,
        "counts": _counts(holder),
        "lines_root": holder.lines_root,
        "rules": ["VCOL-17-2", "VCOL-17-3"],
    }  # fmt: skip


def candidates(election: Election) -> dict[str, Any]:
    """Who stands for which post, in ballot order."""
    standing = election.candidates.filter(status=Candidate.Status.STANDING).select_related("person")
    return _head(election) | {
        "posts": [
            {
                "post": post,
                "name": POST_NAMES[post],
                "seats": election.seats[post],
                "women_only": post in election.women_only,
                "candidates": [
                    {"name": each.person.name, "sex": each.person.sex}
                    for each in standing
                    if each.post == post
                ],
            }
            for post in POST_NAMES
            if election.seats.get(post)
        ],
        "rules": ["VCOL-18-1", "VCOL-18-3", "VCOL-18-5"],
    }


def mandates(election: Election) -> dict[str, Any]:
    """How many proxies were posted; the list on the board is committed to by its digest."""
    live = Mandate.objects.filter(election=election, ended_on=None)
    return _head(election) | {
        "count": live.count(),
        "rules": ["VCOL-18-11", "VCOL-18-12", "VCOL-18-13", "VCOL-18-15"],
    }


def result(election: Election, outcome: Outcome) -> dict[str, Any]:
    """The result: every number, every reason with its rule, and what is voted on again."""
    asked, answered = outcome.case, outcome.answer
    names = {each["id"]: each["name"] for each in (*asked["votes"], *asked["seated"])}
    return _head(election) | {
        "valid": answered["valid"],
        "registered": asked["registered"],
        "issued": asked["issued"],
        "collected": asked["collected"],
        "void": asked["void"],
        "votes": [{key: each[key] for key in ("name", "sex", "post", "votes")} for each in asked["votes"]],
        "elected": [_public(each, names) for each in answered["elected"]],
        "seated": [{key: each[key] for key in ("name", "sex", "post")} for each in asked["seated"]],
        "rerun": [_public(each, names) for each in answered["rerun"]],
        "vacant": answered["vacant"],
        "held": [_public(each, names) for each in answered.get("held", [])],
        "findings": [_public(each, names) for each in answered["findings"]],
        "decisions": [
            {"rule": each.rule, "reason": each.reason, "body": each.body}
            for each in election.decisions.filter(about__in=["stage:announced", "outcome"])
        ],
        "rules": sorted({each["rule"] for each in answered["findings"]}),
    }


def paper_digest(nonce: str, names: list[str]) -> str:
    """SHA-256 of the named paper roll under a nonce, so that the log gives nothing away about the names."""
    return hashlib.sha256("\n".join(["shanzhi/paper-roll/v1", nonce, *names]).encode()).hexdigest()


def _head(election: Election) -> dict[str, Any]:
    return {
        "renewal": election.renewal.name,
        "village": {"code": election.village.code, "name": election.village.name},
        "township": election.village.parent.name if election.village.parent else "",
        "kind": election.kind,
        "election_day": election.election_day.isoformat() if election.election_day else None,
        "law": law.find("VCOL-14-1", True, on=election.election_day).law if election.election_day else None,
        "seats": election.seats,
    }


def _counts(of: Roll) -> dict[str, int]:
    live = of.lines.filter(
        listed=True, struck_off=False
    )  # filtered first: an aggregate must not shadow a column
    counts = live.aggregate(
        listed=Count("pk"),
        men=Count("pk", filter=Q(sex="m")),
        women=Count("pk", filter=Q(sex="f")),
        class_1=Count("pk", filter=Q(voter_class=1)),
        class_2=Count("pk", filter=Q(voter_class=2)),
        class_3=Count("pk", filter=Q(voter_class=3)),
    )
    return dict(counts)


def _public(value: Any, names: dict[str, str]) -> Any:
    """The same value with person keys replaced by names: keys never leave the house."""
    if isinstance(value, dict):
        return {key: _public(each, names) for key, each in value.items() if key != "id"}
    if isinstance(value, list):
        return [_public(each, names) for each in value]
    return names.get(value, value) if isinstance(value, str) else value
