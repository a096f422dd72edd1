"""Every case of the outside vectors (transparency-dev/merkle): good proofs hold, spoiled ones are refused."""

from __future__ import annotations

import base64
import json
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from shanzhi.core.merkle import subtree, tree
from shanzhi.core.merkle.errors import ProofFalse

FOLDER = Path(__file__).resolve().parents[4] / "shared/vectors/merkle-rfc6962"
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the outside vectors are not beside the project")


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(json.loads(path.read_text()), id=str(path.relative_to(FOLDER / kind)))
        for path in sorted((FOLDER / kind).rglob("*.json"))
    ]


def expected(case: dict[str, Any]) -> AbstractContextManager[Any]:
    return pytest.raises(ProofFalse) if case["wantErr"] else nullcontext()


def hash_of(text: str | None) -> bytes:
    return base64.b64decode(text or "")


def proof_of(case: dict[str, Any]) -> list[bytes]:
    return [hash_of(each) for each in case["proof"] or []]


@pytest.mark.parametrize("case", cases("inclusion"))
def test_inclusion_is_answered_as_the_vectors_say(case):
    with expected(case):
        tree.verify_inclusion(
            case["leafIdx"],
            case["treeSize"],
            hash_of(case["leafHash"]),
            proof_of(case),
            hash_of(case["root"]),
        )


@pytest.mark.parametrize("case", cases("consistency"))
def test_consistency_is_answered_as_the_vectors_say(case):
    with expected(case):
        tree.verify_consistency(
            case["size1"], case["size2"], proof_of(case), hash_of(case["root1"]), hash_of(case["root2"])
        )


@pytest.mark.parametrize("case", cases("subtreeinclusion"))
def test_a_leaf_of_a_subtree_is_answered_as_the_vectors_say(case):
    with expected(case):
        subtree.verify_leaf(
            case["leafIdx"], case["start"], case["end"], hash_of(case["leafHash"]), proof_of(case), hash_of(case["root"])
        )  # fmt: skip


@pytest.mark.parametrize("case", cases("subtreeconsistency"))
def test_a_subtree_of_a_tree_is_answered_as_the_vectors_say(case):
    with expected(case):
        subtree.verify_part(
            case["start"], case["end"], case["size"], proof_of(case), hash_of(case["root1"]), hash_of(case["root2"])
        )  # fmt: skip


def test_the_vectors_are_all_there():
    assert len(list(FOLDER.rglob("*.json"))) >= 260


def test_leaves_and_roots_of_the_first_eight_sizes_are_those_of_the_vectors():
    known = json.loads((FOLDER / "leaf_inputs_and_roots.json").read_text())
    leaves = [tree.leaf_hash(bytes.fromhex(each)) for each in known["leaf_inputs_hex"]]
    for size, root in enumerate(known["root_by_tree_size_hex"]):
        assert tree.root(leaves[:size]).hex() == root
    hashes = {each["desc"]: each["hex"] for each in known["hasher_cases"]}
    assert tree.EMPTY_ROOT.hex() == hashes["empty root"]
    assert tree.leaf_hash(b"").hex() == hashes["leaf of empty data"]
    assert tree.leaf_hash(b"L123456").hex() == hashes["leaf of ASCII L123456"]
    assert tree.node_hash(b"N123", b"N456").hex() == hashes["node of ASCII N123,N456"]
