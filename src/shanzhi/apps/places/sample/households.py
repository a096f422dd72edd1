"""Households and kin of one village: how many, how large, who is related to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from shanzhi.apps.places.sample.names import SURNAMES
from shanzhi.apps.places.sample.villagers import BORN_BY, Maker, Villager

HOUSEHOLDS, SMALLEST, LARGEST = 26_000, 45, 1_200
OF_AGE = BORN_BY.year - 16  # whoever may soon stand for a post has all links, a child that to the head alone
GROUPS = ("一组", "二组", "三组", "四组", "五组", "六组")
FROM_ELSEWHERE = 0.03  # households with somebody who is registered elsewhere


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
