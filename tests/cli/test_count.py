"""`shanzhi count`: the contract's answer, a table for people, and nothing on standard output when refused."""

import io
import sys
from pathlib import Path

import pytest

from tests.core.law.test_case_refused import BRANCH, GOOD, spoiled


def test_the_answer_has_the_keys_of_the_contract(shanzhi, file):
    said = shanzhi("count", file("case.json", GOOD), "--json")

    assert (said.status, said.err) == (0, "")
    answer = said.json
    assert set(answer) == {"valid", "elected", "rerun", "vacant", "held", "stops", "findings"}
    assert answer["elected"] == [
        {"name": "A", "post": "chair", "votes": 411},
        {"name": "W", "post": "member", "votes": 420},
    ]
    assert answer["rerun"][0] == {
        "post": "vice_chair", "seats": 1, "kind": "second_round", "candidates": [], "women_only": False,
    }  # fmt: skip
    finding = answer["findings"][0]
    assert set(finding) == {"rule", "law", "article", "holds", "facts", "says"}
    assert (finding["rule"], finding["law"], finding["article"], finding["holds"]) == (
        "VCOL-18-6",
        "2025",
        "18(2)",
        True,
    )
    assert finding["facts"] == {"registered": 1000, "collected": 620}
    assert set(finding["says"]) == {"zh", "en"}


def test_an_election_of_2025_follows_the_text_of_2018(shanzhi, file):
    said = shanzhi("count", file("case.json", GOOD | {"election_day": "2025-12-31"}), "--json")

    assert said.json["stops"] == []
    assert {each["law"] for each in said.json["findings"] if each["rule"].startswith("VCOL")} == {"2018"}


def test_a_table_speaks_both_languages_and_shows_what_is_from_memory(shanzhi, file):
    votes = [
        {"name": name, "sex": sex, "post": "member", "votes": number}
        for name, sex, number in (("M1", "m", 500), ("M2", "m", 450), ("W", "f", 420), ("Z", "f", 9))
    ]
    case = GOOD | {"registered": 900, "issued": 800, "collected": 800, "void": 0, "seats": {"member": 2}, "votes": votes,
                   "seated": [], "kin": [["M1", "W"]]}  # fmt: skip
    said = shanzhi("count", file("case.json", case))

    assert said.status == 0
    for words in (
        "选举有效 the election is valid",
        "当选 elected: 委员 member M1 500",
        "held back by the woman's seat: 委员 member M2 450",
        "须由人决定 a person has to decide: M1、W (VCOL-8-3)",
        "VCOL-18-7 (2025, 18(2))",
        "凭记忆，启用前须县里确认",
    ):
        assert words in said.out


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (GOOD | {"registered": 2000}, "重新选举 election held again"),
        (GOOD, "另行选举 second round"),
        (GOOD | {"round": "second", "seated": []}, "须再选 to be voted on again"),
        (
            GOOD | {"round": "second", "seats": {"chair": 1, "vice_chair": 1, "member": 1}, "kin": []},
            "可以暂缺 may stay empty",
        ),
        (BRANCH, "再次选举 vote again"),
    ],
)
def test_what_is_voted_on_again_is_named(shanzhi, file, case, words):
    assert words in shanzhi("count", file("case.json", case)).out


def test_a_case_comes_from_standard_input_too(shanzhi, file, monkeypatch):
    with open(file("case.json", GOOD), "rb") as source:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(source))
        assert shanzhi("count", "-", "--json").status == 0


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("turnout", 0.5, "turnout"),
        ("votes.0.votes", 581, "votes of A"),
        ("seats.boss", 1, "seats"),
        ("void", -1, "void"),
        ("settings.colour", 1, "settings.colour"),
    ],
)
def test_an_unusable_case_names_field_value_and_what_is_accepted(shanzhi, file, path, value, field):
    said = shanzhi("count", file("case.json", spoiled(path, value)), "--json")

    assert (said.status, said.out) == (2, "")
    assert said.err.startswith(f"shanzhi count: {field}: ")
    assert "accepted: " in said.err


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"\xff\xfe{}", b"[" * 100_000, b'{"body": "\\ud800"}', b'{"registered": ' + b"9" * 5000 + b"}",
        b'{"body": "branch", "body": "committee"}', b"null", b'{"registered": NaN}',
    ],
)  # fmt: skip
def test_a_damaged_file_is_refused_without_a_trace_on_standard_output(shanzhi, file, content):
    said = shanzhi("count", file("case.json", content))

    assert (said.status, said.out) == (2, "")
    assert "accepted: " in said.err
    assert "Traceback" not in said.err


def test_a_file_saved_by_notepad_is_read(shanzhi, file):
    with open(file("case.json", GOOD), "rb") as plain:
        marked = b"\xef\xbb\xbf" + plain.read()

    assert shanzhi("count", file("marked.json", marked), "--json").status == 0


def test_a_missing_file_and_a_missing_argument_are_told(shanzhi, tmp_path):
    missing = shanzhi("count", tmp_path / "nowhere.json")
    nothing = shanzhi("count")

    assert (missing.status, missing.out) == (2, "")
    assert "nowhere.json" in missing.err
    assert (nothing.status, nothing.out) == (2, "")
    assert "CASE.json" in nothing.err


def test_a_file_too_large_is_refused(shanzhi, tmp_path, monkeypatch):
    huge = tmp_path / "huge.json"
    with huge.open("wb") as sparse:
        sparse.truncate(16 * 1024 * 1024 + 1)

    assert "16 MB" in shanzhi("count", huge).err
    with huge.open("rb") as source:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(source))
        assert "16 MB" in shanzhi("count", "-").err


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file on this system")
def test_a_file_without_an_end_is_refused(shanzhi):
    said = shanzhi("count", "/dev/zero")

    assert (said.status, said.out) == (2, "")
    assert "16 MB" in said.err
