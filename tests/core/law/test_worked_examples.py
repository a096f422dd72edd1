"""The examples that docs/engines works by hand, number for number."""

from datetime import date
from pathlib import Path

from shanzhi.core.law.calendar import Facts, Settings, late, steps
from shanzhi.core.law.holidays import COMMITTED
from tests.core.law.ballots import committee, count, elected, people, reruns, said, sits

DOCS = Path(__file__).parents[3] / "docs/engines"
CHAIR, VICE = "Zhang 330, Li 250", "Wang 300, Zhao 240"
MEMBER = "Ma 400, Niu 360, Yang 330, Mrs-Hua:f 320, Mrs-Cao:f 150"


def test_the_count_worked_by_hand():
    page = (DOCS / "count.md").read_text(encoding="utf-8")
    for row in (CHAIR, VICE, MEMBER.replace("-", " ").replace(":f", "")):
        assert f"| {row} |" in page
    votes = (*people(CHAIR, "chair"), *people(VICE, "vice_chair"), *people(MEMBER))
    numbers = {"registered": 1000, "issued": 640, "collected": 620, "void": 20}
    first = count(committee(votes, seats_by_post={"chair": 1, "vice_chair": 1, "member": 3}, **numbers))

    assert elected(first) == "Zhang Ma Niu Mrs-Hua"
    assert reruns(first) == [("vice_chair", 1, "second_round", "Wang Zhao")]
    assert [each.name for each in first.held] == ["Yang"]
    assert {
        ("VCOL-18-6", True, ""),
        ("VER-06", True, ""),
        ("VER-09", True, "seated_first"),
        ("VCOL-18-7", False, "short"),
    } <= said(first)

    second = count(
        committee(
            people("Zhao 180, Wang 179", "vice_chair"), registered=1000, issued=545, collected=540, seats=1, round="second",
            seated=(*sits("Zhang", "chair"), *sits("Mrs-Hua:f, Ma, Niu")),
        )
    )  # fmt: skip
    assert elected(second) == "Zhao"
    assert reruns(second) == []
    for sum_ in (
        "2 × 620 = 1240",
        "2 × 330 = 660",
        "2 × 300 = 600",
        "2 × 320 = 640",
        "2 × 540 = 1080",
        "3 × 180 = 540",
        "3 × 179 = 537",
    ):
        left, _equals, right = sum_.partition(" = ")
        one, _times, other = left.partition(" × ")
        assert int(one) * int(other) == int(right)
        assert sum_ in page


def test_the_calendar_worked_by_hand():
    page = (DOCS / "calendar.md").read_text(encoding="utf-8")
    facts = Facts(date(2026, 12, 20), posted=date(2026, 12, 5), objection=date(2026, 12, 10))
    planned = steps(facts, Settings(), COMMITTED)
    by_name = {step.step: step for step in planned}

    def decided(day):
        return late(planned, {"objection_decided": date(2026, 12, day)}, Settings())

    found = late(planned, {"roll_posted": date(2026, 12, 5)}, Settings())
    days = {
        "2026-11-30": by_name["roll_posted"].date,
        "2026-11-29": by_name["roll_posted"].stricter,
        "2026-12-25": found.earliest_election_day,
        "2026-12-10": by_name["objections_end"].date,
        "2026-12-13": by_name["objection_decided"].date,
        "2026-12-14": by_name["objection_decided"].carried_to,
        "2026-12-30": by_name["handover_done"].date,
        "2031-12-20": by_name["term_ends"].date,
    }
    assert {text: str(day) for text, day in days.items()} == {text: text for text in days}
    assert all(text in page for text in days)
    assert [bool(decided(day).carried) for day in (13, 14, 15)] == [False, True, False]
    assert [bool(decided(day).broken) for day in (13, 14, 15)] == [False, False, True]
    assert date(2026, 12, 13).strftime("%A") == "Sunday"
    assert all(f"`{step.step}`" in page for step in planned)
