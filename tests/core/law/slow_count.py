"""A slow, obvious count, written from the rules alone and sharing no code with the fast one.

It takes the case as the JSON of the contract and answers with the same JSON, without findings. Where the fast count
sorts once and keeps sets, this one asks every question again from the beginning.
"""

from fractions import Fraction
from math import ceil

ORDER = ["chair", "vice_chair", "member"]


def slow_count(case):
    """The answer to a case: valid, elected, rerun, vacant, held, stops."""
    posts = [post for post in ORDER if case["seats"].get(post, 0) > 0]
    answer = {"valid": True, "elected": [], "rerun": [], "vacant": [], "held": [], "stops": []}
    if not election_is_valid(case):
        answer["valid"] = False
        for post in posts:
            people = best_first([each for each in case["votes"] if each["post"] == post])
            answer["rerun"].append(vote(post, case["seats"][post], "whole", people))
        return answer
    decided = {}
    for post in posts:
        decided[post] = decide_post(case, post, decided, answer)
    everyone = list(case.get("seated", [])) + [each for post in posts for each in decided[post]["in"]]
    for post in posts:
        answer["elected"] += best_first(decided[post]["in"])
        answer["held"] += decided[post]["held"]
        open_votes(case, post, decided[post], everyone, answer)
    if case["body"] == "committee" and case["election_day"] >= "2026-01-01":
        near = {frozenset(pair) for pair in case.get("kin", [])}
        ids = {me(each) for each in everyone}
        both = sorted(sorted(pair) for pair in near if pair <= ids)
        answer["stops"] += [{"rule": "VCOL-8-3", "who": pair} for pair in both]
    return answer


def me(person):
    return person.get("id") or person["name"]


def best_first(people):
    people = sorted(people, key=me)
    return sorted(people, key=lambda each: each["votes"], reverse=True)


def vote(post, seats, kind, people, women_only=False):
    return {
        "post": post,
        "seats": seats,
        "kind": kind,
        "who": [me(p) for p in people],
        "women_only": women_only,
    }


def setting(case, name, default):
    return case.get("settings", {}).get(name, default)


def election_is_valid(case):
    if case["body"] == "branch":  # PTY-08, PTY-10
        quorum = Fraction(case["present"]) >= Fraction(4, 5) * case["registered"]
        return quorum and case["collected"] <= case["present"]
    turnout = Fraction(case["collected"]) > Fraction(case["registered"], 2)  # VCOL-18-6
    if case["round"] != "first" and not setting(case, "turnout_in_round_2", True):
        turnout = True
    return turnout and case["collected"] <= case["issued"]  # VER-06


def reaches(case, votes):
    """Whether the votes are enough for a seat in this round, were there seats without end."""
    if case["body"] == "branch":
        return votes > Fraction(case["present"], 2)  # PTY-12
    if case["round"] == "first":
        return votes > Fraction(case["collected"], 2)  # VCOL-18-7
    return votes > 0 and votes >= Fraction(case["collected"], 3)  # VCOL-18-10


def decide_post(case, post, decided, answer):
    """Who is in, who ties, who is held back, and who stood."""
    seats = case["seats"][post]
    already = [me(each) for earlier in decided.values() for each in earlier["in"]]
    stood = [dict(each) for each in case["votes"] if each["post"] == post and me(each) not in already]
    if setting(case, "add_down", False):  # VER-12
        for each in stood:
            for other in case["votes"]:
                if me(other) == me(each) and ORDER.index(other["post"]) < ORDER.index(post):
                    each["votes"] += other["votes"]
    if case["round"] == "tie":
        able = stood if len(stood) > seats else [each for each in stood if each["votes"] > 0]
    else:
        able = [each for each in stood if reaches(case, each["votes"])]
    tied_above = [
        who for earlier in decided.values() for tie in earlier["ties"] for who in map(me, tie["people"])
    ]
    waiting = [each for each in able if me(each) in tied_above]
    if waiting:
        answer["stops"].append({"rule": "VER-07", "who": [me(each) for each in best_first(waiting)]})
    able = [each for each in able if me(each) not in tied_above]
    result = take(able, seats)
    if woman_has_a_claim(case, post, decided, stood):
        result = take_with_woman(able, seats)
    return {"kept": False, "held": []} | result | {"stood": stood}


