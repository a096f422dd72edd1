"""Count sheets: typed twice by two people, never edited, settled by a third entry, and adding up whatever their order."""

from itertools import permutations

import pytest
from django.db import IntegrityError

from shanzhi.apps.elections.actions import candidates, outcomes, sheets
from shanzhi.apps.elections.errors import NotNow, Refused, Wrong
from shanzhi.apps.elections.models import Sheet, SheetLine
from shanzhi.apps.elections.selectors import sheets as entries
from shanzhi.apps.elections.selectors.sheets import State
from shanzhi.apps.places.models import Person
from shanzhi.apps.record.models import Event
from tests.apps.elections.the_count import (
    CLERK,
    FIRST,
    SECOND,
    acts,
    enter,
    enter_twice,
    fresh,
    make_count,
    numbers,
)

pytestmark = pytest.mark.usefixtures("english")
SEATS = {"chair": 1, "member": 2}
PEOPLE = [
    ("chair", "李建国"),
    ("chair", "王秀兰"),
    ("member", "张桂英"),
    ("member", "刘志强"),
    ("member", "杨守义"),
]
VOTES = {("chair", "李建国"): 30, ("member", "张桂英"): 25, ("member", "刘志强"): 20}
ACCOUNT = {"issued": 42, "collected": 40}


@pytest.fixture
def election(db):
    return make_count(SEATS, PEOPLE)


def sheet(election, votes=None, *, papers=40, void=2):
    return numbers(election, VOTES if votes is None else votes, papers=papers, void=void)


def nothing_more_than(before):
    return (Sheet.objects.count(), SheetLine.objects.count(), acts()) == before


def state():
    return Sheet.objects.count(), SheetLine.objects.count(), acts()


# Two people, two entries


def test_two_tellers_who_type_the_same_agree(election):
    enter_twice(election, 0, ACCOUNT)
    enter_twice(election, 1, sheet(election))

    assert [each.state for each in entries.pairs(election)] == [State.AGREED, State.AGREED]
    assert acts() == ["elections.sheet_entered"] * 4


def test_the_record_of_a_sheet_holds_no_number_and_no_name(election):
    enter(election, 0, ACCOUNT, by=FIRST)

    facts = Event.objects.get(act="elections.sheet_entered").facts
    assert set(facts) == {"kind", "batch", "entry", "sheet"}


def test_nobody_types_the_second_entry_of_his_own_sheet(election):
    enter(election, 0, ACCOUNT, by=FIRST)
    before = state()

    with pytest.raises(Refused, match="other teller"):
        enter(election, 0, ACCOUNT, by=FIRST, token="another form")

    assert nothing_more_than(before)


def test_there_is_no_third_entry_without_settling(election):
    enter_twice(election, 0, ACCOUNT)
    before = state()

    with pytest.raises(NotNow, match="twice already"):
        enter(election, 0, ACCOUNT, by="teller-three")

    assert nothing_more_than(before)


def test_a_double_click_is_one_sheet(election):
    made = [enter(election, 0, ACCOUNT, by=FIRST, token="form") for _click in range(2)]

    assert made[0] == made[1]
    assert acts() == ["elections.sheet_entered"]


def test_a_form_changed_and_sent_again_is_not_taken_as_saved(election):
    enter(election, 0, ACCOUNT, by=FIRST, token="form")
    before = state()

    with pytest.raises(Refused, match="saved before"):
        enter(election, 0, ACCOUNT | {"issued": 41}, by=FIRST, token="form")

    assert nothing_more_than(before)
    assert entries.pair(election, "account", 0).value("issued") == 42


def test_a_form_of_another_teller_is_not_mine(election):
    enter(election, 0, ACCOUNT, by=FIRST, token="form")

    with pytest.raises(Refused, match="saved before"):
        enter(election, 0, ACCOUNT, by=SECOND, token="form")

    assert Sheet.objects.count() == 1


@pytest.mark.parametrize("stage", ["voting", "announced"])
def test_sheets_are_typed_at_the_count_and_at_no_other_time(election, stage):
    election.stage = stage
    election.save()

    with pytest.raises(NotNow):
        enter(election, 0, ACCOUNT, by=FIRST)

    assert state() == (0, 0, [])


