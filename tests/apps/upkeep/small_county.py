"""A small county built, changed and looked at from processes of its own. Every function is called by name."""

from __future__ import annotations

import itertools
from datetime import date
from hashlib import sha256
from typing import Any

NUMBERS = 6


def build() -> dict[str, Any]:
    """Accounts, people with sealed numbers, one announced result; then `tell`."""
    from shanzhi.apps.elections.actions import outcomes
    from shanzhi.apps.places import actions
    from shanzhi.apps.places.models import Person
    from shanzhi.apps.record import actions as record
    from shanzhi.apps.record.sealing import look_up, seal
    from tests import cast
    from tests.apps.elections import the_count

    county = cast.make_county()
    cast.make_accounts(county)
    assert actions
    for serial in range(1, NUMBERS + 1):
        person = cast.make_person(county.second_village, f"王家{serial}")
        number = cast.make_id_number(serial)
        person.id_sealed = seal(person, "id_sealed", number)
        person.id_look_up = look_up(number, purpose="id")
        person.save()
    assert Person.objects.exclude(id_sealed=None).count() == NUMBERS
    election = the_count.make_count({"chair": 1}, [("chair", "李建国"), ("chair", "王秀兰")], county=county)
    the_count.type_all(election, {("chair", "李建国"): 40, ("chair", "王秀兰"): 10}, collected=55, void=1)
    outcomes.reckon(election=election, by="clerk")
    the_count.announce(election)
    record.write_many(
        [{"by": "clerk", "act": "places.exported", "subject": f"place:{n}"} for n in range(300)]
    )
    return tell()


def tell() -> dict[str, Any]:
    """Everything that must come back: rows of every table, opened numbers, who may sign in, pages, the logs."""
    from django.test import Client
    from django.test.utils import setup_test_environment

    from shanzhi.apps.accounts.models import Account
    from shanzhi.apps.places.models import Person
    from shanzhi.apps.record import selectors
    from shanzhi.apps.record.models import Document
    from shanzhi.apps.record.sealing import unseal
    from tests import cast

    setup_test_environment()
    people = Person.objects.exclude(id_sealed=None).order_by("name")
    document = Document.objects.filter(kind="result").first()
    page = Client().get(f"/record/{document.number}/") if document else None
    return {
        "rows": rows(),
        "numbers": [unseal(person, "id_sealed") for person in people],
        "sign_ins": [each.check_password(cast.PASSWORD) for each in Account.objects.order_by("username")],
        "page": [page.status_code, "李建国" in page.content.decode()] if page else None,
        "faults": list(selectors.faults()),
        "state": selectors.state(),
    }


def rows() -> dict[str, list[Any]]:
    """How many rows each table of ours has, and a digest over them."""
    from django.apps import apps

    told = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in {"accounts", "places", "elections", "record"}:
            digest, count = sha256(), 0
            for row in model._base_manager.order_by("pk").values():
                digest.update(
                    repr([bytes(v) if isinstance(v, memoryview) else v for v in row.values()]).encode()
                )
                count += 1
            told[model._meta.label] = [count, digest.hexdigest()]
    return told


def write_on(many: str = "1000000") -> int:
    """A clerk at work: events one after the other, until the process is ended."""
    from shanzhi.apps.record import actions

    for number in itertools.count(1):
        actions.write(by="clerk", act="places.exported", subject=f"place:{number}", scope=1)
        if number == 1:
            print("writing", flush=True)  # noqa: T201 - tells the test that it has begun
        if number >= int(many):
            return number
    return 0


def spoil_an_event() -> int:
    """Somebody who owns the database takes its guards away and changes a row."""
    from django.db import connection

    from shanzhi.apps.record import guards

    guards.remove(connection, guards.guarded())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE record_event SET act = 'x' WHERE \"index\" = 5")
        return cursor.rowcount


def is_guarded() -> bool:
    """Whether every guard stands."""
    from django.db import connection

    from shanzhi.apps.record import guards

    return not [each for each in guards.loose(connection) if each.missing]


def make_old_rows() -> dict[str, Any]:
    """A county as release 1 left it, from its tables as they were then: people, an announced result, accounts, events."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from shanzhi.apps.record import actions as record
    from shanzhi.apps.record.sealing import seal
    from tests import cast

    executor = MigrationExecutor(connection)
    old = executor.loader.project_state(RELEASE_1).apps
    place = old.get_model("places", "Place")
    county = place.objects.create(code="141130", name="样板县", kind="county", valid_from=date(2010, 1, 1))
    county.lineage = f"/{county.pk}/"
    county.save()
    east = place.objects.create(
        code="141130101", name="东川镇", kind="township", parent=county, valid_from=date(2010, 1, 1)
    )
    village = place.objects.create(
        code="141130101201", name="柳树沟村委会", kind="village", parent=east, valid_from=date(2010, 1, 1)
    )
    for each, above in ((east, county), (village, east)):
        each.lineage = f"{above.lineage}{each.pk}/"
        each.save()
    home = old.get_model("places", "Household").objects.create(key="home-1", place=village, number="000001")
    person = old.get_model("places", "Person")
    for serial in range(1, NUMBERS + 1):
        one = person(
            key=f"person-{serial}", place=village, household=home, name=f"王家{serial}", sex="f", born=date(1970, 5, 1),
            residence="resident",
        )  # fmt: skip
        one.id_sealed = seal(one, "id_sealed", cast.make_id_number(serial))
        one.save()
    account = old.get_model("accounts", "Account").objects.create(
        key="account-1", username="yunwei", name="运维员", password=_hashed(cast.PASSWORD)
    )
    old.get_model("accounts", "Grant").objects.create(
        account=account, role="operator", scope=county.pk, since=date(2010, 1, 1)
    )
    renewal = old.get_model("elections", "Renewal").objects.create(
        key="renewal-1", county=county, name="2026年村委会换届", begins=date(2026, 10, 1), ends=date(2026, 12, 31),
        issuer="样板县委组织部", document="样组发〔2026〕8号", issued_on=date(2026, 9, 20),
    )  # fmt: skip
    election = old.get_model("elections", "Election").objects.create(
        key="election-1", renewal=renewal, village=village, stage="announced", election_day=date(2026, 12, 20),
        seats={"chair": 1},
    )  # fmt: skip
    old.get_model("elections", "Outcome").objects.create(
        election=election, case={}, answer={"valid": True, "elected": []}, reckoned_by="clerk",
        announced_on=date(2026, 12, 20),
    )  # fmt: skip
    record.write_many(
        [{"by": "account-1", "act": "places.exported", "subject": f"place:{n}"} for n in range(300)]
    )
    record.publish(
        by="account-1", kind="mandates", title={"zh": "公告", "en": "Notice"}, place_code=village.code,
        place_name=village.name, scope=village.pk, issuing_body="柳树沟村民选举委员会", posted_on=date(2026, 12, 1),
        data={"count": 3},
    )  # fmt: skip
    return {"people": person.objects.count()}


def go_to_release_1() -> list[str]:
    """Tables as release 1 had them."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    MigrationExecutor(connection).migrate(RELEASE_1)
    return connection.introspection.table_names()


def _hashed(password: str) -> str:
    from django.contrib.auth.hashers import make_password

    return make_password(password)


# The last release before issue 3: every room had one migration.
RELEASE_1 = [
    ("record", "0001_initial"),
    ("accounts", "0001_initial"),
    ("places", "0001_initial"),
    ("elections", "0001_initial"),
    ("sessions", "0001_initial"),
]
