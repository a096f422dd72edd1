"""Whoever cites a rule cites one that can be looked up."""

import re

import pytest

from shanzhi.core.law.register import all_rules
from tests.architecture.house import ROOT, texts

OTHERS = "VER|PTY|SX|CAL|KIN|NUM|TRANS|ID|REG|RPT|DJ|VSC|ELIG|QY|PIPL|CSL|COOP|FIN|CEO"
CITED = re.compile(rf"\b(?:VCOL-\d{{1,2}}(?:-\d{{1,2}})?|(?:{OTHERS})-\d{{2}})\b(?!-\d)")
KNOWN = {rule.id for rule in all_rules()}
# Rules of the design's register that are no findings on an election, so `core.law` does not hold them as data.
ELSEWHERE = {
    "NUM-04": "integers only: how the core counts, not what the law says",
    "TRANS-01": "which text an act falls under: every finding carries it",
    "ID-01": "citizen number: shape",
    "ID-02": "citizen number: check digit",
    "ID-03": "citizen number: a real date of birth",
    "ID-04": "citizen number: sex",
    "ID-05": "citizen number: region of issue, which may be abolished",
    "REG-01": "division codes: twelve digits",
    "REG-02": "division codes: the township's part",
    "REG-03": "division codes: village or community",
    "REG-05": "division codes: they change, and old results must still resolve",
    "RPT-03": "report accepted: a clock that the calendar lists",
    "RPT-04": "report answered: a clock that the calendar lists",
    "PIPL-45": "whoever the records are about sees and copies them",
    "PIPL-47": "personal data is deleted when purpose and keeping time are over",
    "DJ-02": "graded protection: unique identity, passwords, limited tries, time-outs, two factors at level three",
    "DJ-04": "graded protection: least privilege, administrators kept apart",
    "DJ-07": "records of handing on personal data: how long they are kept",
}


def is_known(cited: str) -> bool:
    """An id, or the article of which ids are parts."""
    return cited in KNOWN or cited in ELSEWHERE or any(rule.startswith(f"{cited}-") for rule in KNOWN)


def test_every_cited_rule_is_in_the_register():
    unknown = {
        (name, cited)
        for name, text in texts().items()
        if name.startswith(("src/", "docs/"))
        for cited in CITED.findall(text)
        if not is_known(cited)
    }

    assert unknown == set()


@pytest.mark.parametrize("cited", ["VCOL-18-99", "VER-77", "SX-31"])
def test_an_invented_rule_would_be_seen(cited):
    assert CITED.findall(f"as {cited} says") == [cited]
    assert not is_known(cited)


def test_those_kept_elsewhere_are_rules_of_the_design():
    design = ROOT.parent / "shared/domain/law.md"
    if not design.exists():
        pytest.skip("the design's register of rules is not beside this project")

    text = design.read_text(encoding="utf-8")

    assert [cited for cited in ELSEWHERE if cited not in text] == []
