"""`shanzhi verify`: what is proved, what is refused, and by which exit status."""

from __future__ import annotations

import json

import pytest

from shanzhi.cli.main import main
from shanzhi.core.merkle import bundle, checkpoint, roll, tree
from shanzhi.core.merkle.checkpoint import Checkpoint, LogKey

SEED, ORIGIN = b"s" * 32, "shanzhi.test/public"
KEY = str(LogKey.of(ORIGIN, SEED))
LINES = [roll.Line(n, name, "f") for n, name in enumerate(["王秀兰", "李玉梅", "张爱英"], start=1)]
SALTS = [bytes([n]) * 16 for n in (1, 2, 3)]
COMMITMENTS = [roll.commitment(line, salt) for line, salt in zip(LINES, SALTS, strict=True)]
DOCUMENT = bundle.canonical({"counts": {"listed": 3}, "lines_root": roll.lines_root(COMMITMENTS).hex()})
LEAF = {
    "number": 3, "kind": "roll", "digest": bundle.digest(DOCUMENT), "media_type": "application/json",
    "issuing_body": "柳树沟村民选举委员会", "claimed_time": "2026-11-30T01:02:03+00:00", "place_code": "141130101201",
    "place": "柳树沟村委会", "title": "柳树沟选民名单公告", "title_en": "Notice of the voter roll", "posted_on": "2026-11-30",
}  # fmt: skip
LEAVES = [tree.leaf_hash(bytes([n])) for n in range(9)]
LEAVES[2] = tree.leaf_hash(bundle.canonical(LEAF))


def read(level, position):
    return tree.root(LEAVES[position << level : (position + 1) << level])


def make(size, *, older=None, seed=SEED, document=DOCUMENT):
    note = checkpoint.sign(Checkpoint(ORIGIN, size, tree.root(LEAVES[:size])), seed=seed)
    consistency = (older, tree.consistency_proof(older, size, read)) if older else None
    return bundle.make(
        document=document, leaf=LEAF, index=2, proof=tree.inclusion_proof(2, size, read), note=note,
        consistency=consistency,
    )  # fmt: skip


@pytest.fixture
def file(tmp_path):
    """Writes a file and gives its name."""

    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return str(path)

    return write


def test_a_good_bundle_is_proved_and_says_who_issued_it_and_that_the_time_is_claimed(file, capsys):
    assert main(["verify", file("b.json", make(5)), "--log-key", KEY]) == 0
    said = capsys.readouterr()
    for words in (
        "PROVED", "柳树沟选民名单公告", "issuing body: 柳树沟村民选举委员会", "posted on: 2026-11-30",
        "claimed time: 2026-11-30T01:02:03+00:00", "log: shanzhi.test/public", "position: 2 / 5", "not checked",
    ):  # fmt: skip
        assert words in said.out
    assert said.err == ""


def test_the_key_may_be_pinned_in_a_file(file):
    assert main(["verify", file("b.json", make(5)), "--log-key", file("log.key", f"{KEY}\n".encode())]) == 0


def test_a_key_file_saved_with_excels_mark_is_read(file):
    assert (
        main(["verify", file("b.json", make(5)), "--log-key", file("log.key", f"\ufeff{KEY}".encode())]) == 0
    )


