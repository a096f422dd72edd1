"""Roster files for the tests: good ones, spoiled ones, and hostile ones."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from collections.abc import Iterable
from datetime import date
from typing import Any

import xlsxwriter

from tests.badday.compound import compound
from tests.cast import make_id_number

HEADER = ("户号", "姓名", "公民身份号码", "居住情况")
ID = make_id_number(1)


def row(serial: int = 1, **facts: Any) -> dict[str, Any]:
    """One good row; facts by column name replace or add cells."""
    born = facts.pop("born", date(1970, 5, 1))
    woman = facts.pop("woman", True)
    plain = {
        "户号": f"{serial:03d}", "姓名": "王秀兰", "公民身份号码": make_id_number(serial, born=born, woman=woman),
        "居住情况": "户在人在",
    }  # fmt: skip
    return plain | facts


def xlsx(*rows: dict[str, Any], title: str = "", sheets: int = 1, header: Iterable[str] = ()) -> bytes:
    """A workbook as Excel writes it: strings as text, numbers as numbers, dates as dates."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    day = book.add_format({"num_format": "yyyy/m/d"})
    names = list(header) or list(dict.fromkeys(name for each in rows for name in each)) or list(HEADER)
    for _sheet in range(sheets):
        sheet = book.add_worksheet()
        first = 1 if title else 0
        if title:
            sheet.write_string(0, 0, title)
        for at, name in enumerate(names):
            sheet.write_string(first, at, name)
        for line, each in enumerate(rows, start=first + 1):
            for name, value in each.items():
                at = names.index(name)
                if isinstance(value, date):
                    sheet.write_datetime(line, at, value, day)
                elif isinstance(value, str):
                    sheet.write_string(line, at, value)
                else:
                    sheet.write(line, at, value)
    book.close()
    return buffer.getvalue()


def as_csv(*rows: dict[str, Any], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """The same as text in an encoding."""
    names = list(dict.fromkeys(name for each in rows for name in each))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def xls(*rows: Iterable[str]) -> bytes:
    """A workbook as Excel 97 wrote it: one sheet of labels in one stream of a compound file."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def words(text: str) -> bytes:
        return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")

    cells = b"".join(
        record(0x0204, struct.pack("<HHH", line, at, 0) + words(text))
        for line, cells in enumerate(rows)
        for at, text in enumerate(cells)
    )
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells + record(0x000A, b"")
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    name = "名册"
    bound_length = 4 + 4 + 2 + 2 + len(name) * 2
    place = len(begin) + bound_length + 4
    bound = record(
        0x0085, struct.pack("<IBB", place, 0, 0) + struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    )
    return compound(begin + bound + record(0x000A, b"") + sheet)


def repacked(content: bytes, replace: dict[str, bytes], *, without: str = "") -> bytes:
    """The workbook with parts replaced or added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part not in replace and part != without:
                new.writestr(part, old.read(part))
        for part, body in replace.items():
            new.writestr(part, body)
    return buffer.getvalue()


def bomb(size: int = 200 * 1024 * 1024) -> bytes:
    """A small workbook whose sheet unpacks to very much."""
    return _blown_up("xl/worksheets/sheet1.xml", b"", size)


def lying_bomb(size: int = 900 * 1024 * 1024) -> bytes:
    """The same, but its list of contents says that the part is small."""
    content = bytearray(_blown_up("xl/sharedStrings.xml", b"<sst>", size))
    told = struct.pack("<I", size + 5)
    at = content.find(told)
    while at >= 0:
        content[at : at + 4] = struct.pack("<I", 2000)
        at = content.find(told, at + 4)
    return bytes(content)


def _blown_up(part: str, begin: bytes, size: int) -> bytes:
    """Written bit by bit, so that the test itself stays small."""
    buffer = io.BytesIO(repacked(xlsx(row()), {}, without=part))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as packed, packed.open(part, "w") as out:
        out.write(begin)
        for _mebibyte in range(size // 2**20):
            out.write(bytes(2**20))
    return buffer.getvalue()


def far_corners() -> bytes:
    """A workbook of a few hundred bytes with a cell in each far corner of its sheet."""
    sheet = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    return repacked(xlsx(row()), {"xl/worksheets/sheet1.xml": sheet})
