"""The register: every rule once, with its texts, its grade, and the engines that ask it."""

import ast
import random
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from shanzhi.core.law import articles, findings, register, words
from shanzhi.core.law.numbers import TEXT_2018, TEXT_2025
from shanzhi.core.law.register import UnknownRule, all_rules, rule
from shanzhi.core.law.rules import Basis, Level
from tests.core.law.elections_at_random import draw

LAW = Path(register.__file__).parent
RULES = list(all_rules())
DESIGN = Path(__file__).parents[4] / "shared/domain/law.md"
ENGINES = {
    "count": ("count", "seats", "words/count"), "calendar": ("calendar",), "roll": ("voters",),
    "candidates": ("candidates",), "proxies": ("proxies",), "bodies": ("bodies",), "meetings": ("meetings",),
    "road": ("stages",),
}  # fmt: skip
ID = re.compile(r"[A-Z]{2,5}-\d+(-\d+)?")


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.id)
def test_a_rule_is_complete_in_both_languages(each):
    assert rule(each.id) is each
    assert ID.fullmatch(each.id)
    assert each.source
    assert each.subject_zh
    assert each.subject_en
    for text in each.texts:
        assert text.zh
        assert text.en
        assert text.law
        assert re.search(r"[一-鿿]", text.zh)
        assert not re.search(r"[一-鿿]", text.en)


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.id)
def test_the_texts_of_a_rule_follow_one_another_without_a_gap(each):
    for before, after in zip(each.texts, each.texts[1:], strict=False):
        assert before.in_force.until is not None
        assert after.in_force.since == before.in_force.until + timedelta(days=1)
    assert each.texts[-1].in_force.until is None


def test_trans_01_the_organic_law_changed_on_new_years_day_2026():
    winning = rule("VCOL-18-7")

    assert (winning.text_on(date(2025, 12, 31)).law, winning.text_on(date(2025, 12, 31)).article) == (
        "2018",
        "15(2)",
    )
    assert (winning.text_on(TEXT_2025).law, winning.text_on(TEXT_2025).article) == ("2025", "18(2)")
    assert winning.text_on(TEXT_2018 - timedelta(days=1)) is None


@pytest.mark.parametrize(
    "new", ["VCOL-8-3", "VCOL-18-3", "VCOL-18-13", "VCOL-18-14", "VCOL-20-1", "VCOL-33-1", "VCOL-35-5"]
)
def test_trans_01_what_is_new_in_2026_has_no_text_before(new):
    assert rule(new).text_on(date(2025, 12, 31)) is None
    with pytest.raises(LookupError, match=f"{new} has no text in force on 2025-12-31"):
        findings.find(new, True, on=date(2025, 12, 31))


def test_trans_02_articles_moved_as_the_map_says():
    moved = {6: 8, 11: 14, 12: 15, 13: 16, 14: 17, 15: 18, 16: 19, 17: 21, 18: 22, 19: 23, 20: 24, 21: 25, 22: 26, 23: 27,
             24: 28, 25: 29, 26: 30, 27: 31, 28: 32, 30: 35, 31: 36, 32: 37, 33: 38, 34: 39, 35: 40, 36: 41, 38: 47}  # fmt: skip
    for each in all_rules():
        by_law = {text.law: text.article for text in each.texts}
        if {"2018", "2025"} <= by_law.keys() and by_law["2018"]:
            old, new = (int(re.match(r"\d+", by_law[law])[0]) for law in ("2018", "2025"))
            assert moved[old] == new, each.id


def test_what_is_from_memory_says_so():
    for each in all_rules():
        if each.id.startswith("VER-") or each.id in {
            "KIN-01",
            "CAL-01",
            "CAL-03",
            "NUM-01",
            "PTY-08",
            "PTY-12",
            "VSC-05",
        }:
            assert each.basis is Basis.MEMORY, each.id
    assert rule("VCOL-18-7").basis is Basis.FOUND
    assert rule("VSC-09").basis is Basis.PRACTICE
    assert {each.level for each in all_rules()} == set(Level)


def test_an_unknown_rule_is_refused():
    with pytest.raises(UnknownRule):
        rule("VCOL-18-99")


@pytest.mark.parametrize("engine", ENGINES)
def test_where_a_rule_is_used_is_what_the_engines_ask(engine):
    asked = set()
    for name in ENGINES[engine]:
        tree = ast.parse((LAW / f"{name}.py").read_text(encoding="utf-8"))
        asked |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    known = {each.id for each in all_rules()}

    assert asked & known <= set(articles.USED[engine].split())
    assert set(articles.USED[engine].split()) <= known


def test_every_rule_of_the_design_that_this_covers_is_in_the_register():
    if not DESIGN.exists():
        pytest.skip("the design's register of rules is not beside this project")
    text = DESIGN.read_text(encoding="utf-8").split("## 4. Candidate vetting")[0]
    wanted = set(
        re.findall(r"^\| ((?:VCOL|VER|VSC|SX|PTY|KIN|TRANS|NUM|CAL)-[\d-]*\d)", text, flags=re.MULTILINE)
    )

    assert wanted - {each.id for each in all_rules()} == {"SX-13"}  # another province's: not to be used


def test_every_sentence_is_written_in_both_languages_and_names_the_same_facts():
    for key, (zh, en) in words._templates().items():
        rule_id, holds, _case = key
        assert rule(rule_id)
        assert holds in {True, False, None}
        assert set(re.findall(r"\{(\w+)[:}]", en)) <= set(re.findall(r"\{(\w+)\}", zh)), key
        assert re.search(r"[一-鿿]", zh)
        assert not re.search(r"[一-鿿]", en)


def test_no_two_modules_of_words_say_the_same_finding():
    from shanzhi.core.law.words import calendar, count, meetings, people, stages

    modules = (calendar, count, meetings, people, stages)
    assert len(words._templates()) == sum(len(module.WORDS) for module in modules)


def test_every_sentence_about_a_count_is_spoken_by_some_election():
    from shanzhi.core.law.count import Case, count
    from shanzhi.core.law.words.count import WORDS

    dice = random.Random(7)
    spoken = set()
    for _election in range(15_000):
        spoken |= {note[:3] for note in count(Case.from_json(draw(dice))).notes}

    assert spoken <= WORDS.keys()
    assert WORDS.keys() - spoken <= {("PTY-10", None, "issued")}  # has a test of its own


def test_a_finding_carries_its_rule_and_speaks():
    finding = findings.find("VCOL-18-6", True, on=TEXT_2025, registered=3, collected=2)

    assert finding.graded.id == "VCOL-18-6"
    assert finding.as_json() == {
        "rule": "VCOL-18-6", "law": "2025", "article": "18(2)", "holds": True,
        "facts": {"registered": 3, "collected": 2}, "says": finding.says,
    }  # fmt: skip
    with pytest.raises(TypeError):
        finding.facts["registered"] = 4
    with pytest.raises(KeyError):
        _ = findings.find("VCOL-18-6", True, on=TEXT_2025, case="never written").says


@pytest.mark.parametrize(
    ("seats", "said"),
    [
        (1, "1 seat (member) is not filled: another election is held for it."),
        (2, "2 seats (member) are not filled: another election is held for them."),
    ],
)
def test_english_says_one_or_many_by_the_number(seats, said):
    """VCOL-18-8."""
    from shanzhi.core.law.words import say

    assert say("VCOL-18-8", holds=False, case="", facts={"post": "member", "seats": seats})["en"] == said
