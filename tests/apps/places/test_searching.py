"""Finding people: by name, pinyin, household, place, digits; under filters; only those whom one may see."""

from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shanzhi.apps.places import actions, selectors
from shanzhi.apps.places.models import NameSpelling, Person
from shanzhi.apps.places.selectors import searching
from shanzhi.apps.record.models import Event
from tests.apps.places.the_pages import NUMBER, text_of
from tests.cast import make_household, make_id_number, make_person, sign_in

pytestmark = pytest.mark.usefixtures("speaking_english")
TODAY = date(2026, 12, 1)


def names(county, query="", *, scopes=None, **asked):
    found = searching.listing(scopes or [county.place.pk], today=TODAY, query=query, **asked)
    people = found[0:100]
    assert found.count() == len(people)
    return sorted(each.name for each in people)


@pytest.fixture
def crowd(county):
    make_person(
        county.village,
        "王建国",
        sex="m",
        born=date(2000, 1, 2),
        household=make_household(county.village, "0007", group="一组"),
    )
    make_person(
        county.village,
        "张國榮",
        party="full",
        education="junior",
        household=make_household(county.village, "A12", group="二组"),
    )
    make_person(county.second_village, "单秀兰", born=date(1950, 1, 1), residence="away")
    make_person(county.west_village, "王秀兰", left="died", left_on=date(2026, 1, 1))
    return county


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("王", ["王建国"]),
        ("建国", ["王建国"]),
        ("wjg", ["王建国"]),
        ("wang jianguo", ["王建国"]),
        ("国荣", ["张國榮"]),
        ("zgr", ["张國榮"]),
        ("shan", ["单秀兰"]),
        ("dan", ["单秀兰"]),
        ("0007", ["王建国"]),
        ("a12", ["张國榮"]),
        ("石桥 单", ["单秀兰"]),
        ("柳树沟 单", []),
        ("w", []),
        ("%", []),
        ("_", []),
        ("没有", []),
    ],
)
def test_people_are_found_by_what_is_typed(crowd, query, found):
    assert names(crowd, query) == found


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"sex": "m"}, ["王建国"]),
        ({"age": "18-35"}, ["王建国"]),
        ({"age": "61-"}, ["单秀兰"]),
        ({"party": "full"}, ["张國榮"]),
        ({"education": "junior"}, ["张國榮"]),
        ({"education": "-"}, ["单秀兰", "王建国"]),
        ({"residence": "away"}, ["单秀兰"]),
        ({"group": "一组"}, ["王建国"]),
        ({"group": "-"}, ["单秀兰"]),
        ({"left": "died"}, ["王秀兰"]),
        ({"left": "all", "sex": "f"}, ["单秀兰", "张國榮", "王秀兰"]),
        ({"place": "141130101201"}, ["张國榮", "王建国"]),
        ({"place": "141130101000"}, ["单秀兰", "张國榮", "王建国"]),
        ({"place": "000"}, []),
        ({"sex": "m", "party": "full"}, []),
    ],
)
def test_filters_narrow_the_list(crowd, filters, found):
    assert names(crowd, filters=searching.Filters(**filters)) == found


@pytest.mark.parametrize(
    ("born", "band"),
    [(date(2008, 12, 1), "18-35"), (date(2008, 12, 2), "0-17"), (date(1990, 12, 2), "18-35"), (date(1990, 12, 1), "36-45"),
     (date(1965, 12, 1), "61-"), (date(1965, 12, 2), "46-60")],
)  # fmt: skip
def test_a_band_of_ages_counts_full_years(county, born, band):
    person = make_person(county.village, "任小", born=born)

    for each in searching.AGES:
        found = names(county, filters=searching.Filters(age=each))
        assert bool(found) == (each == band), (each, person.age_on(TODAY))


def test_the_bands_leave_no_age_out():
    edges = [tuple(int(each or 200) for each in band.split("-")) for band in searching.AGES]

    assert edges[0][0] == 0
    assert all(later[0] == earlier[1] + 1 for earlier, later in pairwise(edges))


def test_a_township_finds_nobody_of_another(crowd):
    assert names(crowd, "单", scopes=[crowd.west.pk]) == []
    assert names(crowd, scopes=[crowd.west.pk], filters=searching.Filters(left="all")) == ["王秀兰"]
    assert names(crowd, scopes=[crowd.west.pk], filters=searching.Filters(place=crowd.village.code)) == []


