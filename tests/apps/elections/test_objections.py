"""Objections to the posted roll: taken up, on their clock, decided, answered in public (VCOL-17)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shanzhi.apps.elections.actions import declarations, objections, rolls
from shanzhi.apps.elections.errors import NotNow, Refused, Stopped, Wrong
from shanzhi.apps.elections.models import Correction, Election, Objection
from shanzhi.apps.elections.selectors import rolls as read
from shanzhi.apps.places.models import Person
from shanzhi.apps.record import selectors as record
from shanzhi.apps.record.models import Event
from tests import cast
from tests.apps.elections.the_road import (
    CLERK,
    OPEN,
    POSTED,
    SECOND,
    acts,
    days,
    fresh,
    line,
    make,
    nominating,
    nothing_happens,
    person,
    planned,
    post,
    posted,
    refused,
    voting,
    with_number,
)

LAST_DAY = date(2026, 12, 3)  # POSTED and five days


def file(election, name="王秀兰", about="detail", **more):
    facts = {
        "says": "名字写错了",
        "objector": "张桂英",
        "filed_on": POSTED,
        "today": OPEN,
        "by": CLERK,
    } | more
    who = more.pop("person", None) or person(election, name)
    facts.pop("person", None)
    return objections.file(election=election, person=who, about=about, **facts)


def decide(objection, verdict="rejected", **more):
    facts = {"reason": "核对户口本", "decided_on": OPEN, "today": OPEN, "by": CLERK} | more
    return objections.decide(objection=objection, verdict=verdict, **facts)


# Taken up


def test_an_objection_in_time_is_taken_up_with_three_days_to_decide(county, renewal):
    """VCOL-17-2, VCOL-17-3, LC-053: posted 21 December, filed 26 December: in time, decision due 29 December."""
    election = planned(renewal, county.village, day=date(2027, 1, 20))
    election = post(make(election), on=date(2026, 12, 21))

    made = file(election, filed_on=date(2026, 12, 26), today=date(2026, 12, 26))

    assert (made.late, made.decide_by, made.verdict) == (False, date(2026, 12, 29), "")
    assert acts()[-1] == "elections.objection_filed"


@pytest.mark.parametrize(
    ("day", "on", "last"),
    [
        (date(2028, 3, 20), date(2028, 2, 26), date(2028, 3, 2)),
        (date(2027, 3, 20), date(2027, 2, 26), date(2027, 3, 3)),
    ],
)
def test_the_five_days_know_leap_years(county, renewal, day, on, last):
    """LC-055."""
    election = post(make(planned(renewal, county.village, day=day)), on=on)

    assert read.objections_until(election.own_roll) == last
    assert not file(election, filed_on=last, today=last).late
    assert file(election, "李建国", filed_on=last + days(1), today=last + days(1)).late


def test_a_late_objection_is_taken_up_and_marked(county, renewal):
    """CAL-03: whether a rest day carries the last day is not settled, so nobody is turned away."""
    election = posted(renewal, county.village)

    assert not file(election, filed_on=LAST_DAY).late
    late = file(election, "李建国", filed_on=LAST_DAY + days(1))

    assert (late.late, late.decide_by) == (True, LAST_DAY + days(4))
    assert Event.objects.order_by("index").last().facts["late"] is True


def test_the_same_objection_sent_twice_is_one(county, renewal):
    election = posted(renewal, county.village)
    made = file(election)

    with nothing_happens():
        assert file(election) == made
    with refused(Refused):
        file(election, says="另一种说法", by=SECOND)


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("filed_on", {"filed_on": OPEN + days(1)}), ("filed_on", {"filed_on": POSTED - days(1)}), ("says", {"says": " "}),
        ("objector", {"objector": ""}), ("about", {"about": "weather"}),
    ],
)  # fmt: skip
def test_an_objection_without_its_facts_is_refused(county, renewal, field, facts):
    election = posted(renewal, county.village)

    with refused(Wrong, field):
        file(election, **facts)


def test_an_objection_fits_what_stands_on_the_roll(county, renewal):
    election = planned(renewal, county.village)
    away = cast.make_person(county.village, "外出人", residence=Person.Residence.AWAY)
    election = post(make(election))

    for about in ("wrong", "detail"):
        with refused(Wrong, "person"):
            file(election, about=about, person=away)
    with refused(Wrong, "person"):
        file(election, "王秀兰", about="missing")
    with refused(Wrong, "person"):
        file(election, about="missing", person=cast.make_person(county.second_village))
    assert file(election, about="missing", person=away).about == "missing"


def test_there_is_nothing_to_object_to_before_the_roll_is_posted(county, renewal):
    election = make(planned(renewal, county.village))

    with refused(NotNow):
        file(election)


# Decided


def test_a_rejected_objection_changes_nothing_and_is_answered_in_public(county, renewal):
    election = posted(renewal, county.village)
    made = file(election)
    root = fresh(election.own_roll).lines_root

    decide(made)

    made = fresh(made)
    assert (made.verdict, made.reason, made.decided_on, made.decided_by) == (
        "rejected",
        "核对户口本",
        OPEN,
        CLERK,
    )
    assert fresh(election.own_roll).lines_root == root
    told = record.shown(record.document(election.notices.last().document))
    assert told["objection"]["verdict"] == "rejected"
    assert told["change"] is None
    assert acts()[-2:] == ["record.published", "elections.objection_decided"]


@pytest.mark.parametrize(
    ("about", "change", "listed"), [("wrong", "strike", 7), ("missing", "add", 9), ("detail", "amend", 8)]
)
def test_an_upheld_objection_corrects_the_roll_and_publishes_it(county, renewal, about, change, listed):
    election = planned(renewal, county.village)
    who = person(election, "王秀兰")
    if about == "missing":
        who = with_number(cast.make_person(county.village, "外出人", residence=Person.Residence.AWAY), 203)
    election = post(make(election))
    made = file(election, about=about, person=who)
    if about == "detail":
        who.name = "王秀岚"
        who.save()
    if about == "missing":
        declarations.declare(election=election, person=who, kind="takes_part", made_on=OPEN, by=CLERK)

    decide(made, "upheld")

    corrected = Correction.objects.get()
    assert (corrected.change, corrected.objection, corrected.made_on) == (change, made, OPEN)
    told = record.shown(record.document(election.notices.last().document))
    assert (told["change"], told["counts"]["listed"]) == (change, listed)
    assert told["lines_root"] == fresh(election.own_roll).lines_root


def test_upholding_puts_nobody_on_whom_the_rules_do_not_list(county, renewal):
    """VCOL-16-1: the objection stays open, nothing is half decided."""
    election = planned(renewal, county.village)
    child = cast.make_person(county.village, "小娃", born=date(2012, 1, 1))
    election = post(make(election))
    made = file(election, about="missing", person=child)

    with refused(Stopped):
        decide(made, "upheld")
    assert fresh(made).verdict == ""


def test_a_decision_sent_twice_stands_once_and_a_colleagues_other_one_is_refused(county, renewal):
    election = posted(renewal, county.village)
    made = file(election)
    decide(made)

    with nothing_happens():
        decide(made)
    with refused(NotNow):
        decide(made, "upheld", by=SECOND)


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("reason", {"reason": ""}), ("decided_on", {"decided_on": OPEN + days(1)}),
        ("decided_on", {"decided_on": POSTED - days(1)}), ("verdict", {"verdict": "perhaps"}),
    ],
)  # fmt: skip
def test_a_decision_without_its_facts_is_refused(county, renewal, field, facts):
    made = file(posted(renewal, county.village))

    with refused(Wrong, field):
        decide(made, **{"verdict": "rejected"} | facts)


def test_an_undecided_objection_keeps_nominations_shut(county, renewal):
    """VCOL-17-3."""
    election = posted(renewal, county.village)
    made = file(election)

    with refused(Stopped) as refusal:
        rolls.close_objections(election=election, today=OPEN, by=CLERK)
    assert [finding.rule for finding in refusal.value.findings] == ["VCOL-17-3"]

    decide(made)
    rolls.close_objections(election=election, today=OPEN, by=CLERK)


def test_an_objection_during_a_second_round_can_be_decided_there(county, renewal):
    first = voting(renewal, county.village)
    Election.objects.filter(pk=first.pk).update(stage="announced")
    second = cast.make_election(renewal, county.village, parent=first, kind="second", stage="candidates")

    made = file(second, "李建国", about="wrong", filed_on=OPEN)
    decide(made, "upheld")

    assert line(first, "李建国").struck_off
    assert fresh(second).notices.last().kind == "correction"


def test_an_objection_left_open_when_the_count_begins_is_answered_but_changes_nothing(county, renewal):
    """VCOL-21-2: from then on a complaint goes to the township."""
    election = voting(renewal, county.village)
    made = file(election, "高双喜", about="wrong", filed_on=OPEN)
    Election.objects.filter(pk=election.pk).update(stage="counting")

    with refused(NotNow):
        decide(made, "upheld")
    decide(made, "rejected")
    assert not line(election, "高双喜").struck_off


# On their clock


def test_open_objections_come_first_each_with_the_days_it_has_left(county, renewal):
    election = nominating(renewal, county.village)
    decided = file(election)
    decide(decided)
    urgent = file(election, "李建国", filed_on=POSTED)
    later = file(election, "张桂英", filed_on=OPEN)

    rows = read.objections(election, today=OPEN)

    assert [each.objection for each in rows] == [urgent, later, decided]
    assert [(each.days_left, each.late) for each in rows] == [(-3, True), (3, False), (-3, False)]


def test_two_hundred_objections_are_read_with_as_many_queries_as_two(county, renewal):
    counted = []
    for village, number in ((county.village, 2), (county.second_village, 200)):
        election = posted(renewal, village)
        roll = election.own_roll
        who = roll.lines.first().person
        Objection.objects.bulk_create(
            Objection(
                roll=roll, person=who, about="wrong", says="…", objector="某", filed_on=POSTED, decide_by=LAST_DAY,
                recorded_by=CLERK,
            )
            for _each in range(number)
        )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            assert (
                len([each.objection.person.name for each in read.objections(fresh(election), today=OPEN)])
                == number
            )
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_neither_the_record_nor_the_notice_says_who_objected_to_whom(county, renewal):
    election = posted(renewal, county.village)
    decide(file(election, says="王秀兰住在太原"), reason="王秀兰户口在村")

    events = str(list(Event.objects.values_list("facts", "subject")))
    notice = str(record.shown(record.document(election.notices.last().document)))
    for name in ("王秀兰", "张桂英", "太原"):
        assert name not in events
        assert name not in notice
