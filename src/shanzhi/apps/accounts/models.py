"""Accounts and what is granted to them."""

from __future__ import annotations

import unicodedata

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
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
