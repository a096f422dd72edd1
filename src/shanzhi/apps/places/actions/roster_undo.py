"""A written roster taken back: what it brought goes, what it changed returns, and whatever was changed since stays."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F

from shanzhi.apps.places.models import Household, Kinship, PastResidence, Person
from shanzhi.apps.tables.declared import Undone
from shanzhi.apps.tables.selectors.references import referred_to

BATCH = 500
Steps = Sequence[Any]


def take_back(trace: Steps, *, really: bool) -> Undone:
    """Take these steps back, the newest first; or only count what would be taken back."""
    by_kind: dict[str, list[Any]] = {}
    for kind, *step in trace:
        by_kind.setdefault(kind, []).append(step)
    if really:
        _kin(by_kind.get("kin", []), by_kind.get("unlinked", []))
    done = Undone()
    _new(by_kind.get("new", []), done, really=really)
    _changed(by_kind.get("changed", []), done, really=really)
    if really:
        PastResidence.objects.filter(pk__in=[pk for (pk,) in by_kind.get("past", [])]).delete()
        _heads(by_kind.get("head", []))
        _groups(by_kind.get("group", []))
        _households(by_kind.get("household", []))
    return done


def _kin(linked: Steps, unlinked: Steps) -> None:
    for one, other, relation, before in linked:
        link = Kinship.objects.filter(person_id=one, other_id=other, relation=relation)
        if before:
            link.update(relation=before)
        else:
            link.delete()
    there = set(
        Person.objects.filter(pk__in={pk for step in unlinked for pk in step[:2]}).values_list(
            "pk", flat=True
        )
    )
    Kinship.objects.bulk_create(
        [
            Kinship(person_id=one, other_id=other, relation=relation)
            for one, other, relation in unlinked
            if {one, other} <= there
        ],
        ignore_conflicts=True,
    )


def _new(steps: Steps, done: Undone, *, really: bool) -> None:
    versions = dict(Person.objects.filter(pk__in=[pk for pk, _version in steps]).values_list("pk", "version"))
    used = referred_to(Person, versions)
    gone = [pk for pk, version in steps if versions.get(pk) == version and pk not in used]
    if really:
        for at in range(0, len(gone), BATCH):
            Person.objects.filter(pk__in=gone[at : at + BATCH]).delete()
    done.removed += len(gone)
    done.kept += len(versions) - len(gone)


def _changed(steps: Steps, done: Undone, *, really: bool) -> None:
    held = Person.objects.in_bulk([pk for pk, _version, _before in steps])
    for pk, version, before in steps:
        person = held.get(pk)
        if person is None:
            continue
        if person.version != version:
            done.kept += 1
            continue
        if really:
            _restore(person, before)
        done.restored += 1


def _restore(person: Person, before: dict[str, Any]) -> None:
    for name, value in before.items():
        setattr(person, name, value)
    person.born = date.fromisoformat(before["born"])
    for name in ("here_since", "residence_since"):
        setattr(person, name, date.fromisoformat(before[name]) if before[name] else None)
    person.phone_sealed = b64decode(before["phone_sealed"]) if before["phone_sealed"] else None
    person.version += 1
    person.save()


def _heads(steps: Steps) -> None:
    for pk, version in steps:
        Person.objects.filter(pk=pk, version=version).update(is_head=True, version=F("version") + 1)


def _groups(steps: Steps) -> None:
    for pk, before, after in steps:
        Household.objects.filter(pk=pk, group=after).update(group=before)


def _households(steps: Steps) -> None:
    ids = [pk for (pk,) in steps]
    used = referred_to(Household, ids)
    Household.objects.filter(pk__in=[pk for pk in ids if pk not in used]).delete()
