"""Each change to people and households: it does what it says, it is on record, and a refusal leaves no trace."""

import io
from datetime import date

import pytest

from shanzhi.apps.places import actions, selectors
from shanzhi.apps.places.errors import Refused, Stale, Wrong
from shanzhi.apps.places.models import Household, Kinship, Person
from shanzhi.apps.places.tables import ROSTER
from shanzhi.apps.record.models import Event
from shanzhi.apps.tables.actions import exports
from shanzhi.apps.tables.selectors import scope_of
from tests.apps.tables import bringing
from tests.cast import make_id_number, make_person

TODAY = date(2026, 12, 1)
NUMBER = make_id_number(1)


def add(place, **other):
    facts = {
        "household": "007",
        "id_number": NUMBER,
        "name": "王秀兰",
        "residence": "resident",
        "phone": "13800000000",
    }
    return actions.add_person(place=place, today=TODAY, by="clerk", **{**facts, **other})


def correct(person, **facts):
    return actions.correct_person(
        person=person, version=facts.pop("version", person.version), today=TODAY, by="clerk", **facts
    )


def acts():
    return list(Event.objects.order_by("pk").values_list("act", flat=True))


def state():
    return (
        list(Person.objects.order_by("pk").values()),
        list(Household.objects.order_by("pk").values()),
        list(Kinship.objects.order_by("pk").values()),
        acts(),
    )


def refused(act, kind=Wrong):
    before = state()
    with pytest.raises(kind) as refusal:
        act()
    assert state() == before
    return refusal.value


# Adding


def test_someone_added_has_sex_and_birth_from_the_id_number(county):
    person = add(county.village)

    assert (person.sex, person.born, person.household.number) == ("f", date(1970, 5, 1), "007")
    assert (selectors.id_number(person), selectors.phone(person)) == (NUMBER, "13800000000")
    assert selectors.masked_id(person) == "141130************"
    assert acts() == ["places.person_added"]


def test_the_record_of_someone_added_holds_no_name_and_no_number(county):
    add(county.village)

    told = bytes(Event.objects.get().leaf).decode()
    assert "王秀兰" not in told
    assert NUMBER not in told
    assert "13800000000" not in told


def test_a_form_sent_twice_adds_one_person(county):
    assert add(county.village) == add(county.village)
    assert acts() == ["places.person_added"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"id_number": NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")}, "id_number"),
        ({"id_number": "123"}, "id_number"),
        ({"phone": "12"}, "phone"),
        ({"here_since": date(2027, 1, 1)}, "here_since"),
    ],
)
def test_what_cannot_be_right_adds_nobody(county, facts, field):
    assert refused(lambda: add(county.village, **facts)).field == field


def test_someone_of_another_village_is_refused_with_the_villages_full_name(county):
    add(county.west_village)

    refusal = refused(lambda: add(county.village))

    assert refusal.field == "id_number"
    assert "西岭乡枣岭村委会" in str(refusal.message)


def test_the_same_number_under_another_name_is_refused(county):
    add(county.village)

    assert refused(lambda: add(county.village, name="李大山")).field == "id_number"


def test_a_household_has_one_head(county):
    first = add(county.village, is_head=True)
    second = add(county.village, id_number=make_id_number(2), is_head=True)

    first.refresh_from_db()
    assert (first.is_head, second.is_head) == (False, True)


# Correcting


def test_a_correction_changes_what_it_names_and_nothing_else(county):
    person = add(county.village)

    done = correct(person, name="王秀蘭", residence="away", id_number="", phone="")

    assert (done.name, done.residence, done.version) == ("王秀蘭", "away", 2)
    assert (selectors.id_number(done), selectors.phone(done)) == (NUMBER, "13800000000")
    assert Event.objects.get(act="places.person_corrected").facts == {"fields": ["name", "residence"]}


def test_a_new_id_number_brings_its_sex_and_birth(county):
    number = make_id_number(5, born=date(1980, 1, 2), woman=False)

    done = correct(add(county.village), id_number=number, phone="13900000000")

    assert (done.sex, done.born) == ("m", date(1980, 1, 2))
    assert selectors.find_by_id_number(number) == done
    assert selectors.find_by_id_number(NUMBER) is None
    assert selectors.phone(done) == "13900000000"


