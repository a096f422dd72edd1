"""A file on its way in: received, checked, written or thrown away, and taken back. Never half, never twice."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shanzhi.apps.record import actions as record
from shanzhi.apps.record.sealing import new_key
from shanzhi.apps.tables import selectors
from shanzhi.apps.tables.actions.checking import Check
from shanzhi.apps.tables.bridge import files, parts
from shanzhi.apps.tables.declared import Intake, Undone
from shanzhi.apps.tables.errors import Refused, Unreadable
from shanzhi.apps.tables.models import Heading, Import, Part
from shanzhi.apps.tables.progress import Progress
from shanzhi.apps.tables.selectors.imports import file_pieces
from shanzhi.core.tables.rows import Row

PIECE = 1024 * 1024
Status = Import.Status
OPEN = (Status.RECEIVED, Status.UNKNOWN, Status.UNREADABLE, Status.CHECKED)
RUBBISH = (Part.Kind.FILE, Part.Kind.ROWS, Part.Kind.BAD, Part.Kind.FAULTS)


@transaction.atomic
def receive(*, table: str, scope: int, file: IO[bytes], file_name: str, by: str) -> Import:
    """Take a file in, sealed, to be checked. What the same person left lying there unwritten goes."""
    _tidy()
    for earlier in Import.objects.filter(table=table, scope=scope, by=by, status__in=OPEN):
        _drop(earlier, by)
    digest, size = hashlib.sha256(), 0
    made = Import(table=table, scope=scope, file_name=file_name[-200:], by=by, digest="", size=0)
    made.save()
    for number, piece in enumerate(_pieces(file)):
        digest.update(piece)
        size += len(piece)
        parts.raw(made, Part.Kind.FILE, number, piece).save()
    made.digest, made.size = digest.hexdigest(), size
    made.save()
    return made


def check(*, made: Import, today: date | None = None) -> Import:
    """Read the file and say what it would do; nothing is written into the records. Done again, it starts afresh.

    Its rows are set aside some at a time, each time in a short transaction, so that nobody waits for a large file.
    Raises Unreadable, and then the import says why.
    """
    begun = _begin(made)
    with Progress(made.key, "check") as progress, tempfile.TemporaryFile() as copy:
        for piece in file_pieces(begun):
            copy.write(piece)
        copy.flush()
        look = Check(begun, progress, today=today or timezone.localdate())
        try:
            with files.opened(copy) as sheets:
                look.run(sheets)
        except Unreadable as why:
            _give_up(begun, str(why.message))
            raise
    _conclude(begun, look)
    return begun


@transaction.atomic
def order(*, made: Import, good_only: bool, by: str) -> Import:
    """Say that a checked file is to be written. Said twice, it is said once."""
    held = _held(made)
    if held.status in {Status.ORDERED, Status.WRITTEN}:
        return held
    if held.status != Status.CHECKED:
        raise Refused(_("This file was thrown away. Upload it again."))
    if held.bad and not good_only:
        raise Refused(
            _("Some rows have faults. Mend the file and upload it again, or write only the good rows.")
        )
    if not held.good:
        raise Refused(_("The file has no good row. Mend it and upload it again."))
    held.status, held.good_only, held.written_by = Status.ORDERED, good_only, by
    held.save()
    return held


def write(*, made: Import) -> Import:
    """Write what was ordered, all of it in one transaction. A second worker finds it written and changes nothing.

    Raises Refused when the records have changed since the check; the import is then as if it had not been ordered.
    """
    try:
        with Progress(made.key, "write") as progress, transaction.atomic():
            held = _held(made)
            if held.status != Status.ORDERED:
                return held
            _write_rows(held, progress)
    except Refused as refusal:
        _take_order_back(made, str(refusal.message))
        raise
    return held


@transaction.atomic
def undo(*, made: Import, by: str) -> Undone:
    """Take back what the import wrote: new entries go, changed ones return, and what was changed since stays."""
    held = _held(made)
    if not selectors.can_be_undone(held):
        raise Refused(_("This import can no longer be taken back. Correct the entries one by one."))
    done = _undone(held, really=True)
    held.status, held.undone_at = Status.UNDONE, timezone.now()
    held.save()
    held.parts.all().delete()
    _record(by, "tables.undone", held, removed=done.removed, restored=done.restored, kept=done.kept)
    return done


def foresee_undo(*, made: Import) -> Undone:
    """What taking it back would do now. Writes nothing."""
    return _undone(made, really=False)


@transaction.atomic
def drop(*, made: Import, by: str) -> None:
    """Throw a file away; its rows are deleted. Done twice, it is done once."""
    held = _held(made)
    if held.status in {Status.WRITTEN, Status.UNDONE}:
        raise Refused(_("This file has been written already. It can be taken back from its own page."))
    if held.status == Status.ORDERED:
        raise Refused(_("This file is being written. Wait for it, then take it back."))
    if held.status in OPEN:
        _drop(held, by)


@transaction.atomic
def say_headings(*, made: Import, meanings: dict[str, str], by: str) -> Import:
    """Say which column of the file is which; remembered for this account. The file is then checked anew."""
    held = _held(made)
    if held.status not in {Status.UNKNOWN, Status.CHECKED}:
        raise Refused(_("This file was thrown away. Upload it again."))
    for heading, column in meanings.items():
        Heading.objects.update_or_create(
            account=by, table=held.table, heading=heading[:100], defaults={"column": column}
        )
    held.status = Status.RECEIVED
    held.save()
    return held


def _write_rows(held: Import, progress: Progress) -> None:
    intake = _intake(held)
    intake.by = held.written_by
    late, done = selectors.lines_with_faults(held), 0
    progress.expect(held.good)
    intake.begin()
    trace = _Trace(held)
    for told in selectors.parts_of(held, Part.Kind.ROWS):
        rows = [Row(line, values) for line, values in told if line not in late]
        intake.write(rows)
        trace.take(intake)
        done += len(rows)
        progress.note(done)
    intake.finish()
    trace.take(intake)
    trace.close()
    held.new, held.changed = intake.new, intake.changed
    held.status, held.written_at = Status.WRITTEN, timezone.now()
    held.facts.pop("late", None)
    held.save()
    held.parts.filter(kind__in=RUBBISH).delete()
    _record(held.written_by, "tables.written", held, new=held.new, changed=held.changed)


class _Trace:
    """Keeps what undoing needs, some hundreds of steps in a part."""

    STEPS = 2000

    def __init__(self, held: Import) -> None:
        self._held, self._steps, self._number = held, [], 0

    def take(self, intake: Intake) -> None:
        self._steps += intake.trace
        intake.trace = []
        if len(self._steps) >= self.STEPS:
            self.close()

    def close(self) -> None:
        if self._steps:
            parts.packed(self._held, Part.Kind.TRACE, self._number, self._steps).save()
            self._number += 1
            self._steps = []


def _undone(held: Import, *, really: bool) -> Undone:
    intake, done = _intake(held), Undone()
    if really:
        intake.begin()
    for steps in selectors.parts_of(held, Part.Kind.TRACE, newest_first=True):
        part = intake.undo(list(reversed(steps)), really=really)
        done.removed += part.removed
        done.restored += part.restored
        done.kept += part.kept
    return done


def _intake(held: Import) -> Intake:
    scope = selectors.scope_of(pk=held.scope)
    if scope is None:
        raise Refused(_("The place of this import is no longer there."))
    return selectors.table(held.table).intake(scope, today=timezone.localdate())


@transaction.atomic
def _begin(made: Import) -> Import:
    held = _held(made)
    if held.status not in OPEN:
        raise Refused(_("This file was thrown away. Upload it again."))
    held.parts.exclude(kind=Part.Kind.FILE).delete()
    held.attempt = new_key()
    held.status, held.facts = Status.RECEIVED, {}
    held.save()
    return held


@transaction.atomic
def _conclude(begun: Import, look: Check) -> None:
    """The look is over: what it found stands, unless somebody else has begun anew or thrown the file away."""
    held = _held(begun)
    if held.attempt != begun.attempt or held.status != Status.RECEIVED:
        raise Refused(_("Meanwhile this file was checked once more, or thrown away. Look at it again."))
    look.put_into(held)
    held.save()
    if held.status == Status.CHECKED:
        _record(held.by, "tables.checked", held, good=held.good, bad=held.bad)
    begun.refresh_from_db()


@transaction.atomic
def _give_up(begun: Import, why: str) -> None:
    held = _held(begun)
    if held.attempt == begun.attempt and held.status == Status.RECEIVED:
        held.status, held.facts = Status.UNREADABLE, {"why": why}
        held.save()
        held.parts.all().delete()


@transaction.atomic
def _take_order_back(made: Import, why: str) -> None:
    held = _held(made)
    if held.status == Status.ORDERED:
        held.status, held.facts = Status.CHECKED, held.facts | {"why": why}
        held.save()


def _drop(held: Import, by: str) -> None:
    held.status = Status.DROPPED
    held.save()
    held.parts.all().delete()
    _record(by, "tables.dropped", held)


def _tidy() -> None:
    """What is older than an import can be taken back, or was left lying for as long, is no longer needed."""
    before = timezone.now() - timedelta(days=settings.KEEP_UNDO_DAYS)
    Part.objects.filter(of__received_at__lt=before).exclude(of__written_at__gte=before).delete()
    for left in Import.objects.filter(status__in=OPEN, received_at__lt=before):
        _drop(left, record.SYSTEM)


def _held(made: Import) -> Import:
    return Import.objects.select_for_update(no_key=True).get(pk=made.pk)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def _record(by: str, act: str, held: Import, **facts: Any) -> None:
    record.write(by=by, act=act, subject=f"import:{held.key}", scope=held.scope, table=held.table, **facts)