def test_the_database_itself_knows_no_second_entry_of_one_person(election):
    made = enter(election, 0, ACCOUNT, by=FIRST)

    with pytest.raises(IntegrityError):
        Sheet.objects.create(
            election=election, kind="account", entry=2, token="x", issued=1, collected=1, entered_by=made.entered_by
        )  # fmt: skip


# Differences


@pytest.fixture
def differing(election):
    enter_twice(election, 0, ACCOUNT)
    enter(election, 1, sheet(election), by=FIRST)
    enter(election, 1, sheet(election, VOTES | {("chair", "李建国"): 31}), by=SECOND)
    return election


def settle(election, **more):
    asked = {
        "kind": "batch",
        "batch": 1,
        "numbers": sheet(election),
        "reason": "重新唱票",
        "token": "s",
        "by": CLERK,
    }
    return sheets.settle(election=election, **asked | more)


def test_a_difference_is_shown_side_by_side(differing):
    pair = entries.pair(differing, "batch", 1)

    assert pair.state == State.DIFFERS
    assert [(row.first, row.second) for row in pair.rows if row.differs] == [(30, 31)]
    assert entries.totals(differing) is None


def test_a_third_entry_settles_and_both_first_ones_stay(differing):
    settle(differing)

    pair = entries.pair(differing, "batch", 1)
    assert pair.state == State.AGREED
    assert [pair.rows[2].first, pair.rows[2].second, pair.rows[2].settled] == [30, 31, 30]
    assert pair.settled.reason == "重新唱票"
    assert acts()[-1] == "elections.sheet_settled"


def test_a_difference_is_not_settled_without_a_reason(differing):
    before = state()

    with pytest.raises(Wrong) as refusal:
        settle(differing, reason="  ")

    assert refusal.value.field == "reason"
    assert nothing_more_than(before)


def test_a_difference_is_settled_once(differing):
    settle(differing)
    before = state()

    with pytest.raises(NotNow, match="no difference"):
        settle(differing, token="another form", by=FIRST)
    assert settle(differing) == Sheet.objects.get(entry=3)

    assert nothing_more_than(before)


def test_there_is_nothing_to_settle_where_both_agree(election):
    enter_twice(election, 0, ACCOUNT)

    with pytest.raises(NotNow, match="no difference"):
        settle(election, kind="account", batch=0, numbers=ACCOUNT)


def test_a_settled_sheet_has_to_add_up_too(differing):
    before = state()

    with pytest.raises(Wrong, match=r"39 votes, but only 38"):
        settle(differing, numbers=sheet(differing, VOTES | {("chair", "李建国"): 39}))

    assert nothing_more_than(before)


# Counting again


def test_a_batch_counted_again_starts_anew_and_keeps_what_was_typed(differing):
    sheets.count_again(election=differing, kind="batch", batch=1, reason="唱票有误", by=CLERK)
    enter(differing, 1, sheet(differing), by=SECOND, token="anew")

    assert entries.pair(differing, "batch", 1).state == State.WAITING
    assert Sheet.objects.filter(batch=1, replaced=True).count() == 2
    assert acts()[-2:] == ["elections.sheet_put_aside", "elections.sheet_entered"]


def test_why_a_batch_is_counted_again_stays_with_its_entries_and_out_of_the_trail(differing):
    sheets.count_again(election=differing, kind="batch", batch=1, reason="王建国唱票有误", by=CLERK)

    assert Sheet.objects.get(batch=1, entry=Sheet.Entry.FIRST).reason == "王建国唱票有误"
    assert "王建国" not in str(list(Event.objects.values_list("facts", "subject")))


@pytest.mark.parametrize(("batch", "reason"), [(1, " "), (7, "唱票有误")])
def test_nothing_is_put_aside_without_a_reason_or_a_sheet(differing, batch, reason):
    before = state()

    with pytest.raises(Refused):
        sheets.count_again(election=differing, kind="batch", batch=batch, reason=reason, by=CLERK)

    assert nothing_more_than(before)
    assert not Sheet.objects.filter(replaced=True).exists()


