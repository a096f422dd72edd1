"""A roster on its pages: read, explained, confirmed, and taken out as a file."""

import io

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shanzhi.apps.places import selectors
from shanzhi.apps.places.models import Person
from shanzhi.apps.record.models import Event
from shanzhi.apps.tables.models import Import
from tests.apps.places.the_pages import NUMBER, acts, text_of
from tests.apps.tables.files import row, xlsx
from tests.cast import make_person, sign_in

pytestmark = pytest.mark.usefixtures("speaking_english")


def upload(client, place, *rows, name="名册.xlsx", content=None):
    file = SimpleUploadedFile(name, content if content is not None else xlsx(*rows))
    return client.post(reverse("tables:upload", args=["roster", place.code]), {"file": file}, follow=True)


# The roster


def test_a_roster_goes_from_the_file_into_the_list(clerk, county):
    checked = text_of(upload(clerk, county.village, row(1), row(2, 姓名="李大山")))
    assert "Every row is good" in checked
    assert not Person.objects.exists()
    made = Import.objects.get()

    assert "Written: 2 new, 0 changed." in text_of(
        clerk.post(reverse("tables:write", args=[made.key]), follow=True)
    )

    page = text_of(clerk.get(reverse("places:village", args=[county.village.code])))
    assert "李大山" in page
    assert NUMBER not in page
    assert selectors.masked_id(Person.objects.first()) in page


@pytest.mark.parametrize(
    ("back", "leads"), [("/elections/abc/", True), ("https://elsewhere.example/", False)]
)
def test_whoever_came_from_an_election_is_led_back_there_when_the_roster_is_written(
    clerk, county, back, leads
):
    clerk.get(reverse("tables:upload", args=["roster", county.village.code]), {"next": back})
    upload(clerk, county.village, row(1))

    answer = clerk.post(reverse("tables:write", args=[Import.objects.get().key]))

    assert answer.url == (back if leads else reverse("tables:imported", args=[Import.objects.get().key]))


def test_every_bad_row_is_listed_with_where_what_why_and_how(clerk, county):
    page = text_of(
        upload(clerk, county.village, row(1), row(2, 居住情况="在外打工"), row(3, 备注="x", 姓名=""))
    )

    for words in ("在外打工", "not one of the words", "Choose from: 户在人在", "Row 3", "Row 4", "备注"):
        assert words in page
    assert "Write only the 1 good rows" in page
    made = Import.objects.get()

    refused = text_of(clerk.post(reverse("tables:write", args=[made.key]), follow=True))
    assert "Some rows have faults" in refused
    assert not Person.objects.exists()

    clerk.post(reverse("tables:write", args=[made.key]), {"good_only": "yes"})
    assert Person.objects.count() == 1


def test_a_second_click_says_the_same_and_changes_nothing(clerk, county):
    upload(clerk, county.village, row(1))
    write = reverse("tables:write", args=[Import.objects.get().key])

    first, second = text_of(clerk.post(write, follow=True)), text_of(clerk.post(write, follow=True))

    assert "Written: 1 new, 0 changed." in first
    assert "Written: 1 new, 0 changed." in second
    assert Person.objects.count() == 1
    assert acts() == ["tables.checked", "tables.written"]


