"""What happens to people of the sample: moves, a death, a return, an entry made twice, wider kin, a request. No dice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from shanzhi.apps.places import actions, selectors
from shanzhi.apps.places.models import Household, Kinship, Person
from shanzhi.core import identity

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Place


def live_on(here: Place, there: Place, *, today: date, by: str) -> dict[str, int]:
    """In two villages whose election has not begun, everything that can happen to an entry happens once; what came new."""
    before = _rows()
    _happen(here, there, today=today, by=by)
    return {name: number - before[name] for name, number in _rows().items()}


def _rows() -> dict[str, int]:
    return {
        "people": Person.objects.count(),
        "households": Household.objects.filter(people__isnull=False).distinct().count(),
    }


def _happen(here: Place, there: Place, *, today: date, by: str) -> None:
    grown = Person.objects.filter(
        place=here, left="", is_head=False, party="none", born__year__lt=1990, id_sealed__isnull=False
    )
    movers = list(grown.filter(residence="resident").order_by("pk")[:6])
    if len(movers) < 6:
        return
    to, from_afar, dies, comes_back, away, twice = movers
    actions.transfer(
        person=to, to=there, household="0003", residence="resident", day=_ago(today, 400), today=today, by=by
    )
    actions.record_arrival(
        person=from_afar, day=_ago(today, 2000), elsewhere="陕西省（示例）", today=today, by=by
    )
    actions.mark_left(
        person=dies, left="died", left_on=_ago(today, 90), known_by="certificate", today=today, by=by
    )
    actions.mark_left(
        person=comes_back,
        left="moved",
        left_on=_ago(today, 900),
        elsewhere="太原市（示例）",
        today=today,
        by=by,
    )
    actions.record_return(person=comes_back, day=_ago(today, 60), residence="resident", today=today, by=by)
    actions.change_residence(person=away, residence="away", day=_ago(today, 200), today=today, by=by)
    _enter_twice(twice, there, today=today, by=by)
    _relate(here, by=by)
    actions.ask_correction(
        person=away, about="residence", says="已从外地回村居住，请更正居住情况。（示例）", asked_by="self", asked_on=_ago(today, 4),
        today=today, by=by,
    )  # fmt: skip


def _ago(today: date, days: int) -> date:
    return today - timedelta(days=days)


def _enter_twice(person: Person, there: Place, *, today: date, by: str) -> None:
    """The same person in a second village, one digit of the number mistyped when it was entered."""
    number = selectors.id_number(person)
    serial = (int(number[14:17]) + 10) % 1000
    slipped = identity.make(number[:6], person.born, serial)
    if selectors.find_by_id_number(slipped) is None:
        actions.add_person(
            place=there,
            household="0005",
            id_number=slipped,
            name=person.name,
            residence="away",
            today=today,
            by=by,
        )


def _relate(here: Place, *, by: str) -> None:
    """Three uncles of three children on record, as what follows from the links says; the others are for a clerk to confirm."""
    children = Person.objects.filter(place=here, left="", born__year__gte=2010).order_by("pk")
    fathers = Kinship.objects.filter(person__in=children, relation="child", other__kin__relation="sibling")
    done = 0
    for child in Person.objects.filter(pk__in=fathers.values("person")).order_by("pk"):
        for told in selectors.suggestions_for(child):
            if told.relation == "uncle" and done < 3:
                actions.confirm_kin(person=child, other=told.other, by=by)
                done += 1
