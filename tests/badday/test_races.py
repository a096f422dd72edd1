"""Two at one moment, each with a connection of his own: one is first, the other is told so in a sentence or finds the
very thing done, nobody waits for ever, and log and tables agree. On both databases.
"""

from __future__ import annotations

from functools import partial

import pytest

from shanzhi.apps.elections.actions import (
    candidates,
    corrections,
    mandates,
    objections,
    outcomes,
    rolls,
    sheets,
)
from shanzhi.apps.elections.models import Candidate, Correction, Election, Notice, Objection, RollLine, Sheet
from shanzhi.apps.elections.selectors import revision
from shanzhi.apps.places.actions import correct_person
from shanzhi.apps.record.models import Document, Event
from shanzhi.web.refusals import Refused
from tests import cast
from tests.apps.elections import the_count as count
from tests.apps.elections import the_road as road
from tests.apps.elections.at_once import at_once
from tests.badday import acts
from tests.badday.state import faults

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def everything_fits_afterwards(transactional_db):
    yield
    assert faults() == []


@pytest.fixture
def county():
    return cast.make_county()


@pytest.fixture
def renewal(county):
    return cast.make_renewal(county)


def refused(met):
    """How many were refused; each in a sentence."""
    told = [each for each in met if isinstance(each, Refused)]
    assert all(len(str(each.message)) > 5 for each in told)
    return len(told)


def test_of_two_who_settle_a_sheet_one_does():
    given = acts.differing()
    election = acts.of(given["election"])
    met = at_once(*[
        partial(
            sheets.settle, election=election, kind="batch", batch=1, numbers=given["numbers"], reason="重新数票",
            token=f"form-{by}", by=by,
        )
        for by in ("clerk-one", "clerk-two")
    ])  # fmt: skip

    assert refused(met) == 1
    assert Sheet.objects.filter(entry=Sheet.Entry.SETTLED).count() == 1
    assert Event.objects.filter(act="elections.sheet_settled").count() == 1


def test_a_sheet_settled_and_put_aside_at_once_is_one_of_both():
    given = acts.differing()
    election = acts.of(given["election"])
    settled, aside = at_once(
        partial(
            sheets.settle, election=election, kind="batch", batch=1, numbers=given["numbers"], reason="重新数票",
            token="form", by="clerk-one",
        ),
        partial(sheets.count_again, election=election, kind="batch", batch=1, reason="数错了", by="clerk-two"),
    )  # fmt: skip

    assert aside is None
    entries = set(Sheet.objects.filter(batch=1).values_list("entry", "replaced"))
    assert entries == (
        {(1, True), (2, True)} if isinstance(settled, Refused) else {(1, True), (2, True), (3, True)}
    )


@pytest.mark.parametrize("clicks", [2, 5])
def test_a_roll_is_posted_once_however_many_press(renewal, county, clicks):
    election = road.make(road.planned(renewal, county.village))
    day = road.POSTED
    post = partial(rolls.post, election=election, posted_on=day, version=election.version, today=day)
    met = at_once(*[partial(post, by=f"clerk-{at}") for at in range(clicks)])

    assert refused(met) == 0  # the same form: they find it done
    assert Document.objects.filter(kind="roll").count() == Notice.objects.count() == 1


def test_a_roll_is_posted_as_it_was_read_or_not_at_all(renewal, county):
    """A clerk posts while another corrects somebody's residence: the posted line says what the records said then."""
    election = road.make(road.planned(renewal, county.village))
    day, who = road.POSTED, road.person(election, "王秀兰")
    posted, _corrected = at_once(
        partial(rolls.post, election=election, posted_on=day, version=election.version, today=day, by="one"),
        partial(correct_person, person=who, version=who.version, today=day, residence="away", by="two"),
    )

    assert Event.objects.filter(act="places.person_corrected").count() == 1
    if isinstance(posted, Refused):
        assert not Document.objects.exists()
    else:
        assert RollLine.objects.get(person=who).listed
        assert [each.person.pk for each in revision.differences(road.fresh(election))] == [who.pk]


def test_a_draft_made_anew_while_it_is_posted_is_posted_or_refused(renewal, county):
    election = road.make(road.planned(renewal, county.village))
    day = road.POSTED
    posted, made = at_once(
        partial(rolls.post, election=election, posted_on=day, version=election.version, today=day, by="one"),
        partial(rolls.make, election=election, today=day, by="two"),
    )

    assert refused([posted, made]) == 1
    assert Document.objects.count() == (0 if isinstance(posted, Refused) else 1)


