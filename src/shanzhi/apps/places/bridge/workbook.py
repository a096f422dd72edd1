"""The roster as an Excel file: the template to fill in, and the export of a village."""

from __future__ import annotations

import io
from collections.abc import Iterable

import xlsxwriter

from shanzhi.apps.places.bridge.columns import COLUMNS, NEEDED, RESIDENCE
from shanzhi.apps.places.bridge.roster import FORMULA

WIDTHS = {
    "id_number": 22,
    "name": 10,
    "phone": 14,
    "residence": 14,
    "here_since": 20,
    "born": 12,
    "relation": 12,
    "rights": 14,
}
RELATIONS_OFFERED = [
    "户主",
    "配偶",
    "子女",
    "父母",
    "兄弟姐妹",
    "孙子",
    "孙女",
    "祖父",
    "祖母",
    "儿媳",
    "女婿",
    "其他",
]
CHOICES = {
    "sex": ["男", "女"],
    "residence": list(RESIDENCE)[:3],
    "party": ["群众", "中共党员", "中共预备党员"],
    "relation": RELATIONS_OFFERED,
    "rights": ["否", "是"],
}
EXAMPLE = [
    "001", "一组", "示例：张三", "男", "11010519491231002X", "1949-12-31", "户主", "户在人在", "", "群众", "13800000000", "否",
]  # fmt: skip
HELP = [
    "填表说明",
    "1. 一行填一人；同一户的人填相同的户号，每户只有一名户主。",
    "2. 带 * 的列必须填写：户号、姓名、公民身份号码、居住情况。",
    "3. “公民身份号码”一列已设为文本格式，请直接填写18位号码，最后一位可以是 X。"
    "从别的表格粘贴时请选“只粘贴文本”，否则 Excel 会把号码末尾几位变成 0。",
    "4. 居住情况：户籍在本村且住在本村填“户在人在”；户籍在本村、住在外地填“户在人不在”；"
    "户籍在外地、住在本村填“人在户不在”，并填写“居住或工作起始日期”。",
    "5. 日期写成 1965-03-21。性别和出生日期可以不填，由身份号码得出；填了就会与身份号码核对。",
    "6. “与户主关系”填写本人是户主的什么人，例如户主的妻子填“配偶”。",
    "7. 政治面貌、联系电话、剥夺政治权利留空，表示不改动系统里已有的内容。",
    "8. “示例”行不会被导入，可以删除，也可以保留。",
    "9. 导入前系统会逐行检查，列出每处问题，确认之后才写入。",
]


def template() -> bytes:
    """The empty roster with drop-downs and instructions."""
    return workbook([EXAMPLE], rows_to_fill=2000)


def workbook(rows: Iterable[Iterable[str]], *, rows_to_fill: int = 0) -> bytes:
    """A roster with these rows. Every cell is text, so that no number is ever damaged; nothing is a formula."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("名册")
    text = book.add_format({"num_format": 0x31})  # the built-in format "text", which WPS knows too
    head = book.add_format({"bold": True, "bg_color": "#E7EEF5", "border": 1})
    for at, (column, names) in enumerate(COLUMNS.items()):
        sheet.set_column(at, at, WIDTHS.get(column, 11), text)
        sheet.write_string(0, at, names[0] + ("*" if column in NEEDED else ""), head)
        if rows_to_fill and column in CHOICES:
            sheet.data_validation(1, at, rows_to_fill, at, {"validate": "list", "source": CHOICES[column]})
    for line, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            sheet.write_string(line, at, harmless(value), text)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    _write_help(book)
    book.close()
    return buffer.getvalue()


def harmless(value: str) -> str:
    """A text that no spreadsheet takes for a formula; an import reads it back as it was."""
    return f"'{value}" if value.startswith((*FORMULA, "\t", "\r")) else value


def _write_help(book: xlsxwriter.Workbook) -> None:
    notes = book.add_worksheet("填表说明")
    notes.set_column(0, 0, 100)
    wrapped = book.add_format({"text_wrap": True})
    for line, words in enumerate(HELP):
        notes.write_string(line, 0, words, wrapped)
