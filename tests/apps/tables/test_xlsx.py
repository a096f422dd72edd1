"""Our streaming reader against calamine, which holds the sheet whole: the same rows, whatever the workbook."""

import io
import zipfile
from datetime import date, datetime

import pytest
import python_calamine as calamine
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from shanzhi.apps.tables.bridge import xlsx
from shanzhi.core.tables.cells import plain
from tests.apps.tables.files import repacked

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
    max_size=12,
)
CELLS = st.one_of(
    TEXTS,
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2199, 12, 31)),
    st.none(),
)
SHEETS = st.lists(st.lists(CELLS, max_size=6), min_size=1, max_size=12)


def workbook(rows, *, constant_memory=False, from_1904=False, merged=()):
    buffer = io.BytesIO()
    options = {"constant_memory": constant_memory, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options | {"date_1904": from_1904})
    sheet = book.add_worksheet("名册")
    day = book.add_format({"num_format": "yyyy/m/d"})
    for line, row in enumerate(rows):
        for at, value in enumerate(row):
            if isinstance(value, bool):
                sheet.write_boolean(line, at, value)
            elif isinstance(value, date):
                sheet.write_datetime(line, at, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
            elif isinstance(value, str):
                sheet.write_string(line, at, value)
            elif value is not None:
                sheet.write_number(line, at, value)
    for top, left, bottom, said in merged:
        sheet.merge_range(top, left, bottom, left, said)
    book.close()
    return buffer.getvalue()


def ours(content):
    book = xlsx.Workbook(io.BytesIO(content))
    (sheet,) = book.sheets
    return {line: [plain(cell) for cell in cells] for line, cells in book.rows(sheet[0])}


def theirs(content):
    sheet = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False)
    return {line: [plain(_day(cell)) for cell in row] for line, row in enumerate(rows, start=1)}


def _day(cell):
    return (
        cell.date().isoformat()
        if isinstance(cell, datetime)
        else cell.isoformat()
        if isinstance(cell, date)
        else cell
    )


def same(one, other):
    lines = {line for rows in (one, other) for line, cells in rows.items() if any(cells)}
    assert {line: _bare(one.get(line, [])) for line in lines} == {
        line: _bare(other.get(line, [])) for line in lines
    }


def _bare(cells):
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


@settings(max_examples=120, deadline=None)
@given(SHEETS, st.booleans(), st.booleans())
def test_any_workbook_reads_as_calamine_reads_it(rows, constant_memory, from_1904):
    content = workbook(rows, constant_memory=constant_memory, from_1904=from_1904)

    same(ours(content), theirs(content))


def test_what_merged_cells_say_stands_in_all_their_rows():
    content = workbook([["户号", "姓名"], ["", "甲"], ["", "乙"], ["", "丙"]], merged=[(1, 0, 2, "007")])

    assert ours(content) == {1: ["户号", "姓名"], 2: ["007", "甲"], 3: ["007", "乙"], 4: ["", "丙"]}


SHARED = """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<si><r><rPr><b/></rPr><t>王</t></r><r><t xml:space="preserve">秀兰</t></r><rPh sb="0" eb="1"><t>WANG</t></rPh></si></sst>"""
SHEET = """<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>
<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="str"><x:f>A1&amp;"x"</x:f><x:v>算出的</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c>
<x:c t="d"><x:v>2020-01-02T00:00:00</x:v></x:c><x:c t="inlineStr"><x:is><x:t>行内</x:t></x:is></x:c></x:row>
</x:sheetData></x:worksheet>"""


def test_rich_texts_prefixes_missing_references_and_computed_cells_are_read():
    parts = {"xl/sharedStrings.xml": SHARED.encode(), "xl/worksheets/sheet1.xml": SHEET.encode()}
    content = repacked(workbook([["甲"]]), parts)

    assert ours(content) == {1: ["王秀兰", "算出的", "#N/A", "2020-01-02", "行内"]}


def test_a_document_type_is_refused_the_door_to_entity_bombs():
    bomb = b'<!DOCTYPE lol [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sst>&b;</sst>'
    content = repacked(workbook([["甲"]]), {"xl/sharedStrings.xml": bomb})

    with pytest.raises(xlsx.Broken):
        ours(content)


def test_a_sheet_that_never_ends_is_given_up(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 5)

    with pytest.raises(xlsx.Broken) as broken:
        ours(workbook([[str(line)] for line in range(8)]))
    assert broken.value.fault == "rows"


def test_hidden_sheets_are_not_read():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    book.add_worksheet("看得见").write_string(0, 0, "甲")
    book.add_worksheet("藏起来").hide()
    book.close()

    assert [name for name, _relation in xlsx.Workbook(io.BytesIO(buffer.getvalue())).sheets] == ["看得见"]


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("yyyy-mm-dd", True), ("m/d/yy h:mm", True), ('yyyy"年"m"月"d"日"', True), ("[$-804]yyyy/m/d;@", True), ("[h]:mm:ss", True),
        ("0.00", False), ("General", False), ("@", False), ('#,##0"元"', False), ('0.0"days"', False), ("[Red]0", False),
    ],
)  # fmt: skip
def test_a_number_format_says_whether_a_number_is_a_day(code, is_date):
    assert xlsx.is_date_format(code) is is_date


def test_an_archive_that_is_none_is_damaged():
    with pytest.raises(zipfile.BadZipFile):
        xlsx.Workbook(io.BytesIO(b"PK\x03\x04"))
