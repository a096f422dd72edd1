"""Demo accounts of the sample county: one password for all, made when it is built, good on this machine only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from shanzhi.apps.accounts import actions as accounts
from shanzhi.apps.accounts import selectors
from shanzhi.apps.elections.sample.stand import STANDS, TOWNSHIPS, Stand
from shanzhi.apps.record import actions as record

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Place

SEES = {  # what a village's own clerk and tellers find
    "voting_soon": "三天后投票 votes in three days",
    "voting_today": "今天投票 votes today",
    "half": "正在录入 half typed",
    "differs": "两次录入不一致 two entries differ",
    "counted": "等待公布 ready to announce",
    "kin": "近亲属同时当选 near kin elected",
}


@dataclass(slots=True)
class Staff:
    """Keys of the demo accounts, by what they do where; `sign_ins` is what a visitor is told."""

    password: str
    operator: str = ""
    county_office: str = ""
    clerks: dict[str, tuple[str, str]] = field(default_factory=dict)  # township code -> clerk, second clerk
    villages: dict[str, tuple[str, str, str]] = field(default_factory=dict)  # code -> clerk, two tellers
    sign_ins: list[tuple[str, str]] = field(default_factory=list)
    first: Any = None  # the first account made: the others share its hash, argon2 is slow on purpose

    def clerk(self, village: Place) -> str:
        """Who runs the election of a village."""
        return self.clerks[village.code[:9]][0]

    def tellers(self, village: Place) -> tuple[str, str]:
        """The two who type its sheets: its own tellers, or the two clerks of the township."""
        own = self.villages.get(village.code)
        return own[1:] if own else self.clerks[village.code[:9]]


def make_staff(county: Place, townships: Mapping[str, Place], villages: Mapping[str, Place]) -> Staff:
    """Operator, county office, auditor, two clerks a township, and a clerk with two tellers where a count is near."""
    staff = Staff(selectors.new_password())
    staff.operator = _make(staff, "operator", "系统管理员", "operator", county)
    staff.county_office = _make(staff, "county", "县委组织部干事", "county_office", county)
    _make(staff, "auditor", "审计员", "auditor", county)
    staff.sign_ins += [
        ("operator", "系统管理员 system operator"),
        ("county", "县委组织部 county office"),
        ("auditor", "审计员 auditor"),
    ]
    for code, sign_in in TOWNSHIPS.items():
        township = townships[code]
        staff.clerks[code] = (
            _make(staff, sign_in, f"{township.name}干事", "township_clerk", township),
            _make(staff, f"{sign_in}2", f"{township.name}副手", "township_clerk", township),
        )
        staff.sign_ins.append((f"{sign_in}  {sign_in}2", f"{township.name}干事 township clerks"))
    for stand in STANDS:
        if stand.sign_in:
            _make_village(staff, stand, villages[stand.code])
    return staff


def _make_village(staff: Staff, stand: Stand, village: Place) -> None:
    name, sign_in = village.full_short_name, stand.sign_in
    staff.villages[village.code] = (
        _make(staff, f"{sign_in}-w", f"{name}文书", "village_clerk", village),
        _make(staff, f"{sign_in}-1", f"{name}计票员甲", "teller", village),
        _make(staff, f"{sign_in}-2", f"{name}计票员乙", "teller", village),
    )
    who = f"{name}文书、两名计票员 village clerk, two tellers（{SEES[stand.scene]}）"
    staff.sign_ins.append((f"{sign_in}-w  {sign_in}-1  {sign_in}-2", who))


def _make(staff: Staff, username: str, name: str, role: str, place: Place) -> str:
    made = accounts.create_account(
        username=username, name=name, password=staff.password, role=role, scope=place.pk, same_as=staff.first,
        by=record.SYSTEM,
    )  # fmt: skip
    staff.first = staff.first or made
    return made.key
