"""The browser's verifier and the program's are written twice: they accept and refuse the same files, byte for byte.

A file that one of the two accepts and the other refuses would let somebody show "proved" to a villager for what the
program calls altered.
"""

from __future__ import annotations

import base64
import json
import random

import pytest

from shanzhi.core.merkle import bundle, checkpoint, tree
from shanzhi.core.merkle.checkpoint import Checkpoint, LogKey
from shanzhi.core.merkle.errors import Unproven

pytestmark = pytest.mark.browser

SEED, ORIGIN, SIZE = b"\x07" * 32, "shanzhi.test/public", 13
KEY = LogKey.of(ORIGIN, SEED)
DOCUMENTS = [f"公告 {n}".encode() for n in range(SIZE)]
LEAVES = [
    {
        "number": n + 1, "kind": "roll", "digest": bundle.digest(body), "media_type": "application/json",
        "issuing_body": "村民选举委员会", "claimed_time": "2026-12-01T01:02:03+00:00", "place_code": "141130101201",
        "place": "柳树沟村委会", "title": "公告\U0001f600", "title_en": "Notice", "posted_on": "2026-12-01",
    }
    for n, body in enumerate(DOCUMENTS)
]  # fmt: skip
HASHES = [tree.leaf_hash(bundle.canonical(leaf)) for leaf in LEAVES]

# Runs in the page: the very module that /verify/ loads, over many files at once.
IN_THE_PAGE = """async ([key, cases]) => {
  const { check, checkGrown, parseKey } = await import("/static/record/proof.js");
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return cases.map(([data, newer]) => {
    try {
      const found = check(bytes(data), parseKey(key));
      if (newer) checkGrown(found, check(bytes(newer), parseKey(key)));
      return true;
    } catch { return false; }
  });
}"""


def _read(size):
    return lambda level, at: tree.root(HASHES[:size][at << level : (at + 1) << level])


def _made(index=5, size=SIZE, older=None):
    return bundle.make(
        document=DOCUMENTS[index], leaf=LEAVES[index], index=index,
        proof=tree.inclusion_proof(index, size, _read(size)),
        note=checkpoint.sign(Checkpoint(ORIGIN, size, tree.root(HASHES[:size])), seed=SEED),
        consistency=(older, tree.consistency_proof(older, size, _read(size))) if older else None,
    )  # fmt: skip


GOOD = _made()


def _with(**fields):
    """A file with other fields, written as a hostile hand would: canonical as far as anything can be."""
    written = json.dumps(json.loads(GOOD) | fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return written.encode("utf-8", "surrogatepass")


def _noted(change):
    return _with(checkpoint=change(json.loads(GOOD)["checkpoint"]))


def _raw(value):
    return GOOD.replace(b'"consistency":null', b'"consistency":' + value)


def _spoiled():
    proof = json.loads(GOOD)["inclusion_proof"]
    longer = base64.b64encode(base64.b64decode(proof[0]) + b"x").decode()
    for value in (
        0, True, "x", [], {}, {"from_size": 1}, {"from_size": -1, "proof": []}, {"from_size": 1, "proof": ["!"]},
        {"from_size": 1.5, "proof": []}, {"from_size": 2**53, "proof": []}, {"from_size": 1, "proof": [], "x": 1},
        {"from_size": 1, "proof": []}, {"from_size": 1, "proof": ["AA=="]},
    ):  # fmt: skip
        yield _with(consistency=value)
    for value in (None, True, -1, 4, SIZE, 5.0, "5", 2**53, 2**60, [5]):
        yield _with(index=value)
    for value in (
        None,
        "x",
        [1],
        ["AA=="],
        [],
        [*proof, proof[0]],
        proof[:-1],
        [longer, *proof[1:]],
        [*proof[1:], ""],
    ):
        yield _with(inclusion_proof=value)
    for value in (None, 1, "", "!!!!", "AA", "AB==", "QQ==\n", " QQ=="):
        yield _with(document=value)
    for value in (None, [], "x", {}, LEAVES[5] | {"x": 1}, LEAVES[5] | {"__proto__": {}}, LEAVES[4]):
        yield _with(leaf=value)
    yield _with(more=1)
    yield _with(version="shanzhi-bundle/2")
    for line in (
        "— other AAAAAAAA\n", "— other AAAA\n", "— other \n", "— other \ud800\n", "—  AAAAAAAA\n", "- other AAAAAAAA\n",
        "\n", "— a b AAAAAAAA\n", f"— {ORIGIN} {base64.b64encode(KEY.hash).decode()}\n", "— other AAAAAAAA",
    ):  # fmt: skip
        yield _noted(lambda note, line=line: note + line)
        yield _noted(lambda note, line=line: note.replace("\n\n", "\n\n" + line))
    for size in ("0", "+13", "013", "١٣", "9" * 17, "9" * 5000, "13.0", ""):
        yield _noted(lambda note, size=size: note.replace("\n13\n", f"\n{size}\n"))
    yield _noted(lambda note: note.replace("\n", "\r\n"))
    yield _noted(lambda note: f"{note}\n{note}")
    for value in (
        b"9007199254740992",
        b"1e+21",
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b'"\x01"',
        b"0.1",
        b"[" * 900 + b"]" * 900,
    ):
        yield _raw(value)
    for was, now in (
        (b'"index":5', b'"index":5,"index":5'),
        (b'"index":5', b'"index":NaN'),
        (b'"index":5', b'"index":-0'),
    ):
        yield GOOD.replace(was, now)
    yield from (b"", b"null", b"[]", b"\xef\xbb\xbf" + GOOD, GOOD + b"\n", GOOD.decode().encode("utf-16"))


def _scratched(count):
    """Proofs with one or two bytes changed, lost or put in, at places that the same seed gives every time."""
    dice = random.Random(20261220)
    for _each in range(count):
        data = bytearray(_made(dice.randrange(SIZE), SIZE, dice.choice([None, 4, 8])))
        for _change in range(dice.choice([1, 2])):
            at, what = dice.randrange(len(data)), dice.choice(b'059AZaz"{}[],:\\ +/=\n-')
            data[at : at + dice.randrange(2)] = bytes([what] * dice.randrange(2))
        yield bytes(data)


def _program_accepts(data, newer):
    try:
        found = bundle.check(data, KEY)
        if newer:
            bundle.check_grown(found, newer, KEY)
    except Unproven:
        return False
    return True


def test_the_browser_and_the_program_accept_and_refuse_the_same_files(page, live_server):
    grown = [
        (_made(0, old), _made(0, new, old if old < new else None))
        for old in range(1, SIZE)
        for new in range(old, SIZE + 1)
    ]
    cases = [
        (GOOD, None), (_made(5, 13, 7), None), *grown, (_made(0, 3), _made(0, 9)), (_made(0, 9), _made(0, 3)),
        (_noted(lambda note: note + "— other AAAAAAAA\n"), None),  # another's signature beside ours is no fault
        *((data, None) for data in _spoiled()), *((data, None) for data in _scratched(400)),
    ]  # fmt: skip
    sent = [
        [base64.b64encode(data).decode(), newer and base64.b64encode(newer).decode()] for data, newer in cases
    ]
    page.goto(f"{live_server.url}/verify/")

    in_the_page = page.evaluate(IN_THE_PAGE, [str(KEY), sent])

    by_program = [_program_accepts(data, newer) for data, newer in cases]
    differ = [
        data for (data, _newer), one, two in zip(cases, by_program, in_the_page, strict=True) if one != two
    ]
    assert differ == []
    assert 0 < sum(by_program) < len(cases)
