"""Bundles: what proves, and what is refused with the part that failed."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanzhi.core.merkle import bundle, checkpoint, tree
from shanzhi.core.merkle.checkpoint import Checkpoint, LogKey
from shanzhi.core.merkle.errors import BundleFalse, NoteFalse, ProofFalse, Unproven
from tests.core.merkle import rfc6962 as twin

SEED, ORIGIN = b"s" * 32, "shanzhi.test/public"
KEY = LogKey.of(ORIGIN, SEED)
DOCUMENT = '{"count":3,"rules":["VCOL-18-11"],"village":"柳树沟"}'.encode()
LEAF = {
    "number": 6, "kind": "mandates", "digest": bundle.digest(DOCUMENT), "media_type": "application/json",
    "issuing_body": "柳树沟村民选举委员会", "claimed_time": "2026-12-01T01:02:03+00:00", "place_code": "141130101201",
    "place": "柳树沟村委会", "title": "柳树沟委托投票公告", "title_en": "Notice of proxies", "posted_on": "2026-12-01",
}  # fmt: skip
LEAVES = [twin.leaf(bytes([n])) for n in range(20)]
INDEX = 5
LEAVES[INDEX] = twin.leaf(bundle.canonical(LEAF))


def note_over(size, *, seed=SEED, origin=ORIGIN):
    return checkpoint.sign(Checkpoint(origin, size, twin.root(LEAVES[:size])), seed=seed)


def make(size=13, **more):
    parts = {
        "document": DOCUMENT, "leaf": LEAF, "index": INDEX, "proof": twin.path(INDEX, LEAVES[:size]),
        "note": note_over(size),
    }  # fmt: skip
    return bundle.make(**parts | more)


GOOD = make()


def altered(**fields):
    return bundle.canonical(json.loads(GOOD) | fields)


def test_a_bundle_proves_its_document():
    found = bundle.check(GOOD, KEY)
    assert found.document == DOCUMENT
    assert found.leaf == LEAF
    assert (found.index, found.checkpoint.size, found.from_size) == (INDEX, 13, None)


def test_a_bundle_is_canonical_json_and_makes_the_same_bytes_every_time():
    assert make() == GOOD
    assert bundle.canonical(json.loads(GOOD)) == GOOD
    assert GOOD.startswith(b'{"checkpoint":"shanzhi.test/public\\n13\\n')


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None, "é\n"]}, '{"a":[true,null,"é\\n"],"b":1}'),
        ({"\U0001f600": 1, "\ufb33": 2}, '{"\U0001f600":1,"\ufb33":2}'),  # by UTF-16 units, RFC 8785 section 3.2.3
        (1e21, "1e+21"), (0.000001, "0.000001"), (-0.0, "0"), ("\u20ac$\u000f\nA'B\"\\\"/", '"€$\\u000f\\nA\'B\\"\\\\\\"/"'),
    ],
)  # fmt: skip
def test_canonical_json_is_that_of_rfc_8785(value, text):
    assert bundle.canonical(value) == text.encode()


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (altered(document=base64.b64encode(DOCUMENT + b" ").decode()), "document"),
        (altered(document="!"), "document"),
        (altered(document=7), "document"),
        (altered(leaf=LEAF | {"issuing_body": "别的村"}), "inclusion_proof"),
        (altered(leaf=LEAF | {"more": 1}), "leaf"),
        (altered(leaf=[]), "leaf"),
        (altered(index=INDEX + 1), "inclusion_proof"),
        (altered(index=-1), "index"),
        (altered(index=True), "index"),
        (altered(index=99), "inclusion_proof"),
        (altered(inclusion_proof=[]), "inclusion_proof"),
        (altered(inclusion_proof={}), "inclusion_proof"),
        (altered(inclusion_proof=[7]), "inclusion_proof"),
        (altered(checkpoint=7), "checkpoint"),
        (altered(consistency={"from_size": 3}), "consistency"),
        (altered(consistency={"from_size": "3", "proof": []}), "consistency"),
        (altered(consistency={"from_size": 0, "proof": []}), "consistency"),
        (altered(consistency={"from_size": 13, "proof": []}), "consistency"),
        (altered(version="shanzhi-bundle/2"), "version"),
        (altered(log_key="a key that the bundle brings along"), "file"),
        (json.dumps(json.loads(GOOD), indent=1).encode(), "file"),
        (GOOD + b"\n", "file"),
        (b"[]", "version"),
        (b"not JSON", "file"),
        (b"\xff\xfe", "file"),
        (b"[" * 100_000, "file"),
    ],
)
def test_a_spoiled_bundle_is_refused_and_the_part_is_named(data, part):
    with pytest.raises(BundleFalse) as refusal:
        bundle.check(data, KEY)
    assert refusal.value.part == part


def test_a_missing_field_is_refused_by_name():
    fields = json.loads(GOOD)
    del fields["consistency"]
    with pytest.raises(BundleFalse, match="consistency"):
        bundle.check(bundle.canonical(fields), KEY)


def test_a_bundle_signed_with_another_key_is_refused_whatever_it_says_of_itself():
    stolen = make(note=note_over(13, seed=b"t" * 32))
    with pytest.raises(NoteFalse, match="not signed by this key"):
        bundle.check(stolen, KEY)


def test_a_checkpoint_of_another_log_is_refused():
    other = make(note=note_over(13, origin="shanzhi.test/audit"))
    with pytest.raises(NoteFalse, match="of the log"):
        bundle.check(other, KEY)


@pytest.mark.parametrize("at", range(0, len(GOOD), 3))
def test_a_bundle_with_any_byte_changed_is_refused(at):
    spoiled = bytearray(GOOD)
    spoiled[at] ^= 1
    with pytest.raises(Unproven):
        bundle.check(bytes(spoiled), KEY)


@given(st.integers(0, len(GOOD) - 1), st.binary(max_size=3), st.integers(0, 5))
def test_a_bundle_with_bytes_put_in_or_taken_out_is_refused(at, more, fewer):
    spoiled = GOOD[:at] + more + GOOD[at + fewer :]
    if spoiled != GOOD:
        with pytest.raises(Unproven):
            bundle.check(spoiled, KEY)


def newer(old, size=20):
    return make(size, note=note_over(size), consistency=(old, twin.proof(old, LEAVES[:size])))


def test_a_newer_bundle_proves_that_history_was_only_added_to():
    grown = bundle.check_grown(bundle.check(GOOD, KEY), newer(13), KEY)
    assert (grown.checkpoint.size, grown.from_size) == (20, 13)


def test_two_bundles_of_one_size_agree_on_the_root_or_are_refused():
    assert bundle.check_grown(bundle.check(GOOD, KEY), GOOD, KEY).checkpoint.size == 13
    forked = [*LEAVES[:12], twin.leaf(b"fork")]
    note = checkpoint.sign(Checkpoint(ORIGIN, 13, twin.root(forked)), seed=SEED)
    with pytest.raises(ProofFalse, match="one root"):
        bundle.check_grown(bundle.check(GOOD, KEY), make(proof=twin.path(INDEX, forked), note=note), KEY)


def test_a_rewritten_history_is_refused():
    forked = [twin.leaf(b"fork"), *LEAVES[1:20]]
    note = checkpoint.sign(Checkpoint(ORIGIN, 20, twin.root(forked)), seed=SEED)
    other = make(20, proof=twin.path(INDEX, forked), note=note, consistency=(13, twin.proof(13, forked)))
    with pytest.raises(BundleFalse, match="does not begin with") as refusal:
        bundle.check_grown(bundle.check(GOOD, KEY), other, KEY)
    assert refusal.value.part == "consistency"


@pytest.mark.parametrize(
    ("other", "remedy"), [(newer(12), r"\?from=13"), (make(20), r"\?from=13"), (make(8), "swap them")]
)
def test_a_second_bundle_that_cannot_prove_growth_says_what_to_do(other, remedy):
    with pytest.raises(BundleFalse, match=remedy):
        bundle.check_grown(bundle.check(GOOD, KEY), other, KEY)


def test_a_proof_read_from_tiles_fits_a_bundle():
    read = lambda level, at: tree.root(LEAVES[at << level : (at + 1) << level])  # noqa: E731
    assert make(proof=tree.inclusion_proof(INDEX, 13, read)) == GOOD