def test_someone_moves_to_another_household(county):
    done = correct(add(county.village), household="008")

    assert done.household.number == "008"
    assert Event.objects.get(act="places.person_corrected").facts == {"fields": ["household_id"]}


def test_a_correction_that_corrects_nothing_is_not_recorded(county):
    person = add(county.village)

    done = correct(person, name=person.name, household="007", residence="resident")

    assert done.version == 1
    assert acts() == ["places.person_added"]


def test_the_second_of_two_clerks_is_told_and_does_not_overrule(county):
    person = add(county.village)
    correct(person, name="王秀蘭", version=1)

    refused(lambda: correct(person, name="王兰", version=1), Stale)


def test_a_correction_does_not_take_another_persons_number(county):
    add(county.west_village, id_number=make_id_number(2))
    person = add(county.village)

    assert refused(lambda: correct(person, id_number=make_id_number(2))).field == "id_number"


@pytest.mark.parametrize(("facts", "field"), [({"id_number": "1"}, "id_number"), ({"phone": "1"}, "phone")])
def test_a_wrong_number_corrects_nothing(county, facts, field):
    person = add(county.village)

    assert refused(lambda: correct(person, name="王兰", **facts)).field == field


# Leaving and coming back


def leave(person, left="moved", on=TODAY):
    return actions.mark_left(person=person, left=left, left_on=on, today=TODAY, by="clerk")


def test_someone_who_left_is_in_the_list_no_more_and_the_entry_stays(county):
    person = leave(add(county.village))

    assert list(selectors.people_of(county.village)) == []
    assert (person.left, person.left_on) == ("moved", TODAY)
    assert acts() == ["places.person_added", "places.person_left"]


def test_leaving_twice_is_leaving_once(county):
    person = add(county.village)
    leave(person)
    leave(person)

    assert acts() == ["places.person_added", "places.person_left"]


@pytest.mark.parametrize("on", [date(2026, 12, 2), date(1970, 4, 30)])
def test_a_day_of_leaving_lies_between_birth_and_today(county, on):
    person = add(county.village)

    assert refused(lambda: leave(person, on=on)).field == "left_on"


def test_who_has_left_is_neither_corrected_nor_marked_anew(county):
    person = leave(add(county.village))

    refused(lambda: correct(person, name="王兰"), Refused)
    refused(lambda: leave(person, left="died"), Refused)


def test_a_mark_by_mistake_is_taken_back(county):
    person = leave(add(county.village), left="died")

    actions.take_back_left(person=person, by="clerk")
    actions.take_back_left(person=person, by="clerk")

    assert list(selectors.people_of(county.village)) == [person]
    assert acts() == ["places.person_added", "places.person_left", "places.person_back"]


def test_it_is_not_taken_back_when_the_person_lives_in_another_village_by_now(county):
    person = leave(add(county.village))
    add(county.west_village)

    refused(lambda: actions.take_back_left(person=person, by="clerk"))


# Kin


def test_a_relation_is_seen_from_both_sides(county):
    mother, daughter = make_person(county.village, "王秀兰"), make_person(county.village, "李小梅")

    actions.set_kin(person=mother, other=daughter, relation="parent", by="clerk")

    assert selectors.kin_of(daughter) == [("parent", mother)]
    assert selectors.kin_of(mother) == [("child", daughter)]
    assert acts() == ["places.kin_set"]


def test_a_relation_said_again_or_the_other_way_round_is_one(county):
    mother, daughter = make_person(county.village, "王秀兰"), make_person(county.village, "李小梅")
    for _time in range(2):
        actions.set_kin(person=mother, other=daughter, relation="parent", by="clerk")
    actions.set_kin(person=daughter, other=mother, relation="child", by="clerk")

    assert selectors.kin_of(mother) == [("child", daughter)]
    assert Kinship.objects.count() == 1


