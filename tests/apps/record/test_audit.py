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
PAGE, BOOK, CSV = "/records/audit", "/records/audit.xlsx", "/records/audit.csv"
EXPORTED = {"rows": 1, "kind": "xlsx", "asked": ["act"]}


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
    for address in (PAGE, BOOK, CSV):
        assert client.get(address).status_code == 302
    for who in (
        people.stranger,
        people.township_clerk,
        people.village_clerk,
        people.teller,
        people.other_clerk,
    ):
        cast.sign_in(client, who)
        for address in (PAGE, BOOK, CSV):
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


def test_a_long_trail_is_turned_by_the_numbers_of_events_and_never_counted(
    reader, county, django_assert_max_num_queries
):
    many = [
        {"by": "c", "act": "places.exported", "subject": f"p:{n}", "scope": county.village.pk}
        for n in range(120)
    ]
    actions.write_many(many)
    with django_assert_max_num_queries(14) as asked:
        newest = rows(reader)
    assert len(newest) == 50
    assert not any("COUNT(" in query["sql"] for query in asked.captured_queries)

    page = reader.get(f"{PAGE}?act=places.exported")
    older = page.context["older"]
    assert (
        f'href="?act=places.exported&amp;before={older}"' in page.content.decode()
    )  # other parts of the address stay
    second = rows(reader, f"?act=places.exported&before={older}")
    assert second[0] == f"p:{119 - 50}"
    last = reader.get(f"{PAGE}?act=places.exported&before={older - 50}")
    assert (len(last.context["lines"]), last.context["older"]) == (20, None)
    back = reader.get(f"{PAGE}?act=places.exported&after={last.context['newer']}")
    assert [line.event.subject for line in back.context["lines"]] == second
    assert rows(reader, "?before=many&after=-1") == newest


def test_a_place_is_found_by_name_or_code_with_all_beneath_it(reader, county):
    for asked in ("东川镇", county.east.code, county.village.code, "柳树沟"):
        assert rows(reader, f"?place={asked}") == ["person:a"], asked
    assert rows(reader, f"?place={county.place.code}") == ["election:b", "person:a"]
    assert rows(reader, "?place=没有的地方") == []


def test_a_place_outside_the_readers_scope_shows_nothing(client, county, trail):
    cast.sign_in(client, cast.make_account("dushen", "东川督查", "auditor", county.east))
    assert rows(client, "?place=西岭乡") == []


def test_a_subject_or_a_whole_room_of_acts_is_asked_for(reader):
    assert rows(reader, "?subject=election:b") == ["election:b"]
    assert rows(reader, "?act=elections.") == ["election:b"]
    assert rows(reader, "?act=accounts.") == ["sign-in:c"]


def sheet_of(answer):
    assert answer.status_code == 200
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def test_the_workbook_holds_what_the_filters_leave_and_its_export_is_on_record(reader, people):
    table = sheet_of(reader.get(f"{BOOK}?act=elections.roll_made"))
    assert table[0][:4] == ["Number", "When", "Who", "What"]
    assert [row[5] for row in table[1:]] == ["election:b"]
    event = Event.objects.first()
    assert (event.act, event.by, event.facts) == ("record.audit_exported", people.auditor.key, EXPORTED)
    assert "exported the audit trail" in reader.get(PAGE).content.decode()
    assert list(selectors.faults()) == []


def test_a_fact_that_looks_like_a_formula_stays_text_in_the_workbook(reader, county):
    actions.write(by="c", act="places.exported", subject="=1+1", scope=county.village.pk)
    assert sheet_of(reader.get(BOOK))[1][5] == "=1+1"


def test_the_text_file_holds_the_same_and_no_cell_is_a_formula(reader, county, people):
    actions.write(by="c", act="places.exported", subject="=1+1", scope=county.village.pk)
    answer = reader.get(f"{CSV}?place={county.village.code}")
    text = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert [line.split(",")[5] for line in text.splitlines()] == ["On what", "'=1+1", "person:a"]
    event = Event.objects.first()
    assert (event.act, event.facts) == (
        "record.audit_exported",
        {"rows": 2, "kind": "csv", "asked": ["place"]},
    )
