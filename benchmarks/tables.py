"""A county's roster in and out: our import and export beside what they cannot be faster than, and beside a peer.

    .venv/bin/python -m benchmarks.tables              1,200, 12,000 and 120,000 people, three rounds
    .venv/bin/python -m benchmarks.tables --rounds 1 --people 1200 12000

Each measurement runs in a process of its own, with a new SQLite file under the settings that serve a county.
* bare read    python-calamine reads the file and hands over its cells: nothing is checked or kept
* ours         a file received, every row checked, then written: sealed numbers, households, kin, search, undo, record
* import-export  django-import-export does the same to each row (check digit, seal, household), given the cells already
* bare write   XlsxWriter writes the very cells of our export, already in memory
* export       ours, from the database, numbers opened

Memory is the peak of the process that does the work, beside what it held before the file came.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SIZES = (1_200, 12_000, 120_000)
SURNAMES, GIVEN = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗",
    "建国秀英伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂",
)
MEASURES = ("bare read", "ours", "import-export", "bare write", "export")
SLOW = {
    "import-export": 12_000
}  # the peer takes minutes beyond: it grows with the rows, and is told at this size


def roster(people: int) -> bytes:
    """A roster of so many invented people, three in a household, as Excel writes it (shared strings)."""
    import xlsxwriter

    from shanzhi.core import identity

    dice = random.Random(1)
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("名册")
    sheet.write_row(0, 0, HEADINGS)
    for at in range(people):
        born = date(1940, 1, 1) + timedelta(days=at % 29_000)
        number = identity.make("141130", born, at // 29_000 * 2 + at % 2)
        name = dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN)
        sheet.write_row(
            at + 1, 0,
            [
                f"{at // 3 + 1:05d}", f"{at // 300 % 9 + 1}组", name, "女男"[int(number[16]) % 2], number, born.isoformat(),
                ("户主", "配偶", "子女")[at % 3], ("户在人在", "户在人不在")[at % 2], "", "群众", f"138{at:08d}", "否",
            ],
        )  # fmt: skip
    book.close()
    return file.getvalue()


HEADINGS = [
    "户号", "村民小组", "姓名", "性别", "公民身份号码", "出生日期", "与户主关系", "居住情况", "居住或工作起始日期", "政治面貌",
    "联系电话", "剥夺政治权利",
]  # fmt: skip


# What runs in a process of its own


def bare_read(path: Path) -> Callable[[], int]:
    import python_calamine

    def run() -> int:
        return len(python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()) - 1

    return run


def a_county() -> Any:
    """An empty county with one village, under the settings that serve."""
    import django

    django.setup()
    from django.core.management import call_command

    from shanzhi.apps.places.models import Place

    call_command("migrate", verbosity=0)
    made = None
    for code, name, kind in (
        ("141130000000", "样板县", "county"),
        ("141130101000", "东川镇", "township"),
        ("141130101201", "柳树沟村委会", "village"),
    ):
        made = Place(code=code, name=name, kind=kind, parent=made, valid_from=date(2020, 1, 1))
        made.save()
        made.lineage = f"{made.parent.lineage if made.parent else '/'}{made.pk}/"
        made.save()
    return made


def ours(path: Path) -> Callable[[], int]:
    village = a_county()
    from shanzhi.apps.tables.actions import imports

    def run() -> int:
        with path.open("rb") as file:
            made = imports.receive(
                table="roster", scope=village.pk, file=file, file_name=path.name, by="clerk"
            )
        imports.check(made=made)
        return imports.write(made=imports.order(made=made, good_only=True, by="clerk")).new

    return run


def import_export(path: Path) -> Callable[[], int]:
    village = a_county()
    import python_calamine
    import tablib
    from import_export import fields, resources, widgets

    from shanzhi.apps.places.actions.people import seal_numbers
    from shanzhi.apps.places.models import Household, Person
    from shanzhi.core import identity

    words = {"户在人在": "resident", "户在人不在": "away"}

    class People(resources.ModelResource):
        name = fields.Field(attribute="name", column_name="姓名")
        household = fields.Field(
            attribute="household", column_name="户号", widget=widgets.ForeignKeyWidget(Household, "number")
        )

        class Meta:
            model = Person
            fields = ("name", "household")
            import_id_fields = ("id_look_up",)
            use_bulk, batch_size, skip_diff, force_init_instance = True, 500, True, True

        def before_import_row(self, row: Any, **_more: Any) -> None:
            Household.objects.get_or_create(
                place=village, number=row["户号"], defaults={"group": row["村民小组"]}
            )

        def before_save_instance(self, instance: Any, row: Any, **_more: Any) -> None:
            number = identity.parse(row["公民身份号码"], today=date(2026, 11, 25))
            instance.place, instance.sex, instance.born = village, number.sex, number.born
            instance.residence, instance.party = words[row["居住情况"]], "none"
            instance.is_head = row["与户主关系"] == "户主"
            seal_numbers(instance, number.number, row["联系电话"])

    People._meta.import_id_fields = []

    def run() -> int:
        cells = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        told = People().import_data(
            tablib.Dataset(*cells[1:], headers=cells[0]), raise_errors=True, use_transactions=True
        )
        return int(told.totals["new"])

    return run


def export(path: Path) -> Callable[[], int]:
    ours(path)()
    made = _ordered()
    from shanzhi.apps.tables.actions import exports

    def run() -> int:
        return exports.write_into(io.BytesIO(), made)

    return run


def bare_write(path: Path) -> Callable[[], int]:
    """XlsxWriter, told nothing but the cells: text by text, in the mode that keeps one row in memory."""
    ours(path)()
    made = _ordered()
    import xlsxwriter

    from shanzhi.apps.tables import selectors

    table = selectors.table("roster")
    purpose = next(each for each in table.purposes if each.key == made.purpose)
    rows = list(table.rows(selectors.scope_of(pk=made.scope), purpose=purpose, filters={}))

    def run() -> int:
        book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            for at, value in enumerate(row):
                sheet.write_string(line, at, value)
        book.close()
        return len(rows)

    return run


def _ordered() -> Any:
    from shanzhi.apps.places.models import Place
    from shanzhi.apps.tables import selectors
    from shanzhi.apps.tables.actions import exports

    table = selectors.table("roster")
    return exports.order(
        table=table, scope=selectors.scope_of(pk=Place.objects.get(kind="village").pk), reason="correct", filters={},
        purpose=next(each for each in table.purposes if each.in_full), form="xlsx", by="clerk",
    )  # fmt: skip


DO: dict[str, Callable[[Path], Callable[[], int]]] = {
    "bare read": bare_read, "ours": ours, "import-export": import_export, "export": export, "bare write": bare_write,
}  # fmt: skip


def one(measure: str, path: Path) -> None:
    """Measure once and say it."""
    run = DO[measure](path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    rows = run()
    seconds = time.perf_counter() - began
    usage = resource.getrusage(resource.RUSAGE_SELF)
    json.dump({"seconds": seconds, "rows": rows, "before": before, "peak": usage.ru_maxrss}, sys.stdout)


# What is told


def measured(measure: str, path: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.tables", "--one", measure, "--file", str(path)],
            cwd=ROOT, check=True, capture_output=True, text=True,
            env=os.environ | {"SHANZHI_VAR": folder, "DJANGO_SETTINGS_MODULE": "shanzhi.config.settings"},
        )  # fmt: skip
    return dict(json.loads(done.stdout))


def tell(people: int, figures: dict[str, list[dict[str, Any]]]) -> None:
    read = statistics.median(each["seconds"] for each in figures["bare read"])
    write = statistics.median(each["seconds"] for each in figures["bare write"])
    for measure, runs in figures.items():
        if not runs:
            continue
        seconds = sorted(each["seconds"] for each in runs)
        middle = statistics.median(seconds)
        against = write if measure in {"export", "bare write"} else read
        megabytes = max(each["peak"] - each["before"] for each in runs) / 1024
        print(
            f"| {people:,} | {measure} | {middle:.2f} ({seconds[0]:.2f} to {seconds[-1]:.2f}) | {middle / against:.1f} | "
            f"{runs[0]['rows'] / middle:,.0f} | {megabytes:.0f} |"
        )


def main() -> None:
    reads = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reads.add_argument("--rounds", type=int, default=3)
    reads.add_argument("--people", type=int, nargs="+", default=list(SIZES))
    reads.add_argument("--one", choices=MEASURES)
    reads.add_argument("--file", type=Path)
    asked = reads.parse_args()
    if asked.one:
        one(asked.one, asked.file)
        return
    print(
        "| people | what | seconds, median (least to most) | × its bare | rows a second | MB beside the start |"
    )
    print("|--:|---|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for people in asked.people:
            path = Path(folder) / f"{people}.xlsx"
            path.write_bytes(roster(people))
            wanted = [each for each in MEASURES if people <= SLOW.get(each, people)]
            figures: dict[str, list[dict[str, Any]]] = {each: [] for each in wanted}
            for _round in range(asked.rounds):
                for measure in wanted:
                    figures[measure].append(measured(measure, path))
            tell(people, figures)


if __name__ == "__main__":
    main()
