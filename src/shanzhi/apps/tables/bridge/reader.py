"""Reads one file in a process of its own: an open file comes in, rows go out as lines of JSON.

A file may be built to fill the memory or to run for ever. Here that ends this small process and nothing else.

    python -I -m shanzhi.apps.tables.bridge.reader FD

First line out: {"sheets": [[name, first rows], ...]} or {"fault": why}. Then, for the number of a sheet on standard
input: {"of": about how many rows}, lines of [[number, cells], ...], and {"end": true}. No Django, no database, no keys.
"""

from __future__ import annotations

import csv
import gc
import io
import json
import os
import sys
import zipfile
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from itertools import islice
from typing import IO, Any
from xml.parsers import expat

from shanzhi.apps.tables.bridge import xlsx
from shanzhi.apps.tables.bridge.xlsx import Broken

MEMORY, SECONDS = 512 * 1024 * 1024, 60
HEAD = 10  # rows of each sheet that are shown before one is chosen
BATCH_ROWS, BATCH_TEXT = 500, 512 * 1024
OLD = b"\xd0\xcf\x11\xe0"  # how an .xls file begins, and one locked with a password
OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"GIF8",
    b"\x7fELF",
    b"MZ",
)
MOST_OLD = 32 * 1024 * 1024  # an .xls file ends at 65,536 rows; one that is larger holds something else

Rows = Iterator[tuple[int, list[object]]]


