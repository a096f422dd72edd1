"""The list and one person: found, corrected, looked at; what strangers and bad input get."""

from datetime import date
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shanzhi.apps.places import actions, selectors
from shanzhi.apps.places.actions.people import seal_numbers
from shanzhi.apps.places.models import Kinship, Person
from shanzhi.apps.record.models import Event
from tests.apps.places.the_pages import NUMBER, acts, text_of
from tests.apps.tables import bringing
from tests.apps.tables.files import row
from tests.cast import make_household, make_id_number, make_person, sign_in

pytestmark = pytest.mark.usefixtures("speaking_english")


# The list and one person


def test_the_list_shows_numbers_masked(clerk, county, villager):
    page = text_of(clerk.get(reverse("places:village", args=[county.village.code])))

    assert "141130************" in page
    assert "138****0000" in page
    assert NUMBER not in page
    assert "13800000000" not in page


@pytest.mark.parametrize("query", ["秀", "007", NUMBER[-4:], NUMBER])
def test_people_are_searched(clerk, county, villager, query):
    make_person(county.village, "李大山", household=make_household(county.village, "999"))

    page = text_of(
        clerk.post(reverse("places:village", args=[county.village.code]), {"q": query}, follow=True)
    )

    assert "王秀兰" in page
    assert "李大山" not in page


def test_what_is_searched_for_never_stands_in_the_address(clerk, county, villager):
    address = reverse("places:village", args=[county.village.code])

    for query in ("秀", NUMBER[-4:], NUMBER, "wxl"):
        shown = clerk.post(f"{address}?sex=f&page=3", {"q": query})
        assert shown["Location"].startswith(f"{address}?sex=f&s=")
        assert query not in unquote(shown["Location"])
        assert "王秀兰" in text_of(clerk.get(shown["Location"]))


@pytest.mark.parametrize("query", [NUMBER[-4:], NUMBER])
def test_the_county_office_does_not_search_by_numbers(client, county, people, villager, query):
    """A number that may be guessed at is an oracle for it: only those who keep the records may ask so."""
    sign_in(client, people.county_office)
    before = acts()

    for address in (reverse("places:village", args=[county.village.code]), reverse("places:people")):
        assert "王秀兰" not in text_of(client.post(address, {"q": query}, follow=True))
    assert acts() == before


def test_a_search_without_a_hit_and_an_empty_village_say_what_to_do(clerk, county):
    address = reverse("places:village", args=[county.village.code])

    assert "Import a roster" in text_of(clerk.get(address))
    make_person(county.village)
    assert "Try a part of the name" in text_of(clerk.post(address, {"q": "没有"}, follow=True))


def test_the_list_is_paged_and_a_strange_page_number_does_no_harm(clerk, county):
    fill(county.village, 60)
    address = reverse("places:village", args=[county.village.code])

    assert "Page 1 of 2" in text_of(clerk.get(address))
    for page in ("2", "99", "x", "-1"):
        assert clerk.get(address, {"page": page}).status_code == 200


def fill(place, number):
    household = make_household(place)
    made = []
    for serial in range(1, number + 1):
        person = Person(
            place=place,
            household=household,
            name=f"村民{serial}",
            sex="f",
            born=date(1970, 5, 1),
            residence="resident",
        )
        seal_numbers(person, make_id_number(serial, born=date(1950, 1 + place.pk % 12, 5)), "13800000000")
        made.append(person)
    Person.objects.bulk_create(made)
    actions.index_people(made)


def queries(client, address, **asked):
    if "q" in asked:
        address, asked = client.post(address, asked)["Location"], {}
    client.get(address, asked)  # whose session is new has more to ask
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address, asked).status_code == 200
    return len(counted)


@pytest.mark.parametrize(
    "asked", [{}, {"q": "村民"}, {"q": "cunmin"}, {"q": "0000"}, {"sex": "f", "age": "46-60"}]
)
def test_the_list_costs_the_same_for_two_people_and_for_two_hundred(clerk, county, asked):
    fill(county.village, 2)
    fill(county.second_village, 200)
    few = queries(clerk, reverse("places:village", args=[county.village.code]), **asked)

    assert queries(clerk, reverse("places:village", args=[county.second_village.code]), **asked) == few


def test_a_household_and_the_villages_cost_the_same_however_many_people(clerk, county):
    fill(county.village, 2)
    fill(county.second_village, 200)
    small, large = (county.village.households.get(), county.second_village.households.get())

    assert queries(clerk, reverse("places:household", args=[large.key])) == queries(
        clerk, reverse("places:household", args=[small.key])
    )
    page = text_of(clerk.get(reverse("places:places")))
    assert ">200<" in page


