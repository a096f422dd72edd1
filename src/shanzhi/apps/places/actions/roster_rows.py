"""The rows of a checked roster put into the records, many at a time. What the file does not say stays as it is."""

from __future__ import annotations

from array import array
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from django.db.models import F

from shanzhi.apps.places import selectors
from shanzhi.apps.places.actions.lives import keep_past_residences
from shanzhi.apps.places.actions.people import seal_numbers
from shanzhi.apps.places.actions.searching import index_names
from shanzhi.apps.places.bridge.roster import RELATIONS, kin_of_household
from shanzhi.apps.places.models import Household, Kinship, Person
from shanzhi.apps.record import sealing
from shanzhi.apps.record.sealing import new_key
from shanzhi.apps.tables.actions import insert
from shanzhi.core.law.kinship import REVERSE

BATCH = 500
CHANGED = (
    "household", "name", "sex", "born", "residence", "residence_since", "here_since", "party", "education",
    "rights_removed", "is_head", "phone_sealed", "version",
)  # fmt: skip
DEFAULTS = {
    "here_since": None,
    "party": Person.Party.NONE,
    "education": "",
    "rights_removed": False,
    "is_head": False,
}
CODES = tuple(dict.fromkeys(RELATIONS.values()))
Values = Mapping[str, Any]
Known = Mapping[str, Person]


def differs(person: Person, values: Values) -> bool:
    """Whether the row would change the person's entry."""
    return (
        any(getattr(person, name) != value for name, value in _stated(values).items())
        or person.household.number != values["household"]
        or values["group"] not in {"", person.household.group}
        or (values["phone"] != "" and selectors.phone(person) != values["phone"])
    )


class RosterWriter:
    """Writes rows of one roster; `trace` takes what undoing needs: [what, id, ...]."""

    def __init__(self, *, today: date) -> None:
        self.trace: list[Any] = []
        self.by = ""
        self._today = today
        # Of every row that states a relation: household, person, relation. Three numbers a row, until all are there.
        self._stated = (array("q"), array("q"), array("b"))

    def write(self, rows: Sequence[Values], known: Known) -> tuple[int, int]:
        """Write some rows; how many people are new and how many changed."""
        households = self._households(rows)
        fresh = [values for values in rows if values["id_number"] not in known]
        made = self._add(fresh, households)
        changed = self._change(rows, known, households)
        index_names({values["name"] for values in fresh} | {person.name for person in changed})
        people = {values["id_number"]: known.get(values["id_number"]) for values in rows}
        there = {number: (person.pk, person.household_id) for number, person in people.items() if person}
        there |= made
        self._one_head([there[values["id_number"]] for values in rows if values["relation"] == "head"])
        for values in rows:
            if values["relation"]:
                person, household = there[values["id_number"]]
                self._note(household, person, values["relation"])
        return len(fresh), len(changed)

    def _add(
        self, rows: Sequence[Values], households: Mapping[tuple[int, str], int]
    ) -> dict[str, tuple[int, int]]:
        """New people: ID number -> their id and household."""
        entries = [_entry(households[values["place"], values["household"]], values) for values in rows]
        ids = insert(Person, entries)
        self.trace += [["new", pk, 1] for pk in ids]
        return {
            values["id_number"]: (pk, entry["household_id"])
            for values, pk, entry in zip(rows, ids, entries, strict=True)
        }

    def _change(
        self, rows: Sequence[Values], known: Known, households: Mapping[tuple[int, str], int]
    ) -> list[Person]:
        changed, lived = [], []
        for values in rows:
            person = known.get(values["id_number"])
            if person is not None and differs(person, values):
                before = _before(person)
                lived.append((person, person.residence, person.residence_since))
                _set(person, households[values["place"], values["household"]], values)
                self.trace.append(["changed", person.pk, person.version, before])
                changed.append(person)
                if person.residence != before["residence"]:
                    person.residence_since = self._today
        Person.objects.bulk_update(changed, CHANGED, batch_size=BATCH)
        past = keep_past_residences(lived, day=self._today, by=self.by)
        self.trace += [["past", each.pk] for each in past]
        return changed

    def _households(self, rows: Sequence[Values]) -> dict[tuple[int, str], int]:
        groups: dict[tuple[int, str], str] = {}
        for values in rows:
            place = (values["place"], values["household"])
            groups[place] = values["group"] or groups.get(place, "")
        held = {
            (each.place_id, each.number): each
            for each in Household.objects.filter(
                place__in={place for place, _number in groups},
                number__in={number for _place, number in groups},
            ).order_by()
        }
        fresh = [place for place in groups if place not in held]
        made = insert(
            Household,
            [
                {"place_id": place, "number": number, "group": groups[place, number]}
                for place, number in fresh
            ],
        )
        self.trace += [["household", pk] for pk in made]
        self._regroup(held, groups)
        return {place: each.pk for place, each in held.items()} | dict(zip(fresh, made, strict=True))

    def _regroup(
        self, held: Mapping[tuple[int, str], Household], groups: Mapping[tuple[int, str], str]
    ) -> None:
        moved = [each for place, each in held.items() if groups.get(place, "") not in {"", each.group}]
        for each in moved:
            group = groups[each.place_id, each.number]
            self.trace.append(["group", each.pk, each.group, group])
            each.group = group
        Household.objects.bulk_update(moved, ["group"], batch_size=BATCH)

    def _one_head(self, heads: Sequence[tuple[int, int]]) -> None:
        """Whoever was the head until now is not any more. `heads`: a person and the household."""
        if not heads:
            return
        others = Person.objects.filter(household__in={household for _pk, household in heads}, is_head=True)
        others = others.exclude(pk__in=[pk for pk, _household in heads]).order_by()
        lost = list(others.values_list("pk", "version"))
        if lost:
            self.trace += [["head", pk, version + 1] for pk, version in lost]
            others.update(is_head=False, version=F("version") + 1)

    def _note(self, household: int, person: int, relation: str) -> None:
        for column, number in zip(self._stated, (household, person, CODES.index(relation)), strict=True):
            column.append(number)

    def relate(self) -> None:
        """Kin as the file states it, once every household is whole. A pair on record already is put right, not doubled."""
        links: list[tuple[int, int, str]] = []
        for members in self._members():
            links += kin_of_household(members)
            if len(links) >= BATCH:
                self._link(links)
                links = []
        self._link(links)

    def _members(self) -> Iterator[list[tuple[int, str]]]:
        households, people, relations = self._stated
        order = sorted(range(len(households)), key=households.__getitem__)
        for _household, places in groupby(order, key=households.__getitem__):
            yield [(people[at], CODES[relations[at]]) for at in places]

    def _link(self, stated: Sequence[tuple[int, int, str]]) -> None:
        held = _held_links(
            {one for one, _other, _relation in stated} | {other for _one, other, _relation in stated}
        )
        wanted = [
            (a, b, relation)
            for a, b, relation in stated
            if held.get((a, b)) != relation and held.get((b, a)) != REVERSE[relation]
        ]
        turned = [(b, a) for a, b, _relation in wanted if (b, a) in held]
        for one, other in turned:
            Kinship.objects.filter(person_id=one, other_id=other).delete()
            self.trace.append(["unlinked", one, other, held[one, other]])
        self.trace += [["kin", a, b, relation, held.get((a, b), "")] for a, b, relation in wanted]
        insert(
            Kinship,
            [
                {"person_id": a, "other_id": b, "relation": relation}
                for a, b, relation in wanted
                if (a, b) not in held
            ],
        )
        for a, b, relation in wanted:
            if (a, b) in held:
                Kinship.objects.filter(person_id=a, other_id=b).update(relation=relation)


