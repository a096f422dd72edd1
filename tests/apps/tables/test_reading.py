"""Which files are read, in which forms, and what is said of those that are not."""

import io
import resource
import subprocess
import sys
import time
import zipfile
from datetime import date
from types import SimpleNamespace

import pytest
import xlsxwriter
from django.utils import translation

from shanzhi.apps.places.tables import ROSTER
from shanzhi.apps.tables.bridge import reader, workbook
from shanzhi.apps.tables.errors import Unreadable
from shanzhi.core.tables import dates
from shanzhi.web.uploads import MOST_BYTES
from tests.apps.tables import bringing, files
from tests.apps.tables.files import as_csv, row, xls, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(county):
    def read(content, name="名册.xlsx"):
        made = bringing.check_file(county.village, content, name=name)
        return SimpleNamespace(
            good=bringing.good(made), bad=bringing.faults(made), unused=made.facts.get("unused"), made=made
        )

    return read


@pytest.fixture
def refused(read):
    def refused(content, name="名册.xlsx"):
        with translation.override("en"), pytest.raises(Unreadable) as refusal:
            read(content, name)
        return str(refusal.value.message)

    return refused


PERSON = row(1)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("名册.xlsx", xlsx(PERSON)),
        ("名册.xls", xls(PERSON.keys(), PERSON.values())),
        ("名册.csv", as_csv(PERSON)),
        ("名册.csv", as_csv(PERSON, encoding="utf-8-sig")),
        ("名册.csv", as_csv(PERSON, encoding="gbk")),
        ("名册.csv", as_csv(PERSON, encoding="gb18030")),
        ("名册.csv", as_csv(PERSON, encoding="utf-16")),
        ("名册.csv", as_csv(PERSON, delimiter="\t", encoding="utf-16")),
        ("名册.csv", as_csv(PERSON, delimiter=";")),
        ("名册.csv", xlsx(PERSON)),
        ("名册.XLS", xlsx(PERSON)),
        ("名册", as_csv(PERSON)),
    ],
    ids=[
        "xlsx", "xls", "utf-8", "utf-8 with BOM", "gbk", "gb18030", "unicode text", "unicode text with tabs",
        "semicolons", "a workbook that is called csv", "a new workbook with the old name", "no ending",
    ],
)  # fmt: skip
def test_a_roster_is_read_in_every_form_that_excel_writes(name, content, read):
    checked = read(content, name)

    assert checked.bad == []
    (only,) = checked.good
    assert (only.name, only.id_number, only.residence) == ("王秀兰", files.ID, "resident")
    assert only.line == 2


def test_rare_characters_of_a_name_survive_gb18030(read):
    checked = read(as_csv(row(1, 姓名="王𬍛㛃"), encoding="gb18030"), "名册.csv")

    assert checked.good[0].name == "王𬍛㛃"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("公民身份号码", "身份证号"),
        ("公民身份号码", "身份证号码"),
        ("公民身份号码", "居民身份证号码"),
        ("公民身份号码", "证件号码"),
        ("公民身份号码", "身份证"),
        ("公民身份号码", " 公民 身份号码* "),
        ("公民身份号码", "身份证号（必填，18位）"),
        ("户号", "家庭编号"),
        ("户号", "户口簿号"),
        ("姓名", "姓　名"),
        ("居住情况", "居住状态"),
    ],
)
def test_columns_are_known_by_the_names_that_real_files_use(ours, theirs, read):
    person = {theirs if name == ours else name: value for name, value in PERSON.items()}

    assert len(read(xlsx(person)).good) == 1


def test_a_phone_and_a_sex_column_are_known_by_their_usual_names(read):
    checked = read(xlsx(row(1, 性别="女", 电话="13800000000")))

    assert checked.good[0].phone == "13800000000"


def test_a_list_of_heads_only_is_read_with_the_heads_name(read):
    person = {"户主姓名" if name == "姓名" else name: value for name, value in PERSON.items()}

    (only,) = read(xlsx(person)).good

    assert (only.name, only.relation) == ("王秀兰", "head")


def test_beside_a_name_column_the_heads_name_is_not_read_and_this_is_said(read):
    checked = read(xlsx(row(1, 户主姓名="李大山", 备注="低保")))

    assert checked.good[0].name == "王秀兰"
    assert checked.unused == ["户主姓名", "备注"]


def test_a_title_above_the_column_names_does_not_matter_and_rows_keep_their_numbers(read):
    checked = read(xlsx(PERSON, row(2, 姓名=""), title="柳树沟村村民名册"))

    assert [each.line for each in checked.good] == [3]
    assert [each.line for each in checked.bad] == [4]


def test_empty_lines_are_passed_over_and_rows_keep_their_numbers(read):
    checked = read(xlsx(PERSON, {}, {"姓名": "  "}, row(2)))

    assert [each.line for each in checked.good] == [2, 5]


def test_a_household_number_written_once_for_merged_cells_holds_for_all(read):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, name in enumerate(files.HEADER):
        sheet.write_string(0, at, name)
    sheet.merge_range(1, 0, 2, 0, "007")
    for line, person in ((1, row(1)), (2, row(2))):
        for at, name in enumerate(files.HEADER[1:], start=1):
            sheet.write_string(line, at, person[name])
    book.close()

    assert [each.household for each in read(buffer.getvalue()).good] == ["007", "007"]


