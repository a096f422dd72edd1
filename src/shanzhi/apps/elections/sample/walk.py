"""One village on its road: every step is the action that a clerk's page calls, on the day it would have happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from shanzhi.apps.elections.actions import (
    candidates,
    declarations,
    mandates,
    objections,
    outcomes,
    renewals,
    rolls,
    sheets,
)
from shanzhi.apps.elections.models import Candidate, Election, Objection, RollLine
from shanzhi.apps.elections.sample.votes import FIVE, Papers, Standing, papers
from shanzhi.apps.places import selectors as places
from shanzhi.core.law import kinship

if TYPE_CHECKING:
    from shanzhi.apps.elections.sample.accounts import Staff
    from shanzhi.apps.places.models import Person

POSTED = (
    22  # days before the election day on which the roll goes on the board; the law asks for 20 (VCOL-17-1)
)
CLEAR = dict.fromkeys(("expelled", "convicted", "clan_or_gang", "cult", "posted_staff"), False)
REVIEW = "县级联审，组织、纪检、公安、法院等部门回复"
MEETING = "村民代表会议"


@dataclass(slots=True)
class Walk:
    """An election that is being walked; `day` is its election day. Days are civil dates up to `today`."""

    election: Election
    staff: Staff
    dice: Random
    today: date
    day: date

    @property
    def by(self) -> str:
        return self.staff.clerk(self.election.village)

    @property
    def version(self) -> int:
        return Election.objects.values_list("version", flat=True).get(pk=self.election.pk)

    def at(self, before: int) -> date:
        """So many days before the election day, but never after today."""
        return min(self.day - timedelta(days=before), self.today)

    # Plan and roll

    def plan(self, seats: Mapping[str, int] = FIVE) -> None:
        """The committee is formed, the day and the seats are decided."""
        decided = self.at(POSTED + 9)
        for kind, body, note in (
            ("election_committee", "村民会议", "推选村民选举委员会主任1人、委员6人"),
            ("method", MEETING, "通过选举办法，确定投票日、职数和候选人产生办法"),
        ):
            renewals.attest(
                election=self.election, kind=kind, decided_on=decided, body=body, document="会议记录第1号", note=note,
                by=self.by,
            )  # fmt: skip
        renewals.set_plan(
            election=self.election, election_day=self.day, seats=seats, version=self.version, by=self.by
        )

    def make_roll(self) -> None:
        """Some who are away say that they take part, one from elsewhere is accepted; then the roll is made."""
        made_on = self.at(POSTED + 3)
        people = places.people_of(self.election.village)
        for person in people.filter(residence="away", born__lt=made_on.replace(year=made_on.year - 25))[:6]:
            self._declare(person, "takes_part", made_on)
        settled = made_on - timedelta(days=430)
        for person in people.filter(residence="outsider", here_since__lt=settled)[:1]:
            self._declare(person, "applied", made_on)
            self._declare(person, "consented", made_on, f"{made_on:%m月%d日}村民代表会议同意")
        rolls.make(election=self.election, today=made_on, by=self.by)

    def _declare(self, person: Person, kind: str, made_on: date, note: str = "") -> None:
        declarations.declare(
            election=self.election, person=person, kind=kind, made_on=made_on, note=note, by=self.by
        )

    def post_roll(self, before: int = POSTED) -> None:
        posted = self.at(before)
        rolls.post(election=self.election, posted_on=posted, version=self.version, today=posted, by=self.by)

    def missing(self) -> Person:
        """Somebody of age who is not on the roll because he is away and has said nothing."""
        lines = RollLine.objects.filter(roll__election=self.election, listed=False, person__residence="away")
        of_age = lines.filter(born__lt=self.day.replace(year=self.day.year - 20)).select_related("person")
        return of_age.order_by("pk")[self.dice.randrange(4)].person

    def listed(self) -> Person:
        """Somebody on the roll."""
        lines = RollLine.objects.filter(roll__election=self.election, listed=True, voter_class=1)
        return lines.select_related("person").order_by("number")[self.dice.randrange(20)].person

    def object(self, person: Person, about: str, says: str, filed_on: date) -> Objection:
        return objections.file(
            election=self.election, person=person, about=about, says=says, objector=person.name, filed_on=filed_on,
            today=filed_on, by=self.by,
        )  # fmt: skip

    def uphold(self, objection: Objection, reason: str) -> None:
        """The objector states what the class of voters asks for, and the roll is corrected."""
        decided = min(objection.decide_by, self.today)
        self._declare(objection.person, "takes_part", decided)
        objections.decide(
            objection=objection,
            verdict="upheld",
            reason=reason,
            decided_on=decided,
            today=decided,
            by=self.by,
        )

    # Candidates

    def close_objections(self) -> None:
        rolls.close_objections(election=self.election, today=self.at(POSTED - 6), by=self.by)

    def nominate(self, slate: Sequence[Standing], *, kin: bool = False) -> list[Candidate]:
        """The villagers nominate; in the order of the slate."""
        day = self.at(POSTED - 8)
        renewals.attest(
            election=self.election, kind="nomination", decided_on=day, body="村民选举大会",
            document="会议记录第2号", note="村民直接提名，得票多的确定为候选人", by=self.by,
        )  # fmt: skip
        return [
            candidates.propose(
                election=self.election, person=person, post=each.post, source="voters", nominated_on=day, by=self.by
            )
            for each, person in zip(slate, self._people_for(slate, kin=kin), strict=True)
        ]  # fmt: skip

    def _people_for(self, slate: Sequence[Standing], *, kin: bool) -> list[Person]:
        """People of the roll between 25 and 65, none of them kin; with `kin` the first of each side are near kin."""
        pool = self._pool()
        related = {
            (one, other): relation for one, other, relation in places.kin_between(each.pk for each in pool)
        }
        chosen = dict(self._near_pair(slate, pool, related)) if kin else {}
        for place, each in enumerate(slate):
            if place not in chosen:
                chosen[place] = next(
                    person for person in pool
                    if person.sex == each.sex and person not in chosen.values()
                    and not any((a.pk, person.pk) in related or (person.pk, a.pk) in related for a in chosen.values())
                )  # fmt: skip
        return [chosen[place] for place in range(len(slate))]

    def _pool(self) -> list[Person]:
        oldest, youngest = (self.day.replace(year=self.day.year - years, day=1) for years in (65, 25))
        lines = RollLine.objects.filter(
            roll__election=self.election, listed=True, voter_class=1, born__gt=oldest, born__lt=youngest
        )
        people = [line.person for line in lines.select_related("person").order_by("number")]
        return self.dice.sample(people, len(people))

    def _near_pair(
        self, slate: Sequence[Standing], pool: Sequence[Person], related: Mapping[tuple[int, int], str]
    ) -> list[tuple[int, Person]]:
        by_pk = {person.pk: person for person in pool}
        first_member = next(place for place, each in enumerate(slate) if each.post == "member")
        wanted = (slate[0].sex, slate[first_member].sex)
        near = sorted(pair for pair, relation in related.items() if kinship.is_near(relation))
        one, other = next((by_pk[a], by_pk[b]) for a, b in near if (by_pk[a].sex, by_pk[b].sex) == wanted)
        return [(0, one), (first_member, other)]

    def check(self, candidate: Candidate, facts: Mapping[str, bool | None] = CLEAR) -> None:
        candidates.state_facts(
            candidate=candidate, facts=facts, source=f"{REVIEW}（{self.at(POSTED - 10)}）", by=self.by
        )

    def accept(self, candidate: Candidate) -> None:
        candidates.decide(candidate=candidate, stands=True, reason="", today=self.at(POSTED - 11), by=self.by)

    def refuse(self, candidate: Candidate, reason: str) -> None:
        candidates.decide(
            candidate=candidate, stands=False, reason=reason, today=self.at(POSTED - 11), by=self.by
        )

    def post_list(self, before: int = POSTED - 12) -> None:
        posted = self.at(before)
        candidates.post_list(
            election=self.election, posted_on=posted, version=self.version, today=posted, by=self.by
        )

    # The vote

    def proxies(self) -> None:
        """Some who are away name somebody of their household, and the names go on the board."""
        roll = self.election.roll_holder.own_roll
        standing = set(self.election.candidates.values_list("person_id", flat=True))
        day = min(self.at(6), self.today)
        accepted = 0
        away = roll.lines.filter(voter_class=2, listed=True).select_related("person").order_by("number")
        for giver in away:
            at_home = roll.lines.filter(
                listed=True, voter_class=1, person__household_id=giver.person.household_id
            )
            taker = at_home.exclude(person_id__in=standing).order_by("number").first()
            if taker is not None:
                mandates.accept(
                    election=self.election, principal=giver.number, holder=taker.number, reason="在外务工，不能回村投票",
                    written_on=day, near_kin=True, by=self.by,
                )  # fmt: skip
                accepted += 1
        if accepted:
            mandates.post(election=self.election, posted_on=day, version=self.version, today=day, by=self.by)

    def open_count(self) -> None:
        renewals.attest(
            election=self.election, kind="staff", decided_on=self.at(3), body=MEETING, document="会议记录第3号",
            note="确定监票人2人、计票人2人、唱票人1人，均不是候选人及其近亲属", by=self.by,
        )  # fmt: skip
        outcomes.open_count(election=self.election, today=self.day, by=self.by)

    def papers(self, shares: Mapping[str, tuple[int, bool]], turnout: int) -> Papers:
        registered = self.election.roll_holder.own_roll.lines.filter(listed=True, struck_off=False).count()
        return papers(registered, turnout, shares, self.dice)

    def type_account(self, counted: Papers) -> None:
        for teller in self.staff.tellers(self.election.village):
            self._type("account", 0, {"issued": counted.issued, "collected": counted.collected}, teller)

    def type_sheet(self, counted: Papers, batch: int, *, entries: int = 2, slip: bool = False) -> None:
        """Type one count sheet, by one teller or both; with a slip the second one swaps two digits."""
        size, void, votes = counted.sheets[batch - 1]
        numbers: dict[str, Any] = {"collected": size, "void": void, **votes}
        for entry, teller in enumerate(self.staff.tellers(self.election.village)[:entries], start=1):
            typed = dict(numbers)
            if slip and entry == 2:
                key = max(votes, key=lambda each: votes[each])
                typed[key] = votes[key] - 9  # 63 for 72
            self._type("batch", batch, typed, teller)

    def _type(self, kind: str, batch: int, numbers: Mapping[str, int], teller: str) -> None:
        sheets.enter(
            election=self.election, kind=kind, batch=batch, numbers=numbers, token=f"{kind}-{batch}-{teller}",
            by=teller,
        )  # fmt: skip

    def count(self, shares: Mapping[str, tuple[int, bool]], turnout: int) -> None:
        """Every sheet typed twice, and the outcome reckoned."""
        counted = self.papers(shares, turnout)
        self.type_account(counted)
        for batch in range(1, len(counted.sheets) + 1):
            self.type_sheet(counted, batch)
        outcomes.reckon(election=self.election, by=self.by)

    def announce(self) -> None:
        outcomes.announce(
            election=self.election, announced_on=self.day, version=self.version, today=self.day, by=self.by
        )

    # What is voted on again

    def rerun(self, kind: str, day: date | None = None) -> Walk:
        """The election that the announcement opened, with its day set, if there is one."""
        opened = Election.objects.select_related("village__parent", "renewal", "parent").get(
            parent=self.election, kind=kind
        )
        again = replace(self, election=opened, day=day or self.today)
        if day is not None:
            renewals.set_day(
                election=opened, election_day=day, version=again.version, today=self.day, by=self.by
            )
        return again

    def ranked(self) -> list[Candidate]:
        """Who stands, in the order of the list."""
        return list(self.election.candidates.filter(status=Candidate.Status.STANDING).order_by("order"))
