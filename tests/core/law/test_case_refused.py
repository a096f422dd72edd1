"""A case that cannot be counted is refused: the message names the field, the value and what would be accepted."""

import copy

import pytest

from shanzhi.core.law.count import Case, Refused, count

GOOD = {
    "body": "committee", "election_day": "2026-12-20", "round": "first", "registered": 1000, "present": 40,
    "issued": 620, "collected": 620, "void": 40, "seats": {"chair": 1, "vice_chair": 1, "member": 3},
    "votes": [
        {"name": "A", "sex": "m", "post": "chair", "votes": 411},
        {"name": "W", "sex": "f", "post": "member", "votes": 420},
    ],
    "seated": [{"name": "X", "sex": "f", "post": "member"}],
    "kin": [["A", "W"]],
    "settings": {"woman": "guide", "add_down": False, "turnout_in_round_2": True},
}  # fmt: skip
BRANCH = GOOD | {
    "body": "branch", "registered": 40, "issued": 40, "collected": 40, "void": 0, "seats": {"member": 3}, "seated": [],
    "votes": [{"name": "A", "sex": "m", "post": "member", "votes": 30}], "kin": [], "settings": {},
}  # fmt: skip


def spoiled(path, value, *, good=GOOD):
    """The good case with one thing changed; `path` is like "votes.0.sex"."""
    case = copy.deepcopy(good)
    *way, last = path.split(".")
    place = case
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    if value is KeyError:
        del place[last]
    else:
        place[int(last) if last.isdigit() else last] = value
    return case


def test_the_case_of_the_contract_is_counted():
    outcome = count(Case.from_json(GOOD))

    assert [each.name for each in outcome.elected] == ["A", "W"]
    assert outcome.as_json()["stops"] == [{"rule": "VCOL-8-3", "names": ["A", "W"]}]


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("body", "council", "body"),
        ("body", ["committee"], "body"),
        ("body", None, "body"),
        ("election_day", "20.12.2026", "election_day"),
        ("election_day", "2026-13-01", "election_day"),
        ("election_day", "2026-W51-7", "election_day"),
        ("election_day", "20261220", "election_day"),
        ("election_day", 20261220, "election_day"),
        ("election_day", "2018-12-28", "election_day"),
        ("round", "third", "round"),
        ("round", KeyError, "round"),  # a second round counted as a first would be answered wrongly
        ("round", [], "round"),
        ("registered", "1000", "registered"),
        ("registered", 1000.0, "registered"),
        ("registered", True, "registered"),
        ("registered", -1, "registered"),
        ("issued", None, "issued"),
        ("void", 621, "void"),
        ("seats", [], "seats"),
        ("seats", {}, "seats"),
        ("seats", {"chair": 0}, "seats"),
        ("seats", {"boss": 1}, "seats"),
        ("seats.member", "3", "seats.member"),
        ("seats.member", -3, "seats.member"),
        ("votes", {}, "votes"),
        ("votes.0", "A", "votes"),
        ("votes.0.name", "", "name"),
        ("votes.0.name", "  ", "votes.name"),
        ("votes.0.name", 7, "votes.name"),
        ("votes.0.name", KeyError, "votes.name"),
        ("votes.0.sex", "male", "sex of A"),
        ("votes.0.sex", None, "votes.sex"),
        ("votes.0.post", "boss", "votes.post"),
        ("votes.0.votes", 581, "votes of A"),
        ("votes.0.votes", -1, "votes of A"),
        ("votes.0.votes", "411", "votes of A"),
        ("votes.0.votes", 411.5, "votes of A"),
        ("votes.0.votes", KeyError, "votes.votes"),
        ("votes.0.age", 50, "votes.age"),
        ("votes.0.id", 7, "votes.id"),
        ("votes.1", GOOD["votes"][0], "votes.name"),
        ("votes.1", {"name": "A", "sex": "f", "post": "member", "votes": 1}, "sex"),
        ("votes.1", {"name": "X", "sex": "f", "post": "member", "votes": 1}, "votes.name"),
        ("seated.0.votes", 3, "seated.votes"),
        ("seated.0.post", "boss", "seated.post"),
        ("seated", [GOOD["seated"][0]] * 2, "seated.name"),
        ("kin", ["AW"], "kin"),
        ("kin", [["A"]], "kin"),
        ("kin", [["A", "A"]], "kin"),
        ("kin", [["A", "nobody"]], "kin"),
        ("kin", [["A", ["W"]]], "kin"),
        ("settings", [], "settings"),
        ("settings.woman", "quota", "settings.woman"),
        ("settings.woman", ["guide"], "settings.woman"),
        ("settings.add_down", 1, "settings.add_down"),
        ("settings.turnout_in_round_2", "no", "settings.turnout_in_round_2"),
        ("settings.colour", "red", "settings.colour"),
        ("settings", {"slate_extra": 0}, "settings.slate_extra"),
        ("settings", {"slate_extra": True}, "settings.slate_extra"),
        ("settings", {"slate_ties": "some"}, "settings.slate_ties"),
        ("settings", {"slate_ties": ["all"]}, "settings.slate_ties"),
        ("turnout", 1, "turnout"),
    ]
    + [
        (name, KeyError, name)
        for name in ("body", "election_day", "registered", "issued", "collected", "void", "seats", "votes")
    ],
)
def test_one_spoiled_value_is_refused_by_its_name(path, value, field):
    with pytest.raises(Refused) as refused:
        Case.from_json(spoiled(path, value))

    assert refused.value.field == field
    assert refused.value.accepted
    assert str(refused.value).startswith(f"{field}: ")


