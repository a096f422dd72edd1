"""Coming, going, moving within the county, dying, coming back: what is on record afterwards, and in which order."""

from datetime import date

import pytest
from django.urls import reverse

from shanzhi.apps.elections.bridge import people as bridge
from shanzhi.apps.elections.models import Roll, RollLine
from shanzhi.apps.elections.selectors import revision
from shanzhi.apps.places import actions, selectors
from shanzhi.apps.places.errors import Refused, Wrong
from shanzhi.apps.places.models import Movement, PastResidence, Person
from shanzhi.apps.places.selectors import lives
from shanzhi.apps.record.models import Event
from tests.apps.places.the_pages import acts, text_of
from tests.cast import make_election, make_id_number, make_renewal, sign_in

TODAY = date(2026, 12, 1)
BY = {"today": TODAY, "by": "clerk"}


def moved(person, county, **more):
    facts = {"to": county.west_village, "household": "088", "residence": "resident", "day": date(2026, 6, 1)}
    return actions.transfer(person=person, **facts | BY | more)


def state(person):
    return (
        Person.objects.filter(pk=person.pk).values().get(),
        Movement.objects.count(),
        PastResidence.objects.count(),
        acts(),
    )


def refused(act, person, kind=Wrong):
    before = state(person)
    with pytest.raises(kind) as refusal:
        act()
    assert state(person) == before
    return refusal.value


def test_a_move_within_the_county_ends_here_and_begins_there_under_the_same_key(county, villager):
    held = moved(villager, county)

    assert (held.pk, held.key) == (villager.pk, villager.key)
    assert (held.place, held.household.number, held.left) == (county.west_village, "088", "")
    assert held.residence_since == date(2026, 6, 1)
    assert selectors.id_number(held) == make_id_number(1)
    past = PastResidence.objects.get()
    assert (past.place, past.residence, past.until) == (county.village, "resident", date(2026, 5, 31))
    move = Movement.objects.get()
    assert (move.kind, move.from_place, move.to_place) == ("transferred", county.village, county.west_village)
    scopes = dict(Event.objects.filter(subject=f"person:{held.key}").values_list("act", "scope"))
    assert scopes["places.person_transferred"] == county.village.pk
    assert scopes["places.person_received"] == county.west_village.pk
    assert moved(villager, county).version == held.version  # done twice, it is done once


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"day": date(2027, 1, 1)}, "day"),
        ({"day": date(1960, 1, 1)}, "day"),
        ({"household": " "}, "household"),
    ],
)
def test_a_move_that_cannot_be_leaves_no_trace(county, villager, facts, field):
    assert refused(lambda: moved(villager, county, **facts), villager).field == field


def test_nobody_moves_into_a_township(county, villager):
    assert refused(lambda: moved(villager, county, to=county.east), villager).field == "to"


def test_whoever_moved_within_the_county_is_not_on_two_rolls(county, villager):
    """VCOL-16-5: the line on the first roll stays with the entry, and is seen from the second village."""
    renewal = make_renewal(county)
    first, second = make_election(renewal, county.village), make_election(renewal, county.west_village)
    roll = Roll.objects.create(election=first, posted_on=date(2026, 11, 1))
    line = RollLine.objects.create(
        roll=roll,
        person=villager,
        number=1,
        listed=True,
        voter_class=1,
        name=villager.name,
        sex="f",
        born=villager.born,
    )
    held = moved(villager, county)

    (told,) = bridge.classified(second, [Person.objects.get(pk=held.pk)])
    assert told.listed is False
    assert told.findings[-1].rule == "VCOL-16-5"
    line.refresh_from_db()
    assert (line.person_id, line.name) == (villager.pk, "王秀兰")
    assert [(each.change, each.line.pk) for each in revision.differences(first)] == [("strike", line.pk)]


def test_a_death_says_how_it_is_known(villager):
    actions.mark_left(person=villager, left="died", left_on=date(2026, 3, 1), known_by="certificate", **BY)

    move = Movement.objects.get()
    assert (move.kind, move.day, move.known_by) == ("died", date(2026, 3, 1), "certificate")
    assert lives.movement_words(move) == "死亡。依据：死亡证明。"


def test_nobody_is_marked_as_merged_by_hand(villager):
    refused(lambda: actions.mark_left(person=villager, left="merged", left_on=TODAY, **BY), villager)


def test_a_mistake_that_is_taken_back_stays_in_the_history_as_taken_back(villager):
    actions.mark_left(person=villager, left="moved", left_on=date(2026, 3, 1), elsewhere="太原", **BY)
    actions.take_back_left(person=villager, by="clerk")

    move = Movement.objects.get()
    assert move.taken_back_on is not None
    assert [each.taken_back for each in lives.history(Person.objects.get()) if "太原" in each.says] == [True]


