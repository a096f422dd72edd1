"""What is published: complete in both languages, cited, the way to object said, and nobody's private data in it."""

import json
from datetime import date

import pytest

from shanzhi.apps.elections.actions import road
from shanzhi.apps.elections.models import Notice
from shanzhi.apps.places.actions.people import seal_numbers
from shanzhi.apps.places.models import Kinship, Person
from shanzhi.apps.record.models import Document
from shanzhi.core.merkle import bundle
from tests.apps.elections import printed
from tests.apps.elections.the_count import DAY, acts, announce, fresh, hold_again, kin, reckon
from tests.cast import make_id_number

pytestmark = pytest.mark.django_db
VOTES = {("chair", "李建国"): 46, ("chair", "刘志强"): 10, ("vice_chair", "杨守义"): 44, ("vice_chair", "高双喜"): 12,
         ("member", "王秀兰"): 48, ("member", "张桂英"): 40, ("member", "任海生"): 30, ("member", "郝永福"): 20}  # fmt: skip


def announced(**more):
    election = printed.with_roll()
    reckon(election, VOTES | more.get("votes", {}), collected=58, void=2)
    announce(election)
    return fresh(election)


PUBLISH = {
    "roll": printed.posted_roll,
    "correction": printed.posted_correction,
    "candidates": printed.posted_candidates,
    "mandates": printed.posted_mandates,
}


def published(kind):
    """A notice of the kind, with its election and its data."""
    if kind == "result":
        election = announced()
        notice = election.notices.get(kind="result")
    else:
        election = printed.with_roll()
        notice = PUBLISH[kind](election)
    document = Document.objects.get(number=notice.document)
    return election, document, json.loads(bytes(document.body))


KINDS = [kind.value for kind in Notice.Kind]
every_kind = pytest.mark.parametrize("kind", KINDS)


@every_kind
def test_a_notice_is_published_in_canonical_bytes_under_the_committees_name(kind):
    _election, document, data = published(kind)

    assert bytes(document.body) == bundle.canonical(data)
    assert (document.kind, document.issuing_body) == (kind, "东川镇柳树沟村村民选举委员会")
    assert document.title_zh.startswith("东川镇柳树沟村")
    assert document.title_zh.endswith("公告")
    assert document.title_en
    assert {"elections.printed", "record.published"} & set(acts()) == {"record.published"}


@every_kind
def test_a_notice_says_what_it_is_of_which_village_and_vote(kind):
    _election, _document, data = published(kind)

    assert data["format"] == f"shanzhi/{kind}/1"
    assert data["village"] == {"code": "141130101201", "name": "柳树沟村委会"}
    assert (data["township"], data["election_day"], data["law"]) == ("东川镇", "2026-12-20", "2025")
    assert data["round"] == {"zh": "选举", "en": "election"}


@every_kind
def test_a_notice_cites_every_rule_with_law_article_and_words_in_both_languages(kind):
    _election, _document, data = published(kind)

    assert data["rules"]
    for rule in data["rules"]:
        assert rule["law"]
        assert rule["article"]
        assert set(rule["subject"]) == set(rule["text"]) == {"zh", "en"}


@every_kind
def test_a_notice_says_how_to_complain(kind):
    """VCOL-21-2: to the township or the county, without a deadline."""
    _election, _document, data = published(kind)

    (complaint,) = [each for each in data["remedies"] if each["rule"] == "VCOL-21-2"]
    assert (complaint["law"], complaint["article"]) == ("2025", "21(2)")
    assert "东川镇" in complaint["says"]["zh"]
    assert "no deadline" in complaint["says"]["en"]


@every_kind
def test_no_notice_gives_a_person_away(kind):
    """Neither numbers, birth dates, keys nor objectors; and of the roll and the proxies no name."""
    election, document, _data = published(kind)
    body = bytes(document.body).decode()
    standing = (
        {each.person.name for each in election.candidates.all()}
        if kind in {"candidates", "result"}
        else set()
    )

    assert "欧阳申诉" not in body
    for line in election.own_roll.lines.select_related("person"):
        assert line.person.key not in body
        assert line.key not in body
        assert line.born.isoformat() not in body
        assert (line.name in body) == (line.name in standing), line.name


def test_a_sealed_id_number_is_in_no_notice():
    election = printed.with_roll()
    person = Person.objects.filter(place=election.village).first()
    number = make_id_number(3)
    seal_numbers(person, number, "13800001234")
    printed.posted_roll(election)
    printed.posted_candidates(election)

    for document in Document.objects.all():
        assert number not in bytes(document.body).decode()
        assert "13800001234" not in bytes(document.body).decode()


# One by one


