"""Synthetic people for the sample county: the same for the same seed, none of them real.

Size and shape: about 26,000 rural households, 73,000 registered people, of whom about half live there; many elders
among those who do. Names, numbers and phones are made up; the ID numbers are valid in form only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from django.utils import timezone

from shanzhi.apps.places.actions.people import seal_numbers
from shanzhi.apps.places.bridge import roster
from shanzhi.apps.places.models import Household, Kinship, Person, Place
from shanzhi.core import identity

HOUSEHOLDS, SMALLEST, LARGEST = 26_000, 45, 1_200
REGION, ELSEWHERE = "141130", ("141127", "141181", "140729", "610824", "410322", "511523")
SURNAMES = (
    ("王", 90), ("张", 82), ("李", 78), ("刘", 52), ("郭", 44), ("任", 34), ("武", 33), ("赵", 32), ("高", 30), ("杨", 28),
    ("马", 24), ("田", 22), ("陈", 22), ("梁", 20), ("冯", 20), ("韩", 18), ("薛", 18), ("曹", 17), ("贺", 15), ("宋", 15),
    ("闫", 14), ("吴", 13), ("孙", 13), ("白", 12), ("景", 10), ("成", 9), ("樊", 9), ("穆", 7), ("解", 7), ("双", 2),
)  # fmt: skip
MEN = "建军国强志明永红海平文斌成林春生玉龙俊峰小东晓伟宏亮云飞利民学义贵福宝全喜旺根栓柱子龙浩宇鑫杰鹏涛磊凯旭阳博"
WOMEN = "秀英玉兰桂花春梅爱莲改香翠萍月娥巧玲丽芳红霞彩云小燕海燕晓娟艳丽雪梅婷倩璐佳怡欣妍静敏慧芝娟巧变珍"
GROUPS = ("一组", "二组", "三组", "四组", "五组", "六组")


@dataclass(frozen=True, slots=True)
class Villager:
    """One synthetic person before it becomes a row."""

    name: str
    sex: str
    born: date
    id_number: str
    relation: str
    residence: str
    here_since: date | None
    party: str
    phone: str


@dataclass(slots=True)
class Maker:
    """Makes people; remembers which numbers are taken."""

    dice: Random
    today: date
    serials: dict[tuple[str, date, str], int] = field(default_factory=dict)
    phones: int = 0

    def household(self) -> list[Villager]:
        """The members of one household, its head first."""
        surname = self._surname()
        shape = self.dice.random()
        if shape < 0.40:
            return self._elders(surname)
        couple = self._family(surname, self.dice.randint(30, 58))
        return couple if shape < 0.86 else [*couple, *self._parents(surname, couple[0])]

    def _elders(self, surname: str) -> list[Villager]:
        age = self.dice.randint(60, 86)
        away = self.dice.random() < 0.08
        head = self._person(surname, "m" if self.dice.random() < 0.7 else "f", age, "head", away=away)
        if self.dice.random() < 0.32:
            return [head]
        other = "f" if head.sex == "m" else "m"
        return [
            head,
            self._person(
                self._surname(), other, max(58, age - self.dice.randint(-2, 5)), "spouse", away=away
            ),
        ]

    def _family(self, surname: str, age: int) -> list[Villager]:
        away = self.dice.random() < 0.66
        head = self._person(surname, "m", age, "head", away=away)
        family = [head]
        if self.dice.random() < 0.9:
            wife_away = away and self.dice.random() < 0.85
            family.append(
                self._person(self._surname(), "f", age - self.dice.randint(0, 4), "spouse", away=wife_away)
            )
        for _child in range(self.dice.choices((0, 1, 2, 3), (20, 38, 34, 8))[0]):
            child = self.dice.randint(0, max(1, min(34, age - 22)))
            sex = self.dice.choice("mf")
            family.append(
                self._person(
                    surname, sex, child, "child", away=away or (child > 17 and self.dice.random() < 0.8)
                )
            )
        return family

    def _parents(self, surname: str, head: Villager) -> list[Villager]:
        age = min(92, self.today.year - head.born.year + self.dice.randint(22, 30))
        parents = [self._person(surname, "m", age, "parent", away=False)]
        return [*parents, self._person(self._surname(), "f", age - 2, "parent", away=False)][
            : self.dice.choice((1, 2, 2))
        ]

    def outsider(self) -> Villager:
        """Someone registered elsewhere who lives here."""
        sex, age = self.dice.choice("mf"), self.dice.randint(22, 60)
        since = self.today - timedelta(days=self.dice.randint(90, 2600))
        return self._person(
            self._surname(), sex, age, "", away=False, region=self.dice.choice(ELSEWHERE), since=since
        )

    def _surname(self) -> str:
        return self.dice.choices([name for name, _w in SURNAMES], [weight for _n, weight in SURNAMES])[0]

    def _person(
        self,
        surname: str,
        sex: str,
        age: int,
        relation: str,
        *,
        away: bool,
        region: str = REGION,
        since: date | None = None,
    ) -> Villager:
        born = self.today - timedelta(days=age * 365 + age // 4 + self.dice.randint(1, 364))
        given = "".join(
            self.dice.choices(MEN if sex == "m" else WOMEN, k=self.dice.choices((1, 2), (3, 7))[0])
        )
        residence = "outsider" if since else ("away" if away else "resident")
        party = "full" if age > 22 and self.dice.random() < 0.055 else "none"
        self.phones += 1
        phone = f"1990{self.phones:07d}" if age > 15 and self.dice.random() < 0.85 else ""
        number = identity.make(region, born, self._serial(region, born, sex))
        return Villager(surname + given, sex, born, number, relation, residence, since, party, phone)

    def _serial(self, region: str, born: date, sex: str) -> int:
        """The next free serial of a day: odd for men, even for women (ID-04)."""
        key = (region, born, sex)
        step = self.serials.get(key, -1) + 1
        self.serials[key] = step
        return min(999, 2 * step + (1 if sex == "m" else 0))


def sizes(villages: int, dice: Random, *, households: int = HOUSEHOLDS) -> list[int]:
    """Households a village: lognormal, skewed as real ones are, adding up to about the county's number."""
    drawn = [min(LARGEST, max(SMALLEST, dice.lognormvariate(5.48, 0.6))) for _village in range(villages)]
    scale = households * villages / 88 / sum(drawn)
    return [max(SMALLEST, round(size * scale)) for size in drawn]


