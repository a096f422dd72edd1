"""A table on its way out: ordered for a purpose, made, handed over, and gone a day later. Each is recorded."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import IO, Any

from django.db import transaction
from django.utils import timezone

from shanzhi.apps.record import actions as record
from shanzhi.apps.record import sealing
from shanzhi.apps.tables import selectors
from shanzhi.apps.tables.bridge import workbook
from shanzhi.apps.tables.declared import Purpose, Scope, Table
from shanzhi.apps.tables.models import Export, ExportPart
from shanzhi.apps.tables.progress import Progress
from shanzhi.core.tables.columns import Column

PIECE = 1024 * 1024
KEPT = timedelta(days=1)


@transaction.atomic
def order(
    *, table: Table, scope: Scope, purpose: Purpose, reason: str, filters: Mapping[str, str], form: str, by: str
) -> Export:  # fmt: skip
    """Record that a table leaves the house as a file: for what, in full or masked, and why."""
    ExportPart.objects.filter(of__ordered_at__lt=timezone.now() - KEPT).delete()
    made = Export.objects.create(
        table=table.key,
        scope=scope.id,
        purpose=purpose.key,
        reason=reason,
        filters=dict(filters),
        form=form,
        by=by,
    )
    record.write(
        by=by, act="tables.exported", subject=f"export:{made.key}", scope=scope.id, table=table.key,
        purpose=purpose.key, in_full=purpose.in_full, reason=reason, filtered=bool(filters), form=form,
    )  # fmt: skip
    return made


def make(*, export: Export) -> Export:
    """Make the file, and keep it sealed until it is fetched. Done again, it is made anew."""
    with tempfile.TemporaryFile() as file, Progress(export.key, "export") as progress:
        rows = write_into(file, export, progress)
        file.seek(0)
        with transaction.atomic():
            held = Export.objects.select_for_update(no_key=True).get(pk=export.pk)
            held.parts.all().delete()
            for number, piece in enumerate(_pieces(file)):
                part = ExportPart(of=held, number=number)
                part.sealed = sealing.seal_bytes(part, "sealed", piece)
                part.save()
            held.rows, held.status = rows, Export.Status.READY
            held.save()
    return held


def write_into(file: IO[bytes], export: Export, progress: Progress | None = None) -> int:
    """Write the rows of an export into an open file; how many there were. Raises cipher.Spoiled."""
    table = selectors.table(export.table)
    scope = selectors.scope_of(pk=export.scope)
    purpose = next(each for each in table.purposes if each.key == export.purpose)
    columns = [table.column(key) for key in purpose.columns]
    rows = table.rows(scope, purpose=purpose, filters=export.filters)
    return workbook.write(file, export.form, columns, _noted(rows, progress) if progress else rows)


def as_workbook(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as an .xlsx file: what an export of these columns would be."""
    file = io.BytesIO()
    workbook.write(file, "xlsx", columns, rows)
    return file.getvalue()


@transaction.atomic
def hand_over(**ordered: Any) -> tuple[Export, bytes]:
    """Order a small file and make it at once, without keeping it. What cannot be opened is not recorded as shown.

    Takes what `order` takes. Raises cipher.Spoiled.
    """
    made, file = order(**ordered), io.BytesIO()
    made.rows, made.status = write_into(file, made), Export.Status.GONE
    made.save()
    return made, file.getvalue()


def _noted(rows: Iterator[list[str]], progress: Progress) -> Iterator[list[str]]:
    for done, row in enumerate(rows):
        if not done % 200:
            progress.note(done)
        yield row


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece
