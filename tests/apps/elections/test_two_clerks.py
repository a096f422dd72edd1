"""Two clerks at one moment, each with a connection of his own, on the first half of the road."""

from collections.abc import Callable

import pytest
from django.core.cache import cache

from shanzhi.apps.elections.actions import (
    candidates,
    checks,
    corrections,
    declarations,
    mandates,
    objections,
    renewals,
    road,
    rolls,
)
from shanzhi.apps.elections.errors import Refused, Stale
from shanzhi.apps.elections.models import (
    Candidate,
    CheckAttempt,
    Correction,
    Decision,
    Declaration,
    Election,
    Mandate,
    Notice,
    Objection,
    Renewal,
    RollLine,
)
from shanzhi.apps.elections.selectors.rolls import Question
from shanzhi.apps.record.models import Document, Event
from tests import cast
from tests.apps.elections.at_once import at_once
from tests.apps.elections.the_road import (
    CLEAR,
    CLERK,
    DAY,
    MADE,
    OPEN,
    POSTED,
    SEATS,
    days,
    fresh,
    line,
    make,
    nominating,
    person,
    planned,
    posted,
    propose,
)

pytestmark = pytest.mark.django_db(transaction=True)
CLERKS = ("clerk-one", "clerk-two", "clerk-three", "clerk-four")


@pytest.fixture
def county(transactional_db):
    return cast.make_county()


def each_clerk(act: Callable[[str], object]) -> list[object]:
    return at_once(*[lambda by=by: act(by) for by in CLERKS])


def done(met: list[object]) -> list[object]:
    return [each for each in met if not isinstance(each, Refused)]


def recorded(act: str) -> int:
    return Event.objects.filter(act=act).count()


def test_one_document_opens_one_renewal(county):
    order = {
        "name": "换届",
        "begins": POSTED,
        "ends": DAY,
        "issuer": "组织部",
        "document": "1号",
        "issued_on": MADE,
    }

    met = each_clerk(lambda by: renewals.open_renewal(county=county.place, **order, by=by))

    assert {each.pk for each in met} == {Renewal.objects.get().pk}
    assert recorded("elections.renewal_opened") == 1


def test_a_village_joins_once(county, renewal):
    met = each_clerk(lambda by: renewals.open_elections(renewal=renewal, villages=county.villages, by=by))

    assert sorted(len(each) for each in met) == [0, 0, 0, 3]
    assert Election.objects.count() == recorded("elections.opened") == 3


def test_of_four_plans_one_stands_and_the_others_are_told(county, renewal):
    election = cast.make_election(renewal, county.village)

    met = each_clerk(
        lambda by: renewals.set_plan(
            election=election, election_day=DAY + days(1 + CLERKS.index(by)), seats=SEATS, version=1, by=by
        )
    )

    assert [type(each) for each in met].count(Stale) == 3
    assert fresh(election).version == 2
    assert done(met)[0].election_day == fresh(election).election_day


def test_a_roll_is_posted_once(county, renewal):
    election = make(planned(renewal, county.village))

    met = each_clerk(
        lambda by: rolls.post(
            election=election, posted_on=POSTED, version=election.version, today=POSTED, by=by
        )
    )

    assert {each.pk for each in done(met)} == {election.own_roll.pk}
    assert Notice.objects.count() == Document.objects.filter(kind="roll").count() == 1
    assert sorted(RollLine.objects.values_list("number", flat=True)) == list(range(1, 9))


def test_a_roll_made_anew_while_it_is_posted_is_one_or_the_other(county, renewal):
    election = make(planned(renewal, county.village))

    post, remake = at_once(
        lambda: rolls.post(
            election=election, posted_on=POSTED, version=election.version, today=POSTED, by=CLERK
        ),
        lambda: rolls.make(election=election, today=POSTED, by=CLERK),
    )

    is_posted = fresh(election).stage == "roll_posted"
    assert isinstance(post, Refused) is not is_posted
    assert isinstance(remake, Refused) is is_posted
    assert RollLine.objects.filter(number__isnull=False).count() == (8 if is_posted else 0)


