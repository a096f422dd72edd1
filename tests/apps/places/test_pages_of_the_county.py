"""The county's own pages: rest days and local choices."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shanzhi.apps.places.models import HolidayTable, LocalSetting
from tests.apps.places.the_pages import text_of
from tests.cast import sign_in

pytestmark = pytest.mark.usefixtures("speaking_english")


def choice(**other):
    return {
        "choice": "slate_extra=2", "issuer": "样板县民政局", "document": "样民发〔2026〕3号", "issued_on": "2026-09-01",
        "since": "2026-10-01",
    } | other  # fmt: skip


def test_a_local_choice_is_saved_and_shown_in_words(office, county):
    assert "no choice of its own" in text_of(office.get(reverse("places:settings")))

    page = text_of(office.post(reverse("places:settings"), choice(), follow=True))

    assert "样民发〔2026〕3号" in page
    assert "Candidates beyond the seats" in page
    assert LocalSetting.objects.get().value == 2


@pytest.mark.parametrize("typed", ["add_down=true", "turnout_in_round_2=false"])
def test_yes_and_no_are_kept_as_such(office, county, typed):
    office.post(reverse("places:settings"), choice(choice=typed))

    assert LocalSetting.objects.get().value is typed.endswith("true")


@pytest.mark.parametrize(
    "wrong",
    [
        {"choice": "slate_extra=9"},
        {"choice": "x"},
        {"issuer": ""},
        {"since": "2026-08-01"},
        {"since": "bald"},
    ],
)
def test_a_choice_that_cannot_be_used_keeps_what_was_typed(office, county, wrong):
    page = text_of(office.post(reverse("places:settings"), choice(**wrong)))

    assert 'aria-invalid="true"' in page
    assert 'value="样民发〔2026〕3号"' in page
    assert not LocalSetting.objects.exists()


def test_a_table_of_rest_days_is_loaded_and_listed(office, county):
    days = [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]
    file = SimpleUploadedFile(
        "2027.json", json.dumps({"year": 2027, "papers": ["国办发明电〔2026〕9号"], "days": days}).encode()
    )

    page = text_of(office.post(reverse("places:holidays"), {"file": file}, follow=True))

    assert "国办发明电〔2026〕9号" in page
    assert HolidayTable.objects.get().year == 2027


def test_a_table_that_cannot_be_used_says_so(office, county):
    page = text_of(office.post(reverse("places:holidays"), {"file": SimpleUploadedFile("a.json", b"{}")}))

    assert "The table cannot be used" in page
    assert not HolidayTable.objects.exists()
    assert "Choose the file first." in text_of(office.post(reverse("places:holidays")))


@pytest.mark.parametrize("who", ["township_clerk", "village_clerk", "teller", "stranger"])
def test_to_others_the_settings_do_not_exist(client, people, who):
    sign_in(client, getattr(people, who))

    for page in ("places:settings", "places:holidays"):
        assert client.get(reverse(page)).status_code == 404
        assert client.post(reverse(page), choice()).status_code == 404


def test_an_empty_installation_says_what_comes_first(client, db):
    """Nobody can sign in yet, but whoever opens the front page is not met by an error."""
    assert client.get(reverse("portal:county")).status_code == 200
    assert client.get(reverse("places:places")).status_code == 302