def test_a_persons_page_costs_the_same_for_many_relatives(clerk, county, villager):
    address = reverse("places:person", args=[villager.key])
    make_relatives(villager, 1)
    few = queries(clerk, address)
    make_relatives(villager, 9)

    assert queries(clerk, address) == few


def make_relatives(person, number):
    for _each in range(number):
        Kinship.objects.create(person=make_person(person.place), other=person, relation="sibling")


def test_numbers_are_shown_in_full_only_with_a_reason_that_is_recorded(clerk, villager):
    address = reverse("places:person_reveal", args=[villager.key])
    assert NUMBER not in text_of(clerk.get(address))

    for reason in ("", "看一下"):
        page = text_of(clerk.post(address, {"reason": reason}))
        assert NUMBER not in page
        assert "error" in page
    assert acts() == ["places.person_added"]

    answer = clerk.post(address, {"reason": "call"})
    page = text_of(answer)
    assert NUMBER in page
    assert "13800000000" in page
    assert "no-store" in answer["Cache-Control"]
    event = Event.objects.first()
    assert (event.act, event.subject) == ("places.numbers_revealed", f"person:{villager.key}")
    assert event.facts == {"reason": "call"}


def person_form(**other):
    return {
        "household": "009", "name": "李小梅", "id_number": make_id_number(5), "phone": "", "residence": "away",
        "here_since": "", "party": "none",
    } | other  # fmt: skip


def test_someone_is_added(clerk, county):
    page = text_of(
        clerk.post(reverse("places:person_new", args=[county.village.code]), person_form(), follow=True)
    )

    assert "李小梅 has been added." in page


def test_a_refused_person_keeps_what_was_typed(clerk, county, villager):
    page = text_of(
        clerk.post(reverse("places:person_new", args=[county.village.code]), person_form(id_number=NUMBER))
    )

    assert 'value="李小梅"' in page
    assert 'value="009"' in page
    assert "in the records of 东川镇柳树沟村委会 already" in page
    assert Person.objects.count() == 1


def test_an_entry_is_corrected_and_the_numbers_are_not_in_the_form(clerk, villager):
    address = reverse("places:person_correct", args=[villager.key])
    page = text_of(clerk.get(address))
    assert NUMBER not in page
    assert "13800000000" not in page

    clerk.post(address, person_form(household="007", id_number="", version=1))

    villager.refresh_from_db()
    assert (villager.name, villager.residence) == ("李小梅", "away")
    assert selectors.id_number(villager) == NUMBER


def test_the_second_clerk_is_told_and_keeps_what_was_typed(clerk, villager):
    address = reverse("places:person_correct", args=[villager.key])
    clerk.post(address, person_form(id_number="", version=1))

    page = text_of(clerk.post(address, person_form(id_number="", name="李梅", version=1)))

    assert "Someone else has changed this meanwhile" in page
    assert 'value="李梅"' in page


def test_someone_leaves_and_it_is_taken_back(clerk, county, villager):
    clerk.post(reverse("places:person_left", args=[villager.key]), {"left": "died", "left_on": "2026-01-05"})
    page = text_of(clerk.get(reverse("places:person", args=[villager.key])))
    assert "Not in the list any more: died" in page

    back = reverse("places:person_back", args=[villager.key])
    clerk.get(back)
    villager.refresh_from_db()
    assert villager.left == "died"  # a look changes nothing
    clerk.post(back)
    villager.refresh_from_db()
    assert villager.left == ""


def test_a_day_in_the_future_is_refused_beside_its_field(clerk, villager):
    page = text_of(
        clerk.post(
            reverse("places:person_left", args=[villager.key]), {"left": "died", "left_on": "2999-01-05"}
        )
    )

    assert "lies in the future" in page
    assert 'value="2999-01-05"' in page


def test_a_relative_is_searched_chosen_shown_and_removed(clerk, county, villager):
    daughter = make_person(county.village, "李小梅")
    address = reverse("places:person_kin", args=[villager.key])
    assert "李小梅" in text_of(clerk.post(address, {"q": "小梅"}))

    clerk.post(address, {"relation": "parent", "other": daughter.key, "q": "小梅"})
    assert "李小梅" in text_of(clerk.get(reverse("places:person", args=[villager.key])))

    remove = reverse("places:kin_remove", args=[villager.key, daughter.key])
    assert "李小梅" in text_of(clerk.get(remove))
    clerk.post(remove)
    assert not Kinship.objects.exists()
    assert clerk.get(remove).status_code == 404


