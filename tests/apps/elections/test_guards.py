"""What was typed, decided, posted and announced is never changed: not by the ORM, not by the database."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from shanzhi.apps.elections.actions import outcomes, sheets
from shanzhi.apps.elections.models import Attestation, Decision, Notice, Outcome, Sheet, SheetLine
from shanzhi.apps.record.errors import Unchangeable
from tests.apps.elections.the_count import CLERK, announce, fresh, make_count, type_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
PEOPLE = [("chair", "李建国"), ("chair", "王秀兰")]


@pytest.fixture
def election():
    election = make_count({"chair": 1}, PEOPLE, registered=100)
    type_all(election, {("chair", "李建国"): 50, ("chair", "王秀兰"): 20}, collected=80, issued=82, void=2)
    outcomes.reckon(election=election, by=CLERK)
    Attestation.objects.create(
        election=election,
        kind="staff",
        decided_on=date(2026, 12, 1),
        body="村民选举委员会",
        recorded_by=CLERK,
    )
    Decision.objects.create(
        election=election, about="outcome", rule="VER-05", finding={}, choice="go_on", reason="核对无误",
        body="村民选举委员会", decided_by=CLERK,
    )  # fmt: skip
    return fresh(election)


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)


def refused(sql: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        run(sql)


def test_a_typed_sheet_is_not_changed_past_the_orm(election):
    refused("UPDATE elections_sheet SET collected = collected + 1")
    refused("UPDATE elections_sheet SET entered_by = 'x', reason = 'y'")
    refused("DELETE FROM elections_sheet")
    refused("UPDATE elections_sheetline SET votes = votes + 1")
    refused("DELETE FROM elections_sheetline")


def test_a_sheet_put_aside_stays_aside(election):
    sheets.count_again(election=election, kind="batch", batch=1, reason="第3张票重新核对", by=CLERK)
    assert Sheet.objects.filter(replaced=True).count() == 2
    refused("UPDATE elections_sheet SET replaced = (1 = 0) WHERE batch = 1")
    refused("UPDATE elections_sheet SET reason = 'other' WHERE replaced")


def test_a_typed_sheet_is_not_changed_through_the_orm(election):
    sheet = Sheet.objects.first()
    for change in (
        lambda: Sheet.objects.update(collected=1),
        lambda: election.sheets.update(entered_by="x"),
        lambda: Sheet.objects.all().delete(),
        sheet.save,
        sheet.delete,
        lambda: SheetLine.objects.update(votes=0),
        SheetLine.objects.first().save,
        SheetLine.objects.first().delete,
    ):
        with pytest.raises(Unchangeable):
            change()


def test_an_outcome_may_be_reckoned_anew_until_it_is_announced(election):
    outcomes.reckon(election=election, by=CLERK)
    announce(election)

    refused("UPDATE elections_outcome SET answer = '{}'")
    refused("UPDATE elections_outcome SET announced_on = NULL")
    refused("DELETE FROM elections_outcome")
    outcome = Outcome.objects.get()
    for change in (
        outcome.save,
        outcome.delete,
        lambda: Outcome.objects.update(answer={}),
        lambda: Outcome.objects.all().delete(),
    ):
        with pytest.raises(Unchangeable):
            change()


@pytest.mark.parametrize("model", [Attestation, Decision, Notice])
def test_what_was_attested_decided_or_posted_is_not_changed(election, model):
    announce(election)
    row = model.objects.first()
    for change in (
        row.save,
        row.delete,
        lambda: model.objects.update(pk=7),
        lambda: model.objects.all().delete(),
    ):
        with pytest.raises(Unchangeable):
            change()
    refused(f"UPDATE {model._meta.db_table} SET id = id + 1000")
    refused(f"DELETE FROM {model._meta.db_table}")


def test_a_settled_sheet_may_be_entered_by_one_of_the_two(election):
    """The guard against replaced rows knows that a third entry is a row of its own."""
    one = Sheet.objects.filter(kind="batch", entry=1).get()
    Sheet.objects.create(
        election=election, kind="batch", batch=1, entry=3, token="t", collected=80, void=2, reason="重新清点",
        entered_by=one.entered_by,
    )  # fmt: skip
    assert Sheet.objects.filter(entry=3).count() == 1
