"""What the tests of outcomes reckon with."""

from tests.apps.elections.the_count import (
    announce,
    hold_again,
    make_count,
    reckon,
)

JIA, YI, BING, DING, WU, JI = "甲", "乙", "丙", "丁", "戊", "己"
ONE = {"chair": 1}
TWO_FOR_CHAIR = [("chair", JIA), ("chair", YI)]


def members(*names):
    return [("member", name) for name in names]


def member_votes(**votes):
    return {("member", name): number for name, number in votes.items()}


def elected(outcome):
    return [each["name"] for each in outcome.answer["elected"]]


def reruns(election):
    return list(election.reruns.order_by("pk"))


def second_round(*, seats=3, won=("甲", "乙"), left=("丙", "丁")):
    """Two of three seats are filled; two people stand for the third."""
    election = make_count({"member": seats}, members(*won, *left), registered=1000)
    votes = dict.fromkeys(won, 420) | {left[0]: 350, left[1]: 200}
    reckon(election, member_votes(**votes), collected=700)
    announce(election)
    return hold_again(*reruns(election))
