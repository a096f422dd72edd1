"""What is killed in the middle: one entry an action. Another action is one more entry, nothing else.

`prepare` makes the world up to the moment before and gives what the request would carry (plain text and numbers, as
they stand in a form). `do` is the action as that request does it; sent again it must not do a second thing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from unittest import mock

from django.utils import timezone

from shanzhi.apps.elections.actions import candidates, corrections, mandates, outcomes, rolls, sheets
from shanzhi.apps.elections.models import Election, Sheet
from shanzhi.apps.places import actions as places
from shanzhi.apps.places.actions import below, designations, mergers
from shanzhi.apps.places.models import Person, Place
from shanzhi.apps.record import actions as record
from shanzhi.apps.tables.actions import imports
from shanzhi.apps.tables.models import Import
from tests import cast
from tests.apps.elections import the_count as count
from tests.apps.elections import the_road as road
from tests.apps.tables import bringing, files

Given = dict[str, Any]
TODAY = date(2026, 12, 1)
BETWEEN = frozenset({"tables.Import", "tables.Part"})
SEATS = {"chair": 1, "member": 2}
PEOPLE = [
    ("chair", "李建国"),
    ("chair", "王秀兰"),
    ("member", "张桂英"),
    ("member", "刘志强"),
    ("member", "杨守义"),
]
VOTES = {
    ("chair", "李建国"): 30,
    ("member", "张桂英"): 26,
    ("member", "刘志强"): 14,
    ("member", "杨守义"): 14,
}
ACCOUNT = {"issued": 42, "collected": 40}


@dataclass(frozen=True, slots=True)
class Act:
    """An action, the world before it, and what sending it a second time does."""

    prepare: Callable[[], Given]
    do: Callable[..., object]
    # Tables in which it may stand in the middle: it works in several transactions, and begun anew it comes out the same.
    between: frozenset[str] = frozenset()
    again: str = (
        "same"  # "same": nothing more; "anew": once more, as its nature is; "refused": in a plain sentence
    )


# Rosters


def _rows() -> list[dict[str, Any]]:
    return [files.row(serial, 姓名=f"村民{serial}") for serial in range(1, 61)]


def _village() -> Given:
    village = cast.make_county().village
    places.add_person(
        place=village, household="007", id_number=cast.make_id_number(1), name="王秀兰", residence="away", today=TODAY,
        by="clerk",
    )  # fmt: skip
    return {"place": village.code}


def _receive_roster(place: str) -> Import:
    return bringing.receive(
        Place.objects.get(code=place), files.as_csv(*_rows()), name="花名册.csv", by="clerk"
    )


def _received() -> Given:
    return {"roster": _receive_roster(**_village()).key}


def _check_roster(roster: str) -> Import:
    return imports.check(made=Import.objects.get(key=roster), today=TODAY)


def _ordered() -> Given:
    given = _received()
    imports.order(made=_check_roster(**given), good_only=False, by="clerk")
    return given


def _write_roster(roster: str) -> object:
    return imports.write(made=Import.objects.get(key=roster))


def _written() -> Given:
    given = _ordered()
    _write_roster(**given)
    return given


def _take_roster_back(roster: str) -> object:
    return imports.undo(made=Import.objects.get(key=roster), by="clerk")


# Rolls, candidates, proxies


def _renewal() -> tuple[Any, Place]:
    county = cast.make_county()
    return cast.make_renewal(county), county.village


def _page(election: Election) -> Given:
    """What the page that holds the form knows of its election."""
    return {"election": election.key, "version": election.version}


def of(key: str) -> Election:
    return Election.objects.get(key=key)


def _planned() -> Given:
    return _page(road.planned(*_renewal(), number=40))


def _made() -> Given:
    return _page(road.make(road.planned(*_renewal(), number=40)))


def _make_roll(election: str, version: int) -> object:
    return rolls.make(election=of(election), today=road.MADE, by="clerk")


def _post_roll(election: str, version: int) -> object:
    day = road.POSTED
    return rolls.post(election=of(election), posted_on=day, version=version, today=day, by="clerk")


def _with_a_dead_man() -> Given:
    election = road.nominating(*_renewal())
    return {"election": election.key, "person": road.person(election, "李建国").key}


def _correct_roll(election: str, person: str) -> object:
    return corrections.correct(
        election=of(election), person=Person.objects.get(key=person), change="strike", reason="已去世",
        made_on=road.OPEN, today=road.OPEN, by="clerk",
    )  # fmt: skip


def _standing() -> Given:
    election = road.nominating(*_renewal())
    for name, post in road.FIVE:
        road.stand(election, name, post)
    return _page(road.fresh(election))


def _post_list(election: str, version: int) -> object:
    day = road.OPEN
    return candidates.post_list(election=of(election), posted_on=day, version=version, today=day, by="clerk")


def _with_proxies() -> Given:
    election = road.nominating(*_renewal())
    road.mandate(election, "王秀兰", "李建国")
    road.mandate(election, "张桂英", "刘志强")
    return _page(road.fresh(election))


def _post_mandates(election: str, version: int) -> object:
    day = road.OPEN
    return mandates.post(election=of(election), posted_on=day, version=version, today=day, by="clerk")


# The count


def numbers(election: Election, **more: int) -> dict[str, int]:
    return count.numbers(election, VOTES, papers=40) | more


def account_agreed() -> Election:
    election = count.make_count(SEATS, PEOPLE)
    count.enter_twice(election, 0, ACCOUNT)
    return election


def _sheet(election: Election, entry: str, **more: int) -> Given:
    return {"election": election.key, "entry": entry, "numbers": numbers(election, **more)}


def _first_entry() -> Given:
    return _sheet(account_agreed(), "first")


def _second_entry() -> Given:
    election = account_agreed()
    count.enter(election, 1, numbers(election), by="first")
    return _sheet(election, "second", void=1)


def differing() -> Given:
    given = _second_entry()
    _enter(**given)
    return given | {"entry": "settler", "numbers": numbers(of(given["election"]))}


def _enter(election: str, entry: str, numbers: Mapping[str, int]) -> object:
    return sheets.enter(
        election=of(election), kind="batch", batch=1, numbers=numbers, token=f"form-{entry}", by=entry
    )


def _settle(election: str, entry: str, numbers: Mapping[str, int]) -> object:
    return sheets.settle(
        election=of(election), kind="batch", batch=1, numbers=numbers, reason="重新数票", token=f"form-{entry}",
        by=entry,
    )  # fmt: skip


def _count_again(election: str, **_sheet: object) -> object:
    return sheets.count_again(
        election=of(election), kind=Sheet.Kind.BATCH, batch=1, reason="重新数票", by="clerk"
    )


def counted() -> Given:
    election = count.make_count(SEATS, PEOPLE)
    count.type_all(election, VOTES, collected=40)
    return _page(count.fresh(election))


def reckoned() -> Given:
    given = counted()
    outcomes.reckon(election=of(given["election"]), by="clerk")
    return given


def _reckon(election: str, version: int) -> object:
    return outcomes.reckon(election=of(election), by="clerk")


def _announce(election: str, version: int) -> object:
    return outcomes.announce(
        election=of(election), announced_on=count.DAY, version=version, today=count.DAY, by="clerk"
    )


def _over() -> Given:
    """A roll with its secrets, whose election has been announced."""
    election = road.voting(*_renewal())
    Election.objects.filter(pk=election.pk).update(stage="announced")
    return {"election": election.key}


def _forget(election: str) -> object:
    return rolls.forget(election=of(election), by="clerk")


# The record


def _yesterday() -> Given:
    """Yesterday's events wait to be sealed by whatever is done first today."""
    with mock.patch.object(timezone, "now", return_value=timezone.now() - timedelta(days=1)):
        return {"place": cast_with_events().code}


