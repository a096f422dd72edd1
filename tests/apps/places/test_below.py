"""Villager groups, hamlets and points: entered, renamed, ended; loaded from a file all or nothing."""

import json
from datetime import date

import pytest

from shanzhi.apps.places import selectors
from shanzhi.apps.places.actions import below, maps
from shanzhi.apps.places.errors import Refused, Unreadable, Wrong
from shanzhi.apps.places.models import Group, Hamlet, Household, MapSetting, Outline
from shanzhi.apps.record.models import Event
from shanzhi.core.geo import Extent, Point, from_wgs84, metres
from tests import cast

TODAY = date(2026, 11, 25)
BOX = Extent(111.0, 36.7, 111.65, 37.25)
AT = Point(111.2, 36.95)
SQUARE = [[[111.1, 36.9], [111.2, 36.9], [111.2, 37.0], [111.1, 37.0], [111.1, 36.9]]]


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def acts():
    return list(Event.objects.order_by("pk").values_list("act", flat=True))


def set_map(county, **more):
    facts = {"extent": BOX, "tiles": "", "attribution": "", "max_zoom": 18, "datum": "wgs84"} | more
    return maps.set_map(county=county.place, by="office", **facts)


def group(place, name="一组", **more):
    return below.open_group(place=place, name=name, since=TODAY, by="clerk", **more)


def hamlet(place, name="后沟", **more):
    return below.open_hamlet(place=place, name=name, since=TODAY, by="clerk", **more)


# Groups and hamlets


def test_a_group_is_entered_once_and_holds_the_households_that_carry_its_name(county):
    cast.make_household(county.village, "1", group="一组")
    cast.make_household(county.village, "2", group="二组")

    assert group(county.village) == group(county.village)

    lines = selectors.groups_of(county.village)
    assert [(each.name, each.row is not None, each.households) for each in lines] == [
        ("一组", True, 1),
        ("二组", False, 1),
    ]
    assert acts() == ["places.group_opened"]


def test_a_renamed_group_takes_its_households_along(county):
    held, home = group(county.village), cast.make_household(county.village, "1", group="一组")

    below.change_group(group=held, name="上庄组", by="clerk")

    home.refresh_from_db()
    assert home.group == "上庄组"
    assert acts() == ["places.group_opened", "places.group_changed"]


def test_a_group_does_not_take_the_name_of_another_and_nothing_changes(county):
    held = group(county.village)
    cast.make_household(county.village, "1", group="二组")

    with pytest.raises(Wrong):
        below.change_group(group=held, name="二组", by="clerk")
    assert Group.objects.get().name == "一组"


def test_a_group_ends_when_nobody_carries_its_name_and_not_before(county):
    held, home = group(county.village), cast.make_household(county.village, "1", group="一组")

    with pytest.raises(Refused):
        below.end_group(group=held, on=TODAY, by="clerk")
    Household.objects.filter(pk=home.pk).update(group="")
    assert below.end_group(group=held, on=TODAY, by="clerk").until == TODAY
    assert group(county.village).pk != held.pk


def test_a_hamlet_is_entered_moved_and_given_up(county):
    held = hamlet(county.village, point=AT)
    moved = below.change_hamlet(hamlet=held, name="前沟", point=None, by="clerk")

    assert (moved.name, moved.point) == ("前沟", None)
    assert below.end_hamlet(hamlet=moved, on=TODAY, by="clerk").until == TODAY
    assert acts() == ["places.hamlet_opened", "places.hamlet_changed", "places.hamlet_ended"]


def test_a_hamlet_in_which_a_household_lies_is_not_given_up(county):
    held = hamlet(county.village)
    cast.make_household(county.village, hamlet=held)

    with pytest.raises(Refused):
        below.end_hamlet(hamlet=held, on=TODAY, by="clerk")
    assert Hamlet.objects.get().until is None


def test_two_hamlets_of_one_name_and_one_of_another_village_are_refused(county):
    hamlet(county.village, "前沟")
    held, foreign = hamlet(county.village), hamlet(county.second_village)

    with pytest.raises(Wrong):
        below.change_hamlet(hamlet=held, name="前沟", point=None, by="clerk")
    with pytest.raises(Wrong):
        group(county.village, hamlet=foreign)


# Points


def test_a_household_is_put_on_the_map_in_wgs_84_whatever_the_numbers_come_from(county):
    set_map(county)
    home = cast.make_household(county.village)
    typed = from_wgs84(AT, "gcj02")

    point = below.point_of(f"{typed.longitude:.6f}", f"{typed.latitude:.6f}", "gcj02")
    held = below.point_household(household=home, point=point, by="clerk")

    held.refresh_from_db()
    assert metres(held.point, AT) < 1
    assert acts() == ["places.map_set", "places.household_pointed"]
    assert "111.2" not in json.dumps(
        list(Event.objects.filter(act="places.household_pointed").values_list("facts", flat=True))
    )


@pytest.mark.parametrize(
    ("longitude", "latitude", "says"),
    [("36.95", "111.2", "wrong way round"), ("120.1", "30.2", "outside the county"), ("x", "36", "degrees")],
)
def test_a_point_that_cannot_be_is_refused_with_what_to_do(county, longitude, latitude, says):
    set_map(county)
    with pytest.raises(Wrong, match=says):
        below.point_of(longitude, latitude, "wgs84")


def test_two_empty_numbers_take_it_off_the_map():
    assert below.point_of(" ", "", "wgs84") is None


# A file