def test_a_declaration_an_objection_and_a_nomination_sent_by_four_are_one(county, renewal):
    election = posted(renewal, county.village)
    who = person(election, "王秀兰")
    says = {"says": "名字写错了", "objector": "张桂英", "filed_on": POSTED, "today": OPEN}

    each_clerk(
        lambda by: declarations.declare(election=election, person=who, kind="takes_part", made_on=OPEN, by=by)
    )
    each_clerk(lambda by: objections.file(election=election, person=who, about="detail", **says, by=by))

    assert Declaration.objects.count() == recorded("elections.declared") == 1
    assert Objection.objects.count() == recorded("elections.objection_filed") == 1


def test_an_objection_is_decided_one_way_only(county, renewal):
    election = posted(renewal, county.village)
    made = objections.file(
        election=election, person=person(election, "王秀兰"), about="wrong", says="不住这里", objector="张桂英",
        filed_on=POSTED, today=OPEN, by=CLERK,
    )  # fmt: skip
    verdicts = dict(zip(CLERKS, ("upheld", "rejected", "upheld", "rejected"), strict=True))

    met = each_clerk(
        lambda by: objections.decide(
            objection=made, verdict=verdicts[by], reason="核对户口本", decided_on=OPEN, today=OPEN, by=by
        )
    )

    assert len(done(met)) == recorded("elections.objection_decided") == 1
    assert line(election, "王秀兰").struck_off is (fresh(made).verdict == "upheld")


def test_a_line_is_struck_once(county, renewal):
    election = posted(renewal, county.village)

    each_clerk(
        lambda by: corrections.correct(
            election=election, person=person(election, "王秀兰"), change="strike", reason="迁出", made_on=OPEN, today=OPEN,
            by=by,
        )
    )  # fmt: skip

    assert Correction.objects.count() == Document.objects.filter(kind="correction").count() == 1


def test_a_stop_is_decided_once(county, renewal):
    election = make(planned(renewal, county.village))
    late = DAY - days(15)

    each_clerk(
        lambda by: road.decide_stop(
            election=election,
            about="stage:roll_posted",
            rule="VCOL-17-1",
            reason="推迟",
            body="村选举委员会",
            today=late,
            by=by,
        )
    )

    assert Decision.objects.count() == recorded("elections.stop_decided") == 1


def test_a_nominee_is_entered_once_and_decided_by_who_saw_the_facts(county, renewal):
    election = nominating(renewal, county.village)
    each_clerk(lambda by: propose(election, "王秀兰", by=by))
    made = Candidate.objects.get()
    candidates.state_facts(candidate=made, facts=CLEAR, source="县联审", by=CLERK)
    seen = fresh(made).version

    decide, facts = at_once(
        lambda: candidates.decide(candidate=made, stands=True, reason="", today=OPEN, version=seen, by=CLERK),
        lambda: candidates.state_facts(
            candidate=made, facts=CLEAR | {"convicted": True}, source="判决书", version=seen, by="clerk-two"
        ),
    )

    assert recorded("elections.candidate_proposed") == 1
    assert [isinstance(each, Stale) for each in (decide, facts)].count(True) == 1
    assert (fresh(made).status, fresh(made).convicted) in {("standing", False), ("proposed", True)}


def test_nobody_gets_a_fourth_mandate_by_two_counters_at_once(county, renewal):
    """VCOL-18-13."""
    election = nominating(renewal, county.village)
    givers = ("王秀兰", "张桂英", "刘志强", "陈玉梅")
    numbers = [line(election, name).number for name in givers]
    holder = line(election, "李建国").number

    met = at_once(*[
        lambda number=number: mandates.accept(
            election=election, principal=number, holder=holder, reason="外出", written_on=OPEN, near_kin=None, by=CLERK
        )
        for number in numbers
    ])  # fmt: skip

    assert len(done(met)) == Mandate.objects.count() == 3


def test_the_look_ups_caps_hold_when_everybody_asks_at_once(county, renewal):
    cache.clear()
    election = posted(renewal, county.village)
    roll = election.own_roll
    question = Question(name="王秀兰", tail="0000")

    met = at_once(*[
        lambda place=place: checks.ask(roll=roll, question=question, client=f"10.0.0.{place}", today=POSTED)
        for place in range(8)
    ])  # fmt: skip

    assert met.count(checks.Reply.NO) == checks.NAME_A_DAY
    assert met.count(checks.Reply.TOO_OFTEN) == 3
    assert {row.count for row in CheckAttempt.objects.all()} == {8}