def test_a_key_longer_than_a_files_name_may_be_is_refused_in_words(file, capsys):
    assert main(["verify", file("b.json", make(5)), "--log-key", "a" * 5000]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "--log-key" in said.err


def test_in_json_the_answer_holds_the_leaf_and_what_was_not_checked(file, capsys):
    assert main(["verify", file("b.json", make(5)), "--log-key", KEY, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["verified"] is True
    assert answer["leaf"] == LEAF
    assert answer["log"] == {"origin": ORIGIN, "size": 5, "root": tree.root(LEAVES[:5]).hex()}
    assert "stolen" not in answer["claimed_time"]
    assert "key" in answer["not_checked"]


def test_without_a_key_nothing_is_proved(file, capsys):
    assert main(["verify", file("b.json", make(5))]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "--log-key" in said.err
    assert "a key inside a bundle proves nothing" in said.err


def test_a_key_that_the_bundle_brings_along_is_not_trusted(file, capsys):
    own = bundle.canonical(
        json.loads(make(5, seed=b"t" * 32)) | {"log_key": str(LogKey.of(ORIGIN, b"t" * 32))}
    )
    assert main(["verify", file("b.json", own), "--log-key", KEY]) == 2
    assert "log_key" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("spoiled", "part"),
    [
        (lambda: make(5, document=DOCUMENT + b" "), "document"),
        (lambda: make(5, seed=b"t" * 32), "checkpoint"),
        (lambda: bundle.canonical(json.loads(make(5)) | {"index": 1}), "inclusion_proof"),
        (
            lambda: bundle.canonical(json.loads(make(5)) | {"leaf": LEAF | {"issuing_body": "x"}}),
            "inclusion_proof",
        ),
    ],
)
def test_a_false_proof_exits_1_and_names_the_part(file, capsys, spoiled, part):
    name = file("b.json", spoiled())
    assert main(["verify", name, "--log-key", KEY]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "NOT PROVED" in said.err
    assert name in said.err
    assert main(["verify", name, "--log-key", KEY, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["part"] == part


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a JSON file"), (b"{}", "shanzhi-bundle/1"), (b"\xff", "not a JSON file"),
        (json.dumps(json.loads(make(5)), indent=2).encode(), "edited or re-saved"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_bundle_exits_2(file, capsys, content, why):
    assert main(["verify", file("b.json", content), "--log-key", KEY]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert why in said.err


def test_a_missing_file_and_a_wrong_key_exit_2(file, tmp_path, capsys):
    assert main(["verify", str(tmp_path / "none.json"), "--log-key", KEY]) == 2
    assert main(["verify", file("b.json", make(5)), "--log-key", KEY[:-2]]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "--log-key" in said.err


def test_a_newer_bundle_proves_that_history_was_only_added_to(file, capsys):
    older, newer = file("old.json", make(5)), file("new.json", make(9, older=5))
    assert main(["verify", older, newer, "--log-key", KEY]) == 0
    assert "only added to: 5 → 9" in capsys.readouterr().out


def test_a_newer_bundle_without_the_proof_exits_1_and_says_how_to_get_it(file, capsys):
    older, newer = file("old.json", make(5)), file("new.json", make(9))
    assert main(["verify", older, newer, "--log-key", KEY]) == 1
    said = capsys.readouterr().err
    assert "?from=5" in said
    assert newer in said


def own_slip(at):
    held = roll.slip(LINES[at], SALTS[at], COMMITMENTS, at)
    return {
        "number": held.line.number, "name": held.line.name, "sex": held.line.sex, "salt": held.salt.hex(),
        "position": held.position, "count": held.count, "path": [part.hex() for part in held.path],
    }  # fmt: skip


def test_a_voters_slip_proves_one_line_of_the_published_roll(file, capsys):
    slip = file("slip.json", own_slip(1))
    assert main(["verify", file("b.json", make(5)), "--log-key", KEY, "--line", slip]) == 0
    assert "line 2 stands on the published roll" in capsys.readouterr().out


def test_a_slip_with_another_name_exits_1(file, capsys):
    slip = file("slip.json", own_slip(1) | {"name": "别人"})
    assert main(["verify", file("b.json", make(5)), "--log-key", KEY, "--line", slip]) == 1
    assert "does not stand on the published roll" in capsys.readouterr().err


@pytest.mark.parametrize(
    "slip",
    [
        [],
        {},
        own_slip(0) | {"salt": "00"},
        own_slip(0) | {"path": 3},
        own_slip(0) | {"number": True},
        own_slip(0) | {"position": "0"},
        own_slip(0) | {"count": 3.0},
        own_slip(0) | {"name": 1},
        own_slip(0) | {"more": 1},
    ],
)
def test_a_slip_of_another_shape_exits_2(file, capsys, slip):
    assert main(["verify", file("b.json", make(5)), "--log-key", KEY, "--line", file("s.json", slip)]) == 2
    assert "--line" in capsys.readouterr().err


@pytest.mark.parametrize("more", [["", "--log-key", KEY], ["--log-key", KEY, "--line", ""]])
def test_an_empty_file_name_is_not_passed_over(file, capsys, more):
    assert main(["verify", file("b.json", make(5)), *more]) == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "words", ["{old} {new} --log-key {key}", "{old} --log-key {key} {new}", "--log-key {key} {old} {new}"]
)
def test_the_second_bundle_may_stand_before_or_after_the_key(file, capsys, words):
    old, new = file("old.json", make(5)), file("new.json", make(9, older=5))
    assert main(["verify", *words.format(old=old, new=new, key=KEY).split()]) == 0
    assert "5 → 9" in capsys.readouterr().out


@pytest.mark.parametrize(
    "spoil",
    [
        lambda good: good.replace(b"shanzhi.test/public\\n5", b"\\u001b[2JPROVED\\n5"),
        lambda good: good[:-1] + b',"z\\u001b[2JPROVED":1}',
    ],
)
def test_a_hostile_file_cannot_write_over_what_the_terminal_says(file, capsys, spoil):
    assert main(["verify", file("b.json", spoil(make(5))), "--log-key", KEY]) in {1, 2}
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err
