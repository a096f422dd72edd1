"""Importing a village's roster: checked first, written only when a clerk says so, never half."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shanzhi.apps.places import selectors
from shanzhi.apps.places.actions.people import hold_place
from shanzhi.apps.places.actions.roster_rows import differs, write_rows
from shanzhi.apps.places.bridge import roster
from shanzhi.apps.places.errors import Refused
from shanzhi.apps.places.models import Person, Place, RosterImport
from shanzhi.apps.record import actions as record
from shanzhi.apps.record import sealing


@dataclass(slots=True)
class Contents:
    """What a checked file holds until it is written or thrown away."""

    good: list[roster.Row] = field(default_factory=list)
    bad: list[roster.BadCell] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    absent: int = 0  # people of the village who are not in the file


@transaction.atomic
def check_roster(
    *, place: Place, content: bytes, file_name: str, today: date, by: str
) -> tuple[RosterImport, roster.Checked]:
    """Read a file and say what it would do. Writes nothing into the village's records."""
    hold_place(place.pk)
    checked = roster.check(content, file_name, place=place, today=today)
    known = selectors.find_by_id_numbers(row.id_number for row in checked.good)
    _set_apart(place, checked, known)
    held = [known[row.id_number] for row in checked.good if row.id_number in known]
    made = RosterImport(
        place=place, file_name=file_name[-200:], digest=sha256(content).hexdigest(), good=len(checked.good),
        bad=checked.bad_lines, uploaded_by=by, new=len(checked.good) - len(held),
        changed=sum(row.id_number in known and differs(known[row.id_number], row) for row in checked.good),
    )  # fmt: skip
    absent = selectors.people_of(place).count() - len(held)
    made.rows_sealed = _sealed(made, Contents(checked.good, checked.bad, checked.unused, absent))
    _drop_earlier(place, by)
    made.save()
    _write(by, "places.roster_checked", made, good=made.good, bad=made.bad)
    return made, checked


@transaction.atomic
def write_roster(*, roster_import: RosterImport, good_only: bool, by: str) -> RosterImport:
    """Write a checked roster. A second click, or a second clerk, finds it written already and changes nothing."""
    place = hold_place(roster_import.place_id)
    held = RosterImport.objects.select_for_update(no_key=True).get(pk=roster_import.pk)
    if held.status == RosterImport.Status.WRITTEN:
        return held
    if held.status != RosterImport.Status.CHECKED:
        raise Refused(_("This file was thrown away. Upload it again."))
    if held.bad and not good_only:
        raise Refused(
            _("Some rows have faults. Mend the file and upload it again, or write only the good rows.")
        )
    rows = contents_of(held).good
    if not rows:
        raise Refused(_("The file has no good row. Mend it and upload it again."))
    held.new, held.changed = _written(place, rows)
    held.status, held.written_at, held.rows_sealed = RosterImport.Status.WRITTEN, timezone.now(), None
    held.save()
    _write(by, "places.roster_written", held, new=held.new, changed=held.changed)
    return held


@transaction.atomic
def drop_roster(*, roster_import: RosterImport, by: str) -> None:
    """Throw a checked file away; its rows are deleted. Done twice, it is done once."""
    held = RosterImport.objects.select_for_update(no_key=True).get(pk=roster_import.pk)
    if held.status == RosterImport.Status.WRITTEN:
        raise Refused(
            _("This file has been written already. Correct people one by one, or import a corrected file.")
        )
    if held.status == RosterImport.Status.CHECKED:
        _drop(held, by)


def record_export(*, place: Place, reason: str, by: str) -> None:
    """Record that a village's roster left the house as a file: with numbers in full, and why; or masked, without a reason."""
    record.write(
        by=by, act="places.exported", subject=f"place:{place.code}", scope=place.pk,
        in_full=bool(reason), reason=reason,
    )  # fmt: skip


def contents_of(held: RosterImport) -> Contents:
    """What a checked file holds; nothing when it was written or thrown away."""
    packed = sealing.unseal(held, "rows_sealed")
    if not packed:
        return Contents()
    told: dict[str, Any] = json.loads(zlib.decompress(b64decode(packed)))
    return Contents(
        [roster.Row(**row) for row in told["good"]], [roster.BadCell(**cell) for cell in told["bad"]],
        told["unused"], told["absent"],
    )  # fmt: skip


def _sealed(made: RosterImport, contents: Contents) -> bytes:
    packed = zlib.compress(json.dumps(asdict(contents), ensure_ascii=False).encode())
    return sealing.seal(made, "rows_sealed", b64encode(packed).decode())


def _set_apart(place: Place, checked: roster.Checked, known: dict[str, Person]) -> None:
    """Nobody is entered twice, and the dead do not return by a file: such rows are faults."""
    dead = selectors.died_with_id_numbers(row.id_number for row in checked.good)
    for row in checked.good:
        person = known.get(row.id_number)
        if person and person.place_id != place.pk:
            reason = _("is in the records of {place} already").format(place=person.place.full_name)
            remedy = _("Have that village mark the person as moved away first.")
        elif not person and row.id_number in dead:
            reason = _("is recorded as died")
            remedy = _("Compare the ID number; if the person lives, take that entry back first.")
        else:
            continue
        checked.blame((row.line, "id_number", roster.hidden(row.id_number), reason, remedy))
    faulty = {cell.line for cell in checked.bad}
    checked.good = [row for row in checked.good if row.line not in faulty]
    checked.bad.sort(key=lambda cell: cell.line)


def _written(place: Place, rows: list[roster.Row]) -> tuple[int, int]:
    known = selectors.find_by_id_numbers((row.id_number for row in rows), for_update=True)
    strangers = [each for each in known.values() if each.place_id != place.pk]
    if not strangers:
        try:
            with transaction.atomic():
                return write_rows(place, rows, known)
        except IntegrityError:  # another village was quicker by a moment
            pass
    raise Refused(_("Meanwhile some of these people were entered in another village. Upload the file again."))


def _drop_earlier(place: Place, by: str) -> None:
    """Files that the same clerk checked before and left lying: their rows are personal data, and they go."""
    for held in RosterImport.objects.filter(place=place, uploaded_by=by, status=RosterImport.Status.CHECKED):
        _drop(held, by)


def _drop(held: RosterImport, by: str) -> None:
    held.status, held.rows_sealed = RosterImport.Status.DROPPED, None
    held.save()
    _write(by, "places.roster_dropped", held)


def _write(by: str, act: str, held: RosterImport, **facts: object) -> None:
    record.write(by=by, act=act, subject=f"roster:{held.key}", scope=held.place_id, **facts)
