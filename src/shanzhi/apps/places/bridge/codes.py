"""A codes file of the statistics bureau, read row by row: code,name,township_code,township_name (REG-01 to REG-03)."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shanzhi.apps.places.errors import Unreadable, Wrong
from shanzhi.core import divisions

COLUMNS = ("code", "name", "township_code", "township_name")
# What people write above the same columns.
ALIASES = {
    "代码": "code", "统计用区划代码": "code", "村代码": "code", "名称": "name", "村名": "name", "村名称": "name",
    "乡镇代码": "township_code", "乡镇": "township_name", "乡镇名称": "township_name",
}  # fmt: skip
LONGEST_NAME, MOST_ROWS = 20, 5000


@dataclass(frozen=True, slots=True)
class Row:
    """One village or community with its township; both codes in twelve digits."""

    code: str
    name: str
    township_code: str
    township_name: str


def county_code(typed: str) -> str:
    """A county's code in twelve digits. Raises Wrong."""
    plain = typed.strip()
    if not (
        plain.isascii()
        and plain.isdigit()
        and (len(plain) == 6 or (len(plain) == 12 and plain.endswith("000000")))
    ):
        raise Wrong("county_code", _("A county's code has 6 digits, such as 141130."))
    return divisions.full(plain)


def decoded(content: bytes) -> str:
    """The text of a file that may be UTF-8, with or without a mark, or GBK. Raises Unreadable."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("The file is neither UTF-8 nor GBK. Save it as CSV (UTF-8) and choose it again."))


def read(content: str, county: str) -> list[Row]:
    """The rows of a codes file of the county with this full code. Raises Unreadable with the first bad row."""
    rows, faults = check(content, county)
    for line, fault in faults:
        raise Unreadable(_("Row {line}: {fault} Nothing was loaded.").format(line=line, fault=fault))
    return rows


def check(content: str, county: str) -> tuple[list[Row], list[tuple[int, str]]]:
    """The good rows of a codes file, and every bad one with its number and why. Raises Unreadable for no codes file."""
    reader = csv.reader(io.StringIO(content.removeprefix("\ufeff")))
    try:
        raw = [[cell.strip() for cell in line] for line in reader]
    except csv.Error:
        raise Unreadable(_("The file is no CSV file. Save the table as CSV and choose it again.")) from None
    if len(raw) > MOST_ROWS:
        raise Unreadable(_("The file has more rows than a county has villages. Is it the right file?"))
    heads = [ALIASES.get(each, each) for each in (raw[0] if raw else [])]
    if missing := [name for name in COLUMNS if name not in heads]:
        raise Unreadable(
            _("Columns are missing: {names}. The first line of the file is: {wanted}").format(
                names=", ".join(missing), wanted=",".join(COLUMNS)
            )
        )
    rows, faults, seen, names = [], [], set[str](), dict[str, str]()
    for line, cells in enumerate(raw[1:], start=2):
        if not any(cells):
            continue
        row = dict(zip(heads, cells + [""] * len(heads), strict=False))
        if fault := _fault(row, county, seen, names):
            faults.append((line, fault))
            continue
        seen.add(row["code"])
        names[row["code"][:9]] = row["township_name"]
        rows.append(Row(row["code"], row["name"], divisions.above(row["code"]), row["township_name"]))
    if not rows and not faults:
        raise Unreadable(_("The file has column names but no village below them."))
    return rows, faults


def _fault(row: dict[str, str], county: str, seen: set[str], names: dict[str, str]) -> str:
    return _code_fault(row["code"], row["township_code"], county, seen) or _name_fault(row, names)


def _code_fault(code: str, above: str, county: str, seen: set[str]) -> str:
    if not (code.isascii() and code.isdigit() and len(code) == 12 and code.startswith(county[:6])):
        return _("“{code}” is not a 12-digit code of this county ({county}).").format(
            code=code, county=county[:6]
        )
    if divisions.level(code) != "village" or code[6:9] == "000":
        return _("{code} is the code of a township or county, not of a village.").format(code=code)
    if above not in {code[:9], divisions.above(code)}:
        return _("the township's code “{above}” is not the first nine digits of {code}.").format(
            above=above, code=code
        )
    return _("the code {code} stands in the file twice.").format(code=code) if code in seen else ""


def _name_fault(row: dict[str, str], names: dict[str, str]) -> str:
    name, township, above = row["name"], row["township_name"], row["code"][:9]
    if not name or not township:
        return _("the name of the village or of its township is missing.")
    if max(len(name), len(township)) > LONGEST_NAME:
        return _("a name has more than {most} characters.").format(most=LONGEST_NAME)
    if names.get(above, township) != township:
        return _("the township {above} has two names in the file.").format(above=above)
    return ""