def test_nobody_is_his_own_relative_and_relatives_are_of_one_village(county):
    person, stranger = make_person(county.village), make_person(county.west_village)

    refused(lambda: actions.set_kin(person=person, other=person, relation="spouse", by="clerk"))
    refused(lambda: actions.set_kin(person=person, other=stranger, relation="spouse", by="clerk"))


def test_a_relation_is_removed_whichever_way_it_was_recorded(county):
    mother, daughter = make_person(county.village, "王秀兰"), make_person(county.village, "李小梅")
    actions.set_kin(person=mother, other=daughter, relation="parent", by="clerk")

    for _time in range(2):
        actions.remove_kin(person=daughter, other=mother, by="clerk")

    assert not Kinship.objects.exists()
    assert acts() == ["places.kin_set", "places.kin_removed"]


# Households and looks


def test_a_households_group_and_address_are_corrected(county):
    household = add(county.village).household

    for _time in range(2):
        actions.correct_household(household=household, group="二组", address="沟口", by="clerk")

    household.refresh_from_db()
    assert (household.group, household.address) == ("二组", "沟口")
    assert acts() == ["places.person_added", "places.household_corrected"]


def test_every_look_at_full_numbers_is_on_record_with_its_reason(county):
    person = add(county.village)

    for _time in range(2):
        shown = actions.reveal_numbers(person=person, reason="call", by="clerk")

    assert shown == (NUMBER, "13800000000")
    looks = Event.objects.filter(act="places.numbers_revealed")
    assert [(event.by, event.subject, event.facts["reason"]) for event in looks] == [
        ("clerk", f"person:{person.key}", "call")
    ] * 2


# Reading


def test_people_are_found_by_name_household_and_number(county):
    person = add(county.village)
    add(county.village, id_number=make_id_number(2), name="李大山", household="099")
    add(county.west_village, id_number=make_id_number(3))

    def found(query, **how):
        return [each.name for each in selectors.search(county.village, query, **how)]

    assert found("秀") == ["王秀兰"]
    assert found("099") == ["李大山"]
    assert found(NUMBER) == found(NUMBER.lower()) == ["王秀兰"]
    assert found(NUMBER[-4:]) == []
    assert found("%") == []
    assert person in selectors.search(county.village)


def test_many_numbers_are_looked_up_at_once(county):
    person = add(county.village)
    numbers = [make_id_number(serial) for serial in range(1, 480)]

    assert selectors.find_by_id_numbers(numbers) == {NUMBER: person}
    assert selectors.died_with_id_numbers(numbers) == set()
    leave(person, left="died")
    assert selectors.find_by_id_numbers(numbers) == {}
    assert selectors.died_with_id_numbers(numbers) == {NUMBER}


def test_an_exported_roster_comes_back_in_without_a_change(county):
    head = add(county.village, is_head=True, party="full", group="一组")
    child = add(
        county.village, id_number=make_id_number(2, born=date(1999, 1, 1)), name="李小梅", residence="away"
    )
    actions.set_kin(person=head, other=child, relation="parent", by="clerk")

    made = bringing.check_file(county.village, out(county.village, "work"))

    assert made.bad == 0
    assert {each.relation for each in bringing.good(made)} == {"head", "child"}
    assert (made.new, made.changed) == (0, 0)


def out(place, purpose):
    """The roster of a place as the export for a purpose."""
    file = io.BytesIO()
    made = exports.order(
        table=ROSTER, scope=scope_of(pk=place.pk), purpose=next(p for p in ROSTER.purposes if p.key == purpose),
        reason="", filters={}, form="xlsx", by="clerk",
    )  # fmt: skip
    exports.write_into(file, made)
    return file.getvalue()


def test_a_masked_export_holds_no_full_number_and_is_refused_as_an_import(county):
    add(county.village)
    masked = ROSTER.purposes[0]

    rows = list(ROSTER.rows(scope_of(pk=county.village.pk), purpose=masked, filters={}))
    assert NUMBER not in str(rows)
    assert "13800000000" not in str(rows)

    made = bringing.check_file(county.village, out(county.village, "look"))
    assert (made.good, made.bad) == (0, 1)
