"""What a county loads and sets for itself: its divisions, holiday tables, local choices."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shanzhi.apps.places.bridge import codes
from shanzhi.apps.places.errors import Refused, Unreadable, Wrong
from shanzhi.apps.places.models import HolidayTable, LocalSetting, Place
from shanzhi.apps.record import actions as record
from shanzhi.core import divisions
from shanzhi.core.law.holidays import Holidays, Unusable

YEARS = range(2000, 2101)


@transaction.atomic
def load_divisions(*, county_code: str, county_name: str, content: str, valid_from: date, by: str) -> Place:
    """Load a county with its townships and villages from a codes file: code,name,township_code,township_name."""
    if Place.objects.exists():
        raise Refused(_("This installation has its county already. Nothing was changed."))
    code = codes.county_code(county_code)
    if not county_name.strip():
        raise Wrong("county_name", _("The county needs its name."))
    rows = codes.read(content, code)
    county = new_place(code, county_name.strip(), None, valid_from)
    townships: dict[str, Place] = {}
    for row in rows:
        above = row.township_code
        if above not in townships:
            townships[above] = new_place(above, row.township_name, county, valid_from)
        new_place(row.code, row.name, townships[above], valid_from)
    record.write(
        by=by, act="places.divisions_loaded", subject=f"place:{county.code}", scope=county.pk,
        townships=len(townships), villages=len(rows),
    )  # fmt: skip
    return county


def new_place(code: str, name: str, parent: Place | None, valid_from: date) -> Place:
    """A place of the kind that its code says (REG-02, REG-03), with its lineage."""
    place = Place.objects.create(
        code=code, name=name, kind=divisions.kind(code), parent=parent, valid_from=valid_from
    )
    place.lineage = f"{parent.lineage if parent else '/'}{place.pk}/"
    place.save()
    return place


@transaction.atomic
def load_holidays(*, content: bytes, county: Place, by: str) -> HolidayTable:
    """Load the State Council's table of one year (the JSON form of holiday-cn). The same table twice is loaded once."""
    year, days, notice = _holiday_table(content)
    held = HolidayTable.objects.filter(year=year).first()
    if held and (held.days, held.notice) == (days, notice):
        return held
    table, _new = HolidayTable.objects.update_or_create(year=year, defaults={"days": days, "notice": notice})
    record.write(
        by=by, act="places.holidays_loaded", subject=f"holidays:{table.year}", scope=county.pk,
        days=len(days), replaced=held is not None,
    )  # fmt: skip
    return table


def _holiday_table(content: bytes) -> tuple[int, list[dict[str, Any]], str]:
    try:
        data = json.loads(content)
        Holidays.from_json(data)
    except Unusable as bad:
        raise Unreadable(
            _("The table cannot be used: {fault}. Download the year's table anew.").format(fault=bad)
        ) from None
    except (ValueError, RecursionError):
        raise Unreadable(_("The file is not JSON. Download the year's table as a .json file.")) from None
    if data["year"] not in YEARS:
        raise Unreadable(_("The year {year} cannot be right. Look into the file.").format(year=data["year"]))
    days = [
        {"name": str(each.get("name", ""))[:20], "date": each["date"], "isOffDay": each["isOffDay"]}
        for each in data["days"]
    ]
    return data["year"], days, "、".join(str(paper) for paper in data.get("papers", []))[:200]


@transaction.atomic
def set_local_setting(
    *, place: Place, key: str, value: Any, issuer: str, document: str, issued_on: date, since: date, by: str
) -> LocalSetting:
    """Set a choice that the law leaves open, with the document that made it."""
    if not issuer.strip() or not document.strip():
        raise Wrong("issuer", _("A local choice names its issuing body and document number."))
    if issued_on > since:
        raise Wrong("since", _("A choice cannot be in force before its document was made."))
    facts = {"value": value, "issuer": issuer.strip(), "document": document.strip(), "issued_on": issued_on}
    held = LocalSetting.objects.filter(place=place, key=key, since=since).first()
    if held and all(getattr(held, name) == wanted for name, wanted in facts.items()):
        return held
    made, _new = LocalSetting.objects.update_or_create(place=place, key=key, since=since, defaults=facts)
    record.write(by=by, act="places.setting_set", subject=f"setting:{key}", scope=place.pk, document=document)
    return made