@pytest.mark.parametrize("data", [None, [], "case", 7])
def test_what_is_no_case_at_all_is_refused(data):
    with pytest.raises(Refused, match="an object"):
        Case.from_json(data)


def test_more_votes_for_a_post_than_its_papers_hold_are_refused():
    votes = [{"name": name, "sex": "m", "post": "chair", "votes": 300} for name in "AB"]

    with pytest.raises(Refused, match="at most 580: seats times valid papers"):
        Case.from_json(GOOD | {"votes": votes, "kin": []})


def test_with_votes_added_downward_nobody_has_more_than_every_paper():
    votes = [{"name": "A", "sex": "m", "post": post, "votes": 300} for post in ("chair", "member")]

    assert Case.from_json(GOOD | {"votes": votes, "kin": []})
    with pytest.raises(Refused, match="in all posts together"):
        Case.from_json(GOOD | {"votes": votes, "kin": [], "settings": {"add_down": True}})


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("present", 41, "present"),
        ("present", KeyError, "present"),
        ("round", "second", "round"),
        ("seats", {"chair": 1}, "seats"),
    ],
)
def test_a_branch_is_told_who_is_present_and_has_no_second_round(path, value, field):
    with pytest.raises(Refused) as refused:
        Case.from_json(spoiled(path, value, good=BRANCH))

    assert refused.value.field == field


def test_what_a_body_does_not_use_may_be_left_out():
    without_issued = {name: value for name, value in BRANCH.items() if name != "issued"}
    without_present = {
        name: value for name, value in GOOD.items() if name not in ("present", "seated", "settings")
    }

    assert count(Case.from_json(without_issued)).valid
    assert count(Case.from_json(without_present | {"kin": []})).valid


def test_kin_are_named_by_name_or_id_as_long_as_only_one_person_fits():
    people = [
        {"name": "张伟", "sex": "m", "post": "member", "votes": 400, "id": "k1"},
        {"name": "王芳", "sex": "f", "post": "member", "votes": 390, "id": "k2"},
    ]
    case = GOOD | {"votes": people, "seated": [], "kin": [["张伟", "k2"]]}
    namesake = people[0] | {"id": "k3", "votes": 1}

    assert Case.from_json(case).kin == (("k1", "k2"),)
    with pytest.raises(Refused, match="by id"):
        Case.from_json(case | {"votes": [*people, namesake]})


def test_a_long_value_is_shortened_in_the_message():
    with pytest.raises(Refused) as refused:
        Case.from_json(GOOD | {"round": "x" * 10_000})

    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    "text", ["A ", " A", "\u3000A", "A\n当选 elected: B", "A\x1b[2K", "A\u2028B", "A\x00"]
)
@pytest.mark.parametrize("path", ["votes.0.name", "votes.0.id", "seated.0.name"])
def test_a_name_that_could_be_taken_for_another_or_forge_a_line_of_the_answer_is_refused(path, text):
    with pytest.raises(Refused, match="in one line, without spaces at its ends") as refused:
        Case.from_json(spoiled(path, text) | {"kin": []})

    assert refused.value.field == path.replace(".0", "")
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("path", "person"),
    [
        pytest.param(
            "votes", {"name": "B", "sex": "m", "post": "vice_chair", "votes": 1, "id": "k"}, id="one id"
        ),
        pytest.param(
            "votes", {"name": "k", "sex": "m", "post": "vice_chair", "votes": 1}, id="an id is a name"
        ),
        pytest.param("seated", {"name": "B", "sex": "m", "post": "member", "id": "k"}, id="one sits"),
    ],
)
def test_two_people_under_one_id_are_not_counted_as_one(path, person):
    first = {"name": "A", "sex": "m", "post": "chair", "votes": 411, "id": "k"}
    case = GOOD | {"votes": [first], "seated": [], "kin": []}

    with pytest.raises(Refused, match="an id of one person, not of both") as refused:
        Case.from_json(case | {path: [*case[path], person]})

    assert (refused.value.field, refused.value.value) == ("id", "k")
