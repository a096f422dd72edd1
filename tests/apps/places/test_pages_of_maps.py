"""Maps: what they may ask for, what stands without them, and who sees where people live."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shanzhi.apps.places.actions import maps
from shanzhi.apps.places.actions.below import open_hamlet
from shanzhi.apps.places.models import Household
from shanzhi.apps.record.models import Event
from shanzhi.core.geo import Extent, Point
from tests import cast

pytestmark = pytest.mark.usefixtures("speaking_english")
AT = Point(111.2, 36.95)
TILES = "https://tiles.example.cn/{z}/{x}/{y}.png?tk=k"


@pytest.fixture
def home(county):
    """A household on the map, with somebody in it."""
    held = cast.make_household(county.village, "0001", longitude="111.200000", latitude="36.950000")
    cast.make_person(county.village, "王秀兰", household=held)
    open_hamlet(place=county.village, name="后沟", point=AT, since=cast.LONG_AGO, by="clerk")
    return held


def set_tiles(county):
    maps.set_map(
        county=county.place, extent=Extent(111.0, 36.7, 111.65, 37.25), tiles=TILES, attribution="天地图", max_zoom=18,
        datum="wgs84", by="office",
    )  # fmt: skip


def policy(response):
    return dict(
        part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";") if part
    )


def test_a_map_without_tiles_may_ask_nobody_else_for_anything(clerk, county, home):
    shown = policy(clerk.get(reverse("places:map", args=[county.village.code])))

    assert shown["worker-src"] == "'self'"
    assert shown["connect-src"] == "'self'"
    assert "http" not in shown["img-src"]


def test_a_map_with_tiles_may_ask_their_server_and_other_pages_may_not(clerk, county, home):
    set_tiles(county)

    for address in (
        reverse("places:map", args=[county.village.code]),
        "/map/",
        f"/v/{county.village.code}/map/",
    ):
        shown = policy(clerk.get(address))
        assert shown["connect-src"] == "'self' https://tiles.example.cn"
        assert shown["img-src"].endswith("https://tiles.example.cn")
    other = policy(clerk.get(reverse("places:village", args=[county.village.code])))
    assert "tiles.example.cn" not in str(other)
    assert "worker-src" not in other


def test_without_a_map_program_a_drawing_and_a_table_say_the_same(clerk, county, home):
    page = clerk.get(reverse("places:map", args=[county.village.code])).content.decode()

    assert 'role="img"' in page
    assert page.count('<circle class="household"') == 1
    assert "后沟" in page
    assert "111.200000" in page


def test_the_public_map_shows_hamlets_and_no_household(client, county, home):
    page = client.get(f"/v/{county.village.code}/map/").content.decode()
    data = client.get(f"/v/{county.village.code}/map.geojson").json()

    assert "后沟" in page
    assert '<circle class="household"' not in page
    assert home.key not in page
    assert [each["properties"]["kind"] for each in data["features"]] == ["hamlet"]


def test_the_data_of_a_village_s_map_holds_no_name_of_a_person(clerk, county, home):
    body = clerk.get(reverse("places:map_data", args=[county.village.code])).content.decode()

    assert home.key in body
    assert "王秀兰" not in json.loads(body).__str__()


def test_a_download_is_on_record(clerk, county, home):
    answer = clerk.post(reverse("places:map_export", args=[county.village.code]))

    assert answer["Content-Disposition"] == f'attachment; filename="{county.village.code}.geojson"'
    assert Event.objects.filter(act="places.map_exported").count() == 1


def test_what_is_downloaded_can_be_loaded_again(clerk, county, home):
    body = clerk.post(reverse("places:map_export", args=[county.village.code])).content
    Household.objects.update(longitude=None, latitude=None)

    address = reverse("places:map_load", args=[county.village.code])
    answer = clerk.post(
        address, {"file": SimpleUploadedFile("v.geojson", body), "datum": "wgs84"}, follow=True
    )

    assert "1 hamlets, 1 households" in answer.content.decode()
    home.refresh_from_db()
    assert home.point == AT


def test_a_point_is_typed_and_a_slip_keeps_what_was_typed(clerk, county, home):
    set_tiles(county)
    address = reverse("places:household_point", args=[home.key])

    page = clerk.post(address, {"longitude": "36.95", "latitude": "111.2", "datum": "wgs84"}).content.decode()
    assert "wrong way round" in page
    assert 'value="36.95"' in page
    assert (
        clerk.post(address, {"longitude": "111.3", "latitude": "36.9", "datum": "wgs84"}).status_code == 302
    )
    home.refresh_from_db()
    assert home.point == Point(111.3, 36.9)


def test_groups_and_hamlets_are_entered_and_ended_from_their_page(clerk, county):
    cast.make_household(county.village, "1", group="一组")
    page = clerk.get(reverse("places:below", args=[county.village.code])).content.decode()
    assert "only in household records" in page

    clerk.post(reverse("places:group_new", args=[county.village.code]), {"name": "一组"})
    clerk.post(reverse("places:hamlet_new", args=[county.village.code]), {"name": "前沟", "datum": "wgs84"})
    group, hamlet = county.village.groups.get(), county.village.hamlets.get()
    clerk.post(reverse("places:group", args=[group.key]), {"name": "上庄组", "hamlet": hamlet.key})
    refused = clerk.post(reverse("places:hamlet_end", args=[hamlet.key]), follow=True).content.decode()

    assert "Households or groups lie in this hamlet" in refused
    assert county.village.households.get().group == "上庄组"


def test_the_county_s_map_is_set_and_loaded_from_its_pages(office, county):
    edges = {
        "west": "111",
        "east": "111.65",
        "south": "36.7",
        "north": "37.25",
        "max_zoom": "18",
        "datum": "wgs84",
    }
    wrong = office.post(reverse("places:map_settings"), edges | {"east": "110"}).content.decode()
    assert "lies left of the east edge" in wrong
    assert office.post(reverse("places:map_settings"), edges).status_code == 302

    body = json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"kind": "hamlet", "code": county.village.code, "name": "后沟"},
         "geometry": {"type": "Point", "coordinates": [111.2, 36.95]}}]}).encode()  # fmt: skip
    file = SimpleUploadedFile("county.geojson", body)
    answer = office.post(reverse("places:map_load_county"), {"file": file, "datum": "wgs84"}, follow=True)
    assert "0 outlines, 1 hamlets" in answer.content.decode()


@pytest.mark.parametrize("households", [2, 200])
def test_a_map_asks_the_database_as_often_for_two_households_as_for_200(
    clerk, county, households, django_assert_max_num_queries
):
    for number in range(households):
        held = cast.make_household(county.village, f"h{number}", longitude="111.2", latitude="36.95")
        cast.make_person(county.village, household=held)

    with django_assert_max_num_queries(14):
        clerk.get(reverse("places:map", args=[county.village.code]))