def take(able, seats):
    """In: everybody who has fewer than `seats` people not behind him. Tied: those the seats cannot part."""
    inside, tied = [], []
    for each in able:
        not_behind = sum(1 for other in able if other["votes"] >= each["votes"])
        ahead = sum(1 for other in able if other["votes"] > each["votes"])
        if not_behind <= seats:
            inside.append(each)
        elif ahead < seats:
            tied.append(each)
    ties = [{"people": best_first(tied), "seats": seats - len(inside), "women_only": False}] if tied else []
    return {"in": inside, "ties": ties}


def woman_has_a_claim(case, post, decided, stood):
    """VER-09: no woman sits, and a woman stood for member (or the county keeps a seat all the same)."""
    wish = setting(case, "woman", "guide")
    if case["body"] == "branch" or post != "member" or wish == "off":
        return False
    sitting = list(case.get("seated", [])) + [each for earlier in decided.values() for each in earlier["in"]]
    if [each for each in sitting if each["sex"] == "f"]:
        return False
    women = [each for each in stood if each["sex"] == "f"]
    if case["round"] == "tie":
        return sum(each["votes"] for each in women) > 0
    return len(women) > 0 or wish == "keep"


def take_with_woman(able, seats):
    without = take(able, seats)
    if [each for each in without["in"] if each["sex"] == "f"]:
        return without
    women = [each for each in able if each["sex"] == "f"]
    if not women:
        result = take(able, seats - 1) | {"kept": True}
    else:
        most = max(each["votes"] for each in women)
        top = [each for each in women if each["votes"] == most]
        if len(top) == 1:
            others = take([each for each in able if me(each) != me(top[0])], seats - 1)
            result = {"in": [top[0], *others["in"]], "ties": others["ties"]}
        else:
            stronger = [each for each in able if each["votes"] > most]
            if (
                len(stronger) <= seats - 2
            ):  # at least two seats are left for those with as many votes as the women
                return without
            others = take(stronger, seats - 1)
            kept_for = {"people": best_first(top), "seats": 1, "women_only": True}
            result = {"in": others["in"], "ties": [*others["ties"], kept_for]}
    safe = [me(each) for each in result["in"]] + [
        me(each) for tie in result["ties"] for each in tie["people"]
    ]
    would = best_first(without["in"]) + [each for tie in without["ties"] for each in tie["people"]]
    return result | {"held": [each for each in would if me(each) not in safe]}


def open_votes(case, post, result, everyone, answer):
    """Ties are voted on again; then what is missing."""
    for tie in result["ties"]:
        answer["rerun"].append(vote(post, tie["seats"], "tie", tie["people"], tie["women_only"]))
    missing = case["seats"][post] - len(result["in"]) - sum(tie["seats"] for tie in result["ties"])
    if missing == 0:
        return
    busy = [me(each) for each in everyone] + [me(each) for tie in result["ties"] for each in tie["people"]]
    left = best_first([each for each in result["stood"] if me(each) not in busy])
    if case["round"] == "tie" and len(left) > missing:  # nobody has a vote: they are tied still
        answer["rerun"].append(vote(post, missing, "tie", left))
    elif case["body"] == "branch":  # PTY-15 with the contest of PTY-07
        people = stand_again(case, left, missing + ceil(Fraction(missing, 5)))
        answer["rerun"].append(vote(post, missing, "again", people))
    else:
        womans = 1 if result["kept"] else 0
        others = missing - womans
        if case["round"] == "second":  # VER-11
            stay = len(everyone) >= 3
            if womans:
                answer["vacant"].append({"post": post, "seats": 1, "may_stay": False})
            if others:
                answer["vacant"].append({"post": post, "seats": others, "may_stay": stay})
            if stay:
                others = 0
        second_round(case, post, womans, others, left, answer)


def second_round(case, post, womans, others, left, answer):
    """VCOL-18-8, VCOL-18-9: the unelected with most votes; a seat kept for a woman is voted on among women."""
    extra = setting(case, "slate_extra", 1)
    if womans:
        women = stand_again(case, [each for each in left if each["sex"] == "f"], 1 + extra)
        answer["rerun"].append(vote(post, 1, "second_round", women, women_only=True))
        left = [each for each in left if me(each) not in [me(woman) for woman in women]]
    if others:
        people = stand_again(case, left, others + extra)
        answer["rerun"].append(vote(post, others, "second_round", people))


def stand_again(case, left, places):
    """Everybody with fewer than `places` people ahead; with slate_ties "none" nobody who ties across the last place."""
    standing = []
    for each in left:
        ahead = sum(1 for other in left if other["votes"] > each["votes"])
        level = sum(1 for other in left if other["votes"] == each["votes"])
        if ahead + level <= places or (ahead < places and setting(case, "slate_ties", "all") == "all"):
            standing.append(each)
    return standing
