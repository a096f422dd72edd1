"""Lists and boards at 2, 200 and 20,000 rows: how many queries, and how long.

Rows are made by hand, as many of each kind: people of one village and lines of its roll, objections, candidates, proxies;
villages with an election; accounts; events; documents. The pages are asked for as a browser would, in this process, with
the production settings on a SQLite file; the second asking counts, the best of three.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SIZES = (2, 200, 20_000)
DAY = date(2026, 12, 1)
NO_PASSWORD = "!"  # noqa: S105 - nobody signs in with it


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Each size in a process and a county of its own; then the table."""
    found = [_measured(size) for size in sizes]
    heads = ["page", *(f"queries at {size:,}" for size in sizes), *(f"ms at {size:,}" for size in sizes)]
    print(f"\n| {' | '.join(heads)} |\n{'|---' * len(heads)}|")
    for name in found[0]:
        cells = [str(each[name][0]) for each in found] + [f"{each[name][1]:.0f}" for each in found]
        print(f"| {' | '.join([name, *cells])} |")


def _measured(size: int) -> dict[str, tuple[int, float]]:
    with tempfile.TemporaryDirectory(prefix="shanzhi-benchmark-") as folder:
        env = os.environ | {
            "SHANZHI_VAR": folder, "DJANGO_SETTINGS_MODULE": "benchmarks.page_settings", "BENCHMARK_KEPT": "",
            "SHANZHI_SECOND_FACTOR": "optional", "SHANZHI_PASSWORD_DAYS": "0",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.lists", str(size)], cwd=ROOT, env=env, check=True, capture_output=True,
            text=True,
        )  # fmt: skip
    rows = [line.split("\t") for line in done.stdout.splitlines() if "\t" in line]
    return {name: (int(queries), float(ms)) for name, queries, ms in rows}


# In the process of one size


def one_size(size: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0, interactive=False)
    world = _build(size)
    for name, (client, address) in _pages(world).items():
        queries, seconds = _ask(client, address)
        print(f"{name}\t{queries}\t{seconds * 1000:.1f}", flush=True)


def _ask(client: Any, address: str) -> tuple[int, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code}")
    with CaptureQueriesContext(connection) as told:
        client.get(address)
    queries = len(told)  # the next request begins the list anew
    best = min(_timed(lambda: client.get(address)) for _time in range(3))
    return queries, best


