"""Citizen numbers and phones: ID-01 to ID-05, with the worked cases of section N."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanzhi.core import identity
from shanzhi.core.identity import Fault, Unusable

TODAY = date(2026, 11, 25)
MAN, WOMAN = "34052419800101001X", "11010519491231002X"


def fault(text):
    with pytest.raises(Unusable) as refused:
        identity.parse(text, today=TODAY)
    return refused.value.fault


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(MAN, id="ID-01 ID-02"),
        pytest.param(MAN.lower(), id="LC-103 ID-02 a small x"),
        pytest.param(" 340524 19800101 001X\n", id="spaces"),
        pytest.param(f"'{MAN}", id="the mark with which Excel keeps text"),
        pytest.param("３４０５２４１９８００１０１００１Ｘ", id="full-width digits"),
    ],
)
def test_a_good_number_is_read_however_it_was_typed(text):
    found = identity.parse(text, today=TODAY)

    assert (found.number, found.born, found.region) == (MAN, date(1980, 1, 1), "340524")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(MAN[:17] + "1", Fault.CHECK, id="LC-103 ID-02 last digit 1"),
        pytest.param("34052419800101" + "010X", Fault.CHECK, id="LC-103 ID-02 two digits swapped"),
        pytest.param(
            "11010519491231" + "020X", Fault.CHECK, id="LC-103 ID-02 two digits swapped in the other"
        ),
        pytest.param("", Fault.EMPTY, id="ID-01 nothing"),
        pytest.param("  ", Fault.EMPTY, id="ID-01 spaces only"),
        pytest.param(MAN[:-1], Fault.LENGTH, id="ID-01 a digit short"),
        pytest.param("340524800101001", Fault.LENGTH, id="ID-01 the old fifteen digits"),
        pytest.param(MAN[:-1] + "Y", Fault.SHAPE, id="ID-01 another letter"),
        pytest.param("X" + MAN[1:], Fault.SHAPE, id="ID-01 X in front"),
        pytest.param("3.40524E+17", Fault.DAMAGED, id="damaged by Excel: shown as a power"),
        pytest.param("340524198001010000.0", Fault.DAMAGED, id="damaged by Excel: a number with a point"),
        pytest.param("340524198001010000", Fault.DAMAGED, id="damaged by Excel: the last digits are lost"),
    ],
)
def test_a_bad_number_says_what_is_wrong(text, expected):
    assert fault(text) is expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        pytest.param("19800230", Fault.DATE, id="ID-03 30 February"),
        pytest.param("20230229", Fault.DATE, id="ID-03 29 February of a common year"),
        pytest.param("19801301", Fault.DATE, id="ID-03 month 13"),
        pytest.param("00000101", Fault.DATE, id="ID-03 year nought"),
        pytest.param("20261126", Fault.FUTURE, id="ID-03 tomorrow"),
    ],
)
def test_id_03_the_date_is_checked_even_when_the_check_digit_fits(born, expected):
    first17 = f"141130{born}001"

    assert fault(first17 + identity.check_digit(first17)) is expected


def test_id_03_born_today_is_a_real_date():
    first17 = "14113020261125001"

    assert identity.parse(first17 + identity.check_digit(first17), today=TODAY).born == TODAY


@pytest.mark.parametrize(
    ("number", "sex"),
    [pytest.param(WOMAN, "f", id="LC-105 ID-04 woman"), pytest.param(MAN, "m", id="LC-105 ID-04 man")],
)
def test_the_seventeenth_digit_tells_the_sex(number, sex):
    assert identity.parse(number, today=TODAY).sex == sex


def test_id_05_an_unknown_region_is_never_a_reason_to_refuse():
    number = identity.make("999999", date(1990, 5, 1), 7)

    assert identity.parse(number, today=TODAY).region == "999999"


regions = st.from_regex(r"[0-9]{6}", fullmatch=True)
births = st.dates(date(1900, 1, 1), TODAY)


@given(regions, births, st.integers(0, 999))
def test_what_is_made_is_read_back(region, born, serial):
    number = identity.make(region, born, serial)
    found = identity.parse(number, today=TODAY)

    assert (found.region, found.born, found.sex) == (region, born, "m" if serial % 2 else "f")


@given(regions, births, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_id_02_one_wrong_digit_is_always_found(region, born, serial, place, shift):
    number = identity.make(region, born, serial)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]

    with pytest.raises(Unusable):
        identity.parse(wrong, today=TODAY)


@given(st.text())
def test_whatever_is_typed_is_read_or_refused(text):
    for read in (lambda: identity.parse(text, today=TODAY).number, lambda: identity.phone(text)):
        with suppress(Unusable):
            assert read().isascii()


@pytest.mark.parametrize(
    ("region", "serial"), [("14113", 1), ("14113x", 1), ("141130", 1000), ("141130", -1)]
)
def test_what_cannot_be_made_is_refused(region, serial):
    with pytest.raises(ValueError, match="six digits"):
        identity.make(region, date(1990, 1, 1), serial)


def test_a_number_on_a_screen_is_masked():
    assert identity.masked(MAN) == "340524************"
    assert identity.masked("12345") == "*****"
    assert identity.masked_phone("13800001234") == "138****1234"
    assert identity.masked_phone("1234") == "****"


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("13800001234", "13800001234"),
        ("138 0000-1234", "13800001234"),
        ("+86 138 0000 1234", "13800001234"),
        ("0086 13800001234", "13800001234"),
        ("86-13800001234", "13800001234"),
        ("（0358）7922034", "03587922034"),
        ("0358-7922034", "03587922034"),
        ("010-82345678", "01082345678"),
        ("１３８００００１２３４", "13800001234"),
    ],
)
def test_a_phone_is_read_however_it_was_typed(text, digits):
    assert identity.phone(text) == digits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Fault.EMPTY),
        ("-", Fault.EMPTY),
        ("1.38E+10", Fault.DAMAGED),
        ("13800001234.0", Fault.DAMAGED),
        ("12800001234", Fault.SHAPE),
        ("1380000123", Fault.SHAPE),
        ("7922034", Fault.SHAPE),
        ("village office", Fault.SHAPE),
    ],
)
def test_a_bad_phone_says_what_is_wrong(text, expected):
    with pytest.raises(Unusable) as refused:
        identity.phone(text)
    assert refused.value.fault is expected
