"""Rows -> the data that a notice publishes. No ID number, birth date, key or objector ever stands in it.

Every notice says in both languages what it is, by which rules of which text, and how to object or complain; its
shape is named in `format`, so that a reader of old notices knows what to expect.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from shanzhi.apps.elections.bridge import people, remedies
from shanzhi.apps.elections.models import Candidate, Correction, Election, Objection, Outcome, Roll
from shanzhi.core.law import calendar, stages

POST_NAMES = {
    "chair": {"zh": "主任", "en": "chair"},
    "vice_chair": {"zh": "副主任", "en": "vice-chair"},
    "member": {"zh": "委员", "en": "member"},
}
ROUNDS = {
    "first": {"zh": "选举", "en": "election"},
    "second": {"zh": "另行选举", "en": "second round"},
    "tie": {"zh": "再次投票", "en": "vote again among the tied"},
    "whole": {"zh": "重新选举", "en": "whole election held again"},
}
RERUN_NAMES = {
    "second_round": {"zh": "名额不足，另行选举", "en": "seats not filled: second round"},
    "tie": {"zh": "票数相等，再次投票", "en": "equal votes: vote again among the tied"},
    "whole": {"zh": "选举无效，重新选举", "en": "invalid: held again"},
}
CHANGES = {
    "add": {"zh": "列入名单", "en": "added to the roll"},
    "strike": {"zh": "从名单中除去", "en": "taken off the roll"},
    "amend": {"zh": "更正信息", "en": "detail corrected"},
}
VERDICTS = {
    "upheld": {"zh": "异议成立", "en": "upheld"},
    "rejected": {"zh": "异议不成立，名单不变", "en": "rejected: the roll stays as it is"},
}
CLASS_RULES = {"class_1": "VCOL-16-2", "class_2": "VCOL-16-3", "class_3": "VCOL-16-4"}


def roll(election: Election, of: Roll) -> dict[str, Any]:
    """The cover of the posted roll: who counts, by which class, until when to object, and the commitments."""
    until = calendar.days_after(of.posted_on, stages.OBJECTION_DAYS)
    rules = ["VCOL-16-1", *CLASS_RULES.values(), "VCOL-17-1", "VCOL-17-2", "VCOL-17-3"]
    return _head(election, "roll", of.posted_on, rules) | {
        "counts": _counts(of),
        "posted_on": of.posted_on.isoformat(),
        "objections_until": until.isoformat(),
        "lines_root": of.lines_root,
        "paper_digest": of.paper_digest,
        "remedies": [remedies.objection(election, until=until), remedies.complaint(election)],
    }


def correction(
    election: Election, objection: Objection | None, made: Correction | None, posted_on: date
) -> dict[str, Any]:
    """That an objection was decided or the roll corrected; new counts and commitments. Names stand on paper."""
    holder = election.roll_holder.own_roll
    made = made or (Correction.objects.filter(objection=objection).first() if objection else None)
    rules = ["VCOL-17-2", "VCOL-17-3"] if objection else ["VCOL-16-1", "VCOL-17-1"]
    return _head(election, "correction", posted_on, rules) | {
        "objection": None if objection is None else {
            "about": objection.about, "filed_on": objection.filed_on.isoformat(), "late": objection.late,
            "verdict": objection.verdict, "verdict_name": VERDICTS[objection.verdict],
            "decided_on": objection.decided_on.isoformat(),
        },
        "change": made.change if made else None,
        "change_name": CHANGES[made.change] if made else None,
        "line": made.line.number if made else None,
        "counts": _counts(holder),
        "lines_root": holder.lines_root,
        "paper_digest": holder.paper_digest,
        "remedies": [remedies.complaint(election)],
    }  # fmt: skip


def candidates(election: Election, posted_on: date) -> dict[str, Any]:
    """Who stands for which post, in ballot order."""
    standing = election.candidates.filter(status=Candidate.Status.STANDING).select_related("person")
    in_order = sorted(standing, key=lambda each: (each.order, each.pk))
    rules = ["VCOL-18-1", "VCOL-18-3", "VCOL-18-5"]
    if election.kind == Election.Kind.SECOND:
        rules += ["VCOL-18-8", "VCOL-18-9", "VER-10"]
    elif election.kind == Election.Kind.TIE:
        rules = ["VER-07", "VER-10"]
    return _head(election, "candidates", posted_on, rules) | {
        "posts": [
            {
                "post": post,
                "name": POST_NAMES[post],
                "seats": election.seats[post],
                "women_only": post in election.women_only,
                "candidates": [
                    {"name": each.person.name, "sex": each.person.sex}
                    for each in in_order
                    if each.post == post
                ],
            }
            for post in POST_NAMES
            if election.seats.get(post)
        ],
        "remedies": [remedies.complaint(election)],
    }


def mandates(election: Election, posted_on: date) -> dict[str, Any]:
    """How many proxies were posted. The names of both sides stand on the board, on paper."""
    live = people.live_mandates(election)
    rules = ["VCOL-18-11", "VCOL-18-12", "VCOL-18-13", "VCOL-18-14", "VCOL-18-15"]
    return _head(election, "mandates", posted_on, rules) | {
        "count": live.count(),
        "remedies": [remedies.complaint(election)],
    }


def result(election: Election, outcome: Outcome, posted_on: date) -> dict[str, Any]:
    """The result: every number, every reason with its rule, and what is voted on again. Totals only, never a batch."""
    asked, answered = outcome.case, outcome.answer
    names = {each["id"]: each["name"] for each in (*asked["votes"], *asked["seated"])}
    rules = [each["rule"] for each in answered["findings"]]
    # By key, here where keys are known: of two namesakes who stand for one post the notice must not mark both.
    won = {(each["id"], each["post"]) for each in answered["elected"]}
    return _head(election, "result", posted_on, rules) | {
        "valid": answered["valid"],
        "registered": asked["registered"],
        "issued": asked["issued"],
        "collected": asked["collected"],
        "void": asked["void"],
        "settings": asked["settings"],
        "votes": [
            _voted(each, "votes") | {"elected": (each["id"], each["post"]) in won} for each in asked["votes"]
        ],
        "elected": [_voted(each, "votes") for each in _with_sex(answered["elected"], asked["votes"])],
        "seated": [_voted(each) for each in asked["seated"]],
        "rerun": [_rerun(each, names) for each in answered["rerun"]],
        "vacant": [each | {"name": POST_NAMES[each["post"]]} for each in answered["vacant"]],
        "held": [_voted(each, "votes") for each in _with_sex(answered.get("held", []), asked["votes"])],
        "findings": [_without_keys(each, names) for each in answered["findings"]],
        "decisions": [
            {"rule": each.rule, "reason": each.reason, "body": each.body}
            for each in _decisions(election, outcome)
        ],
        "remedies": [remedies.complaint(election)],
        "secrecy": remedies.SECRECY,
    }


def _head(election: Election, kind: str, posted_on: date, rules: Iterable[str]) -> dict[str, Any]:
    day = election.election_day or posted_on
    return {
        "format": f"shanzhi/{kind}/1",
        "renewal": election.renewal.name,
        "village": {"code": election.village.code, "name": election.village.name},
        "township": election.village.parent.name if election.village.parent else "",
        "kind": election.kind,
        "round": ROUNDS[election.kind],
        "election_day": election.election_day.isoformat() if election.election_day else None,
        "law": remedies.cited("VCOL-14-1", day)["law"],
        "seats": election.seats,
        "rules": [cited for rule in sorted(set(rules)) if (cited := remedies.cited(rule, day))],
    }


def _counts(of: Roll) -> dict[str, int]:
    """Who is listed now, by sex and by class (VCOL-16-2 to 4). Summed here: an aggregate may not bear a column's name."""
    counts = dict.fromkeys(["listed", "men", "women", *CLASS_RULES], 0)
    for sex, voter_class in of.lines.filter(listed=True, struck_off=False).values_list("sex", "voter_class"):
        counts["listed"] += 1
        counts["men" if sex == "m" else "women"] += 1
        if voter_class:
            counts[f"class_{voter_class}"] += 1
    return counts


