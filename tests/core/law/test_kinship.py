"""What follows from relatives on record, and what cannot be right about them (KIN-01, KIN-02)."""

from datetime import date
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanzhi.core.law import kinship
from shanzhi.core.law.kin_checks import Known, contradictions

TODAY = date(2026, 12, 1)
# A family: 1 and 2 have the children 3 and 4; 3 is married to 5 and has 6 and 7; 4 has 8; 9 is the mother of 5.
FAMILY = [
    (1, 3, "parent"), (2, 3, "parent"), (1, 4, "parent"), (2, 1, "spouse"), (5, 3, "spouse"), (6, 3, "child"),
    (3, 7, "parent"), (5, 6, "parent"), (8, 4, "child"), (9, 5, "parent"),
]  # fmt: skip


def told(person, links=FAMILY):
    return {each.other: each.relation for each in kinship.follows(person, links)}


@pytest.mark.parametrize(
    ("person", "found"),
    [
        (3, {4: "sibling", 8: "nephew", 9: "in_law"}),
        (4, {3: "sibling", 5: "in_law", 6: "nephew", 7: "nephew"}),
        (6, {1: "grandparent", 2: "grandparent", 4: "uncle", 7: "sibling", 9: "grandparent"}),
        (5, {1: "in_law", 2: "in_law", 4: "in_law"}),
        (1, {5: "in_law", 6: "grandchild", 7: "grandchild", 8: "grandchild"}),
        (10, {}),
    ],
)
def test_what_is_sure_follows(person, found):
    """KIN-01: brothers and sisters, grandparents and grandchildren are near; uncles, nephews, cousins and in-laws are wider."""
    assert told(person) == found


def test_the_chain_says_by_whom():
    (uncle,) = [each for each in kinship.follows(6, FAMILY) if each.relation == "uncle"]

    assert uncle.chain == ((3, "parent"), (1, "parent"), (4, "child"))


def test_a_cousin_follows_through_parents_who_are_brothers():
    assert told(6, [*FAMILY, (3, 4, "sibling")])[8] == "cousin"


@pytest.mark.parametrize(
    "links",
    [
        [(2, 1, "spouse"), (1, 3, "parent")],  # a step-mother may be nobody's mother
        [(1, 2, "sibling"), (2, 3, "sibling")],  # of half blood
        [(1, 2, "parent"), (2, 3, "sibling")],
        [(1, 2, "in_law"), (2, 3, "parent")],
    ],
)
def test_what_is_not_sure_does_not_follow(links):
    sure = {each.other for each in kinship.follows(3, links)} | {
        each.other for each in kinship.follows(1, links)
    }

    assert sure <= ({1, 2, 3} if any(relation == "in_law" for *_pair, relation in links) else set())


def test_every_relation_has_a_reverse_that_leads_back():
    assert {kinship.REVERSE[kinship.REVERSE[each]] for each in kinship.REVERSE} == set(kinship.REVERSE)
    assert set(kinship.REVERSE) == set(kinship.RANK)
    assert set(kinship.FOLLOWS.values()) <= set(kinship.RANK)


# A village at random: everybody has a father and a mother from the generation above, or none; some are married.


@st.composite
def villages(draw):
    generations = [range(4), range(4, 8), range(8, 12), range(12, 15)]
    links, parents, spouse = set(), {}, {}
    for above, below in pairwise(generations):
        couples = [(above[0], above[1]), (above[2], above[3])]
        for man, woman in couples:
            spouse[man], spouse[woman] = woman, man
        for child in below:
            pair = draw(st.sampled_from([*couples, None]))
            if pair:
                parents[child] = pair
    for one, other in spouse.items():
        links.add((one, other, "spouse"))
    for child, pair in parents.items():
        links |= {(each, child, "parent") for each in pair}
    kept = draw(st.sets(st.sampled_from(sorted(links))) if links else st.just(set()))
    return parents, spouse, sorted(kept)


def truth(parents, spouse, one, other):
    """Every relation of `other` to `one`, by the tree itself."""
    mine, theirs = set(parents.get(one, ())), set(parents.get(other, ()))
    above = {each for parent in mine for each in parents.get(parent, ())}
    theirs_above = {each for parent in theirs for each in parents.get(parent, ())}
    found = set()
    found |= {"parent"} if other in mine else set()
    found |= {"child"} if one in theirs else set()
    found |= {"sibling"} if mine & theirs else set()
    found |= {"grandparent"} if other in above else set()
    found |= {"grandchild"} if one in theirs_above else set()
    found |= {"spouse"} if spouse.get(one) == other else set()
    return found, mine, theirs, above, theirs_above


def holds(parents, spouse, one, other, relation):
    found, mine, theirs, above, theirs_above = truth(parents, spouse, one, other)
    if relation in {"sibling", "grandparent", "grandchild"}:
        return relation in found
    if relation == "uncle":
        return bool(theirs & above)
    if relation == "nephew":
        return bool(mine & theirs_above)
    if relation == "cousin":
        return bool(above & theirs_above)
    blood = {each for each in (spouse.get(one), spouse.get(other)) if each is not None}
    return relation == "in_law" and bool(blood)


