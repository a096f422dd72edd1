"""One county in which every page has something to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from shanzhi.apps.elections.actions import candidates, declarations, mandates, objections, renewals, rolls
from shanzhi.apps.elections.models import Candidate, Mandate, Objection, RollLine
from shanzhi.apps.places import actions
from shanzhi.apps.places.actions import compare_codes, set_kin
from shanzhi.apps.places.actions.below import open_group, open_hamlet
from shanzhi.apps.places.actions.designations import Paper, redesignate
from shanzhi.apps.places.models import Person
from shanzhi.apps.places.tables import ROSTER as ROSTER_TABLE
from shanzhi.apps.tables.actions import exports
from shanzhi.apps.tables.selectors import scope_of
from shanzhi.core.geo import Point
from tests import cast
from tests.apps.tables import bringing

if TYPE_CHECKING:
    from shanzhi.apps.elections.models import Declaration, Election
    from shanzhi.apps.places.models import (
        Claim,
        CorrectionRequest,
        DuplicateDecision,
        Group,
        Hamlet,
        Place,
    )
    from shanzhi.apps.tables.models import Export, Import

HEADINGS = "户号,姓名,公民身份号码,居住情况"
ROSTER = f"{HEADINGS}\n0001,王五,{cast.make_id_number(7)},户在人在\n0002,,{cast.make_id_number(8)},户在人在\n"
WRITTEN = f"{HEADINGS}\n0003,赵六,{cast.make_id_number(9)},户在人在\n"


@dataclass(slots=True)
class World:
    """The small county with an election of its first village under way, and one of everything in it."""

    county: cast.County
    people: cast.Accounts
    election: Election
    person: Person
    line: RollLine
    objection: Objection
    candidate: Candidate
    mandate: Mandate
    declaration: Declaration
    roster: Import
    written: Import
    export: Export
    kin: Person
    twin: Person
    merged: DuplicateDecision
    claim: Claim
    asked: CorrectionRequest
    document: int
    renewal_key: str
    codes: str
    change: str
    group: str
    hamlet: str

    @property
    def grant(self) -> int:
        return self.people.teller.grants.get().pk


@pytest.fixture
def world(db, django_capture_on_commit_callbacks) -> World:
    county = cast.make_county()
    with django_capture_on_commit_callbacks(execute=True):  # the log is signed after a commit
        return election_under_way(county, cast.make_accounts(county))


def election_under_way(county: cast.County, people: cast.Accounts) -> World:
    """One of everything for the first village, the roll posted ten days ago and nominations open."""
    today = timezone.localdate()
    posted = today - timedelta(days=10)
    villagers = [
        cast.make_person(county.village, name, sex=sex)
        for name, sex in (("王秀兰", "f"), ("李建军", "m"), ("张春梅", "f"), ("赵玉龙", "m"), ("刘改香", "f"))
    ]
    renewal = cast.make_renewal(county)
    by = people.township_clerk.key
    (election,) = renewals.open_elections(renewal=renewal, villages=[county.village], by=by)
    _plan(election, today + timedelta(days=20), decided_on=today - timedelta(days=30), by=by)
    away = cast.make_person(county.village, "冯旭", residence=Person.Residence.AWAY)
    declaration = declarations.declare(
        election=election, person=away, kind="takes_part", made_on=posted, by=by
    )
    rolls.make(election=election, today=posted, by=by)
    election.refresh_from_db()
    rolls.post(election=election, posted_on=posted, version=election.version, today=posted, by=by)
    objection = objections.file(
        election=election, person=villagers[0], about="detail", says="名字写错了", objector="王秀兰", filed_on=posted,
        today=today, by=by,
    )  # fmt: skip
    _decide(objection, posted, by=by)
    rolls.close_objections(election=election, today=today, by=by)
    candidate = candidates.propose(
        election=election, person=villagers[1], post="member", source="voters", nominated_on=today, by=by
    )
    lines = {line.person_id: line for line in RollLine.objects.filter(roll__election=election)}
    mandate = mandates.accept(
        election=election, principal=lines[villagers[2].pk].number, holder=lines[villagers[3].pk].number,
        reason="外出务工", written_on=today, near_kin=False, by=by,
    )  # fmt: skip
    late = objections.file(
        election=election, person=villagers[4], about="wrong", says="不在本村居住", objector="张春梅", filed_on=today,
        today=today, by=by,
    )  # fmt: skip
    set_kin(person=villagers[0], other=villagers[4], relation="sibling", by=by)
    roster = bringing.check_file(county.village, ROSTER.encode(), name="花名册.csv", today=today, by=by)
    written = bringing.write(
        bringing.check_file(county.village, WRITTEN.encode(), name="旧册.csv", today=today, by="other")
    )
    export = exports.order(
        table=ROSTER_TABLE, scope=scope_of(pk=county.village.pk), purpose=ROSTER_TABLE.purposes[0], reason="",
        filters={}, form="xlsx", by=by,
    )  # fmt: skip
    exports.make(export=export)
    codes, change = _divisions(county, by=people.county_office.key)
    election.refresh_from_db()
    twin, merged, claim, asked = _papers(county, villagers[0], by=by)
    return World(
        twin=twin, merged=merged, claim=claim, asked=asked,
        county=county, people=people, election=election, person=villagers[0], kin=villagers[4], line=lines[villagers[0].pk], objection=late,
        candidate=candidate, mandate=mandate, declaration=declaration, roster=roster, written=written, export=export,
        document=election.notices.order_by("document").first().document, renewal_key=renewal.key,
        codes=codes, change=change, group=_group(county.village).key, hamlet=_hamlet(county.village).key,
    )  # fmt: skip


def _papers(county: cast.County, person: Person, *, by: str) -> tuple[object, ...]:
    """An entry like the person's, two that were merged, a claim of the second village, and a request to correct."""
    today = timezone.localdate()
    twin = cast.make_person(county.village, person.name)
    one, two = (cast.make_person(county.village, "武改变") for _each in range(2))
    merged = actions.merge(person=one, into=two, reason="户口本", today=today, by=by)
    number = cast.make_id_number(40, born=date(1988, 3, 4))
    wanted = actions.add_person(
        place=county.village,
        household="040",
        id_number=number,
        name="任海燕",
        residence="resident",
        today=today,
        by=by,
    )
    assert wanted
    claim = actions.claim(
        id_number=number, place=county.second_village, household="1", reason="已迁来", today=today, by=by
    )
    asked = actions.ask_correction(
        person=person, about="name", says="名字写错了", asked_by="self", asked_on=today, today=today, by=by
    )
    return twin, merged, claim, asked


