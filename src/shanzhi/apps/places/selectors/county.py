"""What the county set for itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from shanzhi.apps.places.models import HolidayTable, LocalSetting, Place
from shanzhi.core.law.holidays import COMMITTED, Holidays


def holidays() -> Holidays:
    """Rest days and make-up working days: our own table, and the years that an operator has loaded."""
    calendar = COMMITTED
    for table in HolidayTable.objects.all():
        calendar = calendar.with_year(
            Holidays.from_json({"year": table.year, "days": table.days, "papers": [table.notice]})
        )
    return calendar


def settings_on(place: Place, day: date) -> dict[str, Any]:
    """The local settings in force over a place on a day: the nearest place wins, then the newest."""
    chosen: dict[str, Any] = {}
    rows = LocalSetting.objects.filter(place_id__in=place.scopes, since__lte=day).select_related("place")
    for row in sorted(rows, key=lambda each: (len(each.place.lineage), each.since)):
        chosen[row.key] = row.value
    return chosen