def test_pages_from_either_end_are_cut_from_one_order(county):
    people = [make_person(county.village, f"村民{serial:03d}") for serial in range(30)]
    found = searching.listing([county.place.pk], today=TODAY, query="村民")

    whole = [each.pk for at in range(0, 30, 7) for each in found[at : at + 7]]

    assert sorted(whole) == sorted(each.pk for each in people)
    assert whole == [each.pk for each in found[0:30]]
    assert found[30:40] == []


def test_many_names_are_matched_inside_the_database_with_the_same_result(county, monkeypatch):
    for serial in range(8):
        make_person(county.village, f"王{serial}")
    few = names(county, "王")
    monkeypatch.setattr(searching, "NAMES_AT_ONCE", 3)

    assert names(county, "王") == few
    assert len(few) == 8


# Digits


def test_the_last_four_are_found_in_every_village_that_one_keeps(county, villager):
    other = actions.add_person(
        place=county.west_village, household="1", id_number=make_id_number(1, born=date(1971, 5, 1)), name="李大山",
        residence="resident", today=TODAY, by="clerk",
    )  # fmt: skip
    tail = selectors.id_number(other)[-4:]

    assert searching.ending_with(tail, None) == [other]
    assert searching.ending_with(tail, [county.village.pk]) == []
    assert searching.ending_with(NUMBER[-4:], None) == [villager]
    assert searching.ending_with(NUMBER[-6:], None) == [villager]
    assert searching.ending_with(f"9{NUMBER[-5:]}", None) == []
    assert searching.ending_with(NUMBER, None) == [villager]


def test_no_table_holds_four_digits_and_two_people_with_the_same_four_look_different(county):
    people = []
    for year in range(1940, 1990):
        people.append(
            actions.add_person(
                place=county.village,
                household="1",
                id_number=make_id_number(7, born=date(year, 5, 1)),
                name="李大山",
                residence="resident",
                today=TODAY,
                by="clerk",
            )
        )
    serials = {selectors.id_number(each)[-4:-1] for each in people}
    by_tail = {}
    for each in people:
        by_tail.setdefault(selectors.id_number(each)[-4:], []).append(each)

    assert serials == {"014"}
    for tail, same in by_tail.items():
        assert {each.pk for each in searching.ending_with(tail, None)} == {each.pk for each in same}
        assert len({each.id_tail for each in same}) == len({each.key[0] for each in same})
    assert not any(tail in each.id_tail.partition(":")[2][:4] and len(each.id_tail) < 10 for each in people)


def test_a_number_that_is_replaced_is_found_by_its_new_end_only(county, villager):
    new = make_id_number(9)
    actions.correct_person(person=villager, version=1, today=TODAY, by="clerk", id_number=new)

    assert searching.ending_with(new[-4:], None) == [villager]
    assert searching.ending_with(NUMBER[-4:], None) == []


def test_a_search_by_digits_is_on_record_at_whom_it_found_and_holds_no_digit(clerk, county, villager):
    clerk.post(reverse("places:people"), {"q": NUMBER[-4:]})
    found = Event.objects.first()

    assert (found.act, found.subject) == ("places.found_by_digits", f"person:{villager.key}")
    assert found.facts == {"digits": 4}
    assert NUMBER[-4:] not in bytes(found.leaf).decode()

    clerk.post(reverse("places:people"), {"q": "9999"})
    missed = Event.objects.first()
    assert (missed.subject, missed.facts) == ("search", {"digits": 4})


def test_digits_that_were_typed_are_kept_nowhere(clerk, county, villager):
    answer = clerk.post(reverse("places:people"), {"q": NUMBER[-6:]})

    assert NUMBER[-6:] not in str(dict(clerk.session))
    assert NUMBER[-6:] not in answer["Location"]
    page = text_of(clerk.get(answer["Location"]))
    assert "王秀兰" in page
    assert NUMBER[-6:] not in page


def test_a_clerk_finds_nobody_of_another_township_by_digits(client, people, villager):
    sign_in(client, people.other_clerk)
    before = Event.objects.filter(subject=f"person:{villager.key}").count()

    assert "王秀兰" not in text_of(client.post(reverse("places:people"), {"q": NUMBER[-4:]}, follow=True))
    assert Event.objects.filter(subject=f"person:{villager.key}").count() == before


# The index


