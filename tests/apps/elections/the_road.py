"""The first half of an election's road, on fixed days, by the actions themselves; and what a refusal must not leave.

| day              | what                                                             |
|------------------|------------------------------------------------------------------|
| MADE 25 Nov 2026 | roll made                                                        |
| POSTED 28 Nov    | roll posted; objections until 3 Dec                              |
| OPEN 4 Dec       | nominations                                                      |
| DAY 20 Dec       | election day                                                     |
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from shanzhi.apps.elections.actions import candidates, corrections, declarations, mandates, renewals, rolls
from shanzhi.apps.elections.errors import Refused
from shanzhi.apps.elections.models import Candidate, Election, Mandate, Renewal, RollLine
from shanzhi.apps.places.actions.people import seal_numbers
from shanzhi.apps.places.models import Person, Place
from shanzhi.apps.record.models import Event, Tree
from tests.cast import make_id_number, make_person

MADE, POSTED, OPEN, DAY = date(2026, 11, 25), date(2026, 11, 28), date(2026, 12, 4), date(2026, 12, 20)
CLERK, SECOND = "clerk-one", "clerk-two"
SEATS = {"chair": 1, "member": 2}
CLEAR = dict.fromkeys(candidates.BARS, False)
NAMES = ("王秀兰", "李建国", "张桂英", "刘志强", "陈玉梅", "杨守义", "赵爱莲", "高双喜")


def days(number: int) -> timedelta:
    return timedelta(days=number)


def fresh(row: Model) -> Any:
    return type(row)._default_manager.get(pk=row.pk)


def with_number(person: Person, serial: int) -> Person:
    """The same person with an ID number and a phone in the sealed columns."""
    number = make_id_number(serial, born=person.born, woman=person.sex == "f")
    seal_numbers(person, number, f"138{serial:08d}")
    person.save()
    return person


def settle(village: Place, number: int = 8) -> list[Person]:
    """Villagers who are registered and live here, of age, each with a number."""
    made = []
    for place in range(number):
        name = NAMES[place % 8] + ("" if place < 8 else str(place))
        made.append(
            make_person(village, name, sex="f" if place % 2 == 0 else "m", born=date(1960 + place % 30, 5, 1))
        )
    return [with_number(person, village.pk * 40 % 300 + place + 1) for place, person in enumerate(made)]


def planned(renewal: Renewal, village: Place, *, day: date = DAY, number: int = 8) -> Election:
    """Eight villagers, the day and the seats set, the election committee recorded."""
    election = renewals.open_elections(renewal=renewal, villages=[village], by=CLERK)[0]
    if number:
        settle(village, number)
    renewals.set_plan(election=election, election_day=day, seats=SEATS, version=election.version, by=CLERK)
    attest(election, "election_committee")
    return fresh(election)


def attest(election: Election, kind: str) -> None:
    renewals.attest(
        election=election, kind=kind, decided_on=date(2026, 11, 10), body="村民代表会议", by=CLERK
    )


def make(election: Election, *, today: date = MADE) -> Election:
    rolls.make(election=election, today=today, by=CLERK)
    return fresh(election)


def post(election: Election, *, on: date = POSTED) -> Election:
    rolls.post(election=election, posted_on=on, version=election.version, today=on, by=CLERK)
    return fresh(election)


def posted(renewal: Renewal, village: Place, **more: Any) -> Election:
    return post(make(planned(renewal, village, **more)))


def nominating(renewal: Renewal, village: Place, **more: Any) -> Election:
    """Nobody objected; nominations are open."""
    election = posted(renewal, village, **more)
    attest(election, "nomination")
    rolls.close_objections(election=election, today=OPEN, by=CLERK)
    return fresh(election)


def person(election: Election, name: str) -> Person:
    return Person.objects.get(place=election.village, name=name)


def line(election: Election, name: str) -> RollLine:
    return RollLine.objects.get(roll__election=election.roll_holder, name=name)


def propose(election: Election, name: str, post: str = "member", **more: Any) -> Candidate:
    facts = {"source": "voters", "nominated_on": OPEN, "by": CLERK} | more
    return candidates.propose(election=election, person=person(election, name), post=post, **facts)


def stand(election: Election, name: str, post: str = "member") -> Candidate:
    """Nominated, found clear of every bar, and decided to stand."""
    made = propose(election, name, post)
    candidates.state_facts(candidate=made, facts=CLEAR, source="县联审", by=CLERK)
    return candidates.decide(candidate=made, stands=True, reason="", today=OPEN, by=CLERK)


FIVE = (
    ("王秀兰", "chair"),
    ("李建国", "chair"),
    ("张桂英", "member"),
    ("刘志强", "member"),
    ("陈玉梅", "member"),
)


def voting(renewal: Renewal, village: Place, **more: Any) -> Election:
    """Five stand for three seats; the list is posted."""
    election = nominating(renewal, village, **more)
    for name, post_ in FIVE:
        stand(election, name, post_)
    election = fresh(election)
    candidates.post_list(election=election, posted_on=OPEN, version=election.version, today=OPEN, by=CLERK)
    return fresh(election)


def mandate(election: Election, principal: str, holder: str, **more: Any) -> Mandate:
    facts = {"reason": "在太原务工", "written_on": OPEN, "near_kin": False, "by": CLERK} | more
    return mandates.accept(
        election=election, principal=line(election, principal).number or 0, holder=line(election, holder).number or 0,
        **facts,
    )  # fmt: skip


def acts() -> list[str]:
    """What the record says was done, in order."""
    return list(Event.objects.order_by("index").values_list("act", flat=True))


def state_of_everything() -> dict[str, Any]:
    """Every row of the room, every recorded event, and the size of both logs."""
    rows = {
        model.__name__: [repr(row) for row in model._default_manager.order_by("pk").values_list()]
        for model in apps.get_app_config("elections").get_models()
    }
    return rows | {
        "events": Event.objects.count(),
        "trees": sorted(Tree.objects.values_list("name", "size", "root")),
    }


@contextmanager
def refused(kind: type[Refused] = Refused, field: str | None = None) -> Iterator[pytest.ExceptionInfo[Any]]:
    """The act is refused, and leaves no trace anywhere."""
    before = state_of_everything()
    with pytest.raises(kind) as refusal:
        yield refusal
    assert state_of_everything() == before
    if field is not None:
        assert refusal.value.field == field


@contextmanager
def nothing_happens() -> Iterator[None]:
    """The act goes through and changes nothing: a double click."""
    before = state_of_everything()
    yield
    assert state_of_everything() == before


def declare(election, who, kind, **more):
    """What somebody says of himself for this election."""
    facts = {"made_on": MADE, "by": CLERK} | more
    return declarations.declare(election=election, person=who, kind=kind, **facts)


def correct(election, who, change, **more):
    """A correction of the posted roll while nominations are open."""
    facts = {"reason": "核对户口本", "made_on": OPEN, "today": OPEN, "by": CLERK} | more
    return corrections.correct(election=election, person=who, change=change, **facts)
