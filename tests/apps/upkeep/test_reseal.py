"""A new field key: everything is sealed under it, and the old one then opens nothing."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from shanzhi.apps.places.models import Person
from shanzhi.apps.record.models import Event
from shanzhi.apps.record.sealing import seal, unseal
from shanzhi.apps.upkeep.actions import reseal
from shanzhi.core import cipher
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(settings):
    """Three people whose numbers were sealed under the first key; then a second one was put beside it."""
    settings.FIELD_KEYS = {"1": b"1" * 32}
    county = cast.make_county()
    made = [cast.make_person(county.village, f"王家{serial}") for serial in (1, 2, 3)]
    for serial, person in enumerate(made, start=1):
        person.id_sealed = seal(person, "id_sealed", cast.make_id_number(serial))
        person.save()
    settings.FIELD_KEYS = {"2": b"2" * 32, "1": b"1" * 32}
    return made


def opened():
    return [unseal(person, "id_sealed") for person in Person.objects.order_by("name")]


def test_everything_is_sealed_anew_and_the_old_key_opens_nothing(people, settings):
    before = opened()
    said = StringIO()
    call_command("reseal", stdout=said)
    assert "places_person.id_sealed: 3" in said.getvalue()
    settings.FIELD_KEYS = {"2": b"2" * 32}
    assert opened() == before
    assert {cipher.key_of(bytes(person.id_sealed)) for person in Person.objects.all()} == {"2"}
    event = Event.objects.first()
    assert (event.act, event.facts) == ("record.resealed", {"number": "2", "entries": 3, "faults": 0})


def test_done_again_it_finds_nothing_to_do_and_records_nothing(people):
    reseal.reseal()
    events = Event.objects.count()
    assert sum(reseal.reseal().counts.values()) == 0
    assert Event.objects.count() == events


def test_a_value_that_does_not_open_is_named_and_left_as_it_is(people):
    spoiled = people[1]
    Person.objects.filter(pk=spoiled.pk).update(id_sealed=bytes(people[0].id_sealed))
    with pytest.raises(CommandError, match="1 values do not open"):
        call_command("reseal", stdout=StringIO(), stderr=StringIO())
    spoiled.refresh_from_db()
    assert cipher.key_of(bytes(spoiled.id_sealed)) == "1"


def test_every_sealed_column_of_the_house_is_known():
    assert {f"{model.__name__}.{column}" for model, column in reseal.sealed_columns()} >= {
        "Person.id_sealed", "Person.phone_sealed", "RollLine.salt_sealed", "RollLine.code_sealed", "Roll.nonce_sealed",
        "SecondFactor.secret",
    }  # fmt: skip