def test_somebody_who_comes_back_has_both_days_and_the_same_key(villager):
    actions.mark_left(person=villager, left="moved", left_on=date(2025, 3, 1), **BY)
    held = actions.record_return(person=villager, day=date(2026, 5, 1), residence="away", **BY)

    assert (held.key, held.left, held.residence, held.residence_since) == (
        villager.key,
        "",
        "away",
        date(2026, 5, 1),
    )
    assert list(Movement.objects.values_list("kind", "day")) == [
        ("moved", date(2025, 3, 1)),
        ("returned", date(2026, 5, 1)),
    ]
    assert (
        actions.record_return(person=villager, day=date(2026, 5, 1), residence="away", **BY).version
        == held.version
    )


def test_the_dead_do_not_come_back_and_nobody_before_he_left(villager):
    actions.mark_left(person=villager, left="moved", left_on=date(2026, 3, 1), **BY)
    early = refused(
        lambda: actions.record_return(person=villager, day=date(2026, 2, 1), residence="away", **BY), villager
    )
    assert early.field == "day"
    actions.take_back_left(person=villager, by="clerk")
    actions.mark_left(person=villager, left="died", left_on=date(2026, 3, 1), **BY)
    refused(
        lambda: actions.record_return(person=villager, day=TODAY, residence="away", **BY), villager, Refused
    )


def test_a_residence_that_changes_becomes_a_dated_span(villager):
    actions.change_residence(person=villager, residence="away", day=date(2024, 1, 1), **BY)
    held = actions.change_residence(person=villager, residence="resident", day=date(2026, 1, 1), **BY)

    spans = list(PastResidence.objects.values_list("residence", "since", "until"))
    assert spans == [("resident", None, date(2023, 12, 31)), ("away", date(2024, 1, 1), date(2025, 12, 31))]
    assert (held.residence, held.residence_since) == ("resident", date(2026, 1, 1))
    same = refused(
        lambda: actions.change_residence(person=held, residence="resident", day=TODAY, **BY), villager
    )
    assert same.field == "residence"
    early = refused(
        lambda: actions.change_residence(person=held, residence="away", day=date(2025, 1, 1), **BY), villager
    )
    assert early.field == "day"


def test_living_here_since_is_the_law_s_own_fact_beside_the_residence(villager):
    """VCOL-16-4 counts the time of living here, which may be longer than the registration has been elsewhere."""
    held = actions.change_residence(
        person=villager, residence="outsider", day=date(2026, 1, 1), here_since=date(2010, 1, 1), **BY
    )

    assert (held.residence_since, held.here_since) == (date(2026, 1, 1), date(2010, 1, 1))


def test_an_arrival_from_elsewhere_is_on_record_once(villager):
    for _time in range(2):
        actions.record_arrival(person=villager, day=date(2020, 1, 1), elsewhere=" 陕西 ", **BY)

    assert list(Movement.objects.values_list("kind", "elsewhere")) == [("arrived", "陕西")]


def test_a_bulk_write_keeps_the_residences_that_it_ends(villager):
    villager.residence = "away"
    kept = actions.keep_past_residences(
        [(villager, "resident", None), (villager, "away", None)], day=TODAY, by="clerk"
    )

    assert [(each.residence, each.until) for each in kept] == [("resident", date(2026, 11, 30))]


def test_a_life_is_told_in_order(clerk, county, villager):
    actions.change_residence(person=villager, residence="away", day=date(2015, 1, 1), **BY)
    moved(villager, county, to=county.second_village)

    told = lives.history(Person.objects.get())
    assert [each.day for each in told] == sorted(each.day for each in told)
    page = text_of(clerk.get(reverse("places:person_history", args=[villager.key])))
    assert "从东川镇柳树沟村委会转到东川镇石桥村委会" in page
    assert "出生。" in page


@pytest.mark.parametrize(
    ("page", "sent", "act"),
    [
        ("person_arrived", {"day": "2020-01-01", "elsewhere": "陕西"}, "places.person_arrived"),
        ("person_residence", {"residence": "away", "day": "2020-01-01"}, "places.residence_changed"),
        (
            "person_transfer",
            {"to": "141130202201", "household": "5", "residence": "away", "day": "2020-01-01"},
            "places.person_received",
        ),
        (
            "person_left",
            {"left": "moved", "left_on": "2020-01-01", "elsewhere": "太原"},
            "places.person_left",
        ),
    ],
)
def test_each_page_does_what_it_says(clerk, county, villager, page, sent, act):
    address = reverse(f"places:{page}", args=[villager.key])
    assert "王秀兰" in text_of(clerk.get(address))

    assert clerk.post(address, sent).status_code == 302
    assert acts()[-1] == act


def test_a_page_that_refuses_keeps_what_was_typed(clerk, villager):
    page = text_of(
        clerk.post(
            reverse("places:person_residence", args=[villager.key]),
            {"residence": "away", "day": "2999-01-01"},
        )
    )

    assert 'value="2999-01-01"' in page
    assert "is-wrong" in page


def test_a_stranger_to_the_village_moves_nobody(client, people, villager):
    sign_in(client, people.other_clerk)
    for page in ("person_transfer", "person_arrived", "person_residence", "person_history"):
        assert client.get(reverse(f"places:{page}", args=[villager.key])).status_code == 404
