"""Pages of those who look after accounts; to everyone else they do not exist."""

import pytest
from django.urls import reverse

from shanzhi.apps.accounts.models import Account, Grant
from tests.cast import LONG_AGO, PASSWORD, make_account, sign_in


def pages_of(account):
    grant = account.grants.first()
    return [
        reverse("accounts:accounts"),
        reverse("accounts:create"),
        reverse("accounts:account", args=[account.key]),
        reverse("accounts:grant", args=[account.key]),
        reverse("accounts:revoke", args=[account.key, grant.pk]),
        reverse("accounts:password", args=[account.key]),
    ]


def filled(county, **other):
    return {
        "name": "王红",
        "username": "wanghong",
        "password": PASSWORD,
        "role": "teller",
        "scope": county.village.pk,
        "reason": "计票员名单",
    } | other


def test_the_operator_sees_every_page(client, people):
    sign_in(client, people.operator)

    assert [client.get(page).status_code for page in pages_of(people.teller)] == [200] * 6


@pytest.mark.parametrize("who", ["county_office", "township_clerk", "village_clerk", "teller", "stranger"])
def test_to_others_the_pages_do_not_exist(client, people, who):
    sign_in(client, getattr(people, who))

    assert {client.get(page).status_code for page in pages_of(people.teller)} == {404}
    assert {client.post(page).status_code for page in pages_of(people.teller)} == {404}
    assert client.post(reverse("accounts:unlock", args=[people.teller.key])).status_code == 404


def test_someone_signed_out_is_asked_to_sign_in(client, people):
    for page in pages_of(people.teller):
        assert client.get(page).url.startswith(reverse("accounts:sign_in"))


def test_a_township_operator_sees_only_the_township(client, county, people):
    Grant.objects.create(account=people.stranger, role="operator", scope=county.east.pk, since=LONG_AGO)
    sign_in(client, people.stranger)

    page = client.get(reverse("accounts:accounts")).content.decode()

    assert people.village_clerk.name in page
    assert people.other_clerk.name not in page
    assert client.get(reverse("accounts:account", args=[people.other_clerk.key])).status_code == 404


def test_a_township_operator_cannot_grant_beyond_the_township(client, county, people):
    Grant.objects.create(account=people.stranger, role="operator", scope=county.east.pk, since=LONG_AGO)
    sign_in(client, people.stranger)

    answer = client.post(reverse("accounts:create"), filled(county, scope=county.west_village.pk))

    assert answer.status_code == 200
    assert not Account.objects.filter(username="wanghong").exists()


def test_a_new_account_is_made_and_shown(client, county, people):
    sign_in(client, people.operator)

    answer = client.post(reverse("accounts:create"), filled(county), follow=True)

    page = answer.content.decode()
    assert "王红" in page
    assert county.village.name in page
    assert PASSWORD not in page


def test_a_refused_account_keeps_what_was_typed(client, county, people):
    sign_in(client, people.operator)

    page = client.post(reverse("accounts:create"), filled(county, username="jipiao")).content.decode()

    assert 'value="王红"' in page
    assert 'value="jipiao"' in page
    assert 'aria-invalid="true"' in page


def test_a_role_is_given_and_taken_away(client, county, people):
    sign_in(client, people.operator)
    client.post(
        reverse("accounts:grant", args=[people.teller.key]),
        {"role": "village_clerk", "scope": county.village.pk, "reason": "代理文书"},
    )
    given = people.teller.grants.get(role="village_clerk")

    client.post(reverse("accounts:revoke", args=[people.teller.key, given.pk]), {"reason": "调离"})

    given.refresh_from_db()
    assert given.revoked_at is not None
    assert given.granted_by == people.operator.key


def test_taking_a_role_away_asks_first(client, people):
    sign_in(client, people.operator)
    grant = people.teller.grants.get()

    client.get(reverse("accounts:revoke", args=[people.teller.key, grant.pk]))

    grant.refresh_from_db()
    assert grant.revoked_at is None


def test_ones_own_password_needs_the_old_one(client, people):
    sign_in(client, people.teller)
    new = {"old": "not-it", "password": "another-long-one-7", "again": "another-long-one-7"}

    assert client.post(reverse("accounts:own_password"), new).status_code == 200
    people.teller.refresh_from_db()
    assert people.teller.check_password(PASSWORD)

    assert client.post(reverse("accounts:own_password"), new | {"old": PASSWORD}).status_code == 302
    people.teller.refresh_from_db()
    assert people.teller.check_password("another-long-one-7")
    assert client.get(reverse("accounts:own")).status_code == 200  # still signed in here


def test_a_password_set_by_the_operator_signs_the_person_out(client, people):
    sign_in(client, people.operator)
    other = type(client)()
    sign_in(other, people.teller)

    client.post(reverse("accounts:password", args=[people.teller.key]), {"password": "another-long-one-7"})

    assert other.get(reverse("accounts:own")).status_code == 302


def test_the_operator_changes_his_own_password_only_by_the_old_one(client, people):
    sign_in(client, people.operator)

    answer = client.post(
        reverse("accounts:password", args=[people.operator.key]), {"password": "another-long-one-7"}
    )

    assert answer.url == reverse("accounts:own_password")
    people.operator.refresh_from_db()
    assert people.operator.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("typed", "found"), [("柳树", ["柳树沟文书"]), ("DONGCHUAN", ["东川干事", "东川副手"]), ("没有", [])]
)
def test_an_account_is_found_by_a_part_of_its_names(client, people, typed, found):
    sign_in(client, people.operator)

    answer = client.get(reverse("accounts:accounts"), {"q": typed})

    assert {line.account.name for line in answer.context["lines"]} == set(found)
    assert f'value="{typed}"' in answer.text


def test_the_list_costs_the_same_for_many_accounts(client, county, people, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sign_in(client, people.operator)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("accounts:accounts"))
    for number in range(20):
        make_account(f"more{number}", f"又一人{number}", "teller", county.village)

    with django_assert_num_queries(len(few)):
        client.get(reverse("accounts:accounts"))


def test_the_pages_are_shown_once_and_not_kept_by_the_browser(client, people):
    sign_in(client, people.operator)

    for page in ("create", "password"):
        args = [people.teller.key] if page == "password" else []
        assert "no-store" in client.get(reverse(f"accounts:{page}", args=args))["Cache-Control"]
