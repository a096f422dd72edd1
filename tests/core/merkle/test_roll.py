"""Commitments to a roll's lines: provable one by one, hidden without the salt, never taken for something else."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanzhi.core.merkle import roll, tree
from shanzhi.core.merkle.errors import ProofFalse
from shanzhi.core.merkle.roll import Line

LINES = [Line(number, f"村民{number}", "mf"[number % 2]) for number in range(1, 12)]
SALTS = [bytes([number]) * 16 for number in range(1, 12)]
COMMITMENTS = [roll.commitment(line, salt) for line, salt in zip(LINES, SALTS, strict=True)]
ROOT = roll.lines_root(COMMITMENTS)


def slip(at):
    return roll.slip(LINES[at], SALTS[at], COMMITMENTS, at)


@pytest.mark.parametrize("at", range(len(LINES)))
def test_every_line_is_proved_by_its_own_slip(at):
    roll.verify(slip(at), ROOT)


@pytest.mark.parametrize(
    "change",
    [
        {"line": Line(3, "别的名字", "m")}, {"line": Line(4, "村民3", "f")}, {"line": Line(3, "村民3", "m")},
        {"salt": b"\x00" * 16}, {"position": 3}, {"count": 3}, {"path": ()},
    ],
)  # fmt: skip
def test_an_altered_slip_is_refused(change):
    with pytest.raises(ProofFalse, match="does not stand on the published roll"):
        roll.verify(replace(slip(2), **change), ROOT)


def test_a_slip_of_another_roll_is_refused():
    with pytest.raises(ProofFalse):
        roll.verify(slip(2), roll.lines_root(COMMITMENTS[:-1]))


def test_a_slip_is_not_given_for_somebody_elses_place():
    with pytest.raises(ValueError, match="not this line"):
        roll.slip(LINES[0], SALTS[0], COMMITMENTS, 1)


@pytest.mark.parametrize("salt", [b"", b"s" * 15, b"s" * 17])
def test_a_salt_of_another_length_is_refused(salt):
    with pytest.raises(ValueError, match="16 bytes"):
        roll.commitment(LINES[0], salt)
    with pytest.raises(ValueError, match="16 bytes"):
        roll.paper_digest(salt, ["a"])


@given(
    st.integers(1, 9999), st.text(max_size=8), st.text(max_size=8), st.text(max_size=2), st.text(max_size=2)
)
def test_letters_moved_from_one_part_to_the_next_make_another_commitment(number, a, b, c, d):
    one, other = Line(number, a + b, c + d), Line(number, a, b + c + d)
    assert (roll.commitment(one, SALTS[0]) == roll.commitment(other, SALTS[0])) == (one == other)


def test_commitments_carry_their_purpose_so_that_none_is_taken_for_another():
    line = Line(1, "王秀兰", "f")
    parts = [b"shanzhi/roll-line/v1", SALTS[0], b"1", "王秀兰".encode(), b"f"]
    spelled = sha256(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).digest()
    assert roll.commitment(line, SALTS[0]) == spelled
    paper = roll.paper_digest(SALTS[0], ["1", "王秀兰", "f"])
    assert paper != spelled.hex()
    # A commitment is not a leaf, nor a node, of any log: those begin with 0x00 and 0x01 under another hash.
    assert tree.leaf_hash(spelled) != spelled


def test_the_paper_rolls_digest_changes_with_the_nonce_and_with_any_name():
    digests = {
        roll.paper_digest(SALTS[0], ["王秀兰", "李四"]),
        roll.paper_digest(SALTS[1], ["王秀兰", "李四"]),
        roll.paper_digest(SALTS[0], ["李四", "王秀兰"]),
        roll.paper_digest(SALTS[0], ["王秀兰李四"]),
        roll.paper_digest(SALTS[0], ["王秀兰"]),
    }
    assert len(digests) == 5
