"""Accounts and what they hold, in words."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from shanzhi.apps.accounts import access
from shanzhi.apps.accounts.models import Account, Grant, SecondFactor, plain_name
from shanzhi.apps.accounts.roles import ROLES
from shanzhi.apps.accounts.selectors.attempts import locked_names

# Letters and digits that nobody confuses when reading them aloud or off a slip of paper.
CLEAR_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
SOON = 30  # days before its end that a role is listed
UNUSED = 90  # days without a sign-in after which an account is marked


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A grant in words."""

    id: int
    role: str | Promise
    says: str | Promise
    place: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Granted:
    """One entry of an account's history of roles."""

    grant: Grant
    role: str | Promise
    place: str
    by: str
    revoked_by: str
    state: str  # now, later, over or revoked


@dataclass(frozen=True, slots=True)
class Line:
    """One account in the list."""

    account: Account
    roles: list[HeldRole]
    locked: bool
    has_second_factor: bool
    unused: bool


def roles_held(account: Account) -> list[HeldRole]:
    """What the account holds today, in words."""
    grants = list(access.live_grants(account))
    names = access.place_names({grant.scope for grant in grants})
    return [_in_words(grant, names) for grant in grants]


def _in_words(grant: Grant, names: Mapping[int, str]) -> HeldRole:
    role = ROLES[grant.role]
    place = names.get(grant.scope, "").strip()
    return HeldRole(grant.pk, role.name, role.says, place, grant.since, grant.until)


def history(account: Account) -> list[Granted]:
    """Every role the account ever got, newest first: by whom, why, and how it ended."""
    grants = list(account.grants.filter(role__in=ROLES).order_by("-since", "-pk"))
    places = access.place_names({grant.scope for grant in grants})
    names = _names({key for grant in grants for key in (grant.granted_by, grant.revoked_by) if key})
    return [
        Granted(
            grant, ROLES[grant.role].name, places.get(grant.scope, "").strip(),
            names.get(grant.granted_by, ""), names.get(grant.revoked_by, ""), _state(grant),
        )
        for grant in grants
    ]  # fmt: skip


def _state(grant: Grant) -> str:
    today = timezone.localdate()
    if grant.revoked_at:
        return "revoked"
    if grant.until and grant.until < today:
        return "over"
    return "later" if grant.since > today else "now"


def _names(keys: Iterable[str]) -> dict[str, str]:
    return dict(Account.objects.filter(key__in=list(keys)).values_list("key", "name"))


def ending_soon(manager: Account) -> list[tuple[Account, HeldRole]]:
    """Roles of the manager's accounts that end within thirty days, the nearest first."""
    places = access.places_managed_by(manager)
    last = timezone.localdate() + timedelta(days=SOON)
    found = access.standing_grants().filter(
        account__in=access.accounts_managed_by(manager).filter(is_active=True),
        until__lte=last,
        scope__in=places,
    )
    return [
        (grant.account, _in_words(grant, places))
        for grant in found.select_related("account").order_by("until", "account__name")
    ]


def roles_grantable_by(manager: Account) -> list[str]:
    """The roles that the manager may give over at least one of his places."""
    return access.roles_grantable_by(manager)


def unserved(manager: Account) -> list[tuple[str | Promise, str, str, int]]:
    """What a county has to fill first: its office, an auditor, a clerk for each township. Role, its key, place, its id."""
    places = access.places_managed_by(manager)
    standing = access.standing_of(places)
    held = set(access.standing_grants().filter(scope__in=places).values_list("role", "scope"))
    wanted = {"county": ("county_office", "auditor"), "township": ("township_clerk",)}
    return [
        (ROLES[role].name, role, name.strip(), scope)
        for scope, name in places.items()
        for role in wanted.get(standing[scope][0], ())
        if (role, scope) not in held and access.may_grant(manager, role, scope)
    ]


def home_of(account: Account) -> int | None:
    """The place under which the account's own doings are recorded: that of its first role."""
    return access.live_grants(account).values_list("scope", flat=True).first()


def managed_by(manager: Account, query: str = "") -> QuerySet[Account]:
    """The accounts that the manager looks after; with a query, those whose name or sign-in name holds it."""
    found = access.accounts_managed_by(manager).annotate(
        with_second_factor=Exists(SecondFactor.objects.filter(account=OuterRef("pk")))
    )
    if query:
        found = found.filter(Q(name__contains=query) | Q(username__contains=plain_name(query)))
    return found


def lines(accounts: Iterable[Account], places: Mapping[int, str]) -> list[Line]:
    """The accounts with what they hold today at `places`, in two queries however many they are."""
    accounts = list(accounts)
    locked = locked_names(accounts)
    held: dict[int, list[HeldRole]] = {}
    for grant in access.standing_grants().filter(account__in=accounts):
        held.setdefault(grant.account_id, []).append(_in_words(grant, places))
    return [
        Line(each, held.get(each.pk, []), each.key in locked, each.with_second_factor, _is_unused(each))
        for each in accounts
    ]


def new_password() -> str:
    """A password to hand over on paper: twelve clear characters in groups of four (about 59 bits)."""
    letters = "".join(secrets.choice(CLEAR_LETTERS) for _ in range(12))
    return "-".join(letters[start : start + 4] for start in (0, 4, 8))


def _is_unused(account: Account) -> bool:
    """Whether nobody has signed in for ninety days: an account that is not needed is closed (DJ-04)."""
    before = timezone.now() - timedelta(days=UNUSED)
    return account.is_active and (account.last_login or account.created_at) < before
