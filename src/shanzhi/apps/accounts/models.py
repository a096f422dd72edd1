"""Accounts, what is granted to them, and how they prove who they are."""

from __future__ import annotations

import unicodedata

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.accounts import roles
from shanzhi.apps.record.sealing import new_key


def plain_name(typed: str) -> str:
    """A sign-in name as it is kept and compared: no matter how wide or large its letters were typed."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by sign-in name, whatever its case."""

    def get_by_natural_key(self, username: str) -> Account:
        return self.get(username=plain_name(username))


class Account(AbstractBaseUser):
    """Someone who signs in. `key` is what records and audit events name; never the sign-in name."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    username = models.CharField(_("sign-in name"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=40)
    look = models.CharField(max_length=20, blank=True)  # of web.look; empty: never chosen
    is_active = models.BooleanField(default=True)
    closed_for = models.CharField(max_length=10, blank=True)  # why the account was closed, if it is
    password_set_at = models.DateTimeField(default=timezone.now)
    must_change = models.BooleanField(default=False)  # somebody else knows the password: it was handed over
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = AccountManager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(Lower("username"), name="one_account_a_sign_in_name")]

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """A role of an account over a place and all beneath it, for a term or until it is revoked.

    `scope` is the id of a place without a foreign key: places lie on a higher floor.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=[(key, role.name) for key, role in roles.ROLES.items()])
    scope = models.BigIntegerField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the last day, if a term was set
    revoked_at = models.DateTimeField(null=True, blank=True)  # from this moment on it holds nothing
    granted_by = models.CharField(max_length=16, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    revoked_by = models.CharField(max_length=16, blank=True)
    revoked_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "scope", "since"],
                condition=models.Q(revoked_at=None),
                name="one_grant_a_day",
            ),
            models.CheckConstraint(
                name="grant_ends_after_it_begins",
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}:{self.role}@{self.scope}"


class PastPassword(models.Model):
    """A password that the account had, as its hash: none of the last few is taken again."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="past_passwords")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-set_at", "-id"]

    def __str__(self) -> str:
        return f"{self.account_id} {self.set_at}"


class SecondFactor(models.Model):
    """The secret that the account shares with an app on a phone, sealed; `last_step`: no code is taken twice."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="second_factor")
    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    secret = models.BinaryField()  # sealed
    last_step = models.BigIntegerField(default=0)
    set_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.account_id)


class RecoveryCode(models.Model):
    """A code on paper for the day when the phone is gone, as a keyed hash; good for once."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=80)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "digest"], name="one_recovery_code_an_account")
        ]

    def __str__(self) -> str:
        return str(self.account_id)


class Session(models.Model):
    """A browser that is, or was, signed in. No address is kept; `browser` names its family and system."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="sessions")
    session_key = models.CharField(max_length=40, db_index=True)
    browser = models.CharField(max_length=40, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-seen_at", "-id"]

    def __str__(self) -> str:
        return f"{self.account_id} {self.browser}"


class OutsideIdentity(models.Model):
    """An identity at WeChat, DingTalk or another provider that signs this account in, as a keyed hash of its number."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="outside_identities")
    provider = models.CharField(max_length=20)
    digest = models.CharField(max_length=80)
    linked_at = models.DateTimeField(auto_now_add=True)
    linked_by = models.CharField(max_length=16)

    class Meta:
        ordering = ["provider", "id"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "digest"], name="one_account_an_outside_identity"),
            models.UniqueConstraint(fields=["account", "provider"], name="one_identity_a_provider"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.provider}"
