"""Codes of divisions: their parts, and two lists side by side. REG-01 to REG-03, REG-05."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanzhi.core import divisions
from shanzhi.core.divisions import Difference, Listed


@pytest.mark.parametrize(
    ("code", "full"),
    [
        ("141130", "141130000000"),
        ("141130100", "141130100000"),
        (" 141130102207 ", "141130102207"),
        ("14", "140000000000"),
    ],
)
def test_a_code_has_twelve_digits_on_every_level(code, full):
    assert divisions.full(code) == divisions.padded(code) == full


@pytest.mark.parametrize("code", ["", "1411301", "14113010220", "1411301022071", "14113x", "１４１１３０"])
def test_what_is_no_code_is_refused_and_left_alone_in_an_address(code):
    with pytest.raises(divisions.Unusable):
        divisions.full(code)
    assert divisions.padded(code) == code


@pytest.mark.parametrize(
    ("code", "level", "kind", "rank"),
    [
        ("141130000000", "county", "county", "county"),
        ("141130001000", "township", "township", "street"),
        ("141130104000", "township", "township", "town"),
        ("141130202000", "township", "township", "township"),
        ("141130400000", "township", "township", "other"),
        ("141130100001", "village", "community", "community"),
        ("141130102207", "village", "village", "village"),
        ("141130102399", "village", "village", "village"),
        ("141130102400", "village", "community", "other"),
    ],
)
def test_a_code_says_what_a_place_is(code, level, kind, rank):
    assert (divisions.level(code), divisions.kind(code), divisions.rank(code)) == (level, kind, rank)


def test_a_code_says_what_lies_above_it():
    assert divisions.above("141130102207") == "141130102000"
    assert divisions.above("141130102000") == "141130000000"
    assert divisions.under("141130202207", "141130104000") == "141130104207"


TOWN = "141130102000"


def village(number, name, town=TOWN):
    return Listed(f"{town[:9]}{number}", name, town)


def differences(before, after, plain=None):
    return [
        (each.difference, each.before and each.before.code[9:], each.after and each.after.code[9:])
        for each in divisions.compare(before, after, plain=plain or {})
    ]


def test_what_stands_in_both_lists_is_no_difference():
    both = [village(200, "甲村"), village(201, "乙村")]
    assert differences(both, both) == []


def test_a_new_name_a_new_code_a_new_place_and_one_that_is_gone_are_told_apart():
    before = [village(200, "甲村"), village(201, "乙村"), village(202, "丙村")]
    after = [village(200, "甲沟村"), village(251, "乙村"), village(260, "丁村")]

    assert differences(before, after) == [
        (Difference.RENAMED, "200", "200"), (Difference.RECODED, "201", "251"), (Difference.GONE, "202", None),
        (Difference.NEW, None, "260"),
    ]  # fmt: skip


def test_a_village_that_lies_in_another_township_now_has_moved():
    (change,) = divisions.compare([village(200, "甲村")], [village(200, "甲村", "141130104000")], plain={})
    assert change.moved


def test_two_villages_of_one_name_are_matched_in_their_own_townships_and_never_by_guessing():
    other = "141130104000"
    before = [village(207, "石口村"), village(200, "石口村", other)]

    matched = divisions.compare(before, [village(250, "石口村"), village(251, "石口村", other)], plain={})
    assert [(each.before.code, each.after.code) for each in matched] == [
        ("141130102207", "141130102250"), ("141130104200", "141130104251"),
    ]  # fmt: skip
    guessed = divisions.compare(before, [village(250, "石口村", "141130105000")], plain={})
    assert {each.difference for each in guessed} == {Difference.GONE, Difference.NEW}


def test_a_township_that_became_a_town_is_found_by_its_bare_name():
    before, after = (
        Listed("141130200000", "石口乡", "141130000000"),
        Listed("141130104000", "石口镇", "141130000000"),
    )
    (change,) = divisions.compare([before], [after], plain={"石口乡": "石口", "石口镇": "石口"})
    assert change.difference == Difference.RECODED


def test_where_one_that_is_gone_may_have_gone_the_likeliest_name_comes_first():
    before = [village(200, "上庄村"), village(201, "下庄村"), village(202, "石桥村")]
    (change,) = divisions.compare(before, before[1:], plain={})
    assert [each.name for each in change.likely] == ["下庄村", "石桥村"]


names = st.sampled_from(["甲村", "乙村", "丙村", "丁村", "石口村"])
lists = st.dictionaries(st.integers(200, 212), names, max_size=10).map(
    lambda held: [village(number, name) for number, name in held.items()]
)


@given(lists, lists)
def test_no_place_is_lost_and_none_is_named_twice(before, after):
    found = divisions.compare(before, after, plain={})
    old, new = {each.code for each in before}, {each.code for each in after}
    named_before = [each.before.code for each in found if each.before]
    named_after = [each.after.code for each in found if each.after]

    assert len(set(named_before)) == len(named_before)
    assert len(set(named_after)) == len(named_after)
    assert old - new <= set(named_before)
    assert new - old <= set(named_after)
    for each in found:
        if each.difference == Difference.RECODED:
            assert each.before.name == each.after.name
