"""Random elections of both bodies as JSON of the contract, close enough together that ties and near misses are common."""

from __future__ import annotations

import random
from typing import Any

LETTERS = "甲乙丙丁戊己庚辛壬癸"
DAYS = ("2025-12-31", "2026-01-01", "2026-12-20")


def draw(dice: random.Random) -> dict[str, Any]:
    """One election that can be counted."""
    return branch(dice) if dice.random() < 0.2 else committee(dice)


def committee(dice: random.Random) -> dict[str, Any]:
    """A villagers' committee: any round, one to three posts, people who stand for several of them."""
    registered = dice.choice([0, 1, 6, 9, 12, 30, 999, 1000])
    collected = min(registered, dice.choice([registered, registered, registered // 2, registered // 2 + 1]))
    void = dice.choice([0, 0, collected // 10])
    seats = {
        "chair": dice.choice([0, 1, 1]),
        "vice_chair": dice.choice([0, 0, 1, 2]),
        "member": dice.choice([1, 1, 2, 3, 3, 4]),
    }
    round_ = dice.choice(["first", "first", "second", "tie"])
    people = [(letter, dice.choice("mmf")) for letter in LETTERS]
    dice.shuffle(people)
    seated = (
        [named(who, "member") for who in people[: dice.choice([0, 0, 1, 2, 3, 4])]]
        if round_ != "first"
        else []
    )
    free = people[len(seated) :]
    settings = {
        "woman": dice.choice(["guide", "guide", "guide", "keep", "off"]),
        "turnout_in_round_2": dice.random() < 0.7,
        "slate_extra": dice.choice([1, 1, 1, 2]),
        "slate_ties": dice.choice(["all", "all", "none"]),
        "add_down": dice.random() < 0.2,
    }
    votes = _votes(dice, seats, free, collected - void, once=settings["add_down"])
    sitters = [who for who, _sex in people]
    return {
        "body": "committee", "election_day": dice.choice(DAYS), "round": round_, "registered": registered,
        "issued": dice.choice([collected, collected, collected + 3, max(0, collected - 1)]), "collected": collected,
        "void": void, "seats": seats, "votes": votes, "seated": seated, "settings": settings,
        "kin": _kin(dice, {each["name"] for each in votes + seated} & set(sitters)),
    }  # fmt: skip


def branch(dice: random.Random) -> dict[str, Any]:
    """A branch committee: first round or tie."""
    registered = dice.choice([0, 5, 10, 12, 40])
    present = min(registered, dice.choice([registered, registered, registered * 4 // 5, registered * 3 // 4]))
    collected = max(0, min(present + 1, dice.choice([present, present, present - 1, present + 1])))
    void = dice.choice([0, 0, min(1, collected)])
    seats = {"member": dice.choice([1, 3, 3, 5])}
    people = [(letter, dice.choice("mf")) for letter in LETTERS]
    return {
        "body": "branch", "election_day": "2026-11-01", "round": dice.choice(["first", "first", "first", "tie"]),
        "registered": registered, "present": present, "issued": collected, "collected": collected, "void": void,
        "seats": seats, "votes": _votes(dice, seats, people, collected - void), "seated": [], "kin": [], "settings": {},
    }  # fmt: skip


def named(who: tuple[str, str], post: str) -> dict[str, Any]:
    """One person on the ballot, without votes."""
    return {"name": who[0], "sex": who[1], "post": post}


def _votes(
    dice: random.Random,
    seats: dict[str, int],
    people: list[tuple[str, str]],
    papers: int,
    *,
    once: bool = False,
) -> list[dict[str, Any]]:
    """Up to seven people a post; votes near the half, the third and one another; never more than the papers hold."""
    rows: list[dict[str, Any]] = []
    used: dict[str, int] = {}
    near = [papers, papers // 2 + 2, papers // 2, papers // 2 + 1, papers // 3, papers // 3 + 1, 0, 1]
    for post, open_seats in seats.items():
        if not open_seats:
            continue
        left = open_seats * papers
        for who in dice.sample(people, min(len(people), dice.randint(0, 7))):
            most = min(left, papers - (used.get(who[0], 0) if once else 0))
            votes = min(most, dice.choice([*near, dice.randint(0, max(papers, 0))]))
            left -= votes
            used[who[0]] = used.get(who[0], 0) + votes
            rows.append(named(who, post) | {"votes": votes})
    dice.shuffle(rows)
    return rows


def _kin(dice: random.Random, names: set[str]) -> list[list[str]]:
    ordered = sorted(names)
    if len(ordered) < 2 or dice.random() < 0.5:
        return []
    return [dice.sample(ordered, 2) for _pair in range(dice.randint(1, 3))]
