"""What is said of a bad row: which row and column, what stands there, why it cannot be used, how to mend it."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from shanzhi.apps.places.bridge.roster import kin_of_household
from shanzhi.core import identity
from tests.apps.tables.bringing import check, faults, good
from tests.apps.tables.files import row
from tests.cast import make_id_number, make_place

pytestmark = pytest.mark.django_db

GOOD = make_id_number(1)


@pytest.fixture
def village():
    county = make_place("141130", "交口县", "county")
    township = make_place("141130104", "石口镇", "township", parent=county)
    return make_place("141130104200", "石口村委会", "village", parent=township)


@pytest.fixture
def read(village):
    def read(*rows):
        made = check(village, *rows)
        return SimpleNamespace(good=good(made), bad=faults(made), bad_lines=made.bad)

    return read


@pytest.fixture
def fault_of(read):
    def fault_of(**cells):
        (fault,) = read(row(1, **cells)).bad
        return fault

    return fault_of


def test_a_good_row_with_every_column_becomes_a_person(village, read):
    facts = {
        "村民小组": "二组", "性别": "女", "出生日期": "1970-05-01", "与户主关系": "户主", "居住或工作起始日期": "2020-1-1",
        "政治面貌": "中共党员", "文化程度": "高中", "联系电话": "138 0000 0000", "剥夺政治权利": "否",
    }  # fmt: skip
    (only,) = read(row(1, **facts)).good

    assert only == SimpleNamespace(
        line=2, place=village.pk, household="001", group="二组", name="王秀兰", sex="f", id_number=GOOD, born="1970-05-01",
        relation="head", residence="resident", here_since="2020-01-01", party="full", phone="13800000000", rights=False,
        education="senior", township="", village="", code="",
    )  # fmt: skip


def test_what_the_file_does_not_say_is_not_made_up(read):
    (only,) = read(row(1)).good

    assert (only.party, only.phone, only.rights, only.relation, only.group) == ("", "", None, "", "")


@pytest.mark.parametrize(
    "typed",
    [
        "".join(chr(ord(c) + 0xFEE0) for c in GOOD),
        f" {GOOD[:6]} {GOOD[6:14]} {GOOD[14:]} ",
        f"\u202a{GOOD}\u202c",
        f"\ufeff{GOOD}\u200b",
        f"'{GOOD}",
        f"{GOOD}\u00a0",
        f"{GOOD}\u3000",
    ],
    ids=["full width", "spaced", "direction marks", "invisible", "apostrophe", "hard space", "wide space"],
)
def test_an_id_number_is_read_however_it_was_typed_or_pasted(typed, read):
    assert read(row(1, 公民身份号码=typed)).good[0].id_number == GOOD


def test_a_small_x_is_a_large_one(read):
    number = next(each for each in (make_id_number(serial) for serial in range(1, 99)) if each.endswith("X"))

    assert read(row(1, 公民身份号码=number.lower())).good[0].id_number == number


@pytest.mark.parametrize("typed", ["王 秀 兰", "王　秀兰", "\u200b王秀兰 "])
def test_spaces_in_a_name_are_set_right(typed, read):
    assert read(row(1, 姓名=typed)).good[0].name == "王秀兰"


@pytest.mark.parametrize("name", ["买买提·吐尔逊", "欧阳秀兰", "王㛃", "王兰﨑"])
def test_names_keep_their_own_characters(name, read):
    assert read(row(1, 姓名=name)).good[0].name == name


@pytest.mark.parametrize(
    ("cells", "column", "value", "reason"),
    [
        ({"户号": ""}, "户号", "", "is missing"),
        ({"姓名": ""}, "姓名", "", "is missing"),
        ({"居住情况": ""}, "居住情况", "", "is missing"),
        ({"公民身份号码": ""}, "公民身份号码", "", "is missing"),
        ({"公民身份号码": int(GOOD[:15]) * 1000}, "公民身份号码", "1.41…E+17", "damaged by Excel"),
        ({"公民身份号码": "1.4113E+17"}, "公民身份号码", "1.41…E+17", "damaged by Excel"),
        ({"公民身份号码": "141130196501234000"}, "公民身份号码", "141130…00", "damaged by Excel"),
        ({"公民身份号码": GOOD[:17]}, "公民身份号码", f"141130…{GOOD[15:17]}", "does not have 18"),
        ({"公民身份号码": "141130700501001"}, "公民身份号码", "141130…01", "only 15 digits"),
        ({"公民身份号码": GOOD[:10] + "O" + GOOD[11:]}, "公民身份号码", f"141130…{GOOD[-2:]}", "other than 17 digits"),
        ({"公民身份号码": GOOD[:6] + "**********" + GOOD[-2:]}, "公民身份号码", f"141130…{GOOD[-2:]}", "is masked"),
        ({"公民身份号码": "141130197502300024"}, "公民身份号码", "141130…24", "does not exist"),
        ({"公民身份号码": "141130202702010024"}, "公民身份号码", "141130…24", "in the future"),
        ({"公民身份号码": GOOD[:13] + "2" + GOOD[14:]}, "公民身份号码", f"141130…{GOOD[-2:]}", "check digit"),
        ({"性别": "男"}, "性别", "男", "does not fit the ID number"),
        ({"性别": "公"}, "性别", "公", "not one of the words"),
        ({"出生日期": "1971-05-01"}, "出生日期", "1971-05-01", "does not fit the ID number"),
        ({"出生日期": "1975-02-30"}, "出生日期", "1975-02-30", "is not a date"),
        ({"居住情况": "在外打工"}, "居住情况", "在外打工", "not one of the words"),
        ({"政治面貌": "积极分子"}, "政治面貌", "积极分子", "not one of the words"),
        ({"与户主关系": "邻居"}, "与户主关系", "邻居", "not one of the words"),
        ({"剥夺政治权利": "不知"}, "剥夺政治权利", "不知", "not one of the words"),
        ({"联系电话": "1380000"}, "联系电话", "*******", "not a phone number"),
        ({"居住或工作起始日期": "去年"}, "居住或工作起始日期", "去年", "is not a date"),
        ({"居住或工作起始日期": "2023.5"}, "居住或工作起始日期", "2023.5", "has no day"),
        ({"居住或工作起始日期": "2027-01-01"}, "居住或工作起始日期", "2027-01-01", "in the future"),
        ({"姓名": "王" * 41}, "姓名", "王" * 40, "too long"),
        ({"姓名": "王秀兰\n李大山"}, "姓名", "王秀兰\n李大山", "line break"),
        ({"村名": "柳树沟村"}, "村名", "柳树沟村", "not the village that is open here: 石口镇石口村委会"),
        ({"乡镇": "双池镇"}, "乡镇", "双池镇", "not the village that is open here"),
        ({"村代码": "141130102207"}, "村代码", "141130102207", "not the village that is open here"),
    ],
)  # fmt: skip
def test_each_fault_names_row_column_value_reason_and_remedy(cells, column, value, reason, english, fault_of):
    fault = fault_of(**cells)

    assert (fault.line, fault.column, fault.value) == (2, column, value)
    assert reason in fault.reason
    assert (
        fault.remedy.endswith((".", "、其他", "女", "外", "否", "员", "在", "Choose"))
        or "Choose from" in fault.remedy
    )


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    "where", [{"乡镇": "石口镇", "村名": "石口村"}, {"村名": "石口"}, {"村名": "石口镇石口村委会"}, {"村代码": "141130104200"},
              {"乡镇": "石口"}, {"村名": "石口村村民委员会"}],
)  # fmt: skip
def test_the_own_village_is_known_in_its_usual_spellings(where, read):
    assert read(row(1, **where)).bad == []


def test_two_villages_of_one_name_are_told_apart_by_their_township(read):
    """Jiaokou has two 石口村 (domain/jiaokou.md A2)."""
    checked = read(row(1, 乡镇="双池镇", 村名="石口村委会"))

    assert [fault.column for fault in checked.bad] == ["乡镇"]
    assert checked.good == []


def test_a_person_twice_in_the_file_is_a_fault_that_names_the_first_row(english, read):
    checked = read(row(1), row(2), row(3, 公民身份号码=GOOD))

    assert [each.line for each in checked.good] == [2, 3]
    (fault,) = checked.bad
    assert fault.line == 4
    assert "row 2" in fault.reason


def test_a_second_head_of_a_household_is_a_fault(english, read):
    checked = read(row(1, 与户主关系="户主"), row(2, 户号="001", 与户主关系="本人"))

    (fault,) = checked.bad
    assert (fault.line, fault.column) == (3, "与户主关系")
    assert "row 2" in fault.reason


def test_a_household_in_two_groups_is_a_fault_because_two_households_carry_one_number(english, read):
    checked = read(row(1, 村民小组="一组"), row(2, 户号="001"), row(3, 户号="001", 村民小组="二组"))

    (fault,) = checked.bad
    assert (fault.line, fault.column, fault.value) == (4, "村民小组", "二组")
    assert "一组 in row 2" in fault.reason


def test_a_number_cut_off_by_excel_is_doubted_even_when_its_check_digit_fits_by_chance(english, read):
    by_chance = next(
        number
        for day in range(1, 29)
        for number in (f"141130196501{day:02d}0000", f"141130196502{day:02d}0000")
        if check_digit_fits(number)
    )

    alone = read(row(1), row(2, 公民身份号码=by_chance))
    among = read(row(1), row(2, 公民身份号码=by_chance), row(3, 公民身份号码="1.41130196501E+17"))

    assert alone.bad == []
    assert [each.line for each in among.good] == [2]
    assert [each.line for each in among.bad] == [3, 4]


def check_digit_fits(number):
    return identity.check_digit(number[:17]) == number[17]


def test_a_row_with_several_faults_lists_them_all_and_counts_once(read):
    checked = read(row(1, 性别="男", 居住情况="不知", 联系电话="12"))

    assert {fault.column for fault in checked.bad} == {"性别", "居住情况", "联系电话"}
    assert checked.bad_lines == 1


def test_a_phone_that_excel_took_for_a_number_is_read(read):
    assert read(row(1, 联系电话=13800000000)).good[0].phone == "13800000000"


def test_no_full_number_stands_in_a_fault(read):
    checked = read(
        row(1), row(2, 公民身份号码=GOOD), row(3, 公民身份号码=GOOD[:-1] + "Y", 联系电话="138000000001")
    )

    told = " ".join(f"{each.value}{each.reason}{each.remedy}" for each in checked.bad)
    assert GOOD[6:16] not in told
    assert "138000000001" not in told


# Kin


def test_relations_of_a_household_become_links_to_its_head_and_among_children():
    members = [(1, "head"), (2, "spouse"), (3, "child"), (4, "child"), (5, "nephew"), (6, "")]

    assert list(kin_of_household(members)) == [
        (2, 1, "spouse"),
        (3, 1, "child"),
        (4, 1, "child"),
        (1, 5, "uncle"),
        (3, 4, "sibling"),
    ]


def test_a_household_without_a_head_states_no_kin():
    assert list(kin_of_household([(1, "child"), (2, "child")])) == []


def test_a_row_that_names_no_village_under_a_township_is_a_fault(village, english):
    made = check(
        village.parent, row(1), row(2, 村名="石口村"), row(3, 村代码=village.code), row(4, 村名="别处")
    )

    assert [each.line for each in good(made)] == [3, 4]
    assert {fault.column for fault in faults(made)} == {"村名"}
    assert {each.place for each in good(made)} == {village.pk}
