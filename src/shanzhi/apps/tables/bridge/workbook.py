"""Tables as files that go out: the empty template, the rows of an export, the rows that have faults."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from django.conf import settings

from shanzhi.apps.tables.declared import Table
from shanzhi.core.tables.cells import harmless
from shanzhi.core.tables.columns import Column

TO_FILL = 2000  # rows of the template that offer choices
TEXT = 0x31  # the built-in format "text", which WPS knows too
Texts = Iterable[Sequence[str]]


def template(table: Table) -> bytes:
    """The empty table: drop-downs, number columns as text, an example, and instructions."""
    buffer = io.BytesIO()
    book = _book(buffer, constant_memory=False)
    columns = [table.column(key) for key in table.template] or list(table.columns)
    sheet = _headed(book, columns)
    for at, column in enumerate(columns):
        if column.offered:
            sheet.data_validation(1, at, TO_FILL, at, {"validate": "list", "source": list(column.offered)})
    if table.example:
        text = book.add_format({"num_format": TEXT})
        for at, column in enumerate(columns):
            sheet.write_string(1, at, table.example.get(column.key, ""), text)
    _write_notes(book, table, columns)
    book.close()
    return buffer.getvalue()


def write(file: IO[bytes], form: str, columns: Sequence[Column], rows: Texts) -> int:
    """The rows as .xlsx or .csv into an open file, one row in memory at a time; how many there were."""
    return _write_xlsx(file, columns, rows) if form == "xlsx" else _write_csv(file, columns, rows)


def with_faults(names: Sequence[str], rows: Iterable[tuple[int, Sequence[str], str]]) -> bytes:
    """The rows that have faults as they stood, each with its number and what is wrong: to mend and upload again."""
    buffer = io.BytesIO()
    book = _book(buffer, constant_memory=False)
    sheet = book.add_worksheet("待改")
    text = book.add_format({"num_format": TEXT})
    wrapped = book.add_format({"text_wrap": True, "font_color": "#B00020"})
    head = book.add_format({"bold": True, "bg_color": "#E7EEF5", "border": 1})
    for at, name in enumerate([*names, "原行号", "问题与改法"]):
        sheet.write_string(0, at, name, head)
    sheet.set_column(0, max(len(names) - 1, 0), 14, text)
    sheet.set_column(len(names) + 1, len(names) + 1, 60)
    for line, (number, cells, said) in enumerate(rows, start=1):
        for at, cell in enumerate(cells[: len(names)]):
            sheet.write_string(line, at, harmless(cell), text)
        sheet.write_string(line, len(names), str(number), text)
        sheet.write_string(line, len(names) + 1, said, wrapped)
    sheet.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()


def _book(file: IO[bytes], *, constant_memory: bool) -> Any:
    folder = (
        Path(settings.VAR) / "tmp"
    )  # names pass through it: not a folder that others of this machine read
    folder.mkdir(mode=0o700, exist_ok=True)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "tmpdir": str(folder)}
    return xlsxwriter.Workbook(
        file, options | {"constant_memory": constant_memory, "in_memory": not constant_memory}
    )


def _headed(book: Any, columns: Sequence[Column]) -> Any:
    sheet = book.add_worksheet("名册")
    text = book.add_format({"num_format": TEXT})
    head = book.add_format({"bold": True, "bg_color": "#E7EEF5", "border": 1})
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width, text)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column.name + ("*" if column.needed else ""), head)
    return sheet


def _write_xlsx(file: IO[bytes], columns: Sequence[Column], rows: Texts) -> int:
    """Every cell is text, so that no number is ever damaged; nothing is a formula. A column's format is its cells'."""
    book = _book(file, constant_memory=True)
    line = 0
    try:
        sheet = _headed(book, columns)
        for line, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                if value:
                    sheet.write_string(line, at, harmless(value))
    finally:
        book.close()  # it keeps rows in a file without a name, which goes when it is closed
    return line


def _write_csv(file: IO[bytes], columns: Sequence[Column], rows: Texts) -> int:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow([column.name for column in columns])
    written = 0
    for row in rows:
        writer.writerow([harmless(value) for value in row])
        written += 1
    text.flush()
    text.detach()
    return written


def _write_notes(book: Any, table: Table, columns: Sequence[Column]) -> None:
    notes = book.add_worksheet("填表说明")
    notes.set_column(0, 0, 100)
    wrapped = book.add_format({"text_wrap": True})
    for line, words in enumerate(_notes(table, columns)):
        notes.write_string(line, 0, words, wrapped)


def _notes(table: Table, columns: Sequence[Column]) -> Iterator[str]:
    needed = "、".join(column.name for column in columns if column.needed)
    told = [f"带 * 的列必须填写：{needed}。"] if needed else []
    told += [f"{column.name}：{column.says}" for column in columns if column.says]
    told += table.notes
    if table.example:
        told.append("“示例”行不会被导入，可以删除，也可以保留。")
    told.append("导入前系统会逐行检查，列出每处问题，确认之后才写入；写入后三十天内可以撤回。")
    yield "填表说明"
    yield from (f"{number}. {words}" for number, words in enumerate(told, start=1))
