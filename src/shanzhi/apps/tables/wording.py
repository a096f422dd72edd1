"""What a fault of a file or of a cell is called, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanzhi.web import wording

SHOWN = 12  # choices that a remedy names
CARD = gettext_lazy("Compare it with the ID card, digit by digit.")

# Code of a fault -> reason, remedy. A table adds its own.
CELLS: dict[str, tuple[Any, Any]] = {
    "missing": (gettext_lazy("is missing"), gettext_lazy("Fill it in.")),
    "too_long": (
        gettext_lazy("is too long, or holds a line break or control character"),
        gettext_lazy("Type it anew, short and in one line."),
    ),
    "formula": (
        gettext_lazy("begins like a formula of a spreadsheet (=, +, - or @)"),
        gettext_lazy("Type it as plain text."),
    ),
    "unknown_word": (
        gettext_lazy("is not one of the words this column knows"),
        gettext_lazy("Choose from: {choices}"),
    ),
    "no_word": (gettext_lazy("is missing"), gettext_lazy("Choose from: {choices}")),
    "phone": (
        gettext_lazy("is not a phone number"),
        gettext_lazy("Eleven digits for a mobile phone, or area code and number; leave it empty if unknown."),
    ),
    "no_date": (gettext_lazy("is not a date"), gettext_lazy("Write it as 2023-05-31.")),
    "no_date_or_empty": (
        gettext_lazy("is not a date"),
        gettext_lazy("Write it as 1965-03-21, or leave it empty."),
    ),
    "no_day": (
        gettext_lazy("has no day"),
        gettext_lazy("Write the day as well; if nobody knows it, the last day of the month."),
    ),
    "future": (gettext_lazy("lies in the future"), gettext_lazy("Check the year.")),
    "no_number": (gettext_lazy("is not a number"), gettext_lazy("Type digits only.")),
    "too_fine": (
        gettext_lazy("has more decimal places than can be kept"),
        gettext_lazy("Write fewer decimal places; nothing is rounded for you."),
    ),
    "out_of_bounds": (
        gettext_lazy("is not between {least} and {most}"),
        gettext_lazy("Check the number and its unit."),
    ),
    "repeated": (
        gettext_lazy("the same entry stands in row {line} already"),
        gettext_lazy("Keep one of the two rows."),
    ),
    "id_empty": (
        gettext_lazy("is missing"),
        gettext_lazy("Fill it in from the ID card or household register."),
    ),
    "id_damaged_by_excel": (
        gettext_lazy("was damaged by Excel: the last digits are lost"),
        gettext_lazy(
            "Set the column to “Text” first, then type the number again from the ID card; "
            "the lost digits cannot be recovered."
        ),
    ),
    "id_masked": (
        gettext_lazy("is masked"),
        gettext_lazy("Use a file with full numbers, or type the number from the ID card."),
    ),
    "id_old": (
        gettext_lazy("has only 15 digits: an old number, or digits were lost"),
        gettext_lazy("Type the 18 characters of the present ID card."),
    ),
    "id_length": (gettext_lazy("does not have 18 characters"), CARD),
    "id_shape": (gettext_lazy("has something other than 17 digits and a last digit or X"), CARD),
    "id_date": (gettext_lazy("holds a date of birth that does not exist"), CARD),
    "id_future": (gettext_lazy("holds a date of birth in the future"), CARD),
    "id_check_digit": (
        gettext_lazy("has a check digit that does not fit: a digit is wrong or two are swapped"),
        CARD,
    ),
}

FILES: dict[str, Any] = {
    "empty": gettext_lazy("The file is empty. Choose the file that you filled in."),
    "macros": gettext_lazy(
        "The workbook carries macros. In Excel choose “Save as” and the type .xlsx, then upload that."
    ),
    "password": gettext_lazy(
        "The file is locked with a password. Open it in Excel, take the password off, and save it again."
    ),
    "unpacks": gettext_lazy(
        "The file unpacks to far more than a list. Copy the table into a new workbook and save that."
    ),
    "rows": gettext_lazy("The file has more than 200,000 rows. Split it, for example by township."),
    "other": gettext_lazy(
        "Only .xlsx, .xls and .csv files can be read. In Excel choose “Save as” and the type .xlsx."
    ),
    "web_page": gettext_lazy("This is a web page, not a table. Open it in Excel and save it as .xlsx."),
    "quotation": gettext_lazy(
        "The .csv file is broken: a quotation mark is never closed. In Excel save it as .xlsx."
    ),
    "encoding": gettext_lazy("The .csv file is neither UTF-8 nor GBK. In Excel save it as .xlsx."),
    "no_rows": gettext_lazy("The file has column names but nothing below them. Fill in one row for each entry."),
    "no_names": gettext_lazy("No row of the file names columns. Use the template, or put the column names in the first row."),
    "several": gettext_lazy("Several sheets hold such a list: {names}. Copy all rows into one sheet."),
}  # fmt: skip


def file_fault(code: str, **facts: str) -> str:
    """What is the matter with a file, and what to do."""
    damaged = _("The file is damaged or not an Excel file. Open it in Excel and save it again as .xlsx.")
    return str(FILES.get(code, damaged)).format(**facts)


def cell_fault(code: str, facts: Mapping[str, Any], own: Mapping[str, tuple[Any, Any]]) -> tuple[str, str]:
    """Reason and remedy of a cell's fault, in the reader's language."""
    reason, remedy = own.get(code) or CELLS[code]
    told = {name: _told(value) for name, value in facts.items()}
    return str(reason).format(**told), str(remedy).format(**told)


def _told(value: Any) -> str:
    if isinstance(value, list):
        return wording.listed(str(each) for each in value[:SHOWN])
    return str(value)


# Why numbers go out in full. Chosen and not typed: the trail is kept for good, and no free word about a person may get in.
REASONS: list[tuple[str, Any]] = [
    ("correct", gettext_lazy("to correct the list in Excel")),
    ("form", gettext_lazy("to fill in a form that a higher office requires")),
    ("check", gettext_lazy("to compare it with the ID card or household register")),
    ("authority", gettext_lazy("a court, the police or another authority asked in writing")),
]

NOT_OPENED = gettext_lazy(
    "A number here cannot be opened: it was changed behind the software's back, or its key is not on this server. "
    "Nothing was shown. Tell the operator."
)
