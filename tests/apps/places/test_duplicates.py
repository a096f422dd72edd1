"""Two entries, one person: found by rule, merged by a person without losing anything, and two again when it was wrong."""

from datetime import date

import pytest
from django.urls import reverse

from shanzhi.apps.elections.models import Candidate, Roll, RollLine
from shanzhi.apps.elections.selectors import persons
from shanzhi.apps.places import actions, selectors
from shanzhi.apps.places.actions.people import seal_numbers
from shanzhi.apps.places.errors import Refused, Wrong
from shanzhi.apps.places.models import Claim, DuplicateDecision, Person
from shanzhi.apps.places.selectors.duplicates import duplicates, without_number
from shanzhi.core import identity
from tests.apps.places.the_pages import NUMBER, acts, text_of
from tests.cast import (
    make_candidate,
    make_election,
    make_id_number,
    make_person,
    make_renewal,
    sign_in,
)

TODAY = date(2026, 12, 1)
BY = {"today": TODAY, "by": "clerk"}
SLIPPED = identity.make("141130", date(1970, 5, 1), 12)  # one digit away from NUMBER


def numbered(place, number, name="王秀兰", **more):
    person = make_person(place, name, **more)
    seal_numbers(person, number, "")
    person.save()
    return person


def rules(county, *scopes):
    return [(pair.rule, pair.goes.pk, pair.stays.pk) for pair in duplicates(scopes or [county.place.pk])]


def merged(one, other, **more):
    return actions.merge(person=one, into=other, **{"reason": "户口本"} | BY | more)


def state():
    return (
        list(Person.objects.order_by("pk").values()),
        list(DuplicateDecision.objects.order_by("pk").values()),
        acts(),
    )


def refused(act, kind=Refused):
    before = state()
    with pytest.raises(kind) as refusal:
        act()
    assert state() == before
    return refusal.value


# Found by rule


def test_one_number_in_an_ended_and_a_living_entry_is_found_the_living_one_stays(county, villager):
    actions.mark_left(person=villager, left="moved", left_on=TODAY, **BY)
    there = numbered(county.west_village, NUMBER, "王秀兰")

    assert rules(county) == [("number", villager.pk, there.pk)]


@pytest.mark.parametrize(
    ("number", "rule"), [(SLIPPED, "near_number"), (make_id_number(300), "name_birth"), (None, "no_number")]
)
def test_one_name_and_birth_in_two_villages_is_found_with_what_speaks_for_it(county, villager, number, rule):
    other = numbered(county.west_village, number) if number else make_person(county.west_village)

    assert rules(county) == [(rule, other.pk, villager.pk)]


def test_an_entry_without_a_number_is_named_and_compared_within_its_village(county, villager):
    lone = make_person(county.village, born=date(1970, 8, 9))

    assert rules(county) == [("without", lone.pk, villager.pk)]
    assert list(without_number([county.place.pk])) == [lone]
    assert list(without_number([county.west.pk])) == []


def test_what_nobody_could_mistake_is_not_shown(county, villager):
    numbered(county.village, make_id_number(2), "李大山")
    numbered(county.village, make_id_number(3, born=date(1985, 5, 1)), born=date(1985, 5, 1))
    wrong = make_person(county.village)
    actions.mark_left(person=wrong, left="wrong", left_on=TODAY, **BY)

    assert rules(county) == []


def test_a_pair_is_shown_to_both_offices_and_to_no_third(county, villager):
    make_person(county.second_village)

    assert len(rules(county, county.village.pk)) == len(rules(county, county.second_village.pk)) == 1
    assert rules(county, county.west.pk) == []


def test_a_whole_county_is_gone_through_in_as_many_questions(county, villager, django_assert_max_num_queries):
    for _each in range(40):
        make_person(county.second_village, "任海燕")

    with django_assert_max_num_queries(12):
        assert len(duplicates([county.place.pk])) >= 15


# Merged


