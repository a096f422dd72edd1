"""Who looked at what: one's own page, and the page of whoever reads the audit trail; names only for who may see people."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shanzhi.apps.places import actions as places
from tests.cast import make_person, sign_in


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["django_language"] = "en"


@pytest.fixture
def looked(county, people):
    """The township clerk and the other clerk each looked at somebody's numbers."""
    here, there = make_person(county.village, "王秀兰"), make_person(county.west_village, "李建军")
    places.reveal_numbers(person=here, reason="核对身份证", by=people.township_clerk.key)
    places.reveal_numbers(person=there, reason="补录电话", by=people.other_clerk.key)
    return here, there


def page_of(client, account, name="accounts:looks", **query):
    return sign_in(client, account).get(reverse(name), query).text


def test_one_reads_what_one_looked_at_oneself_and_nothing_of_others(client, people, looked):
    page = page_of(client, people.township_clerk, "accounts:own_looks")

    assert "王秀兰" in page
    assert "核对身份证" in page
    assert "李建军" not in page


def test_the_county_office_sees_all_looks_with_names(client, people, looked):
    page = page_of(client, people.county_office)

    for said in ("王秀兰", "李建军", "东川干事", "西岭干事", "looked at numbers in full"):
        assert said in page


def test_the_auditor_sees_who_looked_and_where_but_no_villagers_name(client, people, looked):
    page = page_of(client, people.auditor)

    assert "东川干事" in page
    assert "核对身份证" in page
    assert "王秀兰" not in page


def test_the_page_is_asked_for_one_person(client, people, looked):
    page = page_of(client, people.auditor, by="东川干事")

    assert "核对身份证" in page
    assert "补录电话" not in page


def test_an_auditor_of_a_township_sees_the_townships_looks_only(client, county, people, looked):
    from tests.cast import make_account

    page = page_of(client, make_account("zhenshen", "镇审计", "auditor", county.west))

    assert "补录电话" in page
    assert "核对身份证" not in page


@pytest.mark.parametrize("who", ["operator", "township_clerk", "teller", "stranger"])
def test_to_others_the_page_does_not_exist(client, people, who):
    sign_in(client, getattr(people, who))

    assert client.get(reverse("accounts:looks")).status_code == 404


def test_a_name_is_gone_from_ones_own_page_when_one_may_no_longer_see_people_there(client, people, looked):
    people.township_clerk.grants.all().delete()

    page = page_of(client, people.township_clerk, "accounts:own_looks")

    assert "核对身份证" in page
    assert "王秀兰" not in page


def test_many_looks_cost_as_many_queries_as_few(client, county, people, looked):
    counts = []
    for _each in range(2):
        sign_in(client, people.county_office)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("accounts:looks"))
        counts.append(len(asked))
        for number in range(20):
            person = make_person(county.village, f"某{number}")
            places.reveal_numbers(person=person, reason="核对", by=people.township_clerk.key)

    assert counts[0] == counts[1]
