"""Opens one workbook in a process of its own: bytes come in, rows go out as JSON.

A workbook may be built to fill the memory or to run for ever: a bomb of zeros, or two cells in opposite corners of
a sheet. Here that ends this small process and nothing else. Run by path, isolated, without Django; see `table.py`.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from contextlib import suppress
from datetime import date, datetime
from typing import Any

MEMORY, SECONDS = 768 * 1024 * 1024, 20
MOST_UNPACKED, MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 80 * 1024 * 1024, 20_000, 200, 20
OLD = b"\xd0\xcf\x11\xe0"  # how an .xls file begins, and one locked with a password


def limit() -> None:
    """Bind this process to a size and a time, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def fault_of(content: bytes) -> str:
    """What can be said before the workbook is opened."""
    if content.startswith(OLD):
        return "macros" if "_VBA_PROJECT".encode("utf-16-le") in content else ""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
            return "unpacks"
        names = packed.namelist()
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return "macros"
    return "" if "xl/workbook.xml" in names else "other"


def sheets(content: bytes) -> list[dict[str, Any]]:
    """The visible sheets with their rows; a merged cell says the same in all its rows."""
    import python_calamine as excel

    book = excel.CalamineWorkbook.from_filelike(io.BytesIO(content))
    seen = [
        sheet.name for sheet in book.sheets_metadata
        if sheet.typ == excel.SheetTypeEnum.WorkSheet and sheet.visible == excel.SheetVisibleEnum.Visible
    ]  # fmt: skip
    return [_sheet(book.get_sheet_by_name(name)) for name in seen[:MOST_SHEETS]]


def _sheet(sheet: Any) -> dict[str, Any]:
    rows = [
        [_plain(cell) for cell in row[:MOST_COLUMNS]]
        for row in sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
    ]
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or []:
        for line in range(top + 1, min(bottom + 1, len(rows))):
            if left < len(rows[line]) and rows[line][left] == "":
                rows[line][left] = rows[top][left]
    return {"name": sheet.name, "rows": rows}


def _plain(cell: object) -> object:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, str | int | float) else str(cell)


def answer(content: bytes) -> dict[str, Any]:
    """The sheets, or the name of the fault."""
    import python_calamine as excel

    try:
        fault = fault_of(content)
        return {"fault": fault} if fault else {"sheets": sheets(content)}
    except excel.PasswordError:
        return {"fault": "password"}
    except (MemoryError, zipfile.LargeZipFile):
        return {"fault": "unpacks"}
    except (zipfile.BadZipFile, excel.CalamineError, OSError, ValueError, EOFError) as broken:
        return {"fault": "password" if "assword" in str(broken) else "damaged"}


if __name__ == "__main__":
    limit()
    json.dump(answer(sys.stdin.buffer.read()), sys.stdout)
