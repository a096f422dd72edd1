"""Places get another name, code or township, are merged, split and dissolved; what was stays findable."""

from datetime import date, timedelta

import pytest

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.accounts.models import Grant
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.elections.actions import renewals
from shanzhi.apps.elections.errors import Refused as ElectionRefused
from shanzhi.apps.places import access, selectors
from shanzhi.apps.places.actions import designations, mergers
from shanzhi.apps.places.actions.designations import Paper
from shanzhi.apps.places.actions.mergers import Part
from shanzhi.apps.places.errors import Refused, Wrong
from shanzhi.apps.places.models import (
    FormerDesignation,
    FormerHousehold,
    Group,
    Hamlet,
    Household,
    Person,
    Place,
    PlaceChange,
    Succession,
)
from shanzhi.apps.places.selectors import history
from shanzhi.apps.record.models import Event
from tests import cast
from tests.apps.tables import bringing
from tests.apps.tables.files import row

TODAY = date(2026, 11, 25)
ON = date(2026, 9, 1)
PAPER = Paper(on=ON, document="样政发〔2026〕12号", reason="撤并小村")


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def acts():
    return list(Event.objects.order_by("pk").values_list("act", flat=True))


def redesignate(place, **more):
    facts = {"name": place.name, "code": place.code} | more
    return designations.redesignate(place=place, paper=PAPER, today=TODAY, by="office", **facts)


def merge(*villages, **more):
    return mergers.merge(villages=villages, paper=PAPER, today=TODAY, by="office", **more)


def refused(act):
    """What the refusal says; nothing has been changed or recorded."""
    before = acts(), list(Place.objects.values())
    with pytest.raises(Refused) as refusal:
        act()
    assert (acts(), list(Place.objects.values())) == before
    assert PlaceChange.objects.count() == 0
    return str(refusal.value)


# A new name, code, township


def test_a_renamed_village_stays_the_same_place_and_its_old_name_stays_on_record(county):
    redesignate(county.village, name="柳树沟新村委会")

    (was,) = FormerDesignation.objects.all()
    assert (was.name, was.since, was.until) == ("柳树沟村委会", cast.LONG_AGO, ON - timedelta(days=1))
    held = Place.objects.get(pk=county.village.pk)
    assert (held.name, held.code, held.valid_until) == ("柳树沟新村委会", county.village.code, None)
    assert acts() == ["places.renamed"]


def test_a_new_code_leaves_the_old_one_resolving_to_the_same_village(county):
    old = county.village.code
    redesignate(county.village, code="141130101230")

    found = selectors.known(old)
    assert (found.pk, found.code) == (county.village.pk, "141130101230")
    fate = selectors.fate(found, old)
    assert (fate.was.code, fate.change.document) == (old, PAPER.document)
    assert selectors.by_code(old) is None


def test_a_village_whose_code_lies_in_another_township_moves_there_with_all_who_may_see_it(county, people):
    redesignate(county.village, code="141130202240")

    moved = Place.objects.get(pk=county.village.pk)
    assert moved.parent_id == county.west.pk
    assert not accounts.may(people.township_clerk, Permission.SEE_PEOPLE, moved.scopes)
    assert accounts.may(people.other_clerk, Permission.SEE_PEOPLE, moved.scopes)
    assert accounts.may(people.village_clerk, Permission.SEE_PEOPLE, moved.scopes)
    assert PlaceChange.objects.get().kind == "moved"


def test_a_township_that_becomes_a_town_takes_all_its_villages_to_its_new_code(county):
    redesignate(county.west, name="西岭镇", code="141130102000")

    west = Place.objects.get(pk=county.west.pk)
    assert (west.rank, west.name) == ("town", "西岭镇")
    below = Place.objects.filter(parent=west).order_by("code")
    assert [each.code for each in below] == ["141130102001", "141130102201"]
    assert selectors.known("141130202201").pk == county.west_village.pk
    assert PlaceChange.objects.get().facts["recoded"] == 2
    assert acts() == ["places.renamed"] * 3


def test_a_village_becomes_a_community_by_its_code(county):
    redesignate(county.village, name="柳树沟社区居委会", code="141130101001")

    assert Place.objects.get(pk=county.village.pk).kind == "community"
    assert FormerDesignation.objects.get().kind == "village"


