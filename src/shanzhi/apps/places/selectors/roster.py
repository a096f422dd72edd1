"""What a roster says of places, and the roster that goes out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from shanzhi.apps.places.models import Kinship, Person, Place
from shanzhi.apps.places.selectors.people import id_number, masked_id, masked_phone, phone
from shanzhi.apps.places.selectors.searching import Filters
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


def wholes(scopes: Iterable[int]) -> QuerySet[Place]:
    """Of these places those that have villages beneath them: townships and counties."""
    above = (Place.Kind.COUNTY, Place.Kind.TOWNSHIP)
    return Place.objects.filter(pk__in=list(scopes), kind__in=above, valid_until=None).select_related(
        "parent"
    )


def people_under(scope: int) -> QuerySet[Person]:
    """Everyone in the records of the villages at or under a place."""
    return _everyone_under(scope).filter(left="")


def _everyone_under(scope: int) -> QuerySet[Person]:
    lineage = Place.objects.filter(pk=scope).values_list("lineage", flat=True).first() or "-"
    return Person.objects.filter(place__lineage__startswith=lineage)


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
    people = _everyone_under(scope).filter(listed_by(filters).condition(timezone.localdate()))
    people = people.select_related("household", "place__parent").order_by(
        "place__code", "household__number", "born", "pk"
    )
    for person in people.iterator(chunk_size=CHUNK):
        told = {
            "household": person.household.number, "group": person.household.group, "name": person.name, "sex": person.sex,
            "born": person.born.isoformat() if person.born else "", "residence": person.residence,
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


def listed_by(filters: Mapping[str, str]) -> Filters:
    """The filters of a list's address; what is not one of them is left out."""
    return Filters(**{name: filters.get(name, "") for name in Filters.names()})


def filter_words(filters: Mapping[str, str]) -> list[str]:
    """What the filters of a list mean, each in a word or two."""
    asked = listed_by(filters)
    labels: dict[str, Mapping[str, Any]] = {
        "sex": {"m": _("man"), "f": _("woman")}, "party": dict(Person.Party.choices), "residence": dict(Person.Residence.choices),
        "education": dict(Person.Education.choices) | {"-": _("not known")}, "left": dict(Person.Left.choices),
    }  # fmt: skip
    told = [str(labels[name].get(value, value)) for name in labels if (value := getattr(asked, name))]
    return told + [value for value in (asked.group, asked.age) if value]


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
