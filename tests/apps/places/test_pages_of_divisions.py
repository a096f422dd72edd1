"""Pages of divisions: shown first, then done; a codes file decided difference by difference."""

from datetime import date

import pytest
from django.urls import reverse

from shanzhi.apps.places import selectors
from shanzhi.apps.places.models import CodesFile, FormerDesignation, Place, PlaceChange
from shanzhi.apps.record.models import Event
from tests import cast
from tests.apps.places.the_pages import text_of

pytestmark = pytest.mark.usefixtures("speaking_english")
PAPER = {"on": "2026-09-01", "document": "样政发〔2026〕12号", "reason": "撤并小村"}


def page_of(response):
    return response.content.decode()


def confirm(client, address, data):
    """Send the form, read what it will do, confirm it as the page offers it."""
    shown = client.post(address, data)
    assert "This is what it will do" in page_of(shown), page_of(shown)
    assert not PlaceChange.objects.exists()
    return client.post(address, data | {"confirmed": shown.context["preview"].digest}, follow=True)


def test_a_merge_is_shown_before_it_is_done_and_the_page_counts_what_moves(office, county, people):
    cast.make_person(county.village, household=cast.make_household(county.village, "0001"))
    cast.make_household(county.second_village, "0001")
    data = PAPER | {
        "villages": [county.village.pk, county.second_village.pk],
        "into": county.second_village.pk,
    }

    address = reverse("places:division_merge")
    shown = page_of(office.post(address, data))

    for said in (
        "People who come along: 1",
        "东川镇柳树沟村委会 141130101201 (is dissolved)",
        "each gets 201- in front",
        "柳树沟文书",
        "Nothing has been changed yet",
    ):
        assert said in shown
    assert Place.objects.get(pk=county.village.pk).valid_until is None
    assert not Event.objects.filter(act__startswith="places.").exists()

    done = page_of(confirm(office, address, data))
    assert "Roles that ended with it" in done
    assert Place.objects.get(pk=county.village.pk).valid_until == date(2026, 8, 31)


def test_whoever_confirms_numbers_that_have_changed_sees_the_new_ones_first(office, county):
    data = PAPER | {
        "villages": [county.village.pk, county.second_village.pk],
        "into": county.second_village.pk,
    }
    address = reverse("places:division_merge")
    before = office.post(address, data).context["preview"].digest
    cast.make_person(county.village)

    again = office.post(address, data | {"confirmed": before})

    assert "Meanwhile something has changed" in page_of(again)
    assert not PlaceChange.objects.exists()


def test_going_back_from_what_it_will_do_keeps_everything_that_was_typed(office, county):
    address = reverse("places:division_change", args=[county.village.code])
    page = page_of(
        office.post(address, PAPER | {"name": "新柳树沟村委会", "code": county.village.code, "edit": "1"})
    )

    assert 'value="新柳树沟村委会"' in page
    assert 'value="样政发〔2026〕12号"' in page


def test_a_refusal_stands_on_the_form_with_what_was_typed(office, county):
    cast.make_election(cast.make_renewal(county), county.village, stage="roll")
    data = PAPER | {
        "villages": [county.village.pk, county.second_village.pk],
        "into": county.second_village.pk,
    }

    page = page_of(office.post(reverse("places:division_merge"), data))

    assert "An election is under way here" in page
    assert "checked" in page


def test_a_village_is_split_and_dissolved_and_established_from_its_pages(office, county):
    cast.make_household(county.village, "1", group="一组")
    cast.make_household(county.village, "2", group="二组")
    address = reverse("places:division_split", args=[county.village.code])
    data = PAPER | {"keeps": "on", "name_1": "后沟村委会", "code_1": "141130101250", "group_1": "1"}

    confirm(office, address, data)
    PlaceChange.objects.all()
    made = selectors.by_code("141130101250")
    assert made.households.get().number == "2"

    page = page_of(office.get(reverse("places:division", args=[made.code])))
    assert "Made of" in page
    assert "东川镇柳树沟村委会" in page


def test_the_page_of_divisions_shows_another_day_and_says_so(office, county):
    address = reverse("places:division_change", args=[county.village.code])
    confirm(office, address, PAPER | {"name": "新柳树沟村委会", "code": county.village.code})

    now = page_of(office.get(reverse("places:divisions")))
    then = page_of(office.get(reverse("places:divisions"), {"on": "2020-01-01"}))

    assert "东川镇新柳树沟村委会" in now
    assert "东川镇柳树沟村委会" in then
    assert "Names and codes as they were on 1 January 2020" in then
    assert office.get(reverse("places:divisions"), {"on": "nonsense"}).status_code == 200


@pytest.mark.parametrize("places", [2, 200])
def test_the_page_of_divisions_asks_the_database_as_often_for_two_places_as_for_200(
    office, county, places, django_assert_max_num_queries
):
    for at in range(places):
        cast.make_place(f"141130101{300 + at}", f"第{at}村委会", "village", county.east)

    with django_assert_max_num_queries(12):
        office.get(reverse("places:divisions"))


def test_the_public_page_of_an_old_code_says_what_became_of_it(client, office, county):
    address = reverse("places:division_merge")
    data = PAPER | {
        "villages": [county.village.pk, county.second_village.pk],
        "into": county.second_village.pk,
    }
    confirm(office, address, data)

    page = page_of(client.get(f"/v/{county.village.code}/"))

    assert "This village stood until 31 August 2026" in page
    assert "样政发〔2026〕12号" in page
    assert f"/v/{county.second_village.code}/" in page
    found = page_of(client.get("/", {"q": "柳树沟"}))
    assert "Former names" in found
    assert f"/v/{county.village.code}/" in found


