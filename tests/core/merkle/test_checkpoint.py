"""Checkpoints as C2SP signed notes: known answers, foreign signatures, wrong keys, spoiled notes."""

from __future__ import annotations

import base64
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanzhi.core.merkle import checkpoint
from shanzhi.core.merkle.checkpoint import Checkpoint, LogKey
from shanzhi.core.merkle.errors import NoteFalse

# RFC 8032, section 7.1, test 1: a seed and its public key.
SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
# The example of C2SP signed-note: a key whose hash and text form its authors printed.
GO_SUM = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
POINT = Checkpoint("shanzhi.test/public", 42, sha256(b"").digest())
KEY = LogKey.of(POINT.origin, SEED)
NOTE = checkpoint.sign(POINT, seed=SEED)


def test_the_key_of_another_log_is_read_as_its_authors_print_it():
    key = LogKey.parse(GO_SUM)
    assert (key.name, key.hash.hex()) == ("sum.golang.org", "033de0ae")
    assert str(key) == GO_SUM


def test_a_note_reads_as_the_signed_note_form_says():
    assert KEY.public == PUBLIC
    text, signature = NOTE.split("\n\n")
    root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    assert text == f"shanzhi.test/public\n42\n{root}"
    dash, name, signed = signature.rstrip("\n").split(" ")
    assert (dash, name) == ("—", "shanzhi.test/public")
    wanted = sha256(b"shanzhi.test/public\n\x01" + PUBLIC).digest()[:4]
    assert base64.b64decode(signed)[:4] == wanted == KEY.hash
    assert len(base64.b64decode(signed)) == 4 + 64


def test_signing_is_the_same_every_time_and_verifies():
    assert checkpoint.sign(POINT, seed=SEED) == NOTE
    assert checkpoint.verify(NOTE, KEY) == POINT
    assert LogKey.parse(str(KEY)) == KEY


def test_signatures_by_unknown_keys_are_ignored():
    witness = base64.b64encode(b"\x00\x01\x02\x03" + b"w" * 64).decode()
    assert checkpoint.verify(f"{NOTE}— witness.example {witness}\n", KEY) == POINT
    same_name = base64.b64encode(b"\x00\x01\x02\x03" + b"w" * 64).decode()
    assert checkpoint.verify(f"{NOTE}— {KEY.name} {same_name}\n", KEY) == POINT


def test_a_note_signed_only_by_others_is_refused():
    text = NOTE.split("\n\n")[0]
    witness = base64.b64encode(b"\x00\x01\x02\x03" + b"w" * 64).decode()
    with pytest.raises(NoteFalse, match="not signed by this key"):
        checkpoint.verify(f"{text}\n\n— witness.example {witness}\n", KEY)


def test_another_key_of_the_same_name_is_refused():
    with pytest.raises(NoteFalse, match="not signed by this key"):
        checkpoint.verify(NOTE, LogKey.of(POINT.origin, b"k" * 32))


def test_the_key_of_another_log_is_refused_and_both_are_named():
    with pytest.raises(NoteFalse, match=r"shanzhi\.test/public, the key of shanzhi\.test/audit"):
        checkpoint.verify(NOTE, LogKey.of("shanzhi.test/audit", SEED))


def test_a_signature_under_the_right_hash_that_is_not_the_keys_is_refused():
    forged = base64.b64encode(KEY.hash + b"w" * 64).decode()
    with pytest.raises(NoteFalse, match="signature is not by this key"):
        checkpoint.verify(f"{POINT.text}\n— {KEY.name} {forged}\n", KEY)


@given(st.integers(0, len(NOTE.encode()) - 1), st.integers(1, 255))
def test_a_note_with_any_byte_changed_is_refused(at, change):
    spoiled = bytearray(NOTE.encode())
    spoiled[at] ^= change
    with pytest.raises(NoteFalse):
        checkpoint.verify(spoiled.decode("utf-8", errors="replace"), KEY)


@pytest.mark.parametrize(
    "note",
    [
        "", "\n\n", "a\n1\n\n", NOTE.replace("42", "042"), NOTE.replace("42", "-1"), NOTE.replace("42", "４２"),
        NOTE.replace("\n42\n", "\n42 \n"), NOTE[:-1], NOTE.replace("—", "-"), NOTE.replace("\n\n", "\n"),
        NOTE.replace("shanzhi.test/public", "shanzhi test"), NOTE.replace("hSuFU=", "hSuFV="), NOTE + "\n",
        NOTE.replace("47DE", "AA=="), f"{POINT.text}\n— {KEY.name} AAAA\n", "9" * 5000 + "\n" + "9" * 5000,
        NOTE.replace("42", "9" * 5000), NOTE.replace("42", str(2**53)),
    ],
)  # fmt: skip
def test_malformed_notes_are_refused(note):
    with pytest.raises(NoteFalse):
        checkpoint.verify(note, KEY)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "name"), ("no-plus-signs", "name"), ("+033de0ae+AAAA", "name"), ("a+033de0ae+!!", "base64"),
        ("a+033de0ae+Ag==", "Ed25519"), (GO_SUM.replace("033de0ae", "033de0af"), "own hash"),
        (GO_SUM.replace("sum.", "sun."), "own hash"),
    ],
)  # fmt: skip
def test_a_mistyped_key_is_refused_with_the_reason(line, why):
    with pytest.raises(NoteFalse, match=why):
        LogKey.parse(line)


@pytest.mark.parametrize(
    ("origin", "size", "root"),
    [
        ("", 1, b"r" * 32),
        ("a b", 1, b"r" * 32),
        ("a\x1b[2J", 1, b"r" * 32),
        ("a\u202eb", 1, b"r" * 32),
        ("a+b", 1, b"r" * 32),
        ("a", -1, b"r" * 32),
        ("a", 1, b"r"),
    ],
)
def test_a_checkpoint_that_no_note_could_hold_is_refused(origin, size, root):
    with pytest.raises(ValueError, match=r"origin|checkpoint"):
        Checkpoint(origin, size, root)
