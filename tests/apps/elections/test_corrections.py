"""A posted roll changes only by rule: corrections, and what the records say beside it."""

from datetime import date

import pytest

from shanzhi.apps.elections.actions import candidates, objections, renewals, rolls
from shanzhi.apps.elections.errors import NotNow, Refused, Stopped, Wrong
from shanzhi.apps.elections.models import Correction, Election
from shanzhi.apps.elections.selectors import revision
from shanzhi.apps.elections.selectors import rolls as read
from shanzhi.apps.places import actions as places
from shanzhi.apps.places.models import Person
from shanzhi.apps.record import sealing
from shanzhi.apps.record import selectors as record
from tests import cast
from tests.apps.elections.the_road import (
    CLERK,
    DAY,
    OPEN,
    POSTED,
    acts,
    attest,
    correct,
    days,
    declare,
    fresh,
    line,
    make,
    mandate,
    nominating,
    person,
    planned,
    post,
    posted,
    refused,
    stand,
    voting,
    with_number,
)

# Corrections


def test_a_correction_adds_whom_the_rules_list_with_his_class(county, renewal):
    election = posted(renewal, county.village)
    away = with_number(cast.make_person(county.village, "外出人", residence=Person.Residence.AWAY), 200)
    declare(election, away, "takes_part", made_on=OPEN)

    made = correct(election, away, "add")

    row = line(election, "外出人")
    assert (row.number, row.listed, row.voter_class, row.struck_off) == (9, True, 2, False)
    assert (made.change, made.line, made.reason) == ("add", row, "核对户口本")
    assert [notice.kind for notice in election.notices.all()] == ["roll", "correction"]
    told = record.shown(record.document(election.notices.last().document))
    assert told["counts"]["listed"] == told["counts"]["class_1"] + told["counts"]["class_2"] == 9
    assert told["lines_root"] == fresh(election.own_roll).lines_root
    assert "elections.roll_corrected" in acts()


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("VCOL-16-1", {"born": date(2010, 1, 1)}), ("VCOL-16-1", {"rights_removed": True}),
        ("VCOL-16-3", {"residence": "away"}), ("VCOL-16-4", {"residence": "outsider"}),
    ],
)  # fmt: skip
def test_a_correction_puts_nobody_on_whom_the_rules_do_not_list(county, renewal, rule, facts):
    election = posted(renewal, county.village)
    who = cast.make_person(county.village, "某某", **facts)

    with refused(Stopped) as refusal:
        correct(election, who, "add")
    assert [finding.rule for finding in refusal.value.findings] == [rule]


def test_a_correction_strikes_a_line_and_its_number_stays_empty(county, renewal):
    election = posted(renewal, county.village)
    gone = person(election, "李建国")
    number = line(election, "李建国").number

    correct(election, gone, "strike", reason="去世")

    row = line(election, "李建国")
    assert (row.struck_off, row.number) == (True, number)
    assert number not in [each.number for each in read.posted(election)]
    assert read.counts(election)["listed"] == 7


def test_a_struck_line_can_be_put_on_again_under_its_number_with_a_new_code(county, renewal):
    election = posted(renewal, county.village)
    who = person(election, "李建国")
    before = line(election, "李建国")
    correct(election, who, "strike")

    correct(election, who, "add")

    row = line(election, "李建国")
    assert (row.pk, row.number, row.struck_off) == (before.pk, before.number, False)
    assert read.slip_code(row) != read.slip_code(before)
    assert Correction.objects.count() == 2


def test_a_corrected_detail_follows_the_records_and_keeps_the_slip(county, renewal):
    election = posted(renewal, county.village)
    who = person(election, "王秀兰")
    before = line(election, "王秀兰")
    who.name = "王秀岚"
    who.save()

    correct(election, who, "amend")

    row = line(election, "王秀岚")
    assert row.pk == before.pk
    assert read.slip_code(row) == read.slip_code(before)
    assert sealing.unseal(row, "salt_sealed") != sealing.unseal(before, "salt_sealed")


def test_a_second_click_corrects_nothing_twice(county, renewal):
    election = posted(renewal, county.village)
    who = person(election, "王秀兰")
    who.name = "王秀岚"
    who.save()
    correct(election, who, "amend")

    with refused(Wrong, "person"):
        correct(election, who, "amend")
    correct(election, who, "strike")
    with refused(Wrong, "person"):
        correct(election, who, "strike")
    correct(election, who, "add")
    with refused(Wrong, "person"):
        correct(election, who, "add")


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("reason", {"reason": " "}), ("made_on", {"made_on": OPEN + days(1)}), ("made_on", {"made_on": POSTED - days(1)}),
        ("change", {"change": "erase"}),
    ],
)  # fmt: skip
def test_a_correction_without_reason_or_day_is_refused(county, renewal, field, facts):
    election = posted(renewal, county.village)

    with refused(Wrong, field):
        correct(election, person(election, "王秀兰"), **{"change": "strike"} | facts)


def test_nobody_of_another_village_is_put_on(county, renewal):
    election = posted(renewal, county.village)

    with refused(Wrong, "person"):
        correct(election, cast.make_person(county.second_village), "add")


