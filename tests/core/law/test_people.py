"""Voters, candidates, kin and proxies: sections D, E and F of the worked cases, and what is not known."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from shanzhi.core.law import candidates, kinship, proxies
from shanzhi.core.law.candidates import BARS, Nominee
from shanzhi.core.law.proxies import Mandate
from shanzhi.core.law.voters import Residence, Villager, age_on, classify, may_vote

DAY, OLD = date(2026, 12, 20), date(2025, 12, 30)
RESIDENT = Villager(date(1970, 1, 1), Residence.RESIDENT)
AWAY = replace(RESIDENT, residence=Residence.AWAY)
OUTSIDER = Villager(
    date(1970, 1, 1), Residence.OUTSIDER, here_since=date(2023, 12, 20), applied=True, consented=True
)


def answer(villager, day=DAY):
    line = classify(villager, election_day=day)
    return line.listed, line.voter_class, line.findings[-1].rule, line.findings[-1].case


# F. The roll


@pytest.mark.parametrize(
    ("born", "may"),
    [
        pytest.param("2008-12-20", True, id="LC-045 VCOL-16-1 eighteen on election day"),
        pytest.param("2008-12-21", False, id="LC-045 VCOL-16-1 a day too young"),
        pytest.param("2008-02-29", True, id="VCOL-16-1 born on a leap day"),
    ],
)
def test_who_is_old_enough(born, may):
    assert may_vote(replace(RESIDENT, born=date.fromisoformat(born)), election_day=DAY).holds is may


def test_a_leap_day_child_is_a_year_older_on_the_first_of_march():
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


@pytest.mark.parametrize(
    ("villager", "expected"),
    [
        pytest.param(RESIDENT, (True, 1, "VCOL-16-2", ""), id="VCOL-16-2 registered and living here"),
        pytest.param(
            AWAY, (False, None, "VCOL-16-3", ""), id="LC-043 VCOL-16-3 a migrant worker who says nothing"
        ),
        pytest.param(
            replace(AWAY, says_takes_part=True), (True, 2, "VCOL-16-3", ""), id="VCOL-16-3 says he takes part"
        ),
        pytest.param(
            replace(AWAY, says_takes_part=None), (None, None, "VCOL-16-3", ""), id="VCOL-16-3 not known"
        ),
        pytest.param(OUTSIDER, (True, 3, "VCOL-16-4", ""), id="VCOL-16-4 three years, applied, agreed"),
        pytest.param(
            replace(OUTSIDER, consented=False),
            (False, None, "VCOL-16-4", "consented"),
            id="LC-041 VCOL-16-4 the meeting has not voted",
        ),
        pytest.param(
            replace(OUTSIDER, consented=None),
            (None, None, "VCOL-16-4", "consented"),
            id="VCOL-16-4 consent not known",
        ),
        pytest.param(
            replace(OUTSIDER, applied=False),
            (False, None, "VCOL-16-4", "applied"),
            id="VCOL-16-4 has not applied",
        ),
        pytest.param(
            replace(OUTSIDER, applied=None),
            (None, None, "VCOL-16-4", "applied"),
            id="VCOL-16-4 not known whether he applied",
        ),
        pytest.param(
            replace(OUTSIDER, here_since=date(2025, 12, 20)),
            (True, 3, "VCOL-16-4", ""),
            id="VCOL-16-4 a year to the day",
        ),
        pytest.param(
            replace(OUTSIDER, here_since=date(2025, 12, 21)),
            (False, None, "VCOL-16-4", "since"),
            id="VCOL-16-4 a day short of a year",
        ),
        pytest.param(
            replace(OUTSIDER, here_since=None),
            (None, None, "VCOL-16-4", "since"),
            id="VCOL-16-4 since when is not known",
        ),
        pytest.param(
            replace(RESIDENT, on_another_roll=True),
            (False, None, "VCOL-16-5", ""),
            id="VCOL-16-5 on another village's roll",
        ),
        pytest.param(
            replace(RESIDENT, on_another_roll=None),
            (None, None, "VCOL-16-5", ""),
            id="VCOL-16-5 not known is no pass",
        ),
        pytest.param(
            replace(RESIDENT, rights_removed=True),
            (False, None, "VCOL-16-1", "rights"),
            id="VCOL-16-1 political rights removed",
        ),
        pytest.param(
            replace(RESIDENT, rights_removed=None),
            (None, None, "VCOL-16-1", "rights"),
            id="VCOL-16-1 rights not known",
        ),
        pytest.param(
            replace(RESIDENT, born=date(2010, 1, 1)),
            (False, None, "VCOL-16-1", "age"),
            id="VCOL-16-1 too young",
        ),
    ],
)
def test_who_is_listed_and_in_which_class(villager, expected):
    assert answer(villager) == expected


@pytest.mark.parametrize(
    ("day", "works_here", "expected"),
    [
        pytest.param(
            DAY, True, (True, 3, "VCOL-16-4", ""), id="VCOL-16-4 TRANS-01 from 2026 village work counts"
        ),
        pytest.param(
            OLD, True, (False, None, "VCOL-16-4", "work_2018"), id="VCOL-16-4 TRANS-01 before it does not"
        ),
        pytest.param(
            OLD, None, (None, None, "VCOL-16-4", "work_2018"), id="VCOL-16-4 before, not known is no pass"
        ),
        pytest.param(
            OLD, False, (True, 3, "VCOL-16-4", ""), id="VCOL-16-4 living here counts under both texts"
        ),
    ],
)
def test_village_work_counts_from_2026(day, works_here, expected):
    assert answer(replace(OUTSIDER, works_here=works_here), day) == expected


# F. Candidates

CLEAN = Nominee(
    on_roll=True, expelled=False, convicted=False, clan_or_gang=False, cult=False, posted_staff=False
)


def stops(nominee, day=DAY):
    return [(each.rule, each.case) for each in candidates.may_stand(nominee, election_day=day) if each.stops]


def test_lc_047_vcol_18_3_expelled_nine_years_ago_may_vote_and_may_not_stand():
    assert may_vote(RESIDENT, election_day=DAY).holds
    assert stops(replace(CLEAN, expelled=True)) == [("VCOL-18-3", "expelled")]
    assert stops(replace(CLEAN, expelled=True), OLD) == []  # the text of 2018 had no bars


@pytest.mark.parametrize("bar", BARS)
@pytest.mark.parametrize("fact", [True, None])
def test_vcol_18_3_each_bar_stops_and_so_does_not_knowing(bar, fact):
    assert stops(replace(CLEAN, **{bar: fact})) == [("VCOL-18-3", bar)]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"on_roll": False}, [("VCOL-16-1", "on_roll")]),
        ({"on_roll": None}, [("VCOL-16-1", "on_roll")]),
        ({"posted_staff": True}, [("VCOL-47-1", "")]),
        ({"posted_staff": None}, []),  # asked for, but it does not stop
    ],
)
def test_what_else_stops_a_nominee(change, expected):
    assert stops(replace(CLEAN, **change)) == expected


def test_vcol_18_5_contest_is_asked_post_by_post():
    found = candidates.contest(
        {"chair": 1, "vice_chair": 0, "member": 3}, {"chair": 2, "member": 3}, election_day=DAY
    )

    assert [(each.facts["post"], each.holds, each.stops) for each in found] == [
        ("chair", True, False),
        ("member", False, True),
    ]
    assert not candidates.contest({"chair": 1}, {}, election_day=DAY)[0].holds


@pytest.mark.parametrize(
    ("seats", "fits", "odd"),
    [
        ({"chair": 1, "member": 2}, True, True),
        ({"chair": 1, "member": 1}, False, False),
        ({"member": 8}, False, False),
        ({"member": 4}, True, False),
    ],
)
def test_vcol_8_1_and_sx_02_size(seats, fits, odd):
    found = candidates.size(seats, election_day=DAY)

    assert [each.holds for each in found] == [fits, odd]
    assert [each.stops for each in found] == [not fits, False]


@pytest.mark.parametrize(("day", "kin_too"), [(DAY, True), (OLD, False)])
def test_vcol_15_3_a_nomination_reminds_of_the_election_committee(day, kin_too):
    found = candidates.committee_leaves(election_day=day)

    assert (found.rule, found.holds, found.stops) == ("VCOL-15-3", None, False)
    assert ("近亲属" in found.says["zh"]) is kin_too
    assert found.says["en"]


# D. Kin and women


@pytest.mark.parametrize("relation", sorted(kinship.REVERSE))
def test_lc_029_vcol_8_3_kin_01_only_near_relatives_are_barred(relation):
    near = relation in {"spouse", "parent", "child", "sibling", "grandparent", "grandchild"}
    (found,) = candidates.kin_among([("A", "B", relation)], election_day=DAY)

    assert kinship.is_near(relation) is near
    assert (found.rule, found.holds, found.stops) == (
        ("VCOL-8-3", None, False) if near else ("KIN-01", True, False)
    )
    assert kinship.REVERSE[kinship.REVERSE[relation]] == relation
    assert kinship.is_near(kinship.REVERSE[relation]) is near


def test_vcol_8_3_near_kin_are_no_matter_before_2026():
    assert candidates.kin_among([("A", "B", "spouse")], election_day=OLD) == ()


def test_vcol_8_2_without_a_woman_among_the_candidates_nominate_one():
    assert candidates.women_among(2, election_day=DAY).holds
    assert candidates.women_among(0, election_day=DAY).holds is None


# E. Proxies

FIT = Mandate(
    principal_on_roll=True, principal_away=True, written=True, holder_may_vote=True, near_kin=False,
    holder_is_candidate=False, held=0,
)  # fmt: skip


def refused(mandate, day=DAY):
    return [(each.rule, each.case) for each in proxies.accept(mandate, election_day=day) if each.stops]


@pytest.mark.parametrize(
    ("change", "day", "expected"),
    [
        pytest.param(
            {"held": 2},
            DAY,
            [],
            id="LC-033 VCOL-18-13 the third mandate is accepted: four ballots with his own",
        ),
        pytest.param({"held": 3}, DAY, [("VCOL-18-13", "")], id="LC-033 VCOL-18-13 the fourth is refused"),
        pytest.param(
            {"held": 3, "near_kin": True}, OLD, [("VER-01", "")], id="VER-01 the guide said so before 2026"
        ),
        pytest.param(
            {"holder_is_candidate": True},
            DAY,
            [("VCOL-18-14", "")],
            id="LC-035 VCOL-18-14 a candidate may not accept",
        ),
        pytest.param(
            {"holder_is_candidate": None}, DAY, [("VCOL-18-14", "")], id="VCOL-18-14 not known is no pass"
        ),
        pytest.param(
            {"holder_is_candidate": True, "near_kin": True},
            OLD,
            [("VER-01", "candidate")],
            id="VER-01 nor before 2026",
        ),
        pytest.param(
            {}, OLD, [("VCOL-18-12", "kin")], id="LC-037 VCOL-18-12 TRANS-01 a neighbour on 2025-12-30"
        ),
        pytest.param(
            {"near_kin": None},
            OLD,
            [("VCOL-18-12", "kin")],
            id="VCOL-18-12 before 2026, not known is no pass",
        ),
        pytest.param({}, date(2026, 1, 10), [], id="LC-037 VCOL-18-12 TRANS-01 a neighbour on 2026-01-10"),
        pytest.param(
            {"holder_may_vote": False},
            DAY,
            [("VCOL-18-12", "vote")],
            id="LC-039 VCOL-18-12 seventeen, deprived, or not registered",
        ),
        pytest.param(
            {"holder_may_vote": None}, DAY, [("VCOL-18-12", "vote")], id="VCOL-18-12 not known is no pass"
        ),
        pytest.param({"written": False}, DAY, [("VCOL-18-11", "")], id="VCOL-18-11 not in writing"),
        pytest.param(
            {"principal_away": None}, DAY, [("VCOL-18-11", "")], id="VCOL-18-11 not known whether away"
        ),
        pytest.param(
            {"principal_on_roll": False, "written": None},
            DAY,
            [("VCOL-18-11", "")],
            id="VCOL-18-11 not on the roll",
        ),
    ],
)
def test_whether_a_mandate_is_accepted(change, day, expected):
    assert refused(replace(FIT, **change), day) == expected


# Every finding about people can be said, whatever the facts


def test_every_finding_about_people_has_words_in_both_languages():
    three = (True, False, None)
    found = []
    for day in (DAY, OLD):
        for residence, *facts in product(Residence, *[three] * 6):
            names = (
                "rights_removed",
                "says_takes_part",
                "works_here",
                "applied",
                "consented",
                "on_another_roll",
            )
            villager = replace(OUTSIDER, residence=residence, **dict(zip(names, facts, strict=True)))
            found += classify(villager, election_day=day).findings
        for on_roll, bars, posted in product(three, three, three):
            nominee = Nominee(on_roll, **dict.fromkeys(BARS, bars), posted_staff=posted)
            found += candidates.may_stand(nominee, election_day=day)
        for facts in product(three, three, three, three):
            for held in (0, 3):
                mandate = Mandate(facts[0], True, True, facts[1], facts[2], facts[3], held)
                found += proxies.accept(mandate, election_day=day)

    for finding in found:
        words = finding.says
        assert words["zh"]
        assert words["en"]
        assert "{" not in words["zh"] + words["en"]