def _plan(election: Election, day: date, *, decided_on: date, by: str) -> None:
    renewals.set_plan(
        election=election, election_day=day, seats={"chair": 1, "member": 2}, version=election.version, by=by
    )
    renewals.attest(
        election=election,
        kind="election_committee",
        decided_on=decided_on,
        body="村民会议",
        document="2026-1",
        by=by,
    )


def _decide(objection: Objection, day: date, *, by: str) -> None:
    objections.decide(
        objection=objection,
        verdict="rejected",
        reason="核对户口本，姓名无误",
        decided_on=day,
        today=day,
        by=by,
    )


def _divisions(county: cast.County, *, by: str) -> tuple[str, str]:
    """A codes file that waits for decisions, and a village that got another name."""
    content = f"code,name,township_code,township_name\n{county.village.code},柳树村委会,141130101,东川镇\n"
    file = compare_codes(county=county.place, content=content.encode(), file_name="2026.csv", by=by)
    paper = Paper(timezone.localdate(), "样政发〔2026〕12号", "更名")
    changed = redesignate(
        place=county.west_village, name="枣林村委会", code=county.west_village.code, paper=paper,
        today=timezone.localdate(), by=by,
    )  # fmt: skip
    return file.key, changed.key


def _group(village: Place) -> Group:
    return open_group(place=village, name="后沟组", since=timezone.localdate(), by="clerk")


def _hamlet(village: Place) -> Hamlet:
    return open_hamlet(
        place=village, name="后沟", point=Point(111.3, 36.9), since=timezone.localdate(), by="clerk"
    )
