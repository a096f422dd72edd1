"""The road on its pages: one main button at every stage, the journey by its forms, both languages."""

import re
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from shanzhi.apps.elections.actions import renewals
from shanzhi.apps.elections.models import Election, Sheet
from tests.apps.elections import pages_road as road
from tests.apps.elections.the_pages import at, fresh, text_of, token_in
from tests.cast import sign_in


def main_buttons(page):
    """What the main buttons of a page say."""
    main = page[page.index("<main") :]
    return [
        re.sub(r"<[^>]*>|\s+", "", each)
        for each in re.findall(r"btn-primary[^>]*>(.*?)</(?:a|button)>", main, re.S)
    ]


# The page of an election: one main button at every stage


@pytest.mark.parametrize(
    ("stage", "says"),
    [
        (road.planned, "生成选民名单"),
        (road.roll_made, "打开名单"),
        (road.candidates_open, "打开候选人"),
        (road.voting, "投票结束，开始计票"),
        (road.counting, "计票单"),
        (road.counted, "去宣布结果"),
        (road.announced, "打印公告"),
    ],
)
def test_at_every_stage_one_main_button_says_what_is_next(clerk, county, of, stage, says):
    election = stage(of, county.village)

    page = text_of(clerk.get(at(election, "election")))

    assert main_buttons(page) == [says]
    assert page.count('aria-current="step"') == 2  # on the stage line, and among the steps


def test_a_village_without_people_is_sent_to_its_roster_first(clerk, county, of):
    election = renewals.open_elections(renewal=of, villages=[county.village], by="x")[0]

    page = text_of(clerk.get(at(election, "election")))

    assert main_buttons(page) == ["导入本村名册"]
    assert reverse("tables:upload", args=["roster", county.village.code]) in page


def test_a_stop_names_rule_and_article_and_how_to_go_on(clerk, county, of):
    election = road.roll_posted(of, county.village)

    page = text_of(clerk.get(at(election, "election")))

    assert "VCOL-17-2" in page
    assert "第17条第2款" in page
    assert at(election, "decide") in page  # a person may decide
    assert main_buttons(page) == []  # the five days are not over: nothing to press


def test_the_county_office_sees_the_steps_and_no_button(client, people, county, of):
    election = road.candidates_open(of, county.village)
    sign_in(client, people.county_office)

    page = text_of(client.get(at(election, "election")))

    assert "打开候选人" not in main_buttons(page)
    assert "由乡镇或者村办理" in page


def test_those_who_may_not_decide_are_told_who_may(client, people, county, of):
    election = road.roll_posted(of, county.village)
    sign_in(client, people.village_clerk)

    page = text_of(client.get(at(election, "election")))

    assert at(election, "decide") not in page
    assert "乡镇或者县可以记录" in page


# The journey, by its forms


def test_the_whole_road_is_walked_by_pressing_what_the_pages_offer(client, people, county, of):
    clerk = sign_in(client, people.township_clerk)
    election = road.planned(of, county.village, day=road.today() + timedelta(days=25))

    assert clerk.post(at(election, "roll_make")).url == at(election, "roll")
    page = text_of(clerk.get(at(election, "roll")))
    assert "第一类" in page
    assert "VCOL-16-2" in page
    posted = {"version": fresh(election).version, "posted_on": road.today()}
    assert clerk.post(at(election, "roll_post"), posted).url == at(election, "election")
    assert "名单已公布并封存" in text_of(clerk.get(at(election, "election")))
    assert fresh(election).stage == "roll_posted"


def test_the_count_is_typed_by_two_compared_settled_reckoned_and_announced(client, people, county, of):
    election = road.counting(of, county.village)
    first, second = sign_in(client, people.teller), sign_in(type(client)(), people.township_clerk)

    for teller in (first, second):
        type_sheet(teller, election, "account", 0, {"issued": 38, "collected": 36})
    type_sheet(first, election, "batch", 1, road.votes(election, *road.WON))
    type_sheet(second, election, "batch", 1, road.votes(election, 25, 9, 24, 21, 13))
    assert "两次不一致" in text_of(second.get(at(election, "sheets")))

    settle = at(election, "sheet_settle", "batch", 1)
    page = text_of(second.get(settle))
    assert page.count("不一致</span>") == 2
    sent = road.votes(election, *road.WON) | {"token": token_in(page), "reason": "重新清点"}
    assert second.post(settle, sent).url == at(election, "sheets")

    assert second.post(at(election, "reckon")).url == at(election, "outcome")
    assert "当选" in text_of(second.get(at(election, "outcome")))
    sent = {"version": fresh(election).version, "announced_on": road.today()}
    assert second.post(at(election, "announce"), sent).url == at(election, "election")
    assert fresh(election).stage == "announced"
    assert "打印公告" in text_of(second.get(at(election, "outcome")))


def type_sheet(teller, election, kind, batch, numbers):
    url = at(election, "sheet", kind, batch)
    answer = teller.post(url, numbers | {"token": token_in(text_of(teller.get(url)))})
    assert answer.status_code == 302, text_of(answer)
    return answer


def test_opening_the_count_is_asked_once(clerk, county, of):
    election = road.voting(of, county.village)

    assert "投票已经结束了吗" in text_of(clerk.get(at(election, "open_count")))
    assert fresh(election).stage == "voting"

    assert clerk.post(at(election, "open_count")).url == at(election, "sheets")
    assert fresh(election).stage == "counting"


# Language


def test_switching_the_language_keeps_the_page(clerk, county, of):
    election = road.roll_made(of, county.village)
    here = f"{at(election, 'roll')}?show=class_2"

    answer = clerk.post(reverse("set_language"), {"language": "en", "next": here}, follow=True)

    assert answer.redirect_chain[-1][0] == here
    assert "Voter roll" in text_of(answer)
    assert 'lang="en"' in text_of(answer)
    assert list(get_messages(answer.wsgi_request)) == []


def test_numbers_typed_in_full_width_digits_are_read_and_words_come_back(clerk, county, of):
    election = road.counting(of, county.village)
    url = at(election, "sheet", "account", 0)

    kept = clerk.post(url, {"issued": "三十八", "collected": "36", "token": "one"})
    assert 'value="三十八"' in text_of(kept)

    assert clerk.post(url, {"issued": "３８", "collected": "36", "token": "two"}).status_code == 302
    assert Sheet.objects.get(election=election).issued == 38


def test_where_only_waiting_helps_no_button_is_offered(clerk, county, of):
    election = road.voting(of, county.village)
    Election.objects.filter(pk=election.pk).update(election_day=road.today() + timedelta(days=1))

    page = text_of(clerk.get(at(election, "election")))

    assert "VCOL-18-16" in page
    assert main_buttons(page) == []
    assert "调整选举日" not in page


def test_an_election_held_again_is_told_to_set_its_day_and_seats(clerk, county, of):
    again = road.invalid(of, county.village).reruns.get()

    page = text_of(clerk.get(at(again, "election")))

    assert main_buttons(page) == ["确定选举日和名额"]
    assert at(again, "day") not in page
