"""Datums on Chinese screens: there and back again, and points that others published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanzhi.core.geo import DATUMS, Extent, Point, Unusable, from_wgs84, metres, read_point, to_wgs84
from shanzhi.core.geo.point import Fault

COUNTY = Extent(111.0, 36.7, 111.65, 37.25)
china = st.builds(Point, st.floats(73.5, 134.5), st.floats(18.5, 53.0))


@pytest.mark.parametrize("datum", DATUMS)
@given(point=china)
def test_there_and_back_again_is_the_same_point_to_within_a_metre(datum, point):
    assert metres(point, to_wgs84(from_wgs84(point, datum), datum)) < 1.0


@pytest.mark.parametrize("datum", DATUMS)
@given(point=china)
def test_back_and_there_again_too(datum, point):
    assert metres(point, from_wgs84(to_wgs84(point, datum), datum)) < 1.0


@given(china)
def test_a_phone_s_map_is_off_by_some_hundred_metres_and_baidu_by_more(point):
    assert metres(point, from_wgs84(point, "wgs84")) == 0
    assert 50 < metres(point, from_wgs84(point, "gcj02")) < 1000
    assert 300 < metres(point, from_wgs84(point, "bd09")) < 2500


def test_tiananmen_lies_where_the_published_conversions_have_it():
    """A pair that circulates with the formula: WGS-84 116.404, 39.915 is GCJ-02 116.41024, 39.91640."""
    moved = from_wgs84(Point(116.404, 39.915), "gcj02")

    assert moved.longitude == pytest.approx(116.410244, abs=2e-5)
    assert moved.latitude == pytest.approx(39.916404, abs=2e-5)


def test_a_datum_that_nobody_uses_is_refused():
    with pytest.raises(KeyError):
        to_wgs84(Point(111, 37), "moon")


@pytest.mark.parametrize(
    ("longitude", "latitude", "point"),
    [
        ("111.1812", "36.9822", Point(111.1812, 36.9822)),
        (" 111.1812° ", "36.9822°", Point(111.1812, 36.9822)),
        ("１１１．１８１２", "36．9822", Point(111.1812, 36.9822)),
        ("111", "-36", Point(111, -36)),
    ],
)
def test_two_numbers_are_read_as_people_type_them(longitude, latitude, point):
    assert read_point(longitude, latitude) == point


@pytest.mark.parametrize("typed", ["", "x", "111,1812", "1e3", "nan", "1111.5", "111.1812.3", "111°10′"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(Unusable) as bad:
        read_point(typed, "36.9822")
    assert bad.value.fault == Fault.SHAPE


def test_a_point_outside_is_refused_and_two_numbers_that_changed_places_are_named():
    assert COUNTY.check(Point(111.0, 36.7)) == Point(111.0, 36.7)
    with pytest.raises(Unusable) as swapped:
        COUNTY.check(Point(36.98, 111.18))
    with pytest.raises(Unusable) as outside:
        COUNTY.check(Point(112.5, 37.8))
    assert (swapped.value.fault, outside.value.fault) == (Fault.SWAPPED, Fault.OUTSIDE)


def test_an_extent_has_an_inside():
    for edges in ((111, 37, 111, 38), (112, 37, 111, 38), (111, 37, 112, 91)):
        with pytest.raises(ValueError, match="west to east"):
            Extent(*edges)


def test_a_degree_north_is_111_kilometres():
    assert metres(Point(111, 36), Point(111, 37)) == pytest.approx(111_195, rel=1e-3)
