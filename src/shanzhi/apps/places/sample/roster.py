"""The roster that lies ready to be imported, with and without faults."""

from __future__ import annotations

from collections.abc import Iterable

from shanzhi.apps.places.sample.schooling import education
from shanzhi.apps.places.sample.villagers import Villager
from shanzhi.apps.places.tables import ROSTER
from shanzhi.apps.tables.actions import exports


def roster_rows(households: Iterable[tuple[str, str, list[Villager]]]) -> list[list[str]]:
    """A village's households in the columns of the template."""
    words = {"head": "户主", "spouse": "配偶", "child": "子女", "parent": "父母", "": "其他"}
    residence = {"resident": "户在人在", "away": "户在人不在", "outsider": "人在户不在"}
    party = {"none": "群众", "full": "中共党员", "probationary": "中共预备党员"}
    return [
        [
            number, group, each.name, "男" if each.sex == "m" else "女", each.id_number, each.born.isoformat(),
            words[each.relation], residence[each.residence], each.here_since.isoformat() if each.here_since else "",
            party[each.party], ROSTER.column("education").word(education(each)), each.phone, "是" if each.rights_removed else "否",
        ]
        for number, group, members in households
        for each in members
        if not each.left
    ]  # fmt: skip


def with_faults(rows: list[list[str]]) -> list[list[str]]:
    """The same roster with the faults that rosters have: each can be seen, explained and mended."""
    spoiled = [list(row) for row in rows]
    spoiled[4][4] = f"{spoiled[4][4][0]}.{spoiled[4][4][1:12]}E+17"  # Excel took the number for a quantity
    spoiled[9][4] = spoiled[9][4][:15] + "000"  # Excel kept fifteen digits
    last = spoiled[15][4][-1]
    spoiled[15][4] = spoiled[15][4][:-1] + ("1" if last != "1" else "2")  # a wrong check digit
    spoiled[22][7] = "在外打工"  # not a word that the column knows
    spoiled[30] = list(spoiled[29])  # the same person twice
    spoiled[36][5] = "1975-02-30"  # a day that does not exist
    spoiled[41][2] = ""  # no name
    spoiled[47][3] = "男" if spoiled[47][3] == "女" else "女"  # sex against the ID number
    return spoiled


def roster_file(rows: list[list[str]]) -> bytes:
    """The rows as the Excel file that a village would send."""
    return exports.as_workbook([ROSTER.column(key) for key in ROSTER.template], rows)
