"""The template and the export: text in every cell, drop-downs, instructions, and nothing that a spreadsheet would run."""

import io
import re
import zipfile

import pytest
import python_calamine

from shanzhi.apps.places.tables import ROSTER
from shanzhi.apps.tables.actions.exports import as_workbook
from shanzhi.apps.tables.bridge import workbook
from tests.apps.tables import bringing

COLUMNS = [ROSTER.column(key) for key in ROSTER.template]


def sheet_of(content, name):
    return (
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        .get_sheet_by_name(name)
        .to_python()
    )


def test_the_template_names_the_columns_marks_the_needed_ones_and_explains_in_chinese():
    content = workbook.template(ROSTER)

    header, example, *_rest = sheet_of(content, "名册")
    assert [name.rstrip("*") for name in header] == [column.name for column in COLUMNS]
    assert [name for name in header if name.endswith("*")] == ["户号*", "姓名*", "公民身份号码*", "居住情况*"]
    assert example[2].startswith("示例")
    assert len(sheet_of(content, "填表说明")) >= 8


def test_the_template_keeps_id_numbers_as_text_and_offers_choices():
    with zipfile.ZipFile(io.BytesIO(workbook.template(ROSTER))) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
        styles = packed.read("xl/styles.xml").decode()

    assert sheet.count("<dataValidation ") == sum(bool(column.offered) for column in COLUMNS)
    assert 'numFmtId="49"' in styles  # Excel's format "text"
    styled = re.findall(r'<col min="(\d+)" max="(\d+)" [^>]*style="1"', sheet)
    columns = {at for first, last in styled for at in range(int(first), int(last) + 1)}
    assert columns == set(range(1, len(COLUMNS) + 1))  # rows that nobody has typed yet are text too


def test_every_choice_of_the_template_is_a_word_that_the_import_knows():
    for column in ROSTER.columns:
        read = column.reader(today=bringing.TODAY)
        assert all(read(word) is not None for word in column.offered)


@pytest.mark.parametrize("text", ['=HYPERLINK("http://evil.example")', "+1", "-1", "@SUM(A1)", "\t=1"])
def test_an_export_makes_text_harmless_that_a_spreadsheet_would_run(text):
    content = as_workbook(COLUMNS, [["001", "", text]])

    cell = sheet_of(content, "名册")[1][2]
    assert cell == f"'{text}"
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert "<f>" not in packed.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.django_db
def test_what_was_made_harmless_is_read_back_as_a_fault_and_not_run(county):
    content = as_workbook(COLUMNS, [["001", "", "=1+1", "", "", "", "", "户在人在"]])

    made = bringing.check_file(county.village, content)

    assert "姓名" in {each.column for each in bringing.faults(made)}
