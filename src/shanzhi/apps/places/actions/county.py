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

CODES_FILE = ("code", "name", "township_code", "township_name")
YEARS = range(2000, 2101)


@transaction.atomic
def load_divisions(*, county_code: str, county_name: str, content: str, valid_from: date, by: str) -> Place:
    """Load a county with its townships and villages from a codes file: code,name,township_code,township_name."""
    if Place.objects.exists():
        raise Refused(_("This installation has its county already. Nothing was changed."))
    if not (county_code.isascii() and county_code.isdigit() and len(county_code) == 6):
        raise Wrong("county_code", _("A county's code has 6 digits, such as 141130."))
    if not county_name.strip():
        raise Wrong("county_name", _("The county needs its name."))
    rows = _divisions(content, county_code)
    county = _place(county_code, county_name.strip(), Place.Kind.COUNTY, None, valid_from)
    townships: dict[str, Place] = {}
    for row in rows:
        above = row["township_code"]
        if above not in townships:
            townships[above] = _place(above, row["township_name"], Place.Kind.TOWNSHIP, county, valid_from)
        kind = Place.Kind.VILLAGE if row["code"][9] in "23" else Place.Kind.COMMUNITY  # REG-03
        _place(row["code"], row["name"], kind, townships[above], valid_from)
    record.write(
        by=by, act="places.divisions_loaded", subject=f"place:{county.code}", scope=county.pk,
        townships=len(townships), villages=len(rows),
    )  # fmt: skip
    return county


def _divisions(content: str, county_code: str) -> list[dict[str, str]]:
    """The rows of a codes file, checked (REG-01). Raises Unreadable with the row."""
    reader = csv.DictReader(io.StringIO(content.removeprefix("\ufeff")))
    if missing := [name for name in CODES_FILE if name not in (reader.fieldnames or [])]:
        raise Unreadable(
            _("Columns are missing: {names}. The first line of the file is: {wanted}").format(
                names=", ".join(missing), wanted=",".join(CODES_FILE)
            )
        )
    rows, names, seen = [], {}, set()
    for line, raw in enumerate(reader, start=2):
        row = {name: (raw[name] or "").strip() for name in CODES_FILE}
        fault = _division_fault(row, county_code, seen, names)
        if fault:
            raise Unreadable(_("Row {line}: {fault} Nothing was loaded.").format(line=line, fault=fault))
        seen.add(row["code"])
        names[row["township_code"]] = row["township_name"]
        rows.append(row)
    if not rows:
        raise Unreadable(_("The file has column names but no village below them."))
    return rows


def _division_fault(row: dict[str, str], county_code: str, seen: set[str], names: dict[str, str]) -> str:
    code, above = row["code"], row["township_code"]
    if not (code.isascii() and code.isdigit() and len(code) == 12 and code.startswith(county_code)):
        return _("“{code}” is not a 12-digit code of this county ({county}).").format(
            code=code, county=county_code
        )
    if above != code[:9]:
        return _("the township's code “{above}” is not the first nine digits of {code}.").format(
            above=above, code=code
        )
    if code in seen:
        return _("the code {code} stands in the file twice.").format(code=code)
    if not row["name"] or not row["township_name"]:
        return _("the name of the village or of its township is missing.")
    if names.get(above, row["township_name"]) != row["township_name"]:
        return _("the township {above} has two names in the file.").format(above=above)
    return ""


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


def _place(code: str, name: str, kind: str, parent: Place | None, valid_from: date) -> Place:
    place = Place.objects.create(code=code, name=name, kind=kind, parent=parent, valid_from=valid_from)
    place.lineage = f"{parent.lineage if parent else '/'}{place.pk}/"
    place.save()
    return place
