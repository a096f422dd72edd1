"""Sealed columns: bound to table, column, row and key; and look-ups whose purposes never meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanzhi.core import cipher
from shanzhi.core.cipher import Spoiled

OLD, NEW = b"o" * 32, b"n" * 32
NONCE = b"0123456789ab"
WHERE = {"table": "places_person", "column": "id_sealed", "row": "k-1"}
ID_NUMBER = b"141130197005010024"


def seal(plain=ID_NUMBER, *, key=NEW, key_id="2", nonce=NONCE, **where):
    return cipher.seal(plain, key=key, key_id=key_id, nonce=nonce, **WHERE | where)


def unseal(token, *, keys=None, **where):
    return cipher.unseal(token, keys=keys or {"2": NEW, "1": OLD}, **WHERE | where)


@given(st.binary(max_size=200), st.binary(min_size=12, max_size=12))
def test_what_was_sealed_is_opened_in_its_own_place(plain, nonce):
    assert unseal(seal(plain, nonce=nonce)) == plain


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"table": "places_household"}, {"column": "phone_sealed"}, {"row": "k-2"},
        {"table": "places_personid", "column": "_sealed"}, {"column": "id_sealedk", "row": "-1"},
    ],
)  # fmt: skip
def test_a_value_moved_to_another_place_does_not_open(elsewhere):
    with pytest.raises(Spoiled, match="moved"):
        unseal(seal(), **elsewhere)


def test_a_value_relabelled_with_another_key_id_does_not_open_even_under_the_same_key():
    token = seal(key_id="2")
    relabelled = token[:2] + b"1" + token[3:]
    with pytest.raises(Spoiled, match="changed"):
        unseal(relabelled, keys={"1": NEW, "2": NEW})


def test_values_sealed_before_a_rotation_still_open_and_new_ones_name_the_new_key():
    before = seal(key=OLD, key_id="1")
    after = seal(key=NEW, key_id="2")
    assert unseal(before) == unseal(after) == ID_NUMBER
    with pytest.raises(Spoiled, match="key '1', which is not here"):
        unseal(before, keys={"2": NEW})


@given(st.data())
def test_a_value_with_any_byte_changed_does_not_open(data):
    token = bytearray(seal())
    at = data.draw(st.integers(0, len(token) - 1))
    token[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Spoiled):
        unseal(bytes(token))


@pytest.mark.parametrize("length", range(len(seal())))
def test_a_value_cut_short_does_not_open(length):
    with pytest.raises(Spoiled):
        unseal(seal()[:length])


@pytest.mark.parametrize("key", [b"", b"k" * 16, b"k" * 33])
def test_a_key_of_another_length_is_refused(key):
    with pytest.raises(ValueError, match="32 bytes"):
        seal(key=key)
    with pytest.raises(ValueError, match="32 bytes"):
        cipher.look_up("x", key=key, key_id="1", purpose="p")


def test_a_nonce_of_another_length_is_refused():
    with pytest.raises(ValueError, match="12 bytes"):
        seal(nonce=b"short")


def test_the_sealed_form_is_the_documented_one():
    token = seal()
    assert token[:3] == b"\x01\x012"
    assert token[3:15] == NONCE
    assert len(token) == 15 + len(ID_NUMBER) + 16
    assert ID_NUMBER not in token


def test_look_ups_are_keyed_and_their_purposes_never_meet():
    one = cipher.look_up("141130197005010024", key=OLD, key_id="1", purpose="id number")
    assert one == cipher.look_up("141130197005010024", key=OLD, key_id="1", purpose="id number")
    assert one.startswith("1:")
    assert len(one) == 2 + 64
    others = {
        cipher.look_up("141130197005010024", key=NEW, key_id="1", purpose="id number"),
        cipher.look_up("141130197005010024", key=OLD, key_id="1", purpose="phone"),
        cipher.look_up("r141130197005010024", key=OLD, key_id="1", purpose="id numbe"),
        cipher.look_up("141130197005010025", key=OLD, key_id="1", purpose="id number"),
    }
    assert len(others | {one}) == 5