def limit() -> None:
    """Bind this process to a size and a time, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Xls:
    """An Excel 97 workbook. Its format ends at 65,536 rows, so the library may hold it whole."""

    def __init__(self, file: IO[bytes]) -> None:
        import python_calamine as excel

        content = file.read(MOST_OLD + 1)
        if len(content) > MOST_OLD:
            raise Broken("unpacks")
        if "_VBA_PROJECT".encode("utf-16-le") in content:
            raise Broken("macros")
        try:
            self._book = excel.CalamineWorkbook.from_filelike(io.BytesIO(content))
        except excel.PasswordError:
            raise Broken("password") from None
        except excel.CalamineError as broken:
            raise Broken("password" if "assword" in str(broken) else "damaged") from None
        visible = [
            sheet.name for sheet in self._book.sheets_metadata
            if sheet.typ == excel.SheetTypeEnum.WorkSheet and sheet.visible == excel.SheetVisibleEnum.Visible
        ]  # fmt: skip
        self.sheets = [(name, name) for name in visible[: xlsx.MOST_SHEETS]]

    def expected(self, sheet: str) -> int:
        return int(self._book.get_sheet_by_name(sheet).total_height)

    def rows(self, sheet: str) -> Rows:
        held = self._book.get_sheet_by_name(sheet)
        blocks = {
            (top, left): bottom
            for (top, left), (bottom, _right) in held.merged_cell_ranges or []
            if bottom > top
        }
        said: dict[int, tuple[int, object]] = {}
        for at, cells in enumerate(held.to_python(skip_empty_area=False)):
            row: list[object] = [_plain(cell) for cell in cells[: xlsx.MOST_COLUMNS]]
            for column in range(len(row)):
                if (at, column) in blocks:
                    said[column] = (blocks[at, column], row[column])
                elif row[column] == "" and column in said and at <= said[column][0]:
                    row[column] = said[column][1]
            if any(cell != "" for cell in row):
                yield at + 1, row


class Csv:
    """A text table: UTF-8 with or without its mark, UTF-16 with one, or GBK; commas, tabs or semicolons."""

    sheets = [("", "")]

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._lines = 0
        self._encoding = self._encoding_of()

    def expected(self, _sheet: str) -> int:
        return self._lines

    def _encoding_of(self) -> str:
        self._file.seek(0)
        mark = self._file.read(2)
        first = "utf-16" if mark in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
        for encoding in (first, "gb18030"):
            if self._decodes(encoding):
                return encoding
        raise Broken("encoding")

    def _decodes(self, encoding: str) -> bool:
        decoder = getincrementaldecoder(encoding)()
        self._file.seek(0)
        self._lines = 0
        try:
            while piece := self._file.read(xlsx.PIECE):
                text = decoder.decode(piece)
                self._lines += text.count("\n")
                if "\x00" in text:
                    return False
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            return False
        return True

    def rows(self, _sheet: str) -> Rows:
        self._file.seek(0)
        text = io.TextIOWrapper(self._file, encoding=self._encoding, newline="")
        try:
            first = list(islice(iter(lambda: text.readline(xlsx.MOST_TEXT), ""), HEAD))
            if "".join(first).lstrip()[:1] == "<":
                raise Broken("web_page")
            delimiter = max(",\t;", key=max(first, key=len, default="").count)
            text.seek(0)
            csv.field_size_limit(xlsx.MOST_TEXT)
            table = csv.reader(text, delimiter=delimiter, strict=True)
            for at, cells in enumerate(table, start=1):
                if at > xlsx.MOST_ROWS + HEAD:
                    raise Broken("rows")
                yield at, list(cells[: xlsx.MOST_COLUMNS])
        except csv.Error as broken:
            raise Broken(
                "quotation" if "quote" in str(broken) or "end of data" in str(broken) else "damaged"
            ) from None
        finally:
            text.detach()


def opened(file: IO[bytes]) -> Xls | Csv | xlsx.Workbook:
    """The file as what it is, whatever it is called. Raises Broken."""
    begins = file.read(8)
    file.seek(0)
    if not begins:
        raise Broken("empty")
    if begins.startswith(b"PK"):
        return xlsx.Workbook(file)
    if begins.startswith(OLD):
        return Xls(file)
    if begins.startswith(OTHERS):
        raise Broken("other")
    return Csv(file)


def tell(book: Xls | Csv | xlsx.Workbook, ask: IO[str], out: IO[str]) -> None:
    """The first rows of each sheet, and then all rows of the one that is asked for."""
    heads = [[name, list(islice(book.rows(name), HEAD))] for name, _at in book.sheets]
    _say(out, {"sheets": heads})
    answer = ask.readline().strip()
    if not answer.isdigit() or int(answer) >= len(book.sheets):
        return
    name = book.sheets[int(answer)][0]
    _say(out, {"of": book.expected(name)})
    batch: list[tuple[int, list[object]]] = []
    size = 0
    for line, cells in book.rows(name):
        batch.append((line, cells))
        size += sum(len(cell) for cell in cells if isinstance(cell, str))
        if len(batch) >= BATCH_ROWS or size > BATCH_TEXT:
            _say(out, batch)
            batch, size = [], 0
    if batch:
        _say(out, batch)
    _say(out, {"end": True})


def _say(out: IO[str], told: Any) -> None:
    out.write(json.dumps(told, separators=(",", ":")))
    out.write("\n")
    out.flush()


def _plain(cell: object) -> object:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, str | int | float) else str(cell)


def main() -> None:
    limit()
    gc.disable()  # rows come and go without rings; looking for rings costs a fifth of the time
    out = sys.stdout
    try:
        with os.fdopen(int(sys.argv[1]), "rb") as file:
            tell(opened(file), sys.stdin, out)
    except Broken as broken:
        _say(out, {"fault": broken.fault})
    except (MemoryError, zipfile.LargeZipFile):
        _say(out, {"fault": "unpacks"})
    except RuntimeError as broken:  # zipfile's word for an entry under a password
        _say(out, {"fault": "password" if "password" in str(broken) else "damaged"})
    except (
        zipfile.BadZipFile,
        expat.ExpatError,
        OSError,
        ValueError,
        EOFError,
        KeyError,
        NotImplementedError,
    ):
        _say(out, {"fault": "damaged"})


if __name__ == "__main__":
    main()
