"""Written proxies: accepted by rule, ended, posted with both sides (VCOL-18-11 to 18-15)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shanzhi.apps.elections.actions import candidates, mandates
from shanzhi.apps.elections.errors import NotNow, Stale, Stopped, Wrong
from shanzhi.apps.elections.models import Election, Mandate, RollLine
from shanzhi.apps.elections.selectors import mandates as read
from shanzhi.apps.record import selectors as record
from shanzhi.apps.record.models import Event
from tests import cast
from tests.apps.elections.the_road import (
    CLEAR,
    CLERK,
    DAY,
    OPEN,
    SECOND,
    acts,
    days,
    fresh,
    line,
    make,
    mandate,
    nominating,
    nothing_happens,
    person,
    planned,
    post,
    propose,
    refused,
    stand,
    voting,
)


def end(of, **more):
    return mandates.end(mandate=of, today=OPEN, **{"by": CLERK} | more)


def post_mandates(election, *, on=OPEN, version=None, by=CLERK):
    version = fresh(election).version if version is None else version
    return mandates.post(election=election, posted_on=on, version=version, today=OPEN, by=by)


def rules_of(refusal):
    return [finding.rule for finding in refusal.value.findings]


def old_law(county, renewal, day=date(2025, 12, 30)):
    """An election under the text of 2018."""
    election = post(make(planned(renewal, county.village, day=day)), on=day - days(25))
    Election.objects.filter(pk=election.pk).update(stage="candidates")
    return fresh(election)


# Accepted and refused


def test_a_voter_who_cannot_come_names_another_villager_in_writing(county, renewal):
    """VCOL-18-11, VCOL-18-12."""
    election = nominating(renewal, county.village)

    made = mandate(election, "王秀兰", "李建国", near_kin=None)

    assert (made.principal, made.holder, made.reason) == (
        line(election, "王秀兰"),
        line(election, "李建国"),
        "在太原务工",
    )
    assert acts()[-1] == "elections.mandate_accepted"
    assert list(read.live(election)) == [made]


def test_three_mandates_and_no_more(county, renewal):
    """VCOL-18-13, LC-033: three absent villagers and himself, four ballots."""
    election = nominating(renewal, county.village)
    for name in ("王秀兰", "张桂英", "刘志强"):
        mandate(election, name, "李建国")

    with refused(Stopped) as refusal:
        mandate(election, "陈玉梅", "李建国")
    assert rules_of(refusal) == ["VCOL-18-13"]

    end(Mandate.objects.first())
    mandate(election, "陈玉梅", "李建国")


def test_a_candidate_holds_no_mandate(county, renewal):
    """VCOL-18-14, LC-035: also one who is proposed and not decided on."""
    election = nominating(renewal, county.village)
    stand(election, "李建国", "chair")
    propose(election, "张桂英")

    for holder in ("李建国", "张桂英"):
        with refused(Stopped) as refusal:
            mandate(election, "王秀兰", holder)
        assert rules_of(refusal) == ["VCOL-18-14"]


def test_a_candidate_may_name_a_proxy(county, renewal):
    election = nominating(renewal, county.village)
    stand(election, "李建国", "chair")

    assert mandate(election, "李建国", "王秀兰").principal.name == "李建国"


def test_who_holds_a_mandate_and_becomes_a_candidate_holds_it_no_longer(county, renewal):
    """VCOL-18-14."""
    election = nominating(renewal, county.village)
    held = mandate(election, "王秀兰", "李建国")
    made = propose(election, "李建国", "chair")
    candidates.state_facts(candidate=made, facts=CLEAR, source="县联审", by=CLERK)
    assert fresh(held).ended_on is None  # nothing is decided yet

    candidates.decide(candidate=made, stands=True, reason="", today=OPEN, by=CLERK)

    assert fresh(held).ended_on == OPEN
    assert acts()[-2:] == ["elections.mandate_ended", "elections.candidate_decided"]
    mandate(election, "王秀兰", "高双喜")


@pytest.mark.parametrize(
    ("day", "near_kin", "accepted"),
    [
        (date(2025, 12, 30), False, False), (date(2025, 12, 30), None, False), (date(2025, 12, 30), True, True),
        (date(2026, 1, 10), False, True),
    ],
)  # fmt: skip
def test_a_neighbour_may_hold_a_mandate_from_2026_on(county, renewal, day, near_kin, accepted):
    """VCOL-18-12, TRANS-01, LC-037: unknown kinship is not a pass under the older text."""
    election = old_law(county, renewal, day)
    written = {"near_kin": near_kin, "written_on": day - days(3)}

    if accepted:
        mandate(election, "王秀兰", "李建国", **written)
    else:
        with refused(Stopped) as refusal:
            mandate(election, "王秀兰", "李建国", **written)
        assert rules_of(refusal) == ["VCOL-18-12"]


@pytest.mark.parametrize(
    "facts",
    [{"born": date(2009, 12, 21)}, {"rights_removed": True}, {"residence": "away"}],
    ids=["17", "deprived", "away"],
)
def test_who_has_no_vote_here_holds_no_mandate(county, renewal, facts):
    """VCOL-18-12, LC-039: such a person has no number on the roll."""
    election = planned(renewal, county.village)
    cast.make_person(county.village, "没有选举权", **facts)
    election = post(make(election))
    Election.objects.filter(pk=election.pk).update(stage="candidates")

    assert line(election, "没有选举权").number is None
    with refused(Wrong, "holder"):
        mandate(fresh(election), "王秀兰", "没有选举权")


def test_who_was_struck_off_holds_no_mandate(county, renewal):
    """VCOL-18-12."""
    election = nominating(renewal, county.village)
    RollLine.objects.filter(name="李建国").update(struck_off=True)

    with refused(Stopped) as refusal:
        mandate(election, "王秀兰", "李建国")
    assert rules_of(refusal) == ["VCOL-18-12"]


def test_who_was_struck_off_gives_no_mandate(county, renewal):
    """VCOL-18-11."""
    election = nominating(renewal, county.village)
    RollLine.objects.filter(name="王秀兰").update(struck_off=True)

    with refused(Stopped) as refusal:
        mandate(election, "王秀兰", "李建国")
    assert rules_of(refusal) == ["VCOL-18-11"]


def test_nobody_passes_a_mandate_on(county, renewal):
    """VER-01: who lets someone vote for himself cannot vote for others, and the other way round."""
    election = nominating(renewal, county.village)
    mandate(election, "王秀兰", "李建国")

    with refused(Wrong, "holder"):
        mandate(election, "张桂英", "王秀兰")
    with refused(Wrong, "principal"):
        mandate(election, "李建国", "张桂英")


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("reason", {"reason": " "}),
        ("written_on", {"written_on": DAY + days(1)}),
        ("holder", {"holder": "王秀兰"}),
    ],
)
def test_a_mandate_without_its_facts_is_refused(county, renewal, field, facts):
    election = nominating(renewal, county.village)

    with refused(Wrong, field):
        mandate(election, "王秀兰", facts.pop("holder", "李建国"), **facts)


def test_a_voter_has_one_proxy(county, renewal):
    election = nominating(renewal, county.village)
    made = mandate(election, "王秀兰", "李建国")

    with refused(Wrong, "principal"):
        mandate(election, "王秀兰", "张桂英", by=SECOND)
    with nothing_happens():
        assert mandate(election, "王秀兰", "李建国") == made


@pytest.mark.parametrize("stage", ["roll_posted", "counting", "announced"])
def test_mandates_are_taken_between_the_roll_and_the_count(county, renewal, stage):
    election = nominating(renewal, county.village)
    made = mandate(election, "张桂英", "李建国")
    Election.objects.filter(pk=election.pk).update(stage=stage)

    with refused(NotNow):
        mandate(fresh(election), "王秀兰", "李建国")
    with refused(NotNow):
        end(fresh(made))


# Ended


def test_a_mandate_taken_back_ends_once(county, renewal):
    election = nominating(renewal, county.village)
    made = mandate(election, "王秀兰", "李建国")

    end(made)

    assert fresh(made).ended_on == OPEN
    assert acts()[-1] == "elections.mandate_ended"
    with nothing_happens():
        end(made, by=SECOND)
    mandate(election, "王秀兰", "张桂英")


# A second round


def second_round(county, renewal):
    """Three stand again: 李建国 held mandates in the first round, 陈玉梅 and 刘志强 did not."""
    first = voting(renewal, county.village)
    held = [mandate(first, "赵爱莲", "杨守义"), mandate(first, "王秀兰", "高双喜")]
    Election.objects.filter(pk=first.pk).update(stage="announced")
    second = cast.make_election(
        renewal, county.village, parent=first, kind="second", stage="candidates", seats={"member": 1}
    )
    return first, second, held


def test_mandates_go_on_in_a_second_round(county, renewal):
    """VER-10."""
    _first, second, held = second_round(county, renewal)

    assert list(read.live(second)) == sorted(held, key=lambda each: each.principal.number)
    with refused(Wrong, "principal"):
        mandate(second, "王秀兰", "杨守义")


def test_a_mandate_held_by_someone_who_now_stands_has_ended(county, renewal):
    """VER-10, VCOL-18-14."""
    _first, second, held = second_round(county, renewal)
    cast.make_candidate(second, person(second, "高双喜"), source="earlier")

    assert list(read.live(second)) == [held[0]]
    mandate(second, "王秀兰", "杨守义")
    assert read.live(second).count() == 2


def test_a_mandate_of_the_first_round_can_be_taken_back_in_the_second(county, renewal):
    _first, second, held = second_round(county, renewal)

    end(held[0], election=second)

    assert list(read.live(second)) == [held[1]]


def test_three_mandates_are_three_over_both_rounds(county, renewal):
    """VCOL-18-13."""
    _first, second, _held = second_round(county, renewal)
    for name in ("李建国", "张桂英"):
        mandate(second, name, "高双喜")

    with refused(Stopped) as refusal:
        mandate(second, "陈玉梅", "高双喜")
    assert rules_of(refusal) == ["VCOL-18-13"]


# Posted


def test_both_sides_are_posted_on_paper_and_their_number_in_public(county, renewal):
    """VCOL-18-15."""
    election = nominating(renewal, county.village)
    made = mandate(election, "王秀兰", "李建国")
    mandate(election, "张桂英", "李建国")
    assert read.not_on_board(election) == 2

    post_mandates(election)

    told = record.shown(record.document(election.notices.last().document))
    assert told["count"] == 2
    assert "王秀兰" not in str(told)
    assert fresh(made).posted_on == OPEN
    assert read.not_on_board(election) == 0


def test_the_board_is_behind_when_a_mandate_is_added_or_ends(county, renewal):
    election = nominating(renewal, county.village)
    made = mandate(election, "王秀兰", "李建国")
    post_mandates(election)

    mandate(election, "张桂英", "李建国")
    assert read.not_on_board(election) == 1
    end(made)
    assert read.not_on_board(election) == 2
    post_mandates(election)
    assert read.not_on_board(election) == 0


def test_no_proxy_is_nothing_to_post(county, renewal):
    election = nominating(renewal, county.village)

    with refused(NotNow):
        post_mandates(election)


def test_the_list_is_posted_by_who_has_seen_it(county, renewal):
    election = nominating(renewal, county.village)
    mandate(election, "王秀兰", "李建国")
    seen = fresh(election).version
    mandate(election, "张桂英", "李建国", by=SECOND)

    with refused(Stale):
        post_mandates(election, version=seen)
    now = fresh(election).version
    post_mandates(election, version=now)
    with nothing_happens():  # the same button pressed twice
        post_mandates(election, version=now)
    with refused(Wrong, "posted_on"):
        post_mandates(election, on=OPEN + days(1))


def test_two_hundred_mandates_are_read_with_as_many_queries_as_two(county, renewal):
    counted = []
    for village, number in ((county.village, 2), (county.second_village, 200)):
        election = planned(renewal, village, number=0)
        for place in range(number * 2):
            cast.make_person(village, f"村民{place}")
        election = post(make(election))
        rows = list(election.own_roll.lines.order_by("number"))
        Mandate.objects.bulk_create(
            Mandate(
                election=election,
                principal=giver,
                holder=taker,
                reason="外出",
                written_on=OPEN,
                recorded_by=CLERK,
            )
            for giver, taker in zip(rows[:number], rows[number:], strict=True)
        )
        with CaptureQueriesContext(connection) as asked:
            assert (
                len([(each.principal.name, each.holder.name) for each in read.live(fresh(election))])
                == number
            )
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_the_record_of_a_mandate_names_nobody(county, renewal):
    election = nominating(renewal, county.village)
    end(mandate(election, "王秀兰", "李建国", reason="王秀兰在太原"))

    written = str(list(Event.objects.values_list("facts", "subject")))
    for name in ("王秀兰", "李建国", "太原"):
        assert name not in written