def file_of(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def feature(kind, code, geometry=None, **more):
    geometry = geometry or {"type": "Point", "coordinates": [AT.longitude, AT.latitude]}
    return {"type": "Feature", "properties": {"kind": kind, "code": code, **more}, "geometry": geometry}


def area(kind, code):
    return feature(kind, code, {"type": "Polygon", "coordinates": SQUARE})


def load(place, *features, datum="wgs84"):
    return maps.load_shapes(place=place, content=file_of(*features), datum=datum, source="自绘", by="office")


def test_the_county_loads_outlines_and_hamlets_and_loading_again_puts_them_right(county):
    code = county.village.code
    first = load(
        county.place,
        area("village", code),
        area("county", "141130000000"),
        feature("hamlet", code, name="后沟"),
    )
    load(county.place, area("village", code), feature("hamlet", code, name="后沟"))

    assert first == {"outlines": 2, "hamlets": 1}
    assert (Outline.objects.count(), Hamlet.objects.count()) == (2, 1)
    kinds = [each["properties"]["kind"] for each in selectors.maps.county_features(county.place)]
    assert kinds == ["county", "village", "hamlet"]


def test_a_village_loads_its_hamlets_and_households(county):
    home = cast.make_household(county.village, "0001")

    assert load(county.village, feature("household", county.village.code, number="0001")) == {"households": 1}
    home.refresh_from_db()
    assert home.point == AT


@pytest.mark.parametrize(
    ("village", "bad", "says"),
    [
        (True, feature("household", "141130101201", number="9"), "no household with the number"),
        (True, area("village", "141130101201"), "whole county"),
        (True, feature("hamlet", "141130101202", name="后沟"), "not the code of a place here"),
        (True, feature("hamlet", "141130101201"), "a hamlet is a Point"),
        (True, feature("well", "141130101201"), "is none of"),
        (False, feature("household", "141130101201", number="1"), "village by village"),
        (False, feature("village", "141130101201"), "an outline is"),
        (False, feature("hamlet", "141130101201", {"type": "Point", "coordinates": [0, 0]}, name="x"), "outside"),
    ],
)  # fmt: skip
def test_one_bad_feature_is_named_with_its_number_and_nothing_is_loaded(county, village, bad, says):
    set_map(county)
    place, good = (county.village, feature("hamlet", county.village.code, name="前沟")) if village else (
        county.place, feature("hamlet", county.village.code, name="前沟"),
    )  # fmt: skip

    with pytest.raises(Unreadable) as refusal:
        load(place, good, bad)

    assert "No. 2: " in str(refusal.value)
    assert says in str(refusal.value)
    assert not Hamlet.objects.exists()
    assert acts() == ["places.map_set"]


def test_a_file_that_is_no_geojson_says_what_to_do(county):
    with pytest.raises(Unreadable, match="Export it as GeoJSON"):
        maps.load_shapes(place=county.place, content=b"PK\x03\x04", datum="wgs84", by="office")


# How maps look


def test_tiles_are_kept_as_addresses_with_three_numbers(county):
    wmts = "https://t0.tianditu.gov.cn/vec_w/wmts?TILEMATRIX={TileMatrix}&TILEROW={TileRow}&TILECOL={TileCol}&tk=k"
    set_map(
        county, tiles=f"{wmts}\nhttps://tiles.example.cn:8443/{{z}}/{{x}}/{{y}}.png", attribution="天地图"
    )

    assert selectors.maps.tile_sources() == ["https://t0.tianditu.gov.cn", "https://tiles.example.cn:8443"]
    assert "TILEMATRIX={z}&TILEROW={y}&TILECOL={x}" in MapSetting.objects.get().tiles


@pytest.mark.parametrize(
    ("tiles", "attribution"),
    [
        ("ftp://x.cn/{z}/{x}/{y}", "图"),
        ("https://x.cn/{z}/{x}", "图"),
        ("https://{s}.x.cn/{z}/{x}/{y}", "图"),
        ("https://x.cn;script-src/{z}/{x}/{y}", "图"),
        ("https://*/{z}/{x}/{y}", "图"),
        ("https://x.cn/{z}/{x}/{y}", " "),
    ],
)
def test_tiles_that_no_policy_could_let_in_are_refused(county, tiles, attribution):
    with pytest.raises(Wrong):
        set_map(county, tiles=tiles, attribution=attribution)
    assert not MapSetting.objects.exists()


def test_what_is_shown_over_tiles_of_another_datum_is_moved_and_what_is_exported_is_not(county):
    hamlet(county.village, point=AT)
    features = selectors.maps.village_features(county.village)

    (shown,) = selectors.maps.collection(features, datum="gcj02")["features"]
    (kept,) = selectors.maps.collection(features)["features"]

    assert metres(Point(*shown["geometry"]["coordinates"]), from_wgs84(AT, "gcj02")) < 1
    assert kept["geometry"]["coordinates"] == [AT.longitude, AT.latitude]


def test_households_stand_in_the_features_only_for_those_who_may_see_people(county):
    home = cast.make_household(county.village, "0001", longitude="111.200000", latitude="36.950000")
    cast.make_person(county.village, household=home)

    kinds = [each["properties"]["kind"] for each in selectors.maps.village_features(county.village)]
    full = selectors.maps.village_features(county.village, with_households=True)

    assert kinds == []
    assert [each["properties"] for each in full] == [
        {"kind": "household", "code": county.village.code, "number": "0001", "group": "", "key": home.key}
    ]
