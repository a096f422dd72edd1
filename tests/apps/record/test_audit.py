"""The audit trail's page: who may read it, what is found under which filter, and the workbook."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from shanzhi.apps.record import actions, selectors
from shanzhi.apps.record.models import Event
from tests import cast

pytestmark = pytest.mark.django_db
PAGE, BOOK = "/records/audit", "/records/audit.xlsx"


@pytest.fixture
def trail(county, people):
    """Something in the east, something in the west, something of no place."""
    actions.write(
        by=people.township_clerk.key, act="places.person_added", subject="person:a", scope=county.village.pk
    )
    actions.write(
        by=people.other_clerk.key, act="elections.roll_made", subject="election:b", scope=county.west_village.pk,
        lines=12, seats={"chair": 1},
    )  # fmt: skip
    actions.write(by="system", act="accounts.locked", subject="sign-in:c")


@pytest.fixture
def reader(client, people, trail):
    client.cookies["django_language"] = "en"
    return cast.sign_in(client, people.auditor)


def rows(client, query=""):
    answer = client.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return [line.event.subject for line in answer.context["lines"]]


def test_strangers_get_404_and_visitors_are_asked_to_sign_in(client, people):
    for address in (PAGE, BOOK):
        assert client.get(address).status_code == 302
    for who in (
        people.stranger,
        people.township_clerk,
        people.village_clerk,
        people.teller,
        people.other_clerk,
    ):
        cast.sign_in(client, who)
        for address in (PAGE, BOOK):
            assert client.get(address).status_code == 404


def test_the_trail_is_told_newest_first_in_words_with_names_of_people_and_places(reader):
    assert rows(reader) == ["sign-in:c", "election:b", "person:a"]
    page = reader.get(PAGE).content.decode()
    for words in (
        "东川干事",
        "added a person",
        "made a voter roll",
        "lines: 12; seats: chair 1",
        "枣岭村委会",
        "the system",
    ):
        assert words in page


def test_a_reader_sees_only_the_events_of_his_places(client, county, trail):
    east = cast.make_account("dushen", "东川督查", "auditor", county.east)
    cast.sign_in(client, east)
    assert rows(client) == ["person:a"]
    assert rows(client, "?act=elections.roll_made") == []
    book = client.get(BOOK)
    assert len(sheet_of(book)) == 2


def test_filters_stand_in_the_address(reader, people):
    assert rows(reader, "?act=places.person_added") == ["person:a"]
    assert rows(reader, f"?by={people.other_clerk.key}") == ["election:b"]
    assert rows(reader, "?by=西岭干事") == ["election:b"]
    assert rows(reader, "?by=nobody") == []
    today = timezone.localdate()
    assert len(rows(reader, f"?since={today}&until={today}")) == 3
    assert rows(reader, f"?since={today + timedelta(days=1)}") == []
    assert rows(reader, f"?until={today - timedelta(days=1)}") == []


def test_a_wrong_filter_is_marked_and_what_was_typed_stays(reader):
    page = reader.get(f"{PAGE}?since=2026-12-02&until=2026-12-01&by=x").content.decode()
    assert "The last day is before the first" in page
    assert 'value="2026-12-02"' in page
    assert 'value="x"' in page
    assert reader.get(f"{PAGE}?since=soon&act=nothing&page=many").status_code == 200


def test_a_long_trail_comes_in_pages_and_few_queries(reader, county, django_assert_max_num_queries):
    many = [
        {"by": "c", "act": "places.exported", "subject": f"p:{n}", "scope": county.village.pk}
        for n in range(60)
    ]
    actions.write_many(many)
    with django_assert_max_num_queries(14):
        assert len(rows(reader)) == 50
    assert len(rows(reader, "?page=2")) == 13
    page = reader.get(f"{PAGE}?act=places.exported&page=2").content.decode()
    assert 'href="?act=places.exported&amp;page=1"' in page  # other parts of the address stay


def sheet_of(answer):
    assert answer.status_code == 200
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def test_the_workbook_holds_what_the_filters_leave_and_its_export_is_on_record(reader, people):
    table = sheet_of(reader.get(f"{BOOK}?act=elections.roll_made"))
    assert table[0][:4] == ["Number", "When", "Who", "What"]
    assert [row[5] for row in table[1:]] == ["election:b"]
    event = Event.objects.first()
    assert (event.act, event.by, event.facts) == ("record.audit_exported", people.auditor.key, {"rows": 1})
    assert "exported the audit trail" in reader.get(PAGE).content.decode()
    assert list(selectors.faults()) == []


def test_a_fact_that_looks_like_a_formula_stays_text_in_the_workbook(reader, county):
    actions.write(by="c", act="places.exported", subject="=1+1", scope=county.village.pk)
    assert sheet_of(reader.get(BOOK))[1][5] == "=1+1"
