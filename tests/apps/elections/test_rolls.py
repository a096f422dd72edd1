"""The voter roll: three classes with their reasons, declared for, made, read and posted."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shanzhi.apps.elections.actions import declarations, rolls
from shanzhi.apps.elections.errors import NotNow, Refused, Stale, Wrong
from shanzhi.apps.elections.models import Declaration
from shanzhi.apps.elections.selectors import revision
from shanzhi.apps.elections.selectors import rolls as read
from shanzhi.apps.places import actions as places
from shanzhi.apps.places.actions.people import seal_numbers
from shanzhi.apps.places.models import Person
from shanzhi.apps.record import selectors as record
from tests import cast
from tests.apps.elections.the_road import (
    CLERK,
    DAY,
    MADE,
    POSTED,
    SECOND,
    acts,
    attest,
    correct,
    days,
    declare,
    fresh,
    make,
    nothing_happens,
    person,
    planned,
    post,
    posted,
    refused,
    settle,
)


def verdict(election, who):
    """(listed, class, rule that decided) of a person on the draft."""
    row = make(election).own_roll.lines.get(person=who)
    return row.listed, row.voter_class, row.findings[-1]["rule"]


# The three classes


def test_everybody_has_a_line_and_every_line_its_reason_in_both_languages(county, renewal):
    election = planned(renewal, county.village)
    cast.make_person(county.village, "小娃", born=date(2015, 1, 1))

    rows = make(election).own_roll.lines.all()

    assert rows.count() == 9
    for row in rows:
        assert row.findings[0]["rule"] == "VCOL-16-1"
        assert all(
            finding["says"]["zh"] and finding["says"]["en"] and finding["article"] for finding in row.findings
        )
    assert acts()[-2:] == ["elections.stage_entered", "elections.roll_made"]


def test_who_is_registered_and_lives_here_is_listed_without_asking(county, renewal):
    """VCOL-16-2."""
    election = planned(renewal, county.village)

    assert verdict(election, person(election, "王秀兰")) == (True, 1, "VCOL-16-2")


def test_who_is_away_is_listed_only_when_he_says_so(county, renewal):
    """VCOL-16-3, LC-043."""
    election = planned(renewal, county.village)
    away = cast.make_person(county.village, "外出人", residence=Person.Residence.AWAY)

    assert verdict(election, away) == (False, None, "VCOL-16-3")
    declare(election, away, "takes_part")
    assert verdict(election, away) == (True, 2, "VCOL-16-3")


def test_who_is_registered_elsewhere_needs_a_year_an_application_and_consent(county, renewal):
    """VCOL-16-4, LC-041."""
    election = planned(renewal, county.village)
    outsider = cast.make_person(
        county.village, "外来人", residence=Person.Residence.OUTSIDER, here_since=date(2023, 12, 1)
    )
    newcomer = cast.make_person(
        county.village, "新来人", residence=Person.Residence.OUTSIDER, here_since=DAY - days(100)
    )

    assert verdict(election, outsider) == (False, None, "VCOL-16-4")
    declare(election, outsider, "applied")
    assert verdict(election, outsider) == (False, None, "VCOL-16-4")
    declare(election, outsider, "consented", note="11月12日村民代表会议")
    assert verdict(election, outsider) == (True, 3, "VCOL-16-4")
    for kind in ("applied", "consented"):
        declare(election, newcomer, kind, note="11月12日村民代表会议")
    assert verdict(election, newcomer) == (False, None, "VCOL-16-4")


def test_consent_is_not_taken_without_saying_which_meeting_gave_it(county, renewal):
    election = planned(renewal, county.village)
    outsider = cast.make_person(county.village, "外来人", residence=Person.Residence.OUTSIDER)

    with refused(Wrong, "note"):
        declare(election, outsider, "consented")

    attest(election, "outsider_consent")
    declare(election, outsider, "consented")


def test_of_age_is_who_is_eighteen_on_election_day(county, renewal):
    """VCOL-16-1, LC-045."""
    election = planned(renewal, county.village)
    may = cast.make_person(county.village, "小任", born=date(2008, 12, 20))
    may_not = cast.make_person(county.village, "小郭", born=date(2008, 12, 21))

    assert verdict(election, may)[0] is True
    assert verdict(election, may_not) == (False, None, "VCOL-16-1")


def test_whose_political_rights_were_removed_is_not_listed(county, renewal):
    """VCOL-16-1."""
    election = planned(renewal, county.village)
    deprived = cast.make_person(county.village, "被剥夺人", rights_removed=True)

    assert verdict(election, deprived) == (False, None, "VCOL-16-1")


def test_an_expelled_party_member_may_vote(county, renewal):
    """LC-047: the bars of VCOL-18-3 are for candidates."""
    election = planned(renewal, county.village)

    assert verdict(election, person(election, "李建国"))[0] is True


def test_who_says_he_is_on_another_roll_is_not_listed_here(county, renewal):
    """VCOL-16-5."""
    election = planned(renewal, county.village)
    declare(election, person(election, "王秀兰"), "registered_elsewhere", note="随女儿在石桥村登记")

    assert verdict(election, person(election, "王秀兰")) == (False, None, "VCOL-16-5")


def test_who_moved_after_another_village_posted_its_roll_is_not_listed_twice(county, renewal):
    """VCOL-16-5: the records moved with the person, the line on the first roll stayed."""
    first = posted(renewal, county.village)
    moved = person(first, "王秀兰")
    number = cast.make_id_number(77)
    seal_numbers(moved, number, "")
    moved.left, moved.left_on = "moved", MADE
    moved.save()
    arrived = cast.make_person(county.second_village, "王秀兰")
    seal_numbers(arrived, number, "")
    arrived.save()
    second = planned(renewal, county.second_village, number=2)

    assert verdict(second, arrived) == (False, None, "VCOL-16-5")

    correct(first, moved, "strike", reason="户口迁出")
    assert verdict(second, arrived) == (True, 1, "VCOL-16-2")


def test_an_unknown_fact_stops_the_posting_and_says_whose(county, renewal):
    election = planned(renewal, county.village)
    outsider = cast.make_person(county.village, "来历不明", residence=Person.Residence.OUTSIDER)
    for kind in ("applied", "consented"):
        declare(election, outsider, kind, note="会议")
    assert verdict(election, outsider)[0] is None

    with refused(Refused) as refusal:
        post(fresh(election))
    assert "来历不明" in str(refusal.value.message)


# Declarations


def test_a_declaration_is_recorded_once_however_often_it_is_sent(county, renewal):
    election = planned(renewal, county.village)
    away = person(election, "王秀兰")
    made = declare(election, away, "takes_part", note="电话")

    with nothing_happens():
        assert declare(election, away, "takes_part", note="电话") == made
    assert acts()[-1] == "elections.declared"


def test_a_declaration_that_says_something_else_is_not_swallowed(county, renewal):
    election = planned(renewal, county.village)
    away = person(election, "王秀兰")
    declare(election, away, "takes_part", note="电话")

    with refused(Wrong, "kind"):
        declare(election, away, "takes_part", note="本人到村", by=SECOND)


def test_a_declaration_is_about_someone_of_the_village_and_about_something(county, renewal):
    election = planned(renewal, county.village)
    stranger = cast.make_person(county.second_village)

    with refused(Wrong, "person"):
        declare(election, stranger, "takes_part")
    with refused(Wrong, "kind"):
        declare(election, person(election, "王秀兰"), "dances")


def test_a_declaration_recorded_by_mistake_is_taken_back_once(county, renewal):
    election = planned(renewal, county.village)
    made = declare(election, person(election, "王秀兰"), "takes_part")

    declarations.take_back(declaration=made, by=CLERK)

    assert not Declaration.objects.exists()
    assert acts()[-1] == "elections.declaration_taken_back"
    with nothing_happens():
        declarations.take_back(declaration=made, by=SECOND)


def test_a_declaration_on_which_a_posted_line_rests_is_not_taken_back(county, renewal):
    election = planned(renewal, county.village)
    made = declare(election, person(election, "王秀兰"), "takes_part")
    post(make(election))

    with refused(NotNow):
        declarations.take_back(declaration=fresh(made), by=CLERK)


# Made and posted


def test_the_roll_is_made_anew_as_often_as_needed_before_it_is_posted(county, renewal):
    election = make(planned(renewal, county.village))
    first = election.own_roll
    cast.make_person(county.village, "补登人")

    election = make(election)

    assert election.own_roll == first
    assert first.lines.count() == 9


@pytest.mark.parametrize("lacks", ["day", "people"])
def test_without_a_day_or_people_no_roll_is_made(county, renewal, lacks):
    day = None if lacks == "day" else DAY
    election = cast.make_election(renewal, county.village, election_day=day)
    if lacks != "people":
        settle(county.village)

    with refused(NotNow):
        rolls.make(election=election, today=MADE, by=CLERK)


def test_the_posted_roll_is_numbered_sealed_and_published(county, renewal):
    election = planned(renewal, county.village)
    cast.make_person(county.village, "小娃", born=date(2015, 1, 1))
    election = post(make(election))
    roll = election.own_roll

    assert (election.stage, roll.posted_on) == ("roll_posted", POSTED)
    assert list(roll.lines.filter(listed=True).values_list("number", flat=True)) == list(range(1, 9))
    child = roll.lines.get(name="小娃")
    assert (child.number, child.salt_sealed, child.code_sealed) == (None, None, None)
    told = record.shown(record.document(election.notices.get().document))
    assert told["counts"] == {"listed": 8, "men": 4, "women": 4, "class_1": 8, "class_2": 0, "class_3": 0}
    assert told["lines_root"] == roll.lines_root
    assert told["paper_digest"] == roll.paper_digest
    assert told["objections_until"] == "2026-12-03"
    assert acts()[-2:] == ["elections.stage_entered", "record.published"]


def test_a_roll_is_posted_by_one_of_two_clerks(county, renewal):
    election = make(planned(renewal, county.village))
    post(election)

    with nothing_happens():  # the same button pressed twice
        post(election)
    with refused(NotNow):
        rolls.post(
            election=election, posted_on=POSTED - days(1), version=election.version, today=POSTED, by=SECOND
        )
    with refused(NotNow):
        rolls.post(election=election, posted_on=POSTED, version=election.version - 1, today=POSTED, by=SECOND)


def test_who_read_an_older_draft_does_not_post_the_newer_one(county, renewal):
    read_by_one = make(planned(renewal, county.village))
    cast.make_person(county.village, "补登人")
    make(read_by_one)

    with refused(Stale):
        post(read_by_one)


def test_a_day_in_the_future_is_not_a_posting(county, renewal):
    election = make(planned(renewal, county.village))

    with refused(Wrong, "posted_on"):
        rolls.post(
            election=election, posted_on=POSTED + days(1), version=election.version, today=POSTED, by=CLERK
        )


@pytest.mark.parametrize("change", ["name", "declared", "arrived", "died"])
def test_records_that_changed_since_the_roll_was_made_are_not_posted_unread(county, renewal, change):
    election = make(planned(renewal, county.village))
    who = person(election, "王秀兰")
    if change == "name":
        who.name = "王秀蓝"
        who.save()
    elif change == "declared":
        declare(election, who, "registered_elsewhere")
    elif change == "arrived":
        cast.make_person(county.village, "新迁入")
    else:
        places.mark_left(person=who, left="died", left_on=MADE, today=MADE, by=CLERK)

    with refused(Refused):
        post(fresh(election))
    post(make(fresh(election)))


def test_a_number_spoiled_behind_the_records_back_stops_the_posting_and_names_whose(county, renewal):
    election = make(planned(renewal, county.village))
    Person.objects.filter(name="王秀兰").update(id_sealed=b"\x01\x011" + bytes(40))

    with refused(Refused) as refusal:
        post(election)

    assert "王秀兰" in str(refusal.value.message)


def test_nobody_entitled_is_no_roll(county, renewal):
    election = planned(renewal, county.village, number=0)
    cast.make_person(county.village, "外出人", residence=Person.Residence.AWAY)

    election = make(election)

    with refused(Refused):
        post(election)


# Reading


def fill(county, renewal, number):
    election = planned(renewal, county.village, number=number)
    return post(make(election))


READ = {
    "lines": lambda election: [str(row.person.household) for row in read.lines(election)],
    "posted": lambda election: [row.person.household.number for row in read.posted(election)],
    "counts": read.counts,
    "root": lambda election: read.lines_root(election.own_roll),
    "differences": revision.differences,
}


def queries(ask, election):
    with CaptureQueriesContext(connection) as asked:
        ask(fresh(election))
    return len(asked)


def test_reading_two_hundred_lines_asks_the_database_as_often_as_reading_two(county, renewal):
    small = fill(county, renewal, 2)
    settle_more(county.second_village, 200)
    large = post(make(planned(renewal, county.second_village, number=0)))

    for name, ask in READ.items():
        assert queries(ask, large) <= queries(ask, small), name


def settle_more(village, number):
    for place in range(number):
        cast.make_person(village, f"村民{place}", id_look_up=f"{place:064x}")


def test_filters_show_what_they_say(county, renewal):
    election = planned(renewal, county.village)
    cast.make_person(county.village, "外出人", residence=Person.Residence.AWAY)
    election = make(election)

    assert read.counts(election) == {
        "all": 9, "listed": 8, "class_1": 8, "class_2": 0, "class_3": 0, "not_listed": 1, "unknown": 0
    }  # fmt: skip
    assert [row.name for row in read.lines(election, show="not_listed")] == ["外出人"]
    assert [row.name for row in read.lines(election, query="秀")] == ["王秀兰"]
    assert [each.name for each in read.undeclared(election, "")] == ["外出人"]
    assert [each.name for each in read.undeclared(election, "秀")] == ["王秀兰"]
