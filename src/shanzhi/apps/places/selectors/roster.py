"""What a roster says of places, and the roster that goes out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet

from shanzhi.apps.places.models import Kinship, Person, Place
from shanzhi.apps.places.selectors.people import id_number, masked_id, masked_phone, phone
from shanzhi.core.law.kinship import REVERSE
from shanzhi.core.tables.columns import Column

_COMMITTEE = re.compile(r"(村民委员会|村委会|居民委员会|居委会|委会|村|社区|人民政府|镇|乡|街道)+$")
CHUNK = 500
Unplaced = tuple[str, str, dict[str, Any]]  # column, code of the fault, facts


def villages_of(scope: int) -> QuerySet[Place]:
    """The living villages and communities at or under a place, with their townships."""
    lineage = Place.objects.filter(pk=scope).values_list("lineage", flat=True).first() or "-"
    kinds = (Place.Kind.VILLAGE, Place.Kind.COMMUNITY)
    return Place.objects.filter(lineage__startswith=lineage, kind__in=kinds, valid_until=None).select_related(
        "parent"
    )


def people_under(scope: int) -> QuerySet[Person]:
    """Everyone in the records of the villages at or under a place."""
    lineage = Place.objects.filter(pk=scope).values_list("lineage", flat=True).first() or "-"
    return Person.objects.filter(place__lineage__startswith=lineage, left="")


class VillagesNamed:
    """Which village a row means: the one that is open, or, above a village, the one that the row names."""

    def __init__(self, scope: int) -> None:
        self._scope = Place.objects.select_related("parent").filter(pk=scope).first()
        villages = list(villages_of(scope))
        self.ids = [village.pk for village in villages]
        self._only = villages[0] if len(villages) == 1 and villages[0].pk == scope else None
        self._by_code = {village.code: village for village in villages}
        self._by_name: dict[tuple[str, str], list[Place]] = {}
        for village in villages:
            township = village.parent.name if village.parent else ""
            for name in {_bare(village.name), _bare(township + village.name)}:
                for town in {"", _bare(township)}:
                    self._by_name.setdefault((town, name), []).append(village)

    def of(self, values: Mapping[str, Any]) -> Place | Unplaced:
        """The village of a row, or the fault: the column, a code and its facts."""
        if self._only is not None:
            return self._compared(self._only, values)
        if values["code"]:
            return self._by_code.get(values["code"]) or ("code", "which_village", self._named())
        found = self._by_name.get((_bare(values["township"]), _bare(values["village"])), [])
        return found[0] if len(found) == 1 else ("village", "which_village", self._named())

    def _compared(self, place: Place, values: Mapping[str, Any]) -> Place | Unplaced:
        """Villages of one name are told apart: whatever the row says of the place must be this village."""
        town = place.parent.name if place.parent else ""
        wanted = {"township": town, "village": place.name, "code": place.code}
        for column, own in wanted.items():
            text = values[column]
            if (
                text
                and text != own
                and (column == "code" or _bare(text) not in {_bare(own), _bare(town + own)})
            ):
                return column, "other_village", {"name": place.full_name, "code": place.code}
        return place

    def _named(self) -> dict[str, Any]:
        return {"name": self._scope.name if self._scope else ""}


def _bare(name: str) -> str:
    return _COMMITTEE.sub("", name.replace(" ", "")) or name


def roster_texts(
    scope: int, columns: Sequence[Column], keys: Sequence[str], *, in_full: bool, filters: Mapping[str, str]
) -> Iterator[list[str]]:
    """The roster under a place as texts, for these columns; numbers masked unless they are needed in full."""
    by_key = {column.key: column for column in columns}
    wanted = [by_key[key] for key in keys]
    relations = _relations_to_heads(scope) if "relation" in keys else {}
    people = _filtered(people_under(scope), filters).select_related("household", "place__parent")
    people = people.order_by("place__code", "household__number", "born", "pk")
    for person in people.iterator(chunk_size=CHUNK):
        told = {
            "household": person.household.number, "group": person.household.group, "name": person.name, "sex": person.sex,
            "born": person.born.isoformat(), "residence": person.residence,
            "here_since": person.here_since.isoformat() if person.here_since else "", "party": person.party,
            "education": person.education,
            "rights": person.rights_removed, "village": person.place.name, "code": person.place.code,
            "township": person.place.parent.name if person.place.parent else "",
            "relation": "户主" if person.is_head else _relation_word(relations.get(person.pk), person.sex),
        }  # fmt: skip
        if "id_number" in keys:
            told["id_number"] = id_number(person) if in_full else masked_id(person)
        if "phone" in keys:
            told["phone"] = phone(person) if in_full else masked_phone(person)
        yield [
            told[column.key] if column.key == "relation" else column.word(told[column.key])
            for column in wanted
        ]


def _filtered(people: QuerySet[Person], filters: Mapping[str, str]) -> QuerySet[Person]:
    query = filters.get("q", "")
    return people.filter(Q(name__contains=query) | Q(household__number__contains=query)) if query else people


def _relation_word(relation: str | None, sex: str) -> str:
    """The relation in the words of the template; what it has no word for is read back as "no change"."""
    if relation is None:
        return ""
    words = {
        "spouse": "配偶", "child": "子女", "parent": "父母", "sibling": "兄弟姐妹",
        "grandchild": "孙子" if sex == "m" else "孙女", "grandparent": "祖父" if sex == "m" else "祖母",
    }  # fmt: skip
    return words.get(relation, "其他")


def _relations_to_heads(scope: int) -> dict[int, str]:
    """What each person is to the head of the own household."""
    lineage = Place.objects.filter(pk=scope).values_list("lineage", flat=True).first() or "-"
    same = Kinship.objects.filter(
        person__place__lineage__startswith=lineage, person__household=F("other__household")
    )
    to_head = same.filter(other__is_head=True).values_list("person_id", "relation")
    from_head = same.filter(person__is_head=True).values_list("other_id", "relation")
    return {pk: REVERSE[relation] for pk, relation in from_head} | dict(to_head)
