"""Pages of tables: columns named otherwise, work beside the pages, mended rows, taking back, what was brought in before."""

import io
import json

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shanzhi.apps.places.models import Household, Person
from shanzhi.apps.record.models import Event
from shanzhi.apps.tables import progress
from shanzhi.apps.tables.models import Heading, Import
from tests.apps.tables import bringing
from tests.apps.tables.files import as_csv, row, xlsx
from tests.cast import make_id_number, sign_in


def upload(client, place, content, *, table="roster", name="名册.xlsx"):
    address = reverse("tables:upload", args=[table, place.code])
    return client.post(address, {"file": SimpleUploadedFile(name, content)}, follow=True)


def page(client, made):
    return client.get(reverse("tables:imported", args=[made.key])).content.decode()


ODD = as_csv(
    {"家庭": "001", "叫什么": "王秀兰", "证": make_id_number(1), "人在哪": "户在人在", "备注": "低保"}
)


def test_headings_are_asked_for_once_and_remembered_for_the_next_file(clerk, county):
    asked = upload(clerk, county.village, ODD, name="自家.csv").content.decode()
    made = Import.objects.get()
    assert "Which column is which?" in asked

    said = {"household": "家庭", "name": "叫什么", "id_number": "证", "residence": "人在哪"}
    answer = clerk.post(reverse("tables:headings", args=[made.key]), said, follow=True).content.decode()

    assert "Every row is good" in answer
    assert "备注" in answer  # not read, and that is said
    assert Heading.objects.get(heading="备注").column == ""
    assert "Every row is good" in upload(clerk, county.village, ODD, name="再来.csv").content.decode()


def test_one_heading_cannot_be_two_columns_and_what_was_chosen_stays(clerk, county):
    upload(clerk, county.village, ODD, name="自家.csv")
    made = Import.objects.get()

    twice = {"household": "家庭", "name": "家庭", "id_number": "证", "residence": "人在哪"}
    answer = clerk.post(reverse("tables:headings", args=[made.key]), twice).content.decode()

    assert "chosen for another column already" in answer
    assert '<option value="人在哪" selected>' in answer
    assert not Heading.objects.exists()


def test_what_one_clerk_says_of_his_files_is_not_said_for_another(client, county, people):
    sign_in(client, people.township_clerk)
    client.cookies["django_language"] = "en"
    upload(client, county.village, ODD)
    said = {"household": "家庭", "name": "叫什么", "id_number": "证", "residence": "人在哪"}
    client.post(reverse("tables:headings", args=[Import.objects.get().key]), said)

    sign_in(client, people.township_second)
    assert "Which column is which?" in upload(client, county.village, ODD).content.decode()


def test_a_large_file_is_worked_on_beside_the_pages_and_ends_at_the_same_page(clerk, county, settings):
    settings.TABLES_AT_ONCE_BYTES = 0
    answer = upload(clerk, county.village, xlsx(row(1), row(2)))

    made = Import.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("tables:imported", args=[made.key])
    assert "Every row is good" in page(clerk, made)
    clerk.post(reverse("tables:write", args=[made.key]))
    assert "This file has been written." in page(clerk, made)
    assert Person.objects.count() == 2


def test_a_page_of_work_under_way_shows_how_far_it_has_come(clerk, county):
    made = bringing.receive(county.village, xlsx(row(1)))

    with progress.Progress(made.key, "check") as noted:
        noted.expect(400)
        noted.note(100, now=True)
        shown = page(clerk, made)
        told = json.loads(clerk.get(reverse("tables:progress", args=[made.key])).content)

    assert 'value="100" max="400"' in shown
    assert told == {"working": True, "done": 100, "of": 400}
    assert progress.state(made.key) is None


def test_work_that_was_broken_off_is_begun_again_from_the_page(clerk, county):
    made = bringing.receive(county.village, xlsx(row(1)))

    clerk.post(reverse("tables:again", args=[made.key]))

    assert "Every row is good" in page(clerk, made)


def test_the_bad_rows_are_downloaded_with_their_reasons_mended_and_brought_in(clerk, county, people):
    made = bringing.check(county.village, row(1), row(2, 姓名="", 备注="x"), by=people.township_clerk.key)

    answer = clerk.get(reverse("tables:faults", args=[made.key]))
    names, line = (
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
        .get_sheet_by_index(0)
        .to_python()
    )

    assert names[-2:] == ["原行号", "问题与改法"]
    assert (line[0], line[-2]) == ("002", "3")
    assert "姓名" in line[-1]
    mended = dict(zip(names, line, strict=True)) | {"姓名": "李大山"}
    assert bringing.bring_in(county.village, mended).new == 1


