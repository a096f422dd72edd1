"""`shanzhi law`: every rule as data, the text of a day, and the grade of what is from memory."""

import pytest

from shanzhi.core.law.register import all_rules

KEYS = {
    "id", "subject", "article", "version", "in_force_from", "in_force_until", "level", "basis", "source", "text", "used_in",
}  # fmt: skip


def test_every_rule_is_listed_as_data(shanzhi):
    said = shanzhi("law", "--json")

    assert (said.status, said.err) == (0, "")
    assert {row["id"] for row in said.json} == {rule.id for rule in all_rules()}
    assert all(set(row) == KEYS for row in said.json)


@pytest.mark.parametrize(
    ("on", "version", "article", "until"),
    [("2025-12-30", "2018", "15(2)", "2025-12-31"), ("2026-01-01", "2025", "18(2)", None)],
)
def test_trans_01_a_day_chooses_the_text(shanzhi, on, version, article, until):
    (row,) = shanzhi("law", "VCOL-18-7", "--on", on, "--json").json

    assert (row["version"], row["article"], row["in_force_until"]) == (version, article, until)
    assert (row["level"], row["basis"], row["used_in"]) == ("statute", "found", ["count"])


def test_without_a_day_both_texts_are_shown(shanzhi):
    rows = shanzhi("law", "vcol-18-12", "--json").json

    assert [row["version"] for row in rows] == ["2018", "2025"]
    assert rows[0]["text"] != rows[1]["text"]


def test_a_rule_not_yet_in_force_is_answered_with_when_it_is(shanzhi):
    told = shanzhi("law", "VCOL-8-3", "--on", "2025-12-30")
    data = shanzhi("law", "VCOL-8-3", "--on", "2025-12-30", "--json")

    assert (told.status, data.status) == (3, 3)
    assert "2026-01-01 起 from 2026-01-01 on" in told.out
    assert data.json == {"id": "VCOL-8-3", "on": "2025-12-30", "in_force_from": "2026-01-01"}


def test_the_list_for_people_shows_level_grade_and_use(shanzhi):
    said = shanzhi("law")

    for words in ("VCOL-18-6", "凭记忆，启用前须县里确认", "法律 statute", "党内法规 Party rule", "地方规定 local setting",
                  "用于 used in: count", "惯例或我们的理解"):  # fmt: skip
        assert words in said.out


@pytest.mark.parametrize(("name", "near"), [("VCOL-18-77", "VCOL-18-7"), ("nonsense", "an id such as")])
def test_an_unknown_rule_is_refused_with_the_nearest(shanzhi, name, near):
    said = shanzhi("law", name)

    assert (said.status, said.out) == (2, "")
    assert said.err.startswith(f"shanzhi law: RULE: '{name}'")
    assert near in said.err


@pytest.mark.parametrize(
    "words", [["--on", "tomorrow"], ["--on", ""], ["VCOL-18-7", "--on", "2026-2-30"], [""]]
)
def test_an_unusable_day_or_an_empty_rule_is_refused(shanzhi, words):
    said = shanzhi("law", *words)

    assert (said.status, said.out) == (2, "")


def test_no_command_and_an_unknown_one_are_refused(shanzhi):
    assert shanzhi().status == 2
    assert shanzhi("divine").status == 2
    assert shanzhi("--version").out.startswith("shanzhi ")