def test_nobody_is_struck_off_twice(renewal, county):
    election = road.nominating(renewal, county.village)
    strike = partial(
        corrections.correct, election=election, person=road.person(election, "李建国"), change="strike",
        reason="已去世", made_on=road.OPEN, today=road.OPEN,
    )  # fmt: skip
    met = at_once(partial(strike, by="one"), partial(strike, by="two"))

    assert refused(met) == 1
    assert Correction.objects.count() == Document.objects.filter(kind="correction").count() == 1


def test_a_line_struck_off_while_its_proxy_is_accepted_has_no_proxy(renewal, county):
    election = road.nominating(renewal, county.village)
    struck, accepted = at_once(
        partial(
            corrections.correct, election=election, person=road.person(election, "李建国"), change="strike",
            reason="已去世", made_on=road.OPEN, today=road.OPEN, by="one",
        ),
        partial(road.mandate, election, "王秀兰", "李建国"),
    )  # fmt: skip

    assert not isinstance(struck, Refused)
    assert isinstance(accepted, Refused) or mandate_ended(accepted)


def mandate_ended(mandate):
    return type(mandate).objects.get(pk=mandate.pk).ended_on is not None


def test_two_who_accept_a_proxy_of_one_voter_get_one(renewal, county):
    election = road.nominating(renewal, county.village)
    met = at_once(
        partial(road.mandate, election, "王秀兰", "李建国", by="one"),
        partial(road.mandate, election, "王秀兰", "刘志强", by="two"),
    )

    assert refused(met) == 1


def test_three_at_once_do_not_give_one_holder_more_than_the_law_allows(renewal, county):
    election = road.nominating(renewal, county.village)
    principals = ("王秀兰", "张桂英", "陈玉梅", "赵爱莲", "杨守义")
    met = at_once(*[partial(road.mandate, election, name, "李建国", by=name) for name in principals])

    assert len(met) - refused(met) == 3  # VCOL-18-12
    assert not any(mandate_ended(each) for each in met if not isinstance(each, Refused))


def test_an_objection_is_decided_once(renewal, county):
    election = road.posted(renewal, county.village)
    objection = objections.file(
        election=election, person=road.person(election, "王秀兰"), about="detail", says="名字写错了", objector="王秀兰",
        filed_on=road.POSTED, today=road.POSTED, by="one",
    )  # fmt: skip
    decide = partial(
        objections.decide, objection=objection, reason="核对户口本", decided_on=road.POSTED, today=road.POSTED
    )
    met = at_once(
        partial(decide, verdict="rejected", by="one"), partial(decide, verdict="rejected", by="two")
    )

    assert refused(met) <= 1
    assert Objection.objects.exclude(verdict="").count() == 1
    assert Event.objects.filter(act="elections.objection_decided").count() == 1


def test_a_withdrawal_and_the_posting_of_the_list_come_one_after_the_other(renewal, county):
    election = road.nominating(renewal, county.village)
    for name, post in road.FIVE:
        road.stand(election, name, post)
    election, one = road.fresh(election), Candidate.objects.get(person__name="陈玉梅")
    posted, withdrew = at_once(
        partial(
            candidates.post_list, election=election, posted_on=road.OPEN, version=election.version, today=road.OPEN,
            by="one",
        ),
        partial(candidates.withdraw, candidate=one, reason="本人不愿参选", version=one.version, today=road.OPEN, by="two"),
    )  # fmt: skip

    assert refused([posted, withdrew]) <= 1
    held, stands = road.fresh(election), Candidate.objects.get(pk=one.pk).status == "standing"
    # A list that still names who withdrew is not the one that stands: the road is open again.
    assert stands or held.stage == "candidates" or not _named_on_the_list(one)


def _named_on_the_list(candidate):
    newest = Document.objects.filter(kind="candidates").first()
    return newest is not None and candidate.person.name in bytes(newest.body).decode()


def test_the_proxies_are_posted_once(renewal, county):
    election = road.nominating(renewal, county.village)
    road.mandate(election, "王秀兰", "李建国")
    election = road.fresh(election)
    post = partial(
        mandates.post, election=election, posted_on=road.OPEN, version=election.version, today=road.OPEN
    )
    met = at_once(*[partial(post, by=by) for by in ("one", "two", "three")])

    assert refused(met) == 0
    assert Document.objects.filter(kind="mandates").count() == 1


def test_of_two_days_for_one_result_one_is_announced():
    given = acts.counted()
    election = acts.of(given["election"])
    later = count.DAY.replace(day=count.DAY.day + 1)
    met = at_once(*[
        partial(
            outcomes.announce, election=election, announced_on=day, version=given["version"], today=later, by=str(day)
        )
        for day in (count.DAY, later)
    ])  # fmt: skip

    assert refused(met) == 1
    assert Document.objects.filter(kind="result").count() == 1
    assert Election.objects.get(pk=election.pk).stage == "announced"
