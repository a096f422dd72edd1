"""Two people at one form, and a button pressed twice: the second is told, and nothing is done twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from shanzhi.apps.elections.models import Candidate
from tests.apps.elections import pages_road as road

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests import cast
    from tests.browser.desk import Desk

pytestmark = pytest.mark.browser


@pytest.fixture
def clerks(people: cast.Accounts, desk: Callable[..., Desk]) -> tuple[Desk, Desk]:
    """Both clerks of the township."""
    return desk("dongchuan"), desk("dongchuan2")


def test_the_second_of_two_clerks_is_told_and_keeps_what_he_typed(
    county: cast.County, clerks: tuple[Desk, Desk]
):
    election = road.planned(road.renewal(county), county.village)
    first, second = clerks
    today = timezone.localdate()
    for clerk in clerks:
        clerk.opens(f"/elections/{election.key}/plan/")
    first.fills_in({"选举日": today + timedelta(days=40)})
    first.presses("保存")
    first.reads("选举日和名额已保存")
    typed = {"选举日": today + timedelta(days=33), "名额：委员": 4}
    second.fills_in(typed)
    second.presses("保存")
    second.reads("还没有保存", "这期间别人作了修改")
    second.sees_still(typed)
    second.presses("保存")  # he has looked, and means it
    second.reads("选举日和名额已保存")
    first.opens_again()
    first.reads("委员 4")


def test_facts_about_a_nominee_are_not_overwritten_unseen(county: cast.County, clerks: tuple[Desk, Desk]):
    election = road.candidates_open(road.renewal(county), county.village)
    road.nominate(election, [("王秀兰", "chair")])
    key = Candidate.objects.get().key
    first, second = clerks
    for clerk in clerks:
        clerk.opens(f"/elections/{election.key}/candidates/{key}/facts/")
    first.fills_in({"是否因犯罪受过刑事处罚": "是", "情况来源": "法院来函"})
    first.presses("保存并查看审查情况")
    first.reads("VCOL-18")
    second.fills_in({"情况来源": "派出所电话"})
    second.presses("保存并查看审查情况")
    second.reads("这期间别人作了修改", "现在的内容", "是否因犯罪受过刑事处罚：是")
    second.sees_still({"情况来源": "派出所电话"})


def test_a_result_announced_by_a_double_click_is_announced_once(
    county: cast.County, clerks: tuple[Desk, Desk]
):
    election = road.counted(road.renewal(county), county.village)
    clerk, other = clerks
    for each in clerks:
        each.opens(f"/elections/{election.key}/outcome/announce/")
    clerk.presses_twice("宣布并公布")
    clerk.is_at("柳树沟")
    clerk.reads("结果已宣布并公布")
    assert election.notices.filter(kind="result").count() == 1
    other.presses("宣布并公布")  # a colleague presses as well: he finds it done
    other.is_at("柳树沟")
    assert election.notices.filter(kind="result").count() == 1
    other.opens(f"/v/{county.village.code}/")
    expect(other.main.get_by_role("link", name="选举结果公告")).to_have_count(1)


def test_a_sheet_saved_by_a_double_click_is_one_entry(
    county: cast.County, people: cast.Accounts, desk: Callable[..., Desk]
):
    election = road.counting(road.renewal(county), county.village)
    teller = desk("jipiao")
    teller.opens(f"/elections/{election.key}/sheets/account/0/")
    teller.fills_in({"发出选票": 38, "从票箱取出的选票": 36})
    teller.presses_twice("保存这张单")
    teller.is_at("计票单")
    expect(teller.row("选票清点单")).to_contain_text("等另一名计票员")
    assert election.sheets.count() == 1
    teller.page.go_back()
    teller.reads("这张单您已经录入过。第二次必须由另一名计票员录入。")
    expect(teller.button("保存这张单")).to_have_count(0)


def test_two_tellers_with_the_same_empty_sheet_are_first_and_second(
    county: cast.County, people: cast.Accounts, desk: Callable[..., Desk]
):
    election = road.counting(road.renewal(county), county.village)
    tellers = desk("jipiao"), desk("liushugou")
    for each in tellers:
        each.opens(f"/elections/{election.key}/sheets/account/0/")
        each.fills_in({"发出选票": 38, "从票箱取出的选票": 36})
    for each in tellers:
        each.presses("保存这张单")
        each.is_at("计票单")
    expect(tellers[1].row("选票清点单")).to_contain_text("两次一致")