def test_a_village_in_which_an_election_is_under_way_does_not_become_a_community(county):
    cast.make_election(cast.make_renewal(county), county.village, stage="roll")

    said = refused(lambda: redesignate(county.village, name="柳树沟社区居委会", code="141130101001"))
    assert "election is under way" in said


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"code": "14113010120"}, "code"),
        ({"code": "141131101201"}, "code"),
        ({"code": "141130101000"}, "code"),
        ({"code": "141130101202"}, "code"),  # the second village has it
        ({"code": "141130109201"}, "code"),  # no such township
        ({"name": " "}, "name"),
        ({"name": "石桥村委会"}, "name"),  # the second village bears it
        ({}, "name"),  # nothing changes
    ],
)
def test_a_name_or_code_that_cannot_be_is_refused_and_nothing_changes(county, more, field):
    with pytest.raises(Wrong) as wrong:
        redesignate(county.village, **more)

    assert wrong.value.field == field
    assert (FormerDesignation.objects.count(), PlaceChange.objects.count(), acts()) == (0, 0, [])


@pytest.mark.parametrize(
    ("paper", "field"),
    [
        (Paper(ON, " ", "理由"), "document"),
        (Paper(ON, "1号", ""), "reason"),
        (Paper(TODAY + timedelta(days=1), "1号", "理由"), "on"),
        (Paper(cast.LONG_AGO - timedelta(days=1), "1号", "理由"), "on"),
    ],
)
def test_a_decision_without_its_paper_or_out_of_time_is_refused(county, paper, field):
    with pytest.raises(Wrong) as wrong:
        designations.redesignate(
            place=county.village, name="新村", code=county.village.code, paper=paper, today=TODAY, by="office"
        )

    assert wrong.value.field == field


def test_the_same_form_sent_twice_renames_once(county):
    first = redesignate(county.village, name="新村委会")
    again = redesignate(Place.objects.get(pk=county.village.pk), name="新村委会")

    assert again == first
    assert acts() == ["places.renamed"]


def test_a_name_given_on_the_day_on_which_the_last_one_began_only_puts_it_right(county):
    redesignate(county.village, name="柳树勾村委会")
    redesignate(Place.objects.get(pk=county.village.pk), name="柳树沟新村委会")

    assert [each.name for each in FormerDesignation.objects.all()] == ["柳树沟村委会"]


# Merging


def test_villages_merge_into_one_of_them_with_all_their_people(county):
    man = cast.make_person(county.village, "李建军", household=cast.make_household(county.village, "0001"))
    gone = cast.make_person(county.village, "王五", left="moved", left_on=ON)
    cast.make_person(county.second_village, "张春梅")

    change = merge(county.village, county.second_village, into=county.second_village)

    assert set(Person.objects.values_list("place", flat=True)) == {county.second_village.pk}
    man.refresh_from_db()
    gone.refresh_from_db()
    assert (man.version, gone.place_id) == (2, county.second_village.pk)
    ended = Place.objects.get(pk=county.village.pk)
    assert ended.valid_until == ON - timedelta(days=1)
    assert list(Succession.objects.values_list("before", "after")) == [(ended.pk, county.second_village.pk)]
    assert (change.facts["people"], change.facts["households"]) == (1, 2)
    assert acts() == ["places.merged"] * 2


def test_where_numbers_collide_those_of_the_village_that_joins_get_the_end_of_its_code_in_front(county):
    for place, group in ((county.village, "一组"), (county.second_village, "一组")):
        for number in ("0001", "0002"):
            cast.make_household(place, number, group=group)
    cast.make_household(county.village, "0777", group="二组")

    change = merge(county.village, county.second_village, into=county.second_village)

    there = Household.objects.filter(place=county.second_village).order_by("number")
    assert [(each.number, each.group) for each in there] == [
        ("0001", "一组"), ("0002", "一组"),
        ("201-0001", "柳树沟村一组"), ("201-0002", "柳树沟村一组"), ("201-0777", "柳树沟村二组"),
    ]  # fmt: skip
    assert change.facts["prefixes"] == {"东川镇柳树沟村委会": "201-"}
    former = FormerHousehold.objects.get(household__number="201-0777")
    assert (former.number, former.group, former.place_id, former.until) == (
        "0777", "二组", county.village.pk, ON - timedelta(days=1),
    )  # fmt: skip