@settings(max_examples=150)
@given(villages())
def test_whatever_is_suggested_is_true_in_the_village(village):
    parents, spouse, links = village
    for person in range(15):
        for each in kinship.follows(person, links):
            assert holds(parents, spouse, person, each.other, each.relation), each


@settings(max_examples=150)
@given(villages())
def test_the_slow_twin_finds_the_same(village):
    _parents, _spouse, links = village
    for person in range(15):
        assert {each.other: each.relation for each in kinship.follows(person, links)} == slowly(person, links)


def slowly(person, links):
    """Every way over one, two or three links, tried out; the nearest relation wins."""
    step = {}
    for one, other, relation in links:
        step[other, one] = relation
        step.setdefault((one, other), kinship.REVERSE[relation])
    people = sorted({each for pair in step for each in pair} - {person})
    known = {other for who, other in step if who == person}
    found = {}
    for length in (1, 2, 3):
        for way in permutations(people, length):
            pairs = list(zip((person, *way), way, strict=False))
            if all(pair in step for pair in pairs) and way[-1] not in known:
                relation = kinship.FOLLOWS.get(tuple(step[pair] for pair in pairs))
                held = found.get(way[-1])
                if relation and (held is None or kinship.RANK.index(relation) < kinship.RANK.index(held)):
                    found[way[-1]] = relation
    return found


@settings(max_examples=100)
@given(villages())
def test_a_true_village_contradicts_nothing(village):
    _parents, _spouse, links = village
    people = {
        each: Known(f"人{each}", "mf"[each % 2], date(1900 + 30 * (each // 4), 1, 1)) for each in range(15)
    }
    for person in range(15):
        told = contradictions(person, people, links, today=TODAY)
        assert [each for each in told if each.case != "married_kin"] == []


# Contradictions


def found(person, links, **people):
    known = {
        int(name[1:]): Known(f"人{name[1:]}", sex, date(born, 1, 1) if born else None)
        for name, (sex, born) in people.items()
    }
    return [each.case for each in contradictions(person, known, links, today=TODAY)]


@pytest.mark.parametrize(
    ("links", "people", "cases"),
    [
        ([(2, 1, "parent")], {"p1": ("m", 1970), "p2": ("m", 1975)}, ["parent_age"]),
        ([(2, 1, "parent")], {"p1": ("m", 1970), "p2": ("m", 1960)}, ["parent_age"]),
        ([(2, 1, "parent")], {"p1": ("m", 1970), "p2": ("m", 1958)}, []),
        ([(2, 1, "parent")], {"p1": ("m", 1970), "p2": ("m", None)}, []),
        ([(2, 1, "child")], {"p1": ("m", 1970), "p2": ("m", 1969)}, ["parent_age"]),
        ([(2, 1, "grandparent")], {"p1": ("m", 1970), "p2": ("m", 1950)}, ["grandparent_age"]),
        ([(2, 1, "grandparent")], {"p1": ("m", 1970), "p2": ("m", 1946)}, []),
        (
            [(2, 1, "parent"), (3, 1, "parent")],
            {"p1": ("m", 1970), "p2": ("m", 1940), "p3": ("m", 1941)},
            ["fathers"],
        ),
        (
            [(2, 1, "parent"), (3, 1, "parent")],
            {"p1": ("m", 1970), "p2": ("f", 1940), "p3": ("f", 1941)},
            ["mothers"],
        ),
        ([(2, 1, "parent"), (3, 1, "parent")], {"p1": ("m", 1970), "p2": ("f", 1940), "p3": ("m", 1941)}, []),
        (
            [(2, 1, "spouse"), (1, 3, "spouse")],
            {"p1": ("m", 1970), "p2": ("f", 1970), "p3": ("f", 1970)},
            ["spouses"],
        ),
        ([(2, 1, "spouse")], {"p1": ("m", 1970), "p2": ("m", 1970)}, ["spouse_sex"]),
        (
            [(2, 1, "spouse"), (3, 1, "parent"), (3, 2, "parent")],
            {"p1": ("m", 1970), "p2": ("f", 1970), "p3": ("f", 1940)},
            ["married_kin"],
        ),
        (
            [(2, 1, "parent"), (3, 2, "parent"), (1, 3, "parent")],
            {"p1": ("m", None), "p2": ("m", None), "p3": ("m", None)},
            ["ring"],
        ),
    ],
)
def test_links_that_cannot_be_right_are_named(links, people, cases):
    """KIN-02."""
    assert found(1, links, **people) == cases


def test_a_contradiction_speaks_and_cites():
    (finding,) = contradictions(
        1,
        {1: Known("任小", "m", date(1970, 1, 1)), 2: Known("任大", "m", date(1972, 1, 1))},
        [(2, 1, "parent")],
        today=TODAY,
    )

    assert (finding.rule, finding.holds, finding.stops) == ("KIN-02", False, False)
    assert "任大" in finding.says["zh"]
    assert "只差0岁" in finding.says["zh"]
