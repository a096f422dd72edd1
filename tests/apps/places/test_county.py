"""What a county loads and sets for itself, from an empty installation on."""

import io
import json
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from shanzhi.apps.accounts import access
from shanzhi.apps.accounts.models import Account
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.places import actions, selectors
from shanzhi.apps.places.errors import Refused, Unreadable, Wrong
from shanzhi.apps.places.forms import SETTINGS
from shanzhi.apps.places.models import HolidayTable, LocalSetting, Place
from shanzhi.apps.record.models import Event
from tests.cast import PASSWORD

VECTORS = Path(__file__).parents[4] / "shared/vectors/holiday-cn"
CODES = resources.files("shanzhi.apps.places").joinpath("data/jiaokou.csv").read_text("utf-8")
HEAD = "code,name,township_code,township_name\n"
A_VILLAGE = "141130101201,柳树沟村委会,141130101,东川镇\n"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def acts():
    return list(Event.objects.order_by("pk").values_list("act", flat=True))


# Divisions


def load(content, *, code="141130", name="交口县"):
    return actions.load_divisions(
        county_code=code, county_name=name, content=content, valid_from=date(2023, 6, 30), by="system"
    )


def test_jiaokou_is_loaded_as_it_is(db):
    """domain/jiaokou.md A2: 7 townships, 88 villages, 6 communities; two villages are called 石口村."""
    county = load(CODES)

    kinds = list(Place.objects.values_list("kind", flat=True))
    assert [kinds.count(kind) for kind in ("county", "township", "village", "community")] == [1, 7, 88, 6]
    twins = Place.objects.filter(name="石口村委会")
    assert {each.full_name for each in twins} == {"双池镇石口村委会", "石口镇石口村委会"}
    assert all(county.pk in each.scopes for each in Place.objects.all())
    assert acts() == ["places.divisions_loaded"]


def test_a_second_county_is_refused(county):
    before = Place.objects.count()

    with pytest.raises(Refused):
        load(CODES)

    assert (Place.objects.count(), acts()) == (before, [])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("code,name\n1,2\n", "township_code"),
        ("", "township_code"),
        (HEAD, "no village"),
        (HEAD + "1411301012,甲村委会,141130101,东川镇\n", "2"),
        (HEAD + A_VILLAGE + "110101101201,甲村委会,110101101,东川镇\n", "3"),
        (HEAD + "141130101201,甲村委会,141130102,东川镇\n", "141130102"),
        (HEAD + A_VILLAGE + A_VILLAGE, "141130101201"),
        (HEAD + "141130101201,,141130101,东川镇\n", "2"),
        (HEAD + A_VILLAGE + "141130101202,乙村委会,141130101,西川镇\n", "141130101"),
        (HEAD + "141130101201\n", "2"),
    ],
)
def test_a_codes_file_with_a_fault_loads_nothing_and_names_the_row(db, content, says):
    with pytest.raises(Unreadable) as refusal:
        load(content)

    assert says in str(refusal.value.message)
    assert not Place.objects.exists()
    assert acts() == []


@pytest.mark.parametrize(("code", "name"), [("1411", "交口县"), ("14113x", "交口县"), ("141130", " ")])
def test_a_county_needs_its_code_and_name(db, code, name):
    with pytest.raises(Wrong):
        load(HEAD + A_VILLAGE, code=code, name=name)


# From an empty installation, at the command line


def run(*command, **options):
    out = io.StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_the_divisions_are_loaded_from_a_file(db, tmp_path, encoding):
    file = tmp_path / "codes.csv"
    file.write_bytes((HEAD + A_VILLAGE).encode(encoding))

    said = run("load_places", str(file), "--county-code", "141130", "--county-name", "交口县")

    assert "交口县" in said
    assert "create_operator" in said
    assert selectors.by_code("141130101201").full_name == "东川镇柳树沟村委会"


def test_a_file_that_is_not_there_is_named(db, tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        run(
            "load_places", str(tmp_path / "nowhere.csv"), "--county-code", "141130", "--county-name", "交口县"
        )


def test_a_faulty_file_is_refused_in_one_sentence(db, tmp_path):
    file = tmp_path / "codes.csv"
    file.write_text("code\n1\n")

    with pytest.raises(CommandError, match="township_code"):
        run("load_places", str(file), "--county-code", "141130", "--county-name", "交口县")
    with pytest.raises(CommandError, match="2023-06-30"):
        run(
            "load_places",
            str(file),
            "--county-code",
            "141130",
            "--county-name",
            "交口县",
            "--valid-from",
            "gestern",
        )


def test_the_first_operator_is_made_with_a_password_from_the_input(county, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))

    said = run("create_operator", "guanli", "--name", "管理员")

    account = Account.objects.get(username="guanli")
    assert account.check_password(PASSWORD)
    assert access.may(account, Permission.MANAGE_ACCOUNTS, county.place.scopes)
    assert PASSWORD not in said
    assert acts() == ["accounts.created", "accounts.granted"]