def test_where_no_number_collides_every_household_keeps_its_own(county):
    cast.make_household(county.village, "A1", group="一组")
    cast.make_household(county.second_village, "B1", group="二组")

    change = merge(county.village, county.second_village, into=county.second_village)

    numbers = Household.objects.filter(place=county.second_village).values_list("number", "group")
    assert set(numbers) == {("A1", "一组"), ("B1", "二组")}
    assert "prefixes" not in change.facts


def test_villages_merge_into_a_new_one_and_each_ends(county):
    cast.make_person(county.village)
    cast.make_person(county.second_village)

    merge(county.village, county.second_village, name="柳桥村委会", code="141130101240")

    made = selectors.by_code("141130101240")
    assert (made.name, made.parent_id, made.valid_from, made.kind) == (
        "柳桥村委会",
        county.east.pk,
        ON,
        "village",
    )
    assert Person.objects.filter(place=made).count() == 2
    assert set(Succession.objects.filter(after=made).values_list("before", flat=True)) == {
        county.village.pk, county.second_village.pk,
    }  # fmt: skip


def test_two_villages_whose_codes_end_alike_are_told_apart_by_more_of_the_code(county):
    for place in (county.village, county.second_village, county.west_village):
        cast.make_household(place, "0001")

    merge(county.village, county.second_village, county.west_village, into=county.second_village)

    numbers = set(Household.objects.values_list("number", flat=True))
    assert numbers == {"0001", "201-0001", "202201-0001"}


def test_hamlets_and_groups_go_along_and_groups_begin_anew(county):
    hamlet = Hamlet.objects.create(place=county.village, name="后沟", since=cast.LONG_AGO)
    Hamlet.objects.create(place=county.second_village, name="后沟", since=cast.LONG_AGO)
    Group.objects.create(place=county.village, name="三组", hamlet=hamlet, since=cast.LONG_AGO)

    merge(county.village, county.second_village, into=county.second_village)

    hamlet.refresh_from_db()
    assert (hamlet.place_id, hamlet.name) == (county.second_village.pk, "柳树沟村后沟")
    ended, begun = Group.objects.order_by("pk")
    assert (ended.place_id, ended.until) == (county.village.pk, ON - timedelta(days=1))
    assert (begun.place_id, begun.name, begun.since, begun.hamlet) == (
        county.second_village.pk,
        "三组",
        ON,
        hamlet,
    )


@pytest.mark.parametrize("stage", ["roll", "roll_posted", "candidates", "voting", "counting"])
def test_an_election_under_way_stops_a_merge(county, stage):
    cast.make_election(cast.make_renewal(county), county.village, stage=stage)

    said = refused(lambda: merge(county.village, county.second_village, into=county.second_village))
    assert "东川镇柳树沟村委会: 2026年村委会换届" in said


def test_an_election_that_was_only_opened_lapses_and_nothing_more_can_be_done_in_it(county):
    (election,) = renewals.open_elections(
        renewal=cast.make_renewal(county), villages=[county.village], by="office"
    )

    change = merge(county.village, county.second_village, into=county.second_village)

    assert change.facts["lapsed"] == 1
    with pytest.raises(ElectionRefused) as refusal:
        renewals.attest(
            election=election, kind="election_committee", decided_on=ON, body="村民会议", by="clerk"
        )
    assert "has ended" in str(refusal.value)


def test_a_roster_that_waits_stops_a_merge(county):
    bringing.check(county.village, row(1))

    said = refused(lambda: merge(county.village, county.second_village, into=county.second_village))
    assert "roster waits for 东川镇柳树沟村委会" in said


