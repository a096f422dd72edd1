"""Importing a village's roster: checked first, written only when a clerk says so, never half."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shanzhi.apps.places.actions.people import seal_numbers
from shanzhi.apps.places.bridge import roster
from shanzhi.apps.places.errors import Refused
from shanzhi.apps.places.models import Household, Kinship, Person, Place, RosterImport
from shanzhi.apps.record import actions as record
from shanzhi.apps.record import sealing

BATCH = 500


@transaction.atomic
def check_roster(
    *, place: Place, content: bytes, file_name: str, today: date, by: str
) -> tuple[RosterImport, roster.Checked]:
    """Read a file and say what it would do. Writes nothing into the village's records."""
    checked = roster.check(content, file_name, today=today)
    _find_strangers(place, checked)
    known = _known(checked.good)
    made = RosterImport(
        place=place, file_name=file_name[-200:], digest=sha256(content).hexdigest(), good=len(checked.good),
        bad=checked.bad_lines, uploaded_by=by,
        new=sum(row.id_number not in known for row in checked.good),
        changed=sum(row.id_number in known and _differs(known[row.id_number], row) for row in checked.good),
    )  # fmt: skip
    made.rows_sealed = _sealed(made, checked)
    made.save()
    record.write(
        by=by,
        act="places.roster_checked",
        subject=f"roster:{made.key}",
        scope=place.pk,
        good=made.good,
        bad=made.bad,
    )
    return made, checked


@transaction.atomic
def write_roster(*, roster_import: RosterImport, good_only: bool, by: str) -> RosterImport:
    """Write a checked roster. A second click, or a second clerk, finds it written already and changes nothing."""
    held = (
        RosterImport.objects.select_for_update(of=("self",)).select_related("place").get(pk=roster_import.pk)
    )
    if held.status == RosterImport.Status.WRITTEN:
        return held
    if held.status != RosterImport.Status.CHECKED:
        raise Refused(_("This file was thrown away. Upload it again."))
    if held.bad and not good_only:
        raise Refused(
            _("Some rows have faults. Mend the file and upload it again, or write only the good rows.")
        )
    rows = rows_of(held)
    if strangers := [row for row in rows if _lives_elsewhere(held.place, row)]:
        raise Refused(
            _(
                "Meanwhile {number} of these people were entered in another village. Upload the file again."
            ).format(number=len(strangers))
        )
    new, changed = _write(held.place, rows)
    held.new, held.changed = new, changed
    held.status, held.written_at, held.rows_sealed = RosterImport.Status.WRITTEN, timezone.now(), None
    held.save()
    record.write(
        by=by,
        act="places.roster_written",
        subject=f"roster:{held.key}",
        scope=held.place_id,
        new=new,
        changed=changed,
    )
    return held


@transaction.atomic
def drop_roster(*, roster_import: RosterImport, by: str) -> None:
    """Throw a checked file away; its rows are deleted."""
    held = RosterImport.objects.select_for_update(of=("self",)).get(pk=roster_import.pk)
    if held.status != RosterImport.Status.CHECKED:
        raise Refused(_("This file has been written or thrown away already."))
    held.status, held.rows_sealed = RosterImport.Status.DROPPED, None
    held.save()
    record.write(by=by, act="places.roster_dropped", subject=f"roster:{held.key}", scope=held.place_id)


def rows_of(held: RosterImport) -> list[roster.Row]:
    """The good rows of a checked file."""
    return [roster.Row(**row) for row in _opened(held)["good"]]


def bad_cells_of(held: RosterImport) -> list[roster.BadCell]:
    """The faults of a checked file."""
    return [roster.BadCell(**cell) for cell in _opened(held)["bad"]]


def _sealed(made: RosterImport, checked: roster.Checked) -> bytes:
    from dataclasses import asdict

    held = {"good": [row.as_json() for row in checked.good], "bad": [asdict(cell) for cell in checked.bad]}
    packed = zlib.compress(json.dumps(held, ensure_ascii=False).encode())
    return sealing.seal(made, "rows_sealed", b64encode(packed).decode())


def _opened(held: RosterImport) -> dict[str, list[dict[str, object]]]:
    packed = sealing.unseal(held, "rows_sealed")
    return json.loads(zlib.decompress(b64decode(packed))) if packed else {"good": [], "bad": []}


def _find_strangers(place: Place, checked: roster.Checked) -> None:
    """People who live in another village of the county are faults here: nobody is entered twice."""
    strangers = {row.line for row in checked.good if _lives_elsewhere(place, row)}
    for row in checked.good:
        if row.line in strangers:
            checked.bad.append(
                roster.BadCell(
                    row.line, roster.COLUMNS["id_number"][0], f"{row.id_number[:6]}…{row.id_number[-2:]}",
                    _("is in the records of another village"), _("Have the other village mark the person as moved away first."),
                )
            )  # fmt: skip
    checked.good = [row for row in checked.good if row.line not in strangers]


