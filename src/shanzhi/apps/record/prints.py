"""The audit trail as a workbook."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from shanzhi.apps.record import selectors

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from shanzhi.apps.record.models import Event

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
    sheet.write_row(
        0,
        0,
        [_("Number"), _("When"), _("Who"), _("What"), _("Place"), _("On what"), _("Act"), _("Details")],
        bold,
    )
    rows = 0
    for rows, line in enumerate(selectors.told_in_parts(events[:MOST]), start=1):
        at = timezone.localtime(line.event.at)
        sheet.write_row(rows, 0, [
            line.event.index, f"{at:%Y-%m-%d %H:%M:%S}", line.who, str(line.what), line.place, line.event.subject,
            line.event.act, line.facts,
        ])  # fmt: skip
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue(), rows
