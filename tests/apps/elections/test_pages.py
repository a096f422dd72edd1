"""The road on its pages: the journey, what a refusal keeps, who sees what, and what the pages cost."""

import re
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shanzhi.apps.elections.actions import candidates as act
from shanzhi.apps.elections.actions import objections, renewals, sheets
from shanzhi.apps.elections.models import Attestation, Candidate, Election, Objection, Sheet
from shanzhi.apps.places.models import Person
from tests import cast
from tests.apps.elections import pages_road as road
from tests.cast import sign_in


@pytest.fixture
def of(county):
    return road.renewal(county)


@pytest.fixture
def clerk(client, people):
    return sign_in(client, people.township_clerk)


def at(election, page, *more):
    return reverse(f"elections:{page}", args=[election.key, *more])


def text_of(answer):
    return answer.content.decode()


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

    assert main_buttons(page) == ["导入本村花名册"]
    assert reverse("places:roster", args=[county.village.code]) in page


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


def token_in(page):
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def fresh(election):
    return Election.objects.get(pk=election.pk)


def test_opening_the_count_is_asked_once(clerk, county, of):
    election = road.voting(of, county.village)

    assert "投票已经结束了吗" in text_of(clerk.get(at(election, "open_count")))
    assert fresh(election).stage == "voting"

    assert clerk.post(at(election, "open_count")).url == at(election, "sheets")
    assert fresh(election).stage == "counting"


# Nothing typed is lost


def test_a_count_sheet_that_does_not_add_up_comes_back_with_every_number(clerk, county, of):
    election = road.counting(of, county.village)
    road.type_account(election)
    url = at(election, "sheet", "batch", 1)
    numbers = road.votes(election, 36, 9, 24, 22, 12)  # 36 votes, 35 valid papers

    answer = clerk.post(url, numbers | {"token": token_in(text_of(clerk.get(url)))})

    page = text_of(answer)
    assert answer.status_code == 200
    assert not Sheet.objects.filter(election=election, kind="batch").exists()
    for field, number in numbers.items():
        assert re.search(rf'name="{re.escape(field)}" value="{number}"', page), field
    assert "有效票只有35张" in page


def test_an_empty_line_of_a_sheet_is_no_zero(clerk, county, of):
    election = road.counting(of, county.village)

    answer = clerk.post(at(election, "sheet", "account", 0), {"issued": 38, "collected": "", "token": "t"})

    assert 'name="issued" value="38"' in text_of(answer)
    assert not Sheet.objects.filter(election=election).exists()