def _lives_elsewhere(place: Place, row: roster.Row) -> bool:
    hashes = sealing.look_ups(row.id_number, purpose="id-number")
    return Person.objects.filter(id_look_up__in=hashes, left="").exclude(place=place).exists()


def _known(rows: Iterable[roster.Row]) -> dict[str, Person]:
    by_hash = {
        each: row.id_number for row in rows for each in sealing.look_ups(row.id_number, purpose="id-number")
    }
    hashes = list(by_hash)
    found: dict[str, Person] = {}
    for at in range(0, len(hashes), BATCH):
        people = Person.objects.filter(id_look_up__in=hashes[at : at + BATCH], left="").select_related(
            "household"
        )
        found |= {by_hash[person.id_look_up]: person for person in people}
    return found


def _differs(person: Person, row: roster.Row) -> bool:
    return (person.name, person.residence, person.party, person.household.number, person.rights_removed) != (
        row.name, row.residence, row.party, row.household, row.rights_removed,
    )  # fmt: skip


def _write(place: Place, rows: list[roster.Row]) -> tuple[int, int]:
    households = _households(place, rows)
    known = _known(rows)
    new = [_new_person(place, households[row.household], row) for row in rows if row.id_number not in known]
    Person.objects.bulk_create(new, batch_size=BATCH)
    changed = [row for row in rows if row.id_number in known and _differs(known[row.id_number], row)]
    for row in changed:
        _update(known[row.id_number], households[row.household], row)
    _relate(
        rows,
        {row.id_number: known[row.id_number] for row in rows if row.id_number in known}
        | _by_number(rows, new, known),
    )
    return len(new), len(changed)


def _by_number(rows: list[roster.Row], new: list[Person], known: dict[str, Person]) -> dict[str, Person]:
    return dict(zip((row.id_number for row in rows if row.id_number not in known), new, strict=True))


def _households(place: Place, rows: list[roster.Row]) -> dict[str, Household]:
    groups = {row.household: row.group for row in rows}
    held = {each.number: each for each in Household.objects.filter(place=place, number__in=list(groups))}
    made = [
        Household(place=place, number=number, group=group)
        for number, group in groups.items()
        if number not in held
    ]
    Household.objects.bulk_create(made, batch_size=BATCH)
    return held | {each.number: each for each in made}


def _new_person(place: Place, household: Household, row: roster.Row) -> Person:
    person = Person(
        place=place, household=household, name=row.name, sex=row.sex, born=date.fromisoformat(row.born),
        residence=row.residence, here_since=date.fromisoformat(row.here_since) if row.here_since else None,
        party=row.party, rights_removed=row.rights_removed, is_head=row.relation == "head",
    )  # fmt: skip
    seal_numbers(person, row.id_number, row.phone)
    return person


def _update(person: Person, household: Household, row: roster.Row) -> None:
    person.household, person.name, person.residence = household, row.name, row.residence
    person.party, person.rights_removed = row.party, row.rights_removed
    if row.here_since:
        person.here_since = date.fromisoformat(row.here_since)
    person.version += 1
    person.save()


def _relate(rows: list[roster.Row], people: dict[str, Person]) -> None:
    """Kin as the file states it: each person's relation to the head of the household, and brothers among children."""
    by_household: dict[str, list[roster.Row]] = {}
    for row in rows:
        by_household.setdefault(row.household, []).append(row)
    links = [link for members in by_household.values() for link in kin_links(members)]
    Kinship.objects.bulk_create(
        [Kinship(person=people[a], other=people[b], relation=relation) for a, b, relation in links],
        batch_size=BATCH, ignore_conflicts=True,
    )  # fmt: skip


def kin_links(members: list[roster.Row]) -> list[tuple[str, str, str]]:
    """The links that one household's rows state, by ID number. Nothing is guessed beyond children being siblings."""
    head = next((row for row in members if row.relation == "head"), None)
    if head is None:
        return []
    links = [
        (row.id_number, head.id_number, row.relation) for row in members if row.relation not in {"", "head"}
    ]
    children = [row.id_number for row in members if row.relation == "child"]
    return links + [(a, b, "sibling") for place, a in enumerate(children) for b in children[place + 1 :]]


def record_export(*, place: Place, in_full: bool, by: str) -> None:
    """Record that a village's roster left the house as a file."""
    record.write(by=by, act="places.exported", subject=f"place:{place.code}", scope=place.pk, in_full=in_full)
