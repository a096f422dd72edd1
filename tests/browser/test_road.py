"""The whole road in one go: from an Excel roster to a result that a villager proves on his phone.

Civil dates may be typed for days that lie behind us; so the roll goes on the board 25 days ago and the vote is today.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from shanzhi.apps.elections.actions import renewals
from shanzhi.cli.main import main as shanzhi
from shanzhi.core.merkle import bundle
from tests import cast
from tests.browser import village
from tests.browser.conftest import no_wider_than_the_screen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

PEOPLE = len(village.rows())
CANDIDATES = {"王建国": "主任", "李建国": "主任", "高秀兰": "委员", "张建国": "委员", "刘建国": "委员"}
# Two count sheets of 24 papers; on the first of them one is void.
SHEETS: tuple[dict[str, int], ...] = (
    {"本批选票": 24, "废票": 1, "王建国": 16, "李建国": 6, "高秀兰": 15, "张建国": 14, "刘建国": 8},
    {"本批选票": 24, "废票": 0, "王建国": 15, "李建国": 8, "高秀兰": 16, "张建国": 13, "刘建国": 9},
)
FAULTS = {  # row of the file -> what is said of it
    6: "Excel", 11: "Excel", 17: "校验", 24: "在外打工", 32: "与第31行是同一个人", 38: "1975-02-30", 43: "没有填", 49: "性别",
}  # fmt: skip


@dataclass(slots=True)
class Office:
    """Those who work on this election, each at a desk of his own, and the address of the election's page."""

    clerk: Desk
    tellers: tuple[Desk, Desk]
    files: tuple[Path, Path]
    election: str
    code: str


