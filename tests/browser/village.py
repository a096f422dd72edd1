"""The village of the journeys: sixty-one people in twenty households, as the Excel file that a village sends."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from shanzhi.apps.places import sample
from tests.cast import make_id_number

SURNAMES = "王李张刘陈杨赵高任郭武马田梁冯韩薛曹贺宋"
FROM_ELSEWHERE = "孙远来"
AWAY = 5  # households whose grown child works elsewhere
CHILD = "王海燕"  # not of age


def rows() -> list[list[str]]:
    """A couple and a daughter in each household; the last five daughters work away, the first one is eleven."""
    listed = []
    for at, surname in enumerate(SURNAMES):
        number, group = f"{at + 1:04d}", "一组" if at < 10 else "二组"
        away = at >= len(SURNAMES) - AWAY
        born = date(1970 + at, 3, 5), date(1971 + at, 6, 7), date(2015 if at == 0 else 1998, 8, 9)
        listed += [
            _row(number, group, f"{surname}建国", born[0], "户主"),
            _row(number, group, f"{SURNAMES[at - 7]}秀兰", born[1], "配偶", woman=True),
            _row(number, group, f"{surname}海燕", born[2], "子女", "户在人不在" if away else "户在人在", woman=True, at=at),
        ]  # fmt: skip
    return [
        *listed,
        _row("0021", "二组", FROM_ELSEWHERE, date(1980, 2, 2), "户主", "人在户不在", since="2019-03-01"),
    ]


def _row(
    household: str, group: str, name: str, born: date, relation: str, residence: str = "户在人在", *,
    woman: bool = False, at: int = 0, since: str = "",
) -> list[str]:  # fmt: skip
    number = make_id_number(at + 1, born=born, woman=woman)
    sex = "女" if woman else "男"
    return [
        household,
        group,
        name,
        sex,
        number,
        born.isoformat(),
        relation,
        residence,
        since,
        "群众",
        "初中",
        "",
        "否",
    ]


def write_files(folder: Path) -> tuple[Path, Path]:
    """The roster with the faults that rosters have, and the mended one."""
    faulty, clean = folder / "花名册.xlsx", folder / "花名册（改好）.xlsx"
    faulty.write_bytes(sample.roster_file(sample.with_faults(rows())))
    clean.write_bytes(sample.roster_file(rows()))
    return faulty, clean
