"""One invented person after another: name, numbers, age and standing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from shanzhi.apps.places.sample.names import AVOIDED, NEW_MEN, NEW_WOMEN, OLD_MEN, OLD_WOMEN
from shanzhi.core import identity

BORN_BY = date(2025, 1, 1)  # ages are counted back from here, so that a seed gives the same people on any day
HERE, ELSEWHERE = "141190", ("141191", "140791", "610891", "410391", "511591")  # codes that no county has
PHONES = "1540{:07d}"  # 154 is given out by no operator
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
