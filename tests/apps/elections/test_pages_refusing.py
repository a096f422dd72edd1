"""A refusal comes back on the same page with everything that was typed."""

import re
from datetime import timedelta

from django.urls import reverse

from shanzhi.apps.elections.actions import candidates as act
from shanzhi.apps.elections.actions import objections, renewals
from shanzhi.apps.elections.models import Attestation, Candidate, Objection, Sheet
from shanzhi.apps.places.models import Person
from tests.apps.elections import pages_road as road
from tests.apps.elections.the_pages import at, fresh, text_of, token_in
from tests.cast import sign_in


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