def test_the_public_page_of_a_new_code_is_reached_by_the_old_one(client, office, county):
    address = reverse("places:division_change", args=[county.village.code])
    confirm(office, address, PAPER | {"name": county.village.name, "code": "141130101260"})

    page = page_of(client.get(f"/v/{county.village.code}/"))

    assert "It is the same village today" in page
    assert "/v/141130101260/" in page
    assert client.get(f"/v/{county.village.code}/check/").status_code == 200


# A year's codes file

HEAD = "code,name,township_code,township_name\n"


def file_of(*rows):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("2026.csv", (HEAD + "".join(f"{row}\n" for row in rows)).encode("gb18030"))


AS_IT_STANDS = (
    "141130101201,柳树沟村委会,141130101,东川镇",
    "141130101202,石桥村委会,141130101,东川镇",
    "141130202001,河湾社区居委会,141130202,西岭乡",
    "141130202201,枣岭村委会,141130202,西岭乡",
)


def upload(client, *rows):
    answer = client.post(reverse("places:codes"), {"file": file_of(*rows)}, follow=True)
    return answer, reverse("places:codes_decide", args=[CodesFile.objects.last().key])


def test_a_file_that_says_what_stands_leaves_nothing_to_decide(office, county):
    answer, _address = upload(office, *AS_IT_STANDS)

    assert "nothing to decide" in page_of(answer)


def test_every_difference_of_a_file_is_decided_and_carried_out_at_once(office, county):
    """西岭乡 becomes a town; 石桥 is merged; 柳树沟 gets another name; a village is new."""
    cast.make_person(county.second_village)
    answer, address = upload(
        office,
        "141130101201,柳沟村委会,141130101,东川镇",
        "141130101209,新民村委会,141130101,东川镇",
        "141130102001,河湾社区居委会,141130102,西岭镇",
        "141130102201,枣岭村委会,141130102,西岭镇",
    )
    page = page_of(answer)
    for said in (
        "东川镇柳树沟村委会 141130101201 is now called 柳沟村委会", "No longer in the file: 东川镇石桥村委会 141130101202",
        "New in the file: 东川镇新民村委会 141130101209", "西岭镇 141130102000",
    ):  # fmt: skip
        assert said in page, said
    data = PAPER | {
        "d_141130101201": "accept", "d_141130101202": "merge:141130101201", "d_141130101209": "accept",
        "d_141130202000": "accept", "d_141130202001": "accept", "d_141130202201": "accept",
    }  # fmt: skip

    confirm(office, address, data)

    standing = set(Place.objects.filter(valid_until=None).values_list("code", "name"))
    assert standing == {
        ("141130000000", "样板县"), ("141130101000", "东川镇"), ("141130102000", "西岭镇"), ("141130101201", "柳沟村委会"),
        ("141130101209", "新民村委会"), ("141130102001", "河湾社区居委会"), ("141130102201", "枣岭村委会"),
    }  # fmt: skip
    assert county.village.people.count() == 1
    assert CodesFile.objects.get().status == "done"
    assert Event.objects.filter(act="places.codes_applied").count() == 1


def test_one_decision_that_cannot_be_carried_out_stops_all_of_them(office, county):
    cast.make_person(county.second_village)
    _answer, address = upload(office, "141130101201,柳沟村委会,141130101,东川镇", *AS_IT_STANDS[2:])

    page = page_of(office.post(address, PAPER | {"d_141130101201": "accept", "d_141130101202": "close"}))

    assert "东川镇石桥村委会: " in page
    assert "still has 1 people" in page
    assert not FormerDesignation.objects.exists()


def test_what_is_gone_has_to_be_decided(office, county):
    _answer, address = upload(office, AS_IT_STANDS[0], *AS_IT_STANDS[2:])

    page = page_of(office.post(address, PAPER | {"d_141130101202": ""}))

    assert "Decide what became of this place" in page


def test_a_place_that_is_gone_can_be_one_with_a_new_code_and_name(office, county):
    _answer, address = upload(
        office, AS_IT_STANDS[0], "141130101230,新桥村委会,141130101,东川镇", *AS_IT_STANDS[2:]
    )

    confirm(office, address, PAPER | {"d_141130101202": "same:141130101230", "d_141130101230": "accept"})

    held = Place.objects.get(pk=county.second_village.pk)
    assert (held.code, held.name) == ("141130101230", "新桥村委会")
    assert Place.objects.filter(valid_until=None).count() == 7


def test_a_file_is_thrown_away_and_nothing_has_changed(office, county):
    _answer, address = upload(office, AS_IT_STANDS[0])

    page = text_of(office.post(f"{address}drop/", follow=True))

    assert "nothing was changed" in page
    assert "carried out or thrown away already" in page_of(office.get(address))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a,b\n1,2\n", HEAD.encode(), b""])
def test_a_file_that_is_no_codes_file_is_refused_with_what_to_do(office, county, content):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = office.post(reverse("places:codes"), {"file": SimpleUploadedFile("x.csv", content)})

    assert answer.status_code == 200
    assert not CodesFile.objects.exists()
