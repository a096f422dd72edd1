"""Announcing: published, sealed and once; what is voted on again opens; nothing tells how anybody voted."""

import json
from datetime import date, timedelta

import pytest

from shanzhi.apps.elections.actions import outcomes, renewals
from shanzhi.apps.elections.errors import NotNow, Stale, Stopped, Wrong
from shanzhi.apps.elections.models import Election, Notice, Outcome
from shanzhi.apps.elections.selectors import overview
from shanzhi.apps.record import selectors as record
from shanzhi.apps.record.actions import sign
from shanzhi.apps.record.models import Document
from tests.apps.elections.the_count import (
    CLERK,
    DAY,
    acts,
    announce,
    enter_twice,
    fresh,
    make_count,
    numbers,
    reckon,
    type_all,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
SEATS = {"chair": 1, "member": 2}
PEOPLE = [
    ("chair", "李建国"),
    ("chair", "王秀兰"),
    ("member", "张桂英"),
    ("member", "刘志强"),
    ("member", "杨守义"),
]
VOTES = {("chair", "李建国"): 50, ("chair", "王秀兰"): 20, ("member", "张桂英"): 45, ("member", "刘志强"): 60,
         ("member", "杨守义"): 10}  # fmt: skip


@pytest.fixture
def election():
    election = make_count(SEATS, PEOPLE, registered=100)
    type_all(election, VOTES, collected=80, issued=82, void=2)
    outcomes.reckon(election=election, by=CLERK)
    return fresh(election)


def world():
    return Document.objects.count(), Notice.objects.count(), Election.objects.count(), acts()


def published(election):
    return json.loads(bytes(Document.objects.get(number=election.notices.get(kind="result").document).body))


def test_an_announced_result_is_published_and_in_the_log(election):
    announce(election)

    document = Document.objects.get()
    assert (document.kind, document.posted_on, document.issuing_body) == (
        "result",
        DAY,
        "东川镇柳树沟村村民选举委员会",
    )
    assert [each["name"] for each in published(election)["elected"]] == ["李建国", "刘志强", "张桂英"]
    assert {"elections.stage_entered", "record.published"} <= set(acts())
    assert election.reruns.count() == 0


def test_the_handover_is_due_ten_days_after_the_announcement(election):
    """VCOL-24-1."""
    announce(election)

    (duty,) = overview.overview(fresh(election), today=DAY).duties
    assert (duty.step, duty.rule, duty.due) == ("handover_done", "VCOL-24-1", DAY + timedelta(days=10))


def test_a_recorded_handover_stops_its_clock_and_can_be_recorded_only_after_the_announcement(election):
    """VCOL-24-1: a duty that was done is never late again."""
    facts = {"kind": "handover", "decided_on": DAY + timedelta(days=9), "body": "康城镇人民政府", "by": CLERK}
    with pytest.raises(NotNow):
        renewals.attest(election=election, **facts)
    announce(election)
    renewals.attest(election=election, **facts)

    assert overview.overview(fresh(election), today=DAY + timedelta(days=30)).duties == ()
    with pytest.raises(NotNow):
        renewals.attest(election=election, **facts | {"kind": "staff"})


def test_no_handover_is_due_while_the_committee_is_not_complete():
    """VCOL-24-1 counts from the new committee: not from an invalid vote, nor while seats are voted on again."""
    election = make_count(SEATS, PEOPLE, registered=100)
    reckon(election, {("chair", "李建国"): 50}, collected=80)
    announce(election)

    assert overview.overview(fresh(election), today=DAY).duties == ()


def test_a_second_click_announces_nothing_twice(election):
    outcome = announce(election)
    before = world()

    again = outcomes.announce(
        election=election, announced_on=DAY, version=election.version, today=DAY, by=CLERK
    )

    assert again == outcome
    assert world() == before


def test_a_second_clerk_with_another_day_is_told(election):
    announce(election)
    before = world()

    with pytest.raises(NotNow, match="2026-12-20"):
        announce(election, on=DAY + timedelta(days=1))

    assert world() == before


def test_a_second_click_opens_no_second_re_run():
    election = make_count(SEATS, PEOPLE, registered=100)
    reckon(election, {("chair", "李建国"): 50, ("member", "张桂英"): 45}, collected=80)
    announce(election)
    announce(election)

    assert [each.kind for each in election.reruns.all()] == [Election.Kind.SECOND]


@pytest.mark.parametrize("off", [1, -1])
def test_the_day_is_not_in_the_future_and_not_before_the_vote(election, off):
    before = world()

    with pytest.raises(Wrong) as refusal:
        outcomes.announce(
            election=election, announced_on=DAY + timedelta(days=off), version=election.version, today=DAY, by=CLERK
        )  # fmt: skip

    assert refusal.value.field == "announced_on"
    assert world() == before


def test_a_page_that_was_opened_before_a_change_is_told(election):
    before = world()

    with pytest.raises(Stale):
        outcomes.announce(
            election=election, announced_on=DAY, version=election.version - 1, today=DAY, by=CLERK
        )

    assert world() == before


def test_nothing_is_announced_that_has_not_been_counted():
    election = make_count(SEATS, PEOPLE, registered=100)
    before = world()

    with pytest.raises(NotNow):
        announce(election)

    assert world() == before
    assert not Outcome.objects.exists()


def test_what_is_announced_is_reckoned_from_the_sheets_as_they_stand(election):
    """An outcome in the table never outlives the sheets it answers to."""
    Outcome.objects.update(answer={"valid": True, "elected": [], "rerun": [], "stops": []})

    assert [each["name"] for each in announce(election).answer["elected"]] == ["李建国", "刘志强", "张桂英"]


def test_an_announced_outcome_is_not_reckoned_again(election):
    announce(election)

    with pytest.raises(NotNow):
        outcomes.reckon(election=election, by=CLERK)


def test_the_count_opens_on_the_election_day_and_a_second_click_changes_nothing():
    election = make_count(SEATS, PEOPLE)
    Election.objects.update(stage="voting")

    outcomes.open_count(election=election, today=DAY, by=CLERK)
    before = acts()
    outcomes.open_count(election=election, today=DAY, by=CLERK)

    assert fresh(election).stage == "counting"
    assert acts() == before == ["elections.stage_entered"]


def test_the_count_does_not_open_before_the_election_day():
    """VCOL-18-16."""
    election = make_count(SEATS, PEOPLE)
    Election.objects.update(stage="voting")

    with pytest.raises(Stopped):
        outcomes.open_count(election=election, today=DAY - timedelta(days=1), by=CLERK)

    assert (fresh(election).stage, acts()) == ("voting", [])


# The secret ballot


def test_no_batch_is_published_only_totals():
    """Totals of a batch would tell how a hamlet voted; none leaves the count."""
    election = make_count(SEATS, PEOPLE, registered=100)
    enter_twice(election, 0, {"issued": 60, "collected": 60})
    for batch, votes in ((1, 23), (2, 17)):
        enter_twice(election, batch, numbers(election, {("chair", "李建国"): votes}, papers=30))
    outcomes.reckon(election=fresh(election), by=CLERK)
    announce(election)

    data = published(election)
    assert {each["votes"] for each in data["votes"]} == {0, 40}
    assert not {23, 17, 30} & set(_numbers(data))


def _numbers(value):
    """Every number anywhere in a document."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _numbers(each)
    elif isinstance(value, int):
        yield value


def test_the_published_result_names_nobody_but_those_voted_for(election):
    announce(election)

    body = bytes(Document.objects.get().body).decode()
    standing = {each.person.name for each in election.candidates.all()}
    for line in election.own_roll.lines.select_related("person"):
        assert (line.name in body) == (line.name in standing)
        assert line.person.key not in body
    assert CLERK not in body
    assert not any(each.key in body for each in election.sheets.all())


def test_the_published_result_has_an_address_and_a_proof(election):
    announce(election)
    sign("public")  # what happens after the commit

    document = Document.objects.get()
    assert record.bundle_of(document) is not None
    assert record.paper_lines(document)["address"].endswith(f"/record/{document.number}/")


def test_a_second_round_has_ten_days():
    """VER-10: its clock runs from the announcement."""
    election = make_count(SEATS, PEOPLE, registered=100)
    reckon(election, {("chair", "李建国"): 50, ("member", "张桂英"): 45}, collected=80)
    announce(election)

    (duty,) = overview.overview(election.reruns.get(), today=date(2026, 12, 22)).duties
    assert (duty.step, duty.due, duty.days_left) == ("second_round", date(2026, 12, 30), 8)
