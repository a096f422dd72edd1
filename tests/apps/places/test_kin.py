"""Relatives of both kinds: apart on the page, suggested with their chain, confirmed or turned down by a person."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shanzhi.apps.places import actions, selectors
from shanzhi.apps.places.errors import Refused
from shanzhi.apps.places.models import KinNotSo, Kinship
from tests.apps.places.the_pages import acts, text_of
from tests.cast import make_person

pytestmark = pytest.mark.usefixtures("speaking_english")


@pytest.fixture
def family(county):
    father = make_person(county.village, "任老大", sex="m", born="1950-01-01")
    sons = [make_person(county.village, f"任{each}", sex="m", born=f"197{each}-01-01") for each in (1, 2)]
    for son in sons:
        son.refresh_from_db()
        actions.set_kin(person=son, other=father, relation="child", by="clerk")
    father.refresh_from_db()
    return father, *sons


def test_two_children_of_one_parent_are_suggested_as_siblings_with_the_chain(family):
    father, one, other = family

    (told,) = selectors.suggestions_for(one)

    assert (told.other, told.relation) == (other, "sibling")
    assert told.chain == (("parent", father), ("child", other))


def test_a_suggestion_that_is_confirmed_goes_on_record_once(family):
    _father, one, other = family
    for _time in range(2):
        actions.confirm_kin(person=one, other=other, by="clerk")

    link = Kinship.objects.get(relation="sibling")
    assert {link.person, link.other} == {one, other}
    assert selectors.suggestions_for(one) == selectors.suggestions_for(other) == []
    assert acts().count("places.kin_set") == 3


def test_a_suggestion_that_is_turned_down_does_not_come_again_from_either_side(family):
    _father, one, other = family
    for _time in range(2):
        actions.deny_kin(person=one, other=other, by="clerk")

    assert KinNotSo.objects.count() == 1
    assert selectors.suggestions_for(one) == selectors.suggestions_for(other) == []
    assert acts()[-1] == "places.kin_denied"
    actions.set_kin(person=one, other=other, relation="cousin", by="clerk")
    assert not KinNotSo.objects.exists()  # who is entered as kin after all is no "not so" any more


def test_what_does_not_follow_is_not_confirmed(county, family):
    father, one, _other = family
    before = acts()

    with pytest.raises(Refused):
        actions.confirm_kin(person=one, other=make_person(county.village, "路人"), by="clerk")
    assert acts() == before
    assert father


def test_the_page_shows_both_kinds_apart_with_what_follows_and_what_contradicts(clerk, county, family):
    father, one, other = family
    actions.set_kin(person=make_person(county.village, "表哥"), other=one, relation="cousin", by="clerk")
    actions.set_kin(person=make_person(county.village, "小父"), other=one, relation="parent", by="clerk")

    page = text_of(clerk.get(reverse("places:person", args=[one.key])))

    near, wider = page.index("Near relatives in law"), page.index("Wider kin")
    assert near < page.index("任老大") < wider < page.index("表哥")
    assert "This cannot be right" in page
    assert "Follows from the relatives on record" in page
    assert "任1 → parent 任老大 → child 任2" in " ".join(page.split())
    assert father
    assert other


def test_confirming_and_denying_are_buttons(clerk, family):
    _father, one, other = family

    clerk.post(reverse("places:kin_confirm", args=[one.key, other.key]))
    assert Kinship.objects.filter(relation="sibling").exists()
    actions.remove_kin(person=one, other=other, by="clerk")
    clerk.post(reverse("places:kin_deny", args=[one.key, other.key]))
    assert KinNotSo.objects.exists()


def test_a_large_family_costs_the_page_as_little_as_a_small_one(clerk, county, family):
    father, one, _other = family
    address = reverse("places:person", args=[one.key])
    clerk.get(address)
    few = cost(clerk, address)
    for each in range(12):
        child = make_person(county.village, f"任小{each}", born="2000-01-01")
        Kinship.objects.create(person=child, other=father, relation="child")

    assert cost(clerk, address) == few


def cost(client, address):
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def test_an_uncle_s_reverse_is_a_nephew(county):
    uncle, nephew = make_person(county.village, "舅舅"), make_person(county.village, "外甥")
    actions.set_kin(person=uncle, other=nephew, relation="uncle", by="clerk")

    assert selectors.kin_of(nephew) == [("uncle", uncle)]
    assert selectors.kin_of(uncle) == [("nephew", nephew)]
