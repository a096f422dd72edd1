"""The sample's people: the same for a seed, nobody's numbers, and shaped as a hill county is."""

from collections import Counter
from datetime import date
from importlib import resources
from itertools import chain
from random import Random

import pytest

from shanzhi.apps.places import actions as places
from shanzhi.apps.places import sample
from shanzhi.apps.places.models import Hamlet, Outline, Place
from shanzhi.apps.places.selectors import maps
from shanzhi.core import identity
from shanzhi.core.geo.shapes import positions
from tests.apps.tables import bringing

TODAY = date(2026, 11, 25)
CODES = resources.files("shanzhi.apps.places").joinpath("data/jiaokou.csv").read_text("utf-8")


def villages(seed, number, households):
    maker = sample.Maker(Random(seed), TODAY)
    return [list(sample.people(households, maker)) for _village in range(number)]


def members(houses):
    return [each for _number, _group, family in houses for each in family]


@pytest.fixture(scope="module")
def many():
    """Ten villages of 240 households, as one."""
    return list(chain.from_iterable(villages(7, 10, 240)))


def facts(people):
    return [
        (each.name, each.id_number, each.phone, each.residence, each.party, each.here_since)
        for each in people
    ]


def test_a_seed_gives_the_same_people_and_another_seed_others():
    first, again, other = (members(villages(seed, 1, 60)[0]) for seed in (1, 1, 2))

    assert facts(first) == facts(again)
    assert facts(first) != facts(other)


def test_nobody_grows_older_when_the_sample_is_built_on_a_later_day():
    early, late = (
        members(sample.people(60, sample.Maker(Random(1), day))) for day in (TODAY, date(2027, 3, 1))
    )

    assert [(each.name, each.id_number) for each in early] == [(each.name, each.id_number) for each in late]


def test_every_id_number_passes_every_check_and_stands_once(many):
    people = members(many)

    numbers = {each.id_number for each in people}

    assert len(numbers) == len(people)
    for each in people:
        number = identity.parse(each.id_number, today=TODAY)  # ID-01 to ID-04
        assert (number.sex, number.born) == (each.sex, each.born)


def test_no_number_can_be_a_real_persons(many):
    real = {line.split(",")[0][:6] for line in _codes()}

    assert not {each.id_number[:6] for each in members(many)} & real
    assert {each.phone[:3] for each in members(many) if each.phone} == {"154"}
    assert all(identity.phone(each.phone) for each in members(many) if each.phone)


def _codes():
    from importlib import resources

    return (
        resources.files("shanzhi.apps.places")
        .joinpath("data/jiaokou.csv")
        .read_text("utf-8")
        .splitlines()[1:]
    )


def test_the_county_is_shaped_as_it_is_meant_to_be(many):
    """domain/jiaokou.md A3: 2.8 registered people a household, about half of them there, many of those over sixty."""
    people = [each for each in members(many) if not each.left]
    here = [each for each in people if each.residence != "away"]
    elders = sum(each.born <= date(TODAY.year - 60, TODAY.month, TODAY.day) for each in here)

    assert 2.6 < len(people) / len(many) < 3.0
    assert 0.45 < len(here) / len(people) < 0.60
    assert 0.34 < elders / len(here) < 0.52
    assert 0.46 < sum(each.sex == "f" for each in people) / len(people) < 0.52


def test_there_are_party_members_outsiders_and_those_who_lost_their_rights_or_left(many):
    people = members(many)
    arrivals = [each.here_since for each in people if each.residence == "outsider"]

    assert 0.03 < sum(each.party == "full" for each in people) / len(people) < 0.06
    assert any(each.party == "probationary" for each in people)
    assert any(since > date(2025, 12, 1) for since in arrivals)  # less than a year
    assert any(since < date(2025, 1, 1) for since in arrivals)
    assert any(each.rights_removed for each in people)
    assert {"died", "moved"} <= {each.left for each in people}
    assert all(bool(each.left) == bool(each.left_on) for each in people)


def test_kin_live_in_other_households_too(many):
    household = {id(each): number for number, (_n, _g, family) in enumerate(many) for each in family}
    across = Counter(
        relation
        for each in members(many)
        for other, relation in each.kin
        if household[id(each)] != household[id(other)]
    )

    assert across["child"] > 20
    assert across["sibling"] > 5


def test_a_parent_is_old_enough_for_the_child(many):
    for each in members(many):
        for other, relation in each.kin:
            if relation == "child":
                assert each.born.year - other.born.year >= 17
            if relation == "parent":
                assert other.born.year - each.born.year >= 17


def test_names_are_varied_and_none_is_a_well_known_persons(many):
    names = Counter(each.name for each in members(many))

    assert len(names) > 0.5 * len(members(many))
    assert not set(names) & sample.AVOIDED
    assert all(2 <= len(name) <= 3 for name in names)


def test_village_sizes_are_skewed_and_add_up_to_the_county():
    sizes = sample.sizes(88, Random(3))

    assert abs(sum(sizes) - sample.HOUSEHOLDS) < 200
    assert min(sizes) >= sample.SMALLEST
    assert max(sizes) > 3 * sorted(sizes)[44]


VILLAGE = Place(
    code="141130101208", name="尚家沟村委会", kind="village", parent=Place(code="141130101", name="康城镇")
)


def rows():
    return sample.roster_rows(sample.people(60, sample.Maker(Random(5), TODAY)))


@pytest.mark.django_db
def test_the_ready_roster_has_no_fault(county):
    made = bringing.check_file(county.village, sample.roster_file(rows()))

    assert (made.good, made.bad) == (len(rows()), 0)


@pytest.mark.django_db
def test_each_fault_of_the_second_copy_is_found_in_its_row(county):
    made = bringing.check_file(county.village, sample.roster_file(sample.with_faults(rows())))

    assert {cell.line for cell in bringing.faults(made)} == {at + 2 for at in (4, 9, 15, 22, 30, 36, 41, 47)}


def test_the_land_of_the_sample_is_invented_complete_and_always_the_same(db):
    """A hexagon a village, hamlets inside the county, households near their hamlet; no place without an outline."""
    county = places.load_divisions(
        county_code="141130", county_name="交口县", content=CODES, valid_from=date(2023, 6, 30), by="system"
    )
    villages = list(Place.objects.filter(kind__in=["village", "community"]))
    sample.lay_out(county, villages, since=date(2023, 6, 30), by="system")

    assert Outline.objects.count() == Place.objects.count() == 102
    assert 3 * 94 <= Hamlet.objects.count() <= 6 * 94
    extent = maps.extent()
    assert all(extent.holds(point) for each in Outline.objects.all() for point in positions(each.geometry))
    assert all(extent.holds(each.point) for each in Hamlet.objects.all())
    (outer,) = Outline.objects.get(place=county).geometry["coordinates"]
    assert len(outer[0]) > 20
    before = list(Hamlet.objects.order_by("place", "name").values_list("name", "longitude", "latitude"))
    Hamlet.objects.all().delete()
    Outline.objects.all().delete()
    sample.lay_out(county, villages, since=date(2023, 6, 30), by="system")
    assert before == list(
        Hamlet.objects.order_by("place", "name").values_list("name", "longitude", "latitude")
    )