def test_what_was_granted_over_a_village_that_ends_ends_and_is_carried_nowhere(county, people):
    change = merge(county.village, county.second_village, into=county.second_village)

    held = Grant.objects.filter(scope=county.village.pk)
    assert set(change.facts["ended_grants"]) == set(held.values_list("pk", flat=True))
    assert not held.filter(revoked_at=None).exists()
    successor = Place.objects.get(pk=county.second_village.pk)
    assert not accounts.may(people.village_clerk, Permission.SEE_PEOPLE, successor.scopes)
    assert people.village_clerk in accounts.accounts_managed_by(people.operator)


def test_an_old_election_stays_with_the_village_that_held_it(county, people):
    done = cast.make_election(cast.make_renewal(county), county.village, stage="announced")

    merge(county.village, county.second_village, into=county.second_village)

    done.refresh_from_db()
    assert done.village_id == county.village.pk
    assert accounts.may(people.township_clerk, Permission.SEE_BOARD, done.village.scopes)
    fate = selectors.fate(selectors.known(county.village.code), county.village.code)
    assert (fate.was, fate.after) == (None, (county.second_village,))


def test_one_village_alone_a_township_and_a_stranger_as_target_are_refused(county):
    for act in (
        lambda: merge(county.village, into=county.village),
        lambda: merge(county.village, county.east, into=county.village),
        lambda: merge(county.village, county.second_village, into=county.west_village),
        lambda: merge(county.village, county.second_village, name="新村", code="141130202240"),
        lambda: merge(county.village, county.second_village, name="新村", code="141130101201"),
    ):
        refused(act)


def test_a_merge_that_fails_at_the_end_leaves_no_trace(county, monkeypatch):
    cast.make_household(county.village, "0001")
    late = Place.objects.get(pk=county.village.pk)
    Place.objects.filter(pk=late.pk).update(valid_from=ON)  # it cannot end before it began

    refused(lambda: merge(county.village, county.second_village, into=county.second_village))
    assert Household.objects.get().place_id == county.village.pk
    assert not FormerHousehold.objects.exists()


# Splitting


def test_a_village_splits_by_its_groups_and_goes_on_with_the_rest(county):
    for number, group in (("1", "一组"), ("2", "二组"), ("3", "")):
        cast.make_person(county.village, household=cast.make_household(county.village, number, group=group))
    hamlet = Hamlet.objects.create(place=county.village, name="后沟", since=cast.LONG_AGO)
    Household.objects.filter(number="2").update(hamlet=hamlet)
    Group.objects.create(place=county.village, name="二组", since=cast.LONG_AGO)

    change = mergers.split(
        village=county.village, parts=[Part("141130101250", "后沟村委会", frozenset({"二组"}))], keeps=True,
        paper=PAPER, today=TODAY, by="office",
    )  # fmt: skip

    made = selectors.by_code("141130101250")
    assert list(Household.objects.filter(place=made).values_list("number", flat=True)) == ["2"]
    assert Person.objects.filter(place=made, version=2).count() == 1
    hamlet.refresh_from_db()
    assert hamlet.place_id == made.pk
    assert Group.objects.get(until=None).place_id == made.pk
    assert Place.objects.get(pk=county.village.pk).valid_until is None
    assert (change.facts["households"], FormerHousehold.objects.get().number) == (1, "2")


def test_a_village_splits_into_new_ones_and_ends(county, people):
    for number, group in (("1", "一组"), ("2", "二组"), ("3", "")):
        cast.make_household(county.village, number, group=group)
    parts = [
        Part("141130101250", "前沟村委会", frozenset({"一组"})),
        Part("141130101251", "后沟村委会", frozenset({"二组"})),
    ]

    mergers.split(village=county.village, parts=parts, keeps=False, paper=PAPER, today=TODAY, by="office")

    first, second = (selectors.by_code(part.code) for part in parts)
    assert set(Household.objects.filter(place=first).values_list("number", flat=True)) == {"1", "3"}
    assert Household.objects.get(place=second).number == "2"
    fate = selectors.fate(selectors.known(county.village.code), county.village.code)
    assert fate.after == (first, second)
    assert not Grant.objects.filter(scope=county.village.pk, revoked_at=None).exists()