def test_a_file_that_changes_nothing_says_so(clerk, county):
    upload(clerk, county.village, row(1))
    clerk.post(reverse("tables:write", args=[Import.objects.get().key]))

    assert "nothing to write" in text_of(upload(clerk, county.village, row(1)))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", b"%PDF-1.4", "Only .xlsx, .xls and .csv"),
        ("a.xlsx", b"", "The file is empty"),
        ("a.xlsx", b"PK\x03\x04", "damaged"),
        ("a.xlsx", bytes(31 * 1024 * 1024), "larger than 30 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(clerk, county, name, content, says):
    page = text_of(upload(clerk, county.village, name=name, content=content))

    assert says in page
    assert 'aria-invalid="true"' in page
    assert acts() == []


def test_without_a_file_the_page_asks_for_one(clerk, county):
    page = text_of(clerk.post(reverse("tables:upload", args=["roster", county.village.code])))

    assert "Choose the file first." in page


def test_a_file_is_thrown_away_and_that_is_said(clerk, county):
    upload(clerk, county.village, row(1))
    made = Import.objects.get()

    page = text_of(clerk.post(reverse("tables:drop", args=[made.key]), follow=True))
    assert "thrown away" in page
    assert "thrown away" in text_of(clerk.get(reverse("tables:imported", args=[made.key])))
    assert "thrown away" in text_of(clerk.post(reverse("tables:write", args=[made.key]), follow=True))
    assert not Person.objects.exists()


def test_many_faults_are_paged(clerk, county):
    page = text_of(upload(clerk, county.village, *[row(serial, 姓名="") for serial in range(1, 151)]))

    assert "Page 1 of 2" in page


def test_the_page_names_the_village_with_its_township_and_code(clerk, county):
    page = text_of(clerk.get(reverse("tables:upload", args=["roster", county.village.code])))

    assert "东川镇柳树沟村委会" in page
    assert county.village.code in page


def test_the_template_is_a_workbook_and_is_not_kept(clerk):
    answer = clerk.get(reverse("tables:template", args=["roster"]))

    assert answer.content.startswith(b"PK")
    assert "roster-template.xlsx" in answer["Content-Disposition"]


# The export


def order(client, county, **how):
    address = reverse("tables:export", args=["roster", county.village.code])
    return client.post(address, {"purpose": "look", "form": "xlsx"} | how)


def test_a_masked_export_needs_no_reason_and_holds_no_full_number(clerk, county, villager):
    answer = order(clerk, county)

    assert answer.content.startswith(b"PK")
    assert answer["Cache-Control"] == "private, no-store"
    assert not any(NUMBER in cell for line in cells_of(answer.content) for cell in line)
    facts = Event.objects.first().facts
    assert (facts["in_full"], facts["reason"], facts["purpose"]) == (False, "", "look")


def test_a_full_export_needs_a_reason_and_is_recorded_with_it(clerk, county, villager):
    page = text_of(order(clerk, county, purpose="work"))
    assert "Choose why the numbers are needed in full." in page
    assert acts() == ["places.person_added"]

    answer = order(clerk, county, purpose="work", reason="form")
    assert any(NUMBER in line for line in cells_of(answer.content))
    facts = Event.objects.first().facts
    assert (facts["in_full"], facts["reason"]) == (True, "form")


def test_a_list_of_names_holds_no_number_at_all_not_even_masked(clerk, county, villager):
    header, line = cells_of(order(clerk, county, purpose="names").content)

    assert header == ["户号*", "村民小组", "姓名*"]
    assert line[2] == villager.name


def test_a_csv_for_other_programs_opens_in_excel_too(clerk, county, villager):
    answer = order(clerk, county, form="csv")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith("\ufeff户号,".encode())


def test_the_county_office_sees_masked_numbers_only(client, county, people, villager):
    sign_in(client, people.county_office)

    assert 'value="work"' not in text_of(
        client.get(reverse("tables:export", args=["roster", county.village.code]))
    )
    assert order(client, county, purpose="work", reason="form").status_code == 200  # the form again
    assert acts() == ["places.person_added"]


def cells_of(content):
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python()


def test_an_export_holds_what_the_list_showed_and_says_so(clerk, county, villager):
    make_person(county.village, "李大山", sex="m")
    address = reverse("tables:export", args=["roster", county.village.code]) + "?sex=m&page=1"

    assert "Only those whom the list showed: man" in text_of(clerk.get(address))
    _header, *lines = cells_of(clerk.post(address, {"purpose": "names", "form": "xlsx"}).content)

    assert [line[2] for line in lines] == ["李大山"]
    assert Event.objects.first().facts["filtered"] is True


def test_a_whole_township_comes_in_by_one_file_and_goes_out_by_one(clerk, county):
    rows = [row(1, 村代码=county.village.code), row(2, 村="石桥村", 乡镇="东川镇")]
    assert "import a roster of all its villages" in text_of(clerk.get(reverse("places:places")))

    checked = text_of(upload(clerk, county.east, *rows))
    assert "Every row is good" in checked
    clerk.post(reverse("tables:write", args=[Import.objects.get().key]))

    assert set(Person.objects.values_list("place", flat=True)) == {
        county.village.pk,
        county.second_village.pk,
    }
    address = reverse("tables:export", args=["roster", county.east.code])
    _header, *lines = cells_of(clerk.post(address, {"purpose": "names", "form": "xlsx"}).content)
    assert len(lines) == 2