def cast_with_events() -> Place:
    """A county in which something has been recorded already."""
    place = cast.make_county().place
    for _event in range(5):
        record.write(by="clerk", act="places.exported", subject=f"place:{place.code}", scope=place.pk)
    return place


def _begin_day(place: str) -> object:
    return places.add_person(
        place=Place.objects.get(code="141130101201"), household="009", id_number=cast.make_id_number(9),
        name="张桂英", residence="resident", today=TODAY, by="clerk",
    )  # fmt: skip


def _neighbours() -> Given:
    """Two villages whose household numbers and groups are alike, a hamlet, a clerk, and an election that lapses."""
    county = cast.make_county()
    people = cast.make_accounts(county)
    for place in (county.village, county.second_village):
        for number in ("0001", "0002"):
            cast.make_person(place, household=cast.make_household(place, number, group="一组"))
    below.open_hamlet(place=county.village, name="后沟", since=TODAY, by="office")
    cast.make_election(cast.make_renewal(county), county.village)
    return {
        "ends": county.village.code,
        "goes_on": county.second_village.code,
        "by": people.county_office.key,
    }


def _merge(ends: str, goes_on: str, by: str) -> object:
    into = Place.objects.get(code=goes_on)
    paper = designations.Paper(date(2026, 11, 1), "样政发〔2026〕12号", "撤并小村")
    villages = [Place.objects.get(code=ends), into]
    return mergers.merge(villages=villages, into=into, paper=paper, today=TODAY, by=by)


ACTS: dict[str, Act] = {
    "merge villages": Act(_neighbours, _merge, again="refused"),
    "receive a roster": Act(_village, _receive_roster, again="anew"),
    "check a roster": Act(_received, _check_roster, BETWEEN, again="anew"),
    "write a roster": Act(_ordered, _write_roster),
    "take a roster back": Act(_written, _take_roster_back, again="refused"),
    "make a roll": Act(_planned, _make_roll, again="anew"),
    "post a roll": Act(_made, _post_roll),
    "correct a roll": Act(_with_a_dead_man, _correct_roll, again="refused"),
    "post the candidates": Act(_standing, _post_list),
    "post the proxies": Act(_with_proxies, _post_mandates),
    "type a sheet": Act(_first_entry, _enter),
    "type it the second time": Act(_second_entry, _enter),
    "settle a sheet": Act(differing, _settle),
    "count a sheet again": Act(differing, _count_again, again="refused"),
    "reckon": Act(counted, _reckon, again="anew"),
    "announce a result": Act(reckoned, _announce),
    "forget a roll's secrets": Act(_over, _forget),
    "begin a day": Act(_yesterday, _begin_day),
}