def test_a_roll_that_is_not_posted_or_is_being_counted_is_not_corrected(county, renewal):
    election = make(planned(renewal, county.village))
    with refused(NotNow):
        correct(election, person(election, "王秀兰"), "strike")

    election = post(election)
    Election.objects.filter(pk=election.pk).update(stage="counting")
    with refused(NotNow):
        correct(fresh(election), person(election, "王秀兰"), "strike")


def test_who_is_struck_off_neither_gives_nor_holds_a_proxy(county, renewal):
    election = nominating(renewal, county.village)
    given = mandate(election, "王秀兰", "李建国")
    held = mandate(election, "杨守义", "李建国")

    correct(election, person(election, "王秀兰"), "strike")
    assert fresh(given).ended_on == OPEN
    assert fresh(held).ended_on is None

    correct(election, person(election, "李建国"), "strike")
    assert fresh(held).ended_on == OPEN
    assert acts().count("elections.mandate_ended") == 2


def test_a_posted_candidate_withdraws_before_his_line_is_struck(county, renewal):
    election = voting(renewal, county.village)

    with refused(Refused):
        correct(election, person(election, "王秀兰"), "strike")


def test_a_second_round_corrects_the_first_roll_by_the_first_election_day(county, renewal):
    """VER-10: the same roll, also for someone who comes of age between the rounds."""
    election = planned(renewal, county.village)
    young = cast.make_person(county.village, "小任", born=date(2008, 12, 22))
    first = post(make(election))
    Election.objects.filter(pk=first.pk).update(stage="announced")
    second = cast.make_election(
        renewal, county.village, parent=first, kind="second", stage="candidates", election_day=None
    )

    with refused(Stopped):
        correct(second, young, "add", made_on=DAY + days(5), today=DAY + days(5))
    correct(
        second, person(second, "李建国"), "strike", reason="去世", made_on=DAY + days(5), today=DAY + days(5)
    )
    assert line(first, "李建国").struck_off


# The records against the posted roll


def test_what_changed_in_the_records_is_shown_beside_the_posted_roll(county, renewal):
    election = posted(renewal, county.village)
    assert revision.differences(election) == []

    places.mark_left(person=person(election, "李建国"), left="died", left_on=OPEN, today=OPEN, by=CLERK)
    renamed = person(election, "张桂英")
    renamed.name = "张桂瑛"
    renamed.save()
    away = cast.make_person(county.village, "外出人", residence=Person.Residence.AWAY)
    declare(election, away, "takes_part", made_on=OPEN)
    declare(election, person(election, "刘志强"), "registered_elsewhere", made_on=OPEN)

    found = {(each.person.name, each.change, each.must) for each in revision.differences(election)}
    assert found == {
        ("李建国", "strike", False), ("张桂瑛", "amend", False), ("外出人", "add", False), ("刘志强", "strike", False)
    }  # fmt: skip


def test_who_died_after_the_posting_is_still_found_to_be_struck(county, renewal):
    election = posted(renewal, county.village)
    gone = person(election, "李建国")
    places.mark_left(person=gone, left="died", left_on=OPEN, today=OPEN, by=CLERK)

    assert read.found(election, "李建国") == [gone]
    correct(election, fresh(gone), "strike", reason="去世")
    assert read.found(election, "李建国") == []
    assert revision.differences(election) == []


def test_what_a_person_decided_is_not_asked_again(county, renewal):
    election = posted(renewal, county.village)
    correct(election, person(election, "李建国"), "strike", reason="重复登记")
    about = {
        "about": "wrong",
        "says": "不住这里",
        "objector": "陈玉梅",
        "filed_on": OPEN,
        "today": OPEN,
        "by": CLERK,
    }
    declare(election, person(election, "刘志强"), "registered_elsewhere", made_on=OPEN)
    made = objections.file(election=election, person=person(election, "刘志强"), **about)
    objections.decide(
        objection=made, verdict="rejected", reason="邻村名单上没有", decided_on=OPEN, today=OPEN, by=CLERK
    )

    assert revision.differences(election) == []


def test_who_comes_of_age_by_a_later_election_day_is_put_on_before_the_candidates_are_posted(county, renewal):
    """VCOL-16-1, LC-045."""
    election = planned(renewal, county.village)
    young = with_number(cast.make_person(county.village, "小任", born=date(2008, 12, 22)), 201)
    election = post(make(election))
    attest(election, "nomination")
    rolls.close_objections(election=election, today=OPEN, by=CLERK)
    for name, what in (
        ("王秀兰", "chair"),
        ("李建国", "chair"),
        ("张桂英", "member"),
        ("刘志强", "member"),
        ("陈玉梅", "member"),
    ):
        stand(election, name, what)
    moved = fresh(election)
    renewals.set_day(election=moved, election_day=DAY + days(2), version=moved.version, today=OPEN, by=CLERK)
    assert [(each.person, each.change, each.must) for each in revision.differences(fresh(election))] == [
        (young, "add", True)
    ]

    with refused(Refused) as refusal:
        post_list(election)
    assert "小任" in str(refusal.value.message)

    correct(fresh(election), young, "add", reason="选举日推迟，届时年满十八周岁")
    post_list(election)
    assert fresh(election).stage == "voting"


def post_list(election):
    election = fresh(election)
    candidates.post_list(election=election, posted_on=OPEN, version=election.version, today=OPEN, by=CLERK)
