"""Two at once, each with a connection of his own: both are told the truth, and nothing is counted or announced twice.

Run on a database file: in memory SQLite gives every thread the same tables without the waiting of the real thing.
"""

import pytest
from django.db import connection

from shanzhi.apps.elections.actions import outcomes, sheets
from shanzhi.apps.elections.errors import Refused
from shanzhi.apps.elections.models import Election, Notice, Sheet
from shanzhi.apps.elections.selectors import sheets as entries
from shanzhi.apps.elections.selectors.sheets import State
from shanzhi.apps.record.models import Document, Event
from tests.apps.elections.at_once import at_once
from tests.apps.elections.the_count import CLERK, DAY, enter, fresh, make_count, numbers, type_all

pytestmark = pytest.mark.django_db(transaction=True)
SEATS = {"chair": 1, "member": 2}
PEOPLE = [
    ("chair", "李建国"),
    ("chair", "王秀兰"),
    ("member", "张桂英"),
    ("member", "刘志强"),
    ("member", "杨守义"),
]
ACCOUNT = {"issued": 42, "collected": 40}
TELLERS = [f"teller-{at}" for at in range(6)]


@pytest.fixture
def election(transactional_db):
    return make_count(SEATS, PEOPLE)


def test_of_many_tellers_at_one_sheet_two_are_heard(election):
    met = at_once(*[lambda by=by: enter(election, 0, ACCOUNT, by=by) for by in TELLERS])

    assert sum(isinstance(each, Sheet) for each in met) == 2
    assert sum(isinstance(each, Refused) for each in met) == len(TELLERS) - 2
    assert sorted(Sheet.objects.values_list("entry", flat=True)) == [1, 2]
    assert Event.objects.filter(act="elections.sheet_entered").count() == 2
    assert entries.pair(election, "account", 0).state == State.AGREED


def test_a_double_click_is_one_sheet_even_when_both_arrive_together(election):
    met = at_once(
        *[lambda: enter(election, 0, ACCOUNT, by="teller-one", token="form") for _click in range(4)]
    )

    assert {each.pk for each in met} == {Sheet.objects.get().pk}
    assert Event.objects.count() == 1


def test_two_tellers_who_differ_at_once_are_both_kept(election):
    for by in TELLERS[:2]:
        enter(election, 0, ACCOUNT, by=by)
    typed = [numbers(election, {("chair", "李建国"): votes}, papers=40) for votes in (30, 31)]

    met = at_once(
        *[
            lambda by=by, sheet=sheet: enter(election, 1, sheet, by=by)
            for by, sheet in zip(TELLERS, typed, strict=False)
        ]
    )

    assert all(isinstance(each, Sheet) for each in met)
    assert entries.pair(election, "batch", 1).state == State.DIFFERS


def test_a_result_is_announced_once_whoever_clicks(election):
    type_all(election, {("chair", "李建国"): 30}, collected=40)
    outcomes.reckon(election=election, by=CLERK)
    held = fresh(election)

    met = at_once(*[
        lambda by=by: outcomes.announce(
            election=held, announced_on=DAY, version=held.version, today=DAY, by=by
        )
        for by in TELLERS[:4]
    ])  # fmt: skip

    assert {each.pk for each in met} == {held.outcome.pk}
    assert Notice.objects.count() == Document.objects.filter(kind="result").count() == 1
    again = len(held.outcome.answer["rerun"])
    assert again > 0
    assert Election.objects.filter(parent=election).count() == again
    assert Event.objects.filter(act="elections.rerun_opened").count() == again


def test_a_sheet_put_aside_while_the_result_is_announced_is_not_half_in_it(election):
    """Either the announcement saw the sheet, or it was refused: never a result of numbers that no sheet holds."""
    type_all(election, {("chair", "李建国"): 30}, collected=40)
    held = fresh(election)
    announce, put_aside = at_once(
        lambda: outcomes.announce(election=held, announced_on=DAY, version=held.version, today=DAY, by=CLERK),
        lambda: sheets.count_again(election=held, kind="batch", batch=1, reason="重数", by=CLERK) or "aside",
    )

    announced = fresh(election).stage == "announced"
    assert announced is not isinstance(announce, Refused)
    assert (put_aside == "aside") is not announced
    assert Sheet.objects.filter(batch=1, replaced=False).exists() is announced


def test_the_database_of_the_tests_is_a_file(election):
    if connection.vendor == "sqlite":
        assert "memory" not in str(connection.settings_dict["NAME"])
