"""Locks of two rooms taken in the same moment: nobody waits for somebody who waits for him."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import pytest
from django.db import connection

from shanzhi.apps.elections.models import Candidate
from shanzhi.apps.places.actions import correct_person
from shanzhi.apps.places.models import Person
from tests.apps.elections.the_road import NAMES, nominating, person, propose

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    def one(act):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as clerks:
        return list(clerks.map(one, acts))


def test_a_nomination_and_a_correction_of_the_same_people_do_not_lock_each_other_out(county, renewal):
    """PostgreSQL checks the reference to the person when the nomination's transaction ends, the log in its hands."""
    election = nominating(renewal, county.village)
    nominate = [partial(propose, election, name) for name in NAMES[:4]]
    correct = [
        partial(
            correct_person, person=person(election, name), version=1, today=date(2026, 12, 4), residence="away",
            by="clerk-two",
        )
        for name in NAMES[:4]
    ]  # fmt: skip

    at_once(*(act for pair in zip(correct, nominate, strict=True) for act in pair))

    assert Candidate.objects.count() == Person.objects.filter(residence="away").count() == 4
