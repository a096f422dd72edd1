"""How the tests of pages go to one and read it."""

import re

from django.urls import reverse

from shanzhi.apps.elections.models import Election
from tests import cast


def at(election, page, *more):
    return reverse(f"elections:{page}", args=[election.key, *more])


def text_of(answer):
    return answer.content.decode()


def token_in(page):
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def fresh(election):
    return Election.objects.get(pk=election.pk)


def propose(election, nominees):
    for person in nominees:
        cast.make_candidate(election, person, status="proposed")
