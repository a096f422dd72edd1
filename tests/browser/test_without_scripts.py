"""The office on an old browser, scripts switched off: everything that a form can do is done by a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.apps.elections import pages_road as road
from tests.browser.conftest import no_wider_than_the_screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

SHEET = {"本批选票": 36, "废票": 1, "王秀兰": 25, "李建国": 9, "张桂英": 24, "刘志强": 22, "陈玉梅": 12}


def test_a_sheet_is_typed_twice_and_settled(
    county: cast.County, people: cast.Accounts, desk: Callable[..., Desk]
):
    cast.make_account("jipiao2", "第二计票员", "teller", county.village)
    election = road.counting(road.renewal(county), county.village)
    road.type_account(election)
    for teller, numbers in (("jipiao", SHEET | {"废票": 40}), ("jipiao2", SHEET | {"张桂英": 21})):
        type_sheet(desk(teller, phone=True, java_script_enabled=False), election.key, numbers)

    clerk = desk("dongchuan", java_script_enabled=False)
    clerk.opens(f"/elections/{election.key}/sheets/")
    clerk.follows("对照核实")
    clerk.fills_in({"张桂英": 24, "不一致是怎样核实的": "监票人重新清点"})
    clerk.presses("确认核实结果")
    clerk.reads("已核实")
    clerk.opens(f"/elections/{election.key}/outcome/")
    clerk.presses("计算结果")
    expect(clerk.row("王秀兰")).to_contain_text("当选")


def type_sheet(teller: Desk, election: str, numbers: dict[str, int]) -> None:
    """Nothing adds up while one types; the server says it afterwards, and what was typed stands there still."""
    teller.opens(f"/elections/{election}/sheets/batch/1/")
    no_wider_than_the_screen(teller.page)
    teller.fills_in(numbers)
    teller.presses("保存这张单")
    if numbers["废票"] > numbers["本批选票"]:
        teller.reads("还没有保存", "废票（40张）不能多于选票（36张）")
        teller.sees_still(numbers)
        teller.fills_in({"废票": SHEET["废票"]})
        teller.presses("保存这张单")
    teller.is_at("计票单")
    teller.does_not_read("还没有保存")


def test_a_wrong_password_is_told_and_the_name_stays(people: cast.Accounts, desk: Callable[..., Desk]):
    clerk = desk(java_script_enabled=False)
    clerk.opens("/account/sign-in/")
    clerk.fills_in({"登录名": "dongchuan", "密码": "not-the-password"})
    clerk.presses("登录")
    clerk.reads("登录名或密码不正确", "还可以再试4次")
    clerk.sees_still({"登录名": "dongchuan"})
    clerk.fills_in({"密码": cast.PASSWORD})
    clerk.presses("登录")
    clerk.is_at("")


def test_the_language_switches(desk: Callable[..., Desk], county: cast.County):
    visitor = desk(java_script_enabled=False)
    visitor.opens("/")
    visitor.page.get_by_role("button", name="English").click()
    visitor.is_at("Village elections")


def test_a_document_leads_to_the_command_that_checks_it(desk: Callable[..., Desk], county: cast.County):
    election = road.roll_posted(road.renewal(county), county.village)
    number = election.notices.get().document
    visitor = desk(phone=True, java_script_enabled=False)
    visitor.opens(f"/record/{number}/")
    visitor.follows("核验本件")
    visitor.reads("浏览器", f"shanzhi verify shanzhi-{number}.json --log-key")
    expect(visitor.page.locator("#checker")).to_be_hidden()
    no_wider_than_the_screen(visitor.page)


def test_large_letters_and_dark_are_chosen_and_stay(desk: Callable[..., Desk], county: cast.County):
    visitor = desk(phone=True, java_script_enabled=False)
    visitor.opens("/record/")
    visitor.page.get_by_role("button", name="大字版").click()
    visitor.page.get_by_role("button", name="深色").click()
    visitor.opens("/")
    expect(visitor.page.locator("body")).to_have_css("font-size", "24px")
    expect(visitor.page.locator("body")).to_have_css("background-color", "rgb(16, 23, 28)")
    expect(visitor.page.get_by_role("button", name="朗读")).to_be_hidden()
    visitor.page.get_by_role("button", name="标准字号").click()
    expect(visitor.page.locator("body")).to_have_css("font-size", "18px")
