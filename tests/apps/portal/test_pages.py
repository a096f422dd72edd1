"""What a villager on an old phone is told, and what nobody is ever told."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shanzhi.apps.elections.actions.checks import NAME_A_DAY
from shanzhi.apps.elections.models import RollLine
from shanzhi.apps.elections.selectors import rolls
from shanzhi.apps.places.models import Person
from shanzhi.apps.places.selectors import id_number
from tests import cast
from tests.apps.elections import pages_road as road


@pytest.fixture
def county(db):
    return cast.make_county()


@pytest.fixture
def of(county):
    return road.renewal(county)


def village_page(place):
    return reverse("portal:village", args=[place.code])


def check_page(place):
    return reverse("portal:check", args=[place.code])


def text_of(answer):
    return answer.content.decode()


# Who won, by which rule and numbers


def test_the_village_page_says_who_won_with_votes_rule_and_what_was_needed(client, county, of):
    election = road.announced(of, county.village)

    page = text_of(client.get(village_page(county.village)))

    assert re.search(r"主任</td><th scope=\"row\">王秀兰</th><td class=\"number\">25", page)
    assert "超过登记选民的一半" in page
    assert "VCOL-18-6" in page
    assert re.search(r"当选至少需要</dt><dd>19<", page)  # more than half of 36
    document = election.notices.get(kind="result").document
    assert reverse("record:document", args=[document]) in page


def test_a_second_round_is_announced_on_the_page(client, county, of):
    road.announced(of, county.village, road.SECOND_ROUND)

    page = text_of(client.get(village_page(county.village)))

    assert "不足的名额另行选举" in page
    assert "另行选举" in page


def test_a_tie_is_announced_on_the_page(client, county, of):
    road.announced(of, county.village, road.TIE)

    assert "票数相等的人再次投票" in text_of(client.get(village_page(county.village)))


def test_an_invalid_election_says_why(client, county, of):
    road.invalid(of, county.village)

    page = text_of(client.get(village_page(county.village)))

    assert "选举无效" in page
    assert "没有超过登记选民的一半" in page


def test_every_notice_leads_to_its_proof(client, county, of):
    election = road.announced(of, county.village)

    page = text_of(client.get(village_page(county.village)))

    for notice in election.notices.all():
        assert reverse("record:document", args=[notice.document]) in page


def test_a_village_that_has_not_begun_says_so(client, county, of):
    road.planned(of, county.village)

    assert "本村选举还没有开始" in text_of(client.get(village_page(county.village)))


def test_a_community_is_shown_and_told_that_the_law_is_another(client, county):
    assert "不适用村民委员会组织法" in text_of(client.get(village_page(county.community)))


@pytest.mark.parametrize("code", ["141130", "141130101", "141130999999", "x"])
def test_other_places_have_no_village_page(client, county, code):
    assert client.get(reverse("portal:village", args=[code])).status_code == 404
    assert client.get(reverse("portal:check", args=[code])).status_code == 404


def test_the_county_page_lists_townships_villages_and_new_results(client, county, of):
    road.announced(of, county.village)

    page = text_of(client.get(reverse("portal:county")))

    assert "最新结果" in page
    for place in [*county.townships, *county.villages, county.community]:
        assert place.name in page
    assert page.count(village_page(county.village)) == 2


def test_a_village_is_found_by_a_part_of_its_name(client, county):
    found = text_of(client.get(reverse("portal:county"), {"q": "石桥"}))
    assert village_page(county.second_village) in found
    assert village_page(county.village) not in found

    nothing = text_of(client.get(reverse("portal:county"), {"q": "没有这村"}))
    assert 'value="没有这村"' in nothing
    assert "没有找到" in nothing


# Nobody's data


def test_the_public_pages_hold_no_persons_data_of_those_who_do_not_stand(client, county, of):
    election = road.announced(of, county.village)
    stood = {each.person_id for each in election.candidates.all()}
    others = Person.objects.filter(place=county.village).exclude(pk__in=stood)
    pages = "".join(
        text_of(client.get(page))
        for page in (reverse("portal:county"), village_page(county.village), check_page(county.village))
    )

    assert not re.search(r"\d{17}[\dX]|1380000\d{4}", pages)
    for person in Person.objects.filter(place=county.village):
        assert id_number(person)[-6:] not in pages
        assert person.key not in pages
    for person in others:
        assert f"{person.name}<" not in pages


# Am I on the roll?


@pytest.fixture
def asked(county, of):
    """A village whose roll stands posted."""
    return road.roll_posted(of, county.village)


def ask(client, place, **typed):
    return client.post(check_page(place), typed)


def listed(election):
    line = RollLine.objects.filter(roll__election=election, listed=True).select_related("person").first()
    return line, id_number(line.person)[-4:]


def test_a_name_with_its_last_four_is_answered_yes(client, county, asked):
    line, tail = listed(asked)

    answer = ask(client, county.village, name=line.name, tail=tail)

    assert "公布的选民名单上有这个名字" in text_of(answer)
    assert answer["Cache-Control"] == "no-store"


def test_a_slip_code_is_answered_yes_however_it_is_typed(client, county, asked):
    line, _tail = listed(asked)

    assert "上有这个名字" in text_of(ask(client, county.village, code=f" {rolls.slip_code(line).lower()} "))


@pytest.mark.parametrize(("name", "tail"), [("王秀兰", "0000"), ("没有此人", "1234")])
def test_a_wrong_name_and_a_wrong_number_are_answered_alike(client, county, asked, name, tail):
    page = text_of(ask(client, county.village, name=name, tail=tail))

    assert "公布的选民名单上没有这个名字" in page
    assert "名单编号" not in page  # yes or no, nothing more


def test_what_was_typed_wrongly_comes_back(client, county, asked):
    page = text_of(ask(client, county.village, name="王秀兰", tail="12"))

    assert 'value="王秀兰"' in page
    assert "请输入四位" in page


def test_asking_nothing_is_told_what_to_type(client, county, asked):
    assert "请输入纸条上的查询码" in text_of(ask(client, county.village))


def test_one_name_is_answered_only_so_often_a_day_whether_it_is_listed_or_not(client, county, asked):
    line, tail = listed(asked)

    for name in (line.name, "没有此人"):
        codes = [ask(client, county.village, name=name, tail=tail).status_code for _ in range(NAME_A_DAY + 1)]
        assert codes == [200] * NAME_A_DAY + [429], name
    assert "查询次数过多" in text_of(ask(client, county.village, name=line.name, tail=tail))


def test_without_a_posted_roll_nothing_is_answered(client, county, of):
    road.roll_made(of, county.village)

    page = text_of(ask(client, county.village, name="王秀兰", tail="1234"))

    assert "现在没有可以查询的名单" in page
    assert '<form class="form' not in page


def test_after_the_announcement_nothing_is_answered_any_more(client, county, of):
    road.announced(of, county.village)

    assert "现在没有可以查询的名单" in text_of(client.get(check_page(county.village)))


# Is this paper genuine?


def test_the_number_on_a_paper_leads_to_the_lines_to_compare(
    client, county, of, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        election = road.roll_posted(of, county.village)
    number = election.notices.get().document

    answer = client.get(reverse("portal:notice"), {"number": f" {number} "}, follow=True)

    assert answer.redirect_chain[0][0] == reverse("record:document", args=[number])
    assert answer.status_code == 200


@pytest.mark.parametrize("number", ["", "999", "x", "²", "9" * 40])
def test_a_number_that_was_never_published_is_told_so(client, county, number):
    answer = client.get(reverse("portal:notice"), {"number": number})

    assert answer.status_code == 404
    assert "没有这个编号的公告" in text_of(answer)


# Light, and for everybody


def first_paint(client, url):
    """Bytes of a page with the style sheets, scripts and pictures that it names."""
    page = client.get(url).content
    named = {each.decode() for each in re.findall(rb'(?:href|src)="/static/([^"]+)"', page)}
    assert named
    return len(page) + sum(Path(finders.find(name)).stat().st_size for name in named)


def test_a_villagers_page_weighs_less_than_150_kilobytes_before_compression(client, county, of, settings):
    road.announced(of, county.village)

    for url in (reverse("portal:county"), village_page(county.village), check_page(county.village)):
        assert first_paint(client, url) < 150_000, url


def test_every_field_of_the_check_has_a_label_and_the_page_its_language(client, county, asked):
    page = text_of(client.get(check_page(county.village)))

    for name in ("code", "name", "tail"):
        assert f'for="id_{name}"' in page
        assert f'id="id_{name}"' in page
    assert '<html lang="zh-Hans">' in page
    assert page.count("<h1") == 1


def test_the_pages_speak_english_when_asked(client, county, of):
    road.announced(of, county.village)
    client.cookies["django_language"] = "en"

    page = text_of(client.get(village_page(county.village)))

    assert '<html lang="en">' in page
    assert "Votes needed to win" in page
    assert "More" in page or "more than half" in page


def test_the_county_page_costs_the_same_for_two_and_for_two_hundred_villages(client, county, of):
    road.roll_posted(of, county.village, number=5)
    url = reverse("portal:county")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for n in range(300, 500):
        cast.make_place(f"141130101{n}", f"村{n}", "village", county.east)

    with CaptureQueriesContext(connection) as many:
        client.get(url)

    assert len(many) == len(few)


def test_an_objection_day_is_counted_from_the_posting(client, county, of):
    posted = road.today() - timedelta(days=2)
    road.roll_posted(of, county.village, on=posted)

    page = text_of(client.get(village_page(county.village)))

    assert f"{posted.month}月{posted.day}日" in page
