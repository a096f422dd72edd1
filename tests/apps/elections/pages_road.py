"""An election brought to any stage of its road, by the actions themselves: what the pages are looked at with.

Days are counted from today, because pages ask the clock: D is today, the election day follows from the stage.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from shanzhi.apps.elections.actions import candidates, outcomes, renewals, rolls, sheets
from shanzhi.apps.elections.models import Candidate, Election, Renewal
from shanzhi.apps.elections.selectors import sheets as entries
from shanzhi.apps.places.actions import people
from shanzhi.apps.places.models import Person, Place
from tests.cast import County, make_household, make_id_number, make_person

BY = "clerk-one"
FIRST, SECOND = "teller-one", "teller-two"
SEATS = {"chair": 1, "vice_chair": 0, "member": 2}
NAMES = ("王秀兰", "李建国", "张桂英", "刘志强", "陈玉梅", "杨守义", "赵爱莲", "高双喜", "任海生", "郭明珠")


def today() -> date:
    return timezone.localdate()


def days(number: int) -> timedelta:
    return timedelta(days=number)


def renewal(county: County) -> Renewal:
    """The renewal of the year around today."""
    return Renewal.objects.create(
        county=county.place, name="村委会换届", begins=today() - days(90), ends=today() + days(90),
        issuer="样板县委组织部", document="样组发〔2026〕8号", issued_on=today() - days(100),
    )  # fmt: skip


def settle_people(village: Place, number: int = 40) -> list[Person]:
    """Adults of the village, each with a sealed ID number; one away, one from elsewhere, one child."""
    made = []
    for place in range(number):
        woman = place % 2 == 0
        born = date(1960 + place % 30, 5, 1)
        person = make_person(
            village, f"{NAMES[place % 10]}{'' if place < 10 else place}", household=make_household(village, group="一组"),
            sex="f" if woman else "m", born=born,
        )  # fmt: skip
        people.seal_numbers(
            person, make_id_number(village.pk * 60 % 400 + place + 1, born=born, woman=woman), "13800001234"
        )
        made.append(person)
    made[-1].residence = Person.Residence.AWAY
    made[-2].residence = Person.Residence.OUTSIDER
    made[-2].here_since = date(2020, 1, 1)
    made[-3].born = today() - days(4000)
    for person in made:
        person.save()
    return made


def planned(of: Renewal, village: Place, *, day: date | None = None, number: int = 40) -> Election:
    """People are there, the day and the seats are set, the committee is recorded."""
    election = renewals.open_elections(renewal=of, villages=[village], by=BY)[0]
    settle_people(village, number)
    renewals.set_plan(
        election=election,
        election_day=day or today() + days(25),
        seats=SEATS,
        version=election.version,
        by=BY,
    )
    renewals.attest(
        election=election,
        kind="election_committee",
        decided_on=today() - days(60),
        body="村民代表会议",
        by=BY,
    )
    return fresh(election)


def roll_made(of: Renewal, village: Place, **more: object) -> Election:
    election = planned(of, village, **more)
    rolls.make(election=election, today=today(), by=BY)
    return fresh(election)


def roll_posted(of: Renewal, village: Place, *, on: date | None = None, **more: object) -> Election:
    election = roll_made(of, village, **more)
    on = on or today()
    rolls.post(election=election, posted_on=on, version=election.version, today=on, by=BY)
    return fresh(election)


def candidates_open(of: Renewal, village: Place, **more: object) -> Election:
    """Posted three weeks ago, nobody objected, nominations are open; the election is today."""
    election = roll_posted(of, village, **{"on": today() - days(21), "day": today()} | more)
    renewals.attest(
        election=election, kind="nomination", decided_on=today() - days(14), body="村民选举委员会", by=BY
    )
    rolls.close_objections(election=election, today=today() - days(15), by=BY)
    return fresh(election)


def nominate(election: Election, who: Iterable[tuple[str, str]]) -> None:
    """Nominees with every bar answered "no", decided to stand."""
    for name, post in who:
        person = Person.objects.get(place=election.village, name=name)
        made = candidates.propose(
            election=election,
            person=person,
            post=post,
            source="voters",
            nominated_on=today() - days(13),
            by=BY,
        )
        candidates.state_facts(
            candidate=made, facts=dict.fromkeys(candidates.BARS, False), source="县联审 11月1日", by=BY
        )
        candidates.decide(candidate=fresh(made), stands=True, reason="", today=today(), by=BY)


def voting(of: Renewal, village: Place, **more: object) -> Election:
    election = candidates_open(of, village, **more)
    nominate(
        election,
        [
            ("王秀兰", "chair"), ("李建国", "chair"), ("张桂英", "member"), ("刘志强", "member"), ("陈玉梅", "member"),
        ],
    )  # fmt: skip
    election = fresh(election)
    candidates.post_list(
        election=election, posted_on=today() - days(2), version=election.version, today=today(), by=BY
    )
    return fresh(election)


def counting(of: Renewal, village: Place, **more: object) -> Election:
    election = voting(of, village, **more)
    outcomes.open_count(election=election, today=today(), by=BY)
    return fresh(election)


def votes(election: Election, *numbers: int, papers: int = 36, void: int = 1) -> dict[str, int]:
    """The numbers of a count sheet, in ballot order."""
    return {"collected": papers, "void": void} | {
        each.key: number for each, number in zip(entries.ballot(election), numbers, strict=True)
    }


def type_account(election: Election, *, issued: int = 38, collected: int = 36) -> None:
    for teller in (FIRST, SECOND):
        sheets.enter(
            election=election, kind="account", batch=0, numbers={"issued": issued, "collected": collected},
            token=f"account-{teller}", by=teller,
        )  # fmt: skip


def type_batch(
    election: Election, *numbers: int, by: Iterable[str] = (FIRST, SECOND), batch: int = 1
) -> None:
    for teller in by:
        sheets.enter(
            election=election, kind="batch", batch=batch, numbers=votes(election, *numbers),
            token=f"batch-{batch}-{teller}", by=teller,
        )  # fmt: skip


WON = (25, 9, 24, 22, 12)
SECOND_ROUND = (17, 16, 24, 22, 12)
TIE = (25, 9, 24, 22, 22)


def counted(of: Renewal, village: Place, numbers: tuple[int, ...] = WON, **more: object) -> Election:
    election = counting(of, village, **more)
    type_account(election)
    type_batch(election, *numbers)
    outcomes.reckon(election=election, by=BY)
    return fresh(election)


def announced(of: Renewal, village: Place, numbers: tuple[int, ...] = WON, **more: object) -> Election:
    election = counted(of, village, numbers, **more)
    return announce(election)


def invalid(of: Renewal, village: Place, **more: object) -> Election:
    """Fewer than half took part."""
    election = counting(of, village, **more)
    type_account(election, issued=15, collected=15)
    for teller in (FIRST, SECOND):
        sheets.enter(
            election=election, kind="batch", batch=1, numbers=votes(election, 9, 5, 8, 7, 3, papers=15),
            token=f"batch-{teller}", by=teller,
        )  # fmt: skip
    return announce(fresh(election))


def announce(election: Election) -> Election:
    outcomes.announce(election=election, announced_on=today(), version=election.version, today=today(), by=BY)
    return fresh(election)


def fresh(of: Election | Candidate) -> Election | Candidate:
    return type(of).objects.get(pk=of.pk)