def test_the_account_is_put_aside_only_after_the_count_sheets(differing):
    with pytest.raises(NotNow, match="Put them aside first"):
        sheets.count_again(election=differing, kind="account", batch=0, reason="有误", by=CLERK)

    assert not Sheet.objects.filter(replaced=True).exists()


def test_an_old_form_of_a_sheet_that_was_put_aside_brings_nothing_back(differing):
    sheets.count_again(election=differing, kind="batch", batch=1, reason="唱票有误", by=CLERK)

    with pytest.raises(Refused, match="saved before"):
        enter(differing, 1, sheet(differing), by=FIRST)


# Arithmetic: the message names the numbers


@pytest.mark.parametrize(
    ("change", "papers", "void", "field", "says"),
    [
        ({}, 40, 41, "void", r"void papers \(41\) than papers \(40\)"),
        ({}, 41, 2, "collected", r"41 papers, but only 40"),
        ({("chair", "李建国"): 39}, 40, 2, None, r"李建国: 39 votes, but only 38"),
        (
            {("chair", "王秀兰"): 9},
            40,
            2,
            "sum:chair",
            r"39 votes in all, but 38 valid papers with 1 seats .* 38",
        ),
        ({("member", "杨守义"): 32}, 40, 2, "sum:member", r"77 votes in all.* 2 seats .* 76"),
        ({}, 19, 2, "collected", r"19 papers; it needs at least 20"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused_with_its_numbers(election, change, papers, void, field, says):
    enter_twice(election, 0, ACCOUNT)
    before = state()

    with pytest.raises(Wrong, match=says) as refusal:
        enter(election, 1, sheet(election, VOTES | change, papers=papers, void=void), by=FIRST)

    assert field is None or refusal.value.field == field
    assert nothing_more_than(before)


def test_numbers_at_the_very_edge_are_good(election):
    enter_twice(election, 0, ACCOUNT)
    edge = {("chair", "李建国"): 38, ("member", "张桂英"): 38, ("member", "刘志强"): 38}

    enter_twice(election, 1, sheet(election, edge))

    assert entries.totals(election).papers == 40


@pytest.mark.parametrize("spoil", [{"collected": -1}, {"nobody": 3}])
def test_a_number_below_zero_or_for_nobody_is_refused(election, spoil):
    with pytest.raises(Refused):
        enter(election, 0, ACCOUNT | spoil, by=FIRST)

    assert state() == (0, 0, [])


def test_an_empty_line_is_not_a_zero(election):
    enter_twice(election, 0, ACCOUNT)
    typed = sheet(election)
    del typed["void"]

    with pytest.raises(Wrong, match="write 0") as refusal:
        enter(election, 1, typed, by=FIRST)

    assert refusal.value.field == "void"


def test_no_count_sheet_before_the_account_agrees(election):
    enter(election, 0, ACCOUNT, by=FIRST)

    with pytest.raises(NotNow, match="ballots account"):
        enter(election, 1, sheet(election), by=FIRST)


def test_more_papers_than_were_handed_out_is_a_result_and_no_typing_mistake(election):
    """VER-06: collected > issued makes the election void; the account has to be able to say so."""
    enter_twice(election, 0, {"issued": 39, "collected": 40})

    assert entries.pair(election, "account", 0).state == State.AGREED


def test_count_sheets_are_numbered_from_one(election):
    enter_twice(election, 0, ACCOUNT)

    with pytest.raises(Wrong, match="numbered from 1"):
        sheets.enter(election=election, kind="batch", batch=0, numbers=sheet(election), token="t", by=FIRST)


def test_a_vote_smaller_than_a_batch_is_one_batch(election):
    enter_twice(election, 0, {"issued": 12, "collected": 12})

    with pytest.raises(Wrong, match="11 papers; it needs at least 12"):
        enter(election, 1, sheet(election, {("chair", "李建国"): 8}, papers=11), by=FIRST)
    enter_twice(election, 1, sheet(election, {("chair", "李建国"): 8}, papers=12))

    assert entries.totals(election).papers == 12


# The whole vote

BATCHES = {1: (20, 1, 12), 2: (25, 0, 13), 3: (20, 2, 11)}


@pytest.mark.django_db
@pytest.mark.parametrize("order", list(permutations(BATCHES)))
def test_batches_give_one_total_in_whatever_order_they_are_typed(order):
    election = make_count(SEATS, PEOPLE, registered=80)
    enter_twice(election, 0, {"issued": 70, "collected": 65})
    for batch in order:
        papers, void, votes = BATCHES[batch]
        enter_twice(
            election, batch, numbers(election, {("chair", "李建国"): votes}, papers=papers, void=void)
        )

    totals = entries.totals(election)
    chair = election.candidates.get(person__name="李建国")
    assert (totals.papers, totals.void, totals.votes[chair.pk]) == (65, 3, 36)
    assert outcomes.reckon(election=election, by=CLERK).case["votes"][0]["votes"] == 36


@pytest.mark.parametrize(("papers", "says"), [(38, "only 38: 2 are missing"), (40, None)])
def test_no_outcome_before_the_sheets_hold_what_was_taken_from_the_boxes(election, papers, says):
    enter_twice(election, 0, ACCOUNT)
    enter_twice(election, 1, sheet(election, papers=papers))

    if says:
        with pytest.raises(Refused, match=says):
            outcomes.reckon(election=election, by=CLERK)
        assert acts()[-1] == "elections.sheet_entered"
    else:
        assert outcomes.reckon(election=election, by=CLERK).answer["valid"]


def test_too_many_papers_on_the_sheets_are_named_sheet_by_sheet(election):
    enter_twice(election, 0, ACCOUNT)
    enter_twice(election, 1, sheet(election, papers=32))
    enter_twice(election, 2, sheet(election, {}, papers=21))

    with pytest.raises(Refused, match=r"hold 53: 13 too many.*1: 32, 2: 21"):
        outcomes.reckon(election=election, by=CLERK)


def test_no_outcome_while_a_sheet_waits_or_differs(differing):
    with pytest.raises(NotNow, match="Settle the sheets"):
        outcomes.reckon(election=differing, by=CLERK)


# Names written on ballots


def write_in(election, name="村民3", post="chair"):
    person = Person.objects.get(place=election.village, name=name)
    return candidates.write_in(election=election, person=person, post=post, by=CLERK)


def test_someone_written_in_is_counted_like_everybody(election):
    write_in(election)
    enter_twice(election, 0, ACCOUNT)
    enter_twice(election, 1, sheet(election, {("chair", "村民3"): 25}))

    assert outcomes.reckon(election=election, by=CLERK).answer["elected"][0]["name"] == "村民3"


def test_a_sheet_typed_before_a_name_was_written_in_is_typed_again(election):
    """Votes for him may stand on these papers: nobody was asked, so a silent nought would be a guess."""
    enter_twice(election, 0, ACCOUNT)
    enter_twice(election, 1, sheet(election))
    written = write_in(election)

    with pytest.raises(Refused, match="Sheet 1 was typed before 村民3"):
        outcomes.reckon(election=election, by=CLERK)
    sheets.count_again(election=election, kind="batch", batch=1, reason="补录另选他人", by=CLERK)
    for teller in (FIRST, SECOND):
        enter(election, 1, sheet(election) | {written.key: 4}, by=teller, token=f"anew {teller}")

    counted = outcomes.reckon(election=election, by=CLERK).case["votes"]
    assert [each["votes"] for each in counted if each["name"] == "村民3"] == [4]


def test_a_page_opened_before_a_name_was_written_in_is_told(election):
    enter_twice(election, 0, ACCOUNT)
    typed = sheet(election)
    write_in(election)

    with pytest.raises(Wrong, match="write 0"):
        enter(election, 1, typed, by=FIRST)


def test_progress_counts_papers_on_agreed_sheets(differing):
    assert entries.progress(entries.pairs(differing)) == {
        "collected": 40, "papers": 0, "differs": 1, "waiting": 0
    }  # fmt: skip
    settle(fresh(differing))
    assert entries.progress(entries.pairs(differing))["papers"] == 40
