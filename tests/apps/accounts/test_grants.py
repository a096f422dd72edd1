"""Who may grant what: below one's own level, for a term, with a reason; and which roles are kept apart (DJ-04)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from shanzhi.apps.accounts import access, actions, selectors
from shanzhi.apps.accounts.models import Account, Grant
from shanzhi.apps.accounts.roles import APART, ROLES, Permission, clash
from shanzhi.apps.record.models import Event
from shanzhi.web.refusals import Refused, Wrong
from tests.cast import LONG_AGO, make_account, sign_in

TODAY = timezone.localdate


def give(account, role, place, by, **more):
    return actions.grant(account=account, role=role, scope=place.pk, by=by.key, **{"reason": "名单"} | more)


# The whole table: granter's place, role, place -> may.
COUNTY = {
    ("operator", "east"), ("auditor", "place"), ("auditor", "east"), ("county_office", "place"),
    ("department_reviewer", "place"), ("inspector", "place"), ("township_clerk", "east"), ("township_clerk", "west"),
    ("village_clerk", "village"), ("village_clerk", "west_village"), ("village_clerk", "community"), ("teller", "village"),
    ("operator", "west"), ("auditor", "west"), ("teller", "west_village"),
}  # fmt: skip
TOWNSHIP = {("township_clerk", "east"), ("village_clerk", "village"), ("teller", "village")}
PLACES = ["place", "east", "west", "village", "west_village", "community"]


@pytest.mark.parametrize(("held_over", "allowed"), [("place", COUNTY), ("east", TOWNSHIP)])
def test_the_table_of_who_may_grant_what(county, people, held_over, allowed):
    granter = people.operator
    if held_over == "east":
        granter = make_account("zhenyunwei", "镇管理员", "operator", county.east)

    may = {
        (role, place)
        for role in ROLES
        for place in PLACES
        if access.may_grant(granter, role, getattr(county, place).pk)
    }

    assert may == allowed


@pytest.mark.parametrize("who", ["auditor", "county_office", "township_clerk", "teller", "stranger"])
def test_who_looks_after_no_accounts_grants_nothing(county, people, who):
    for role in ROLES:
        with pytest.raises(Wrong):
            give(
                people.stranger if who != "stranger" else people.teller,
                role,
                county.village,
                getattr(people, who),
            )

    assert not Event.objects.exists()


def test_an_action_refuses_what_the_form_does_not_offer_and_leaves_no_trace(client, county, people):
    granter = make_account("zhenyunwei", "镇管理员", "operator", county.east)
    for role, place in (
        ("operator", county.east),
        ("county_office", county.place),
        ("teller", county.west_village),
    ):
        with pytest.raises(Wrong):
            give(people.teller, role, place, granter)

    assert people.teller.grants.count() == 1
    sign_in(client, granter)
    page = client.get(reverse("accounts:grant", args=[people.teller.key]))
    assert [key for key, _name in page.context["form"].fields["role"].choices] == [
        "township_clerk",
        "village_clerk",
        "teller",
    ]


def test_a_reason_is_asked_for_and_kept_with_the_role(client, county, people):
    with pytest.raises(Wrong) as refusal:
        give(people.stranger, "teller", county.village, people.operator, reason="  ")
    assert refusal.value.field == "reason"

    held = give(people.stranger, "teller", county.village, people.operator, reason="样选发〔2026〕3号")
    with pytest.raises(Wrong):
        actions.revoke(grant=held, reason="", by=people.operator.key)
    actions.revoke(grant=held, reason="任务结束", by=people.operator.key)

    told = selectors.history(people.stranger)[0]
    assert (told.grant.reason, told.grant.revoked_reason) == ("样选发〔2026〕3号", "任务结束")
    assert (told.by, told.revoked_by, told.state) == ("运维员", "运维员", "revoked")
    assert [event.facts["grant"] for event in Event.objects.all()] == [held.pk, held.pk]
    assert "任务结束" not in str(Event.objects.values())
    sign_in(client, people.operator)
    page = client.get(reverse("accounts:account", args=[people.stranger.key])).text
    assert "样选发〔2026〕3号" in page
    assert "任务结束" in page


def test_a_role_may_begin_later_and_can_be_taken_away_before_it_does(client, county, people):
    later = TODAY() + timedelta(days=7)
    held = give(people.stranger, "teller", county.village, people.operator, since=later, until=later)

    assert not access.may(people.stranger, Permission.ENTER_SHEET, county.village.scopes)
    assert selectors.history(people.stranger)[0].state == "later"
    sign_in(client, people.operator)
    assert (
        reverse("accounts:revoke", args=[people.stranger.key, held.pk])
        in client.get(reverse("accounts:account", args=[people.stranger.key])).text
    )


@pytest.mark.parametrize(
    ("since", "until", "field"), [(-1, None, "since"), (0, -1, "until"), (5, 4, "until")]
)
def test_a_term_that_cannot_be_is_refused(county, people, since, until, field):
    first = TODAY() + timedelta(days=since)
    last = None if until is None else TODAY() + timedelta(days=until)

    with pytest.raises(Wrong) as refusal:
        give(people.stranger, "teller", county.village, people.operator, since=first, until=last)

    assert refusal.value.field == field
    assert not people.stranger.grants.exists()


def test_the_same_role_from_the_same_day_for_another_term_is_said(county, people):
    give(people.stranger, "teller", county.village, people.operator)

    with pytest.raises(Refused):
        give(people.stranger, "teller", county.village, people.operator, until=TODAY() + timedelta(days=3))

    assert people.stranger.grants.get().until is None


# What ends soon


def test_roles_that_end_within_thirty_days_are_listed_the_nearest_first(client, county, people):
    for days, account in ((30, people.teller), (3, people.village_clerk), (31, people.township_clerk)):
        give(account, "teller", county.village, people.operator, until=TODAY() + timedelta(days=days))
    Grant.objects.create(
        account=people.other_clerk,
        role="teller",
        scope=county.west_village.pk,
        since=LONG_AGO,
        until=TODAY() - timedelta(days=1),
    )
    sign_in(client, people.operator)
    client.cookies["django_language"] = "en"

    rows = client.get(reverse("accounts:ending")).context["rows"]

    assert [account.name for account, _role in rows] == [people.village_clerk.name, people.teller.name]
    assert "2 roles end within 30 days" in client.get(reverse("accounts:accounts")).text


def test_the_list_of_what_ends_costs_the_same_for_many(client, county, people):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (2, 20):
        for each in range(number):
            account = make_account(f"many{number}-{each}", "某人", "teller", county.village)
            account.grants.update(until=TODAY() + timedelta(days=5))
        sign_in(client, people.operator)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("accounts:ending"))
        counts.append(len(asked))

    assert counts[0] == counts[1]


# Kept apart


def test_who_manages_accounts_does_not_read_the_audit_trail(county, people):
    assert not [
        role for role in ROLES.values() if {Permission.MANAGE_ACCOUNTS, Permission.READ_AUDIT} <= role.may
    ]
    for role in ("auditor", "county_office"):
        township = make_account(f"zhen-{role}", "镇管理员", "operator", county.east)
        with pytest.raises(Wrong) as refusal:
            give(township, role, county.place, people.operator)
        assert refusal.value.field == "role"
    with pytest.raises(Wrong):
        give(people.auditor, "operator", county.east, people.operator)


def test_an_auditor_changes_nothing(county, people):
    assert ROLES["auditor"].may == {Permission.READ_AUDIT}
    for role, place in (
        ("township_clerk", county.east),
        ("teller", county.village),
        ("county_office", county.place),
    ):
        with pytest.raises(Wrong):
            give(people.auditor, role, place, people.operator)
        with pytest.raises(Wrong):
            give(make_account(f"x-{role}", "某", role, place), "auditor", county.place, people.operator)


def test_a_role_that_begins_later_counts_for_keeping_apart_and_one_that_is_over_does_not(county, people):
    give(people.stranger, "auditor", county.place, people.operator, since=TODAY() + timedelta(days=9))
    with pytest.raises(Wrong):
        give(people.stranger, "teller", county.village, people.operator)

    actions.revoke(grant=people.stranger.grants.get(), reason="改派", by=people.operator.key)
    give(people.stranger, "teller", county.village, people.operator)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("other", ROLES)
def test_keeping_apart_asks_the_same_both_ways(role, other):
    assert bool(clash(role, {other})) == bool(clash(other, {role}))
    if role != other and any({one, two} <= ROLES[role].may | ROLES[other].may for one, two in APART):
        assert clash(role, {other})


@pytest.mark.parametrize("role", ["department_reviewer", "inspector"])
def test_a_role_whose_room_is_not_built_opens_nothing_and_says_so(client, county, people, role):
    account = make_account(f"r-{role}", "某人", role, county.place)
    sign_in(client, account)
    client.cookies["django_language"] = "en"

    assert ROLES[role].may == frozenset()
    assert client.get(reverse("accounts:start")).url == reverse("accounts:own")
    assert "opens only its own account" in client.get(reverse("accounts:own")).text


def test_the_auditor_starts_at_the_audit_trail(client, people):
    sign_in(client, people.auditor)

    assert client.get(reverse("accounts:start")).url == reverse("record:audit")


# Closing accounts


def test_a_closed_account_is_shut_at_once_and_opens_again_with_what_it_held(client, county, people):
    teller = sign_in(type(client)(), people.teller)
    sign_in(client, people.operator)
    page = reverse("accounts:close", args=[people.teller.key])

    assert client.post(page, {}).status_code == 200  # no reason, nothing done
    client.post(page, {"why": "moved"})

    people.teller.refresh_from_db()
    assert not people.teller.is_active
    assert teller.get(reverse("accounts:own")).status_code == 302
    assert Event.objects.get(act="accounts.closed").facts == {"reason": "moved"}
    assert client.get(reverse("accounts:account", args=[people.teller.key])).status_code == 200

    client.post(reverse("accounts:reopen", args=[people.teller.key]))
    people.teller.refresh_from_db()
    assert access.may(people.teller, Permission.ENTER_SHEET, county.village.scopes)
    assert Event.objects.filter(act="accounts.reopened").count() == 1


@pytest.mark.parametrize("act", ["close_account", "reopen_account"])
def test_nobody_closes_or_opens_his_own_account(people, act):
    with pytest.raises(Refused):
        getattr(actions, act)(
            account=people.operator, by=people.operator.key, **({"why": "moved"} if "close" in act else {})
        )

    assert Account.objects.get(pk=people.operator.pk).is_active
    assert not Event.objects.exists()


def test_an_account_that_nobody_has_used_for_ninety_days_is_marked_until_it_is_closed(client, people):
    long_ago = timezone.now() - timedelta(days=91)
    Account.objects.filter(pk=people.teller.pk).update(created_at=long_ago)
    Account.objects.filter(pk=people.village_clerk.pk).update(created_at=long_ago, last_login=timezone.now())
    sign_in(client, people.operator)
    client.cookies["django_language"] = "en"

    assert client.get(reverse("accounts:accounts")).text.count("unused for 90 days") == 1
    actions.close_account(account=people.teller, why="unused", by=people.operator.key)
    page = client.get(reverse("accounts:accounts")).text
    assert "unused for 90 days" not in page
    assert "closed" in page
