"""Searching people at the size of a village, a township and a county: each kind of query, on the database in use.

    .venv/bin/python -m benchmarks.search                     SQLite, about three minutes
    .venv/bin/python -m benchmarks.search --sizes 1200 12000  smaller

With SHANZHI_POSTGRES set it measures there; the database named must be empty. People are invented by chance: about as
many distinct names as real counties have. A query is what a page asks: the number of people found, and the fifty of the
page with household and village. Median of the rounds, with the least and the most behind it.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

SIZES, ROUNDS, AIM, PAGE = (1_200, 12_000, 120_000), 15, 100, 50
TODAY = date(2026, 11, 25)
CHUNK = 5_000
GIVEN = (
    "建志永海玉德文福金长天新春保根有生明光兴锁国强平林红亮旺喜全才贵义山柱虎龙成荣栓秀桂改爱翠月巧彩香凤兰素润变"
    "拉英花梅莲萍娥珍芳仙琴云连叶鱼浩宇子俊嘉泽博晓家梓鹏旭然轩杰涛磊凯阳豪飞伟东波鑫帅斌雨佳梦思静雅婷艳欣丽小怡妍涵琪"
)
SURNAMES = "王张李刘郭任武赵高杨马田陈梁冯韩薛曹贺宋闫吴孙白景成樊穆解双"


def people(number: int, places: list[Any], dice: random.Random) -> Iterator[Any]:
    """Invented people, four to a household, spread over the places."""
    from shanzhi.apps.places.actions.people import seal_numbers
    from shanzhi.apps.places.models import Household, Person
    from shanzhi.core import identity

    weights = [90 // (at + 1) + 4 for at in range(len(SURNAMES))]
    household = None
    for serial in range(number):
        place = places[serial * len(places) // number]
        if serial % 4 == 0 or household.place_id != place.pk:
            household = Household.objects.create(
                place=place, number=f"{serial:06d}"[-6:], group="一二三四五六"[serial % 6] + "组"
            )
        born = date(1935, 1, 1) + timedelta(days=dice.randrange(32_000))
        name = dice.choices(SURNAMES, weights)[0] + "".join(dice.choices(GIVEN, k=1 + (dice.random() < 0.8)))
        person = Person(
            place=place, household=household, name=name, sex=dice.choice("mf"), born=born, residence=dice.choice(["resident", "away"]),
            party="full" if dice.random() < 0.06 else "none", education=dice.choice(["", "primary", "junior", "senior", "college"]),
        )  # fmt: skip
        if dice.random() < 0.01:
            person.left, person.left_on = "died", TODAY
        seal_numbers(person, identity.make("141190", born, dice.randrange(1000)), "")
        yield person


def fill(number: int) -> Any:
    """An empty county with as many people, searchable; the county."""
    from django.db import connection, transaction

    from shanzhi.apps.places.actions.searching import index_people
    from shanzhi.apps.places.models import Household, NameSpelling, Person, Place

    for table in (Person, Household, NameSpelling):
        table.objects.all().delete()
    places = list(Place.objects.filter(kind__in=["village", "community"]).order_by("code"))
    dice = random.Random(number)
    part: list[Any] = []
    with transaction.atomic():
        seen: set[str] = set()
        for person in people(number, places, dice):
            if person.id_look_up in seen:
                person.id_look_up = person.id_sealed = person.id_tail = None
            seen.add(person.id_look_up)
            part.append(person)
            if len(part) == CHUNK:
                Person.objects.bulk_create(part)
                index_people(part)
                part = []
        Person.objects.bulk_create(part)
        index_people(part)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return Place.objects.get(kind="county")


def questions(county: Any) -> dict[str, Callable[[], tuple[int, list[Any]]]]:
    """Each kind of query that a page asks."""
    from shanzhi.apps.places import selectors
    from shanzhi.apps.places.models import Person, Place
    from shanzhi.apps.places.selectors import searching

    some = Person.objects.exclude(id_sealed=None).filter(left="").order_by("pk")[7]
    digits, number = selectors.id_number(some)[-4:], selectors.id_number(some)
    village = some.place
    township = Place.objects.filter(kind="township").order_by("code").first()

    def listed(
        scopes: list[int] | None = None, page: int = 0, **asked: Any
    ) -> Callable[[], tuple[int, list[Any]]]:
        def ask() -> tuple[int, list[Any]]:
            found = searching.listing(scopes or [county.pk], today=TODAY, **asked)
            count = found.count()
            at = max(0, count - PAGE) if page < 0 else page * PAGE
            return count, found[at : at + PAGE]

        return ask

    def by_digits(typed: str) -> Callable[[], tuple[int, list[Any]]]:
        def ask() -> tuple[int, list[Any]]:
            found = searching.ending_with(typed, None)
            return len(found), found

        return ask

    F = searching.Filters  # noqa: N806 - short in the table below
    return {
        "a whole name": listed(query=some.name),
        "part of a name, two characters": listed(query="建国"),
        "one character, the commonest surname": listed(query="王"),
        "the same, last page": listed(query="王", page=-1),
        "initials (wjg)": listed(query="wjg"),
        "pinyin (wangjianguo)": listed(query="wangjianguo"),
        "pinyin of a surname (wang)": listed(query="wang"),
        "nothing found": listed(query="没有此人"),
        "last four of the ID number": by_digits(digits),
        "whole ID number": by_digits(number),
        "household number": listed(query="000123"),
        "place and name": listed(query=f"{village.short_name[:-1]} {some.name[0]}"),
        "surname, township only": listed([township.pk], query="王"),
        "surname and filters": listed(query="王", filters=F(sex="f", age="18-35", residence="away")),
        "filters alone (Party, 18-35)": listed(filters=F(party="full", age="18-35")),
        "filters alone (education, group)": listed(filters=F(education="college", group="一组")),
        "everybody, first page": listed(),
        "everybody, last page": listed(page=-1),
        "a village's list": listed(filters=F(place=village.code)),
    }


def measured(ask: Callable[[], tuple[int, list[Any]]], rounds: int) -> tuple[int, list[float], list[float]]:
    """How many were found; wall time and this process's CPU time of each round, in milliseconds."""
    count, _people = ask()
    taken, worked = [], []
    for _round in range(rounds):
        begin, cpu = time.perf_counter(), time.process_time()
        ask()
        taken.append((time.perf_counter() - begin) * 1000)
        worked.append((time.process_time() - cpu) * 1000)
    return count, taken, worked


