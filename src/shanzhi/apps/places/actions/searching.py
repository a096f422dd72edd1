"""The table of names that searches read: kept up by whoever writes a name, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from shanzhi.apps.places.bridge import spelling
from shanzhi.apps.places.models import NameSpelling, Person
from shanzhi.apps.places.selectors import id_number
from shanzhi.apps.places.selectors.searching import tail_look_up
from shanzhi.apps.record import actions as record
from shanzhi.core.cipher import Spoiled

BATCH = 500


@transaction.atomic
def index_people(people: Iterable[Person]) -> int:
    """Make these people's names searchable; how many names are new. For a bulk write: once, after the rows are in.

    (The last four of an ID number are hashed by `seal_numbers`, together with the number itself.)
    """
    return index_names({person.name for person in people})


def index_names(names: set[str]) -> int:
    wanted = sorted(name for name in names if name)
    new: list[NameSpelling] = []
    for at in range(0, len(wanted), BATCH):
        part = wanted[at : at + BATCH]
        known = set(NameSpelling.objects.filter(name__in=part).values_list("name", flat=True))
        new += [_row(name) for name in part if name not in known]
    NameSpelling.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    return len(new)


def _row(name: str) -> NameSpelling:
    told = spelling.spelling(name)
    return NameSpelling(name=told.name, folded=told.folded, keys=told.keys)


def drop_names(names: Iterable[str]) -> None:
    """Names that nobody bears any more leave the table: of someone made anonymous nothing stays behind."""
    gone = {name for name in names if name}
    borne = set(Person.objects.filter(name__in=gone).values_list("name", flat=True))
    NameSpelling.objects.filter(name__in=gone - borne).delete()


@transaction.atomic
def rebuild_index(*, scope: int | None, by: str) -> tuple[int, int]:
    """The table of names anew, and every hash of a number's last four: how many names and people."""
    NameSpelling.objects.all().delete()
    names = index_names(set(Person.objects.order_by().values_list("name", flat=True).distinct()))
    people = 0
    part: list[Person] = []
    sealed = Person.objects.exclude(id_sealed=None).only("pk", "key", "id_sealed", "id_tail").order_by("pk")
    for person in sealed.iterator(chunk_size=BATCH):
        person.id_tail = _tail(person)
        part.append(person)
        if len(part) == BATCH:
            people += Person.objects.bulk_update(part, ["id_tail"])
            part = []
    people += Person.objects.bulk_update(part, ["id_tail"])
    record.write(by=by, act="places.index_rebuilt", subject="search", scope=scope, names=names, people=people)
    return names, people


def _tail(person: Person) -> str | None:
    try:
        return tail_look_up(person.key, id_number(person))
    except Spoiled:
        return None


@transaction.atomic
def note_search_by_digits(*, found: Iterable[Person], digits: int, scope: int | None, by: str) -> None:
    """Record that someone searched by the end of an ID number: whom it found, and searches that found nobody.

    Whoever finds a person by four characters knows these four from then on: it counts as a look at the number.
    """
    events = [
        {"by": by, "act": "places.found_by_digits", "subject": f"person:{person.key}", "scope": person.place_id,
         "facts": {"digits": digits}}
        for person in found
    ]  # fmt: skip
    nobody = {
        "by": by,
        "act": "places.found_by_digits",
        "subject": "search",
        "scope": scope,
        "facts": {"digits": digits},
    }
    record.write_many(events or [nobody])
