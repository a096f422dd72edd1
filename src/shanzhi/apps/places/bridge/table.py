"""A roster file -> its rows as plain text, with the columns that it names. Raises Unreadable with what to do."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from shanzhi.apps.places.bridge import reader
from shanzhi.apps.places.bridge.columns import COLUMNS, NEEDED, ONLY_HEADS, WHERE
from shanzhi.apps.places.errors import Unreadable
from shanzhi.web import wording

MOST_BYTES, MOST_ROWS = 5 * 1024 * 1024, reader.MOST_ROWS
HEADER_WITHIN = 10  # rows: county forms carry a title or two above the column names
PATIENCE = 60  # seconds for a process whose own time is limited to a third of that
_READER = str(Path(reader.__file__).resolve())


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below the column names: (row number as in the file, column -> text)."""

    rows: list[tuple[int, dict[str, str]]]
    headings: dict[str, str]  # column -> its name in this file
    unused: list[str]
    only_heads: bool = False


@dataclass(frozen=True, slots=True)
class _Header:
    at: int
    places: dict[str, int]
    headings: dict[str, str]
    unused: list[str]
    only_heads: bool


def read(content: bytes, file_name: str) -> Table:
    """The one sheet of the file that holds people."""
    if len(content) > MOST_BYTES:
        raise Unreadable(
            _(
                "The file is larger than 5 MB. A village's roster is smaller: remove pictures and other sheets."
            )
        )
    if not content:
        raise Unreadable(_("The file is empty. Choose the file that you filled in."))
    if file_name.lower().endswith((".xlsm", ".xltm", ".xlam")):
        raise Unreadable(fault_words("macros"))
    found, missing = [], list(NEEDED)
    for name, rows in _sheets(content):
        header = _header(rows)
        if isinstance(header, _Header):
            found.append((name, rows, header))
        elif len(header) < len(missing):
            missing = header
    if not found:
        names = wording.listed(COLUMNS[column][0] for column in missing)
        raise Unreadable(
            _("Columns are missing: {names}. Use the template, or name the columns so.").format(names=names)
        )
    if len(found) > 1:
        raise Unreadable(
            _("Several sheets hold people: {names}. Copy all rows into one sheet.").format(
                names=wording.listed(name for name, _rows, _header_ in found)
            )
        )
    _name, rows, header = found[0]
    return _table(rows, header)


def plain(cell: object) -> str:
    """A cell as text: full-width forms made narrow, invisible characters and outer spaces gone."""
    if isinstance(cell, bool):
        return {True: "是", False: "否"}[cell]
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    text = "".join(c for c in str(cell) if unicodedata.category(c) != "Cf")
    # Only the width changes: a rare character of a name keeps its own form.
    text = "".join(
        unicodedata.normalize("NFKC", c) if "！" <= c <= "～" or c == "\u3000" else c for c in text
    )
    return text.strip().removeprefix("'").strip()


def fault_words(fault: str) -> str:
    """What a file's fault means and what to do."""
    return {
        "macros": _("The workbook carries macros. In Excel choose “Save as” and the type .xlsx, then upload that."),
        "password": _("The file is locked with a password. Open it in Excel, take the password off, and save it again."),
        "unpacks": _("The file unpacks to far more than a roster. Copy the table into a new workbook and save that."),
        "other": _("Only .xlsx, .xls and .csv files can be read. In Excel choose “Save as” and the type .xlsx."),
    }.get(fault, _("The file is damaged or not an Excel file. Open it in Excel and save it again as .xlsx."))  # fmt: skip


# Reading the file


def _sheets(content: bytes) -> list[tuple[str, list[Sequence[object]]]]:
    if content.startswith((b"PK", reader.OLD)):
        sheets = _workbook(content)
    elif content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise Unreadable(fault_words("other"))
    else:
        sheets = [("", _csv(content))]
    if any(len(rows) > MOST_ROWS for _name, rows in sheets):
        raise Unreadable(_("The file has more than 20,000 rows. Import village by village."))
    return sheets


def _workbook(content: bytes) -> list[tuple[str, list[Sequence[object]]]]:
    try:
        done = subprocess.run(  # noqa: S603 - our own file, run by its full path
            [sys.executable, "-I", _READER], input=content, capture_output=True, timeout=PATIENCE, check=False
        )
        told = json.loads(done.stdout) if done.returncode == 0 else {"fault": "unpacks"}
    except (subprocess.TimeoutExpired, ValueError):
        told = {"fault": "unpacks"}
    if "fault" in told:
        raise Unreadable(fault_words(told["fault"]))
    return [(sheet["name"], sheet["rows"]) for sheet in told["sheets"]]


def _csv(content: bytes) -> list[Sequence[object]]:
    text = _decoded(content)
    if text.lstrip()[:1] == "<":
        raise Unreadable(_("This is a web page, not a table. Open it in Excel and save it as .xlsx."))
    first = max(text.splitlines()[:HEADER_WITHIN], key=len, default="")
    delimiter = max(",\t;", key=first.count)
    rows: list[Sequence[object]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append(row[: reader.MOST_COLUMNS])
            if len(rows) > MOST_ROWS:
                break
    except csv.Error as broken:
        raise Unreadable(
            _("The .csv file is broken: a quotation mark is never closed. In Excel save it as .xlsx.")
        ) from broken
    return rows


def _decoded(content: bytes) -> str:
    marks = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    for encoding in (marks.get(content[:2], "utf-8-sig"), "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(_("The .csv file is neither UTF-8 nor GBK. In Excel save it as .xlsx."))


# The column names


def _header(rows: list[Sequence[object]]) -> _Header | list[str]:
    """The row with the column names; or the needed columns that the best one lacks."""
    best = list(NEEDED)
    for at, cells in enumerate(rows[:HEADER_WITHIN]):
        header = _named(at, cells)
        missing = [column for column in NEEDED if column not in header.places]
        if not missing:
            return header
        best = missing if len(missing) < len(best) else best
    return best


def _named(at: int, cells: Sequence[object]) -> _Header:
    by_name = {name: column for column, names in (COLUMNS | WHERE).items() for name in names}
    names = [_heading(cell) for cell in cells]
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        column = by_name.get(name)
        if column and column not in places:
            places[column] = place
    heads = next((place for place, name in enumerate(names) if name in ONLY_HEADS), None)
    only_heads = heads is not None and "name" not in places
    if heads is not None and only_heads:
        places["name"] = heads
    used = set(places.values())
    unused = [name for place, name in enumerate(names) if name and place not in used]
    headings = {column: names[place] for column, place in places.items()}
    return _Header(at, places, headings, unused, only_heads)


def _heading(cell: object) -> str:
    name = "".join(plain(cell).split()).strip("*＊:：")
    return name.split("（必填", maxsplit=1)[0].split("(必填", maxsplit=1)[0]


def _table(rows: list[Sequence[object]], header: _Header) -> Table:
    return Table(list(_texts(rows, header)), header.headings, header.unused, header.only_heads)


def _texts(rows: list[Sequence[object]], header: _Header) -> Iterable[tuple[int, dict[str, str]]]:
    own = [place for column, place in header.places.items() if column not in WHERE]
    for at, cells in enumerate(rows[header.at + 1 :], start=header.at + 2):
        if any(place < len(cells) and plain(cells[place]) for place in own):
            yield (
                at,
                {
                    column: plain(cells[place]) if place < len(cells) else ""
                    for column, place in header.places.items()
                },
            )
