"""What an import holds, and which imports there were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from shanzhi.apps.record import sealing
from shanzhi.apps.tables.bridge import parts
from shanzhi.apps.tables.declared import Table
from shanzhi.apps.tables.models import Export, ExportPart, Heading, Import, Part
from shanzhi.apps.tables.wording import cell_fault
from shanzhi.core.tables.rows import Fault
from shanzhi.web import wording

FAULTS_A_PAGE = 100
MOST_LISTED = 20_000  # more than anybody mends by hand; the rows themselves are all counted


def parts_of(made: Import, kind: str, *, newest_first: bool = False) -> Iterator[Any]:
    """What the parts of a kind hold, one after the other: never more than one of them is in memory."""
    held = Part.objects.filter(of=made, attempt=made.attempt, kind=kind).order_by(
        "-number" if newest_first else "number"
    )
    for pk in list(held.values_list("pk", flat=True)):
        yield parts.told(Part.objects.select_related("of").get(pk=pk))


def file_pieces(made: Import) -> Iterator[bytes]:
    """The uploaded file, piece by piece."""
    held = Part.objects.filter(of=made, kind=Part.Kind.FILE).order_by("number")
    for pk in list(held.values_list("pk", flat=True)):
        yield parts.body(Part.objects.select_related("of").get(pk=pk))


def checked(made: Import, table: Table, number: int) -> dict[str, Any]:
    """What the page of a checked file shows: one page of its faults, in words, and what can be done."""
    faults, pages = faults_page(made, number - 1)
    return {
        "faults": [_in_words(fault, made, table) for fault in faults], "number": number, "pages": pages,
        "previous": number - 1, "next": number + 1,
        "unused": wording.listed(made.facts.get("unused", [])), "can_be_undone": can_be_undone(made),
        "not_listed": made.bad > 0 and made.facts.get("listed", 0) >= MOST_LISTED,
    }  # fmt: skip


def _in_words(fault: Fault, made: Import, table: Table) -> dict[str, Any]:
    reason, remedy = cell_fault(fault.code, fault.facts, table.words)
    heading = made.facts.get("headings", {}).get(fault.column) or table.column(fault.column).name
    return {"line": fault.line, "column": heading, "value": fault.shown, "reason": reason, "remedy": remedy}


def bad_rows(made: Import, table: Table) -> Iterator[tuple[int, list[str], str]]:
    """The rows that have faults: number, cells as they stood, and what is wrong with them."""
    said: dict[int, list[str]] = {}
    for faults in parts_of(made, Part.Kind.FAULTS):
        for each in faults:
            told = _in_words(Fault(*each), made, table)
            said.setdefault(told["line"], []).append(f"{told['column']}：{told['reason']}。{told['remedy']}")
    for rows in parts_of(made, Part.Kind.BAD):
        for line, cells in rows:
            yield line, cells, "\n".join(said.get(line, []))


def export_pieces(made: Export) -> Iterator[bytes]:
    """A file that is going out, piece by piece."""
    for pk in list(made.parts.order_by("number").values_list("pk", flat=True)):
        part = ExportPart.objects.select_related("of").get(pk=pk)
        yield sealing.unseal_bytes(part, "sealed")


def actor_names(keys: Iterable[str]) -> dict[str, str]:
    """Names of accounts by their keys."""
    return dict(import_string(settings.ACTOR_NAMES)(keys))


def faults_page(made: Import, number: int) -> tuple[list[Fault], int]:
    """One page of the faults, in the order of the file, and how many pages there are."""
    held = Part.objects.filter(of=made, attempt=made.attempt, kind=Part.Kind.FAULTS)
    pages = held.count()
    part = held.select_related("of").filter(number=number).first() if pages else None
    return ([Fault(*each) for each in parts.told(part)] if part else []), pages


def lines_with_faults(made: Import) -> set[int]:
    """Rows of the file that are not written: those whose fault showed only after they had been set aside as good."""
    return set(made.facts.get("late", []))


def headings_of(account: str, table: str) -> dict[str, str]:
    """What this account has said of the headings of its files."""
    said = Heading.objects.filter(account=account, table=table)
    return dict(said.values_list("heading", "column"))


def history(table: str, scopes: Iterable[int]) -> QuerySet[Import]:
    """Imports of a table into these places, the newest first."""
    return Import.objects.filter(table=table, scope__in=list(scopes))


def waiting_at(scopes: Iterable[int]) -> set[int]:
    """Those among the places for which a checked file waits to be written, or is being written."""
    waiting = Import.objects.filter(
        scope__in=list(scopes), status__in=[Import.Status.CHECKED, Import.Status.ORDERED]
    )
    return set(waiting.values_list("scope", flat=True))


def can_be_undone(made: Import) -> bool:
    """Whether what the import wrote can still be taken back: it was written, and not too long ago."""
    if made.status != Import.Status.WRITTEN or made.written_at is None:
        return False
    kept = timedelta(days=settings.KEEP_UNDO_DAYS)
    return timezone.now() - made.written_at <= kept and made.parts.filter(kind=Part.Kind.TRACE).exists()
