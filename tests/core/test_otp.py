"""Six figures: the vectors of the standards, the drift of a clock, and that no code is taken twice."""

import base64
import hashlib
import hmac
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shanzhi.core import otp

SECRET = b"12345678901234567890"  # of RFC 4226, appendix D, and RFC 6238, appendix B


def slow_code(secret: bytes, step: int) -> str:
    """RFC 4226, section 5.3, word for word."""
    digest = hmac.new(secret, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[19] & 0xF
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


@pytest.mark.parametrize(
    ("step", "code"),
    list(
        enumerate(
            [
                "755224",
                "287082",
                "359152",
                "969429",
                "338314",
                "254676",
                "287922",
                "162583",
                "399871",
                "520489",
            ]
        )
    ),
)
def test_the_vectors_of_rfc_4226(step, code):
    assert otp.code_of(SECRET, step) == code


@pytest.mark.parametrize(
    ("seconds", "code"),  # the last six of the eight figures in the standard's table
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037"),
     (20000000000, "353130")],
)  # fmt: skip
def test_the_vectors_of_rfc_6238(seconds, code):
    assert otp.code_of(SECRET, otp.step_at(seconds)) == code
    assert otp.accept(SECRET, code, at=seconds, after=0) == otp.step_at(seconds)


@given(secret=some.binary(min_size=20, max_size=20), step=some.integers(0, 2**40))
def test_it_agrees_with_the_words_of_the_standard(secret, step):
    assert otp.code_of(secret, step) == slow_code(secret, step)


@pytest.mark.parametrize(
    ("wrong_by", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_clock_may_be_wrong_by_half_a_minute(wrong_by, taken):
    now = 1_800_000_015
    code = otp.code_of(SECRET, otp.step_at(now + wrong_by))

    assert (otp.accept(SECRET, code, at=now, after=0) is not None) == taken


def test_a_code_is_not_taken_twice_nor_an_earlier_one_after_it():
    now = 1_800_000_015
    step = otp.accept(SECRET, otp.code_of(SECRET, otp.step_at(now)), at=now, after=0)

    assert otp.accept(SECRET, otp.code_of(SECRET, step), at=now, after=step) is None
    assert otp.accept(SECRET, otp.code_of(SECRET, step - 1), at=now, after=step) is None
    assert otp.accept(SECRET, otp.code_of(SECRET, step + 1), at=now + 30, after=step) == step + 1


@pytest.mark.parametrize("typed", ["", "0", "00000", "0000000", "abcdef", "１２３４５６", "287 082"])
def test_what_is_not_six_figures_is_not_taken(typed):
    assert otp.accept(SECRET, typed, at=59, after=0) is None


def test_the_secret_is_spelled_in_groups_that_say_it_exactly():
    spelled = otp.spelled(SECRET)

    assert all(len(group) == 4 for group in spelled.split())
    assert base64.b32decode(spelled.replace(" ", "")) == SECRET