def test_the_index_is_kept_up_in_the_same_transaction(county, villager):
    assert names(county, "wxl") == ["王秀兰"]

    actions.correct_person(person=villager, version=1, today=TODAY, by="clerk", name="李小梅")

    assert names(county, "wxl") == []
    assert names(county, "lxm") == ["李小梅"]
    assert not NameSpelling.objects.filter(name="王秀兰").exists()


def test_a_name_that_somebody_else_bears_stays_searchable(county, villager):
    make_person(county.second_village, "王秀兰")
    actions.correct_person(person=villager, version=1, today=TODAY, by="clerk", name="李小梅")

    assert names(county, "wxl") == ["王秀兰"]


def test_people_written_in_bulk_are_indexed_once(county):
    made = [make_person(county.village, "任海燕") for _each in range(3)]
    NameSpelling.objects.all().delete()

    assert actions.index_people(made) == 1
    assert actions.index_people(made) == 0
    assert len(names(county, "rhy")) == 3


def test_the_index_can_be_made_anew(county, villager):
    NameSpelling.objects.all().delete()
    Person.objects.update(id_tail=None)
    assert names(county, "王") == []

    assert actions.rebuild_index(scope=None, by="clerk") == (1, 1)

    assert names(county, "王") == ["王秀兰"]
    assert searching.ending_with(NUMBER[-4:], None) == [villager]
    assert Event.objects.first().act == "places.index_rebuilt"


# The page


def test_filters_stay_in_the_address_as_chips_that_can_be_taken_away(clerk, crowd):
    page = text_of(clerk.get(reverse("places:people"), {"sex": "m", "age": "18-35"}))

    assert "Sex: man" in page
    assert "Age: 18 to 35" in page
    assert 'href="?age=18-35"' in page
    assert 'href="?sex=m"' in page
    assert "王建国" in page
    assert "张國榮" not in page


def test_a_search_a_filter_and_a_page_go_together(clerk, county):
    for serial in range(60):
        make_person(county.village, f"王{serial}", sex="mf"[serial % 2])
    found = clerk.post(reverse("places:people") + "?sex=f", {"q": "王"})["Location"]

    page = text_of(clerk.get(found))
    assert "30 people" in page
    assert "Page 1 of" not in page
    page = text_of(clerk.get(found.replace("sex=f&", "")))
    assert "60 people" in page
    assert "Page 1 of 2" in page


def test_the_way_back_from_a_person_is_the_list_as_it_was(clerk, county, villager):
    found = clerk.post(reverse("places:people"), {"q": "秀"})["Location"]
    clerk.get(f"{found}&sex=f")

    page = text_of(clerk.get(reverse("places:person", args=[villager.key])))

    assert f'href="{found}&amp;sex=f"' in page


def test_a_search_of_another_session_shows_nothing_of_it(client, people, county, villager):
    sign_in(client, people.township_clerk)
    found = client.post(reverse("places:people"), {"q": "秀"})["Location"]
    client.logout()
    sign_in(client, people.township_second)

    page = text_of(client.get(found))

    assert "已过期" in page  # a new browser, so the default language
    assert 'value="秀"' not in page


def test_a_place_of_that_name_is_offered_beside_the_people(clerk, county):
    page = text_of(clerk.post(reverse("places:people"), {"q": "石桥"}, follow=True))

    assert reverse("places:village", args=[county.second_village.code]) in page
    assert "石桥村" in text_of(clerk.post(reverse("places:people"), {"q": "sq"}, follow=True))


@pytest.mark.parametrize("query", ["村民", "cunmin", "东川 村民", "A1"])
def test_a_search_costs_the_same_for_two_people_and_for_two_hundred(clerk, county, query):
    household = make_household(county.village, "A1")
    make_person(county.village, "村民", household=household)
    make_person(county.village, "村民", household=household)
    few = cost(clerk, query)
    Person.objects.bulk_create(
        [
            Person(
                place=county.village,
                household=household,
                name="村民",
                sex="f",
                born=date(1970, 5, 1),
                residence="away",
            )
            for _each in range(200)
        ]
    )

    assert cost(clerk, query) == few


def cost(client, query):
    found = client.post(reverse("places:people"), {"q": query})["Location"]
    client.get(found)
    with CaptureQueriesContext(connection) as counted:
        assert "村民" in text_of(client.get(found))
    return len(counted)
