"""Two clerks in the same moment, each with a connection of his own, on either database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from shanzhi.apps.places import actions
from shanzhi.apps.places.models import Household, Kinship, Person
from shanzhi.apps.record.models import Event
from shanzhi.apps.tables.errors import Refused
from tests.apps.tables import bringing
from tests.apps.tables.files import row
from tests.cast import make_county, make_household, make_person

TODAY = date(2026, 12, 1)
pytestmark = pytest.mark.django_db(transaction=True)


def check(place, by, *rows):
    return bringing.check(place, *rows, by=by)


def at_once(*acts):
    def one(act):
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as clerks:
        return list(clerks.map(one, acts))


def writing(made):
    return lambda: bringing.write(made)


def test_the_same_file_written_twice_at_once_is_written_once():
    made = check(make_county().village, "one", *[row(serial) for serial in range(1, 60)])

    at_once(*[writing(made)] * 4)

    assert Person.objects.count() == 59
    assert Event.objects.filter(act="tables.written").count() == 1


def test_two_files_of_one_village_written_at_once_make_each_person_once():
    village = make_county().village
    rows = [row(serial) for serial in range(1, 60)]

    done = at_once(writing(check(village, "one", *rows)), writing(check(village, "two", *rows)))

    assert sorted(each.new for each in done) == [0, 59]
    assert (Person.objects.count(), Household.objects.count()) == (59, 59)


def test_two_villages_that_claim_one_person_at_once_do_not_both_get_him():
    county = make_county()
    first = check(county.village, "one", row(1), row(2))
    second = check(county.west_village, "two", row(2), row(3))

    done = at_once(writing(first), writing(second))

    assert sum(isinstance(each, Refused) for each in done) == 1
    assert Person.objects.count() == 2


def test_a_person_added_twice_at_once_is_there_once():
    village = make_county().village

    def add():
        return actions.add_person(
            place=village, household="007", id_number=row(1)["公民身份号码"], name="王秀兰", residence="resident",
            today=TODAY, by="clerk",
        )  # fmt: skip

    met = at_once(*[add] * 4)

    assert {each.pk for each in met} == {Person.objects.get().pk}  # a double click is no fault of the clerk
    assert Event.objects.filter(act="places.person_added").count() == 1


def test_a_household_that_gets_two_heads_at_once_has_one():
    village = make_county().village
    house = make_household(village)
    people = [
        make_person(village, name, household=house) for name in ("王秀兰", "李建国", "张春梅", "赵玉龙")
    ]

    at_once(*[
        lambda one=one: actions.correct_person(person=one, version=1, today=TODAY, is_head=True, by="clerk")
        for one in people
    ])  # fmt: skip

    assert Person.objects.filter(is_head=True).count() == 1


def test_kin_told_from_both_sides_at_once_is_one_relation():
    village = make_county().village
    father, son = make_person(village, "李建国"), make_person(village, "李小军")

    at_once(
        lambda: actions.set_kin(person=father, other=son, relation="parent", by="one"),
        lambda: actions.set_kin(person=son, other=father, relation="child", by="two"),
    )

    assert Kinship.objects.count() == 1
