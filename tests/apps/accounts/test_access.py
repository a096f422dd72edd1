"""Who may do what where."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone

from shanzhi.apps.accounts import access
from shanzhi.apps.accounts.models import Grant
from shanzhi.apps.accounts.roles import ROLES, Permission


def give(account, role, place, **more):
    return Grant.objects.create(
        account=account, role=role, scope=place.pk, **{"since": timezone.localdate()} | more
    )


def test_a_role_over_a_township_reaches_its_villages(county, people):
    assert access.may(people.township_clerk, Permission.RUN_ELECTION, county.village.scopes)
    assert access.may(people.township_clerk, Permission.RUN_ELECTION, county.east.scopes)


def test_a_role_over_a_township_reaches_neither_the_next_one_nor_the_county(county, people):
    assert not access.may(people.township_clerk, Permission.RUN_ELECTION, county.west_village.scopes)
    assert not access.may(people.township_clerk, Permission.RUN_ELECTION, county.place.scopes)


def test_a_role_gives_its_own_permissions_and_no_others(county, people):
    held = {
        permission
        for permission in Permission
        if access.may(people.teller, permission, county.village.scopes)
    }

    assert held == {Permission.ENTER_SHEET}


def test_the_operator_sees_no_persons_data(county, people):
    assert not access.may(people.operator, Permission.SEE_PEOPLE, county.place.scopes)


@pytest.mark.parametrize("role", ROLES)
def test_a_stranger_holds_no_permission_of_any_role(county, people, role):
    assert all(not access.may(people.stranger, each, county.place.scopes) for each in ROLES[role].may)


def test_someone_signed_out_holds_nothing(county):
    assert access.scopes_with(AnonymousUser(), Permission.SEE_BOARD) == set()


def test_a_term_holds_on_its_last_day(county, people):
    give(people.stranger, "teller", county.village, until=timezone.localdate())

    assert access.may(people.stranger, Permission.ENTER_SHEET, county.village.scopes)


def test_a_term_that_ended_yesterday_holds_no_more(county, people):
    today = timezone.localdate()
    give(
        people.stranger,
        "teller",
        county.village,
        since=today - timedelta(days=9),
        until=today - timedelta(days=1),
    )

    assert not access.may(people.stranger, Permission.ENTER_SHEET, county.village.scopes)


def test_a_term_that_begins_tomorrow_does_not_hold_yet(county, people):
    give(people.stranger, "teller", county.village, since=timezone.localdate() + timedelta(days=1))

    assert not access.may(people.stranger, Permission.ENTER_SHEET, county.village.scopes)


def test_a_revoked_grant_holds_nothing_from_that_moment_on(county, people):
    grant = people.teller.grants.get()
    grant.revoked_at = timezone.now()
    grant.save()

    assert not access.may(people.teller, Permission.ENTER_SHEET, county.village.scopes)


def test_a_closed_account_holds_nothing(county, people):
    people.teller.is_active = False

    assert not access.may(people.teller, Permission.ENTER_SHEET, county.village.scopes)


def test_what_is_not_open_does_not_exist(county, people):
    with pytest.raises(Http404):
        access.require(people.other_clerk, Permission.SEE_BOARD, county.village.scopes)


def test_a_township_operator_does_not_reach_an_account_that_holds_something_beyond(county, people):
    give(people.stranger, "operator", county.east)
    give(people.teller, "teller", county.west_village)

    managed = set(access.accounts_managed_by(people.stranger))

    assert people.village_clerk in managed
    assert people.teller not in managed
    assert people.county_office not in managed
    assert people.other_clerk not in managed