def test_a_household_is_shown_and_corrected(clerk, villager):
    key = villager.household.key
    assert "王秀兰" in text_of(clerk.get(reverse("places:household", args=[key])))

    page = text_of(
        clerk.post(
            reverse("places:household_correct", args=[key]), {"group": "二组", "address": "沟口"}, follow=True
        )
    )

    assert "沟口" in page


# Strangers


def addresses(county, person, roster):
    key, code, home = person.key, county.village.code, person.household.key
    return [
        reverse("places:village", args=[code]), reverse("places:person_new", args=[code]),
        reverse("tables:upload", args=["roster", code]), reverse("tables:export", args=["roster", code]),
        reverse("tables:history", args=["roster", code]),
        reverse("places:person", args=[key]), reverse("places:person_reveal", args=[key]),
        reverse("places:person_correct", args=[key]), reverse("places:person_left", args=[key]),
        reverse("places:person_back", args=[key]), reverse("places:person_kin", args=[key]),
        reverse("places:household", args=[home]), reverse("places:household_correct", args=[home]),
        reverse("tables:imported", args=[roster.key]),
    ]  # fmt: skip


def test_a_colleague_of_another_township_finds_nothing_and_changes_nothing(client, county, people, villager):
    made = bringing.check(county.village, row(3))
    before = acts()
    sign_in(client, people.other_clerk)
    pages = addresses(county, villager, made)

    assert {client.get(page).status_code for page in pages} == {404}
    for verb in ("write", "drop", "undo", "again", "headings"):
        assert client.post(reverse(f"tables:{verb}", args=[made.key])).status_code == 404
    assert {client.post(page, person_form(version=1)).status_code for page in pages} <= {404, 405}
    assert acts() == before


def test_someone_signed_out_is_asked_to_sign_in(client, county, villager):
    for page in (reverse("places:places"), reverse("places:person", args=[villager.key])):
        assert client.get(page).url.startswith(reverse("accounts:sign_in"))


@pytest.mark.parametrize("kind", ["village", "township"])
def test_a_place_that_is_not_there_is_not_there(clerk, kind):
    assert clerk.get(reverse("places:village", args=["999999999999"])).status_code == 404


# What somebody else spoiled, or means badly


def test_a_number_that_was_moved_is_named_and_hides_nobody_else(clerk, county, villager):
    other = make_person(county.village, "李大山")
    seal_numbers(other, make_id_number(2), "")
    Person.objects.filter(pk=villager.pk).update(id_sealed=other.id_sealed)
    other.save()

    assert "李大山" in text_of(clerk.get(f"/places/{county.village.code}/"))
    found = clerk.post(f"/places/{county.village.code}/", {"q": make_id_number(2)[-4:]}, follow=True)
    assert "李大山" in text_of(found)
    assert "cannot be opened" in text_of(clerk.get(f"/places/person/{villager.key}/"))


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("places/person/{key}/reveal", {"reason": "check"}),
        ("tables/roster/{code}/out", {"purpose": "work", "form": "xlsx", "reason": "check"}),
    ],
)
def test_a_number_that_cannot_be_opened_is_neither_shown_nor_recorded_as_shown(
    clerk, county, villager, page, typed
):
    Person.objects.filter(pk=villager.pk).update(id_sealed=b"spoiled")
    before = acts()

    answer = clerk.post(f"/{page.format(key=villager.key, code=county.village.code)}/", typed)

    assert "Tell the operator" in text_of(answer)
    assert acts() == before


@pytest.mark.parametrize("name", ["\u202e", "\u200b\u2060", "=1+1", "@李", "李\u0007建"])
def test_a_name_that_is_no_plain_text_is_refused_beside_its_field(clerk, villager, name):
    typed = {
        "household": "007",
        "name": name,
        "residence": "resident",
        "party": "none",
        "version": villager.version,
    }

    answer = clerk.post(f"/places/person/{villager.key}/correct/", typed)

    villager.refresh_from_db()
    assert "plain text" in text_of(answer)
    assert villager.name == "王秀兰"


def test_marks_that_nobody_sees_do_not_get_into_a_name(clerk, villager):
    typed = {
        "household": "007", "name": "李\u202e建\u200b　国", "residence": "resident", "party": "none", "version": villager.version,
    }  # fmt: skip

    clerk.post(f"/places/person/{villager.key}/correct/", typed)

    villager.refresh_from_db()
    assert villager.name == "李建国"
