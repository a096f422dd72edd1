"""Synthetic people for the sample county: the same for the same seed, none of them real.

Size and shape: about 26,000 rural households, 73,000 registered people, of whom about half live there; many elders
among those who do. Names are put together by chance. An ID number passes every check, but its first six digits are
a code that no county has, and a phone number lies in a range that no operator gives out: neither can be anybody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

from django.utils import timezone

from shanzhi.apps.places.actions.people import seal_numbers
from shanzhi.apps.places.bridge import workbook
from shanzhi.apps.places.models import Household, Kinship, Person
from shanzhi.apps.record import actions as record
from shanzhi.core import identity

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Place

HOUSEHOLDS, SMALLEST, LARGEST = 26_000, 45, 1_200
BORN_BY = date(2025, 1, 1)  # ages are counted back from here, so that a seed gives the same people on any day
OF_AGE = BORN_BY.year - 16  # whoever may soon stand for a post has all links, a child that to the head alone
HERE, ELSEWHERE = "141190", ("141191", "140791", "610891", "410391", "511591")  # codes that no county has
PHONES = "1540{:07d}"  # 154 is given out by no operator
SURNAMES = (
    ("王", 90), ("张", 82), ("李", 78), ("刘", 52), ("郭", 44), ("任", 34), ("武", 33), ("赵", 32), ("高", 30), ("杨", 28),
    ("马", 24), ("田", 22), ("陈", 22), ("梁", 20), ("冯", 20), ("韩", 18), ("薛", 18), ("曹", 17), ("贺", 15), ("宋", 15),
    ("闫", 14), ("吴", 13), ("孙", 13), ("白", 12), ("景", 10), ("成", 9), ("樊", 9), ("穆", 7), ("解", 7), ("双", 2),
)  # fmt: skip
# Given names as they were given before about 1982, and after: first and second character, and single ones.
OLD_MEN = (
    "建志永海玉德文福金长天新春保根有生明光兴锁",
    "国强平林明红亮旺喜全才贵义山柱虎龙成保荣生文",
    "栓旺贵喜平锁林根虎明亮",
)
OLD_WOMEN = (
    "秀玉桂春改爱翠月巧彩金香凤兰素润变拉海",
    "英兰花梅莲香萍娥珍芳仙平琴云连爱叶鱼",
    "英梅莲萍芳兰香变娥琴",
)
NEW_MEN = (
    "浩宇子俊嘉泽文博晓志家梓鹏旭海云",
    "然轩宇杰鹏涛磊凯阳博豪飞龙伟东波",
    "浩鑫杰鹏涛磊凯旭阳博伟波超帅斌",
)
NEW_WOMEN = ("雨佳梦思静雅晓婷艳欣海丽小春文", "婷怡妍涵琪瑶慧敏雪倩燕娟霞丽芳琴", "静婷娟敏慧倩璐燕丽艳霞")
AVOIDED = {
    "李强",
    "王毅",
    "马凯",
    "李云明",
    "张建平",
    "张海军",
    "赵鹏飞",
    "李文强",
    "陈云",
    "马云",
}  # well-known people
GROUPS = ("一组", "二组", "三组", "四组", "五组", "六组")
FROM_ELSEWHERE = 0.03  # households with somebody who is registered elsewhere
ONE_IN_RIGHTS, ONE_IN_LEFT = 900, 160  # of the adults: without political rights; dead or moved away since


@dataclass(slots=True, eq=False)
class Villager:
    """One synthetic person before it becomes a row. `kin`: of whom he or she is what."""

    name: str
    sex: str
    born: date
    id_number: str
    relation: str
    residence: str
    party: str
    phone: str
    here_since: date | None = None
    rights_removed: bool = False
    left: str = ""
    left_on: date | None = None
    kin: list[tuple[Villager, str]] = field(default_factory=list)


@dataclass(slots=True)
class Maker:
    """Makes people one by one; remembers which numbers are taken."""

    dice: Random
    today: date
    taken: set[str] = field(default_factory=set)
    adults: int = 0

    def person(self, surname: str, sex: str, age: int, relation: str, *, away: bool) -> Villager:
        """Someone registered in the village, `age` full years old."""
        return self._made(surname, sex, age, relation, "away" if away else "resident", HERE)

    def outsider(self, surname: str, *, arrival_known: bool = True) -> Villager:
        """Someone registered elsewhere who lives here: since years, since months, or nobody has asked."""
        sex, age = self.dice.choice("mf"), self.dice.randint(22, 60)
        made = self._made(surname, sex, age, "", "outsider", self.dice.choice(ELSEWHERE))
        days = self.dice.randint(60, 300) if self.dice.random() < 0.3 else self.dice.randint(500, 4000)
        made.here_since = self.today - timedelta(days=days) if arrival_known else None
        return made

    def _made(self, surname: str, sex: str, age: int, relation: str, residence: str, region: str) -> Villager:
        born = BORN_BY - timedelta(days=age * 365 + age // 4 + self.dice.randint(1, 364))
        adult = age >= 18
        self.adults += adult
        made = Villager(
            self._name(surname, sex, age), sex, born, self._id_number(region, born, sex), relation, residence,
            party=self._party() if age > 22 else "none",
            phone=self._phone() if age > 15 and self.dice.random() < 0.85 else "",
            rights_removed=adult and self.adults % ONE_IN_RIGHTS == ONE_IN_RIGHTS // 2,
        )  # fmt: skip
        if adult and not made.rights_removed and self.adults % ONE_IN_LEFT == 0:
            made.left = "died" if age > 68 else "moved"
            made.left_on = self.today - timedelta(days=self.dice.randint(30, 700))
        return made

    def _name(self, surname: str, sex: str, age: int) -> str:
        firsts, seconds, singles = (
            (OLD_MEN if sex == "m" else OLD_WOMEN) if age > 42 else (NEW_MEN if sex == "m" else NEW_WOMEN)
        )
        while True:
            single = self.dice.random() < (0.15 if age > 42 else 0.3)
            given = (
                self.dice.choice(singles) if single else self.dice.choice(firsts) + self.dice.choice(seconds)
            )
            if surname + given not in AVOIDED and given[0] != given[-1:] * (len(given) - 1):
                return surname + given

    def _id_number(self, region: str, born: date, sex: str) -> str:
        """A number that nobody else here has: odd serials for men, even ones for women (ID-04)."""
        while True:
            number = identity.make(region, born, 2 * self.dice.randrange(500) + (sex == "m"))
            if number not in self.taken:
                self.taken.add(number)
                return number

    def _party(self) -> str:
        draw = self.dice.random()
        return "full" if draw < 0.058 else ("probationary" if draw < 0.06 else "none")

    def _phone(self) -> str:
        while True:
            phone = PHONES.format(self.dice.randrange(10_000_000))
            if phone not in self.taken:
                self.taken.add(phone)
                return phone


@dataclass(slots=True)
class Hamlet:
    """One village while it is peopled: a few surnames are common, and elders' children head households of their own."""

    maker: Maker
    arrivals_known: bool = True
    surnames: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    elders: list[list[Villager]] = field(default_factory=list)
    children: dict[int, list[Villager]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        clans = self.maker.dice.sample(range(len(SURNAMES)), 3)
        self.surnames = [name for name, _weight in SURNAMES]
        weights = [weight + (400 if place in clans else 0) for place, (_n, weight) in enumerate(SURNAMES)]
        self.weights = list(accumulate(weights))

    def household(self) -> list[Villager]:
        """The members of one household, its head first."""
        dice = self.maker.dice
        shape = dice.random()
        if shape < 0.40:
            return self._elders(self.surname())
        if shape < 0.86:
            return self._family(dice.randint(30, 58))
        family = self._family(dice.randint(30, 55))
        return [*family, *self._parents(family[0])]

    def surname(self) -> str:
        return self.maker.dice.choices(self.surnames, cum_weights=self.weights)[0]

    def outsider(self) -> Villager:
        return self.maker.outsider(self.surname(), arrival_known=self.arrivals_known)

    def _elders(self, surname: str) -> list[Villager]:
        dice = self.maker.dice
        age, away = dice.randint(60, 86), dice.random() < 0.08
        alone = dice.random() < 0.32
        man = dice.random() < (0.45 if alone else 0.97)
        head = self.maker.person(surname, "m" if man else "f", age, "head", away=away)
        couple = [head]
        if not alone:
            other = max(58, age - dice.randint(-2, 5))
            spouse = self.maker.person(self.surname(), "f" if man else "m", other, "spouse", away=away)
            spouse.kin.append((head, "spouse"))
            couple.append(spouse)
        self.elders.append(couple)
        return couple

    def _family(self, age: int) -> list[Villager]:
        dice = self.maker.dice
        away = dice.random() < 0.64
        parents = self._elders_for(age)
        surname = parents[0].name[0] if parents else self.surname()
        head = self.maker.person(surname, "m", age, "head", away=away)
        self._is_child_of(head, parents)
        family = [head]
        if dice.random() < 0.9:
            wife_away = away and dice.random() < 0.85
            wife = self.maker.person(self.surname(), "f", age - dice.randint(0, 4), "spouse", away=wife_away)
            wife.kin.append((head, "spouse"))
            wife.kin += [(parent, "in_law") for parent in parents[:1]]
            family.append(wife)
        children = [
            self._child(surname, age, away=away)
            for _child in range(dice.choices((0, 1, 2, 3), (15, 33, 39, 13))[0])
        ]
        for place, child in enumerate(children):
            child.kin.append((head, "child"))
            if child.born.year <= OF_AGE:
                child.kin += [(mother, "child") for mother in family[1:2]]
                child.kin += [(other, "sibling") for other in children[:place] if other.born.year <= OF_AGE]
        return [*family, *children]

    def _child(self, surname: str, head: int, *, away: bool) -> Villager:
        dice = self.maker.dice
        age = dice.randint(0, max(1, min(34, head - 22)))
        gone = away or (age > 17 and dice.random() < 0.8)
        return self.maker.person(surname, dice.choice("mf"), age, "child", away=gone)

    def _parents(self, head: Villager) -> list[Villager]:
        dice = self.maker.dice
        if any(relation == "child" for _other, relation in head.kin):
            return []  # his parents have a household of their own
        age = min(92, BORN_BY.year - head.born.year + dice.randint(22, 30))
        parents = [self.maker.person(head.name[0], "m", age, "parent", away=False)]
        if dice.random() < 0.67:
            parents.append(self.maker.person(self.surname(), "f", age - 2, "parent", away=False))
            parents[1].kin.append((parents[0], "spouse"))
        for parent in parents:
            parent.kin.append((head, "parent"))
        return parents

    def _elders_for(self, age: int) -> list[Villager]:
        """Elders of the village whose son could be `age` years old, if the dice say so."""
        if self.maker.dice.random() > 0.7:
            return []
        for couple in reversed(self.elders[-40:]):
            years = BORN_BY.year - max(elder.born.year for elder in couple) - age
            brothers = self.children.get(id(couple), [])
            if couple[0].sex == "m" and 20 <= years <= 34 and len(brothers) < 3:
                return couple
        return []

    def _is_child_of(self, head: Villager, parents: list[Villager]) -> None:
        if not parents:
            return
        brothers = self.children.setdefault(id(parents), [])
        head.kin += [(parent, "child") for parent in parents]
        head.kin += [(brother, "sibling") for brother in brothers]
        brothers.append(head)


def sizes(villages: int, dice: Random, *, households: int = HOUSEHOLDS) -> list[int]:
    """Households a village: lognormal, skewed as real ones are, adding up to about `households`."""
    drawn = [min(LARGEST, max(SMALLEST, dice.lognormvariate(5.48, 0.6))) for _village in range(villages)]
    scale = households / sum(drawn)
    return [max(SMALLEST, round(size * scale)) for size in drawn]


def people(
    count: int, maker: Maker, *, arrivals_known: bool = True
) -> Iterator[tuple[str, str, list[Villager]]]:
    """Households of one village: (number, villager group, members)."""
    hamlet = Hamlet(maker, arrivals_known)
    for place in range(1, count + 1):
        members = [*hamlet.household()]
        if maker.dice.random() < FROM_ELSEWHERE or place == 7:  # every village has somebody from elsewhere
            members.append(hamlet.outsider())
        yield f"{place:04d}", GROUPS[place * len(GROUPS) // (count + 1)], members


def settle(place: Place, households: Iterable[tuple[str, str, list[Villager]]], *, by: str) -> dict[str, int]:
    """Write one village's households, people and kin in bulk; how many rows of each."""
    rows = list(households)
    made = [Household(place=place, number=number, group=group) for number, group, _members in rows]
    Household.objects.bulk_create(made, batch_size=1000)
    persons: dict[int, Person] = {}
    for household, (_number, _group, members) in zip(made, rows, strict=True):
        persons |= {id(each): _row(place, household, each) for each in members}
    Person.objects.bulk_create(persons.values(), batch_size=1000)
    links = [
        Kinship(person=persons[id(each)], other=persons[id(other)], relation=relation)
        for _number, _group, members in rows
        for each in members
        for other, relation in each.kin
    ]
    Kinship.objects.bulk_create(links, batch_size=1000)
    written = {"households": len(made), "people": len(persons), "kin": len(links)}
    record.write(by=by, act="places.sample_settled", subject=f"place:{place.code}", scope=place.pk, **written)
    return written


def _row(place: Place, household: Household, each: Villager) -> Person:
    person = Person(
        place=place, household=household, name=each.name, sex=each.sex, born=each.born, residence=each.residence,
        here_since=each.here_since, party=each.party, rights_removed=each.rights_removed,
        is_head=each.relation == "head" and not each.left, left=each.left, left_on=each.left_on,
    )  # fmt: skip
    seal_numbers(person, each.id_number, each.phone)
    return person


# The roster that lies ready to be imported


def roster_rows(households: Iterable[tuple[str, str, list[Villager]]]) -> list[list[str]]:
    """A village's households in the columns of the template."""
    words = {"head": "户主", "spouse": "配偶", "child": "子女", "parent": "父母", "": "其他"}
    residence = {"resident": "户在人在", "away": "户在人不在", "outsider": "人在户不在"}
    party = {"none": "群众", "full": "中共党员", "probationary": "中共预备党员"}
    return [
        [
            number, group, each.name, "男" if each.sex == "m" else "女", each.id_number, each.born.isoformat(),
            words[each.relation], residence[each.residence], each.here_since.isoformat() if each.here_since else "",
            party[each.party], each.phone, "是" if each.rights_removed else "否",
        ]
        for number, group, members in households
        for each in members
        if not each.left
    ]  # fmt: skip


def with_faults(rows: list[list[str]]) -> list[list[str]]:
    """The same roster with the faults that rosters have: each can be seen, explained and mended."""
    spoiled = [list(row) for row in rows]
    spoiled[4][4] = f"{spoiled[4][4][0]}.{spoiled[4][4][1:12]}E+17"  # Excel took the number for a quantity
    spoiled[9][4] = spoiled[9][4][:15] + "000"  # Excel kept fifteen digits
    last = spoiled[15][4][-1]
    spoiled[15][4] = spoiled[15][4][:-1] + ("1" if last != "1" else "2")  # a wrong check digit
    spoiled[22][7] = "在外打工"  # not a word that the column knows
    spoiled[30] = list(spoiled[29])  # the same person twice
    spoiled[36][5] = "1975-02-30"  # a day that does not exist
    spoiled[41][2] = ""  # no name
    spoiled[47][3] = "男" if spoiled[47][3] == "女" else "女"  # sex against the ID number
    return spoiled


def roster_file(rows: list[list[str]]) -> bytes:
    """The rows as the Excel file that a village would send."""
    return workbook.workbook(rows)


def today() -> date:
    """The day on which the sample is built."""
    return timezone.localdate()
