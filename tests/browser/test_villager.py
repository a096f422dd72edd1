"""A villager on a phone, without an account: his name on the roll, the language, and the number on a paper notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from shanzhi.apps.elections.actions.checks import NAME_A_DAY
from shanzhi.apps.places import selectors as places
from shanzhi.apps.places.models import Person
from tests.apps.elections import pages_road as road
from tests.browser.conftest import no_wider_than_the_screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from shanzhi.apps.elections.models import Election
    from tests import cast
    from tests.browser.desk import Desk

pytestmark = pytest.mark.browser


@pytest.fixture
def posted(county: cast.County) -> Election:
    """The roll of the first village stands on the board."""
    return road.roll_posted(road.renewal(county), county.village)


@pytest.fixture
def villager(posted: Election, desk: Callable[..., Desk]) -> Desk:
    """At the page of his village."""
    visitor = desk(phone=True, has_touch=True)
    visitor.opens("/")
    visitor.fills_in({"查找您的村": "柳树沟"})
    visitor.presses("搜索")
    visitor.main.get_by_role("link", name=posted.village.name).click()
    return visitor


def last_four(name: str) -> str:
    return places.id_number(Person.objects.get(name=name))[-4:]


def another(tail: str) -> str:
    return f"{(int(tail[:3]) + 1) % 1000:03d}{tail[3]}"


def asks(villager: Desk, name: str, tail: str) -> None:
    villager.fills_in({"姓名": name, "身份证号后四位": tail})
    villager.presses("查询")


def test_is_my_name_on_the_roll_is_answered_by_yes_or_no_and_only_so_often(villager: Desk, heard: list[str]):
    villager.follows("查一查名单上有没有")
    no_wider_than_the_screen(villager.page)
    asks(villager, "王秀兰", last_four("王秀兰"))
    villager.reads("公布的选民名单上有这个名字")
    asks(villager, "王秀兰", another(last_four("王秀兰")))
    villager.reads("公布的选民名单上没有这个名字")
    for _time in range(NAME_A_DAY - 2):
        asks(villager, "王秀兰", "0000")
        villager.reads("公布的选民名单上没有这个名字")
    assert heard == []
    asks(villager, "王秀兰", last_four("王秀兰"))
    villager.reads("查询次数过多", "村")
    villager.does_not_read("公布的选民名单上有这个名字")
    villager.sees_still({"姓名": "王秀兰"})
    assert [
        said for said in heard if "429" not in said
    ] == []  # the browser notes the refusal, and nothing else
    heard.clear()
    asks(villager, "李建国", last_four("李建国"))
    villager.reads("公布的选民名单上有这个名字")


def test_a_mistyped_question_is_explained_and_nothing_typed_is_lost(villager: Desk):
    villager.follows("查一查名单上有没有")
    asks(villager, "王秀兰", "12")
    villager.reads("请输入四位")
    villager.sees_still({"姓名": "王秀兰", "身份证号后四位": "12"})


def test_the_language_switches_on_the_page_and_stays(villager: Desk):
    page, here = villager.page, villager.page.url
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url == here
    villager.follows("Ask whether a name is on the roll")
    expect(page.get_by_role("heading", level=1)).to_have_text("Am I on the roll?")
    no_wider_than_the_screen(page)
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_the_number_on_a_paper_notice_leads_to_its_page(villager: Desk, posted: Election, heard: list[str]):
    number = posted.notices.get().document
    villager.opens("/")
    villager.fills_in({"公告编号": number})
    villager.presses("查看")
    villager.is_at("选民名单公告")
    villager.reads("请与纸质公告逐行比对")
    no_wider_than_the_screen(villager.page)
    villager.opens("/")
    villager.fills_in({"公告编号": number + 7})
    villager.presses("查看")
    villager.reads("没有这个编号的公告")
    villager.sees_still({"公告编号": number + 7})
    assert [said for said in heard if "404" not in said] == []
    heard.clear()