def main() -> None:
    """Print the table of the measurement."""
    parser = argparse.ArgumentParser(description="Search people at several sizes and print a table.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="shanzhi-benchmark-") as folder:
        os.environ |= {"SHANZHI_VAR": folder, "DJANGO_SETTINGS_MODULE": "shanzhi.config.settings"}
        os.environ.setdefault("SHANZHI_FIRST_START", "1")
        import django

        django.setup()
        _county()
        print(
            f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {_database()}; milliseconds, {chosen.rounds} rounds\n"
        )
        _table(chosen.sizes, chosen.rounds)


def _county() -> None:
    from importlib import resources

    from django.core.management import call_command

    from shanzhi.apps.places import actions

    call_command("migrate", verbosity=0)
    codes = resources.files("shanzhi.apps.places").joinpath("data/jiaokou.csv").read_text("utf-8")
    actions.load_divisions(
        county_code="141130",
        county_name="交口县",
        content=codes,
        valid_from=date(2023, 6, 30),
        by="benchmark",
    )


def _database() -> str:
    from django.db import connection

    if connection.vendor == "sqlite":
        import sqlite3

        return f"SQLite {sqlite3.sqlite_version}"
    connection.ensure_connection()
    return f"PostgreSQL {connection.pg_version // 10_000}"


def _table(sizes: list[int], rounds: int) -> None:
    from shanzhi.apps.places.models import NameSpelling

    cells: dict[str, list[str]] = {}
    slowest = (0.0, 0.0)
    heads = []
    for size in sizes:
        begin = time.perf_counter()
        county = fill(size)
        heads.append(f"{size:,} people ({NameSpelling.objects.count():,} names)")
        print(f"{size:,} people written in {time.perf_counter() - begin:.0f} s", file=sys.stderr, flush=True)
        for name, ask in questions(county).items():
            count, taken, worked = measured(ask, rounds)
            middle, cpu = statistics.median(taken), statistics.median(worked)
            slowest = max(slowest, (middle, cpu)) if size == max(sizes) else slowest
            spread = f"{middle:.1f} ({min(taken):.1f}–{max(taken):.1f})"
            cells.setdefault(name, []).append(f"{spread}; CPU {cpu:.1f}; {count:,} found")
    print(f"| query | {' | '.join(heads)} |\n|---|{'---|' * len(heads)}")
    for name, row in cells.items():
        print(f"| {name} | {' | '.join(row)} |")
    kept = "kept" if slowest[0] < AIM else "missed"
    print(
        f"\nSlowest median at {max(sizes):,}: {slowest[0]:.1f} ms, of it CPU here {slowest[1]:.1f}; aim: under {AIM} ms, {kept}."
    )
    print(f"Load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")


if __name__ == "__main__":
    main()