def test_a_double_click_makes_one_sheet(clerk, county, of):
    election = road.counting(of, county.village)
    url = at(election, "sheet", "account", 0)
    sent = {"issued": 38, "collected": 36, "token": token_in(text_of(clerk.get(url)))}

    answers = [clerk.post(url, sent), clerk.post(url, sent)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Sheet.objects.filter(election=election).count() == 1


def test_going_back_and_sending_other_numbers_is_not_taken_for_a_double_click(clerk, county, of):
    election = road.counting(of, county.village)
    url = at(election, "sheet", "account", 0)
    sent = {"issued": 38, "collected": 36, "token": token_in(text_of(clerk.get(url)))}
    clerk.post(url, sent)

    answer = clerk.post(url, sent | {"collected": 35})

    assert answer.status_code == 200
    assert 'name="collected" value="35"' in text_of(answer)
    assert "已经录入" in text_of(answer)


def test_a_plan_changed_by_someone_else_says_so_shows_it_and_keeps_what_was_typed(clerk, county, of):
    election = road.planned(of, county.village)
    mine, theirs = road.today() + timedelta(days=31), road.today() + timedelta(days=28)
    seen = election.version
    renewals.set_plan(election=election, election_day=theirs, seats=road.SEATS, version=seen, by="other")
    typed = {"version": seen, "election_day": mine, "chair": 1, "vice_chair": 1, "member": 3}

    answer = clerk.post(at(election, "plan"), typed)

    page = text_of(answer)
    assert answer.status_code == 200
    assert "别人作了修改" in page
    assert f'value="{mine.isoformat()}"' in page
    assert f"{theirs.month}月{theirs.day}日" in page
    again = typed | {"version": re.search(r'name="version" value="(\d+)"', page)[1]}
    assert clerk.post(at(election, "plan"), again).status_code == 302
    assert fresh(election).election_day == mine


def test_facts_changed_by_someone_else_are_not_overruled(clerk, county, of):
    election = road.candidates_open(of, county.village)
    person = Person.objects.get(place=county.village, name="王秀兰")
    made = act.propose(
        election=election, person=person, post="chair", source="voters", nominated_on=road.today(), by="x"
    )
    seen = made.version
    act.state_facts(candidate=made, facts=dict.fromkeys(act.BARS, False), source="联审", by="other")

    answer = clerk.post(
        at(election, "candidate_facts", made.key),
        {"version": seen, "expelled": "yes", "facts_source": "电话"},
    )

    assert answer.status_code == 200
    assert "现在的内容" in text_of(answer)
    assert 'value="电话"' in text_of(answer)
    made.refresh_from_db()
    assert made.expelled is False


def test_an_objection_without_its_words_comes_back_as_it_was_typed(clerk, county, of):
    election = road.roll_posted(of, county.village)
    person = Person.objects.get(place=county.village, name="李建国")
    url = f"{at(election, 'objection_new')}?q=李建国"
    typed = {
        "person": person.key,
        "about": "wrong",
        "says": "",
        "objector": "王守田",
        "filed_on": road.today(),
    }

    page = text_of(clerk.post(url, typed))

    assert 'value="王守田"' in page
    assert re.search(rf'value="{person.key}"[^>]*checked', page)
    assert not Objection.objects.exists()
    assert clerk.post(url, typed | {"says": "他已经迁走"}).url == at(election, "objections")


def test_an_objection_is_decided_on_its_page_and_the_decision_published(clerk, county, of):
    election = road.roll_posted(of, county.village)
    person = Person.objects.get(place=county.village, name="李建国")
    made = objections.file(
        election=election, person=person, about="wrong", says="他已经迁走", objector="王守田",
        filed_on=road.today(), today=road.today(), by="x",
    )  # fmt: skip
    url = at(election, "objection_decide", made.key)

    kept = text_of(clerk.post(url, {"verdict": "upheld", "reason": "", "decided_on": road.today()}))
    assert re.search(r'value="upheld"[^>]*checked', kept)
    assert (
        clerk.post(url, {"verdict": "upheld", "reason": "确已迁出", "decided_on": road.today()}).status_code
        == 302
    )

    made.refresh_from_db()
    assert made.verdict == "upheld"
    assert "异议成立" in text_of(clerk.get(at(election, "objections")))


def test_a_fact_is_recorded_and_a_bad_date_comes_back(clerk, county, of):
    election = road.planned(of, county.village)
    typed = {"kind": "staff", "decided_on": "3月3日", "body": "村民代表会议", "document": "会字1号"}

    page = text_of(clerk.post(at(election, "attest"), typed))
    assert 'value="会字1号"' in page
    assert 'value="3月3日"' in page

    assert clerk.post(at(election, "attest"), typed | {"decided_on": road.today()}).status_code == 302
    assert Attestation.objects.filter(election=election, kind="staff").count() == 1


def test_a_nomination_is_entered_checked_and_decided(clerk, county, of):
    election = road.candidates_open(of, county.village)
    person = Person.objects.get(place=county.village, name="王秀兰")
    url = f"{at(election, 'propose')}?q=王秀兰"
    typed = {"person": person.key, "post": "chair", "source": "voters", "nominated_on": road.today()}
    assert clerk.post(url, typed).url == at(election, "candidates")
    assert clerk.post(url, typed).status_code == 302
    made = Candidate.objects.get(election=election)  # a double click is one nomination

    blocked = clerk.post(
        at(election, "candidate_decide", made.key), {"version": made.version, "stands": "yes", "reason": ""}
    )
    assert "VCOL-18-3" in text_of(blocked)  # what is not known is never a pass
    bars = dict.fromkeys(act.BARS, "no") | {"facts_source": "县联审", "version": made.version}
    assert clerk.post(at(election, "candidate_facts", made.key), bars).status_code == 302
    made.refresh_from_db()
    sent = {"version": made.version, "stands": "yes", "reason": ""}
    assert clerk.post(at(election, "candidate_decide", made.key), sent).url == at(election, "candidates")
    made.refresh_from_db()
    assert made.status == "standing"


def test_a_button_pressed_too_early_says_why_and_changes_nothing(clerk, county, of):
    election = road.roll_posted(of, county.village)

    answer = clerk.post(at(election, "open_candidates"))

    assert answer.status_code == 409
    assert "VCOL-17-2" in text_of(answer)
    assert at(election, "election") in text_of(answer)
    assert fresh(election).stage == "roll_posted"


def test_a_decision_to_go_on_is_recorded_with_body_and_reason(clerk, county, of):
    election = road.roll_posted(of, county.village)
    url = f"{at(election, 'decide')}?about=stage:candidates&rule=VCOL-17-2"
    typed = {"about": "stage:candidates", "rule": "VCOL-17-2", "body": "乡镇选举指导小组", "reason": ""}

    page = text_of(clerk.post(url, typed))
    assert 'value="乡镇选举指导小组"' in page
    assert "VCOL-17-2" in page

    assert clerk.post(url, typed | {"reason": "全体同意提前"}).status_code == 302
    assert "全体同意提前" in text_of(clerk.get(at(election, "election")))


def test_proxies_with_a_bad_posting_day_come_back_on_their_page(clerk, county, of):
    election = road.voting(of, county.village)
    typed = {
        "principal": 10,
        "holder": 11,
        "reason": "在外务工",
        "written_on": road.today(),
        "near_kin": "yes",
    }
    assert clerk.post(at(election, "mandates"), typed).status_code == 302

    answer = clerk.post(at(election, "mandates_post"), {"version": election.version, "posted_on": "昨天"})

    assert answer.status_code == 200
    assert 'value="昨天"' in text_of(answer)
    assert "在外务工" in text_of(answer)


def test_a_renewal_is_opened_and_a_wrong_one_comes_back(client, people, county):
    sign_in(client, people.county_office)
    typed = {
        "name": "2027年换届", "begins": "2027-03-01", "ends": "2027-02-01", "issuer": "县委", "document": "1号",
        "issued_on": "2027-01-01", "woman": "guide",
    }  # fmt: skip

    page = text_of(client.post(reverse("elections:renewal_new"), typed))
    assert 'value="2027年换届"' in page

    good = typed | {"ends": "2027-06-01"}
    assert client.post(reverse("elections:renewal_new"), good).url == reverse("elections:renewals")


# Who sees what


def test_a_teller_sees_his_sheets_and_nothing_else_of_the_election(client, people, county, of):
    election = road.counting(of, county.village)
    sign_in(client, people.teller)

    assert "录入计票单" in text_of(client.get(reverse("elections:board")))
    page = text_of(client.get(at(election, "sheets")))
    assert at(election, "sheet", "account", 0) in page
    assert at(election, "outcome") not in page
    for closed in ("election", "roll", "candidates", "objections", "outcome", "mandates"):
        assert client.get(at(election, closed)).status_code == 404, closed
    assert client.get(at(election, "sheet_settle", "account", 0)).status_code == 404


def test_the_second_teller_is_not_shown_what_the_first_typed(client, people, county, of):
    election = road.counting(of, county.village)
    sheets.enter(
        election=election,
        kind="account",
        batch=0,
        numbers={"issued": 3711, "collected": 3629},
        token="x",
        by="other",
    )
    sign_in(client, people.teller)

    pages = text_of(client.get(at(election, "sheet", "account", 0))) + text_of(
        client.get(at(election, "sheets"))
    )

    assert "3711" not in pages
    assert "3629" not in pages


@pytest.mark.parametrize("who", ["stranger", "other_clerk", "operator"])
def test_to_strangers_an_election_does_not_exist(client, people, county, of, who):
    election = road.counting(of, county.village)
    sign_in(client, getattr(people, who))

    for page in ("election", "roll", "candidates", "sheets", "outcome", "plan", "attest", "mandates"):
        assert client.get(at(election, page)).status_code == 404, page
    for page in ("reckon", "roll_make", "open_candidates", "open_count", "announce"):
        assert client.post(at(election, page)).status_code == 404, page


def test_no_page_of_an_election_shows_an_id_number_or_a_phone(clerk, county, of):
    election = road.roll_posted(of, county.village)
    pages = [at(election, page) for page in ("election", "roll", "candidates", "objections")]
    pages += [f"{at(election, page)}?q=王" for page in ("declare", "correct", "objection_new", "propose")]

    for page in pages:
        said = text_of(clerk.get(page))
        assert not re.search(r"\d{17}[\dX]|1380000", said), page


# What the pages cost


def queries(client, url):
    client.get(url)  # whatever is asked once a process has been asked
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_the_roll_costs_the_same_for_two_and_for_two_hundred_lines(clerk, county, of):
    small = road.roll_made(of, county.village, number=5)
    large = road.roll_made(of, county.second_village, number=200)

    assert queries(clerk, at(small, "roll")) == queries(clerk, at(large, "roll"))


def test_the_candidates_cost_the_same_for_two_and_for_many(clerk, county, of):
    election = road.candidates_open(of, county.village, number=120)
    nominees = Person.objects.filter(place=county.village).order_by("pk")
    propose(election, nominees[:2])
    few = queries(clerk, at(election, "candidates"))

    propose(election, nominees[2:100])

    assert queries(clerk, at(election, "candidates")) == few


def propose(election, nominees):
    for person in nominees:
        cast.make_candidate(election, person, status="proposed")


def test_the_board_costs_the_same_for_two_and_for_two_hundred_villages(client, people, county, of):
    sign_in(client, people.county_office)
    road.roll_posted(of, county.village, number=5)
    road.planned(of, county.second_village, number=5)
    few = queries(client, reverse("elections:board"))
    villages = [
        cast.make_place(f"141130101{n:03d}", f"村{n}", "village", county.east) for n in range(300, 500)
    ]
    for election in renewals.open_elections(renewal=of, villages=villages, by="x"):
        Election.objects.filter(pk=election.pk).update(
            stage="candidates", election_day=road.today(), seats=road.SEATS
        )

    assert queries(client, reverse("elections:board")) == few


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