def test_the_roll_is_published_as_counts_and_commitments_with_the_last_day_to_object():
    """VCOL-17-2: five days from posting."""
    election, _document, data = published("roll")

    assert data["counts"]["listed"] == 60 == data["counts"]["men"] + data["counts"]["women"]
    assert data["counts"]["class_1"] + data["counts"]["class_2"] + data["counts"]["class_3"] == 60
    assert data["lines_root"] == election.own_roll.lines_root
    assert data["paper_digest"] == election.own_roll.paper_digest
    assert (data["posted_on"], data["objections_until"]) == ("2026-11-25", "2026-11-30")
    assert data["remedies"][0]["rule"] == "VCOL-17-2"
    assert "2026年11月30日" in data["remedies"][0]["says"]["zh"]


def test_a_correction_says_the_verdict_and_the_change_in_both_languages():
    _election, _document, data = published("correction")

    assert data["objection"]["verdict_name"] == {"zh": "异议成立", "en": "upheld"}
    assert data["change_name"] == {"zh": "列入名单", "en": "added to the roll"}
    assert data["line"] == 21
    assert "says" not in data["objection"]


def test_candidates_stand_in_the_order_of_the_ballot():
    _election, _document, data = published("candidates")

    assert [(post["post"], post["seats"]) for post in data["posts"]] == [
        ("chair", 1),
        ("vice_chair", 1),
        ("member", 3),
    ]
    assert data["posts"][0]["name"] == {"zh": "主任", "en": "chair"}
    assert [each["name"] for each in data["posts"][2]["candidates"]] == [
        "王秀兰",
        "张桂英",
        "任海生",
        "郝永福",
    ]


def test_of_two_namesakes_for_one_post_only_the_elected_one_is_marked():
    election = printed.with_roll()
    reckon(election, VOTES, collected=58, void=2)
    Person.objects.filter(name="郝永福").update(name="王秀兰")
    announce(election)

    document = Document.objects.get(kind="result")
    marked = [
        (each["votes"], each["elected"])
        for each in json.loads(bytes(document.body))["votes"]
        if each["name"] == "王秀兰"
    ]
    assert sorted(marked) == [(20, False), (48, True)]


def test_the_result_holds_every_number_every_reason_and_the_choices():
    _election, _document, data = published("result")

    assert (data["registered"], data["issued"], data["collected"], data["void"]) == (60, 58, 58, 2)
    assert {(each["post"], each["name"]): each["votes"] for each in data["votes"]} == VOTES
    assert [(each["name"], each["sex"]) for each in data["elected"]] == [
        ("李建国", "m"), ("杨守义", "m"), ("王秀兰", "f"), ("张桂英", "f"), ("任海生", "m")
    ]  # fmt: skip
    assert data["settings"]["woman"] == "guide"
    for finding in data["findings"]:
        assert finding["law"]
        assert finding["article"]
        assert set(finding["says"]) == {"zh", "en"}


def test_the_result_says_what_a_unanimous_vote_gives_away():
    _election, _document, data = published("result")

    assert "合计票数" in data["secrecy"]["zh"]
    assert "no software can prevent" in data["secrecy"]["en"]


def test_what_is_voted_on_again_is_named_in_both_languages_by_people_not_by_keys():
    election = announced(votes={("member", "任海生"): 25})
    data = json.loads(bytes(Document.objects.get(kind="result").body))

    (again,) = data["rerun"]
    assert again["candidates"] == ["任海生", "郝永福"]
    assert "ids" not in again
    assert again["kind_name"]["en"] == "seats not filled: second round"
    second = hold_again(election.reruns.get())
    reckon(second, {("member", "任海生"): 30, ("member", "郝永福"): 20}, collected=58)
    announce(second)
    after = Document.objects.get(number=second.notices.get(kind="result").document)
    assert after.title_zh == "东川镇柳树沟村村民委员会另行选举结果公告"
    assert [each["name"] for each in json.loads(bytes(after.body))["seated"]] == [
        "李建国",
        "杨守义",
        "王秀兰",
        "张桂英",
    ]


def test_a_decision_on_a_stop_is_published_only_where_the_stop_is_in_the_result():
    """VCOL-8-3: a decision on an outcome that was corrected afterwards is no part of the result."""
    election = printed.with_roll()
    kin(election, "王秀兰", "张桂英", "sibling")
    reckon(election, VOTES, collected=58, void=2)
    road.decide_stop(
        election=election, about="stage:announced", rule="VCOL-8-3", reason="张桂英退出", body="村民选举委员会",
        today=DAY, by="clerk",
    )  # fmt: skip
    Kinship.objects.all().delete()
    announce(election)

    assert json.loads(bytes(Document.objects.get(kind="result").body))["decisions"] == []


def test_a_notice_under_the_text_of_2018_cites_2018():
    """TRANS-01."""
    election = printed.with_roll()
    election.election_day = date(2025, 12, 20)
    election.save()
    data = json.loads(bytes(Document.objects.get(number=printed.posted_candidates(election).document).body))

    assert data["law"] == "2018"
    assert data["remedies"][0]["article"] == "17(2)"
    assert {rule["law"] for rule in data["rules"]} == {"2018"}
    assert "VCOL-18-3" not in {rule["rule"] for rule in data["rules"]}