def _timed(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def _build(size: int) -> dict[str, Any]:
    from tests import cast
    from tests.apps.elections import the_road as road

    county = cast.make_county()
    accounts = cast.make_accounts(county)
    renewal = cast.make_renewal(county)
    election = road.nominating(renewal, county.village)
    _people(county, election, size)
    _villages(county, renewal, size)
    _accounts(county, size)
    _records(county, size)
    return {"county": county, "accounts": accounts, "election": election}


def _people(county: Any, election: Any, size: int) -> None:
    from shanzhi.apps.elections.models import Candidate, Mandate, Objection, RollLine
    from shanzhi.apps.places.models import Household, Person

    homes = Household.objects.bulk_create(
        (Household(place=county.village, number=f"h{at:06d}", group="一组") for at in range(size)),
        batch_size=500,
    )
    people = Person.objects.bulk_create(
        (Person(place=county.village, household=home, name=f"村民{at}", sex="f" if at % 2 else "m", born=date(1970, 5, 1),
                residence="resident") for at, home in enumerate(homes)), batch_size=500,
    )  # fmt: skip
    roll = election.roll_holder.own_roll
    why = roll.lines.first().findings
    lines = RollLine.objects.bulk_create(
        (RollLine(roll=roll, person=each, number=at, listed=True, voter_class=1, name=each.name, sex=each.sex,
                  born=each.born, group="一组", findings=why) for at, each in enumerate(people, start=1000)), batch_size=500,
    )  # fmt: skip
    Objection.objects.bulk_create(
        (Objection(roll=roll, person=each, about="detail", says="名字写错了", objector="王秀兰", filed_on=DAY,
                   decide_by=DAY, verdict="rejected", decided_on=DAY, reason="无误") for each in people), batch_size=500,
    )  # fmt: skip
    Candidate.objects.bulk_create(
        (Candidate(election=election, person=each, post="member", source="voters", nominated_on=DAY, status="withdrawn",
                   recorded_by="cast") for each in people), batch_size=500,
    )  # fmt: skip
    Mandate.objects.bulk_create(
        (Mandate(election=election, principal=one, holder=other, reason="外出", written_on=DAY, ended_on=DAY)
         for one, other in zip(lines, lines[1:] + lines[:1], strict=True)), batch_size=500,
    )  # fmt: skip


def _villages(county: Any, renewal: Any, size: int) -> None:
    from tests import cast

    from shanzhi.apps.elections.models import Election
    from shanzhi.apps.places.models import Place

    west = county.west
    villages = Place.objects.bulk_create(
        (Place(code=f"1411302{at:05d}", name=f"第{at}村委会", kind="village", parent=west, valid_from=cast.LONG_AGO)
         for at in range(30_000, 30_000 + size)), batch_size=500,
    )  # fmt: skip
    for each in villages:
        each.lineage = f"{west.lineage}{each.pk}/"
    Place.objects.bulk_update(villages, ["lineage"], batch_size=500)
    Election.objects.bulk_create(
        (
            Election(renewal=renewal, village=each, seats={"chair": 1, "member": 2}, stage="roll")
            for each in villages
        ),
        batch_size=500,
    )


def _accounts(county: Any, size: int) -> None:
    from tests import cast

    from shanzhi.apps.accounts.models import Account, Grant

    made = Account.objects.bulk_create(
        (Account(username=f"u{at:06d}", name=f"干事{at}", password=NO_PASSWORD) for at in range(size)),
        batch_size=500,
    )
    Grant.objects.bulk_create(
        (Grant(account=each, role="teller", scope=county.village.pk, since=cast.LONG_AGO) for each in made),
        batch_size=500,
    )


def _records(county: Any, size: int) -> None:
    from django.db import transaction

    from shanzhi.apps.record import actions as record

    record.write_many([
        {"by": "clerk", "act": "places.exported", "subject": f"place:{at}", "scope": county.village.pk}
        for at in range(size)
    ])  # fmt: skip
    with transaction.atomic():
        for at in range(size):
            record.publish(
                by="clerk", kind="mandates", title={"zh": f"公告{at}", "en": f"Notice {at}"}, place_code=county.village.code,
                place_name=county.village.name, scope=county.village.pk, issuing_body="选举委员会", posted_on=DAY,
                data={"count": at, "rules": []},
            )  # fmt: skip


def _pages(world: dict[str, Any]) -> dict[str, tuple[Any, str]]:
    from django.test import Client
    from django.urls import reverse
    from tests import cast

    accounts, code, key = world["accounts"], world["county"].village.code, world["election"].key
    who = {
        name: cast.sign_in(Client(), account)
        for name, account in (("clerk", accounts.township_clerk), ("office", accounts.county_office),
                              ("operator", accounts.operator), ("auditor", accounts.auditor))
    } | {"villager": Client()}  # fmt: skip
    pages = [
        ("people of a village", "clerk", "places:village", [code]),
        ("roll", "clerk", "elections:roll", [key]),
        ("objections", "clerk", "elections:objections", [key]),
        ("candidates", "clerk", "elections:candidates", [key]),
        ("proxies", "clerk", "elections:mandates", [key]),
        ("an election", "clerk", "elections:election", [key]),
        ("board of the county", "office", "elections:board", []),
        ("places", "office", "places:places", []),
        ("accounts", "operator", "accounts:accounts", []),
        ("audit trail", "auditor", "record:audit", []),
        ("published documents", "villager", "record:list", []),
        ("the last of their pages", "villager", "record:list", "last"),
        ("front page", "villager", "portal:county", []),
        ("a village, in public", "villager", "portal:village", [code]),
    ]
    return {
        name: (who[reader], reverse(page) + "?page=9999" if needs == "last" else reverse(page, args=needs))
        for name, reader, page, needs in pages
    }


if __name__ == "__main__":
    if len(sys.argv) > 1:
        one_size(int(sys.argv[1]))
    else:
        main()