def test_a_merge_moves_nothing_and_everything_resolves(county, villager):
    twin = make_person(county.west_village)
    sister = make_person(county.west_village, "王秀英")
    actions.set_kin(person=sister, other=twin, relation="sibling", by="clerk")
    line = RollLine.objects.create(
        roll=Roll.objects.create(election=make_election(make_renewal(county), county.west_village), posted_on=TODAY),
        person=twin, number=1, listed=True, voter_class=1, name=twin.name, sex="f", born=twin.born,
    )  # fmt: skip
    decision = merged(twin, villager)

    twin.refresh_from_db()
    line.refresh_from_db()
    assert (twin.left, twin.left_on, twin.merged_into) == ("merged", TODAY, villager)
    assert line.person_id == twin.pk
    assert selectors.kin_of(villager) == [("sibling", sister)]
    assert selectors.kin_between([villager.pk, sister.pk]) == {(sister.pk, villager.pk, "sibling")}
    assert selectors.entries_elsewhere(county.village)[twin.pk] == villager.id_look_up
    assert [section.title for section in persons.sections([villager.pk, twin.pk]) if section.rows]
    assert merged(twin, villager) == decision  # done twice, it is done once
    assert acts()[-2:] == ["places.person_merged", "places.person_merged_here"]
    assert rules(county) == []


def test_a_merge_that_is_taken_back_leaves_two_entries_as_they_were(county, villager):
    twin = make_person(county.west_village, party="full")
    before = Person.objects.filter(pk=twin.pk).values().get()
    decision = merged(twin, villager)
    for _time in range(2):
        actions.take_back_merge(decision=decision, **BY)

    after = Person.objects.filter(pk=twin.pk).values().get()
    assert {name: after[name] for name in after if name != "version"} == {
        name: before[name] for name in before if name != "version"
    }
    assert acts().count("places.merge_taken_back") == 1
    assert len(rules(county)) == 1


def test_an_entry_that_had_ended_comes_back_as_ended(county, villager):
    actions.mark_left(person=villager, left="moved", left_on=date(2026, 1, 1), **BY)
    there = numbered(county.west_village, NUMBER)
    actions.take_back_merge(decision=merged(villager, there), **BY)

    villager.refresh_from_db()
    assert (villager.left, villager.left_on, villager.merged_into) == ("moved", date(2026, 1, 1), None)


def test_the_number_goes_over_to_an_entry_that_has_none_and_back(county, villager):
    lone = make_person(county.west_village)
    decision = merged(villager, lone)
    lone.refresh_from_db()
    assert selectors.id_number(lone) == NUMBER
    assert selectors.find_by_id_number(NUMBER) == lone

    actions.take_back_merge(decision=decision, **BY)
    lone.refresh_from_db()
    assert (lone.id_sealed, lone.id_look_up, lone.id_tail) == (None, None, None)
    assert selectors.find_by_id_number(NUMBER) == villager


def test_three_entries_become_one_and_come_apart_in_order(county, villager):
    second, third = make_person(county.second_village), make_person(county.west_village)
    merged(third, second)
    decision = merged(second, villager)
    third.refresh_from_db()
    assert third.merged_into == villager

    actions.take_back_merge(decision=decision, **BY)
    third.refresh_from_db()
    assert third.merged_into == second


def test_an_entry_that_an_election_under_way_needs_does_not_end(county, villager):
    twin = make_person(county.west_village)
    election = make_election(make_renewal(county), county.west_village)
    make_candidate(election, twin)

    assert "枣岭村" in str(refused(lambda: merged(twin, villager)).message)
    election.stage = "announced"
    election.save()
    merged(twin, villager)
    assert Candidate.objects.get().person_id == twin.pk


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_merge_needs_its_reason(county, villager, reason):
    twin = make_person(county.west_village)

    refusal = refused(lambda: merged(twin, villager, reason=reason), Wrong)

    assert refusal.field == "reason"


def test_nobody_is_merged_with_himself_or_into_what_has_ended_in_another(county, villager):
    refused(lambda: merged(villager, villager), Wrong)
    twin = make_person(county.west_village)
    merged(twin, villager)
    third = make_person(county.second_village)
    refused(lambda: merged(third, twin))
    refused(lambda: actions.take_back_left(person=twin, by="clerk"))


def test_two_people_are_two_people_and_not_asked_about_again(county, villager):
    twin = make_person(county.west_village)
    for _time in range(2):
        actions.keep_apart(person=villager, other=twin, reason="两边都问过", **BY)

    assert rules(county) == []
    assert acts().count("places.kept_apart") == 1
    merged(twin, villager)  # whoever learns better may still merge
    assert DuplicateDecision.objects.filter(taken_back_on=None).get().verdict == "same"


