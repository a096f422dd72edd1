"""Sections G, I and J of the worked cases: election committee, recall, assemblies, evaluation, audit, supervision."""

from datetime import date

import pytest

from shanzhi.core.law import bodies, meetings
from shanzhi.core.law.bodies import Supervisor

DAY, OLD = date(2026, 12, 20), date(2025, 12, 30)


@pytest.mark.parametrize(
    ("ask", "enough", "too_few"),
    [
        pytest.param(
            lambda n: meetings.recall_by_voters(n, 1003, on=DAY), 201, 200, id="LC-061 VCOL-19-1 villagers"
        ),
        pytest.param(
            lambda n: meetings.recall_by_representatives(n, 31, on=DAY),
            11,
            10,
            id="LC-061 VCOL-19-1 representatives",
        ),
        pytest.param(
            lambda n: meetings.assembly_quorum_of_adults(n, 1000, on=DAY),
            501,
            500,
            id="LC-063 VCOL-26-1 adults",
        ),
        pytest.param(
            lambda n: meetings.assembly_quorum_of_households(n, 240, on=DAY),
            160,
            159,
            id="LC-063 VCOL-26-1 households",
        ),
        pytest.param(
            lambda n: meetings.make_up(5, 20, n, on=DAY), 9, 8, id="LC-065 VCOL-29-2 women representatives"
        ),
        pytest.param(
            lambda n: meetings.make_up(5, n, 9, on=DAY), 20, 19, id="LC-065 VCOL-29-2 representatives"
        ),
        pytest.param(lambda n: meetings.representatives_quorum(n, 25, on=DAY), 17, 16, id="LC-065 VCOL-30-3"),
        pytest.param(lambda n: meetings.representatives_decide(17, n, on=DAY), 9, 8, id="LC-065 VCOL-30-4"),
        pytest.param(
            lambda n: meetings.assembly_by_villagers(n, 1003, on=DAY),
            101,
            100,
            id="LC-067 VCOL-25-2 villagers",
        ),
        pytest.param(
            lambda n: meetings.assembly_by_representatives(n, 28, on=DAY),
            10,
            9,
            id="VCOL-25-2 representatives",
        ),
        pytest.param(lambda n: meetings.representatives_by(n, 28, on=DAY), 6, 5, id="LC-067 VCOL-30-2"),
        pytest.param(lambda n: meetings.audit_item_added(n, 1003, on=DAY), 201, 200, id="LC-073 VCOL-40-2"),
        pytest.param(lambda n: meetings.assembly_decides(501, n, on=DAY), 251, 250, id="VCOL-26-2"),
        pytest.param(lambda n: meetings.recall_carries(1000, 501, n, on=DAY), 251, 250, id="VCOL-19-3 yes"),
        pytest.param(
            lambda n: meetings.recall_carries(1000, n, 400, on=DAY), 501, 500, id="VCOL-19-3 turnout"
        ),
    ],
)
def test_the_number_that_is_just_enough_and_the_one_that_is_not(ask, enough, too_few):
    assert ask(enough).holds is True
    assert ask(too_few).holds is False
    for finding in (ask(enough), ask(too_few)):
        assert finding.says["zh"]
        assert "{" not in finding.says["zh"] + finding.says["en"]


@pytest.mark.parametrize(
    ("unfit", "keeps"),
    [
        pytest.param([True, True], False, id="LC-069 VCOL-38-3 2026 and 2027 unfit"),
        pytest.param([False, True, True], False, id="LC-071 VCOL-38-3 twice inside one year"),
        pytest.param([True, False, True], True, id="VCOL-38-3 not running"),
        pytest.param([], True, id="VCOL-38-3 never rated"),
    ],
)
def test_two_unfit_ratings_running_end_the_office(unfit, keeps):
    found = meetings.keeps_office(unfit, on=DAY)

    assert found.holds is keeps
    assert found.says["en"]


MEMBERS, RESERVES = ("1", "2", "3", "4", "5", "6", "7"), ("8", "9")


@pytest.mark.parametrize(
    ("day", "nominated", "leave", "step_up", "left_open"),
    [
        pytest.param(DAY, {"3", "sister"}, ("3", "5"), ("8", "9"), 0, id="LC-049 VCOL-15-3 VCOL-15-4"),
        pytest.param(
            OLD,
            {"3", "sister"},
            ("3",),
            ("8",),
            0,
            id="VCOL-15-3 TRANS-01 before 2026 only the nominee leaves",
        ),
        pytest.param(
            DAY, {"1", "2", "8"}, ("1", "2"), ("9",), 1, id="VCOL-15-4 a nominated reserve does not step up"
        ),
        pytest.param(
            DAY, {"1", "2", "3"}, ("1", "2", "3"), ("8", "9"), 1, id="VCOL-15-4 not enough reserves"
        ),
        pytest.param(DAY, {"8", "9", "1"}, ("1",), (), 1, id="VCOL-15-4 no reserve at all"),
        pytest.param(DAY, {"x"}, (), (), 0, id="VCOL-15-3 nobody is touched"),
    ],
)
def test_who_leaves_the_election_committee_and_who_steps_up(day, nominated, leave, step_up, left_open):
    change = bodies.after_nomination(MEMBERS, RESERVES, nominated, [("5", "sister")], election_day=day)

    assert (change.leave, change.step_up, change.open) == (leave, step_up, left_open)
    assert all(finding.says["zh"] and finding.says["en"] for finding in change.findings)


@pytest.mark.parametrize(
    ("person", "stops"),
    [
        pytest.param(Supervisor(False, False, True), ["VSC-05"], id="LC-031 VSC-05 the village bookkeeper"),
        pytest.param(Supervisor(True, False, False), ["VSC-02"], id="VSC-02 a committee member"),
        pytest.param(Supervisor(False, True, False), ["VSC-02"], id="VSC-02 a near relative of one"),
        pytest.param(Supervisor(False, False, False), [], id="VSC-02 nothing against it"),
        pytest.param(
            Supervisor(None, None, None), ["VSC-02", "VSC-02", "VSC-05"], id="VSC-02 not known is no pass"
        ),
    ],
)
def test_who_may_supervise(person, stops):
    found = bodies.may_supervise(person, on=DAY)

    assert [each.rule for each in found if each.stops] == stops
    assert all(each.says["zh"] and each.says["en"] for each in found)
