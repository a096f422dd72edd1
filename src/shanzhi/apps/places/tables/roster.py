"""The roster of people: one person a row, with the household and the kin that its rows state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.places import selectors
from shanzhi.apps.places.actions.roster import RosterIntake
from shanzhi.apps.places.bridge.roster import EDUCATION, PARTY, RELATIONS, RELATIONS_OFFERED, RESIDENCE, SEX
from shanzhi.apps.tables.declared import Intake, Purpose, Scope, Table
from shanzhi.core.tables.columns import Choice, Compared, Day, DayOrMonth, IdNumber, Phone, Text, YesNo


@dataclass(frozen=True)
class Roster(Table):
    """People, households and kin of a village, or of every village under a township or county."""

    def intake(self, scope: Scope, *, today: date) -> Intake:
        return RosterIntake(scope, today=today)

    def rows(self, scope: Scope, *, purpose: Purpose, filters: Mapping[str, str]) -> Iterator[list[str]]:
        return selectors.roster_texts(
            scope.id, self.columns, purpose.columns, in_full=purpose.in_full, filters=filters
        )

    def is_large(self, scope: Scope) -> bool:
        return selectors.people_under(scope.id).count() > LARGE

    def filtered(self, filters: Mapping[str, str]) -> list[str]:
        return selectors.filter_words(filters)


LARGE = 5_000  # people: a larger file is made beside the pages
WHERE = (
    Compared("township", ("乡镇", "乡镇名称", "所在乡镇", "所属乡镇", "乡（镇）", "乡(镇)"), width=10),
    Compared(
        "village",
        (
            "村",
            "村名",
            "行政村",
            "所在村",
            "所属村",
            "村委会",
            "村名称",
            "行政村名称",
            "村（社区）",
            "村(社区)",
        ),
        width=14,
    ),
    Compared("code", ("村代码", "村编码", "行政区划代码", "区划代码", "行政村代码"), width=14),
)
PEOPLE = (
    Text(
        "household",
        ("户号", "户编号", "家庭编号", "家庭户号", "户口簿号", "户口本号", "户籍号", "户口号"),
        needed=True, longest=20, says="同一户的人填相同的户号，每户只有一名户主。",
    ),
    Text("group", ("村民小组", "小组", "组别", "组", "村组", "所在小组"), longest=30),
    Text(
        "name", ("姓名", "名字", "成员姓名", "家庭成员姓名", "村民姓名", "人员姓名"),
        needed=True, longest=40, joined=True, width=10,
    ),
    Choice("sex", ("性别",), choices=SEX, offer=("男", "女"), width=6),
    IdNumber(
        "id_number",
        ("公民身份号码", "身份证号", "身份证号码", "居民身份证号码", "居民身份证号", "公民身份证号码", "公民身份证号", "身份证",
         "身份号码", "证件号码", "证件号"),
        needed=True,
        says="这一列已设为文本格式，请直接填写18位号码，最后一位可以是 X。"
        "从别的表格粘贴时请选“只粘贴文本”，否则 Excel 会把号码末尾几位变成 0。",
    ),
    DayOrMonth(
        "born", ("出生日期", "出生年月日", "出生年月", "生日"),
        says="写成 1965-03-21。性别和出生日期可以不填，由身份号码得出；填了就会与身份号码核对。",
    ),
    Choice(
        "relation", ("与户主关系", "户主关系", "与户主的关系", "家庭关系", "关系"), choices=RELATIONS, offer=RELATIONS_OFFERED,
        says="填写本人是户主的什么人，例如户主的妻子填“配偶”。",
    ),
    Choice(
        "residence", ("居住情况", "居住状态", "居住状况", "人户情况", "在村情况", "居住类型"),
        needed=True, choices=RESIDENCE, offer=tuple(RESIDENCE)[:3], width=14,
        says="户籍在本村且住在本村填“户在人在”；户籍在本村、住在外地填“户在人不在”；户籍在外地、住在本村填“人在户不在”，并填写“居住或工作起始日期”。",
    ),
    Day("here_since", ("居住或工作起始日期", "来村日期", "来村时间", "居住起始日期"), width=20, says="写成 2023-05-31。"),
    Choice("party", ("政治面貌",), choices=PARTY, offer=("群众", "中共党员", "中共预备党员"), width=14),
    Choice(
        "education", ("文化程度", "学历", "受教育程度", "最高学历"), choices=EDUCATION,
        offer=("未上学", "小学", "初中", "高中", "中专", "大专", "本科", "研究生"), width=12,
    ),
    Phone("phone", ("联系电话", "电话", "手机号", "手机", "手机号码", "电话号码", "联系方式")),
    YesNo("rights", ("剥夺政治权利", "是否剥夺政治权利", "被剥夺政治权利"), width=14),
)  # fmt: skip
TEMPLATE = tuple(column.key for column in PEOPLE)

ROSTER = Roster(
    key="roster", title=_("Roster of people"), edit=Permission.EDIT_PEOPLE, see=Permission.SEE_PEOPLE,
    columns=PEOPLE + WHERE,
    template=TEMPLATE,
    purposes=(
        Purpose("look", _("to look through or print: numbers masked"), TEMPLATE),
        Purpose("names", _("to post or call: names and households only"), ("household", "group", "name")),
        Purpose("work", _("to work on in Excel and import again: numbers in full"), TEMPLATE, in_full=True),
    ),
    notes=(
        "政治面貌、文化程度、联系电话、剥夺政治权利等留空，表示不改动系统里已有的内容。",
        "整个乡镇或全县一次导入时，另加“乡镇”“村”两列，或加“村代码”一列，写明每人在哪个村。",
    ),
    example={
        "household": "001", "group": "一组", "name": "示例：张三", "sex": "男", "id_number": "11010519491231002X",
        "born": "1949-12-31", "relation": "户主", "residence": "户在人在", "party": "群众", "education": "初中", "phone": "13800000000",
        "rights": "否",
    },
    implying={"户主姓名": ("name", {"relation": "户主"}), "户主": ("name", {"relation": "户主"})},
    words={
        "id_twice": (_("the same person stands in row {line} already"), _("Keep one of the two rows.")),
        "against_id": (_("does not fit the ID number"), _("Check both against the ID card.")),
        "group_differs": (
            _("household {household} belongs to {group} in row {line}"),
            _("Correct one of the two; where every group numbers its households anew, write numbers such as 1-001."),
        ),
        "second_head": (
            _("is the second head of household {household}: the first stands in row {line}"),
            _("Give one of them another relation, or another household number."),
        ),
        "other_village": (
            _("is not the village that is open here: {name} ({code})"),
            _("Open the right village, or correct the cell."),
        ),
        "which_village": (
            _("does not say which village: none or several under {name} are called so"),
            _("Write township and village as in the list of places, or the village's code of 12 digits."),
        ),
        "elsewhere": (
            _("is in the records of {place} already"),
            _("Have that village mark the person as moved away first."),
        ),
        "died": (
            _("is recorded as died"),
            _("Compare the ID number; if the person lives, take that entry back first."),
        ),
        "zeros": (
            _("ends in 000 in a file whose numbers Excel has damaged"),
            _("Compare it with the ID card, and type it as text."),
        ),
    },
)  # fmt: skip
