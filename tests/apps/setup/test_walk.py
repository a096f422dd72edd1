"""From an empty database to a county in use: the whole way in the browser, and who may not take it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from shanzhi.apps.accounts.models import Account
from shanzhi.apps.places.models import Place
from shanzhi.apps.record.models import Event
from shanzhi.apps.setup import actions
from shanzhi.apps.setup.models import Draft
from shanzhi.web.refusals import Refused
from tests import cast
from tests.apps.accounts import phone

pytestmark = pytest.mark.django_db

ROWS = [
    "村代码,村名称,乡镇代码,乡镇名称",
    "141130100201,云梦村委会,141130100,水头镇",
    "141130100001,城东社区居委会,141130100,水头镇",
    "141130101203,下村村委会,141130101,康城镇",
]
BAD = [
    *ROWS,
    "14113010120,短码村委会,141130101,康城镇",
    "141130101203,又一村委会,141130101,康城镇",
    "141130101205,,141130101,康城镇",
]
OPERATOR = {"name": "李运维", "username": "yunwei", "password": "shan-zhi-2026-x", "again": "shan-zhi-2026-x"}
PAGES = ["begin", "county", "places", "operator"]


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["django_language"] = "en"


@pytest.fixture
def code(db) -> str:
    return actions.issue_code()


def county(rows=ROWS, encoding="utf-8", **other):
    file = SimpleUploadedFile("代码表.csv", "\n".join(rows).encode(encoding))
    return {
        "county_name": "交口县",
        "county_code": "141130",
        "valid_from": "2023-06-30",
        "file": file,
    } | other


def type_code(client, code):
    return client.post(reverse("setup:begin"), {"code": code})


def test_the_whole_way_from_nothing_to_a_county_whose_clerks_can_be_made(client, code, settings):
    settings.SECOND_FACTOR = "required"
    assert reverse("setup:begin") in client.get("/").text

    assert type_code(client, code.upper()).url == reverse("setup:county")
    assert client.post(reverse("setup:county"), county(encoding="gbk")).url == reverse("setup:places")
    page = client.get(reverse("setup:places")).text
    assert "交口县" in page
    assert "云梦村委会" in page
    assert not Place.objects.exists()

    answer = client.post(reverse("setup:operator"), OPERATOR)
    assert answer.url == reverse("accounts:sign_in")
    assert Place.objects.count() == 6
    assert Place.objects.get(kind="county").valid_from == date(2023, 6, 30)
    assert not Draft.objects.exists()

    page = client.get(answer.url).text
    assert "The county is open" in page
    answer = client.post(answer.url, {"username": "yunwei", "password": OPERATOR["password"]}, follow=True)
    secret = phone.shown_secret(answer.text)
    tied = client.post(
        reverse("accounts:second_factor"), phone.hidden(answer.text) | {"code": phone.code(secret)}
    )
    assert len(phone.shown_codes(tied.text)) == 10

    page = client.get(reverse("accounts:accounts")).text
    assert "Nobody holds these roles yet" in page
    for role, place, username in (
        ("county_office", Place.objects.get(kind="county"), "zuzhibu"),
        ("township_clerk", Place.objects.get(name="水头镇"), "shuitou"),
    ):
        link = f"{reverse('accounts:create')}?role={role}&amp;scope={place.pk}"
        assert link in page
        form = client.get(link.replace("&amp;", "&")).context["form"]
        sent = form.initial | {"name": "某人", "username": username}
        assert client.post(reverse("accounts:create"), sent).status_code == 302
        page = client.get(reverse("accounts:accounts")).text
        assert link not in page
    assert Account.objects.get(username="shuitou").must_change


def test_every_step_is_on_record(client, code):
    type_code(client, code)
    client.post(reverse("setup:county"), county())
    client.post(reverse("setup:operator"), OPERATOR)

    assert list(Event.objects.order_by("index").values_list("act", "by")) == [
        ("places.divisions_loaded", "system"),
        ("accounts.created", "system"),
        ("accounts.granted", "system"),
        ("setup.opened", "system"),
    ]


def test_the_pages_are_gone_when_there_is_a_county(client, code):
    type_code(client, code)
    cast.make_county()

    for page in PAGES:
        assert client.get(reverse(f"setup:{page}")).status_code == 404
        assert client.post(reverse(f"setup:{page}"), OPERATOR).status_code == 404
    with pytest.raises(Refused):
        actions.issue_code()
    assert not Account.objects.exists()


@pytest.mark.parametrize("page", PAGES[1:])
def test_nobody_gets_further_without_the_code(client, code, page):
    assert type_code(client, "abcd-efgh-jkmn").status_code == 200

    assert client.get(reverse(f"setup:{page}")).url == reverse("setup:begin")
    assert client.post(reverse(f"setup:{page}"), county() | OPERATOR).url == reverse("setup:begin")
    assert not Place.objects.exists()


def test_ten_wrong_codes_use_it_up_and_a_new_start_makes_another(client, code):
    for _each in range(10):
        type_code(client, "wrong")

    assert "No code is in force" in type_code(client, code).text
    assert client.get(reverse("setup:county")).status_code == 302
    assert type_code(client, actions.issue_code()).url == reverse("setup:county")


def test_a_new_code_shuts_out_whoever_came_by_the_old_one_and_keeps_what_was_entered(client, code):
    type_code(client, code)
    client.post(reverse("setup:county"), county())
    new = actions.issue_code()

    assert client.get(reverse("setup:places")).url == reverse("setup:begin")
    assert type_code(client, code).status_code == 200
    assert type_code(client, new).url == reverse("setup:places")  # gone on with where it was left
    assert "云梦村委会" in client.get(reverse("setup:places")).text


def test_every_bad_row_is_shown_and_nothing_is_kept(client, code):
    type_code(client, code)

    page = client.post(reverse("setup:county"), county(BAD)).text

    assert "3 rows" in page
    assert all(f'<td class="number">{line}</td>' in page for line in (5, 6, 7))
    assert 'value="交口县"' in page
    assert not Draft.objects.get().has_county
    assert client.get(reverse("setup:operator")).url == reverse("setup:county")


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"county_code": "14"}, "6 digits"),
        ({"county_code": "141131"}, "rows of the file"),
        ({"valid_from": "2999-01-01"}, "future"),
        ({"file": SimpleUploadedFile("a.csv", b"x,y\n1,2\n")}, "Columns are missing"),
        ({"file": SimpleUploadedFile("a.csv", b"\xff\xff\xff")}, "neither UTF-8 nor GBK"),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "is empty"),
        ({"file": ""}, "Choose the codes file"),
    ],
)
def test_a_county_that_cannot_be_is_refused_and_what_was_typed_stays(client, code, other, says):
    type_code(client, code)
    for file in [other.get("file")]:
        if file:
            file.seek(0)

    page = client.post(reverse("setup:county"), county(**other)).text

    assert says in page
    assert 'value="交口县"' in page
    assert not Draft.objects.get().has_county


def test_a_name_can_be_mended_without_choosing_the_file_again(client, code):
    type_code(client, code)
    client.post(reverse("setup:county"), county(county_name="交囗县"))

    client.post(reverse("setup:county"), county(file=""))

    held = Draft.objects.get()
    assert (held.county_name, held.file_name) == ("交口县", "代码表.csv")


@pytest.mark.parametrize(
    "wrong", [{"password": "short", "again": "short"}, {"again": "something-else-1"}, {"username": ""}]
)
def test_an_operator_that_cannot_be_leaves_no_trace_of_a_county(client, code, wrong):
    type_code(client, code)
    client.post(reverse("setup:county"), county())

    page = client.post(reverse("setup:operator"), OPERATOR | wrong).text

    assert 'value="李运维"' in page
    assert not Place.objects.exists()
    assert not Account.objects.exists()
    assert Draft.objects.get().has_county


def test_sent_twice_it_is_done_once(client, code):
    type_code(client, code)
    client.post(reverse("setup:county"), county())
    held = Draft.objects.get()
    client.post(reverse("setup:operator"), OPERATOR)

    with pytest.raises(Refused):
        actions.open_county(draft=held, name="又一人", username="you", password=OPERATOR["password"])

    assert Account.objects.count() == 1


def test_the_code_stands_in_no_table(code):
    assert code not in str(Draft.objects.values())
    assert code.replace("-", "") not in str(Draft.objects.values())


def test_the_command_prints_the_code_and_says_nothing_when_there_is_a_county(client, capsys, db):
    call_command("set_up_code")
    said = capsys.readouterr().out
    code = next(
        line.strip() for line in said.splitlines() if line.count("-") == 2 and " " not in line.strip()
    )
    assert type_code(client, code).status_code == 302

    cast.make_county()
    call_command("set_up_code")
    assert capsys.readouterr().out == ""


def test_today_is_offered_as_the_first_day(client, code):
    type_code(client, code)

    assert f'value="{timezone.localdate():%Y-%m-%d}"' in client.get(reverse("setup:county")).text
