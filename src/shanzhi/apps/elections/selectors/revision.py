"""A roll against the records of today: what a draft has to be made anew for, what a posted roll has to be corrected in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from shanzhi.apps.elections.bridge import people as bridge
from shanzhi.apps.elections.models import Election, Roll, RollLine
from shanzhi.apps.places import selectors as places
from shanzhi.core.law.findings import Finding

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Person


POSTED = ("roll_posted", "candidates", "voting")  # while these last, the posted roll can be corrected


@dataclass(frozen=True, slots=True)
class Difference:
    """A person whose line is not what the rules would make of the records today.

    must: the right to vote itself has changed (VCOL-16-1): came of age with a later election day, or lost the right.
    """

    person: Person
    line: RollLine | None
    change: str  # "add", "strike" or "amend", as a correction would say
    findings: tuple[Finding, ...]
    must: bool


def differences(election: Election) -> list[Difference]:
    """Lines of a posted roll that need a correction, in the order of the households; what a person decided stays."""
    roll = getattr(election.roll_holder, "own_roll", None)
    if roll is None or roll.posted_on is None:
        return []
    rows = {line.person_id: line for line in roll.lines.select_related("person__household")}
    decided = set(roll.objections.exclude(verdict="").values_list("person_id", flat=True))
    decided |= {person_id for person_id, line in rows.items() if line.struck_off}
    here = list(places.people_of(election.village))
    gone = [
        line for line in rows.values() if _has_gone(line, election) and line.listed and not line.struck_off
    ]
    return [
        *(each for each in _compared(bridge.classified(election.roll_holder, here), rows, decided)),
        *(Difference(line.person, line, "strike", (), must=False) for line in gone),
    ]


def _has_gone(line: RollLine, election: Election) -> bool:
    """Left the records, was merged into another entry, or moved to another village under the same entry."""
    return bool(line.person.left) or line.person.place_id != election.village_id


def _compared(
    people: Iterator[bridge.Classified], rows: dict[int, RollLine], decided: set[int]
) -> Iterator[Difference]:
    for each in people:
        line = rows.get(each.person.pk)
        live = line is not None and line.listed is True and not line.struck_off
        change = ""
        if (each.listed is True) != live and each.person.pk not in decided:
            change = "strike" if live else "add"
        elif line is not None and live and copied(each.person) != copied_to(line):
            change = "amend"
        if change:
            yield Difference(each.person, line, change, each.findings, must=_right_changed(each, line))


def _right_changed(each: bridge.Classified, line: RollLine | None) -> bool:
    held = next((f["holds"] for f in line.findings if f["rule"] == "VCOL-16-1"), None) if line else None
    now = next(f.holds for f in each.findings if f.rule == "VCOL-16-1")
    return line is not None and held != now


def copied(person: Person) -> tuple[str, str, date, str]:
    """What a line holds of a person: a snapshot of what was posted."""
    return person.name, person.sex, person.born, person.household.group


def copied_to(line: RollLine) -> tuple[str, str, date, str]:
    """The same of a line."""
    return line.name, line.sex, line.born, line.group


def outdated(election: Election, roll: Roll) -> int:
    """How many lines of a draft are not what the rules make of the records and the election day now."""
    made = {
        line.person_id: (line.listed, line.voter_class, line.findings, copied_to(line))
        for line in roll.lines.all()
    }
    now = {
        each.person.pk: (each.listed, each.voter_class, [f.as_json() for f in each.findings], copied(each.person))
        for each in bridge.classified(election, places.people_of(election.village))
    }  # fmt: skip
    return sum(made.get(key) != now.get(key) for key in made.keys() | now.keys())


def under_way(holder: Election) -> Election:
    """The election that uses this roll now: its own, or the second round or tie vote that followed (VER-10)."""
    election = holder
    while election.stage not in POSTED:
        again = election.reruns.filter(kind__in=Election.FOLLOWING)
        following = again.exclude(stage="announced").first() or again.order_by("pk").last()
        if following is None:
            break
        election = following
    return election
