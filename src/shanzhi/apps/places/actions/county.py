"""What a county loads and sets for itself: its divisions, holiday tables, local choices."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shanzhi.apps.places.errors import Refused, Unreadable, Wrong
from shanzhi.apps.places.models import HolidayTable, LocalSetting, Place
from shanzhi.apps.record import actions as record
from shanzhi.core.law.holidays import Holidays, Unusable


@transaction.atomic
def load_divisions(*, county_code: str, county_name: str, content: str, valid_from: date, by: str) -> Place:
    """Load a county with its townships and villages from a codes file: code,name,township_code,township_name."""
    if Place.objects.exists():
        raise Refused(_("This installation has its county already."))
    county = _place(county_code, county_name, Place.Kind.COUNTY, None, valid_from)
    townships: dict[str, Place] = {}
    for row in csv.DictReader(io.StringIO(content)):
        if not (row["code"].isdigit() and len(row["code"]) == 12 and row["code"].startswith(county_code)):
            raise Unreadable(_("Not a 12-digit code of this county: {code}").format(code=row["code"]))
        above = row["township_code"]
        if above not in townships:
            townships[above] = _place(above, row["township_name"], Place.Kind.TOWNSHIP, county, valid_from)
        kind = Place.Kind.VILLAGE if row["code"][9] in "23" else Place.Kind.COMMUNITY  # REG-03
        _place(row["code"], row["name"], kind, townships[above], valid_from)
    record.write(by=by, act="places.divisions_loaded", subject=f"place:{county.code}", scope=county.pk)
    return county


@transaction.atomic
def load_holidays(*, content: bytes, county: Place, by: str) -> HolidayTable:
    """Load the State Council's table of one year (the JSON form of holiday-cn)."""
    try:
        data = json.loads(content)
        Holidays.from_json(data)
    except Unusable as bad:
        raise Unreadable(str(bad)) from None
    except (ValueError, UnicodeDecodeError):
        raise Unreadable(_("The file is not JSON. Download the year's table as a .json file.")) from None
    notice = "、".join(str(paper) for paper in data.get("papers", []))[:200]
    table, _new = HolidayTable.objects.update_or_create(
        year=data["year"], defaults={"days": data["days"], "notice": notice}
    )
    record.write(by=by, act="places.holidays_loaded", subject=f"holidays:{table.year}", scope=county.pk)
    return table


@transaction.atomic
def set_local_setting(
    *, place: Place, key: str, value: Any, issuer: str, document: str, issued_on: date, since: date, by: str
) -> LocalSetting:
    """Set a choice that the law leaves open, with the document that made it."""
    if not issuer.strip() or not document.strip():
        raise Wrong("issuer", _("A local choice names its issuing body and document number."))
    made, _new = LocalSetting.objects.update_or_create(
        place=place, key=key, since=since,
        defaults={"value": value, "issuer": issuer.strip(), "document": document.strip(), "issued_on": issued_on},
    )  # fmt: skip
    record.write(by=by, act="places.setting_set", subject=f"setting:{key}", scope=place.pk, document=document)
    return made


def _place(code: str, name: str, kind: str, parent: Place | None, valid_from: date) -> Place:
    place = Place.objects.create(code=code, name=name, kind=kind, parent=parent, valid_from=valid_from)
    place.lineage = f"{parent.lineage if parent else '/'}{place.pk}/"
    place.save()
    return place