def _voted(each: dict[str, Any], *more: str) -> dict[str, Any]:
    return {key: each[key] for key in ("name", "sex", "post", *more)}


def _with_sex(people: Iterable[dict[str, Any]], votes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    sexes = {each["id"]: each["sex"] for each in votes}
    return [each | {"sex": sexes[each["id"]]} for each in people]


def _rerun(each: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    shown = {key: value for key, value in each.items() if key != "ids"}
    return _without_keys(shown, names) | {
        "kind_name": RERUN_NAMES[each["kind"]],
        "name": POST_NAMES[each["post"]],
    }


def _decisions(election: Election, outcome: Outcome) -> list[Any]:
    """What people decided on the stops of this very outcome, not on one that was reckoned and corrected before."""
    stops = {(stop["rule"], "、".join(stop["names"])) for stop in outcome.answer["stops"]}
    decided = election.decisions.filter(about="stage:announced")
    return [each for each in decided if (each.rule, each.finding["facts"].get("names")) in stops]


def _without_keys(value: Any, names: dict[str, str]) -> Any:
    """The same value with person keys replaced by names: keys never leave the house."""
    if isinstance(value, dict):
        return {key: _without_keys(each, names) for key, each in value.items() if key != "id"}
    if isinstance(value, list):
        return [_without_keys(each, names) for each in value]
    return names.get(value, value) if isinstance(value, str) else value
