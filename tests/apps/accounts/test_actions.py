"""Each change to accounts: it does what it says, it is on record, and a refusal leaves no trace."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shanzhi.apps.accounts import access, actions
from shanzhi.apps.accounts.models import Account, Grant
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.record.models import Event
from shanzhi.web.refusals import Refused, Wrong
from tests.cast import PASSWORD


def new_account(county, people, **other):
    facts = {"username": "wanghong", "name": "王红", "password": PASSWORD, "role": "teller"}
    return actions.create_account(**{**facts, "scope": county.village.pk, "by": people.operator.key} | other)


def acts():
    return list(Event.objects.order_by("pk").values_list("act", flat=True))


def test_a_new_account_can_do_what_its_role_says(county, people):
    account = new_account(county, people)

    assert account.check_password(PASSWORD)
    assert access.may(account, Permission.ENTER_SHEET, county.village.scopes)
    assert acts() == ["accounts.created", "accounts.granted"]


def test_the_record_of_a_new_account_names_nobody(county, people):
    new_account(county, people)

    for event in Event.objects.all():
        written = " ".join(
            bytes(value).decode() if isinstance(value, bytes | memoryview) else str(value)
            for value in vars(event).values()
        )
        assert "wanghong" not in written
        assert "王红" not in written
        assert PASSWORD not in written


def test_a_form_sent_twice_makes_one_account(county, people):
    assert new_account(county, people) == new_account(county, people)
    assert Account.objects.filter(username="wanghong").count() == 1
    assert acts() == ["accounts.created", "accounts.granted"]


@pytest.mark.parametrize("typed", ["wanghong", "WangHong", "ｗａｎｇｈｏｎｇ", " wanghong "])
def test_a_taken_name_is_refused_however_it_is_typed(county, people, typed):
    new_account(county, people)
    before = (Account.objects.count(), Grant.objects.count(), acts())

    with pytest.raises(Wrong) as refusal:
        new_account(county, people, username=typed, name="王宏")

    assert refusal.value.field == "username"
    assert (Account.objects.count(), Grant.objects.count(), acts()) == before


@pytest.mark.parametrize("weak", ["short", "password123", "wanghong12"])
def test_a_weak_password_makes_no_account(county, people, weak):
    with pytest.raises(Wrong) as refusal:
        new_account(county, people, password=weak)

    assert refusal.value.field == "password"
    assert not Account.objects.filter(username="wanghong").exists()
    assert acts() == []


def test_a_last_day_in_the_past_makes_no_account(county, people):
    with pytest.raises(Wrong):
        new_account(county, people, until=timezone.localdate() - timedelta(days=1))

    assert not Account.objects.filter(username="wanghong").exists()
    assert acts() == []


def test_a_new_password_replaces_the_old_one(county, people):
    actions.set_password(account=people.teller, password="another-long-one-7", by=people.operator.key)

    people.teller.refresh_from_db()
    assert people.teller.check_password("another-long-one-7")
    assert not people.teller.check_password(PASSWORD)
    assert acts() == ["accounts.password_set"]


def test_a_weak_new_password_changes_nothing(people):
    with pytest.raises(Wrong):
        actions.set_password(account=people.teller, password="1234567890", by=people.operator.key)

    people.teller.refresh_from_db()
    assert people.teller.check_password(PASSWORD)
    assert acts() == []


def test_a_role_granted_twice_on_a_day_is_one_grant(county, people):
    for _time in range(2):
        actions.grant(
            account=people.stranger,
            role="teller",
            scope=county.village.pk,
            reason="唱票",
            by=people.operator.key,
        )

    assert people.stranger.grants.count() == 1
    assert acts() == ["accounts.granted"]


def test_nobody_grants_to_himself(county, people):
    with pytest.raises(Refused):
        actions.grant(
            account=people.operator,
            role="county_office",
            scope=county.place.pk,
            reason="兼任",
            by=people.operator.key,
        )

    assert people.operator.grants.count() == 1
    assert acts() == []


def test_a_revoked_role_ends_at_once_and_can_be_granted_again_the_same_day(county, people):
    actions.revoke(grant=people.teller.grants.get(), reason="调离", by=people.operator.key)
    assert not access.may(people.teller, Permission.ENTER_SHEET, county.village.scopes)

    for _again in range(2):
        held = actions.grant(
            account=people.teller,
            role="teller",
            scope=county.village.pk,
            reason="唱票",
            by=people.operator.key,
        )
        assert access.may(people.teller, Permission.ENTER_SHEET, county.village.scopes)
        actions.revoke(grant=held, reason="调离", by=people.operator.key)

    assert not access.may(people.teller, Permission.ENTER_SHEET, county.village.scopes)


def test_a_role_revoked_twice_is_revoked_once(people):
    grant = people.teller.grants.get()
    actions.revoke(grant=grant, reason="调离", by=people.operator.key)
    ended = people.teller.grants.get().revoked_at

    actions.revoke(grant=grant, reason="调离", by=people.operator.key)

    assert people.teller.grants.get().revoked_at == ended
    assert acts() == ["accounts.revoked"]


def test_nobody_revokes_his_own_role(people):
    with pytest.raises(Refused):
        actions.revoke(grant=people.operator.grants.get(), reason="调离", by=people.operator.key)

    assert people.operator.grants.get().revoked_at is None
    assert acts() == []