@pytest.fixture
def office(county: cast.County, people: cast.Accounts, desk: Callable[..., Desk], tmp_path: Path) -> Office:
    """The county has opened the renewal for the village, and nothing else is there yet."""
    cast.make_account("jipiao2", "第二计票员", "teller", county.village)
    election = renewals.open_elections(
        renewal=cast.make_renewal(county), villages=[county.village], by=people.county_office.key
    )[0]
    tellers = desk("jipiao"), desk("jipiao2")
    return Office(
        desk("dongchuan"),
        tellers,
        village.write_files(tmp_path),
        f"/elections/{election.key}/",
        county.village.code,
    )


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def test_from_an_excel_roster_to_a_result_that_a_villager_proves(
    office: Office, desk: Callable[..., Desk], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    import_the_roster(office)
    plan(office.clerk, office.election)
    make_the_roll(office.clerk, office.election)
    post_the_roll(office.clerk, office.election)
    hear_an_objection(office.clerk, office.election)
    enter_candidates(office.clerk, office.election)
    post_the_candidates(office.clerk, office.election)
    open_the_count(office.clerk, office.election)
    count(office)
    announce(office.clerk, office.election)
    print_the_notice(office.clerk)

    villager = desk(phone=True, has_touch=True)
    read_the_result(villager, office.code)
    key = read_the_key(villager)
    proof = villager.downloads("下载证明文件", tmp_path / "证明.json")
    prove_it_in_the_browser(villager, proof)
    find_one_changed_byte(villager, proof, spoiled := tmp_path / "改过.json")
    assert shanzhi(["verify", str(proof), "--log-key", key]) == 0
    assert "柳树沟" in capsys.readouterr().out
    assert shanzhi(["verify", str(spoiled), "--log-key", key]) == 1


def import_the_roster(office: Office) -> None:
    """The faulty file first: every fault is named, and nothing is written."""
    clerk, (faulty, clean) = office.clerk, office.files
    clerk.opens(office.election)
    clerk.follows("导入本村名册")
    clerk.fills_in({"文件": faulty})
    clerk.presses("检查文件")
    clerk.is_at("花名册.xlsx")
    assert clerk.figure("有问题的行") == str(len(FAULTS))
    for line, said in FAULTS.items():
        expect(clerk.row(f"第{line}行")).to_contain_text(said)
    clerk.reads("现在还没有写入")
    clerk.opens(f"/places/{office.code}/")
    clerk.reads("本村名册里还没有人")

    clerk.follows("导入名册")
    clerk.fills_in({"文件": clean})
    clerk.presses("检查文件")
    clerk.presses(f"写入：新增{PEOPLE}条，更新0条")
    clerk.is_at("柳树沟")
    clerk.reads(f"新增{PEOPLE}条", "确定选举日和名额")  # back at the election, which waited for the roster


def plan(clerk: Desk, election: str) -> None:
    """Election day and seats, and who chose the election committee."""
    clerk.opens(election)
    clerk.follows("确定选举日和名额")
    clerk.fills_in({"选举日": ago(0), "名额：主任": 1, "名额：副主任": 0, "名额：委员": 2})
    clerk.presses("保存")
    clerk.follows("记录选举委员会的产生")
    clerk.fills_in({"决定日期": ago(40), "由谁决定": "村民会议", "会议记录编号": "会议记录第1号"})
    clerk.presses("记录")
    clerk.reads("已记录，未核验")


def make_the_roll(clerk: Desk, election: str) -> None:
    """Three classes, each line with its reason."""
    declare(clerk, election, "韩海燕", "在外居住，本人表示参加")
    declare(clerk, election, village.FROM_ELSEWHERE, "户籍不在本村，本人申请")
    declare(
        clerk,
        election,
        village.FROM_ELSEWHERE,
        "户籍不在本村，村民会议或者村民代表会议同意",
        "村民代表会议同意",
    )
    clerk.opens(f"{election}roll/")
    clerk.presses("生成选民名单")
    assert clerk.figure("第一类：户籍在本村并居住在本村") == "54"
    assert clerk.figure("第二类：户籍在本村、在外居住、本人表示参加") == "1"
    assert clerk.figure("第三类：户籍不在本村、申请并经同意") == "1"
    assert clerk.figure("未列入名单") == "5"
    clerk.fills_in({"范围": "未列入名单"})
    clerk.presses("显示")
    expect(clerk.row(village.CHILD)).to_contain_text("VCOL-16-1")
    expect(clerk.row("宋海燕")).to_contain_text("VCOL-16-3")


def declare(clerk: Desk, election: str, name: str, what: str, note: str = "") -> None:
    clerk.opens(f"{election}roll/declare/")
    clerk.finds(name)
    clerk.fills_in({"登记事项": what, "日期": ago(30), "怎样表示的，或者依据哪份材料": note})
    clerk.presses("记录")
    clerk.reads(f"已为{name}登记")


def post_the_roll(clerk: Desk, election: str) -> None:
    clerk.opens(f"{election}roll/")
    clerk.follows("公布名单")
    clerk.reads("将公布选民56人")
    clerk.fills_in({"张贴日期": ago(25)})
    clerk.presses("公布并封存名单")
    clerk.reads("打印名单")


def hear_an_objection(clerk: Desk, election: str) -> None:
    """A daughter who works away is not on the roll; she says that she takes part, and is put on it."""
    clerk.follows("受理异议，自收到之日起三日内作出处理决定")
    clerk.follows("受理异议")
    clerk.finds("薛海燕")
    objection = {
        "异议内容": "应当列入而没有列入",
        "异议人原话": "我女儿要回来投票",
        "异议人": "薛建国",
        "收到日期": ago(23),
    }
    clerk.fills_in(objection)
    clerk.presses("受理")
    clerk.reads("须在三日内作出处理决定")
    declare(clerk, election, "薛海燕", "在外居住，本人表示参加")
    clerk.opens(f"{election}objections/")
    clerk.follows("决定")
    clerk.ticks("异议成立")
    clerk.fills_in({"理由": "本人来电表示参加选举", "决定日期": ago(22)})
    clerk.presses("记录决定")
    clerk.reads("异议成立", "本人来电表示参加选举")
    clerk.opens(f"{election}roll/")
    assert clerk.figure("列入名单") == "57"


def enter_candidates(clerk: Desk, election: str) -> None:
    """Nominated, the facts found out, and each decided by a person."""
    clerk.opens(election)
    clerk.presses("进入候选人阶段")
    for name, post in CANDIDATES.items():
        clerk.follows("登记提名")
        clerk.finds(name)
        clerk.fills_in({"职务": post, "提名方式": "登记参加选举的村民", "提名日期": ago(12)})
        clerk.presses("登记")
        clerk.reads(name)
    for name in CANDIDATES:
        check_and_decide(clerk, name)
    clerk.opens(election)
    clerk.follows("记录提名经过")
    clerk.fills_in({"决定日期": ago(12), "由谁决定": "村民选举大会", "会议记录编号": "会议记录第2号"})
    clerk.presses("记录")


def check_and_decide(clerk: Desk, name: str) -> None:
    card = clerk.main.get_by_role("article").filter(has_text=name)
    expect(card).to_contain_text("已提名，未决定")
    card.get_by_role("link", name="填写核查情况").click()
    bars = clerk.main.locator("select")
    for at in range(bars.count()):
        bars.nth(at).select_option(label="否")
    clerk.fills_in({"情况来源": "县级联审意见第8号"})
    clerk.presses("保存并查看审查情况")
    clerk.ticks("列为候选人")
    clerk.presses("记录决定")


def post_the_candidates(clerk: Desk, election: str) -> None:
    clerk.opens(election)
    clerk.follows("公布候选人名单")
    clerk.reads(*CANDIDATES)
    clerk.fills_in({"张贴日期": ago(3)})
    clerk.presses("张贴并公布")
    clerk.reads("候选人")


def open_the_count(clerk: Desk, election: str) -> None:
    clerk.opens(election)
    clerk.follows("投票结束，开始计票")
    clerk.presses("是，开始计票")
    clerk.is_at("计票单")


def count(office: Office) -> None:
    """Each sheet by both tellers; on the second one they differ, and the clerk settles it with the papers."""
    one, other = office.tellers
    for teller in office.tellers:
        type_sheet(teller, office.election, "account/0", {"发出选票": 50, "从票箱取出的选票": 48})
    type_too_many(one, office.election)
    type_sheet(other, office.election, "batch/1", SHEETS[0])
    type_sheet(one, office.election, "batch/2", SHEETS[1])
    type_sheet(other, office.election, "batch/2", SHEETS[1] | {"高秀兰": 10}, said="不一致")
    settle(office.clerk, office.election)


def type_sheet(
    teller: Desk, election: str, sheet: str, numbers: Mapping[str, int], said: str = "已保存"
) -> None:
    teller.opens(f"{election}sheets/{sheet}/")
    teller.fills_in(numbers)
    teller.presses("保存这张单")
    teller.reads(said)


def type_too_many(teller: Desk, election: str) -> None:
    """The page adds up while one types; what does not add up is refused, and stands there still."""
    teller.opens(f"{election}sheets/batch/1/")
    teller.fills_in(SHEETS[0])
    chair = teller.main.get_by_role("group", name="主任").first
    warning = chair.get_by_text("太多了：请再看一遍计票单")
    expect(chair.locator("[data-sum]")).to_have_text("22")
    expect(chair.locator("[data-most]")).to_have_text("23")
    expect(warning).to_be_hidden()
    wrong = SHEETS[0] | {"李建国": 9}
    teller.fills_in({"李建国": 9})
    expect(chair.locator("[data-sum]")).to_have_text("25")
    expect(warning).to_be_visible()
    teller.presses("保存这张单")
    teller.reads("还没有保存", "主任合计25票，但有效票23张、应选1名，最多只有23票")
    teller.sees_still(wrong)
    expect(warning).to_be_visible()
    teller.fills_in({"李建国": 6})
    expect(warning).to_be_hidden()
    teller.presses("保存这张单")
    teller.reads("已保存")


def settle(clerk: Desk, election: str) -> None:
    clerk.opens(f"{election}sheets/")
    expect(clerk.row("第2张计票单")).to_contain_text("两次不一致")
    clerk.follows("对照核实")
    row = clerk.row("高秀兰")
    expect(row).to_contain_text("不一致")
    assert row.get_by_role("cell").all_inner_texts()[:2] == ["16", "10"]
    clerk.sees_still({"王建国": 15, "高秀兰": ""})
    clerk.fills_in({"高秀兰": 16})
    clerk.presses("确认核实结果")
    clerk.reads("还没有保存")  # a reason is asked for
    clerk.sees_still({"高秀兰": 16})
    clerk.fills_in({"不一致是怎样核实的": "监票人重新清点，第二次录入漏看一个正字"})
    clerk.presses("确认核实结果")
    clerk.reads("已核实；两次录入都保留记录")


def announce(clerk: Desk, election: str) -> None:
    """Who is elected and why; then it is published."""
    clerk.opens(f"{election}outcome/")
    clerk.presses("计算结果")
    for name, votes in {"王建国": "31", "高秀兰": "31", "张建国": "27"}.items():
        expect(clerk.row(name)).to_contain_text(votes)
        expect(clerk.row(name)).to_contain_text("当选")
    expect(clerk.row("刘建国")).not_to_contain_text("当选")
    clerk.reads("VCOL-18-6", "VCOL-18-7")
    clerk.follows("宣布结果")
    clerk.fills_in({"宣布日期": ago(0)})
    clerk.presses("宣布并公布")
    clerk.reads("已公布")


def print_the_notice(clerk: Desk) -> None:
    assert clerk.fetches("打印公告").startswith(b"%PDF")


def read_the_result(villager: Desk, code: str) -> None:
    """On a phone, without an account: who won, and by which rule."""
    villager.opens(f"/v/{code}/")
    for name, votes in {"王建国": "31", "高秀兰": "31", "张建国": "27"}.items():
        expect(villager.row(name).first).to_contain_text(votes)
    villager.reads("村民委员会组织法", "25")  # more than half of 48
    no_wider_than_the_screen(villager.page)
    villager.follows("公告原文和证明")
    villager.is_at("选举结果公告")
    no_wider_than_the_screen(villager.page)


def read_the_key(villager: Desk) -> str:
    return villager.page.locator("#proof dl dd").last.inner_text()


def prove_it_in_the_browser(villager: Desk, proof: Path) -> None:
    villager.opens("/verify/")
    villager.fills_in({"证明文件": proof})
    villager.presses("核验")
    result = villager.page.locator("#result")
    expect(result).to_have_class("notice notice-good")
    expect(result).to_contain_text("柳树沟村村民选举委员会")
    no_wider_than_the_screen(villager.page)


def find_one_changed_byte(villager: Desk, proof: Path, spoiled: Path) -> None:
    """One vote more for the winner, and not another byte."""
    good: dict[str, Any] = json.loads(proof.read_bytes())
    document = base64.b64decode(good["document"])
    assert b'"votes":31' in document
    changed = base64.b64encode(document.replace(b'"votes":31', b'"votes":32', 1)).decode()
    spoiled.write_bytes(bundle.canonical(good | {"document": changed}))
    villager.fills_in({"证明文件": spoiled})
    villager.presses("核验")
    result = villager.page.locator("#result")
    expect(result).to_have_class("notice notice-stop")
    expect(result).to_contain_text("文件内容")