def test_the_bad_rows_go_back_to_nobody_but_whoever_brought_them(clerk, county):
    made = bringing.check(county.village, row(1), row(2, 姓名=""), by="another")

    assert clerk.get(reverse("tables:faults", args=[made.key])).status_code == 404
    assert "Download the bad rows" not in page(clerk, made)


def test_an_import_is_taken_back_after_its_page_has_said_what_goes(clerk, county):
    made = bringing.bring_in(county.village, row(1), row(2))
    Person.objects.filter(name="王秀兰").filter(pk=Person.objects.first().pk).update(version=2)

    undo = reverse("tables:undo", args=[made.key])
    foreseen = clerk.get(undo).content.decode()
    assert "New entries that go" in foreseen
    assert Person.objects.count() == 2

    done = clerk.post(undo, follow=True).content.decode()

    assert "Taken back: 1 removed, 0 as they were before, 1 stay." in done
    assert Person.objects.count() == 1
    assert Event.objects.first().act == "tables.undone"
    assert clerk.get(undo).status_code == 302  # nothing is left to take back


def test_changed_entries_return_to_what_they_were(county):
    bringing.bring_in(county.village, row(1, 联系电话="13800000001", 与户主关系="户主", 村民小组="一组"))
    before = Person.objects.values(
        "name", "residence", "party", "is_head", "household_id", "residence_since"
    ).get()

    made = bringing.bring_in(
        county.village,
        row(1, 姓名="王秀蘭", 居住情况="户在人不在", 政治面貌="党员", 户号="009", 村民小组="二组"),
        row(2, 户号="001", 与户主关系="户主"),
    )
    assert Household.objects.count() == 2
    bringing.imports.undo(made=made, by="clerk")

    assert Person.objects.values(*before).get() == before
    assert Person.objects.get().past_residences.count() == 0
    assert [house.number for house in Household.objects.all()] == ["001"]


def test_the_history_costs_the_same_for_two_imports_and_for_many(clerk, county):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            clerk.get(reverse("tables:history", args=["roster", county.village.code]))
        return len(asked)

    bringing.check(county.village, row(1))
    bringing.check(county.village, row(1), by="another")
    few = cost()
    for _time in range(10):
        bringing.check(county.village, row(1))

    assert cost() == few


# A table of which a room declares the columns and nothing more


HOUSES = [{"户号": "001", "村民小组": "一组", "地址": "沟口"}, {"户号": "002", "村民小组": "二组"}]


def test_a_plain_table_comes_in_changes_and_is_taken_back(county):
    Household.objects.create(place=county.village, number="002", group="九组", address="旧屋")

    made = bringing.bring_in(county.village, *HOUSES, table="households")

    assert (made.new, made.changed) == (1, 1)
    assert list(Household.objects.order_by("number").values_list("number", "group", "address")) == [
        ("001", "一组", "沟口"),
        ("002", "二组", "旧屋"),
    ]
    again = bringing.check(county.village, *HOUSES, table="households")
    assert (again.new, again.changed) == (0, 0)
    bringing.imports.undo(made=made, by="clerk")
    assert list(Household.objects.values_list("number", "group")) == [("002", "九组")]


def test_a_row_twice_in_a_plain_table_is_a_fault(county):
    made = bringing.check(county.village, *HOUSES, HOUSES[0], table="households")

    (fault,) = bringing.faults(made)
    assert (fault.line, fault.column, made.good) == (4, "户号", 2)


def test_a_household_with_people_in_it_is_not_taken_back(county):
    made = bringing.bring_in(county.village, *HOUSES, table="households")
    bringing.bring_in(county.village, row(1, 户号="001"))

    done = bringing.imports.undo(made=made, by="clerk")

    assert (done.removed, done.kept) == (1, 1)
    assert Household.objects.filter(number="001").exists()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_plain_table_goes_out_and_comes_back_without_a_change(clerk, county, form):
    bringing.bring_in(county.village, *HOUSES, table="households")
    address = reverse("tables:export", args=["households", county.village.code])

    answer = clerk.post(address, {"purpose": "list", "form": form})

    made = bringing.check_file(county.village, answer.content, table="households")
    assert (made.good, made.new, made.changed) == (2, 0, 0)