def people(
    count: int, dice: Random, *, today: date, maker: Maker | None = None
) -> Iterator[tuple[str, str, list[Villager]]]:
    """Households of one village: (number, villager group, members)."""
    maker = maker or Maker(dice, today)
    for place in range(1, count + 1):
        members = maker.household()
        if dice.random() < 0.03:
            members.append(maker.outsider())
        yield f"{place:04d}", GROUPS[place * len(GROUPS) // (count + 1)], members


def settle(place: Place, households: Iterator[tuple[str, str, list[Villager]]]) -> int:
    """Write one village's households and people in bulk; how many people."""
    rows = list(households)
    made = [Household(place=place, number=number, group=group) for number, group, _members in rows]
    Household.objects.bulk_create(made, batch_size=1000)
    batch: list[Person] = []
    links: list[Kinship] = []
    for household, (_number, _group, members) in zip(made, rows, strict=True):
        family = [_row(place, household, each) for each in members]
        batch += family
        links += [
            Kinship(person=person, other=family[0], relation=member.relation)
            for person, member in zip(family[1:], members[1:], strict=True)
            if member.relation
        ]
    Person.objects.bulk_create(batch, batch_size=400)
    Kinship.objects.bulk_create(links, batch_size=1000)
    return len(batch)


def _row(place: Place, household: Household, each: Villager) -> Person:
    person = Person(
        place=place, household=household, name=each.name, sex=each.sex, born=each.born, residence=each.residence,
        here_since=each.here_since, party=each.party, is_head=each.relation == "head",
    )  # fmt: skip
    seal_numbers(person, each.id_number, each.phone)
    return person


# The roster that lies ready to be imported


def roster_rows(count: int, dice: Random, *, today: date, maker: Maker) -> list[list[str]]:
    """A village's households in the columns of the template."""
    words = {"head": "户主", "spouse": "配偶", "child": "子女", "parent": "父母", "": "其他"}
    residence = {value: word for word, value in reversed(roster.RESIDENCE.items())}
    return [
        [
            number, group, each.name, "男" if each.sex == "m" else "女", each.id_number, each.born.isoformat(),
            words[each.relation], residence[each.residence], each.here_since.isoformat() if each.here_since else "",
            "中共党员" if each.party == "full" else "群众", each.phone, "否",
        ]
        for number, group, members in people(count, dice, today=today, maker=maker)
        for each in members
    ]  # fmt: skip


def with_faults(rows: list[list[str]]) -> list[list[str]]:
    """The same roster with the faults that rosters have: each can be seen, explained and mended."""
    spoiled = [list(row) for row in rows]
    spoiled[4][4] = "1.41130196501E+17"  # Excel took the number for a quantity
    spoiled[9][4] = spoiled[9][4][:15] + "000"  # Excel kept fifteen digits
    last = spoiled[15][4][-1]
    spoiled[15][4] = spoiled[15][4][:-1] + ("1" if last != "1" else "2")  # a wrong check digit
    spoiled[22][7] = "在外打工"  # not a word that the column knows
    spoiled[30] = list(spoiled[29])  # the same person twice
    spoiled[36][5] = "1975-02-30"  # a day that does not exist
    spoiled[41][2] = ""  # no name
    spoiled[47][3] = "男" if spoiled[47][3] == "女" else "女"  # sex against the ID number
    return spoiled


def today() -> date:
    """The day on which the sample is built."""
    return timezone.localdate()
