"""Who looked at what: the events of the record in which somebody was shown, or took out, what is protected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from shanzhi.apps.record import selectors as record

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import Promise

    from shanzhi.apps.accounts.models import Account
    from shanzhi.apps.record.models import Event


@dataclass(frozen=True, slots=True)
class Look:
    """One look in words; `on` names the person or place only to a reader who may see it anyway."""

    at: datetime
    by: str
    who: str
    what: str | Promise
    on: str
    place: str
    reason: str


def looks_of(account: Account) -> QuerySet[Event]:
    """What this account looked at, newest first."""
    return record.looks().filter(by=account.key)


def looks_under(scopes: Iterable[int | None], by: str = "") -> QuerySet[Event]:
    """What was looked at in these places, newest first; of one person (name, sign-in name or key) when asked."""
    return record.looks(scopes=scopes, by=by)


def looks_told(reader: Account, events: Iterable[Event]) -> list[Look]:
    """Looks in words, in as many queries however many they are."""
    lines = record.told(events)
    names = import_string(settings.SUBJECT_NAMES)(reader, {line.event.subject for line in lines})
    return [
        Look(
            line.event.at, line.event.by, line.who, line.what, names.get(line.event.subject, ""), line.place,
            str(line.event.facts.get("reason", "")),
        )
        for line in lines
    ]  # fmt: skip