def _held_links(people: set[int]) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    ids = sorted(people)
    for at in range(0, len(ids), BATCH):
        links = Kinship.objects.filter(person_id__in=ids[at : at + BATCH])
        for one, other, relation in links.values_list("person_id", "other_id", "relation"):
            if other in people:
                found[one, other] = relation
    return found


def _stated(values: Values) -> dict[str, object]:
    """The plain facts that a row states."""
    facts: dict[str, object] = {
        "name": values["name"], "residence": values["residence"], "sex": values["sex"],
        "born": date.fromisoformat(values["born"]),
    }  # fmt: skip
    if values["here_since"]:
        facts["here_since"] = date.fromisoformat(values["here_since"])
    if values["party"]:
        facts["party"] = values["party"]
    if values["education"]:
        facts["education"] = values["education"]
    if values["rights"] is not None:
        facts["rights_removed"] = values["rights"]
    if values["relation"]:
        facts["is_head"] = values["relation"] == "head"
    return facts


def _entry(household: int, values: Values) -> dict[str, Any]:
    """A new person's row."""
    stated = _stated(values)
    entry = SimpleNamespace(key=new_key(), _meta=Person._meta)
    seal_numbers(entry, values["id_number"], values["phone"])
    row = vars(entry)
    del row["_meta"]
    return row | DEFAULTS | stated | {"place_id": values["place"], "household_id": household}


def _set(person: Person, household: int, values: Values) -> None:
    for name, value in _stated(values).items():
        setattr(person, name, value)
    person.household_id = household
    if values["phone"]:
        person.phone_sealed = sealing.seal(person, "phone_sealed", values["phone"])
    person.version += 1


def _before(person: Person) -> dict[str, Any]:
    """The entry as it was, for undoing: sealed columns stay sealed."""
    since, lives = person.here_since, person.residence_since
    return {
        "household_id": person.household_id, "name": person.name, "sex": person.sex, "born": person.born.isoformat(),
        "residence": person.residence, "here_since": since.isoformat() if since else None, "party": person.party,
        "residence_since": lives.isoformat() if lives else None, "education": person.education,
        "rights_removed": person.rights_removed, "is_head": person.is_head,
        "phone_sealed": b64encode(bytes(person.phone_sealed)).decode() if person.phone_sealed else None,
    }  # fmt: skip
