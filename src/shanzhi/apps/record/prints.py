"""The audit trail as a workbook, and as text."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from shanzhi.apps.record import selectors

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from shanzhi.apps.record.models import Event

    Write = Callable[[QuerySet[Event]], tuple[bytes, int]]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
MOST = 100_000  # rows: more opens badly on an office PC; narrow the days instead


def trail(events: QuerySet[Event]) -> tuple[bytes, int]:
    """The workbook and how many rows it holds, newest first, at most `MOST`."""
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(_("Audit trail"))
    bold = book.add_format({"bold": True})
    for at, width in enumerate((10, 20, 18, 30, 20, 34, 34, 60)):
        sheet.set_column(at, at, width)
    sheet.write_row(0, 0, _head(), bold)
    rows = 0
    for rows, row in enumerate(_rows(events), start=1):
        sheet.write_row(rows, 0, row)
    if rows == MOST:
        sheet.write_string(rows + 1, 0, _more())
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue(), rows


def trail_csv(events: QuerySet[Event]) -> tuple[bytes, int]:
    """The same as text, in UTF-8 with the mark that Excel needs to see that; no cell can become a formula."""
    target = StringIO()
    writer = csv.writer(target)
    writer.writerow(_head())
    rows = 0
    for row in _rows(events):
        writer.writerow([f"'{cell}" if str(cell).startswith(FORMULA) else cell for cell in row])
        rows += 1
    if rows == MOST:
        writer.writerow([_more()])
    return target.getvalue().encode("utf-8-sig"), rows


def _head() -> list[str]:
    return [_("Number"), _("When"), _("Who"), _("What"), _("Place"), _("On what"), _("Act"), _("Details")]


def _rows(events: QuerySet[Event]) -> Iterator[list[str | int]]:
    for line in selectors.told_in_parts(events[:MOST]):
        event = line.event
        when = f"{timezone.localtime(event.at):%Y-%m-%d %H:%M:%S}"
        yield [event.index, when, line.who, str(line.what), line.place, event.subject, event.act, line.facts]


def _more() -> str:
    return _("Only the newest {most} rows. For older ones narrow the days.").format(most=MOST)