def test_the_example_row_of_the_template_is_passed_over(refused):
    assert "nothing below them" in refused(workbook.template(ROSTER))


def test_a_file_that_lacks_a_needed_column_asks_which_column_is_which(read):
    made = read(xlsx({"姓名": "王秀兰", "电话": "13800000000", "证号": files.ID})).made

    assert made.status == "unknown"
    assert made.facts == {"headings": ["姓名", "电话", "证号"]}


def test_two_sheets_of_people_are_not_read_by_halves(refused):
    assert "Sheet1, Sheet2" in refused(xlsx(PERSON, sheets=2))


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "a.xlsx", "empty"),
        (b"PK\x03\x04 and nothing more", "a.xlsx", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "a.xls", "damaged"),
        (b"%PDF-1.7 ...", "a.xlsx", "Only .xlsx, .xls and .csv"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "a.xls", "web page"),
        ("户号,姓名\n1,\"王".encode(), "a.csv", "quotation mark"),
        (bytes(range(128, 256)) * 40, "a.csv", "neither UTF-8 nor GBK"),
        (bytes(200), "a.csv", "neither UTF-8 nor GBK"),
        (files.repacked(xlsx(PERSON), {"xl/vbaProject.bin": b"Sub AutoOpen"}), "a.xlsx", "macros"),
        (xls(["_VBA_PROJECT"]), "a.xls", "macros"),
        (xlsx(header=files.HEADER), "a.xlsx", "nothing below them"),
        (as_csv(PERSON) + b"1,,,\n" * 200_011, "a.csv", "200,000"),
    ],
    ids=[
        "empty", "torn xlsx", "torn xls", "pdf", "web page", "open quotation", "bytes", "zeros", "macros in xlsx",
        "macros in xls", "nobody", "too many rows",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(content, name, says, refused):
    assert says in refused(content, name)


def test_another_kind_of_zip_is_not_taken_for_a_workbook(refused):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")

    assert "Only .xlsx, .xls and .csv" in refused(buffer.getvalue())


@pytest.mark.parametrize("hostile", [files.bomb, files.lying_bomb, files.far_corners])
def test_a_hostile_workbook_is_refused_in_bounded_memory_and_time(hostile, refused):
    content = hostile()
    assert len(content) < MOST_BYTES
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # kilobytes
    began = time.monotonic()

    words = refused(content)

    assert "unpacks to far more" in words or "damaged" in words or "names columns" in words
    assert time.monotonic() - began < 2 * reader.SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss <= max(before, reader.MEMORY // 1024)


def test_the_reader_answers_by_itself_without_django(tmp_path):
    (tmp_path / "torn.xlsx").write_bytes(b"PK")
    with (tmp_path / "torn.xlsx").open("rb") as file:
        done = subprocess.run(
            [sys.executable, "-I", "-X", "importtime", "-m", reader.__name__, str(file.fileno())],
            stdin=subprocess.DEVNULL, capture_output=True, check=True, pass_fds=[file.fileno()],
        )  # fmt: skip

    assert b'"fault":"damaged"' in done.stdout
    assert b"django" not in done.stderr


@pytest.mark.parametrize("formula", ['=HYPERLINK("http://evil.example","点")', "+1+1", "-2", "@SUM(A1)"])
@pytest.mark.parametrize("column", ["姓名", "户号"])
def test_text_that_begins_like_a_formula_is_a_fault(formula, column, read):
    checked = read(xlsx(row(1, **{column: formula})))

    assert [each.column for each in checked.bad] == [column]
    assert checked.good == []


# Dates


@pytest.mark.parametrize(
    "text",
    [
        "1965-03-21", "1965/3/21", "1965.3.21", "19650321", "1965年3月21日", "1965-3-21 00:00:00", "1965/03/21 0:00", "23822",
    ],
)  # fmt: skip
def test_a_whole_date_is_read_in_its_real_forms(text):
    assert dates.read(text).day == date(1965, 3, 21)


@pytest.mark.parametrize("text", ["1965.3", "1965-03", "196503", "1965年3月", "1965/3"])
def test_a_month_without_a_day_stays_a_month(text):
    written = dates.read(text)

    assert written.day is None
    assert written.agrees_with(date(1965, 3, 21))
    assert not written.agrees_with(date(1965, 4, 21))


def test_october_survives_excel_which_takes_1965_10_for_a_number():
    assert dates.read("1965.1").agrees_with(date(1965, 10, 2))
    assert dates.read("1965.1").agrees_with(date(1965, 1, 2))
    assert not dates.read("1965.1").agrees_with(date(1965, 11, 2))


@pytest.mark.parametrize(
    "text", ["", "1975-02-30", "3月", "65-3-21", "昨天", "0", "99999", "1965-13", "1965--3", "²0200101"]
)
def test_what_is_no_date_is_none(text):
    assert dates.read(text) is None


@pytest.mark.parametrize("cell", [date(1970, 5, 1), "1970.5", "1970-5-1", 25689, "１９７０年５月１日"])
def test_a_date_of_birth_in_any_form_is_compared_with_the_id_number(cell, read):
    assert read(xlsx(row(1, 出生日期=cell))).bad == []


def test_a_date_of_birth_that_differs_is_a_fault(read):
    (fault,) = read(xlsx(row(1, 出生日期=date(1971, 5, 1)))).bad

    assert (fault.column, fault.value) == ("出生日期", "1971-05-01")
