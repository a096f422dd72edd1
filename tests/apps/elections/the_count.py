"""A village at the count: the roll is posted, candidates stand, tellers may type. Built of rows, by names alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from shanzhi.apps.elections.actions import outcomes, sheets
from shanzhi.apps.elections.models import Candidate, Election, Outcome, Roll, RollLine
from shanzhi.apps.elections.selectors import sheets as entries
from shanzhi.apps.places.models import Kinship, Person
from shanzhi.apps.record.models import Event
from tests import cast

DAY = date(2026, 12, 20)
FIRST, SECOND, CLERK = "teller-one", "teller-two", "clerk-one"
WOMEN = ["王秀兰", "张桂英", "陈玉梅", "赵爱莲", "郭明珠"]

Votes = Mapping[tuple[str, str], int]  # (post, name) -> votes


def make_count(
    seats: Mapping[str, int], people: Iterable[tuple[str, str]], *, registered: int = 60, day: date = DAY,
    county: cast.County | None = None, settings: Mapping[str, object] | None = None,
) -> Election:  # fmt: skip
    """An election at the count: `people` are (post, name); whoever has a woman's name is a woman."""
    county = county or cast.make_county()
    renewal = cast.make_renewal(county, settings=dict(settings or {}))
    election = cast.make_election(
        renewal, county.village, election_day=day, seats=dict(seats), stage="counting"
    )
    home = cast.make_household(county.village, group="一组")
    people = list(people)
    known = {name: _person(county, home, name) for name in dict.fromkeys(name for _post, name in people)}
    others = Person.objects.bulk_create(
        Person(place=county.village, household=home, name=f"村民{at}", sex="m", born=date(1980, 1, 1),
               residence="resident")
        for at in range(registered - len(known))
    )  # fmt: skip
    roll = Roll.objects.create(election=election, posted_on=date(2026, 11, 25), lines_root="0" * 64)
    RollLine.objects.bulk_create(
        RollLine(roll=roll, person=each, number=number, listed=True, voter_class=1, name=each.name, sex=each.sex,
                 born=each.born, group="一组")
        for number, each in enumerate([*known.values(), *others], start=1)
    )  # fmt: skip
    for place, (post, name) in enumerate(people, start=1):
        cast.make_candidate(election, known[name], post, order=place)
    return fresh(election)


def _person(county: cast.County, home: object, name: str) -> Person:
    return cast.make_person(county.village, name, household=home, sex="f" if name in WOMEN else "m")


def kin(election: Election, one: str, other: str, relation: str = "spouse") -> None:
    """Make two of the village kin."""
    persons = [Person.objects.get(place=election.village, name=name) for name in (one, other)]
    Kinship.objects.create(person=persons[0], other=persons[1], relation=relation)


def numbers(election: Election, votes: Votes, *, papers: int, void: int = 0) -> dict[str, int]:
    """A count sheet: those who are not named have no votes."""
    people = entries.ballot(election)
    unknown = set(votes) - {(each.post, each.person.name) for each in people}
    assert not unknown, unknown
    return {"collected": papers, "void": void} | {
        each.key: votes.get((each.post, each.person.name), 0) for each in people
    }


def enter(election: Election, batch: int, typed: Mapping[str, int], *, by: str, token: str = "") -> object:
    """One entry of one sheet; batch 0 is the ballots account."""
    return sheets.enter(
        election=election, kind="batch" if batch else "account", batch=batch, numbers=typed,
        token=token or f"{batch}-{by}", by=by,
    )  # fmt: skip


def enter_twice(election: Election, batch: int, typed: Mapping[str, int]) -> None:
    """Both tellers type the same."""
    enter(election, batch, typed, by=FIRST)
    enter(election, batch, typed, by=SECOND)


def type_all(
    election: Election, votes: Votes, *, collected: int, issued: int | None = None, void: int = 0
) -> None:
    """The whole count on one sheet."""
    enter_twice(election, 0, {"issued": collected if issued is None else issued, "collected": collected})
    enter_twice(election, 1, numbers(election, votes, papers=collected, void=void))


def reckon(election: Election, votes: Votes, **papers: int) -> Outcome:
    """The outcome of these numbers."""
    type_all(election, votes, **papers)
    return outcomes.reckon(election=fresh(election), by=CLERK)


def announce(election: Election, *, on: date | None = None) -> Outcome:
    """Announce the reckoned result on the election day."""
    election = fresh(election)
    day = on or election.election_day
    return outcomes.announce(
        election=election, announced_on=day, version=election.version, today=day, by=CLERK
    )


def hold_again(rerun: Election, *, day: date | None = None) -> Election:
    """Bring a re-run to the count."""
    rerun.stage, rerun.election_day = "counting", day or date(2026, 12, 26)
    rerun.save()
    return fresh(rerun)


def standing(election: Election) -> set[tuple[str, str]]:
    """Who stands for what."""
    found = election.candidates.filter(status=Candidate.Status.STANDING).select_related("person")
    return {(each.post, each.person.name) for each in found}


def fresh(row: Election) -> Election:
    """The row as the database has it now."""
    return type(row).objects.get(pk=row.pk)


def acts() -> list[str]:
    """What the record says was done, in order."""
    return list(Event.objects.order_by("index").values_list("act", flat=True))