@pytest.mark.parametrize(
    ("parts", "keeps"),
    [
        ([], True),
        ([Part("141130101250", "前沟村委会", frozenset())], True),
        ([Part("141130101250", "前沟村委会", frozenset({"一组"}))], False),
        ([Part("141130101250", "前沟村委会", frozenset({"九组"}))], True),
        (
            [
                Part("141130101250", "甲", frozenset({"一组"})),
                Part("141130101250", "乙", frozenset({"二组"})),
            ],
            True,
        ),
        (
            [
                Part("141130101250", "甲", frozenset({"一组"})),
                Part("141130101251", "乙", frozenset({"一组"})),
            ],
            True,
        ),
        ([Part("141130101202", "甲", frozenset({"一组"}))], True),
        ([Part("141130101000", "甲", frozenset({"一组"}))], True),
    ],
)
def test_a_split_that_does_not_say_who_goes_where_is_refused(county, parts, keeps):
    for number, group in (("1", "一组"), ("2", "二组")):
        cast.make_household(county.village, number, group=group)

    refused(
        lambda: mergers.split(
            village=county.village, parts=parts, keeps=keeps, paper=PAPER, today=TODAY, by="office"
        )
    )


# Beginning and ending


def test_a_new_village_is_established_under_the_township_of_its_code(county):
    place = designations.open_place(
        name="新民村委会", code="141130202260", paper=PAPER, today=TODAY, by="office"
    )

    assert (place.parent_id, place.kind, place.valid_from) == (county.west.pk, "village", ON)
    assert acts() == ["places.opened"]


def test_a_place_with_people_or_villages_is_not_dissolved_and_an_empty_one_is(county):
    cast.make_person(county.village)

    for place in (county.village, county.east, county.place):
        refused(
            lambda place=place: designations.close_place(place=place, paper=PAPER, today=TODAY, by="office")
        )
    designations.close_place(
        place=county.second_village, successors=[county.village], paper=PAPER, today=TODAY, by="office"
    )

    assert selectors.fate(selectors.known("141130101202"), "141130101202").after == (county.village,)
    assert acts() == ["places.closed"]


# What stood when


def test_the_county_is_shown_as_it_stood_on_a_day(county):
    redesignate(county.west, name="西岭镇", code="141130102000")
    merge(county.village, county.second_village, name="柳桥村委会", code="141130101240")

    before = history.standing_on(ON - timedelta(days=1))
    after = history.standing_on(ON)

    assert [each.full_name for each in before] == [
        "样板县", "东川镇", "东川镇柳树沟村委会", "东川镇石桥村委会", "西岭乡", "西岭乡河湾社区居委会", "西岭乡枣岭村委会",
    ]  # fmt: skip
    assert [each.full_name for each in after] == [
        "样板县", "东川镇", "东川镇柳桥村委会", "西岭镇", "西岭镇河湾社区居委会", "西岭镇枣岭村委会",
    ]  # fmt: skip
    assert history.standing_on(cast.LONG_AGO - timedelta(days=1)) == []


def test_the_history_of_a_village_names_every_code_with_its_days(county):
    redesignate(county.village, code="141130101230")

    now, before = history.history(Place.objects.get(pk=county.village.pk))

    assert (now.code, now.since, now.until) == ("141130101230", ON, None)
    assert (before.code, before.since, before.until) == (
        "141130101201",
        cast.LONG_AGO,
        ON - timedelta(days=1),
    )
    assert before.change.document == PAPER.document


def test_a_code_of_nine_digits_in_an_old_address_still_finds_its_township(county):
    assert selectors.known("141130101").pk == county.east.pk
    assert selectors.known("141130").pk == county.place.pk
    assert selectors.known("nonsense") is None


def test_the_door_opens_for_an_old_code_and_not_for_a_village_that_has_ended(county, people):
    redesignate(county.village, code="141130101230")

    assert (
        access.place_for(people.township_clerk, "141130101201", Permission.SEE_PEOPLE).pk == county.village.pk
    )


def test_whoever_looks_for_an_old_name_finds_what_became_of_it(county):
    redesignate(county.west_village, name="枣林村委会")
    merge(county.village, county.second_village, into=county.second_village)

    assert [each.place.pk for each in selectors.former_names("枣岭")] == [county.west_village.pk]
    (found,) = selectors.former_names("柳树沟")
    assert found.after == (county.second_village,)