def test_a_weak_password_makes_no_operator(county, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("12345\n"))

    with pytest.raises(CommandError):
        run("create_operator", "guanli", "--name", "管理员")

    assert not Account.objects.exists()


def test_without_a_county_the_command_says_what_comes_first(db):
    with pytest.raises(CommandError, match="load_places"):
        run("create_operator", "guanli", "--name", "管理员")


# Rest days


def table(year=2027, **more):
    days = [
        {"name": "元旦", "date": f"{year}-01-01", "isOffDay": True},
        {"name": "元旦", "date": f"{year}-01-03", "isOffDay": False},
    ]
    return {"year": year, "papers": ["国办发明电〔2026〕9号"], "days": days} | more


def load_table(county, data):
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    return actions.load_holidays(content=content, county=county.place, by="operator")


def test_a_new_years_table_is_used_from_then_on(county):
    """CAL-05: rest days and make-up working days come from a table, and a year without one is not guessed at."""
    assert selectors.holidays().is_rest_day(date(2027, 1, 1)) is None

    load_table(county, table())

    known = selectors.holidays()
    assert known.is_rest_day(date(2027, 1, 1)) is True
    assert known.is_rest_day(date(2027, 1, 3)) is False
    assert known.notices[2027] == "国办发明电〔2026〕9号"
    assert acts() == ["places.holidays_loaded"]


def test_the_same_table_again_is_not_recorded_and_a_corrected_one_replaces_it(county):
    load_table(county, table())
    load_table(county, table())
    load_table(county, table(days=table()["days"][:1]))

    assert HolidayTable.objects.count() == 1
    assert selectors.holidays().is_rest_day(date(2027, 1, 3)) is True  # a Sunday again
    events = Event.objects.order_by("pk")
    assert [event.facts["replaced"] for event in events] == [False, True]


@pytest.mark.skipif(not VECTORS.exists(), reason="the folder shared/ is not beside the project")
@pytest.mark.parametrize("year", range(2019, 2027))
def test_real_tables_of_holiday_cn_are_loaded(county, year):
    load_table(county, (VECTORS / f"{year}.json").read_bytes())

    assert year in selectors.holidays().years


@pytest.mark.parametrize(
    "spoiled",
    [
        b"", b"not json", b"\xff\xfe", b"[" * 100_000, b"[]", b"{}", b'{"year": "2027"}', b'{"year": true, "days": []}',
        json.dumps(table(days=[])).encode(), json.dumps(table(days="x")).encode(), json.dumps(table(days=[1])).encode(),
        json.dumps(table(days=[{"date": "2027-02-30", "isOffDay": True}])).encode(),
        json.dumps(table(days=[{"date": "2027-02-03"}])).encode(),
        json.dumps(table(days=[{"date": "2020-02-03", "isOffDay": True}])).encode(),
        json.dumps(table(papers="国办")).encode(), json.dumps(table(1)).encode(), json.dumps({**table(), "year": 10**30}).encode(),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_used_changes_nothing(county, spoiled):
    with pytest.raises(Unreadable):
        load_table(county, spoiled)

    assert not HolidayTable.objects.exists()
    assert acts() == []


# Local choices


def choose(county, **other):
    facts = {
        "place": county.place, "key": "slate_extra", "value": 2, "issuer": "样板县民政局", "document": "样民发〔2026〕3号",
        "issued_on": date(2026, 9, 1), "since": date(2026, 10, 1), "by": "operator",
    }  # fmt: skip
    return actions.set_local_setting(**facts | other)


def test_a_local_choice_holds_from_its_day_on_with_its_document(county):
    choose(county)

    assert selectors.settings_on(county.village, date(2026, 9, 30)) == {}
    assert selectors.settings_on(county.village, date(2026, 10, 1)) == {"slate_extra": 2}
    assert Event.objects.get().facts == {"document": "样民发〔2026〕3号"}


def test_a_later_choice_takes_the_place_of_an_earlier_one(county):
    choose(county)
    choose(county, value=1, since=date(2026, 11, 1))

    assert selectors.settings_on(county.place, date(2026, 12, 1)) == {"slate_extra": 1}


def test_a_choice_sent_twice_is_one(county):
    choose(county)
    choose(county)

    assert LocalSetting.objects.count() == 1
    assert acts() == ["places.setting_set"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"issuer": " "}, "issuer"), ({"document": ""}, "issuer"), ({"since": date(2026, 8, 1)}, "since")],
)
def test_a_choice_without_its_document_or_before_it_is_refused(county, facts, field):
    with pytest.raises(Wrong) as refusal:
        choose(county, **facts)

    assert refusal.value.field == field
    assert not LocalSetting.objects.exists()
    assert acts() == []


def test_the_choices_on_offer_are_those_that_the_law_leaves_open():
    assert set(SETTINGS) == {
        "woman", "turnout_in_round_2", "add_down", "slate_extra", "slate_ties",
        "correction_days", "keep_moved", "keep_died", "keep_wrong",
    }  # fmt: skip