def test_the_trail_of_a_merge_holds_no_name_and_no_reason(county, villager):
    from shanzhi.apps.record.models import Event

    merged(make_person(county.west_village), villager)

    for event in Event.objects.filter(act__startswith="places.person_merged"):
        told = bytes(event.leaf).decode()
        assert "王秀兰" not in told
        assert "户口本" not in told


# The pages


def test_the_pair_lies_side_by_side_and_is_merged_there(clerk, county, villager):
    twin = make_person(county.second_village)
    page = text_of(clerk.get(reverse("places:duplicates")))
    assert reverse("places:same", args=[twin.key, villager.key]) in page

    address = reverse("places:same", args=[twin.key, villager.key])
    page = text_of(clerk.get(address))
    assert "石桥村" in page
    assert NUMBER not in page
    assert "is-wrong" in text_of(clerk.post(address, {"same-reason": ""}))
    clerk.post(address, {"same-reason": "户口本"})
    page = text_of(clerk.get(reverse("places:person", args=[twin.key])))
    assert "并入另一条" in page
    back = reverse("places:merge_back", args=[DuplicateDecision.objects.get().key])
    assert back in page
    clerk.post(back)
    assert acts()[-1] == "places.merge_taken_back"


def test_of_another_office_s_village_no_more_is_shown_than_its_name(clerk, county, villager):
    twin = numbered(county.west_village, SLIPPED, household=None, party="full", education="graduate")

    page = text_of(clerk.get(reverse("places:same", args=[villager.key, twin.key])))

    assert "枣岭村" in page
    assert "研究生" not in page
    assert twin.household.number not in page
    assert reverse("places:person", args=[twin.key]) not in page


def test_somebody_who_is_not_alike_is_no_door_into_another_village(clerk, county, villager):
    stranger = make_person(county.west_village, "李大山")

    assert clerk.get(reverse("places:same", args=[villager.key, stranger.key])).status_code == 404


# Two villages, one person


def claim(county, **more):
    facts = {"id_number": NUMBER, "place": county.west_village, "household": "12", "reason": "已迁来"}
    return actions.claim(**facts | BY | more)


def test_a_village_asks_and_the_other_hands_over(county, villager):
    asked = claim(county)
    assert claim(county) == asked

    actions.answer_claim(
        claim=asked, verdict="handed_over", answer="", residence="away", day=date(2026, 5, 1), **BY
    )

    villager.refresh_from_db()
    assert (villager.place, villager.household.number, villager.residence) == (
        county.west_village,
        "12",
        "away",
    )
    assert acts().count("places.claimed") == 1


def test_a_village_that_keeps_the_person_says_why(county, villager):
    asked = claim(county)
    kept = {"claim": asked, "verdict": "kept", "residence": "", "day": None, **BY}
    with pytest.raises(Wrong):
        actions.answer_claim(answer=" ", **kept)

    actions.answer_claim(answer="户口仍在本村", **kept)

    villager.refresh_from_db()
    assert villager.place == county.village
    assert Claim.objects.get().answer == "户口仍在本村"


@pytest.mark.parametrize(
    ("facts", "field"), [({"id_number": make_id_number(99)}, "id_number"), ({"household": " "}, "household")]
)
def test_a_claim_for_nobody_or_into_no_household_is_refused(county, villager, facts, field):
    with pytest.raises(Wrong) as refusal:
        claim(county, **facts)

    assert refusal.value.field == field
    assert not Claim.objects.exists()


def test_claims_are_answered_by_the_one_side_and_withdrawn_by_the_other(client, people, county, villager):
    asked = claim(county)
    sign_in(client, people.other_clerk)
    assert client.get(reverse("places:claim_answer", args=[asked.key])).status_code == 404
    assert "不再请求" in text_of(client.get(reverse("places:duplicates")))
    client.post(reverse("places:claim_withdraw", args=[asked.key]))
    asked.refresh_from_db()
    assert asked.verdict == "withdrawn"

    again = claim(county)
    sign_in(client, people.township_clerk)
    assert client.post(reverse("places:claim_withdraw", args=[again.key])).status_code == 404
    address = reverse("places:claim_answer", args=[again.key])
    assert "is-wrong" in text_of(client.post(address, {"verdict": "handed_over"}))
    client.post(address, {"verdict": "handed_over", "residence": "away", "day": "2026-05-01"})
    villager.refresh_from_db()
    assert villager.place == county.west_village
