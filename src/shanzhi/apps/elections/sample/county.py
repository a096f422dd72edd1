"""Building the sample county from nothing, in one transaction: all of it or none of it."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from shanzhi.apps.elections.actions import renewals
from shanzhi.apps.elections.errors import Refused
from shanzhi.apps.elections.sample import accounts
from shanzhi.apps.elections.sample.peopling import peopled
from shanzhi.apps.elections.sample.scenes import SCENES
from shanzhi.apps.elections.sample.stand import FIRST_OF_ITS_SCENE, ROSTER, STANDS
from shanzhi.apps.elections.sample.walk import Walk
from shanzhi.apps.places import actions as places_actions
from shanzhi.apps.places import sample as people
from shanzhi.apps.places import selectors as places
from shanzhi.apps.record import actions as record

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Place

SEED = 141130
MARK, SIGN_INS, FILES = "sample.txt", "demo_sign_ins.txt", "sample"
SCENES_AT = {stand.code for stand in STANDS}
Say = Callable[[str], None]


class CountyThere(Refused):
    """The installation has its county already: nothing was changed."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was built, and where the files for a visitor lie."""

    people: int
    households: int
    elections: int
    sign_ins: Path
    roster: Path
    roster_with_faults: Path


def build(*, folder: Path, today: date, seed: int = SEED, small: bool = False, say: Say) -> Built:
    """Build the county and leave the mark, the sign-ins and the rosters in `folder`. Refused when a county is there."""
    if places.county() is not None:
        raise CountyThere(
            _("This installation has its county already: the sample is built into an empty one.")
        )
    written: list[Path] = []
    gc.disable()  # a million rows without a ring among them: looking for rings takes a tenth of the time
    try:
        with transaction.atomic():
            return _Builder(folder, today, seed, small=small, say=say, written=written).build()
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    finally:
        gc.enable()


class _Builder:
    """One run: divisions, accounts, people, elections, files."""

    def __init__(
        self, folder: Path, today: date, seed: int, *, small: bool, say: Say, written: list[Path]
    ) -> None:
        self.folder, self.today, self.seed, self.small, self.say = folder, today, seed, small, say
        self.written = written

    def build(self) -> Built:
        self._write(MARK, "示例数据，人物均为虚构。 Sample data, every person is invented.\n")
        self.county = self._divisions()
        self.townships = {place.code[:9]: place for place in places.townships()}
        self.villages = {place.code: place for place in places.villages_below(self.county)}
        self.say(f"区划 divisions: {len(self.townships)} + {len(self.villages)}")
        self.staff = accounts.make_staff(self.county, self.townships, self.villages)
        self.say(f"账号 accounts: {len(self.staff.villages) * 3 + len(self.staff.clerks) * 2 + 2}")
        everywhere = [place for _township, below in places.tree() for place in below]
        people.lay_out(self.county, everywhere, since=self.county.valid_from, by=record.SYSTEM)
        settled = self._people()
        elections = self._elections()
        record.seal_audit_root(
            county_code=self.county.code, county_name=self.county.name, scope=self.county.pk, today=self.today
        )
        roster, faulty = self._rosters()
        sign_ins = self._write(SIGN_INS, self._sign_ins(roster, faulty), private=True)
        return Built(settled["people"], settled["households"], elections, sign_ins, roster, faulty)

    def _divisions(self) -> Place:
        codes = resources.files("shanzhi.apps.places").joinpath("data/jiaokou.csv").read_text("utf-8")
        return places_actions.load_divisions(
            county_code="141130", county_name="交口县", content=codes, valid_from=date(2023, 6, 30), by=record.SYSTEM
        )  # fmt: skip

    # People

    def _people(self) -> dict[str, int]:
        total = {"people": 0, "households": 0}
        town = ""
        for code, households in peopled(self.villages, self.seed, today=self.today, small=self.small):
            if code == ROSTER:
                self.roster_rows = people.roster_rows(households)
                continue
            village = self.villages[code]
            if town not in ("", village.parent.name):
                self.say(f"{town}: 累计人口 people so far {total['people']:,}")
            town = village.parent.name
            settled = people.settle(village, households, by=record.SYSTEM)
            total = {name: total[name] + settled[name] for name in total}
        self.say(f"{town}: 累计人口 people so far {total['people']:,}")
        quiet = sorted(code for code in self.villages if code != ROSTER and code not in SCENES_AT)
        here, there = (self.villages[code] for code in quiet[:2])
        new = people.live_on(here, there, today=self.today, by=record.SYSTEM)
        return {name: total[name] + new[name] for name in total}

    # Elections

    def _elections(self) -> int:
        renewal = renewals.open_renewal(
            county=self.county, name=f"{self.today.year}年村民委员会换届选举（示例）",
            begins=self.today - timedelta(days=75), ends=self.today + timedelta(days=75),
            issuer="交口县换届工作领导小组（示例）", document=f"示例〔{self.today.year}〕1号",
            issued_on=self.today - timedelta(days=82), by=self.staff.county_office,
        )  # fmt: skip
        opened = renewals.open_elections(
            renewal=renewal, villages=self.villages.values(), by=self.staff.county_office
        )
        by_code = {election.village.code: election for election in opened}
        dice = Random(self.seed)  # noqa: S311 - invented votes
        stands = FIRST_OF_ITS_SCENE if self.small else STANDS
        for number, stand in enumerate(stands, start=1):
            scene, days = SCENES[stand.scene]
            walk = Walk(by_code[stand.code], self.staff, dice, self.today, self.today + timedelta(days=days))
            scene(walk)
            self.say(f"{number}/{len(stands)} {walk.election.village.full_short_name}: {stand.scene}")
        return len(opened)

    # Files

    def _rosters(self) -> tuple[Path, Path]:
        clean = people.roster_file(self.roster_rows)
        faulty = people.roster_file(people.with_faults(self.roster_rows))
        return (
            self._write(f"{FILES}/roster-shangjiagou.xlsx", clean),
            self._write(f"{FILES}/roster-shangjiagou-faults.xlsx", faulty),
        )

    def _sign_ins(self, roster: Path, faulty: Path) -> str:
        lines = [
            "演示账号，只能在本机登录。 Demo sign-ins, good on this computer only.",
            f"所有账号的密码 password of all: {self.staff.password}",
            "",
            *(f"  {names:<48}{who}" for names, who in self.staff.sign_ins),
            "",
            "用 kangcheng 登录，可以导入尚家沟村的名册： Signed in as kangcheng, import the roster of 尚家沟村:",
            f"  {roster}",
            "带有错误的同一份名册： The same with faults:",
            f"  {faulty}",
            "计票单由 kangcheng 和 kangcheng2 各录入一遍。一次走完全程：选举日填今天，名单张贴日期填二十天以前。",
            "Its sheets are typed by kangcheng, and again by kangcheng2. To walk the whole road at one sitting,",
            "take today as the election day and a day over twenty days ago as the day on which the roll was posted.",
        ]
        return "\n".join(lines) + "\n"

    def _write(self, name: str, content: str | bytes, *, private: bool = False) -> Path:
        """Write a file for visitors; it is taken away again when the county is not completed."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.written.append(path)
        data = content.encode() if isinstance(content, str) else content
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o644)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        return path
